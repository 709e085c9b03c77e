"""Whom a verb tells of: the words between a subject and its verb come in, the counts that are the subject go out."""

from transforms.find.claims.chain import Chain
from transforms.find.claims.group import Group
from transforms.find.claims.phrase import is_head
from transforms.find.claims.sentence import Sentence
from transforms.find.claims.tokens import Tokens
from transforms.find.claims.uncounted import (
    before_uncounted,
    belongs_to_another,
    is_cargo,
)

LONGEST_GAP = 14
LONGEST_AGES = 8
LONGEST_CLAUSE = 13
SEVERAL_IN_ONE = ("one_person", "sized")


def subjects(sentence: Sentence, chain: Chain, near: bool = False, cargo: bool = False) -> list[Group]:
    """The counts that end where a chain begins, or before what only describes them ("12 people on a bus were …").

    With `cargo` those whom the subject carries count too: "a boat with nine men on board is missing".
    """
    place = chain.first
    apposed = _apposed(sentence, place)
    jumped, joined = False, False
    for _ in range(LONGEST_GAP):
        number = sentence.by_last.get(place)
        if number is not None:
            if (chain.relative or near) and sentence.groups[number].inner >= 0:
                # "two of the nine climbers who died": the relative clause is about the nine.
                number = sentence.groups[number].inner
            group = sentence.groups[number]
            found = _with_left(sentence, number, joined)
            if not (near or chain.relative) and belongs_to_another(sentence.tokens, group):
                return found if cargo and is_cargo(sentence.tokens, group) else []
            if group.people is not False and (
                joined or _agrees(chain, found) or _with_somebody(sentence, chain, found[0])
            ):
                return found
            if near:
                return []
            place = group.first
        elif near:
            return []
        elif (joint := before_uncounted(sentence.tokens, place)) >= 0 and joint in sentence.by_last:
            place, joined = joint, True
        else:
            back, hop = _back(sentence, place, jumped)
            if back < 0:
                return apposed
            jumped |= hop
            place = back
    return []


def _apposed(sentence: Sentence, place: int) -> list[Group]:
    """The counts in apposition to a subject: "the whole street, some 120 people, had to leave"."""
    tokens = sentence.tokens
    if tokens.at(place - 1) != ",":
        return []
    end = place - 1
    while tokens.at(end - 1) in tokens.words.lists["in_all"] | tokens.words.lists["all_but"]:
        end -= 1
    number = sentence.by_last.get(end)
    if number is None:
        return []
    groups = _with_left(sentence, number)
    first = groups[0].first - (tokens.at(groups[0].first - 1) in tokens.words.lists["about"])
    return groups if all(group.people for group in groups) and tokens.at(first - 1) == "," else []


def _agrees(chain: Chain, groups: list[Group]) -> bool:
    """Whether a verb has the number of its subject: "was" of one, "were" of several."""
    if chain.one == chain.many:
        return True
    if any(group.exact == 0 or group.core - group.first >= 2 for group in groups):
        return True
    if len(groups) == 1 and tokens_agree(groups[0]):
        return True
    one = len(groups) == 1 and groups[0].one
    return one if chain.one else not one or groups[0].comparator != "="


def tokens_agree(group: Group) -> bool:
    """Whether a noun takes either number: "a couple was", "a couple were"."""
    return group.exact != 1 and group.rule in SEVERAL_IN_ONE


def _back(sentence: Sentence, place: int, jumped: bool) -> tuple[int, bool]:
    """One step to the left over words that describe a subject; -1 where its clause begins."""
    tokens = sentence.tokens
    if place <= 0:
        return -1, False
    aged = ages_before(tokens, place)
    if aged >= 0:
        return aged, False
    word = tokens.low[place - 1]
    if word in tokens.words.lists["closing_marks"]:
        opened = _opening(tokens, place - 1)
        return (opened, True) if opened > 0 and not jumped else (-1, False)
    if word in tokens.words.lists["joints"] or word in tokens.words.lists["have"]:
        return -1, False
    if word in tokens.words.verbs or word in tokens.words.lists["be"] or word in tokens.words.lists["say"]:
        if word in tokens.words.verbs and tokens.at(place - 2) in tokens.words.lists["before_adjective"]:
            return place - 1, False  # "two people in a passing car"
        if word in tokens.words.lists["crimes"] and tokens.at(place - 2) in tokens.words.lists["before_crime"]:
            return place - 2, False  # "a man charged with murder was arrested"
        if tokens.at(place - 2) in tokens.words.lists["to"] and tokens.at(place - 3) in tokens.words.lists["links"]:
            return place - 3, False  # "a man believed to be in his forties"
        relative = next(
            (
                p
                for p in range(place - 2, max(-1, place - LONGEST_CLAUSE), -1)
                if tokens.low[p] in tokens.words.lists["relatives"]
            ),
            -1,
        )
        if relative > 0:
            return relative, False
        reduced = place - 1 in sentence.by_last and any(
            v.forms & {"ing", "participle"} for v in tokens.words.verbs.get(word, ())
        )
        return (place - 1, False) if word in tokens.words.nominal or reduced else (-1, False)
    if word in tokens.words.lists["by"]:
        return -1, False
    return (place - 1, False) if tokens.raw[place - 1][0].isalnum() or word in "-'’\"" else (-1, False)


