"""Which sentences are read closely: all sentences come in, the numbers of those that may hold a claim go out."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from transforms.find.claims.signs import WORD
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
    tokens = tokens_of(text)
    parts = {place: _parts(tokens.low[place]) for place in tokens.mixed}
    vocabulary = {*tokens.low, *chain.from_iterable(parts.values())}
    disease, crowd = (not words.lists[name].isdisjoint(vocabulary) for name in ("diseases", "crowds"))
    telling = words.signs.telling_in(vocabulary, disease=disease)
    if not telling:
        return Candidates([], disease, crowd)
    found: list[int] = []
    starts = sorted(row.start for row in counted)
    for number, sentence in enumerate(sentences):
        first, last = tokens.between(sentence.start, sentence.end)
        here = tokens.low[first:last]
        for place in tokens.mixed_between(first, last):
            here += parts[place]
        signs = telling.intersection(here)
        after = bool(found) and found[-1] == number - 1
        if not (signs or after):
            continue
        place = bisect_left(starts, sentence.start)
        opens = place < len(starts) and starts[place] == sentence.start
        if not (words.signs.tell(signs, here) or (after and (opens or _points(sentence.text, words)))):
            continue
        counts = place < len(starts) and starts[place] < sentence.end
        if (counts or _counts_in_words(tokens, first, last, here, words)) and sentence.end - sentence.start <= LONGEST:
            found.append(number)
    return Candidates(found, disease, crowd)


@lru_cache(maxsize=1 << 14)
def _parts(word: str) -> tuple[str, ...]:
    """The "air" and "strike" of "air-strike"."""
    return tuple(WORD.findall(word))


def _points(text: str, words: Words) -> bool:
    """Whether a sentence may tell of people counted in the one before."""
    return text.startswith(tuple(words.lists["openings"])) or any(sign in text for sign in words.lists["part_signs"])


def _counts_in_words(tokens: Tokens, first: int, last: int, here: Sequence[str], words: Words) -> bool:
    """Whether "a man", "a Syrian", "both" or "nobody" may be there."""
    counting = words.lists["counting_words"]
    if counting.isdisjoint(here):
        return False
    if not words.lists["counts_alone"].isdisjoint(here):
        return True
    if not words.lists["another"].isdisjoint(here) and any(map(DIGIT.search, tokens.raw[first:last])):
        return True
    return any(
        _one_follows(tokens, place + 1, last, words) for place in range(first, last) if tokens.low[place] in counting
    )


def _one_follows(tokens: Tokens, first: int, last: int, words: Words) -> bool:
    """Whether a noun for one person may be in the phrase that begins at a token."""
    for place in range(first, min(last, first + LONGEST_PHRASE)):
        written, word = tokens.raw[place], tokens.low[place]
        if _may_be_one(words, written):
            return True
        if word in words.phrase_ends and written not in words.lists["not_pronouns"]:
            return False
        if not word[0].isalnum() and word[0] not in words.texts["signs_in_phrases"]:
            return False
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
