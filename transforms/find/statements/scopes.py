"""How far the words of an attribution reach: a sentence's attributions come in, those that count and tokens go out."""

from collections.abc import Sequence
from dataclasses import replace

from transforms.find.statements.attribution import Attribution
from transforms.find.statements.clauses import has_verb
from transforms.find.statements.marked import NONE, Marked


def independent(marked: Marked, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions of a sentence that are not themselves part of what another says."""
    kept: list[Attribution] = []
    for attribution in found:
        before = kept[-1] if kept else None
        if before is not None and _holds(marked, attribution, before):
            kept[-1] = attribution
            continue
        if before is None or (attribution.cue_first >= before.last and _separate(marked, before, attribution)):
            kept.append(attribution)
        elif attribution.rule == "according" and not attribution.right and not before.end:
            kept[-1] = replace(before, end=attribution.first)
    return kept


def _holds(marked: Marked, attribution: Attribution, before: Attribution) -> bool:
    """Whether the whole sentence is what a second speaker says: "She asked for two things, he said"."""
    closes = attribution.left and not attribution.right and attribution.rule in ("trailing", "inverted")
    if not closes or not before.right or before.rule == "shared":
        return False
    if before.framed:
        return True
    if marked.low[attribution.cue_first] in marked.words.lists["relaying"]:
        return False  # an outlet passes on what somebody said
    between = marked.low[before.begin : attribution.first]
    return not _separate(marked, before, attribution) and marked.words.lists["splits"].isdisjoint(between)


def _separate(marked: Marked, before: Attribution, attribution: Attribution) -> bool:
    """Whether a second attribution is one of its own: ", while the army said …", "…, but, she added, …"."""
    if not before.right or before.begin > attribution.first or attribution.rule == "colon":
        return True
    if before.framed and clause_end(marked, before.begin, attribution.first, framed=True) < attribution.first:
        return True
    if marked.quote_of[before.begin] != NONE:
        quote = marked.quote_of[before.begin]
        if marked.quote_tokens[quote][1] <= attribution.first:
            return True
    return joint(marked, before, attribution) != NONE or _main_clause(marked, before, attribution)


def _main_clause(marked: Marked, before: Attribution, attribution: Attribution) -> bool:
    """Whether "While X says A," came before: what follows is another's."""
    low, first = marked.low, attribution.first
    opening = before.first - 1
    return opening >= 0 and low[opening] in marked.words.lists["subordinators"] and low[first - 1] == ","


def joint(marked: Marked, before: Attribution, attribution: Attribution) -> int:
    """The token at which the words of the first attribution end; NONE when the second lies within them."""
    low, words = marked.low, marked.words
    first = attribution.first
    if attribution.rule == "shared":
        return first
    if attribution.right and not attribution.left:
        for token in (first - 1, first - 2):
            if token > before.begin and (low[token] in words.lists["continuers"] or low[token] == ";"):
                return token
        return NONE
    for token in range(first - 1, before.begin, -1):
        if low[token] == ";" or (low[token] in words.lists["splits"] and has_verb(marked, token + 1, first)):
            return token
    return NONE


def left_floor(marked: Marked, attribution: Attribution, floor: int) -> int:
    """Where words on the left begin: behind a semicolon or colon, or at the last clause that "according to" is of."""
    low, words = marked.low, marked.words
    for token in range(attribution.first - 1, floor, -1):
        if marked.quote_of[token] != NONE:
            continue
        if low[token] == ";" or (
            low[token] == ":" and not marked.capital(token - 1) and not low[token - 1][0].isdigit()
        ):
            return token + 1
        joins = attribution.rule == "according" and low[token] in words.lists["splits"] and low[token - 1] == ","
        if joins and has_verb(marked, token + 1, attribution.first) and has_verb(marked, floor, token):
            return token + 1
    return floor


def in_relative_clause(marked: Marked, attribution: Attribution) -> bool:
    """Whether words stand in an aside: "Ana Ruiz, who says the vote was rigged, has gone"."""
    low, words = marked.low, marked.words
    token = attribution.cue_first - 1
    while token > attribution.first and low[token] in words.lists["adverbs"] | words.lists["perfect"]:
        token -= 1
    return token > attribution.first and low[token] in words.lists["relatives"] and low[token - 1] == ","


def clause_end(
    marked: Marked, begin: int, end: int, aside: bool = False, framed: bool = False, in_time: bool = False
) -> int:
    """Where words on the right end: at a semicolon, or where the reporter goes on: ", but would not say more".

    Words in an `aside` end at the comma behind which the verb of the sentence comes, `framed` ones where a new clause
    begins, those of a clause of time (`in_time`) at the first comma.
    """
    low, words = marked.low, marked.words
    for token in range(begin, end):
        if low[token] not in words.clause_ends or marked.quote_of[token] != NONE:
            continue
        if low[token] == ";" or (framed and low[token] == ":"):
            return token
        if framed and low[token] in words.lists["joins"] and _goes_on(marked, token + 1, end):
            return token
        if low[token] != "," or token + 2 >= end:
            continue
        if framed and any(low[near] in words.lists["at"] for near in range(token + 1, min(end, token + 6))):
            return token  # "put the number at 800, the company at 80"
        if in_time and low[token] == ",":
            return token
        if (
            framed
            and low[token + 1] in words.lists["splits"] | words.lists["relatives"]
            and has_verb(marked, token + 2, end)
        ):
            return token
        verb = token + 2 if low[token + 1] in words.lists["but"] else token + 1 if aside else NONE
        if verb != NONE and marked.mention_of[verb] == NONE and _opens_verb(marked, verb):
            return token
    return end


def _goes_on(marked: Marked, token: int, end: int) -> bool:
    while token < end - 1 and marked.low[token] in marked.words.lists["adverbs"]:
        token += 1
    return token < end and marked.mention_of[token] == NONE and _opens_verb(marked, token)


def _opens_verb(marked: Marked, token: int) -> bool:
    word, words = marked.low[token], marked.words
    if word in words.lists["finite"] or word in words.lists["irregular"] or word in words.verbs:
        return True
    return len(word) > 4 and word.endswith("ed")
