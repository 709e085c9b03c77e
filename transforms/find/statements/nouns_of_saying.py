"""Words put into a mouth by a noun or adjective: "voiced fears that", "his claim that", "was confident that".

In: the token of the noun or adjective. Out: an `Attribution`.
"""

from transforms.find.statements.attribution import Attribution
from transforms.find.statements.clauses import has_verb, opens_relative
from transforms.find.statements.followers import speaker_after
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.speaker import Speaker
from transforms.find.statements.subjects import speaker_before
from transforms.find.statements.views import owner_of

_FARTHEST = 5
"""Tokens between a verb and its noun: "voiced grave and growing fears"."""
_LONGEST = 12


def read_noun(marked: Marked, index: int, lowest: int, highest: int) -> Attribution | None:
    """The attribution of a noun for what somebody says, None when nobody is named."""
    after = index + 1
    if after >= highest:
        return None
    low, words = marked.low, marked.words
    owner = _owner(marked, index, lowest)
    if low[after] in words.lists["that"] and opens_relative(marked, after, highest):
        return None
    if low[after] in words.lists["that"]:
        return _of_that(marked, index, lowest, highest, owner)
    if (
        owner is not None
        and owner.name == "pronoun"
        and owner.first > lowest
        and low[owner.first - 1] in words.lists["voicing"]
    ):
        return _of_object(marked, index, lowest, highest, owner.first - 1)
    if owner is not None and low[after] == ":" and owner.first <= lowest + (low[lowest] in words.lists["continuers"]):
        return _found(owner, owner.first, index, after + 1, highest, colon=True)
    if (
        owner is not None
        and low[after] in words.lists["be"]
        and after + 1 < highest
        and low[after + 1] in words.lists["that"]
    ):
        return _found(owner, owner.first, index, after + 2, highest)
    if low[after] in words.lists["voices"]:
        speaker = speaker_after(marked, after + 1, highest)
        if (
            speaker is None
            or not speaker.known
            or speaker.last >= highest
            or low[speaker.last] not in words.lists["that"]
        ):
            return None
        if not opens_relative(marked, speaker.last, highest):
            return _found(speaker, index, index, speaker.last + 1, highest)
    return None


def _of_object(marked: Marked, index: int, lowest: int, highest: int, verb: int) -> Attribution | None:
    """The attribution of "renewed his call for a truce", "repeated her threat to resign"."""
    low, words = marked.low, marked.words
    after = index + 1
    is_sought = low[index] in words.lists["sought"] and low[after] in words.lists["in_the_eyes"]
    is_offered = low[index] in words.lists["offered"] and low[after] in words.lists["to"]
    if after + 1 >= highest or not (is_sought or is_offered):
        return None
    if is_offered and (low[after + 1] in words.lists["determiners"] or marked.mention_of[after + 1] != NONE):
        return None  # "her promise to voters" has no words
    speaker = speaker_before(marked, _before_helping(marked, verb, lowest), lowest)
    if speaker is None or not speaker.known:
        return None
    begin = after + is_sought
    return Attribution(speaker.first, begin, verb, index + 1, speaker, "noun", right=True, begin=begin, framed=True)


def _of_that(marked: Marked, index: int, lowest: int, highest: int, owner: Speaker | None) -> Attribution | None:
    for verb in range(index - 1, max(lowest, index - _FARTHEST - 1), -1):
        if marked.quote_of[verb] != NONE or marked.mention_of[verb] != NONE or not marked.is_word(verb):
            break
        if marked.low[verb] in marked.words.lists["voicing"]:
            speaker = speaker_before(marked, _before_helping(marked, verb, lowest), lowest)
            if speaker is not None and speaker.known:
                return Attribution(
                    speaker.first, index + 1, verb, index + 1, speaker, "noun", right=True, begin=index + 2
                )
            return None
    # only behind a verb does the clause reach to the end of the sentence: "his claim that it was rigged drew laughter"
    if owner is not None and has_verb(marked, lowest, owner.first) and not _is_subordinate(marked, lowest):
        return _found(owner, owner.first, index, index + 2, highest)
    return None


def _is_subordinate(marked: Marked, lowest: int) -> bool:
    """Whether another clause follows: "As she stuck to her claim that it was safe, the water rose"."""
    words = marked.words
    return (
        marked.low[lowest]
        in words.lists["subordinators"]
        | words.lists["conditions"]
        | words.lists["prepositions"]
        | words.lists["time_clauses"]
    )


def _before_helping(marked: Marked, verb: int, lowest: int) -> int:
    words = marked.words
    while (
        verb > lowest
        and marked.low[verb - 1] in words.lists["perfect"] | words.lists["adverbs"]
        and marked.mention_of[verb - 1] == NONE
    ):
        verb -= 1
    return verb


def _found(speaker: Speaker, first: int, cue: int, begin: int, highest: int, colon: bool = False) -> Attribution | None:
    if begin >= highest:
        return None
    return Attribution(first, begin, cue, cue + 1, speaker, "noun", right=True, begin=begin, colon=colon)


def _owner(marked: Marked, index: int, lowest: int) -> Speaker | None:
    """Whose claim it is: "his first claim", "Ana Ruiz's claim"."""
    for token in range(index - 1, max(lowest, index - 4) - 1, -1):
        found = owner_of(marked, token, lowest)
        if found is not None:
            return found
        if not marked.is_word(token) or marked.low[token] in marked.words.lists["prepositions"]:
            return None
    return None


def read_conviction(marked: Marked, index: int, lowest: int, highest: int) -> Attribution | None:
    """The attribution of "she was confident that …" at its adjective."""
    low, words = marked.low, marked.words
    if index + 2 >= highest or low[index + 1] not in words.lists["that"]:
        return None
    verb = index - 1
    while verb > lowest and (low[verb] in words.lists["adverbs"] or low[verb].endswith("ly")):
        verb -= 1
    if low[verb] not in words.lists["been"]:
        return None
    speaker = speaker_before(marked, _before_helping(marked, verb, lowest), lowest)
    if speaker is None or not speaker.known or low[speaker.first] == "it":
        return None
    return Attribution(speaker.first, index + 1, verb, index + 1, speaker, "conviction", right=True, begin=index + 2)


def read_told_by(marked: Marked, index: int, lowest: int, highest: int) -> Attribution | None:
    """The attribution of "was told by a guard that …", "learned from a guard that …" at its verb."""
    low, words = marked.low, marked.words
    if index + 3 >= highest or low[index + 1] not in words.lists["from"] or index <= lowest:
        return None
    speaker = speaker_after(marked, index + 2, min(highest, index + _LONGEST))
    if (
        speaker is None
        or not speaker.known
        or speaker.last >= highest - 1
        or low[speaker.last] not in words.lists["that"]
    ):
        return None
    return Attribution(index, speaker.last, index, index + 1, speaker, "told by", right=True, begin=speaker.last + 1)
