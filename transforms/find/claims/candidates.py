"""Which sentences are read closely: all sentences come in, the numbers of those that may hold a claim go out."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from transforms.find.claims.signs import WORD, Signs
from transforms.find.claims.words import Words
from transforms.find.dates import DateExpression
from transforms.find.quantities import Quantity
from transforms.find.sentences import Sentence
from transforms.find.tokens import Tokens, tokens_of

DIGIT = re.compile(r"\d")
LONGEST = 3_000
"""Characters of a sentence that is read: longer ones are tables and lists without full stops."""
LONGEST_PHRASE = 11
"""Tokens in which the noun for whoever is counted follows."""


class Candidates(NamedTuple):
    """The sentences to read; `disease` if one is named: then "cases" are people; `crowd` if a protest or raid is."""

    sentences: list[int]
    disease: bool
    crowd: bool


def candidates_of(
    text: str, sentences: Sequence[Sentence], counted: Sequence[Quantity | DateExpression], words: Words
) -> Candidates:
    """The sentences with a count and a word of a frame.

    `counted` are the numbers that may count people, and the time expressions that may hide one.
    """
    tokens, signs = tokens_of(text), words.signs
    parts = {part for place in tokens.mixed for part in _parts(tokens.low[place])}
    disease, crowd = (
        not (words.lists[name].isdisjoint(tokens.low) and words.lists[name].isdisjoint(parts))
        for name in ("diseases", "crowds")
    )
    alone = signs.alone | signs.of_disease if disease else signs.alone
    found: list[int] = []
    starts = sorted(row.start for row in counted)
    telling = _telling(tokens, sentences, signs.telling)
    for number, sentence in enumerate(sentences):
        after = bool(found) and found[-1] == number - 1
        if not after and number not in telling:
            continue
        first, last = tokens.between(sentence.start, sentence.end)
        here = _words(tokens, first, last)
        place = bisect_left(starts, sentence.start)
        opens = place < len(starts) and starts[place] == sentence.start
        if not (_tells(here, alone, signs) or (after and (opens or _points(sentence.text, words)))):
            continue
        counts = place < len(starts) and starts[place] < sentence.end
        if (counts or _counts_in_words(tokens, first, last, here, words)) and sentence.end - sentence.start <= LONGEST:
            found.append(number)
    return Candidates(found, disease, crowd)


def _telling(tokens: Tokens, sentences: Sequence[Sentence], signs: frozenset[str]) -> set[int]:
    """The numbers of the sentences that hold a sign."""
    starts = [sentence.start for sentence in sentences]
    places = [place for place, word in enumerate(tokens.low) if word in signs]
    places += [place for place in tokens.mixed if not signs.isdisjoint(_parts(tokens.low[place]))]
    # "He left.She" may be cut into two sentences
    return {bisect_right(starts, at) - 1 for place in places for at in (tokens.starts[place], tokens.ends[place] - 1)}


def _words(tokens: Tokens, first: int, last: int) -> set[str]:
    """The words of a sentence in small letters, those of "air-strike" too."""
    low = tokens.low
    return {*low[first:last], *(part for place in tokens.mixed_between(first, last) for part in _parts(low[place]))}


@lru_cache(maxsize=1 << 14)
def _parts(word: str) -> tuple[str, ...]:
    """The "air" and "strike" of "air-strike"."""
    return tuple(WORD.findall(word))


def _points(text: str, words: Words) -> bool:
    """Whether a sentence may tell of people counted in the one before."""
    return text.startswith(tuple(words.lists["openings"])) or any(sign in text for sign in words.lists["part_signs"])


def _tells(here: set[str], alone: frozenset[str], signs: Signs) -> bool:
    """Whether a word of a frame is among those of a sentence, or one with another that it needs."""
    if not alone.isdisjoint(here):
        return True
    return any(not signs.pairs[word].isdisjoint(here) for word in here if word in signs.pairs)


def _counts_in_words(tokens: Tokens, first: int, last: int, here: set[str], words: Words) -> bool:
    """Whether "a man", "a Syrian", "both" or "nobody" may be there."""
    counting = words.lists["counting_words"]
    if here.isdisjoint(counting):
        return False
    if not here.isdisjoint(words.lists["counts_alone"]):
        return True
    if not here.isdisjoint(words.lists["another"]) and any(map(DIGIT.search, tokens.raw[first:last])):
        return True
    for place in range(first, last):
        if tokens.low[place] in counting:
            behind = tokens.raw[place + 1 : min(last, place + 1 + LONGEST_PHRASE)]
            if any(_may_be_one(words, written) for written in behind):
                return True
    return False


@lru_cache(maxsize=1 << 14)
def _may_be_one(words: Words, written: str) -> bool:
    """Whether a noun for one person may be in a word: a "teacher", a "Syrian", a "police-officer"."""
    if any(words.plural_of(part) is not None for part in (written.lower(), *_parts(written.lower()))):
        return True
    if written.endswith(words.texts["people_and_adjective"]) or (written + words.texts["plural_ending"]).endswith(
        words.demonyms
    ):
        return written[:1].isupper()
    return written.lower() in words.lists["peoples_as_adjectives"]
