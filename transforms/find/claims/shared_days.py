"""The day of the event for claims that tell none: all claims of a story come in and get it from their neighbourhood."""

from collections.abc import Sequence

from transforms.find.claims.days import EVENT, IN_HOSPITAL, PERIOD, Span
from transforms.find.claims.sentence import Found

MOVED = "evacuated"
NEIGHBOURS = 2
"""Sentences on either side that are taken to tell the same event."""
FAR = 6
"""The same, in a story whose claims tell only one day."""


def share_days(story: Sequence[Found], told: Sequence[tuple[int, Span]]) -> None:
    """Give the day of the event to claims without one, when their neighbourhood tells only one.

    `told` are the days that sentences tell, with the number of the sentence.
    """
    known = [f for f in story if f.tally == EVENT and f.days[0] is not None and not f.doubt]
    for found in story:
        if found.days[0] is not None or found.tally == PERIOD or found.group.exact == 0 or found.doubt:
            continue
        if found.metric == MOVED:
            continue  # people are moved before a storm, and after a quake
        if found.parent is not None and found.parent.days[0] is not None:
            found.days = found.parent.days
            continue
        only = len({f.days for f in known if f.tally == EVENT}) == 1
        reach = FAR if only else NEIGHBOURS
        near = {f.days for f in known if abs(f.sentence - found.sentence) <= reach}
        own = found.sentence - (found.metric == IN_HOSPITAL)  # "kept in hospital overnight"
        near = near or {span for number, span in told if found.sentence - NEIGHBOURS <= number <= own}
        if len(near) == 1:
            found.days = next(iter(near))
            known.append(found)
