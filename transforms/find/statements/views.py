"""How somebody sees something: "in her view, …", "by the ministry's count", "For the mayor, …".

In: a token of a sentence. Out: an `Attribution`, or whose a possessive is.
"""

from dataclasses import replace

from transforms.find.statements.attribution import Attribution
from transforms.find.statements.clauses import has_verb, opens_clause
from transforms.find.statements.followers import speaker_after
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.speaker import ACTORS, Speaker, is_boundary

_FEWEST = 8
"""Tokens of a sentence that says how somebody sees something."""


def read_view(marked: Marked, index: int, lowest: int, highest: int) -> Attribution | None:
    """The attribution of "in her view, …", "in the words of Ana Ruiz, …" at its "view" or "words"."""
    low, words = marked.low, marked.words
    owner = index - 1
    if owner <= lowest or index + 1 >= highest:
        return None
    speaker = owner_of(marked, owner, lowest)
    opening = owner if speaker is None else speaker.first
    if opening <= lowest or low[opening - 1] not in words.lists["in"]:
        return None
    if low[owner] in words.lists["articles"] and low[index + 1] in words.lists["of"]:
        speaker = speaker_after(marked, index + 2, highest)
    if speaker is None or not speaker.known:
        return None
    first = opening - 1
    last = max(index + 1, speaker.last)
    found = Attribution(first, last, first, index + 1, speaker, "view")
    if last < highest and low[last] == "," and opens_clause(marked, first, lowest):
        return replace(found, right=True, begin=last + 1)
    if opens_clause(marked, first, lowest) and has_verb(marked, last, highest):
        return replace(found, right=True, begin=last)
    if first <= lowest or low[first - 1] != ",":
        return None
    goes_on = last + 1 < highest and low[last] == "," and not has_verb(marked, lowest, first)
    return replace(found, left=True, right=goes_on, begin=last + 1)


def read_for(marked: Marked, lowest: int, highest: int) -> Attribution | None:
    """The attribution of "For the mayor, the help is late": only of somebody who can hold a view."""
    low, words = marked.low, marked.words
    if highest - lowest < _FEWEST or low[lowest] not in words.lists["in_the_eyes"]:
        return None
    speaker = speaker_after(marked, lowest + 1, highest)
    if speaker is None or speaker.last >= highest or low[speaker.last] != ",":
        return None
    nouns = [words.nouns.get(low[token]) for token in range(lowest + 1, speaker.last)]
    is_somebody = speaker.name == "PER" or any(noun is not None and noun.kind == "person" for noun in nouns)
    begin = speaker.last + 1
    if not is_somebody or not has_verb(marked, begin, highest):
        return None
    return Attribution(lowest, begin, lowest, lowest + 1, speaker, "view", right=True, begin=begin)


def owner_of(marked: Marked, token: int, lowest: int) -> Speaker | None:
    """Whose "her", "Ruiz's" or "the ministry's" is, its last word at a token; None when that is no owner."""
    low, words = marked.low, marked.words
    if low[token] in words.lists["owners"]:
        return Speaker(token, token + 1, marked.starts[token], marked.ends[token], True, "pronoun")
    if not low[token].endswith(("'s", "s'")):
        return None
    number = marked.mention_of[token]
    if number != NONE:
        name, first = marked.mentions[number], marked.mention_tokens[number][0]
        return Speaker(first, token + 1, name.start, name.end, name.label in ACTORS, name.label)
    first = token
    while (
        first > max(lowest, token - 5)
        and not is_boundary(marked, first - 1)
        and low[first] not in words.lists["articles"]
    ):
        first -= 1
    noun = words.nouns.get(low[token].removesuffix("'s").rstrip("'"))
    end = marked.ends[token] - (2 if low[token].endswith("'s") else 1)
    return Speaker(first, token + 1, marked.starts[first], end, True) if noun is not None else None
