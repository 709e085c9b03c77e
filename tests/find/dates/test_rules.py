"""Every rule of every language: its examples are found, by it, and what it ignores is not."""

import inspect
from datetime import date
from typing import Any

import pytest

from transforms.find.dates import find_dates
from transforms.find.dates.expressions import RESOLVERS
from transforms.find.dates.holidays import holiday_in
from transforms.find.dates.language import EMITTED, SUPERIORS, Rule
from transforms.find.dates.rulebook import language_of

ENGLISH = language_of("en")
assert ENGLISH is not None
RULES = ENGLISH.rules
PUBLISHED = date(2024, 12, 1)  # a Sunday
FINDS = [(rule, example) for rule in RULES for example in rule.finds]
IGNORES = [(rule, text) for rule in RULES for text in rule.ignores]


def names(examples: list[tuple[Rule, Any]]) -> list[str]:
    return [f"{rule.name}-{number}" for number, (rule, _) in enumerate(examples)]


@pytest.mark.parametrize(("rule", "example"), FINDS, ids=names(FINDS))
def test_a_rule_finds_its_examples(rule: Rule, example: dict[str, Any]) -> None:
    found = find_dates(example["text"], example.get("published", PUBLISHED))
    (row,) = [row for row in found if row.text == str(example["span"])][-1:] or [None]
    assert row is not None, f"found only {[row.text for row in found]}"
    value = None if example["value"] is None else str(example["value"])
    assert (row.value, row.type, row.mod) == (value, example.get("type", "DATE"), example.get("mod"))
    assert row.rule == rule.name
    if "range" in example:
        assert [row.range_start, row.range_end] == [end and str(end) for end in example["range"]]


@pytest.mark.parametrize("text", [text for _, text in IGNORES], ids=names(IGNORES))
def test_a_rule_ignores_what_only_looks_like_it(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


@pytest.mark.parametrize("rule", [r for r in RULES if r.category in EMITTED], ids=lambda rule: rule.name)
def test_every_rule_that_makes_rows_has_an_example(rule: Rule) -> None:
    assert rule.finds or rule.ignores


def test_every_shape_gives_its_function_what_it_asks_for() -> None:
    assert ENGLISH is not None
    for index in (ENGLISH.rules_by_word, ENGLISH.rules_by_category):
        for begun in index.values():
            for rule, elements in begun.shapes():
                function = rule.piece or RESOLVERS[rule.resolve]
                story = () if rule.piece else (None,)
                parts = {element.alias for element in elements if element.alias}
                inspect.signature(function).bind(*story, **dict.fromkeys(parts), **rule.constants)


def test_every_category_of_a_shape_is_made_by_a_rule_a_word_or_a_numeral() -> None:
    assert ENGLISH is not None
    numerals = {"number", "ordinal", "monthday", "decade", "twodigits", "hour", "year", "military", "half", "clocktime"}
    numerals |= {"dotted_clock", "fulldate", "year_month", "year_pair", "monthday_pair", "number_pair", "clock_pair"}
    made = numerals | {rule.category for rule in RULES} | {"time", "amount", "clock"}
    made |= {category for categories in SUPERIORS.values() for category in categories}
    made |= {category for entries in ENGLISH.words.values() for category, _, _ in entries}
    assert set(ENGLISH.rules_by_category) <= made


HOLIDAYS = [
    ("easter+0", 2024, "2024-03-31"),
    ("easter+0", 2025, "2025-04-20"),
    ("easter-2", 2000, "2000-04-21"),
    ("4 thursday 11", 2024, "2024-11-28"),
    ("4 thursday 11 + 1", 2023, "2023-11-24"),
    ("-1 monday 05", 2024, "2024-05-27"),
    ("12-25", 1999, "1999-12-25"),
]


@pytest.mark.parametrize(("rule", "year", "day"), HOLIDAYS)
def test_a_holiday_has_its_day(rule: str, year: int, day: str) -> None:
    assert holiday_in(rule, year).isoformat() == day
