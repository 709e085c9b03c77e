"""Verbs of saying whose subject was named before: "X said A, adding that B", "X opened a ward and noted that B".

In: a verb and the attribution before it. Out: an `Attribution` to the same speaker.
"""

from transforms.find.statements.attribution import Attribution
from transforms.find.statements.leading import leading
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.phrases import read_phrase
from transforms.find.statements.speaker import Speaker
from transforms.find.statements.subjects import speaker_before

_FARTHEST = 60
"""Tokens between a subject and a second verb of it."""


def read_shared(
    marked: Marked, index: int, lowest: int, highest: int, before: Attribution | None
) -> Attribution | None:
    """The attribution of the verb at a token to the speaker of `before`, or to the subject of the sentence."""
    start = _joined_at(marked, index, lowest)
    if start == NONE:
        return None
    is_participle = marked.low[index].endswith("ing")
    if (
        is_participle
        and marked.low[start] in marked.words.lists["gerund_openers"]
        and before is not None
        and before.right
    ):
        return None
    for verb in marked.words.verbs[marked.low[index]]:
        after = index + 1 + len(verb.particle)
        if not marked.stands(verb.particle, index + 1) or verb.forms == {"base"}:
            continue
        speaker = before.speaker if before is not None else _subject(marked, start, lowest)
        if speaker is None or not (speaker.known or before is not None):
            continue
        if "finding" in verb.takes and before is None and speaker.name in ("PER", "pronoun"):
            continue  # "She opened the door and found that the hall was gone"
        here = Speaker(start, index, speaker.start, speaker.end, speaker.known, speaker.name, speaker.clause)
        found = leading(marked, verb, here, index, after, lowest, highest, "shared")
        within = before is not None and before.right and not before.framed and not is_participle
        if found is not None and found.right and not (within and found.framed):
            found.speaker, found.left = speaker, False
            return found
    return None


def _joined_at(marked: Marked, index: int, lowest: int) -> int:
    """The token at which ", and also" before a verb begins; NONE when the verb joins nothing."""
    low, words = marked.low, marked.words
    start = index
    while (
        start > lowest
        and marked.mention_of[start - 1] == NONE
        and low[start - 1] in words.lists["adverbs"] | words.lists["perfect"]
    ):
        start -= 1
    is_participle = low[index].endswith("ing")
    if start > lowest and low[start - 1] in words.lists["joins"]:
        start -= 1
        return start - 1 if start > lowest and low[start - 1] == "," else start
    if start > lowest and is_participle and low[start - 1] in words.lists["gerund_openers"]:
        return start - 1
    if start > lowest + 1 and low[start - 1] == "," and is_participle:
        return start - 1
    return NONE


def _subject(marked: Marked, index: int, lowest: int) -> Speaker | None:
    """The subject of the first verb of a sentence, else of the nearest before a token, else a name it opens with."""
    subject = first_subject(marked, index, lowest)
    if subject is not None and subject.known:
        return subject
    for token in range(index - 1, max(lowest, index - _FARTHEST), -1):
        if marked.mention_of[token] == NONE and _is_verb(marked, token):
            subject = speaker_before(marked, token, lowest)
            if subject is not None and subject.known:
                return subject
    if marked.low[lowest] in marked.words.lists["pronouns"]:
        return read_phrase(marked, lowest, lowest + 1)
    opening = marked.mention_of[lowest]
    return None if opening == NONE else read_phrase(marked, *marked.mention_tokens[opening])


def _is_verb(marked: Marked, token: int) -> bool:
    word, words = marked.low[token], marked.words
    if marked.quote_of[token] != NONE or marked.low[token - 1] in words.lists["determiners"]:
        return False
    is_listed = word in words.lists["finite"] or word in words.lists["irregular"] or word in words.verbs
    return is_listed or (len(word) > 4 and word.endswith("ed"))


def first_subject(marked: Marked, index: int, lowest: int) -> Speaker | None:
    """The subject of the first verb of a sentence, before token `index`."""
    low, words = marked.low, marked.words
    for token in range(max(lowest + 1, index - _FARTHEST), index):
        if marked.quote_of[token] != NONE or marked.mention_of[token] != NONE:
            continue
        if _is_verb(marked, token):
            while token > lowest + 1 and (low[token - 1] in words.lists["adverbs"] or low[token - 1].endswith("ly")):
                token -= 1
            return speaker_before(marked, token, lowest)
    return None
