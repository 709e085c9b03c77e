"""The words of one language, read from its folder: numbers, units, currencies, bounds, changes and small lists.

In: the language. Out: `Lexicon`, read once for each process. A language without a folder has none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from transforms.find.quantities import word_files
from transforms.find.quantities.phrases import Forms, Phrases, words_of
from transforms.find.quantities.units import Form, Multiple, SecondUnit, Unit
from transforms.find.quantities.word_files import (
    read_changes,
    read_lists,
    read_money,
    read_rows,
    read_singulars,
    read_units,
)

BETWEEN = ("same_noun", "same_change", "both_bounds", "comparisons", "to_level", "same_age")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All the words of one language."""

    language: str
    numbers: Mapping[str, tuple[str, float]]
    denominators: Mapping[str, int]
    vague: Mapping[tuple[str, ...], tuple[float, float | None]]
    """Low and high end of vague amounts; most have no high end."""
    ordinals: Mapping[str, tuple[str, int]]
    units: Forms
    currencies_after: Forms
    currencies_before: Forms
    glued: tuple[str, ...]
    glued_strict: tuple[str, ...]
    before: Phrases
    after: Phrases
    between: Mapping[str, list[list[str]]]
    """What stands between two numbers, as tokens, by what it says of them."""
    plurals: tuple[str, ...]
    not_plurals: tuple[str, ...]
    verb_endings: tuple[str, ...]
    participle_endings: tuple[str, ...]
    possessives: tuple[str, ...]
    singulars: tuple[tuple[str, str], ...]
    """Endings of plurals and of their singulars, longest first."""
    out_of: Phrases
    """What joins the two numbers of a share: "in", "out of"."""
    or_equal: Phrases
    """What makes a bound behind it inclusive: "less than 5,000 or equal"."""
    changes: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, frozenset[str]]
    thousands: str
    decimal: str
    """The marks inside digits: "1,200.5" or "1.200,5"."""
    starters: frozenset[str]
    folds: Mapping[str, float]
    """Words that multiply: "sixfold"."""
    size_marks: Mapping[str, Unit]
    """Marks that are a unit beside "long" or "tall" only: 30' long."""
    multiples: Mapping[str, Multiple]
    second_units: Mapping[str, SecondUnit]
    """By the larger unit: what may follow it in one quantity ("5 feet 2 inches")."""
    scales: frozenset[str]
    """Words an article makes a number: "a hundred", "a million", "a dozen"."""


@lru_cache(maxsize=8)
def read_lexicon(language: str) -> Lexicon | None:
    """The lexicon of a language, None when it has no folder here."""
    if not language.isalpha() or not (word_files.FOLDER / language / "numbers.csv").is_file():
        return None
    numbers = {row["word"]: (row["part"], float(row["value"])) for row in read_rows(language, "numbers.csv")}
    denominators = {row["word"]: int(row["denominator"]) for row in read_rows(language, "fractions.csv")}
    vague = {
        tuple(row["word"].split()): (float(row["low"]), float(row["high"]) if row["high"] else None)
        for row in read_rows(language, "vague.csv")
    }
    ordinals = {row["word"]: (row["part"], int(row["value"])) for row in read_rows(language, "ordinals.csv")}
    bounds = list(read_rows(language, "bounds.csv"))
    money = list(read_money(language))
    before = [form for form, place in money if place == "before"]
    lists = read_lists(language)
    unit_forms = list(read_units(language))
    folds = {f"{word}{fold}": value for word, (_, value) in numbers.items() for fold in lists["folds"] if value >= 2}
    multiples = {
        row["word"]: Multiple(row["part"], float(row["value"]), row["change"] or None)
        for row in read_rows(language, "multiples.csv")
    }
    return Lexicon(
        language=language,
        numbers=numbers,
        denominators=denominators,
        vague=vague,
        ordinals=ordinals,
        units=Forms(form for form in unit_forms if not form.mark),
        currencies_after=Forms(form for form, place in money if place == "after"),
        currencies_before=Forms(before, backwards=True),
        glued=_glued(before, strict=False),
        glued_strict=_glued(before, strict=True),
        before=Phrases({row["phrase"]: row["comparator"] for row in bounds if row["position"] == "before"}, True),
        after=Phrases({row["phrase"]: row["comparator"] for row in bounds if row["position"] == "after"}),
        between={name: [words_of(phrase) for phrase in lists[name]] for name in BETWEEN},
        plurals=tuple(lists["plural_endings"]),
        not_plurals=tuple(lists["not_plural_endings"]),
        verb_endings=tuple(lists["verb_endings"]),
        participle_endings=tuple(lists["participle_endings"]),
        possessives=tuple(lists["possessive_endings"]),
        singulars=read_singulars(lists["singulars"]),
        out_of=Phrases(dict.fromkeys(lists["in"] | lists["out_of"], "")),
        or_equal=Phrases(dict.fromkeys(lists["or_equal"], "")),
        changes=read_changes(language),
        lists=lists,
        thousands=next(iter(lists["thousands_mark"])),
        decimal=next(iter(lists["decimal_mark"])),
        starters=frozenset(numbers)
        | frozenset(denominators)
        | {words[0] for words in vague}
        | frozenset(ordinals)
        | frozenset(folds)
        | frozenset(multiples),
        folds=folds,
        size_marks={form.words[0]: form.unit for form in unit_forms if form.mark},
        multiples=multiples,
        second_units={
            row["unit"]: SecondUnit(
                row["smaller"], float(row["parts"]), frozenset(row["marks"].split("|")) - {""}, row["bare"] == "yes"
            )
            for row in read_rows(language, "second_units.csv")
        },
        scales=frozenset(word for word, (part, _) in numbers.items() if part in {"scale", "hundred", "dozen"}),
    )


def _glued(before: Iterable[Form], strict: bool) -> tuple[str, ...]:
    """The currencies that are letters and may be glued to a number: "RM120"; "US" of "$US" comes with its sign."""
    marks = {form.words[-1] for form in before if form.strict == strict and form.words[-1].isalpha()}
    return tuple(sorted(mark for mark in marks if len(mark) > 1 or strict))
