"""Calendar intervals: days, weeks, quarters, decades and how to move among them.

In: numbers and dates. Out: `Interval`, half-open and naive (the story's own clock), and its TIMEX3 value. Arithmetic
that leaves the years 1 to 9999 raises OverflowError or ValueError, which the caller turns into "no value".
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
"""Units that are whole months, and how many."""

DELTAS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "weekend": timedelta(days=7),
    "fortnight": timedelta(days=14),
}
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of each season: the meteorological seasons of the north, where the news agencies sit."""

# Hours of a part of day; the night runs into the next morning.
PART_HOURS = {"MO": (5, 12), "MI": (12, 13), "AF": (12, 18), "EV": (18, 22), "NI": (20, 28), "DT": (8, 18)}


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of the calendar `[start, end)` and the grain it was named in: "2024" is a year, not 366 days.

    `name` is what a company calls a quarter of its own: its "Q1" may end on any day.
    """

    start: datetime
    end: datetime
    grain: str
    name: str = ""

    @property
    def value(self) -> str | None:
        """The TIMEX3 value, or None where the interval is no unit of the calendar."""
        return timex_value(self)


def at(day: date | datetime) -> datetime:
    """Midnight at the beginning of a day."""
    return datetime(day.year, day.month, day.day)


def day_of(day: date | datetime) -> Interval:
    """The day that holds a moment."""
    return Interval(at(day), at(day) + timedelta(days=1), "day")


def days(first: datetime, count: int, grain: str = "span") -> Interval:
    """So many days from a first one."""
    return Interval(first, first + timedelta(days=count), grain)


def month_of(year: int, month: int) -> Interval:
    """A month of a year, 1 to 12."""
    first = datetime(year, month, 1)
    return Interval(first, add_months(first, 1), "month")


def year_of(year: int) -> Interval:
    """A calendar year."""
    return Interval(datetime(year, 1, 1), datetime(year + 1, 1, 1), "year")


def season_of(year: int, season: str) -> Interval:
    """A season ("SP", "SU", "FA", "WI") that begins in a year."""
    first = datetime(year, SEASON_MONTHS[season], 1)
    return Interval(first, add_months(first, 3), season)


def add_months(moment: datetime, months: int) -> datetime:
    """So many months on; the day is cut to the length of the month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"the year {year} is not in the calendar")
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def add(moment: datetime, count: float, unit: str) -> datetime:
    """A moment moved by so many units; a fraction of a month or more is rounded to whole months."""
    if unit in MONTHS_IN:
        return add_months(moment, round(count * MONTHS_IN[unit]))
    return moment + DELTAS[unit] * count


def containing(moment: datetime, unit: str) -> Interval:
    """The calendar unit around a moment: its week (from Monday), its quarter, its decade.

    >>> containing(datetime(2024, 12, 1), "quarter").value
    '2024-Q4'
    """
    if unit in MONTHS_IN:
        count = MONTHS_IN[unit]
        months = (moment.year * 12 + moment.month - 1) // count * count
        first = datetime(max(1, months // 12), months % 12 + 1, 1)
        return Interval(first, add_months(first, count), unit)
    if unit in ("week", "weekend", "fortnight"):
        monday = at(moment) - timedelta(days=moment.weekday())
        skipped, length = {"week": (0, 7), "weekend": (5, 2), "fortnight": (0, 14)}[unit]
        return days(monday + timedelta(days=skipped), length, unit)
    if unit == "day":
        return day_of(moment)
    start = at(moment) + (moment - at(moment)) // DELTAS[unit] * DELTAS[unit]
    return Interval(start, start + DELTAS[unit], unit)


def shifted(interval: Interval, count: float, unit: str) -> Interval:
    """The interval moved by so many units, at its own grain: a quarter moved by a year stays a quarter."""
    moved = add(interval.start, count, unit)
    if interval.name:
        return replace(interval, start=moved, end=add(interval.end, count, unit))
    if interval.grain in MONTHS_IN or interval.grain in DELTAS:
        return containing(moved, interval.grain)
    return Interval(moved, add(interval.end, count, unit), interval.grain)


def part_of(day: Interval, part: str) -> Interval:
    """A part of a day: its morning, its night."""
    first, last = PART_HOURS[part]
    return Interval(day.start + timedelta(hours=first), day.start + timedelta(hours=last), part)


def timex_value(interval: Interval) -> str | None:
    """The TIMEX3 value of an interval at its grain."""
    grain = interval.grain
    if interval.name:
        return f"{(interval.start + (interval.end - interval.start) / 2).year:04d}-{interval.name}"
    whole = interval.start.isoformat()  # strftime leaves the zeros of early years out
    year, day = whole[:4], whole[:10]
    month = interval.start.month
    if grain in PART_HOURS:
        return f"{day}T{grain}"
    if grain in SEASON_MONTHS:
        return f"{year}-{grain}"
    if grain in ("week", "weekend"):
        iso_year, week, _ = interval.start.isocalendar()
        return f"{iso_year:04d}-W{week:02d}" + ("-WE" if grain == "weekend" else "")
    written = {
        "second": whole[:19],
        "minute": whole[:16],
        "hour": whole[:13],
        "day": day,
        "month": whole[:7],
        "quarter": f"{year}-Q{(month + 2) // 3}",
        "half": f"{year}-H{(month + 5) // 6}",
        "year": year,
        "decade": year[:3],
        "century": year[:2],
        "millennium": year[:1],
    }
    return written.get(grain)


def iso(moment: datetime) -> str:
    """ISO 8601, a bare day where it is midnight."""
    if moment.time() == time():
        return moment.date().isoformat()
    return moment.isoformat(timespec="minutes" if not moment.second else "seconds")
