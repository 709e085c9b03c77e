"""How each source stands: what its file says, what it brought, and whether it is well.

In: the source files, the lake's `source_health` and `articles`, what is remembered of visits. Out: `Standing`s.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from flows.collect.sources import Source
from flows.sql import run_sql
from flows.watch import Known, Memory, look_at
from transforms.publish.alarms import Fared, alarms

_HEALTH = "select * exclude (date) from source_health where day >= ?"
_LATEST = """
select * exclude (date), min(day) over (partition by source) as first_day
from source_health
qualify row_number() over (partition by source order by day desc) = 1
"""
_ARTICLES = "select source, max(fetched_at) as last from articles group by source"


class Standing(BaseModel):
    """How one source stands. Counts are of the UTC day `today`; `day` to `errors` of the last day with any.

    `state` is `ok`, `off`, `never collected`, or the kind of what is wrong with it (`silent`, `too_few`, `too_many`,
    `blocked`), which `problems` says in sentences.
    """

    source: str
    name: str
    kinds: list[str]
    enabled: bool
    schedule: str | None
    state: str
    problems: list[str]
    last_new_article: datetime | None
    silent_since: datetime | None
    today: date
    new: int
    changed: int
    unchanged: int
    rejected: int
    median_delay_seconds: int | None
    expected_at_least: int | None
    expected_at_most: int | None
    day: date | None
    seen: int | None
    published: int | None
    errors: int | None


def standings(
    sources: Mapping[str, Source], lake: Path, memory: Memory, now: datetime
) -> tuple[list[Standing], list[str]]:
    """How each source stands, in the order of their files; and the sources in the lake that have no file."""
    health = _asked(lake, _HEALTH, now.date() - timedelta(days=1))
    latest, articles = _asked(lake, _LATEST), _asked(lake, _ARTICLES)
    last_day = {row["source"]: row for row in latest}
    last_new = {row["source"]: row["last"] for row in articles}
    since = {row["source"]: datetime.combine(row["first_day"], time(), UTC) for row in latest}
    known = Known(now, sources, health, since, memory)
    fared = look_at(sources, known)
    found = [
        _standing(source, fared[key], last_day.get(key), last_new.get(key), now) for key, source in sources.items()
    ]
    return found, sorted({*last_day, *last_new} - sources.keys() - {""})


def _asked(lake: Path, question: str, *values: Any) -> list[dict[str, Any]]:
    if not lake.is_dir():
        return []
    answer = run_sql(lake, question, values)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def _standing(
    source: Source, fared: Fared, last_day: Mapping[str, Any] | None, last_new: datetime | None, now: datetime
) -> Standing:
    counts = last_day or {}
    today = counts if counts.get("day") == now.date() else {}
    wrong = list(alarms(_all_blocked(fared, counts), now)) if source.enabled else []
    state = wrong[0].kind if wrong else "ok" if last_day or last_new else "never collected"
    expected = source.articles_per_day
    return Standing(
        source=source.key,
        name=source.name,
        kinds=list(source.kinds),
        enabled=source.enabled,
        schedule=source.schedule,
        state=state if source.enabled else "off",
        problems=[alarm.message for alarm in wrong],
        last_new_article=last_new,
        silent_since=fared.last_new if any(alarm.kind == "silent" for alarm in wrong) else None,
        today=now.date(),
        new=today.get("new") or 0,
        changed=today.get("changed") or 0,
        unchanged=today.get("unchanged") or 0,
        rejected=(today.get("seen") or 0) - (today.get("published") or 0) - (today.get("unchanged") or 0),
        median_delay_seconds=counts.get("median_delay_seconds"),
        expected_at_least=expected.at_least if expected else None,
        expected_at_most=expected.at_most if expected else None,
        day=counts.get("day"),
        seen=counts.get("seen"),
        published=counts.get("published"),
        errors=counts.get("errors"),
    )


def _all_blocked(fared: Fared, last_day: Mapping[str, Any]) -> Fared:
    """The same with what its last day says, for there is no run to ask: all that came was refused."""
    seen, blocked = last_day.get("seen") or 0, last_day.get("blocked") or 0
    if not seen or blocked < seen:
        return fared
    question = f"select reason, detail from rejects where source = '{fared.source}'"
    detail = f'so it was on {last_day["day"]}; copydesk sql "{question}" says why'
    return replace(fared, refused=["blocked"] * blocked, detail=detail)
