"""A sentence as words and signs with their places in the text: what every reader of claims walks over."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from transforms.find import tokens
from transforms.find.claims.words import Phrase, Words

TOKEN = re.compile(r"([0-9]+(?:[.,][0-9]+)*(?:-[^\W_]+)*|[^\W\d_]\w*(?:['-][^\W_]+)*|[^\w\s]|_)")


@dataclass(slots=True)
class Tokens:
    """The tokens of one sentence: token `i` is `text[starts[i]:ends[i]]`, `low[i]` that in small letters.

    `numbers` begin a quantity; `peoples` end the name of a people, `places` are in the name of a place.
    """

    text: str
    words: Words
    raw: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    numbers: frozenset[int] = frozenset()
    peoples: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.raw)

    def at(self, index: int) -> str:
        """The word at a place in small letters, empty outside the sentence."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def first_at(self, position: int) -> int:
        """The token that begins at or after a place of the text."""
        return bisect_left(self.starts, position)

    def follows(self, index: int, phrases: Iterable[Phrase]) -> int:
        """Where the first of the phrases that begins at a token ends; -1 when none does."""
        for phrase in phrases:
            if tuple(self.low[index : index + len(phrase)]) == phrase:
                return index + len(phrase)
        return -1

    def phrase_at(self, index: int, phrases: Mapping[str, tuple[Phrase, ...]]) -> int:
        """The same, of phrases kept by their first word."""
        return self.follows(index, phrases.get(self.low[index], ()))

    def places_of(self, phrases: Mapping[str, tuple[Phrase, ...]]) -> list[int]:
        """The tokens at which such phrases begin."""
        if phrases.keys().isdisjoint(self.low):
            return []
        return [place for place, word in enumerate(self.low) if word in phrases and self.phrase_at(place, phrases) >= 0]

    def is_word(self, index: int) -> bool:
        """Whether a token is a word that begins with a letter."""
        return 0 <= index < len(self.raw) and self.raw[index][:1].isalpha()

    def is_adverb(self, index: int) -> bool:
        """Whether a token looks like an adverb of manner ("fatally")."""
        word = self.at(index)
        return word.endswith(self.words.texts["adverb_ending"]) and word not in self.words.lists["not_adverbs"]


def tokens_of(text: str, start: int, end: int, words: Words) -> Tokens:
    """The tokens of `text[start:end]`."""
    return Tokens(text, words, *tokens.tokens_of(text).cut_again(TOKEN, start, end))
