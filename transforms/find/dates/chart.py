"""Reads expressions out of a run of tokens: tokens and a language's rules come in, readings go out.

A chart parser from right to left. Each cell holds, for each category and end, the best reading that begins there, so a
run of n tokens costs a bounded number of steps for each start and end; runs are cut at `LONGEST_RUN`, which keeps the
whole linear in the text. What a reading *means* is settled later, when the story around it is known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from transforms.find.dates.language import Continuations, Element, Language, Rule, Shape
from transforms.find.dates.tokens import Token

LONGEST_RUN = 40
"""Tokens; the longest expressions of news have about twenty."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read `tokens[start:end]` as a category. A piece has its `value`; anything else its rule and parts."""

    category: str
    start: int
    end: int
    rank: int
    value: Any = None
    rule: Rule | None = None
    parts: dict[str, "Reading"] = field(default_factory=dict)


Cell = dict[str, dict[int, Reading]]


class Chart:
    """All readings of `tokens[first:last]`."""

    def __init__(self, tokens: Sequence[Token], first: int, last: int, language: Language) -> None:
        self.tokens, self.first, self.last, self.language = tokens, first, last, language
        self.cells: list[Cell] = [{} for _ in range(last - first + 1)]
        for position in range(last - 1, first - 1, -1):
            self._fill(position)

    def expressions_at(self, position: int) -> list[Reading]:
        """Whole expressions that begin at a token: the longest first, of equal ones that of the earlier rule."""
        cell = self.cells[position - self.first]
        found = [r for category in self.language.emitted for r in cell.get(category, {}).values()]
        return sorted(found, key=lambda r: (-r.end, r.rank))

    def _fill(self, position: int) -> None:
        token = self.tokens[position]
        agenda = [
            Reading(category, position, position + 1, -1, value=value)
            for category, value in self.language.meanings_of(token)
        ]
        by_word = self.language.rules_by_word.get(token.lower)
        if by_word:
            for rule, elements in self._open(by_word, position + 1):
                agenda.extend(self._complete(rule, elements, position, position + 1, {}))
        cell = self.cells[position - self.first]
        while agenda:
            reading = agenda.pop()
            for category in self.language.categories(reading.category):
                slot = cell.setdefault(category, {})
                known = slot.get(reading.end)
                if known is not None and known.rank <= reading.rank:
                    continue
                slot[reading.end] = reading
                by_category = self.language.rules_by_category.get(category)
                if by_category is None:
                    continue
                for rule, elements in self._open(by_category, reading.end):
                    parts = {elements[0].alias: reading} if elements[0].alias else {}
                    agenda.extend(self._complete(rule, elements, position, reading.end, parts))

    def _open(self, begun: Continuations, position: int) -> Iterator[Shape]:
        """Of the shapes that begin alike those whose second place may stand at a position."""
        yield from begun.alone
        if position < self.last:
            yield from begun.by_word.get(self.tokens[position].lower, ())
            for category in self.cells[position - self.first]:
                yield from begun.by_category.get(category, ())

    def _complete(
        self, rule: Rule, elements: tuple[Element, ...], start: int, position: int, parts: dict[str, Reading]
    ) -> Iterator[Reading]:
        """Readings of a rule whose first element has matched `[start, position)`."""
        for end, filled in self._rest(elements, 1, position, parts):
            if not rule.fits(self.tokens, start, end):
                continue
            if rule.piece is None:
                yield Reading(rule.category, start, end, rule.rank, rule=rule, parts=filled)
                continue
            value = rule.piece(**{name: part.value for name, part in filled.items()}, **rule.constants)
            if value is not None:
                yield Reading(rule.category, start, end, rule.rank, value=value)

    def _rest(
        self, elements: tuple[Element, ...], index: int, position: int, parts: dict[str, Reading]
    ) -> Iterator[tuple[int, dict[str, Reading]]]:
        if index == len(elements):
            yield position, parts
            return
        if position >= self.last:
            return
        element = elements[index]
        if element.words:
            if self.tokens[position].lower in element.words:
                yield from self._rest(elements, index + 1, position + 1, parts)
            return
        for end, reading in list(self.cells[position - self.first].get(element.category, {}).items()):
            filled = {**parts, element.alias: reading} if element.alias else parts
            yield from self._rest(elements, index + 1, end, filled)
