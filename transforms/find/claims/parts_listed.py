"""Parts in a list: "including three children", "among the dead were two nurses".

In: a sentence and the place of such a word. Out: claims marked as parts.
"""

from transforms.find.claims.chain import chain_before
from transforms.find.claims.group import Group
from transforms.find.claims.objects import has_predicate
from transforms.find.claims.part import make_part, nearest_whole
from transforms.find.claims.sentence import Found, Sentence
from transforms.find.claims.subjects import ages_before, subjects

LONGEST_REACH = 9
"""Tokens between the word that opens a list and its first count, and between its counts, at most."""


def read_including(sentence: Sentence, place: int, after: int) -> None:
    """12 people, including three children, were killed; the dead included a nurse."""
    tokens = sentence.tokens
    nominal = tokens.words.nominal.get(tokens.at(place - 1), "") or (
        "killed" if tokens.at(place - 1) in tokens.words.lists["nominal_victims"] else ""
    )
    noun = tokens.words.nouns.get(tokens.at(place - 1))
    if noun is not None and noun.plural and noun.counts and not noun.needs and place - 1 not in sentence.by_last:
        nominal = noun.metric  # "the new deaths included 58 from the coast"
    subject = nominal and not _belongs(sentence, place - 1)
    parent = None if subject else nearest_whole(sentence, place)
    if parent is None and not subject:
        return
    if parent is not None and parent.group.last < place - 16:
        return
    for group in _members(sentence, after):
        make_part(sentence, group, parent, nominal if subject else "", "including")


def _members(sentence: Sentence, place: int) -> list[Group]:
    """The counts listed behind a word such as "including"."""
    tokens = sentence.tokens
    found: list[Group] = []
    end = min(len(tokens), place + LONGEST_REACH)
    at = place
    while at < end:
        number = sentence.by_first.get(at)
        if number is not None and sentence.groups[number].core >= at:
            group = sentence.groups[number]
            if (
                group.people is False
                or (found and tokens.at(group.last) in tokens.words.lists["say"])
                or (found and group.people is not True)
                or (found and has_predicate(sentence, group) and tokens.at(group.first - 1) not in (",",))
            ):
                break
            if (
                found
                and has_predicate(sentence, group)
                and sentence.claim_of(group)
                and not _same_list(sentence, found[-1], group)
            ):
                break
            if not group.of_them:
                found.append(group)
            at = max(group.last, at + 1)
            end = min(len(tokens), at + LONGEST_REACH)
            continue
        word = tokens.low[at]
        if (word in tokens.words.lists["be"] and not found) or (word in tokens.words.lists["existence"] and not found):
            at += 1
            continue
        if (
            word in tokens.words.verbs
            or word in tokens.words.lists["be"]
            or word in tokens.words.lists["have"]
            or word in tokens.words.lists["list_breaks"]
            or tokens.at(at - 1) in tokens.words.lists["named_as"]
            or word in ")"
        ):
            break
        if found and word in tokens.words.lists["prepositions"]:
            break
        at += 1
    return found


def _same_list(sentence: Sentence, last: Group, group: Group) -> bool:
    return all(
        word in sentence.tokens.words.lists["and"] | {","} for word in sentence.tokens.low[last.last : group.first]
    )


def _belongs(sentence: Sentence, place: int) -> bool:
    """Whether a state word is part of a count before it: "12 dead, including", "12 injured including"."""
    return any(found.at == place for found in sentence.found)


def read_among(sentence: Sentence, place: int) -> None:
    """Among the dead were three children; three children were among the 12 dead; 12 people, among them a nurse."""
    tokens = sentence.tokens
    after = place + 1
    if tokens.at(after) in tokens.words.lists["them"] - tokens.words.lists["those"]:
        number = sentence.by_last.get(place)
        group = sentence.groups[number] if number is not None else None
        if group is not None and group.people and sentence.claim_of(group) is None:
            make_part(sentence, group, nearest_whole(sentence, group.first), "", "among")
            return
        read_including(sentence, place, after + 1)
        return
    metric, end, counted = state_phrase(sentence, after)
    if not metric:
        return
    parent = counted or nearest_whole(sentence, place, metric)
    members = (
        _members(sentence, end)
        if tokens.at(end) in tokens.words.lists["be"] | tokens.words.lists["existence"] | {","} or place == 0
        else []
    )
    if not members:
        members = _before_among(sentence, place)
        parent = counted
    for group in members:
        if parent is None or group is not parent.group:
            make_part(sentence, group, parent, metric, "among")


def state_phrase(sentence: Sentence, at: int) -> tuple[str, int, Found | None]:
    """The metric of "the dead", "those killed", "the 12 people killed", where it ends, and its claim if it counts."""
    tokens = sentence.tokens
    words = tokens.words
    counted: Found | None = None
    for place in range(at, min(len(tokens), at + 6)):
        number = sentence.by_first.get(place)
        if number is not None:
            counted = sentence.claim_of(sentence.groups[number])
            if counted is not None and sentence.groups[number].state:
                return counted.metric, sentence.groups[number].last, counted
        word = tokens.low[place]
        if word in words.nominal:
            return words.nominal[word], place + 1, counted
        if word in words.lists["nominal_victims"]:
            return "killed", place + 1, counted
        if word in words.of_those and not words.lists["those"].isdisjoint(tokens.low[at:place]):
            return words.of_those[word], place + 1, counted
        inside = counted is not None and place < counted.group.last
        if not (
            inside
            or word in words.lists["those"]
            or word in words.lists["determiners"]
            or word in words.lists["be"]
            or word in words.lists["relatives"]
        ):
            break
    if counted is not None:
        return counted.metric, counted.group.last, counted
    return "", at, None


def _before_among(sentence: Sentence, place: int) -> list[Group]:
    tokens = sentence.tokens
    at = place
    while at > 0 and (tokens.low[at - 1] in tokens.words.lists["links"] or tokens.low[at - 1] == ","):
        at -= 1
    aged = ages_before(tokens, at)
    at = aged if aged > 0 else at
    number = sentence.by_last.get(at)
    if number is None or sentence.groups[number].people is False:
        return subjects(sentence, chain_before(tokens, place))
    sentence.groups[number].people = True
    groups = [sentence.groups[number]]
    while tokens.at(groups[0].first - 1) in tokens.words.lists["and"] | {","}:
        before = sentence.by_last.get(groups[0].first - 1)
        if before is None or sentence.groups[before].people is not True:
            break
        groups.insert(0, sentence.groups[before])
    return groups
