"""This week, last month, next year: units of the calendar around publication. Parts and story in, `Meaning` out."""

from datetime import date, timedelta

from transforms.find.dates.candidates import chosen, point
from transforms.find.dates.interval import Interval, at, containing, day_of, shifted, year_of
from transforms.find.dates.story import Meaning, Story


def deictic(story: Story, deictic: int) -> Meaning:
    """Yesterday, today, tomorrow."""
    return point(shifted(story.today, deictic, "day"), story.today)


def shifted_unit(story: Story, shift: int, unit: str, mod: str | None = None) -> Meaning:
    """Last week, this month, next year: the calendar unit."""
    if unit == "weekend" and shift <= 0:
        return weekend(story, shift)
    return point(shifted(containing(story.today.start, unit), shift, unit), story.today, mod)


def weekend(story: Story, shift: int = 0) -> Meaning:
    """The weekend: the latest begun, unless the verb is in the future."""
    this = containing(story.today.start, "weekend")
    past = shifted(this, -1, "week") if this.start > story.today.start or shift < 0 else this
    if shift == 0 and this.start > story.today.start and story.direction() > 0:
        return point(this, story.today)
    return point(past, story.today)


def this_weekend(story: Story) -> Meaning:
    """This weekend: the one that is on or comes, unless the verb is in the past."""
    this = containing(story.today.start, "weekend")
    over = this.start > story.today.start and story.direction() < 0
    return point(shifted(this, -1, "week") if over else this, story.today)


def the_unit(story: Story, unit: str) -> Meaning:
    """The quarter, the week: the one the story has named, else the one of publication."""
    if unit == "weekend":
        return weekend(story)
    if unit == "quarter" and story.quarter:
        return point(story.quarter, story.today if story.published else None)
    named = story.last_named(unit) if unit != "year" else None
    day = story.last_named("day")
    if unit == "week" and day and timedelta(0) <= story.today.start - day.start < timedelta(days=7):
        return point(containing(day.start, unit), day)  # on Monday "for the week" tells of Friday's
    return point(named, named) if named else point(containing(story.today.start, unit), story.today)


def unit_end(story: Story, unit: str) -> Meaning:
    """Year-end: the end of the unit the story is in."""
    whole = containing(story.today.start, unit)
    return point(whole, story.today, "END")


def elapsed(story: Story, shift: int, unit: str) -> Meaning:
    """Earlier this year, later this week: from its beginning until publication, or from then to its end."""
    whole = containing(story.today.start, unit)
    if shift < 0:
        span = Interval(whole.start, max(story.today.start, whole.start + timedelta(days=1)), "span")
        return Meaning("DATE", whole.value, span, "START", story.today)
    span = Interval(min(story.today.end - timedelta(days=1), whole.end), whole.end, "span")
    return Meaning("DATE", whole.value, span, "END", story.today)


def nth_in(_story: Story, ordinal: int, unit: str, time: Meaning) -> Meaning | None:
    """The third week of January, the 15th day of next month; -1 is the last."""
    whole = time.interval
    if whole is None or unit not in ("day", "week", "month", "year", "decade") or whole.grain in ("day", unit):
        return None
    if ordinal < 0:
        return point(containing(whole.end - timedelta(days=1), unit), time.anchor)
    first = containing(whole.start, unit)
    if unit == "week" and whole.start.weekday() > 3:  # ISO: the first week holds the first Thursday
        first = shifted(first, 1, "week")
    found = shifted(first, ordinal - 1, unit)
    return point(found, time.anchor) if found.start < whole.end else None


def week_of(_story: Story, time: Meaning) -> Meaning | None:
    """The week of March 6."""
    if time.interval is None or time.interval.grain != "day":
        return None
    return point(containing(time.interval.start, "week"), time.anchor)


def week_number(story: Story, number: int, year: int | None = None) -> Meaning | None:
    """Week 31."""
    if not 1 <= number <= 53:
        return None
    monday = date.fromisocalendar(year or story.today.start.year, int(number), 1)
    return point(containing(at(monday), "week"), None if year else story.today)


def weekend_of(_story: Story, time: Meaning) -> Meaning | None:
    """The weekend of March 9: that day's, or the one nearest to it."""
    if time.interval is None or time.interval.grain != "day":
        return None
    day = time.interval.start
    # A Monday or a Tuesday lies nearer to the weekend before it.
    return point(containing(day - timedelta(days=7 if day.weekday() < 2 else 0), "weekend"), time.anchor)


def middle_of_unit(story: Story, unit: str) -> Meaning:
    """Midweek."""
    return point(containing(story.today.start, unit), story.today, "MID")


def turn_of_year(story: Story) -> Meaning:
    """The turn of the year: the nearest New Year, weighed by the tense."""
    new_years = [day_of(date(story.today.start.year + by, 1, 1)) for by in (-1, 0, 1)]
    nearest = chosen(story, new_years).interval
    assert nearest is not None
    return point(year_of(nearest.start.year), story.today, "START")
