"""Phrases with blanks, as the data files write them: "to _ HOSPITAL" is "to a hospital", "to two nearby hospitals".

In: tokens and a place. Out: where the phrase ends. A word in capitals stands for one of a list of `needs` in
`grammar.yaml`; "_" for up to four words without a preposition.
"""

from collections.abc import Iterable

from transforms.find.claims.tokens import Tokens
from transforms.find.claims.words import BLANK, Phrase

LONGEST_BLANK = 4


def follows(tokens: Tokens, index: int, phrases: Iterable[Phrase]) -> int:
    """Where the first of the phrases that begins at a token ends; -1 when none does."""
    for phrase in phrases:
        end = _match(tokens, index, phrase)
        if end >= 0:
            return end
    return -1


def _match(tokens: Tokens, index: int, phrase: Phrase) -> int:
    place = index
    for number, part in enumerate(phrase):
        if part == BLANK:
            following = phrase[number + 1]
            place = next((at for at in _blank(tokens, place) if _is(tokens, at, following)), -1)
            if place < 0:
                return -1
        elif _is(tokens, place, part):
            place += 1
        else:
            return -1
    return place


def _blank(tokens: Tokens, place: int) -> Iterable[int]:
    """The places where the word behind a blank may stand."""
    for at in range(place, min(len(tokens), place + LONGEST_BLANK + 1)):
        yield at
        if tokens.low[at] in tokens.words.lists["no_blank"] or not tokens.raw[at][0].isalnum():
            return


def _is(tokens: Tokens, place: int, part: str) -> bool:
    word = tokens.at(place)
    return word in tokens.words.needs[part] if part.isupper() else word == part
