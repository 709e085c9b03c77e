"""Moments as calendar days: an ISO moment, a story's moment or a time expression comes in, days go out."""

from datetime import date, datetime, timedelta

from transforms.find.claims.words import Words
from transforms.find.dates import DateExpression

NOON = "T12"


def day(moment: str | None, end: bool = False) -> date | None:
    """The calendar day of an ISO moment; as an exclusive end, the first day that is not touched."""
    if moment is None:
        return None
    try:
        first = date.fromisoformat(moment[:10])
    except ValueError:
        return None
    clock = moment[11:19].strip("0:.") if len(moment) > 10 else ""
    return first + timedelta(days=1) if end and clock and first < date.max else first


def calendar_day(published: date | datetime | None) -> date | None:
    """The day of a story that was published at a moment or on a day."""
    return published.date() if isinstance(published, datetime) else published


def days_of(expression: DateExpression, words: Words) -> tuple[date | None, date | None]:
    """First day and first day after: of "overnight" the day that the night ends in, of "Monday night" Monday."""
    start, end = day(expression.range_start), day(expression.range_end, end=True)
    if end is None or start is None:
        return start, end
    if expression.text.lower() in words.lists["night_ends"]:
        return (end - timedelta(days=1), end) if end > date.min else (start, end)
    if _is_night(expression, start):
        end = start + timedelta(days=1)
    return start, end


def _is_night(expression: DateExpression, start: date) -> bool:
    """Whether an expression tells of an evening and the early hours behind it."""
    begins, ends = expression.range_start or "", expression.range_end or ""
    return begins[10:] > NOON > ends[10:] > "" and start < date.max and day(ends) == start + timedelta(days=1)
