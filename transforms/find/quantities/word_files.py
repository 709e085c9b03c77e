"""The data files of a language, read: rows, rules, small lists, units and currencies.

In: the language. Out: rows and forms; a word that YAML does not read as one is an error that names file and cure.
"""

import csv
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from transforms.find.quantities.phrases import words_of
from transforms.find.quantities.units import Form, Unit

FOLDER = files("transforms.find.quantities")


def read_rows(language: str, name: str) -> Iterable[dict[str, str]]:
    """The lines of one of a language's CSV files, by column name."""
    yield from _csv(FOLDER / language / name)


def _csv(file: Traversable) -> Iterable[dict[str, str]]:
    return csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def read_rules(language: str) -> Mapping[str, Any]:
    """The rules of a language with their examples, by name."""
    return {rule["name"]: rule for rule in _read_yaml(language, "rules.yaml")}


def read_lists(language: str) -> Mapping[str, frozenset[str]]:
    """The small lists of a language, by name."""
    lists = _read_yaml(language, "grammar.yaml")
    for name, words in lists.items():
        for word in words:
            if not isinstance(word, str):
                raise ValueError(
                    f"{language}/grammar.yaml: {name} has {word!r}, which YAML does not read as a word; quote it"
                )
    return {name: frozenset(words) for name, words in lists.items()}


def _read_yaml(language: str, name: str) -> Any:
    return yaml.safe_load((FOLDER / language / name).read_text(encoding="utf-8"))


def read_units(language: str) -> Iterable[Form]:
    """The ways to write units, longest-known plural included."""
    si = {row["unit"]: row for row in _csv(FOLDER / "si.csv")}
    for row in read_rows(language, "units.csv"):
        known = si.get(row["unit"])
        unit = Unit(row["unit"], row["kind"])
        if known:
            unit = Unit(row["unit"], row["kind"], known["si_unit"], float(known["factor"]), float(known["offset"] or 0))
        for word in filter(None, row["words"].split("|")):
            for written in _inflected(word):
                yield Form(tuple(words_of(written)), unit)
        near = frozenset(filter(None, row["near"].split("|")))
        for symbol in filter(None, row["symbols"].split("|")):
            yield Form(tuple(words_of(symbol.rstrip("?"))), unit, exact=True, mark=symbol.endswith("?"), near=near)


def _inflected(word: str) -> tuple[str, ...]:
    """A unit's name and its regular plural: of the first noun where there is a "per" or an "an"."""
    for joint in (" per ", " an "):
        head, found, rest = word.partition(joint)
        if found:
            return word, f"{head}s{found}{rest}"
    return (word,) if word.endswith(("s", ".")) else (word, f"{word}s")


def read_money(language: str) -> Iterable[tuple[Form, str]]:
    """The ways to write currencies, and whether each stands before or after the number."""
    for row in read_rows(language, "currencies.csv"):
        unit = Unit(row["name"], "money", currency=row["code"] or None, part=row["part"])
        for word in filter(None, row["words"].split("|")):
            for written in _inflected(word):
                yield Form(tuple(words_of(written)), unit), "after"
        for column, place in (("prefixes", "before"), ("suffixes", "after")):
            for mark in filter(None, row[column].split("|")):
                form = mark.rstrip("?!")
                yield Form(tuple(words_of(form)), unit, True, mark.endswith("?"), mark.endswith("!")), place
                if form == row["code"]:
                    yield Form((f"M{form}",), unit, True, times=1e6), place  # MUSD, as bankers write


def read_changes(language: str) -> Mapping[str, Mapping[str, str]]:
    """Words of rising and falling, by part of speech."""
    parts: dict[str, dict[str, str]] = {}
    for row in read_rows(language, "change.csv"):
        parts.setdefault(row["part"], {})[row["word"]] = row["change"]
    return parts


def read_singulars(endings: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Endings of plurals and of their singulars, longest first."""
    pairs = (ending.partition(">") for ending in sorted(endings, key=lambda ending: -len(ending.partition(">")[0])))
    return tuple((plural, singular) for plural, _, singular in pairs)
