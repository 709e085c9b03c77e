"""The claim that includes a part, when it stands in another sentence: all claims of a story come in, parents go out.

The last whole claim before the part with its metric that can hold it; else the only one behind it.
"""

from collections.abc import Sequence

from transforms.find.claims.sentence import Found

REACH = 4
"""Sentences back that "the pupils" may point."""


def tie_parts(story: Sequence[Found]) -> None:
    """Fill in `parent` of the parts that have none."""
    for index, part in enumerate(story):
        if part.part and part.parent is None:
            pointing = part.group.of_them or part.group.of_the
            before = _before(story[:index], part, _listed(story, part))
            part.parent = before or (None if pointing else _after(story[index + 1 :], part))
            # "35 of them were hurt": those they belong to are in no claim, so this is a count of its own.
            part.part = part.parent is not None or not pointing
            if part.parent is not None and not part.metric:
                part.metric, part.tally = part.parent.metric, part.parent.tally


def tie_named(story: Sequence[Found]) -> None:
    """Tie "the dead are two men and a girl" to the three dead told before."""
    for index, first in enumerate(story):
        if first.rule != "inverted" or first.part or (index and _beside(story[index - 1], first)):
            continue
        named = [f for f in story[index:] if _beside(f, first) and not f.part]
        wholes = [f for f in story[:index] if _holds(f, first) and f.tally == "event" and f.sentence < first.sentence]
        if wholes and sum(f.group.low or 0.0 for f in named) <= (wholes[-1].group.exact or 0.0):
            for found in named:
                found.part, found.parent = True, wholes[-1]


def _beside(found: Found, other: Found) -> bool:
    """Whether two claims stand in one list of "the dead are"."""
    return found.rule == other.rule and found.sentence == other.sentence and found.metric == other.metric


def name_totals(story: Sequence[Found]) -> None:
    """Fill in what a total counts that only says "the number has risen to 14": the same as the count told before."""
    for index, total in enumerate(story):
        if total.rule != "toll" or total.metric:
            continue
        near = [f for f in story[:index] if f.metric and not f.part and total.sentence - REACH < f.sentence]
        near = [f for f in near if (f.group.low or 0.0) <= (total.group.low or 0.0)]
        if near:
            total.metric = near[-1].metric
            total.group.who = total.group.who or near[-1].group.who


def _holds(whole: Found, part: Found) -> bool:
    of = part.of_state or part.metric
    plain = not whole.part and whole.metric == of and whole.group is not part.group and whole.doubt <= part.doubt
    return plain and whole.group.exact != 0 and (part.group.low or 0.0) < whole.group.largest


def _listed(story: Sequence[Found], part: Found) -> float:
    """How many the parts of a list are together: "the dead include 27 Mexicans and two Salvadorans"."""
    if part.rule != "including":
        return part.group.low or 0.0
    return sum(f.group.low or 0.0 for f in story if f.part and _beside(f, part))


def _before(earlier: Sequence[Found], part: Found, listed: float) -> Found | None:
    if part.group.of_the:
        return next(
            (f for f in reversed(earlier) if part.sentence - REACH <= f.sentence and _same_people(f, part)), None
        )
    if part.group.of_them:
        near = [
            f
            for f in earlier
            if part.sentence - 2 <= f.sentence and not f.part and (part.group.low or 0.0) < f.group.largest
        ]
        return max(near, key=lambda f: (f.sentence, f.group.largest), default=None)
    holding = [f for f in earlier if _holds(f, part)]
    holding = [f for f in holding if f.group.largest >= listed] or holding
    events = [f for f in holding if f.tally != "period"] or holding
    # The total of an event is the largest of the counts told last: a headline's and a lead's "12 killed" before "two".
    return next((f for f in reversed(events) if not _one_of_several(f, events)), None)


def _same_people(whole: Found, part: Found) -> bool:
    """Whether "the pupils" are the pupils counted before, and "the four" the four."""
    if whole.part or whole.group is part.group or (part.group.low or 0.0) >= whole.group.largest:
        return False
    if part.group.of_number is not None:
        return whole.group.exact == part.group.of_number
    return (whole.group.who or "").split(" ")[-1] == (part.group.who or "").split(" ")[-1]


def _one_of_several(found: Found, events: Sequence[Found]) -> bool:
    """Whether a smaller count stands beside a larger one in its sentence ("12 people and two guards were killed")."""
    return any(other.sentence == found.sentence and other.group.largest > found.group.largest for other in events)


def _after(later: Sequence[Found], part: Found) -> Found | None:
    holding = [f for f in later if _holds(f, part) and f.tally != "period"]
    return holding[0] if len(holding) == 1 else None
