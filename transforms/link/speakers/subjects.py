"""The subject of a sentence: its names come in, those that may be subjects go out, and a phrase without a name."""

from collections.abc import Iterator

from transforms.link.speakers.story import NONE, Story, Tokens
from transforms.link.speakers.stretches import OWNS, stops

_MOST_NAMES = 12
_LONGEST = 10
"""Tokens of a subject before its name or noun."""
_MOST_LEADING = 3
_LEADING = ("continuers", "clause_openers", "adverbs")
_OPENINGS = ("definite", "articles", "one", "many")
"""What opens a subject; "any farmer" and "no farmer" are nobody."""


def names_in(story: Story, number: int, end: int, own: tuple[int, int]) -> Iterator[int]:
    """The first names of a sentence before a position, outside quotations and outside the stretch `own`."""
    for name in story.names_between(story.sentences[number].start, end)[:_MOST_NAMES]:
        start = story.mentions[name].start
        if not story.is_quoted(start) and not own[0] <= start < own[1]:
            yield name


def is_subject(story: Story, number: int, name: int) -> bool:
    """Whether neither verb nor preposition governs a name, and it owns nothing."""
    tokens = story.tokens(number)
    mention = story.mentions[name]
    if tokens.at(tokens.first_at(mention.end)) in OWNS:
        return False
    first = index = tokens.first_at(mention.start)
    words = story.words
    while index > 0 and first - index < _LONGEST:
        index -= 1
        low = tokens.low[index]
        if tokens.names[index] != NONE or low in OWNS:
            continue
        if low in words.lists["prepositions"]:
            if tokens.at(index - 1) not in words.offices:
                return False
        elif low in words.lists["clause_openers"] or not low[0].isalnum():
            return low != "." or tokens.at(index - 1) not in words.lists["titles"]
        elif low in words.lists["finite"] or stops(story, tokens, index):
            return False
    return index == 0


def are_joined(story: Story, one: int, other: int) -> bool:
    """Whether two names stand side by side: "Ana Ruiz and Rui Paz"."""
    between = story.text[story.mentions[one].end : story.mentions[other].start]
    return len(between) < _LONGEST and between.strip() in story.words.lists["joins"]


def phrase_of_subject(story: Story, number: int, end: int) -> tuple[int, int] | None:
    """The tokens of a subject without a name that opens a sentence: "The health minister", "Workers"."""
    tokens = story.tokens(number)
    words = story.words
    first = 0
    while first < _MOST_LEADING and any(tokens.at(first) in words.lists[name] for name in _LEADING):
        first += 1
    if first >= len(tokens.low) or story.is_quoted(tokens.starts[first]):
        return None
    low = tokens.low[first]
    if (
        not words.is_people(low)
        and low not in words.pronouns
        and not any(low in words.lists[name] for name in _OPENINGS)
    ):
        return None
    place = _noun(story, tokens, first)
    if place == NONE or tokens.ends[place] > end or tokens.name(place + 1) != NONE:
        return None
    return None if tokens.at(place + 1) in OWNS else (first, place + 1)


def _noun(story: Story, tokens: Tokens, first: int) -> int:
    words = story.words
    place = NONE
    for index in range(first, min(len(tokens.low), first + _LONGEST)):
        low = tokens.low[index]
        if tokens.names[index] != NONE:
            continue
        if (
            low in words.lists["prepositions"]
            or stops(story, tokens, index)
            or (index > first and low in words.lists["determiners"])
        ):
            break
        if place != NONE and (low in words.said.verbs or low.endswith(tuple(words.lists["verb_endings"]))):
            break
        if words.is_person(low) or words.is_people(low) or words.is_body(low) or words.is_document(low):
            place = index
    is_part = place + 1 < len(tokens.low) and words.is_document(tokens.at(place)) and _is_noun(story, tokens, place + 1)
    return NONE if is_part else place


def _is_noun(story: Story, tokens: Tokens, index: int) -> bool:
    """Whether an unknown word goes on with a subject: "A survey ship"."""
    low, words = tokens.low[index], story.words
    is_verb = (
        low in words.lists["finite"] or low in words.said.verbs or low.endswith(("s", *words.lists["verb_endings"]))
    )
    return low.isalpha() and not (
        is_verb
        or low in words.lists["prepositions"]
        or low in words.lists["adverbs"]
        or low in words.lists["clause_openers"]
        or low in words.lists["did"]
        or low in words.lists["modals"]
        or low in words.lists["perfect"]
        or low in words.lists["and"]
        or low in words.lists["relatives"]
    )
