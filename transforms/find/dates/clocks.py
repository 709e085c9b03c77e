"""Times of day: parts of an expression and its story in, a `Meaning` out.

A clock time belongs to the day it is named with, else to the last day named in the story, else to the day of
publication. The zone does not change `value`, which is the story's own clock; it is written in the range.
"""

from collections.abc import Callable
from datetime import timedelta

from transforms.find.dates.interval import Interval
from transforms.find.dates.story import Meaning, Story

Clock = tuple[int, int]


def clock(story: Story, clock: Clock, zone: str = "", mod: str | None = None) -> Meaning:
    """2:30 p.m. EST."""
    day = story.near_day()
    return _at(day, clock, zone, mod)


def clock_on(_story: Story, clock: Clock, day: Meaning, zone: str = "", mod: str | None = None) -> Meaning | None:
    """2:30 p.m. on Friday."""
    if day.interval is None or day.interval.grain != "day":
        return None
    return _at(day.interval, clock, zone, mod)


def _at(day: Interval, clock: Clock, zone: str, mod: str | None = None) -> Meaning:
    hour, minute = clock
    start = day.start + timedelta(hours=hour, minutes=minute)
    there = Interval(start, start + timedelta(minutes=1), "minute")
    value = f"{day.start.isoformat()[:10]}T{hour:02d}:{minute:02d}"
    return Meaning("TIME", value, there, mod, day, zone=zone if zone[:1] in "+-" else "")


def hour_on(story: Story, hour: int, day: Meaning) -> Meaning | None:
    """Friday at 4: the hour as it is written, for nothing says which half of the day is meant."""
    return clock_on(story, (hour, 0), day)


def clock_pair(story: Story, pair: tuple[Clock, Clock], zone: str = "") -> Meaning | None:
    """From 2 p.m. to 4 p.m."""
    return _pair(story.near_day(), *pair, zone)


def clock_pair_on(_story: Story, pair: tuple[Clock, Clock], day: Meaning, zone: str = "") -> Meaning | None:
    """From 2 p.m. to 4 p.m. on Friday."""
    if day.interval is None or day.interval.grain != "day":
        return None
    return _pair(day.interval, *pair, zone)


def _pair(day: Interval, first: Clock, last: Clock, zone: str) -> Meaning | None:
    start = _at(day, first, zone).interval
    end = _at(day, last, zone).interval
    assert start is not None and end is not None
    finish = end.start if end.start > start.start else end.start + timedelta(days=1)
    return Meaning(
        "TIME", None, Interval(start.start, finish, "span"), None, day, zone=zone if zone[:1] in "+-" else ""
    )


RESOLVERS: dict[str, Callable[..., Meaning | None]] = {
    "clock": clock,
    "clock_on": clock_on,
    "hour_on": hour_on,
    "clock_pair": clock_pair,
    "clock_pair_on": clock_pair_on,
}
