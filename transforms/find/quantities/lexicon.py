"""The words of one language, read from its folder: numbers, units, currencies, bounds, changes and small lists.

In: the language. Out: `Lexicon`, read once for each process. A language without a folder has none.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from transforms.find.quantities.tokens import Tokens, tokenise

FOLDER = files("transforms.find.quantities")


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: canonical singular name, kind (`duration` belongs to the dates), and what turns it into SI.

    The SI value is `value * factor + offset` in `si_unit`; a unit without SI meaning has no factor.
    """

    name: str
    kind: str
    si_unit: str | None = None
    factor: float | None = None
    offset: float = 0.0
    currency: str | None = None
    part: str = ""
    """For money: exact, generic ("dollar"), minor ("cent") or crypto."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a unit: its tokens, compared as written when `exact`, else in lower case."""

    words: tuple[str, ...]
    unit: Unit
    exact: bool = False
    strict: bool = False
    """Only beside a number with a scale, a separator or decimals ("R2.5m", never "R2")."""
    glued: bool = False
    """Only without a space ("118p")."""
    times: float = 1.0
    """What the form multiplies the number with: a million in "MUSD"."""


class Forms:
    """Ways to write units, found by their first (or, `backwards`, last) token, longest first."""

    def __init__(self, forms: Iterable[Form], backwards: bool = False) -> None:
        self._backwards = backwards
        self._by_key: dict[str, list[Form]] = {}
        for form in sorted(forms, key=lambda form: -len(form.words)):
            key = form.words[-1 if backwards else 0].lower()
            self._by_key.setdefault(key, []).append(form)

    def at(self, tokens: Tokens, index: int) -> tuple[Form, int] | None:
        """The longest form that begins at a token, and the token after it; backwards: ends there, its first."""
        for form in self._by_key.get(tokens.low[index], ()):
            found = self._last(tokens, index, form) if self._backwards else self._next(tokens, index, form)
            if found is not None:
                return form, found
        return None

    def _next(self, tokens: Tokens, index: int, form: Form) -> int | None:
        written = tokens.raw if form.exact else tokens.low
        for number, word in enumerate(form.words):
            if number and tokens.low[index] == "-" and word != "-":
                index += 1
            if written[index] != word or (number and not tokens.same_line(index)):
                return None
            index += 1
        return index

    def _last(self, tokens: Tokens, index: int, form: Form) -> int | None:
        written = tokens.raw if form.exact else tokens.low
        for word in reversed(form.words):
            if written[index] != word:
                return None
            index -= 1
        return index + 1


class Phrases:
    """Phrases with a meaning, found by their first (or, `backwards`, last) token, longest first."""

    def __init__(self, phrases: Mapping[str, str], backwards: bool = False) -> None:
        self._backwards = backwards
        self._by_key: dict[str, list[tuple[list[str], str]]] = {}
        for phrase in sorted(phrases, key=lambda phrase: -len(phrase)):
            words = _words(phrase)
            self._by_key.setdefault(words[-1 if backwards else 0], []).append((words, phrases[phrase]))

    def at(self, tokens: Tokens, index: int) -> tuple[str, int] | None:
        """The meaning of the longest phrase at a token, and the token after it (backwards: its first token)."""
        for words, meaning in self._by_key.get(tokens.low[index], ()):
            first = index - len(words) + 1 if self._backwards else index
            if first >= 0 and tokens.low[first : first + len(words)] == words:
                return meaning, first if self._backwards else first + len(words)
        return None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All the words of one language."""

    language: str
    numbers: Mapping[str, tuple[str, float]]
    denominators: Mapping[str, int]
    vague: Mapping[tuple[str, ...], float]
    ordinals: Mapping[str, tuple[str, int]]
    units: Forms
    currencies_after: Forms
    currencies_before: Forms
    glued: tuple[str, ...]
    glued_strict: tuple[str, ...]
    before: Phrases
    after: Phrases
    changes: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, frozenset[str]]
    starters: frozenset[str]
    folds: Mapping[str, float]
    """Words that multiply: "sixfold"."""
    scales: frozenset[str]
    """Words an article makes a number: "a hundred", "a million", "a dozen"."""

    def has(self, name: str, word: str) -> bool:
        """Whether a word is in one of the small lists of `grammar.yaml`."""
        return word in self.lists[name]


@lru_cache(maxsize=8)
def read_lexicon(language: str) -> Lexicon | None:
    """The lexicon of a language, None when it has no folder here."""
    if not language.isalpha() or not (FOLDER / language / "numbers.csv").is_file():
        return None
    numbers = {row["word"]: (row["part"], float(row["value"])) for row in read_rows(language, "numbers.csv")}
    denominators = {row["word"]: int(row["denominator"]) for row in read_rows(language, "fractions.csv")}
    vague = {tuple(row["word"].split()): float(row["low"]) for row in read_rows(language, "vague.csv")}
    ordinals = {row["word"]: (row["part"], int(row["value"])) for row in read_rows(language, "ordinals.csv")}
    bounds = list(read_rows(language, "bounds.csv"))
    money = list(_money(language))
    before = [form for form, place in money if place == "before"]
    lists = _lists(language)
    folds = {f"{word}{fold}": value for word, (_, value) in numbers.items() for fold in lists["folds"] if value >= 2}
    return Lexicon(
        language=language,
        numbers=numbers,
        denominators=denominators,
        vague=vague,
        ordinals=ordinals,
        units=Forms(_units(language)),
        currencies_after=Forms(form for form, place in money if place == "after"),
        currencies_before=Forms(before, backwards=True),
        glued=_glued(before, strict=False),
        glued_strict=_glued(before, strict=True),
        before=Phrases({row["phrase"]: row["comparator"] for row in bounds if row["position"] == "before"}, True),
        after=Phrases({row["phrase"]: row["comparator"] for row in bounds if row["position"] == "after"}),
        changes=_changes(language),
        lists=lists,
        starters=frozenset(numbers)
        | frozenset(denominators)
        | {words[0] for words in vague}
        | frozenset(ordinals)
        | frozenset(folds),
        folds=folds,
        scales=frozenset(word for word, (part, _) in numbers.items() if part in {"scale", "hundred", "dozen"}),
    )


def read_rows(language: str, name: str) -> Iterable[dict[str, str]]:
    """The lines of one of a language's CSV files, by column name."""
    yield from _csv(FOLDER / language / name)


