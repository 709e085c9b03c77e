"""Days, months and weekdays by their names: parts of an expression and its story in, a `Meaning` out.

Each public function is named in `shapes.yaml`. A function returns None when the words are no date after all.
"""

from datetime import date, datetime

from transforms.find.dates.candidates import chosen, point
from transforms.find.dates.interval import add, containing, day_of, month_of
from transforms.find.dates.story import Meaning, Story


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
    return chosen(story, candidates) if candidates else None


def bare_month(story: Story, month: int) -> Meaning:
    """In March: the nearest, weighed by the tense; this month is this month."""
    return chosen(story, [month_of(story.today.start.year + shift, month) for shift in (-1, 0, 1)])


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


def bare_monthday(story: Story, monthday: int) -> Meaning | None:
    """On the 17th: of the month the story has named last, else of the nearest one that the tense points to."""
    named = story.last_named("day", "month")
    if named is not None:
        return month_day_year(story, named.start.month, monthday, named.start.year)
    months = [add(containing(story.today.start, "month").start, by, "month") for by in (-1, 0, 1)]
    found = [month_day_year(story, month.month, monthday, month.year) for month in months]
    candidates = [meaning.interval for meaning in found if meaning and meaning.interval]
    return chosen(story, candidates) if candidates else None


def known_day(story: Story, day: date) -> Meaning | None:
    """The Sept. 11 attacks: the day that gave them their name, in a story written after it."""
    if story.published is not None and story.today.start < datetime(day.year, day.month, day.day):
        return None
    return point(day_of(day))
