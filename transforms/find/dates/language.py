"""The words and shapes of one language: a folder of data files comes in, a `Language` goes out.

`words.csv` gives words their categories and values, `shapes.yaml` the rules: a shape over words and `{category}`
elements, the category it makes, and the function that says what it means. Adding a language is adding a folder.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import yaml

from transforms.find.dates import numerals, pieces
from transforms.find.dates.tokens import Token, tokens_of

PIECES: dict[str, Callable[..., Any]] = {
    name: function
    for name, function in vars(pieces).items()
    if callable(function) and getattr(function, "__module__", "") == pieces.__name__
}
SUPERIORS = {
    "day": ("day", "time"),
    "period": ("period", "time"),
    "moment": ("moment", "time"),
    "single": ("single", "plain", "amount"),
    "amounts": ("amounts", "plain", "amount"),
    "qualified": ("qualified", "amount"),
    "stated": ("stated", "clock"),
    "unstated": ("unstated", "clock"),
}
"""A day may stand where any time may, several days where an amount may, 5 p.m. where a clock time may."""

NUMERAL = ("number", "ordinal", "decade")
TELLING = frozenset({"year", "fulldate", "year_month", "year_pair", "clocktime", "decade"})
"""What a number may be that is a date all by itself."""

EMITTED = ("day", "period", "moment", "length", "set", "vague")
"""Categories whose readings become rows; all others are pieces of these."""

ELEMENT = re.compile(r"\{(\w+)(?::(\w+))?\}(\?)?|\(([^)]*)\)(\?)?|(\S+?)(\?)?(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Element:
    """One place in a shape: a category, or one of some words.

    `{category:_}` has no alias: its value is not asked for.
    """

    category: str = ""
    alias: str = ""
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of `shapes.yaml`; `rank` is its place there: of two readings of the same words the earlier rule wins."""

    name: str
    category: str
    resolve: str
    rank: int
    constants: Mapping[str, Any]
    after: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    finds: tuple[Mapping[str, Any], ...] = ()
    ignores: tuple[str, ...] = ()

    @property
    def piece(self) -> Callable[..., Any] | None:
        """The function of a rule that builds a part of an expression, whose value needs no story."""
        return PIECES.get(self.resolve)

    def fits(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """Whether the words around are such as the rule asks for."""
        if not (self.after or self.not_after or self.before or self.not_before):
            return True
        left = tokens[start - 1].lower if start else ""
        right = tokens[end].lower if end < len(tokens) else ""
        return (
            (not self.after or left in self.after)
            and left not in self.not_after
            and (not self.before or right in self.before)
            and right not in self.not_before
        )


Shape = tuple[Rule, tuple[Element, ...]]


@dataclass(slots=True)
class Continuations:
    """Shapes that begin alike, by what comes second: nothing, a word, a category."""

    alone: list[Shape] = field(default_factory=list)
    by_word: dict[str, list[Shape]] = field(default_factory=dict)
    by_category: dict[str, list[Shape]] = field(default_factory=dict)

    def add(self, rule: Rule, elements: tuple[Element, ...]) -> None:
        """Files a shape."""
        if len(elements) == 1:
            self.alone.append((rule, elements))
        elif elements[1].words:
            for word in elements[1].words:
                self.by_word.setdefault(word, []).append((rule, elements))
        else:
            self.by_category.setdefault(elements[1].category, []).append((rule, elements))

    def shapes(self) -> Iterator[Shape]:
        """All of them."""
        yield from self.alone
        for shapes in (*self.by_word.values(), *self.by_category.values()):
            yield from shapes


Indexed = dict[str, Continuations]


@dataclass
class Language:
    """Everything the parser asks of a language."""

    code: str
    words: dict[str, tuple[tuple[str, Any, bool], ...]]
    rules: tuple[Rule, ...]
    groups: Mapping[str, frozenset[str]]
    abbreviations: frozenset[str]
    rules_by_word: Indexed = field(default_factory=dict)
    rules_by_category: Indexed = field(default_factory=dict)
    linking: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    emitted: tuple[str, ...] = EMITTED

    def categories(self, category: str) -> tuple[str, ...]:
        """A category and those it also counts as."""
        return SUPERIORS.get(category, (category,))

    def meanings_of(self, token: Token) -> Iterator[tuple[str, Any]]:
        """What one token may be: categories with values."""
        if token.kind in NUMERAL:
            yield from numerals.meanings_of(token)
            return
        for category, value, capital in self.words.get(token.lower, ()):
            if not capital or token.text[:1].isupper():
                yield category, value

    def knows(self, token: Token) -> bool:
        """Whether a token may be part of an expression."""
        return token.lower in self.words or token.lower in self.linking or token.kind in NUMERAL

    def opens(self, token: Token) -> bool:
        """Whether a token may by itself make a run of known words worth reading: "Friday", but not "12" or "the"."""
        if token.kind in NUMERAL:
            return any(category in TELLING for category, _ in numerals.meanings_of(token))
        return token.lower in self.telling or any(category == "month" for category, _ in self.meanings_of(token))


@cache
def language_of(code: str) -> Language | None:
    """The language of a folder, or None when there is none."""
    folder = files("transforms.find.dates").joinpath(code)
    if not code.isalpha() or not folder.joinpath("shapes.yaml").is_file():
        return None
    rows = list(csv.DictReader(folder.joinpath("words.csv").read_text(encoding="utf-8").splitlines()))
    words: dict[str, list[tuple[str, Any, bool]]] = {}
    for row in rows:
        entry = (row["category"], _value(row["value"]), row["case"] == "capital")
        for word in row["words"].split():
            words.setdefault(word, []).append(entry)
    abbreviations = frozenset(w for row in rows if row["stop"] == "yes" for w in row["words"].split())
    groups: dict[str, list[str]] = yaml.safe_load(folder.joinpath("groups.yaml").read_text(encoding="utf-8"))
    shapes = yaml.safe_load(folder.joinpath("shapes.yaml").read_text(encoding="utf-8"))
    named = {name: frozenset(" ".join(lines).split()) for name, lines in groups.items()}
    shapes += _holiday_shapes(folder.joinpath("holidays.csv").read_text(encoding="utf-8"))
    language = Language(code, {w: tuple(e) for w, e in words.items()}, (), named, abbreviations)
    language.rules = tuple(_rules(shapes, named, language))
    language.telling = (frozenset(words) | language.linking) - named["joining"]
    return language


def _holiday_shapes(table: str) -> Iterator[dict[str, Any]]:
    """Each line of `holidays.csv` is a rule that makes a piece: the holiday's own rule."""
    for row in csv.DictReader(table.splitlines()):
        shape = f"({row['names']})"
        yield {
            "name": "holiday",
            "as": "holiday",
            "shape": shape,
            "resolve": "constant",
            "with": {"value": row["rule"]},
        }


def _value(written: str) -> Any:
    try:
        return int(written)
    except ValueError:
        return written


def _rules(shapes: list[dict[str, Any]], groups: Mapping[str, frozenset[str]], language: Language) -> Iterator[Rule]:
    linking: set[str] = set()
    for rank, line in enumerate(shapes):
        rule = Rule(
            name=line["name"],
            category=line["as"],
            resolve=line["resolve"],
            rank=rank,
            constants=line.get("with", {}),
            finds=tuple(line.get("finds", ())),
            ignores=tuple(line.get("ignores", ())),
            **{key: _context(line.get(key, ""), groups) for key in ("after", "not_after", "before", "not_before")},
        )
        for shape in [line["shape"]] if isinstance(line["shape"], str) else line["shape"]:
            for elements in _expansions(shape, language.abbreviations):
                first = elements[0]
                for word in first.words:
                    language.rules_by_word.setdefault(word, Continuations()).add(rule, elements)
                if first.category:
                    language.rules_by_category.setdefault(first.category, Continuations()).add(rule, elements)
                linking.update(word for element in elements for word in element.words)
        yield rule
    language.linking = frozenset(linking)


def _context(words: str, groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Words around an expression; `@name` stands for a group of `groups.yaml`."""
    found: set[str] = set()
    for word in words.split():
        found |= groups[word[1:]] if word.startswith("@") and len(word) > 1 else {word}
    return frozenset(found)


def _expansions(shape: str, abbreviations: frozenset[str]) -> Iterator[tuple[Element, ...]]:
    """Every way to fill or leave out the optional places of a shape; `(a b|c)` stands for "a b" or "c"."""
    places: list[list[tuple[Element, ...]]] = []
    for match in ELEMENT.finditer(shape):
        category, alias, maybe1, words, maybe2, word, maybe3 = match.groups()
        if category:
            choices: list[tuple[Element, ...]] = [(Element(category, "" if alias == "_" else alias or category),)]
        else:
            choices = _words(words if words is not None else word, abbreviations)
        places.append(choices + ([()] if maybe1 or maybe2 or maybe3 else []))
    for chosen in product(*places):
        elements = tuple(element for choice in chosen for element in choice)
        if elements:
            yield elements


def _words(alternatives: str, abbreviations: frozenset[str]) -> list[tuple[Element, ...]]:
    choices: list[tuple[Element, ...]] = []
    single: set[str] = set()
    for alternative in alternatives.split("|"):
        split = [token.lower for token in tokens_of(alternative, abbreviations)]
        if len(split) == 1:
            single.add(split[0])
        else:
            choices.append(tuple(Element(words=frozenset({word})) for word in split))
    return ([(Element(words=frozenset(single)),)] if single else []) + choices
