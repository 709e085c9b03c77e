"""How far a description reaches: a place in a sentence comes in, where words around a name begin or end goes out."""

from transforms.link.speakers.story import NONE, Story, Tokens

OWNS = ("'s", "'")
_LONGEST = 14
"""Tokens of a description."""


def stops(story: Story, tokens: Tokens, index: int) -> bool:
    """Whether no description reaches across a token: a sign, a verb, a conjunction, somebody's name."""
    name = tokens.names[index]
    if name != NONE:
        return story.mentions[name].label == "PER"
    low, words = tokens.low[index], story.words
    if low not in words.crossed and low[0].isalnum():
        return False  # as most words
    if low == ".":
        return not (index and tokens.low[index - 1] in words.lists["titles"])
    if low in OWNS or low in ("-", "&"):
        return False
    if low in words.lists["and"]:
        return not words.is_person(tokens.at(index - 1)) or tokens.at(index + 1) in words.lists["determiners"]
    if not low[0].isalnum():
        return True
    if low in words.ends:
        return True
    if low not in words.said.verbs or low in words.singular:
        return False
    return tokens.at(index - 1) not in words.lists["determiners"]  # "the think tank"


def start_before(story: Story, tokens: Tokens, end: int, *, whole: bool) -> int:
    """Where the description that ends before a token begins; a `whole` one may hold any preposition."""
    words = story.words
    index = end
    while index > 0 and end - index < _LONGEST and not stops(story, tokens, index - 1):
        low = tokens.low[index - 1]
        if tokens.names[index - 1] == NONE:
            if (low in words.lists["determiners"] or low in words.pronouns) and not whole:
                return index - 1
            in_office = low in words.lists["office_of"] and tokens.at(index - 2) in words.offices
            if low in words.lists["prepositions"] and not whole and not in_office:
                break
        index -= 1
    return index


def end_after(story: Story, tokens: Tokens, start: int) -> int:
    """Where the description that begins at a token ends; behind a preposition two words may be joined."""
    words = story.words
    index = start
    is_governed = False
    while index < len(tokens.low) and index - start < _LONGEST:
        low = tokens.low[index]
        if stops(story, tokens, index) and not (
            is_governed and low in words.lists["and"] and _joins(story, tokens, index)
        ):
            break
        is_governed = is_governed or low in words.lists["office_of"]
        index += 1
    return index


def _joins(story: Story, tokens: Tokens, index: int) -> bool:
    """Whether a plain word follows "and": "head of finance and wealth"."""
    after = index + 1
    is_plain = tokens.is_word(after) and tokens.names[after] == NONE and not stops(story, tokens, after)
    return is_plain and tokens.low[after] not in story.words.lists["determiners"]
