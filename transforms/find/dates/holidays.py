"""Holidays of the Christian and the American calendar: a rule of `holidays.csv` and a year come in, a day goes out.

A rule is `12-25`, `easter-2`, `4 thursday 11` (the fourth Thursday of November, -1 the last) or one of these `+ 1`.
"""

from calendar import monthrange
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def holiday_in(rule: str, year: int) -> date:
    """The day of a holiday in a year.

    >>> holiday_in("4 thursday 11 + 1", 2024)
    datetime.date(2024, 11, 29)
    """
    rule, _, later = rule.partition(" + ")
    return _base(rule, year) + timedelta(days=int(later or 0))


def _base(rule: str, year: int) -> date:
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    if " " in rule:
        nth, weekday, month = rule.split()
        return nth_weekday(year, int(month), WEEKDAYS.index(weekday), int(nth))
    month, day = rule.split("-")
    return date(year, int(month), int(day))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth weekday (Monday is 0) of a month, counted from its end when negative."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the Gregorian algorithm of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)
