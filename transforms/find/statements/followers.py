"""The phrase behind a verb of saying or "according to": a token comes in, the `Speaker` behind it goes out."""

from dataclasses import replace

from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.phrases import LONGEST, read_phrase
from transforms.find.statements.speaker import Speaker, is_boundary


def speaker_after(marked: Marked, index: int, highest: int) -> Speaker | None:
    """The phrase that begins at token `index` and ends at a sign, a date, a clause or a verb before `highest`."""
    low, words = marked.low, marked.words
    end, clause = index, False
    while end < min(highest, index + LONGEST):
        if marked.mention_of[end] != NONE:
            end = max(end + 1, min(marked.mention_tokens[marked.mention_of[end]][1], highest))
            continue
        word = low[end]
        if word in words.lists["and"] and end > index and _goes_on(marked, end, highest):
            end += 1
            continue
        if word == "." and low[end - 1] in words.lists["titles"] and end + 1 < highest:
            end += 1
            continue
        if is_boundary(marked, end) or word == "." or (word in words.lists["days"] and end > index):
            break
        if word in words.lists["finite"] and end > index:
            clause = True
            break
        if word in words.lists["adjuncts"] or (word in words.lists["prepositions"] and _adjunct(marked, end, highest)):
            break
        end += 1
    found = read_phrase(marked, index, end) if end > index else None
    if found is None:
        return None
    found = _with_name(marked, found, highest)
    found.clause = clause
    return found


def _with_name(marked: Marked, speaker: Speaker, highest: int) -> Speaker:
    """The name behind an office: of "said the mayor, Ana Ruiz," it is Ana Ruiz who said it."""
    name = speaker.last + 1
    if speaker.name or not speaker.known or name >= highest or marked.low[speaker.last] != ",":
        return speaker
    while name < min(highest, speaker.last + 8) and marked.label(name) in ("", "NORP") and _describes(marked, name):
        name += 1
    number = marked.mention_of[name] if name < highest else NONE
    if number == NONE or marked.mentions[number].label not in ("PER", "ORG"):
        return speaker
    end = marked.mention_tokens[number][1]
    if end < highest and marked.is_word(end) and marked.low[end] not in marked.words.lists["clause_openers"]:
        return speaker
    mention = marked.mentions[number]
    return replace(speaker, last=end, start=mention.start, end=mention.end, name=mention.label)


def _describes(marked: Marked, token: int) -> bool:
    """Whether a word may stand between an office and its name: "the mediator, former president Ana Ruiz"."""
    return marked.low[token] == "." or not (
        is_boundary(marked, token) or marked.low[token] in marked.words.lists["finite"]
    )


def _goes_on(marked: Marked, index: int, highest: int) -> bool:
    """Whether a name follows "and"."""
    return index + 1 < highest and marked.mention_of[index + 1] != NONE and marked.mention_of[index - 1] != NONE


def _adjunct(marked: Marked, index: int, highest: int) -> bool:
    """Whether a preposition opens "in a statement", "in March", "by telephone": no part of the speaker's phrase."""
    for near in range(index + 1, min(index + 4, highest)):
        if marked.mention_of[near] != NONE:
            return False
        if marked.low[near] in marked.words.lists["media"] or marked.low[near] in marked.words.lists["dates"]:
            return True
    return False
