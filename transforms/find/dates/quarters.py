"""Quarters, halves and the periods of company reports: parts of an expression and its story in, a `Meaning` out."""

from datetime import datetime, timedelta

from transforms.find.dates.candidates import point
from transforms.find.dates.interval import Interval, add, containing, shifted
from transforms.find.dates.pieces import Amount
from transforms.find.dates.story import Meaning, Story


def quarter(story: Story, ordinal: int, year: int | None = None) -> Meaning | None:
    """The third quarter: of the year named, else the latest that has begun."""
    return _part_of_year(story, ordinal, year, 4, "quarter")


def half(story: Story, ordinal: int, year: int | None = None) -> Meaning | None:
    """The first half of 2024."""
    return _part_of_year(story, ordinal, year, 2, "half")


def _part_of_year(story: Story, ordinal: int, year: int | None, count: int, grain: str) -> Meaning | None:
    if not 1 <= ordinal <= count:
        return None
    month = (ordinal - 1) * 12 // count + 1
    if year is not None:
        return point(containing(datetime(year, month, 1), grain))
    today = story.today
    this = containing(datetime(today.start.year, month, 1), grain)
    last = shifted(this, -1, "year")
    begun = this.start <= today.start or story.direction(weak=True) > 0
    # In its first weeks a new quarter is not yet what reports are about.
    return point(
        this
        if begun and this.start + timedelta(days=20) <= today.start
        else this
        if begun and story.direction(weak=True) >= 0
        else last,
        today,
    )


def quarter_in(story: Story, ordinal: int, time: Meaning, grain: str = "quarter") -> Meaning | None:
    """The third quarter of last year."""
    if time.interval is None or time.interval.grain != "year":
        return None
    return _part_of_year(story, ordinal, time.interval.start.year, 4 if grain == "quarter" else 2, grain)


def quarter_ended(_story: Story, period: int, until: Meaning) -> Meaning | None:
    """The (third) quarter ended July 31: the three months that end there, called as the words or the calendar do."""
    if until.interval is None or until.interval.grain not in ("day", "month") or period > 4:
        return None
    end = until.interval.end
    start = add(end, -3, "month")
    middle = start + timedelta(days=45)
    quarter = Interval(start, end, "quarter", f"Q{period or (middle.month + 2) // 3}")
    if quarter.value == containing(start, "quarter").value and end == containing(start, "quarter").end:
        quarter = containing(start, "quarter")
    return Meaning("DATE", ends=(("until", until), ("period", point(quarter, until.anchor))))


def months_ended(_story: Story, period: Amount, until: Meaning) -> Meaning | None:
    """The nine months ended Sept. 30, the year to March: a length of time that ends there."""
    if until.interval is None or until.interval.grain not in ("day", "month", "quarter", "year") or not period.count:
        return None
    end = until.interval.end
    span = Interval(add(end, -period.count, period.unit), end, "span")
    length = Meaning("DURATION", period.value, span, period.mod, until.interval)
    return Meaning("DATE", ends=(("until", until), ("period", length)))


def year_before(story: Story, unit: str = "") -> Meaning:
    """The year-ago quarter, the year-earlier period: a year before the quarter, else the date, named last."""
    if unit == "quarter":
        named: Interval | None = story.compared or story.quarter or _reported(story)
    else:
        named = story.compared or story.last_named("half", "year", "month")
    if named is None or (story.published is not None and named.end < add(story.today.start, -2, "year")):
        named = _reported(story)
    return point(shifted(named, -1, "year"), named)


def _reported(story: Story) -> Interval:
    """The last full quarter, which is what companies report on."""
    return shifted(containing(story.today.start, "quarter"), -1, "quarter")


def same_period(story: Story, time: Meaning, unit: str) -> Meaning | None:
    """The same quarter last year, the same month of 2019: the one of that unit the story is about, in that year."""
    if time.interval is None or time.interval.grain != "year":
        return None
    named = story.quarter if unit in ("quarter", "period") else story.last_named(unit)
    if named is None and unit == "period":
        return point(time.interval, time.anchor)
    if named is None:
        named = _reported(story) if unit == "quarter" else containing(story.today.start, unit)
    return point(shifted(named, time.interval.start.year - named.start.year, "year"), named)


def latest_period(story: Story) -> Meaning:
    """The latest quarter, the quarter: the one the story is about, else the last full one."""
    if story.quarter:
        return point(story.quarter, story.quarter)
    return point(_reported(story), story.today)


def year_of_period(story: Story, year: int) -> Meaning:
    """The 2023 quarter, the 2023 period: the quarter the story is about, in that year."""
    if story.quarter is None:
        return point(containing(story.today.start.replace(year=year, day=1), "year"))
    return point(shifted(story.quarter, year - story.quarter.start.year, "year"), story.quarter)
