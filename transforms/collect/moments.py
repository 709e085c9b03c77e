"""Reads the times that machines write into listings.

In: a W3C date and time (ISO 8601) or one of a mail header. Out: the time in UTC, or None.
"""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 40


def moment(value: object) -> datetime | None:
    """The time in UTC; None for a year or a month, which is no time. Without a zone it is taken for UTC.

    >>> moment("2024-05-02T10:00:00+02:00").isoformat(), moment("2024-05"), moment("Thu, 02 May 2024 10:00:00 GMT").hour
    ('2024-05-02T08:00:00+00:00', None, 10)
    """
    if not isinstance(value, str) or not (text := " ".join(value.split())) or len(text) > _LONGEST:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