def _csv(file: Traversable) -> Iterable[dict[str, str]]:
    return csv.DictReader(file.read_text(encoding="utf-8").splitlines())


def read_rules(language: str) -> Mapping[str, Any]:
    """The rules of a language with their examples, by name."""
    return {rule["name"]: rule for rule in _read_yaml(language, "rules.yaml")}


def _read_yaml(language: str, name: str) -> Any:
    return yaml.safe_load((FOLDER / language / name).read_text(encoding="utf-8"))


def _lists(language: str) -> Mapping[str, frozenset[str]]:
    lists = _read_yaml(language, "grammar.yaml")
    for name, words in lists.items():
        for word in words:
            if not isinstance(word, str):
                raise ValueError(
                    f"{language}/grammar.yaml: {name} has {word!r}, which YAML does not read as a word; quote it"
                )
    return {name: frozenset(words) for name, words in lists.items()}


def _words(phrase: str) -> list[str]:
    return [word for word in tokenise(phrase).raw if word]


def _units(language: str) -> Iterable[Form]:
    si = {row["unit"]: row for row in _csv(FOLDER / "si.csv")}
    for row in read_rows(language, "units.csv"):
        known = si.get(row["unit"])
        unit = Unit(row["unit"], row["kind"])
        if known:
            unit = Unit(row["unit"], row["kind"], known["si_unit"], float(known["factor"]), float(known["offset"] or 0))
        for word in filter(None, row["words"].split("|")):
            for written in _inflected(word):
                yield Form(tuple(_words(written)), unit)
        for symbol in filter(None, row["symbols"].split("|")):
            yield Form(tuple(_words(symbol)), unit, exact=True)


def _glued(before: Iterable[Form], strict: bool) -> tuple[str, ...]:
    """The currencies that are letters and may be glued to a number: "RM120"; "US" of "$US" comes with its sign."""
    marks = {form.words[-1] for form in before if form.strict == strict and form.words[-1].isalpha()}
    return tuple(sorted(mark for mark in marks if len(mark) > 1 or strict))


def _inflected(word: str) -> tuple[str, ...]:
    """A unit's name and its regular plural: of the first noun where there is a "per" or an "an"."""
    for joint in (" per ", " an "):
        head, found, rest = word.partition(joint)
        if found:
            return word, f"{head}s{found}{rest}"
    return (word,) if word.endswith(("s", ".")) else (word, f"{word}s")


def _money(language: str) -> Iterable[tuple[Form, str]]:
    for row in read_rows(language, "currencies.csv"):
        unit = Unit(row["name"], "money", currency=row["code"] or None, part=row["part"])
        for word in filter(None, row["words"].split("|")):
            for written in _inflected(word):
                yield Form(tuple(_words(written)), unit), "after"
        for column, place in (("prefixes", "before"), ("suffixes", "after")):
            for mark in filter(None, row[column].split("|")):
                form = mark.rstrip("?!")
                yield Form(tuple(_words(form)), unit, True, mark.endswith("?"), mark.endswith("!")), place
                if form == row["code"]:
                    yield Form((f"M{form}",), unit, True, times=1e6), place  # MUSD, as bankers write


def _changes(language: str) -> Mapping[str, Mapping[str, str]]:
    parts: dict[str, dict[str, str]] = {}
    for row in read_rows(language, "change.csv"):
        parts.setdefault(row["part"], {})[row["word"]] = row["change"]
    return parts
