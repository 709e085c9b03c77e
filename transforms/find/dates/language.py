"""The words and shapes of one language, as the parser asks for them; `rulebook` reads them from the data files."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
            and (not self.before or (right or ".") in self.before)
            and right not in self.not_before
        )


@dataclass(frozen=True, slots=True)
class Notation:
    """How a language writes numbers, and endings of its words: `notation.yaml`."""

    token: re.Pattern[str]
    month_first: bool
    past_forms: tuple[str, ...]
    noun_forms: tuple[str, ...]
    plural_forms: tuple[str, ...]
    no_plural_forms: tuple[str, ...]
    soonest: tuple[list[str], ...]
    abbreviations: frozenset[str]

    def tokens_of(self, text: str) -> list[Token]:
        """The tokens of a text in this language."""
        return tokens_of(text, self.token, self.abbreviations)


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
    words: dict[str, tuple[tuple[str, Any, str], ...]]
    rules: tuple[Rule, ...]
    groups: Mapping[str, frozenset[str]]
    notation: Notation
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
            yield from numerals.meanings_of(token, self.notation.month_first)
            return
        for category, value, case in self.words.get(token.lower, ()):
            if not case or (token.text.isupper() if case == "upper" else token.text[:1].isupper()):
                yield category, value

    def knows(self, token: Token) -> bool:
        """Whether a token may be part of an expression."""
        return token.lower in self.words or token.lower in self.linking or token.kind in NUMERAL

    def opens(self, token: Token) -> bool:
        """Whether a token may by itself make a run of known words worth reading: "Friday", but not "12" or "the"."""
        if token.kind in NUMERAL:
            return any(category in TELLING for category, _ in numerals.meanings_of(token, self.notation.month_first))
        return token.lower in self.telling or any(category == "month" for category, _ in self.meanings_of(token))
