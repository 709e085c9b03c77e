"""What a story calls a body: its name comes in; the noun and the words of "the rights group Zeta" go out."""

from transforms.link.speakers.story import NONE, Story
from transforms.link.speakers.stretches import start_before, stops

_LONGEST = 30
"""Characters of a noun."""


def body_nouns(story: Story, number: int) -> tuple[str, set[str]]:
    """The noun and the words before a body's name: "the rights group Zeta" is a group."""
    mention = story.mentions[number]
    words = story.words
    before = story.text[max(0, mention.start - _LONGEST) : mention.start].split()
    if story.text[mention.end : mention.end + 1] == " ":
        behind = story.text[mention.end + 1 : mention.end + _LONGEST].partition(" ")[0].rstrip(".,")
        if behind in words.lists["behind_names"]:
            return behind, set()
    if not (before and words.is_body(before[-1].lower())) and story.text[mention.end : mention.end + 1] != ",":
        return "", set()  # as most names: no need of tokens
    tokens = story.tokens(story.sentence_at(mention.start))
    first, last = tokens.first_at(mention.start), tokens.first_at(mention.end - 1) + 1
    if first and tokens.names[first - 1] == NONE and words.is_body(tokens.low[first - 1]):
        start = start_before(story, tokens, first, whole=False)
        said = {tokens.low[at] for at in range(start, first) if tokens.is_word(at)}
        return tokens.low[first - 1], said - words.lists["determiners"]
    if tokens.at(last) == "," and tokens.at(last + 1) in words.lists["articles"]:
        for index in range(last + 2, min(last + 6, len(tokens.low))):
            if stops(story, tokens, index) or tokens.low[index] in words.lists["prepositions"]:
                break
            if (
                words.is_body(tokens.low[index])
                and not words.is_body(tokens.at(index + 1))
                and not words.is_person(tokens.at(index + 1))
            ):
                return tokens.low[index], set(tokens.low[last + 2 : index + 1])
    return "", set()
