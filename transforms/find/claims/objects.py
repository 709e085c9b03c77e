"""Whom a verb acts on: a place behind it comes in, the counts that are its object or company go out."""

from transforms.find.claims.completion import is_completed
from transforms.find.claims.group import Group
from transforms.find.claims.sentence import Sentence
from transforms.find.claims.tokens import Tokens
from transforms.find.claims.uncounted import (
    after_uncounted,
    ends_uncounted,
)

LONGEST_OBJECT = 7
LONGEST_COMPANY = 4
LONGEST_AGES = 9


def companions(sentence: Sentence, verb: int) -> list[Group]:
    """The nine of "his mother died with nine others", "was killed along with nine neighbours"."""
    tokens = sentence.tokens
    for place in range(verb + 1, min(len(tokens), verb + LONGEST_COMPANY)):
        together = tokens.at(place - 1) in tokens.words.lists["company"]
        if tokens.low[place] in tokens.words.lists["with_word"]:
            number = sentence.by_first.get(place + 1)
            group = sentence.groups[number] if number is not None else None
            return [group] if group is not None and group.people and (together or group.others) else []
        if tokens.low[place] not in tokens.words.lists["company"]:
            return []
    return []


def objects(sentence: Sentence, after: int, of_noun: bool = False) -> list[Group]:
    """The counts that begin behind a verb, and those joined to them: "three soldiers, two officers and a child".

    With `of_noun` what follows them is said of the noun before: "the bodies of a man and two boys were found".
    """
    tokens = sentence.tokens
    place = tokens.follows(after, tokens.words.phrases["between_object"].get(tokens.at(after), ()))
    place = max(place, after)
    while place < len(tokens) and (tokens.is_adverb(place) or tokens.low[place] in tokens.words.lists["before_object"]):
        if place in sentence.by_first:
            break
        place += 1
    number = sentence.by_first.get(place)
    if number is None:
        return _behind_uncounted(sentence, place)
    group = sentence.groups[number]
    if group.people is False:
        return []
    return [group, *_joined(sentence, group.last, of_noun)]


def _joined(sentence: Sentence, place: int, of_noun: bool = False) -> list[Group]:
    """Further counts of a list, as long as they have no verb of their own."""
    tokens = sentence.tokens
    found: list[Group] = []
    closed = False
    while True:
        joint = place = past_ages(tokens, place)
        while tokens.at(joint) in tokens.words.lists["and"] | {","} | tokens.words.lists["plus_words"]:
            joint += 1
        if of_noun and joint > place and tokens.at(joint) in tokens.words.lists["of"]:
            joint += 1  # "the death of a nurse and of two patients"
        number = sentence.by_first.get(joint) if joint > place else None
        if number is None and joint > place:
            closed = tokens.at(joint - 1) in tokens.words.lists["and"] and ends_uncounted(tokens, joint)
            number = sentence.by_first.get(after_uncounted(tokens, joint))
        if number is None:
            break
        group = sentence.groups[number]
        if group.people is not True or group.of_them or (not of_noun and has_predicate(sentence, group)):
            break
        found.append(group)
        place = group.last
    joints = tokens.words.lists["and"] | tokens.words.lists["plus_words"]
    last = next((g for g in found if tokens.at(_before_of(tokens, g.first)) in joints), None)
    return found if last is not None or closed else []


def _before_of(tokens: Tokens, first: int) -> int:
    """The token before a count, or before its "of": the "and" of "a nurse and of two patients"."""
    return first - 1 - (tokens.at(first - 1) in tokens.words.lists["of"])


def past_ages(tokens: Tokens, place: int) -> int:
    """Where the ages that begin at a token end: the second comma of "two sons, aged nine and twelve, and a man"."""
    if tokens.at(place) != "," or tokens.at(place + 1) not in tokens.words.lists["aged"]:
        return place
    return next((at for at in range(place + 2, min(len(tokens), place + LONGEST_AGES)) if tokens.low[at] == ","), place)


def has_predicate(sentence: Sentence, group: Group) -> bool:
    """Whether a count is the subject of words behind it: "and 40 were injured", "and two others wounded"."""
    tokens = sentence.tokens
    place = group.last
    while place < len(tokens) and tokens.is_adverb(place):
        place += 1
    if place >= len(tokens):
        return False
    word = tokens.low[place]
    words = tokens.words
    if word in words.lists["be"] | words.lists["have"] | words.lists["modals"] | words.lists["remain"]:
        return True
    if word in words.states:
        return word not in words.lists["prepositions"]
    if word in words.verbs:
        return word not in words.lists["prepositions"] and any(
            is_completed(sentence, v, place) for v in words.verbs[word]
        )
    return (
        word in words.lists["links"]
        and word not in words.lists["relatives"]
        and word not in words.lists["to"]
        and word not in words.lists["as_link"]
    )


def _counted_behind(sentence: Sentence, place: int) -> list[Group]:
    """The count in apposition to an object: "killed everyone on board, 19 people in all"."""
    comma = next((at for at in range(place, place + LONGEST_OBJECT) if sentence.tokens.at(at) == ","), -1)
    number = sentence.by_first.get(comma + 1) if comma > 0 else None
    group = sentence.groups[number] if number is not None else None
    return [group] if group is not None and group.people and not has_predicate(sentence, group) else []


def _behind_uncounted(sentence: Sentence, place: int) -> list[Group]:
    """The others of "killed the mayor and 12 others": counts joined to an object without one."""
    tokens = sentence.tokens
    if tokens.at(place) in tokens.words.lists["all_but"]:
        return _counted_behind(sentence, place)
    while (following := after_uncounted(tokens, place)) > 0:
        place = following
    if place in sentence.by_first and tokens.at(place - 1) in tokens.words.lists["and"]:
        place -= 2
    for joint in range(place + 1, min(len(tokens), place + LONGEST_OBJECT + 1)):
        word = tokens.low[joint]
        if word in tokens.words.lists["and"] and joint + 1 in sentence.by_first:
            group = sentence.groups[sentence.by_first[joint + 1]]
            if group.human and group.people and not group.of_them and not has_predicate(sentence, group):
                return [group]
            return []
        if (
            word in tokens.words.lists["stops"] - tokens.words.lists["determiners"] - tokens.words.lists["of"]
            or joint in sentence.by_first
        ):
            return []
        if not tokens.raw[joint][0].isalnum() or word in tokens.words.verbs:
            return []
    return []
