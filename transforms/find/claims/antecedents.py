"""Whom a count without a noun counts: "three miners died and five are missing", "two of them".

In: a sentence with its claims, or all claims of a story. Out: their `who`, where the words around tell it.
"""

from collections.abc import Sequence

from transforms.find.claims.group import Group
from transforms.find.claims.phrase import is_head
from transforms.find.claims.sentence import Found, Sentence

AS_SUBJECT = ("passive", "subject", "state", "reduced")
REACH = 25


def name_from_sentence(sentence: Sentence) -> None:
    """Take the noun from the count before, or from the people the pronoun stands for."""
    for found in sorted(sentence.found, key=lambda found: found.group.start):
        group = found.group
        if group.who is not None or group.noun is not None:
            continue
        if group.of_them:
            whole = found.parent.group.who if found.parent is not None else None
            group.who = whole or (None if found.parent is not None else _people_before(sentence, group.first))
        elif group.people is None and found.rule in AS_SUBJECT:
            before = [f for f in sentence.found if f.group.last <= group.first and f.rule in AS_SUBJECT and not f.part]
            group.who = before[-1].group.who if before and before[-1].group.people else None
            if not before and sentence.tokens.at(group.last) in sentence.tokens.words.lists["links"]:
                group.who = _larger_before(sentence, group)


def _larger_before(sentence: Sentence, group: Group) -> str | None:
    """The nearest larger count of people on the left: "a bus with 45 pupils overturned and 12 were hurt"."""
    told = {id(found.group) for found in sentence.found}
    before = [
        g
        for g in sentence.groups
        if g.last <= group.first and g.people and g.who and not g.of_them and id(g) not in told
    ]
    return before[-1].who if before and before[-1].largest > (group.low or 0.0) else None


def _people_before(sentence: Sentence, place: int) -> str | None:
    """The nearest noun for several people on the left."""
    tokens = sentence.tokens
    for at in range(place - 1, max(-1, place - REACH), -1):
        number = sentence.by_last.get(at + 1)
        if number is not None and sentence.groups[number].people and sentence.groups[number].who:
            return sentence.groups[number].who
        if tokens.low[at] not in tokens.words.lists["as_is_modifiers"] | tokens.words.nominal.keys() and is_head(
            tokens, at, False
        ):
            return tokens.low[at] if tokens.words.is_plural(tokens.low[at]) else tokens.raw[at]
    return None


def name_from_story(story: Sequence[Found]) -> None:
    """Take the noun of a part without one from what includes it."""
    for found in story:
        if found.group.who is None and found.parent is not None:
            found.group.who = found.parent.group.who
