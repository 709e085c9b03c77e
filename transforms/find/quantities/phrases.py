"""Finding a written form at a token: units by their first word, bounds and other phrases by their first or last.

In: forms or phrases, once for each language. Out: lookups by token.
"""

from collections.abc import Iterable, Mapping

from transforms.find.quantities.tokens import Tokens, tokenise
from transforms.find.quantities.units import Form

NEAR = 10
"""Tokens between a symbol and the word that tells which unit it is at most: "2.5 F" of a capacitor."""


class Forms:
    """Ways to write units, found by their first (or, `backwards`, last) token, longest first."""

    def __init__(self, forms: Iterable[Form], backwards: bool = False) -> None:
        self._backwards = backwards
        self._by_key: dict[str, list[Form]] = {}
        for form in sorted(forms, key=lambda form: (-len(form.words), not form.near)):
            key = form.words[-1 if backwards else 0].lower()
            self._by_key.setdefault(key, []).append(form)

    def at(self, tokens: Tokens, index: int) -> tuple[Form, int] | None:
        """The longest form that begins at a token, and the token after it; backwards: ends there, its first."""
        for form in self._by_key.get(tokens.low[index], ()):
            found = self._last(tokens, index, form) if self._backwards else self._next(tokens, index, form)
            if found is not None and (not form.near or _is_near(tokens, index, form.near)):
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


def _is_near(tokens: Tokens, index: int, near: frozenset[str]) -> bool:
    """Whether one of the words stands within `NEAR` tokens of a place."""
    return any(word in near for word in tokens.low[index - NEAR : index + NEAR])


class Phrases:
    """Phrases with a meaning, found by their first (or, `backwards`, last) token, longest first."""

    def __init__(self, phrases: Mapping[str, str], backwards: bool = False) -> None:
        self._backwards = backwards
        self._by_key: dict[str, list[tuple[list[str], str]]] = {}
        for phrase in sorted(phrases, key=lambda phrase: -len(phrase)):
            words = words_of(phrase)
            self._by_key.setdefault(words[-1 if backwards else 0], []).append((words, phrases[phrase]))

    def at(self, tokens: Tokens, index: int) -> tuple[str, int] | None:
        """The meaning of the longest phrase at a token, and the token after it (backwards: its first token)."""
        for words, meaning in self._by_key.get(tokens.low[index], ()):
            first = index - len(words) + 1 if self._backwards else index
            if first >= 0 and tokens.low[first : first + len(words)] == words:
                return meaning, first if self._backwards else first + len(words)
        return None


def words_of(phrase: str) -> list[str]:
    """The words and signs of a phrase."""
    return [word for word in tokenise(phrase).raw if word]
