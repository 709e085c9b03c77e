"""The name right behind words for a speaker: "the state buyer, GASC," comes in, where the name stands goes out.

The name may have been missed by the model, and the words for the speaker may end before its comma.
"""

from transforms.link.speakers.story import NONE, Story, Tokens
from transforms.link.speakers.stretches import OWNS, stops

_ENDS = (".", ";", ")", "”", '"', "–", "—")
_MOST_WORDS = 4
"""Words before an apposed name ("state-controlled Zeta"), or of one that no mention holds."""


def apposed_name(story: Story, tokens: Tokens, end: int, *, is_last: bool = False) -> int:
    """The name apposed to the phrase that ends before a token, or NONE; `is_last`: only at a sentence's end."""
    if tokens.at(end) != ",":
        return NONE
    for index in range(end + 1, min(len(tokens.low), end + 2 + _MOST_WORDS)):
        name = tokens.names[index]
        if name != NONE and story.mentions[name].label != "NORP" and not _owns(story, tokens, name):
            return name if _closes(tokens, tokens.first_at(story.mentions[name].end - 1) + 1, is_last) else NONE
        if name == NONE and (stops(story, tokens, index) or _opens_anew(story, tokens, index)):
            return NONE
    return NONE


def apposed_words(story: Story, tokens: Tokens, end: int, *, is_last: bool = False) -> tuple[int, int] | None:
    """The capitals between commas right behind a phrase, when no mention holds them: characters `start` and `end`."""
    index = end + 1
    if tokens.at(end) != ",":
        return None
    while index < len(tokens.low) and index - end <= _MOST_WORDS and _is_capital(story, tokens, index):
        index += 1
    if index == end + 1 or not _closes(tokens, index, is_last):
        return None
    return tokens.starts[end + 1], tokens.ends[index - 1]


def _owns(story: Story, tokens: Tokens, name: int) -> bool:
    last = tokens.first_at(story.mentions[name].end - 1)
    is_part = last < len(tokens.low) and tokens.ends[last] > story.mentions[name].end  # "Goma-based"
    return is_part or tokens.at(last + 1) in OWNS


def _closes(tokens: Tokens, index: int, is_last: bool) -> bool:
    signs = _ENDS if is_last else (*_ENDS, ",")
    return index >= len(tokens.low) or tokens.low[index] in signs


def _opens_anew(story: Story, tokens: Tokens, index: int) -> bool:
    low = tokens.low[index]
    return low in story.words.lists["prepositions"] or low in story.words.pronouns or low in story.words.lists["and"]


def _is_capital(story: Story, tokens: Tokens, index: int) -> bool:
    return tokens.names[index] == NONE and story.text[tokens.starts[index]].isupper()
