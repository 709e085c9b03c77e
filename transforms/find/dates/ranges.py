"""Stretches with a beginning and an end: from Monday to Friday, Nov. 18-20, 2018-19. Parts and story in, `Meaning` out.

Each function is named in `shapes.yaml`. What is named last belongs to the stretch.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from transforms.find.dates.candidates import point
from transforms.find.dates.days import bare_month, month_day, month_day_year, month_year
from transforms.find.dates.interval import Interval, containing, shifted, year_of
from transforms.find.dates.story import Meaning, Story
from transforms.find.dates.years import EARLIEST_BARE


def between(story: Story, first: Meaning, last: Meaning) -> Meaning | None:
    """From Monday to Friday: each end keeps its own value, moved where the other end says so."""
    first, last = _of_one_time(story, first, last)
    whole = _joined(story, first, last)
    if whole is None or whole.interval is None or first.interval is None or last.interval is None:
        return None
    moved = shifted_to(first.interval, whole.interval.start), shifted_to(last.interval, whole.interval.end, end=True)
    ends = (("first", _at(first, moved[0])), ("last", _at(last, moved[1])))
    return replace(whole, ends=ends)


def _of_one_time(story: Story, first: Meaning, last: Meaning) -> tuple[Meaning, Meaning]:
    """Nov. 18 to Dec. 19, 2015: the year of one is that of the other; from 2:00 tomorrow to 4:00: so is the day."""
    start, end = first.interval, last.interval
    if start is None or end is None:
        return first, last
    if start.grain == end.grain == "minute" and last.loose and end.start.date() < start.start.date():
        moved = shifted(end, (start.start.date() - end.start.date()).days, "day")
        return first, replace(last, value=moved.value, interval=moved)
    if start.grain == end.grain and start.grain in ("day", "month"):
        if first.anchor == story.dated and last.anchor is None:
            year = end.start.year - ((start.start.month, start.start.day) > (end.start.month, end.start.day))
            return _at(first, shifted(start, year - start.start.year, "year")), last
        if last.anchor == story.dated and first.anchor is None:
            year = start.start.year + ((start.start.month, start.start.day) > (end.start.month, end.start.day))
            return first, _at(last, shifted(end, year - end.start.year, "year"))
    return first, last


def _joined(story: Story, first: Meaning, last: Meaning) -> Meaning | None:
    """One stretch from the beginning of the first to the end of the last."""
    if first.interval is None or last.interval is None:
        return None
    start, end = first.interval, last.interval
    if end.start < start.start and start.grain == end.grain and start.grain in ("day", "month", "minute"):
        start, end = _in_order(start, end, story)
    if end.end <= start.start:
        return None
    type_ = "TIME" if "TIME" in (first.type, last.type) else "DATE"
    span = Interval(start.start, end.end, "span")
    return Meaning(type_, None, span, None, first.anchor or last.anchor, zone=first.zone or last.zone)


def shifted_to(interval: Interval, moment: datetime, end: bool = False) -> Interval:
    """The calendar unit like this one that begins, or ends, at a moment."""
    if (interval.end if end else interval.start) == moment:
        return interval
    return containing(moment - timedelta(microseconds=end), interval.grain)


def _at(meaning: Meaning, interval: Interval) -> Meaning:
    return meaning if interval == meaning.interval else replace(meaning, value=interval.value, interval=interval)


def _in_order(start: Interval, end: Interval, story: Story) -> tuple[Interval, Interval]:
    """Monday to Friday, November to March: the end follows the beginning by less than a week, or a year."""
    step = "week" if start.grain != "month" and abs((start.start - end.start).days) < 7 else "year"
    ahead = shifted(end, 1, step)
    if story.published is not None and ahead.start > story.today.start and story.direction() < 0:
        return shifted(start, -1, step), end
    return start, ahead


def until_now(story: Story, first: Meaning) -> Meaning | None:
    """Between 2019 and now."""
    return _joined(story, first, point(story.today, story.today))


def year_pair(_story: Story, year_pair: tuple[int, int]) -> Meaning:
    """2018-19."""
    first, last = year_pair
    start, end = year_of(first), year_of(last)
    return Meaning("DATE", None, Interval(start.start, end.end, "span"))


def years(story: Story, year: int, last: int) -> Meaning | None:
    """Between 2014 and 2018; a score that rose from 1205 to 1310 is no time."""
    if year >= last or (year < EARLIEST_BARE and story.moves()):
        return None
    ends = (("year", point(year_of(year))), ("last", point(year_of(last))))
    return replace(year_pair(story, (year, last)), ends=ends)


def monthday_pair(story: Story, month: int, monthday: int, last: int, year: int | None = None) -> Meaning | None:
    """November 18 to 19."""
    return month_days(story, month, monthday, month, last, year) if last > monthday else None


def monthday_pair_token(
    story: Story, month: int, monthday_pair: tuple[int, int], year: int | None = None
) -> Meaning | None:
    """November 18-19, written without spaces."""
    first, last = monthday_pair
    return month_days(story, month, first, month, last, year)


def month_pair(
    story: Story, month: int, last: int, year: int | None = None, until: int | None = None
) -> Meaning | None:
    """January to April 2015, November to February 2017."""
    if year is None and until is None:
        return _joined(story, bare_month(story, month), bare_month(story, last))
    end_year = until if until is not None else year
    assert end_year is not None
    begin_year = year if until is not None and year is not None else end_year - (month > last)
    return _joined(story, month_year(story, month, begin_year), month_year(story, last, end_year))


def month_days(
    story: Story, month: int, monthday: int, last_month: int, last: int, year: int | None = None
) -> Meaning | None:
    """Nov. 18 to Dec. 19, 2015."""
    if year is None:
        first = month_day(story, month, monthday)
        if first is None or first.interval is None:
            return None
        later = (last_month, last) < (month, monthday)
        end = month_day_year(story, last_month, last, first.interval.start.year + later)
    else:
        begins = year - ((month, monthday) > (last_month, last))
        first, end = month_day_year(story, month, monthday, begins), month_day_year(story, last_month, last, year)
    return _joined(story, first, end) if first and end else None


def both_days(story: Story, first: Meaning, last: int) -> Meaning | None:
    """April 24 and 25: two days, each with its own range."""
    if first.interval is None:
        return None
    second = month_day_year(story, first.interval.start.month, last, first.interval.start.year)
    if second is None or last <= first.interval.start.day:
        return None
    return Meaning(ends=(("first", first), ("last", replace(second, anchor=first.anchor))))
