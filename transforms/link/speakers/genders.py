"""The gender of whoever bears a name: the name in its story comes in, "m", "f" or an empty string goes out."""

from transforms.find.mentions import Mention
from transforms.link.names.person_name import gender_in, titles_before
from transforms.link.speakers.story import NONE, Story
from transforms.link.speakers.stretches import stops

_FAR = 20
"""Tokens between a name and a pronoun that tells its gender."""


def gender_told(text: str, mention: Mention) -> str:
    """The gender that titles before a name or its given name tell."""
    told = {title.gender for title in titles_before(text, mention.start) if title.gender}
    if len(told) == 1:
        return told.pop()
    return _gender_of_name(mention.text) or _gender_of_name(mention.name or "")


def _gender_of_name(name: str) -> str:
    """The gender a given name tells; the first half of "Anna-Luca" or "Jean-Marie" tells nothing."""
    return "" if "-" in name.partition(" ")[0] else gender_in(name)


def gender_behind(story: Story, number: int) -> str:
    """The gender that "his" or "her" tells of the name before it: "Robin Paz lost his temper"."""
    tokens = story.tokens(story.sentence_at(story.mentions[number].start))
    words = story.words
    last = tokens.first_at(story.mentions[number].end - 1) + 1
    if words.gendered_owners.isdisjoint(tokens.low[last : last + _FAR]):
        return ""
    for index in range(last, min(len(tokens.low) - 1, last + _FAR)):
        low = tokens.low[index]
        pronoun = words.pronouns.get(low) if tokens.names[index] == NONE else None
        if pronoun is not None and pronoun.gender and low in words.lists["determiners"]:
            owns = tokens.is_word(index + 1) and tokens.low[index + 1] not in words.lists["prepositions"]
            return pronoun.gender if owns else ""
        if (
            stops(story, tokens, index)
            and low != ","
            and low not in words.lists["and"]
            and low not in words.lists["finite"]
        ):
            return ""
    return ""
