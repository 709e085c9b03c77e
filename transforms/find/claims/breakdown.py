"""Parts that add up: "five people, three men and two women, were killed".

In: a sentence with its claims. Out: claims marked as parts.
"""

from transforms.find.claims.group import Group
from transforms.find.claims.part import make_part
from transforms.find.claims.sentence import Sentence

PREDICATE = 5
"""Tokens between a part and the colon behind what is said of it."""


def read_breakdown(sentence: Sentence) -> None:
    """Parts that add up: "five people, three men and two women, were killed"."""
    tokens = sentence.tokens
    for parent in list(sentence.found):
        whole = parent.group
        end = max(whole.last, parent.at + 1) if parent.at <= whole.last else whole.last
        if tokens.at(end) not in tokens.words.lists["breakdown_marks"]:
            end = parent.at + 1  # "nine were killed, three in Homs and six in Hama"
        colon = next((p for p in range(whole.last, whole.last + PREDICATE) if tokens.at(p) == ":"), 0)
        end = colon or end  # "eleven of the dead were foreigners: three Britons, …"
        if (
            (parent.part and not colon)
            or whole.exact is None
            or whole.exact < 2
            or tokens.at(end) not in tokens.words.lists["breakdown_marks"]
        ):
            continue
        parts: list[Group] = []
        at = end + 1
        while (number := sentence.by_first.get(at)) is not None and _is_kind(sentence.groups[number]):
            parts.append(sentence.groups[number])
            at = _past_place(sentence, parts[-1].last)
            while tokens.at(at) in tokens.words.lists["and"] | {","}:
                at += 1
        counts = [part.exact for part in parts]
        if (
            len(parts) > 1
            and None not in counts
            and (colon or _kinds(sentence, whole, parts))
            and sum(c for c in counts if c is not None) == whole.exact
        ):
            for part in parts:
                make_part(sentence, part, parent, parent.metric, "breakdown")


def _past_place(sentence: Sentence, at: int) -> int:
    """Where the place behind a part ends: "two in the Elbe and one in a pond"."""
    tokens = sentence.tokens
    if tokens.at(at) not in tokens.words.lists["gap_places"]:
        return at
    ends = tokens.words.lists["and"] | {",", ".", ";", ""}
    return next(place for place in range(at, len(tokens) + 1) if tokens.at(place) in ends)


def _is_kind(group: Group) -> bool:
    """Whether a count may stand for one kind of people of a whole: not "one of them"."""
    return group.people is not False and group.noun is None and not group.of_them


def _by_place(sentence: Sentence, parts: list[Group]) -> bool:
    """Whether each part has a place of its own."""
    return all(sentence.tokens.at(part.last) in sentence.tokens.words.lists["gap_places"] for part in parts)


def _kinds(sentence: Sentence, whole: Group, parts: list[Group]) -> bool:
    """Whether parts say what kinds of people a whole has: "three men and two women" are kinds of "five people"."""
    words = sentence.tokens.words
    plain = whole.who in (None, words.texts["people"])
    return (
        (plain and all(part.people for part in parts))
        or _by_place(sentence, parts)
        or all((part.who or "").split(" ")[-1] in words.lists["kinds"] for part in parts)
    )
