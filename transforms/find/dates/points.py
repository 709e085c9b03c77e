"""Days, months, years and other units of the calendar: parts of an expression and its story in, a `Meaning` out.

Each function is named in `shapes.yaml`. A function returns None when the words are no date after all.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from transforms.find.dates.holidays import holiday_in
from transforms.find.dates.interval import (
    Interval,
    at,
    containing,
    day_of,
    days,
    month_of,
    part_of,
    season_of,
    shifted,
    year_of,
)
from transforms.find.dates.story import NOTHING, Meaning, Story


def point(interval: Interval, anchor: Interval | None = None, mod: str | None = None) -> Meaning:
    """The meaning of a calendar interval."""
    return Meaning("DATE", interval.value, interval, mod, anchor)


def full_date(_story: Story, fulldate: date) -> Meaning:
    """2024-11-30."""
    return point(day_of(fulldate))


def month_day_year(_story: Story, month: int, monthday: int, year: int, **_: object) -> Meaning | None:
    """Nov. 30, 2024, with or without its weekday."""
    try:
        return point(day_of(date(year, month, monthday)))
    except ValueError:
        return None


def month_day(story: Story, month: int, monthday: int, weekday: int | None = None) -> Meaning | None:
    """Nov. 30: the one on that weekday, else the one the tense points to, else the nearest."""
    candidates = []
    for year in range(story.today.start.year - 4, story.today.start.year + 5):
        try:
            candidates.append(day_of(date(year, month, monthday)))
        except ValueError:
            continue
    if weekday is not None:
        candidates = [c for c in candidates if c.start.weekday() == weekday] or candidates
    return _chosen(story, candidates) if candidates else None


def _chosen(story: Story, candidates: list[Interval]) -> Meaning:
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


def bare_month(story: Story, month: int) -> Meaning:
    """In March: the nearest, weighed by the tense; this month is this month."""
    return _chosen(story, [month_of(story.today.start.year + shift, month) for shift in (-1, 0, 1)])


def month_year(_story: Story, month: int, year: int) -> Meaning:
    """March 2019."""
    return point(month_of(year, month))


def year_month(_story: Story, year_month: tuple[int, int]) -> Meaning:
    """2019-03."""
    return point(month_of(*year_month))


def shifted_month(story: Story, month: int, shift: int) -> Meaning:
    """Last November, next March, this May."""
    today = story.today
    months = [month_of(today.start.year + by, month) for by in (-1, 0, 1)]
    if shift < 0:
        return point([m for m in months if m.end <= today.start][-1], today)
    if shift > 0:
        return point(next(m for m in months if m.start > today.start), today)
    return point(months[1], today)


def shifted_month_day(story: Story, month: int, monthday: int, shift: int) -> Meaning | None:
    """Last Oct. 23."""
    today = story.today.start
    years = (today.year - 1, today.year, today.year + 1)
    found = [meaning.interval for year in years if (meaning := month_day_year(story, month, monthday, year))]
    days_ = [day for day in found if day and (day.end <= today if shift < 0 else day.start > today if shift else True)]
    return point(days_[-1] if shift < 0 else days_[0], story.today) if days_ else None


def month_in(story: Story, month: int, time: Meaning, monthday: int | None = None) -> Meaning | None:
    """January of last year, 15 March next year."""
    if time.interval is None or time.interval.grain != "year":
        return None
    year = time.interval.start.year
    if monthday is None:
        return point(month_of(year, month), time.anchor)
    return month_day_year(story, month, monthday, year)


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
        first = month_of(*divmod_month(today.start, month))
        if monthday <= (first.end - first.start).days:
            day = days(first.start + timedelta(days=monthday - 1), 1, "day")
            if day.start.weekday() == weekday:
                found.append(day)
    return _chosen(story, found) if found else None


def divmod_month(moment: datetime, months: int) -> tuple[int, int]:
    """Year and month so many months on."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return year, month + 1


def weekday_in(_story: Story, weekday: int, time: Meaning) -> Meaning | None:
    """Wednesday of next week."""
    if time.interval is None or time.interval.grain != "week":
        return None
    return point(days(time.interval.start + timedelta(days=weekday), 1, "day"), time.anchor)


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


def bare_year(story: Story, year: int) -> Meaning | None:
    """2016. Before 1800 a number needs a word like "in" to be a year: houses and flights have four digits too."""
    return point(year_of(year)) if year >= 1800 or story.comes_after("year_prepositions") else None


