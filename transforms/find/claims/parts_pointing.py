"""Parts that point: "of whom 30 died", "five of them children", "two of the injured", "three critically".

In: a sentence and the place of such words, or a count with them. Out: claims marked as parts.
"""

from transforms.find.claims.group import Group
from transforms.find.claims.part import make_part, nearest_whole, people_in_predicate
from transforms.find.claims.parts_listed import state_phrase
from transforms.find.claims.sentence import Sentence

LONGEST_CLAUSE = 9


def read_of_whom(sentence: Sentence, place: int) -> None:
    """Of whom 40 died; of them, three were children."""
    at = place + 2
    tokens = sentence.tokens
    if tokens.at(place - 1) in tokens.words.lists["extremes"]:
        return
    metric = tokens.words.nominal.get(tokens.at(at), "") if tokens.at(at - 1) in tokens.words.lists["those"] else ""
    at += bool(metric)
    if place > 0 and sentence.by_last.get(place + 2) is not None:
        return
    at += tokens.at(at) == ","
    number = sentence.by_first.get(at)
    if number is not None and sentence.groups[number].people is not False:
        group = sentence.groups[number]
        group.of_them = group.of_them or not metric
        if tokens.at(group.last) in tokens.words.lists["be"]:
            group.who = people_in_predicate(sentence, group.last) or group.who
        deadly = _deadly(sentence, group.last + 1) if tokens.at(group.last) in tokens.words.lists["be"] else ""
        make_part(sentence, group, nearest_whole(sentence, place, metric), metric or deadly, "of_whom")


def mark_kinds(sentence: Sentence) -> None:
    """Read "Three were children." as "three of them": a count that opens a sentence and only says who they are."""
    tokens = sentence.tokens
    for group in sentence.groups[:1]:
        bare = group.first == 0 and group.people is None and group.noun is None and not group.change
        if bare and tokens.at(group.last) in tokens.words.lists["be_finite"]:
            group.of_them = people_in_predicate(sentence, group.last) is not None
            group.people = True if group.of_them else None


def read_of_the_state(sentence: Sentence, place: int) -> None:
    """Of the dead, three were children."""
    tokens = sentence.tokens
    metric, end, counted = state_phrase(sentence, place + 1)
    opens = place == 0 or not tokens.raw[place - 1][0].isalnum()
    if not metric or not opens:
        return
    if counted is not None and end not in sentence.by_first:
        end = next((at for at in range(end, end + LONGEST_CLAUSE) if tokens.at(at) == ","), end)
    number = sentence.by_first.get(end + (tokens.at(end) == ","))
    if number is not None and sentence.groups[number].people is not False:
        group = sentence.groups[number]
        if tokens.at(group.last) in tokens.words.lists["be"]:
            group.who = people_in_predicate(sentence, group.last) or group.who
        make_part(sentence, group, counted, metric, "of_whom")


def read_pronoun(sentence: Sentence, group: Group) -> None:
    """Three of them children; two of the dead were nurses; two of the injured later died."""
    tokens = sentence.tokens
    inner = sentence.claim_of(sentence.groups[group.inner]) if group.inner >= 0 else None
    parent = inner or nearest_whole(sentence, group.first, group.of_state)
    own = sentence.claim_of(group)
    if own is not None and (not group.of_state or own.metric != group.of_state or own.at >= group.last):
        own.part, own.parent, own.of_state = True, parent, group.of_state
        return
    at = group.last
    while tokens.is_adverb(at) and tokens.at(at) not in tokens.words.lists["severity"]:
        at += 1
    who = people_in_predicate(sentence, at)
    bound = parent is not None and not group.of_state and tokens.at(at) in tokens.words.lists["prepositions"]
    bound |= parent is not None and _are_still(sentence, group)
    bound |= group.of_state != "" and _found(sentence, at)
    if (
        who is not None
        or bound
        or (_qualifies(sentence, at) and not (group.of_state and tokens.at(at) not in tokens.words.lists["be"]))
    ):
        group.who = who or group.who
        make_part(sentence, group, parent, _deadly(sentence, at) or group.of_state, "of_them")


def _found(sentence: Sentence, at: int) -> bool:
    """Sixteen of the dead were found in the cellar."""
    words = sentence.tokens.words
    return sentence.tokens.at(at) in words.lists["be_finite"] and sentence.tokens.at(at + 1) in words.needs["FOUND"]


def _are_still(sentence: Sentence, group: Group) -> bool:
    """Whether a clause only describes a part: "84 dead, 75 of whom came from one village", but not "who escaped"."""
    tokens, words = sentence.tokens, sentence.tokens.words
    if tokens.at(group.last - 1) not in words.lists["relatives"]:
        return False
    return words.lists["no_longer"].isdisjoint(tokens.low[group.last : group.last + LONGEST_CLAUSE])


def read_definite(sentence: Sentence, group: Group) -> None:
    """Two of the pupils, two of the four: part of a count before, if the story has one (`whole.py`)."""
    inner = sentence.claim_of(sentence.groups[group.inner]) if group.inner >= 0 else None
    for found in sentence.found:
        if found.group is group and found is not inner:
            found.part, found.parent = True, inner
    if inner is not None and sentence.claim_of(group) is None and inner.at >= group.last - 1:
        after = inner.at + 1
        who = people_in_predicate(sentence, after) if _is_told(sentence, after) else None
        if who is not None:  # "nine of the 12 people killed were women"
            group.who = who
            make_part(sentence, group, inner, inner.metric, "of_them")


def _is_told(sentence: Sentence, at: int) -> bool:
    """Whether "was" or "were" stands at a token."""
    return sentence.tokens.at(at) in sentence.tokens.words.lists["be_finite"]


def _qualifies(sentence: Sentence, at: int) -> bool:
    """Whether what follows only says how badly, or nothing at all."""
    tokens = sentence.tokens
    words = tokens.words
    if (
        at >= len(tokens)
        or tokens.low[at] in words.lists["severity"] | words.lists["alive"]
        or tokens.low[at] in ".;)—–"
    ):
        return True
    if tokens.low[at] in words.lists["ill_with"]:
        return any(tokens.at(place) in words.needs["INJURY"] for place in range(at + 1, at + 4))
    if tokens.low[at] in words.lists["prepositions"]:
        return (
            tokens.at(at + 1) in words.lists["condition"]
            or tokens.at(at + 2) in words.lists["condition"]
            or tokens.at(at + 3) in words.lists["condition"]
        )
    if tokens.low[at] in words.lists["be"]:
        return tokens.at(at + 1) in words.lists["prepositions"] | words.lists["severity"] | words.lists["origin"]
    return False


def read_severity(sentence: Sentence, group: Group) -> None:
    """The five of "40 injured, five seriously"."""
    tokens = sentence.tokens
    word = tokens.at(group.last)
    if word not in tokens.words.lists["severity"] or sentence.claim_of(group) is not None:
        return
    parent = nearest_whole(sentence, group.first)
    after = tokens.at(group.last + 1)
    ends = not tokens.is_word(group.last + 1) or after in tokens.words.lists["and"]
    if parent is not None and ends and after not in tokens.words.verbs:
        make_part(sentence, group, parent, _deadly(sentence, group.last), "of_them")


def _deadly(sentence: Sentence, at: int) -> str:
    """What befell the three of "ten were shot, three fatally", and the four of "seven were dug out, four alive"."""
    words = sentence.tokens.words
    if sentence.tokens.at(at) in words.lists["alive"]:
        return words.texts["alive_metric"]
    return words.texts["deadly_metric"] if sentence.tokens.at(at) in words.lists["deadly"] else ""
