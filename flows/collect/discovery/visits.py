"""The diary of visits: which page was asked for when, and what came of it. Health is counted from it.

In: visits. Out: counts by source and day, and how long each source has been silent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, literal_column, select

from flows.collect.discovery.known_page import Visit
from flows.collect.discovery.tables import VISITS, micros, moment

KEPT_FOR = timedelta(days=400)
"""More than a year, so that the same week of last year can be looked at."""
_DAY = timedelta(days=1) // timedelta(microseconds=1)


@dataclass(slots=True)
class VisitCount:
    """How many visits to a source on one UTC day had which outcome.

    `blocked` is what robots.txt, a reservation of text and data mining, or the server (401, 403, 429, 451) refused.
    """

    source: str
    day: date
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    blocked: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Silence:
    """When a source last had a page nobody had seen before, and the longest it had been without one until then.

    `first_new` is when it had its first: of a source that is known for an hour, a silence of a day says little.
    """

    source: str
    last_new: datetime
    longest: timedelta
    first_new: datetime | None = None


def add_visits(connection: Connection, visits: Sequence[Visit]) -> None:
    """Write them down."""
    rows = [
        {
            "source": visit.source,
            "url": visit.url,
            "at": micros(visit.at),
            "outcome": visit.outcome,
            "reason": visit.reason,
        }
        for visit in visits
    ]
    if rows:
        # With `returning`, SQLAlchemy sends PostgreSQL all rows at once instead of one after the other.
        connection.execute(insert(VISITS).returning(VISITS.c.id), rows).all()


def prune(connection: Connection, now: datetime) -> None:
    """Forget what is older than `KEPT_FOR`."""
    connection.execute(delete(VISITS).where(VISITS.c.at < micros(now - KEPT_FOR)))


def visit_counts(connection: Connection, first: date, last: date) -> list[VisitCount]:
    """The counts from `first` to `last` (both included), by source and day; none for a day without visits."""
    # Of whole numbers: both databases round down. A parameter would be another one in GROUP BY for PostgreSQL.
    day = VISITS.c.at.op("/")(literal_column(str(_DAY))).label("day")
    question = (
        select(VISITS.c.source, day, VISITS.c.outcome, func.count())
        .where(VISITS.c.at >= _start(first), VISITS.c.at < _start(last + timedelta(days=1)))
        .group_by(VISITS.c.source, day, VISITS.c.outcome)
        .order_by(VISITS.c.source, day)
    )
    counts: dict[tuple[str, int], VisitCount] = {}
    for source, number, outcome, count in connection.execute(question):
        row = counts.setdefault((source, number), VisitCount(source, moment(number * _DAY).date()))
        setattr(row, outcome, count)
    return list(counts.values())


def silences(connection: Connection, now: datetime) -> list[Silence]:
    """For each source that ever had a new page, when the last one came and the longest gap before it, by source."""
    before = func.lag(VISITS.c.at).over(partition_by=VISITS.c.source, order_by=VISITS.c.at)
    visits = (
        select(VISITS.c.source, VISITS.c.at, (VISITS.c.at - before).label("gap"))
        .where(VISITS.c.outcome == "new", VISITS.c.at <= micros(now))
        .subquery()
    )
    question = (
        select(visits.c.source, func.max(visits.c.at), func.coalesce(func.max(visits.c.gap), 0), func.min(visits.c.at))
        .group_by(visits.c.source)
        .order_by(visits.c.source)
    )
    return [
        Silence(source, moment(last), timedelta(microseconds=int(gap)), moment(first))
        for source, last, gap, first in connection.execute(question)
    ]


def _start(day: date) -> int:
    return (day - date(1970, 1, 1)).days * _DAY
