"""Moments as calendar days: an ISO moment, a story's moment or a time expression comes in, days go out."""

from datetime import date, datetime, timedelta

from transforms.find.claims.words import Words
from transforms.find.dates import DateExpression


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
    """First day and first day after; what happened "overnight" is told of the day that the night ends in."""
    start, end = day(expression.range_start), day(expression.range_end, end=True)
    if expression.text.lower() in words["night_ends"] and end is not None and end > date.min:
        start = end - timedelta(days=1)
    return start, end
