"""Seasons and holidays, which come every year: parts of an expression and its story in, a `Meaning` out."""

from dataclasses import replace
from datetime import timedelta

from transforms.find.dates.candidates import chosen, last_this_or_next, point
from transforms.find.dates.holidays import holiday_in
from transforms.find.dates.interval import Interval, containing, day_of, season_of
from transforms.find.dates.story import Meaning, Story


def season(story: Story, season: str, year: int | None = None, mod: str | None = None) -> Meaning:
    """The summer of 2024; the summer, late summer: the one the tense points to."""
    if year is not None:
        return point(season_of(year, season))
    return replace(chosen(story, _seasons(story, season)), mod=mod)


def _seasons(story: Story, season: str) -> list[Interval]:
    return [season_of(story.today.start.year + by, season) for by in (-2, -1, 0, 1)]


def shifted_season(story: Story, season: str, shift: int) -> Meaning:
    """Last fall, this summer, next spring."""
    this = season_of(story.today.start.year, season)
    return last_this_or_next(story, _seasons(story, season), shift, this)


def season_in(_story: Story, season: str, time: Meaning) -> Meaning | None:
    """The summer of last year."""
    if time.interval is None or time.interval.grain != "year":
        return None
    return point(season_of(time.interval.start.year, season), time.anchor)


def holiday(story: Story, holiday: str, year: int | None = None) -> Meaning:
    """Thanksgiving, Christmas 2023."""
    if year is not None:
        return point(day_of(holiday_in(holiday, year)))
    return chosen(story, _holidays(story, holiday))


def shifted_holiday(story: Story, holiday: str, shift: int) -> Meaning:
    """Last Easter, next Christmas; this Christmas is this year's."""
    found = _holidays(story, holiday)
    return last_this_or_next(story, found, shift, found[1])


def _holidays(story: Story, holiday: str) -> list[Interval]:
    return [day_of(holiday_in(holiday, story.today.start.year + by)) for by in (-1, 0, 1)]


def holiday_weekend(story: Story, holiday: str, year: int | None = None) -> Meaning:
    """Labor Day weekend: from the Saturday, or the holiday before it, to the Sunday or the holiday after it."""
    day = day_of(holiday_in(holiday, year)) if year else chosen(story, _holidays(story, holiday)).interval
    assert day is not None
    weekday = day.start.weekday()
    saturday = day.start + timedelta(days=5 - weekday if weekday > 1 else -2 - weekday)
    span = Interval(min(day.start, saturday), max(day.end, saturday + timedelta(days=2)), "span")
    return Meaning("DATE", containing(saturday, "weekend").value, span)
