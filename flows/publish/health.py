"""How each source fared on each day.

In: the outcomes in the lake index, and what is remembered of visits to pages. Out: rows of `source_health`.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from statistics import median
from typing import Any, Protocol

from transforms.outcome import Reason

_EMPTY = (Reason.EMPTY, Reason.NO_TEXT)
_BLOCKED = (Reason.ROBOTS_FORBID, Reason.ROBOTS_UNREACHABLE, Reason.BLOCKED, Reason.TDM_RESERVED)
_NAMED = (*_EMPTY, *_BLOCKED, Reason.GONE, Reason.TOO_SHORT, Reason.CONSENT_WALL, Reason.PAYWALL, Reason.DUPLICATE)

_NOTHING = {
    "seen": 0, "published": 0, "new": 0, "changed": 0, "unchanged": 0, "duplicate": 0, "empty": 0, "too_short": 0,
    "consent_wall": 0, "paywall": 0, "blocked": 0, "gone": 0, "errors": 0, "median_delay_seconds": None,
    "failed": 0,
}  # fmt: skip

type Day = tuple[str, date]
"""A source on a UTC day."""


class Visits(Protocol):
    """What came of asking a source's servers on one UTC day, whether or not the lake has a row of it."""

    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def day(self) -> date: ...  # noqa: D102
    @property
    def unchanged(self) -> int: ...  # noqa: D102
    @property
    def gone(self) -> int: ...  # noqa: D102
    @property
    def blocked(self) -> int: ...  # noqa: D102
    @property
    def failed(self) -> int: ...  # noqa: D102


class Median:
    """The median as an aggregate of SQLite; null when there is no value."""

    def __init__(self) -> None:
        """Begin without values."""
        self._values: list[float] = []

    def step(self, value: float | None) -> None:
        """Take a value; null is none."""
        if value is not None:
            self._values.append(value)

    def finalize(self) -> int | None:
        """The median, rounded."""
        return round(median(self._values)) if self._values else None


def _names(*reasons: Reason) -> str:
    return ", ".join(f"'{reason}'" for reason in reasons)


def _count(*reasons: Reason, others: bool = False) -> str:
    return f"count(*) filter (where reason {'not in' if others else 'in'} ({_names(*reasons)}))"


# An article is new where its first version came in. A duplicate of what the same address gave before is that page,
# asked for again: something around its text changed. Delays are only known where the page says the hour.
# Indexes are named because SQLite would compare each article with all that were fetched before it.
HEALTH_QUERY = f"""
with outcomes as (
    select *,
        date(fetched_at / 1000000, 'unixepoch') as fetched_day,
        article_id is not null and not exists (
            select 1 from lake_outcomes as other indexed by lake_outcomes_of_article
            where other.lake = lake_outcomes.lake and other.article_id = lake_outcomes.article_id
            and (other.fetched_at, other.version) < (lake_outcomes.fetched_at, lake_outcomes.version)
        ) as is_new,
        duplicate_of is not null and exists (
            select 1 from lake_outcomes as other indexed by lake_outcomes_of_article
            where other.lake = lake_outcomes.lake and other.url = lake_outcomes.url
            and other.article_id = substr(lake_outcomes.duplicate_of, 1, instr(lake_outcomes.duplicate_of, '/') - 1)
        ) as is_unchanged
    from lake_outcomes indexed by lake_outcomes_of_time where lake = ? and fetched_at >= ? and fetched_at < ?
)
select source,
    fetched_day,
    count(*) as seen,
    count(article_id) as published,
    sum(is_new) as new,
    count(article_id) - sum(is_new) as changed,
    sum(is_unchanged) as unchanged,
    {_count(Reason.DUPLICATE)} - sum(is_unchanged) as duplicate,
    {_count(*_EMPTY)} as empty,
    {_count(Reason.TOO_SHORT)} as too_short,
    {_count(Reason.CONSENT_WALL)} as consent_wall,
    {_count(Reason.PAYWALL)} as paywall,
    {_count(*_BLOCKED)} as blocked,
    {_count(Reason.GONE)} as gone,
    {_count(*_NAMED, others=True)} as errors,
    count(*) filter (where stage = 'collect' and reason not in ({_names(*_BLOCKED, Reason.GONE)})) as failed,
    median(
        case when is_new and published_precision in ('second', 'minute') and published_at < fetched_at
        then (fetched_at - published_at) / 1000000.0 end
    ) as median_delay_seconds
from outcomes group by source, fetched_day
"""
"""One row for each source and UTC day of fetching; its values are the lake and two times in microseconds."""

_VISITED = (("blocked", "blocked", "blocked"), ("gone", "gone", "gone"), ("errors", "failed", "failed"))
"""Column of the table, attribute of `Visits`, and the count of those visits that the lake has a reject of."""


def health_rows(
    counted: Iterable[Mapping[str, Any]],
    visits: Iterable[Visits],
    expected: Mapping[str, int | None],
    days: Collection[date] | None,
) -> list[dict[str, Any]]:
    """Rows of `source_health`, sorted by key, from answers to `HEALTH_QUERY` and visits; `days` limits both."""
    rows: dict[Day, dict[str, Any]] = {
        (counts["source"], date.fromisoformat(counts["fetched_day"])): dict(counts) for counts in counted
    }
    for visit in visits:
        key = visit.source, visit.day
        if key in rows or any((visit.unchanged, visit.gone, visit.blocked, visit.failed)):
            _add(rows.setdefault(key, dict(_NOTHING)), visit)
    return [
        {**_NOTHING, **row, "source": source, "day": day, "expected_at_least": expected.get(source)}
        for (source, day), row in sorted(rows.items(), key=lambda item: item[0])
        if days is None or day in days
    ]


def _add(row: dict[str, Any], visit: Visits) -> None:
    """Add what the lake has no row of: a page that did not change, and what failed again as it had failed before."""
    more = {"unchanged": visit.unchanged}
    for column, attribute, known in _VISITED:
        more[column] = max(0, getattr(visit, attribute) - row[known])
    for column, count in more.items():
        row[column] += count
        row["seen"] += count
