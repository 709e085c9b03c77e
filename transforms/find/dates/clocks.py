"""Times of day: parts of an expression and its story in, a `Meaning` out.

A clock time belongs to the day it is named with, else to the last day named in the story, else to the day of
publication; one that stands alone on its line, as in a live blog, to the day of publication. The zone does not change
`value`, which is the clock as it is told; it is written in the range. "ET" is a zone whose offset depends on the day.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from transforms.find.dates.interval import Interval, containing, shifted
from transforms.find.dates.story import Meaning, Story

Clock = tuple[int, int]
Told = tuple[Clock, str]


def clock(story: Story, clock: Clock, mod: str | None = None) -> Meaning:
    """2:30 p.m."""
    return replace(_at(_day(story), clock, "", mod), loose=True)


def told_clock(story: Story, told: Told) -> Meaning:
    """2:30 p.m. EST, 1530 GMT."""
    return replace(_at(_day(story), *told), loose=True)


def clock_on(_story: Story, clock: Clock, day: Meaning, zone: str = "", part: str = "") -> Meaning | None:
    """2:30 p.m. on Friday, half past five on Friday evening."""
    if day.interval is None or day.interval.grain != "day":
        return None
    return _at(day.interval, _in_part(clock, part), zone)


def _in_part(clock: Clock, part: str) -> Clock:
    """The clock of an afternoon, an evening or the first half of a night is past noon."""
    is_late = part in ("AF", "EV") or (part == "NI" and clock[0] > 5)
    return (clock[0] + 12, clock[1]) if is_late and clock[0] < 12 else clock


def hour_on(story: Story, hour: int, day: Meaning) -> Meaning | None:
    """Friday at 4: the hour as it is written, for nothing says which half of the day is meant."""
    return clock_on(story, (hour, 0), day)


def clock_twice(
    story: Story,
    there: Told | None = None,
    here: Told | None = None,
    clock: Clock | None = None,
    day: Meaning | None = None,
    there_on: Meaning | None = None,
) -> Meaning | None:
    """10:35 a.m. (0735 GMT) on Friday: one moment told twice; the second tells the offset of a first without a zone."""
    first, zone = here or (clock or (0, 0), "")
    own = day.interval if day else _day(story)
    second = there_on or (_at(own, *there) if own and there else None)
    if own is None or own.grain != "day" or second is None or second.interval is None or not second.zone:
        return None
    if there_on:
        own = containing(second.interval.start, "day")
    offset = _offset(zone, own.start) if zone else _implied(first, second.interval.start, second.zone)
    if offset is None:
        return None
    local = second.interval.start - _delta(second.zone) + _delta(offset)
    if (local.hour, local.minute) != (first[0] % 24, first[1]):
        return None  # the two do not tell the same moment
    moved = (local.replace(hour=0, minute=0) - own.start).days
    if there is not None:  # the day is that of the first
        second, moved = _at(shifted(own, -moved, "day"), *there), 0
    told = _at(shifted(own, moved, "day"), first, offset)
    rows = {"day": day, "there_on": there_on, "there": second if there else None, "here" if here else "clock": told}
    return Meaning("TIME", ends=tuple((part, meaning) for part, meaning in rows.items() if meaning is not None))


def clock_pair(story: Story, pair: tuple[Clock, Clock], zone: str = "") -> Meaning | None:
    """From 2 p.m. to 4 p.m."""
    return _pair(_day(story), *pair, zone)


def clock_pair_on(
    _story: Story, pair: tuple[Clock, Clock], day: Meaning, zone: str = "", part: str = ""
) -> Meaning | None:
    """From 2 p.m. to 4 p.m. on Friday, Friday evening from 7 to 9."""
    if day.interval is None or day.interval.grain != "day":
        return None
    return _pair(day.interval, _in_part(pair[0], part), _in_part(pair[1], part), zone)


def _day(story: Story) -> Interval:
    return story.today if story.stands_alone() else story.near_day()


def _at(day: Interval, clock: Clock, zone: str = "", mod: str | None = None) -> Meaning:
    hour, minute = clock
    start = day.start + timedelta(hours=hour, minutes=minute)
    there = Interval(start, start + timedelta(minutes=1), "minute")
    value = f"{day.start.isoformat()[:10]}T{hour:02d}:{minute:02d}"
    return Meaning("TIME", value, there, mod, day, zone=_offset(zone, start) or "")


def _pair(day: Interval, first: Clock, last: Clock, zone: str) -> Meaning | None:
    start = _at(day, first, zone).interval
    end = _at(day, last, zone).interval
    assert start is not None and end is not None
    finish = end.start if end.start > start.start else end.start + timedelta(days=1)
    span = Interval(start.start, finish, "span")
    return Meaning("TIME", None, span, None, day, zone=_offset(zone, start.start) or "")


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _offset(zone: str, moment: datetime) -> str | None:
    """The offset of a zone at a moment, as ISO 8601 writes it; None where the letters stand for several zones."""
    if "/" not in zone:
        return zone or None
    return moment.replace(tzinfo=_zone(zone)).isoformat()[-6:]


def _delta(offset: str) -> timedelta:
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    return timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1)


def _implied(here: Clock, there: datetime, zone: str) -> str | None:
    """The offset of a place where it is one time while it is another in a zone: quarters of an hour, -12 to +12."""
    minutes = (here[0] - there.hour) * 60 + here[1] - there.minute + int(_delta(zone).total_seconds() // 60)
    minutes = (minutes + 12 * 60) % (24 * 60) - 12 * 60
    if minutes % 15:
        return None
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