def ages_before(tokens: Tokens, place: int) -> int:
    """Where the ages that end before a token begin: "aged between 19 and 34", "of ten"; -1 when there are none."""
    if tokens.at(place - 2) in tokens.words.lists["of"] and is_head(tokens, place - 3, True):
        return place - 2
    for at in range(place - 1, max(-1, place - LONGEST_AGES), -1):
        if tokens.low[at] in tokens.words.lists["aged"]:
            return at - (tokens.at(at - 1) == ",")
        word = tokens.low[at]
        if (
            word in tokens.words.verbs
            or word in tokens.words.lists["be"]
            or word in tokens.words.lists["closing_marks"]
        ):
            return -1
    return -1


def _opening(tokens: Tokens, closing: int) -> int:
    """Where the parenthesis that ends at a mark begins: the comma, dash or bracket before."""
    mark = tokens.low[closing]
    while closing > 0 and tokens.low[closing - 1] == mark:
        closing -= 1
    opens = {")": "(", "]": "["}.get(mark, mark)
    for place in range(closing - 1, max(0, closing - 30), -1):
        if tokens.low[place] == opens:
            if opens == "," and _lists(tokens, place):
                continue
            return place
    return -1


def _lists(tokens: Tokens, comma: int) -> bool:
    """Whether a comma only parts members of a list: the one before "including" is the one that opens."""
    following = tokens.at(comma + 1)
    opens = (
        tokens.words.lists["including"]
        | tokens.words.lists["among"]
        | tokens.words.lists["relatives"]
        | tokens.words.lists["amounts_of_them"]
    )
    return (
        following not in opens
        and tokens.at(comma + 2) not in tokens.words.lists["of"]
        and any(tokens.at(place) in opens for place in range(max(0, comma - 12), comma))
    )


def _with_somebody(sentence: Sentence, chain: Chain, group: Group) -> bool:
    """Whether a plural verb tells of one and of somebody uncounted: "the mayor and a bodyguard were killed"."""
    return chain.many and sentence.tokens.at(group.first - 1) in sentence.tokens.words.lists["and"]


def _with_left(sentence: Sentence, number: int, listed: bool = False) -> list[Group]:
    """A count and those that "and" joins to it on the left: "a policeman and two civilians"."""
    tokens = sentence.tokens
    groups = [sentence.groups[number]]
    while True:
        first = groups[0].first
        joint = first - 1
        comma = tokens.at(joint) == ","
        if not (tokens.at(joint) in tokens.words.lists["and"] or (comma and (listed or len(groups) > 1))):
            break
        end = joint - 1 if tokens.at(joint - 1) == "," and not comma else joint
        before = sentence.by_last.get(end)
        if before is None:
            before = sentence.by_last.get(before_uncounted(tokens, end))
        if before is None or sentence.groups[before].people is not True or sentence.groups[before].of_them:
            break
        groups.insert(0, sentence.groups[before])
    if len(groups) > 1 and not opens_clause(tokens, groups[0].first):
        return groups[-1:]
    return groups


def opens_clause(tokens: Tokens, first: int) -> bool:
    """Whether a subject may begin here: after a conjunction, a mark or nothing."""
    if first == 0 or tokens.low[first - 1] in tokens.words.lists["openers"] or not tokens.raw[first - 1][0].isalpha():
        return True
    named = tokens.raw[first - 1][:1].isupper() and tokens.low[first - 1] not in tokens.words.verbs
    return named or tokens.is_adverb(first - 1) or not _verb_before(tokens, first)


def _verb_before(tokens: Tokens, first: int) -> bool:
    """Whether a verb stands between the beginning of a clause and a count, which may be its object."""
    words = tokens.words
    for place in range(first - 1, max(-1, first - LONGEST_CLAUSE), -1):
        word = tokens.low[place]
        if word in words.lists["including"] or word in words.lists["among"]:
            return True
        if not tokens.is_word(place) or word in words.lists["joints"]:
            return False
        if (
            word in words.verbs
            or word in words.lists["be"]
            or word in words.lists["have"]
            or word.endswith(tuple(words.lists["participle_endings"]))
        ):
            return True
    return False
