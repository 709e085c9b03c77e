"""Weekdays: parts of an expression and its story in, a `Meaning` out."""

from datetime import datetime, timedelta

from transforms.find.dates.candidates import chosen, point
from transforms.find.dates.interval import containing, days, month_of, shifted
from transforms.find.dates.story import Meaning, Story


def weekday(story: Story, weekday: int) -> Meaning:
    """On Friday: the latest not after publication; the coming one when the verb is in the future."""
    today = story.today
    back = (today.start.weekday() - weekday) % 7
    if story.direction() > 0 and back:
        return point(days(today.start + timedelta(days=7 - back), 1, "day"), today)
    return point(days(today.start - timedelta(days=back), 1, "day"), today)


def shifted_weekday(story: Story, weekday: int, shift: int) -> Meaning:
    """Last Friday, next Friday: the latest before publication, the first after it. This Friday: of this week."""
    today = story.today
    ahead = (weekday - today.start.weekday()) % 7
    if shift < 0:
        moved = -((-ahead) % 7 or 7)
    elif shift > 0:
        moved = ahead or 7
    else:
        moved = ahead - 7 if story.direction() < 0 and ahead else ahead
    return point(days(today.start + timedelta(days=moved), 1, "day"), today)


def weekday_monthday(story: Story, weekday: int, monthday: int) -> Meaning | None:
    """Monday the 21st: the nearest month in which the 21st is a Monday."""
    if story.counts_a_noun():
        return None
    today = story.today
    found = []
    for month in range(-9, 10):
        first = month_of(*_month_after(today.start, month))
        if monthday <= (first.end - first.start).days:
            day = days(first.start + timedelta(days=monthday - 1), 1, "day")
            if day.start.weekday() == weekday:
                found.append(day)
    return chosen(story, found) if found else None


def _month_after(moment: datetime, months: int) -> tuple[int, int]:
    """Year and month so many months on."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return year, month + 1


def weekday_in(_story: Story, weekday: int, time: Meaning) -> Meaning | None:
    """Wednesday of next week."""
    if time.interval is None or time.interval.grain != "week":
        return None
    return point(days(time.interval.start + timedelta(days=weekday), 1, "day"), time.anchor)


def neighbour_weekday(story: Story, weekday: int, shift: int) -> Meaning:
    """The following Friday, the previous Monday: beside the date the story has named last."""
    named = story.last_named("day") or story.today
    ahead = (weekday - named.start.weekday()) % 7
    moved = (ahead or 7) if shift > 0 else -((-ahead) % 7 or 7)
    return point(shifted(containing(named.start, "day"), moved, "day"), named)


def weekday_week(story: Story, weekday: int) -> Meaning:
    """Saturday week, as the British say: a week after the coming Saturday."""
    ahead = (weekday - story.today.start.weekday()) % 7 or 7
    return point(days(story.today.start + timedelta(days=ahead + 7), 1, "day"), story.today)