def since_year(_story: Story, year: int) -> Meaning:
    """Since 2016: only the beginning is meant."""
    return Meaning("DATE", f"{year:04d}", year_of(year), after=True)


def decade(_story: Story, decade: int) -> Meaning:
    """The 1990s, the '80s."""
    return point(containing(datetime(decade, 1, 1), "decade"))


def spoken_decade(story: Story, wordecade: int) -> Meaning:
    """The nineties."""
    return decade(story, 1900 + wordecade)


def century(_story: Story, ordinal: int) -> Meaning | None:
    """The 20th century begins, as people count, in 1900."""
    return point(containing(datetime(ordinal * 100 - 100 or 1, 1, 1), "century")) if 1 <= ordinal <= 30 else None


def season(story: Story, season: str, year: int | None = None) -> Meaning:
    """The summer of 2024; the summer: the one the tense points to."""
    if year is not None:
        return point(season_of(year, season))
    return _chosen(story, _seasons(story, season))


def _seasons(story: Story, season: str) -> list[Interval]:
    return [season_of(story.today.start.year + by, season) for by in (-2, -1, 0, 1)]


def shifted_season(story: Story, season: str, shift: int) -> Meaning:
    """Last fall, this summer, next spring."""
    this = season_of(story.today.start.year, season)
    return _last_this_or_next(story, _seasons(story, season), shift, this)


def _last_this_or_next(story: Story, yearly: list[Interval], shift: int, this: Interval) -> Meaning:
    """Of something that comes every year: the last one that is over, this year's, or the next that has not begun."""
    today = story.today
    if shift < 0:
        return point([one for one in yearly if one.end <= today.start][-1], today)
    if shift > 0:
        return point(next(one for one in yearly if one.start > today.start), today)
    return point(this, today)


def season_in(_story: Story, season: str, time: Meaning) -> Meaning | None:
    """The summer of last year."""
    if time.interval is None or time.interval.grain != "year":
        return None
    return point(season_of(time.interval.start.year, season), time.anchor)


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


def holiday(story: Story, holiday: str, year: int | None = None) -> Meaning:
    """Thanksgiving, Christmas 2023."""
    if year is not None:
        return point(day_of(holiday_in(holiday, year)))
    return _chosen(story, _holidays(story, holiday))


def shifted_holiday(story: Story, holiday: str, shift: int) -> Meaning:
    """Last Easter, next Christmas; this Christmas is this year's."""
    found = _holidays(story, holiday)
    return _last_this_or_next(story, found, shift, found[1])


def _holidays(story: Story, holiday: str) -> list[Interval]:
    return [day_of(holiday_in(holiday, story.today.start.year + by)) for by in (-1, 0, 1)]


def holiday_weekend(story: Story, holiday: str, year: int | None = None) -> Meaning:
    """Labor Day weekend: from the Saturday, or the holiday before it, to the Sunday or the holiday after it."""
    day = day_of(holiday_in(holiday, year)) if year else _chosen(story, _holidays(story, holiday)).interval
    assert day is not None
    weekday = day.start.weekday()
    saturday = day.start + timedelta(days=5 - weekday if weekday > 1 else -2 - weekday)
    span = Interval(min(day.start, saturday), max(day.end, saturday + timedelta(days=2)), "span")
    return Meaning("DATE", containing(saturday, "weekend").value, span)


def with_mod(_story: Story, time: Meaning, mod: str) -> Meaning | None:
    """Early Tuesday, the end of the year, about Nov. 1: the same date with a modifier."""
    if time.value is None or time.mod is not None:
        return None
    return Meaning(time.type, time.value, time.interval, mod, time.anchor)


def day_part(_story: Story, day: Meaning, part: str, mod: str | None = None) -> Meaning | None:
    """Wednesday night."""
    if day.interval is None or day.interval.grain != "day" or day.mod:
        return None
    hours = part_of(day.interval, part)
    return Meaning("TIME", hours.value, hours, mod, day.anchor)


def shifted_part(story: Story, part: str, shift: int, mod: str | None = None) -> Meaning:
    """This morning, last night."""
    hours = part_of(shifted(story.today, shift, "day"), part)
    return Meaning("TIME", hours.value, hours, mod, story.today)


def not_a_date(_story: Story, **_: object) -> Meaning:
    """An age, a name: the words are taken, and nothing is said of them."""
    return NOTHING


RESOLVERS: dict[str, Callable[..., Meaning | None]] = {
    name: function
    for name, function in list(globals().items())
    if callable(function) and getattr(function, "__module__", None) == __name__ and not name.startswith("_")
}
