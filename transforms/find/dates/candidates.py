"""Which of several days or months is meant: candidates and story in, a `Meaning` out."""

from transforms.find.dates.interval import Interval
from transforms.find.dates.story import Meaning, Story


def point(interval: Interval, anchor: Interval | None = None, mod: str | None = None) -> Meaning:
    """The meaning of a calendar interval."""
    return Meaning("DATE", interval.value, interval, mod, anchor)


def chosen(story: Story, candidates: list[Interval]) -> Meaning:
    """The nearest candidate; where the last and the next are about as near, the one the tense points to."""
    today = story.today
    past = [c for c in candidates if c.start <= today.start]
    coming = [c for c in candidates if c.start > today.start]
    if not past or not coming:
        return point((past or coming)[-1 if past else 0], today)
    behind = (today.start - past[-1].end).days + 1
    ahead = (coming[0].start - today.start).days
    if behind <= 0 and past[-1].grain in ("day", "month"):
        return point(past[-1], today)  # it is going on
    if story.direction() > 0:
        return point(coming[0], today)
    # Against the tense only what is much nearer: "Friday, Jan. 14 was the deadline", written in early January.
    sway = 8.0 if past[-1].grain == "month" else 4.0
    weight = {-1: sway, 0: 2.0 if sway > 4 else 1.0, 1: 0.7}[story.direction(weak=True)]
    return point(past[-1] if behind <= ahead * weight else coming[0], today)


def last_this_or_next(story: Story, yearly: list[Interval], shift: int, this: Interval) -> Meaning:
    """Of something that comes every year: the last one that is over, this year's, or the next that has not begun."""
    today = story.today
    if shift < 0:
        return point([one for one in yearly if one.end <= today.start][-1], today)
    if shift > 0:
        return point(next(one for one in yearly if one.start > today.start), today)
    return point(this, today)
