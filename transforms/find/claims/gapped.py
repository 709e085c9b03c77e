"""Counts whose verb stands only at the count before: "seven died at once and two more in hospital".

In: a sentence with its claims. Out: claims added to it.
"""

from transforms.find.claims.group import Group
from transforms.find.claims.objects import has_predicate
from transforms.find.claims.sentence import Found, Sentence

GAPPED = "gapped"
WHOLE = ("passive", "subject", "active", "state", "noun", "reduced", GAPPED)
LONGEST_PLACE = 5
LONGEST_SOURCE = 7


def read_gapped(sentence: Sentence) -> None:
    """Give counts without a verb the one of the claim before them in a list of places or days."""
    for group in sentence.groups:
        bare = group.people is None and group.noun is None and not group.change
        if not (bare or group.others) or group.of_them or group.inner >= 0 or sentence.claim_of(group) is not None:
            continue
        if has_predicate(sentence, group):
            continue
        before = _told_before(sentence, group)
        if before is None or not (
            _place_behind(sentence, group)
            or (bare and (_place_before(sentence, group) or _another_source(sentence, before, group)))
            or (bare and _said(sentence, group))
        ):
            continue
        sentence.add(group, before.metric, GAPPED, group.core, before.doubt)
        if bare and group.who is None:
            group.who = before.group.who


def _told_before(sentence: Sentence, group: Group) -> Found | None:
    before = [f for f in sentence.found if f.group.last <= group.first and f.rule in WHOLE and not f.part]
    return max(before, key=lambda found: (found.group.last, found.at), default=None)


def _place_behind(sentence: Sentence, group: Group) -> bool:
    """And two more in hospital; and five in Hama; five others on Tuesday."""
    tokens = sentence.tokens
    words = tokens.words
    if tokens.at(group.last) not in words.lists["gap_places"] or group.first < 2:
        return False
    joint = group.first - 1
    if tokens.low[joint] not in words.lists["and"] and tokens.low[joint] not in words.lists["gap_marks"]:
        return False
    return not tokens.raw[joint - 1][0].isdigit() and joint - 1 not in tokens.numbers


def _said(sentence: Sentence, group: Group) -> bool:
    """Nine people had died; hospital sources said 12."""
    tokens = sentence.tokens
    closes = group.last >= len(tokens) or tokens.low[group.last] in tokens.words.lists["clause_ends"]
    return closes and tokens.at(group.first - 1) in tokens.words.lists["figure_verbs"]


def _place_before(sentence: Sentence, group: Group) -> bool:
    """And in Hama five."""
    tokens = sentence.tokens
    words = tokens.words
    closes = group.last >= len(tokens) or not tokens.raw[group.last][0].isalnum()
    if not closes or not tokens.raw[group.first - 1][:1].isupper():
        return False
    for place in range(group.first - 2, max(0, group.first - LONGEST_PLACE), -1):
        if tokens.low[place] in words.lists["gap_places"]:
            return tokens.at(place - 1) in words.lists["and"] or tokens.at(place - 1) in words.lists["gap_marks"]
        if not tokens.raw[place][:1].isupper():
            return False
    return False


def _another_source(sentence: Sentence, before: Found, group: Group) -> bool:
    """The railway counts 22 dead, the state government 25; the prefect spoke of 12 dead, the hospital of 15."""
    tokens = sentence.tokens
    words = tokens.words
    joined = tokens.at(group.last) in words.lists["and"]
    closes = joined or group.last >= len(tokens) or not tokens.raw[group.last][0].isalnum()
    end = group.first - (tokens.at(group.first - 1) in words.lists["of"])
    if not closes or end < 2:
        return False
    for place in range(end - 1, max(before.group.last - 1, end - LONGEST_SOURCE), -1):
        if tokens.low[place] in words.lists["gap_marks"] or tokens.low[place] in words.lists["and"]:
            named = all(at in tokens.places for at in range(place + 1, end))  # "Jordan has 75 dead, Tunisia 49"
            told = named or tokens.at(place + 1) in words.lists["definite"]
            return told and place - before.group.last <= LONGEST_PLACE
        if (
            tokens.low[place] in words.lists["extremes"]
            or not tokens.is_word(place)
            or tokens.low[place] in words.verbs
            or tokens.low[place] in words.lists["prepositions"]
        ):
            return False
    return False
