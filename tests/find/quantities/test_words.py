"""Every word, unit, currency, bound and rule brings an example, and every example runs."""

import csv
import shutil
from importlib.resources import files

import pytest

from transforms.find.quantities import find_quantities, word_files
from transforms.find.quantities.lexicon import read_lexicon
from transforms.find.quantities.si import si_table
from transforms.find.quantities.word_files import read_rows, read_rules
from transforms.tables import QUANTITIES

RULES = read_rules("en")


def rows(name: str) -> list:
    return [pytest.param(row, id=row["example"]) for row in read_rows("en", name) if row["example"]]


@pytest.mark.parametrize("name", ["numbers.csv", "fractions.csv", "ordinals.csv", "vague.csv"])
def test_number_words(name):
    for row in read_rows("en", name):
        found = find_quantities(row["example"])
        numbers = [quantity.low if quantity.value is None else quantity.value for quantity in found]
        assert numbers == [pytest.approx(float(row["answer"]))], row


@pytest.mark.parametrize("row", rows("bounds.csv"))
def test_bounds(row):
    (found,) = find_quantities(row["example"])
    assert found.comparator == row["comparator"]


@pytest.mark.parametrize("row", rows("units.csv"))
def test_units(row):
    from transforms.find.quantities import finder

    words = read_lexicon("en")
    tokens = finder.tokenise(row["example"], words.glued, words.glued_strict)
    units = [reading.unit.name for reading in finder.readings(tokens, words, None) if reading.unit]
    assert units == [row["unit"]]


@pytest.mark.parametrize("row", rows("currencies.csv"))
def test_currencies(row):
    (found,) = find_quantities(row["example"])
    assert (found.kind, found.unit, found.currency) == ("money", row["name"], row["code"] or None)


@pytest.mark.parametrize("row", rows("change.csv"))
def test_changes(row):
    (found,) = find_quantities(row["example"])
    assert (found.value, found.change) == (4.0, row["change"])


@pytest.mark.parametrize("row", rows("multiples.csv"))
def test_multiples(row):
    (found,) = find_quantities(row["example"])
    assert (found.value, found.unit, found.change) == (float(row["value"]), "times", row["change"] or None)


@pytest.mark.parametrize("row", rows("second_units.csv"))
def test_two_units_are_one_quantity(row):
    (found,) = find_quantities(row["example"])
    assert (found.unit, found.value) == (row["unit"], pytest.approx(float(row["value"])))


def test_every_small_list_is_asked_for():
    folder = files("transforms.find.quantities")
    code = "".join(file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".py"))
    assert [name for name in read_lexicon("en").lists if f'"{name}"' not in code] == []


def test_another_language_is_another_folder(tmp_path, monkeypatch):
    here = files("transforms.find.quantities")
    shutil.copytree(str(here / "en"), tmp_path / "qq")
    shutil.copy(str(here / "si.csv"), tmp_path)
    numbers = tmp_path / "qq" / "numbers.csv"
    numbers.write_text(numbers.read_text("utf-8").replace("twelve,", "dodici,"), "utf-8")
    lists = tmp_path / "qq" / "grammar.yaml"
    marks = ('thousands_mark: [","]', 'thousands_mark: ["."]'), ('decimal_mark: ["."]', 'decimal_mark: [","]')
    text = lists.read_text("utf-8")
    for english, other in marks:
        text = text.replace(english, other)
    lists.write_text(text, "utf-8")
    monkeypatch.setattr(word_files, "FOLDER", tmp_path)
    read_lexicon.cache_clear()
    found = find_quantities("dodici ships, twelve ships, 1.200,5 tonnes", language="qq")
    read_lexicon.cache_clear()
    assert [(quantity.value, quantity.counted) for quantity in found] == [(12.0, "ships"), (1200.5, None)]


def number(found) -> str:
    if found.value is not None:
        return f"{found.value:.12g}"
    low, high = (f"{end:.12g}" if end is not None else "" for end in (found.low, found.high))
    return f"{low}..{high}" if low else ""


@pytest.mark.parametrize("name", RULES)
def test_rules(name):
    for example in RULES[name]["finds"]:
        (found, *_) = [quantity for quantity in find_quantities(example["text"]) if quantity.text == example["span"]]
        assert (found.rule, number(found)) == (name, example["number"]), example
    for text in RULES[name].get("ignores", ()):
        assert [quantity.text for quantity in find_quantities(text)] == [], text


def test_currency_codes_are_iso_4217():
    from babel.numbers import list_currencies

    codes = {row["code"] for row in read_rows("en", "currencies.csv") if row["code"]}
    assert codes - list_currencies() == set()


def test_si_table_is_up_to_date():
    written = (files("transforms.find.quantities") / "si.csv").read_text(encoding="utf-8")
    hint = "si.csv is out of date; run `python -m transforms.find.quantities.si`"
    for new, old in zip(csv.DictReader(si_table().splitlines()), csv.DictReader(written.splitlines()), strict=True):
        assert (new["unit"], new["si_unit"]) == (old["unit"], old["si_unit"]), hint
        assert float(new["factor"]) == pytest.approx(float(old["factor"])), hint


def test_fields_are_those_of_the_table():
    from dataclasses import fields

    from transforms.find.quantities import Quantity

    keys = {"article_id", "version"}
    assert [field.name for field in fields(Quantity)] == [
        column.name for column in QUANTITIES.columns if column.name not in keys
    ]
