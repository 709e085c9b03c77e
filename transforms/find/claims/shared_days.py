"""The day of the event for claims that tell none: all claims of a story come in and get it from their neighbourhood."""

from collections.abc import Sequence
from datetime import date, timedelta

from transforms.find.claims.days import EVENT, IN_HOSPITAL, PERIOD, Span
from transforms.find.claims.sentence import Found

MOVED = "evacuated"
HELD, HARMED = "detained", ("killed", "injured", "kidnapped")
"""Suspects are caught days after the crime: only other arrests tell when."""
NEIGHBOURS = 2
"""Sentences on either side that are taken to tell the same event."""
FAR = 6
"""The same, in a story whose claims tell only one day."""
LEAD = 3
"""Sentences at the head of a story, its headline with them, whose day may be told by those behind."""
IN_THE_NEWS = timedelta(days=30)
LONGEST_EVENT = timedelta(days=10)
ANOTHER_EVENT = timedelta(days=5)
"""A count of a day so long before that of the story is of another event."""
SEQUELS = {"rescued": "kidnapped", "detained": "killed"}
"""What befell them, and what had befallen them before in the same story: hostages are freed, killers caught."""


def part_events(story: Sequence[Found], today: date | None) -> None:
    """Mark counts of another event, long before the one that the story tells first, as background.

    Without a count in its lead, a story is taken to tell of its own day.
    """
    told = [f for f in story if f.tally == EVENT and f.days[0] is not None and not f.doubt]
    if not told:
        return
    first = told[0]
    opens = first.sentence < LEAD or today is None
    start = date.fromisoformat(first.days[0] or "") if opens or today is None else today - IN_THE_NEWS
    for found in told[1 if opens else 0 :]:
        began, ended = found.days
        if (
            (found.sentence > first.sentence or not opens)
            and began is not None
            and ended is not None
            and start >= date.fromisoformat(ended)
            and start - date.fromisoformat(began) >= ANOTHER_EVENT
            and SEQUELS.get(first.metric) != found.metric
        ):
            found.tally = PERIOD


def share_days(story: Sequence[Found], told: Sequence[tuple[int, Span]], crowd: bool = False) -> None:
    """Give the day of the event to claims without one, when their neighbourhood tells only one.

    `told` are the days that sentences tell, with the number of the sentence; `crowd` says that the text tells of a
    protest, a match or a raid, where people are arrested on the spot.
    """
    crime = not crowd and any(f.metric in HARMED for f in story)
    known = [f for f in story if f.tally == EVENT and _is_short(f.days) and not f.doubt]
    for found in story:
        if found.days[0] is not None or found.tally == PERIOD or found.group.exact == 0:
            continue
        if found.doubt and not found.past:
            continue  # what is only threatened has no day
        if found.metric == MOVED:
            continue  # people are moved before a storm, and after a quake
        if found.parent is not None and found.parent.days[0] is not None:
            found.days = found.parent.days
            continue
        later = crime and found.metric == HELD
        like = [f for f in known if f.metric == HELD] if later else known
        only = len({f.days for f in like if f.tally == EVENT}) == 1
        reach = FAR if only else NEIGHBOURS
        beside = {f.days for f in like if f.sentence == found.sentence}
        near = beside if len(beside) == 1 else {f.days for f in like if abs(f.sentence - found.sentence) <= reach}
        own = found.sentence - (found.metric == IN_HOSPITAL)  # "kept in hospital overnight"
        first = found.sentence - (0 if later else NEIGHBOURS)
        near = near or {span for number, span in told if first <= number <= own}
        if not later:
            near = near or _told_after(found, told) or _told_at_once(found, told)
        if len(near) == 1:
            found.days = next(iter(near))
            known += [found] * (not found.doubt)


def _told_at_once(found: Found, told: Sequence[tuple[int, Span]]) -> set[Span]:
    """The day that a story tells at its head, when it tells no other."""
    spans = {span for _, span in told}
    own = found.metric == IN_HOSPITAL and told and told[0][0] == found.sentence
    return spans if len(spans) == 1 and told[0][0] < LEAD and not own else set()


def _is_short(days: Span) -> bool:
    """Whether days are those of one event rather than of an outbreak's months."""
    if days[0] is None or days[1] is None:
        return days[0] is not None
    return date.fromisoformat(days[1]) - date.fromisoformat(days[0]) <= LONGEST_EVENT


def _told_after(found: Found, told: Sequence[tuple[int, Span]]) -> set[Span]:
    """The day that the next sentence with one tells, for a claim at the head of a story."""
    if found.sentence >= LEAD:
        return set()
    behind = [number for number, _ in told if found.sentence < number <= found.sentence + NEIGHBOURS]
    return {span for number, span in told if behind and number == behind[0]}
