"""Puts together what is known of sources, so that it can be told which of them are not well.

In: the source files, rows of `source_health`, and what is remembered of visits. Out: a `Fared` for each source.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from flows.collect.sources import Source
from flows.publish.health import Visits
from flows.settings import Settings
from transforms.publish.alarms import DayCount, Fared, longest_silence

LOOKED_BACK = timedelta(days=60)
"""A source that was silent for longer was silent for too long, however often the machine was off."""
_DAY = timedelta(days=1)


class Silence(Protocol):
    """When a source first and last brought a new page, and the longest it took for that in between."""

    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def last_new(self) -> datetime: ...  # noqa: D102
    @property
    def longest(self) -> timedelta: ...  # noqa: D102
    @property
    def first_new(self) -> datetime | None: ...  # noqa: D102


class Memory(Protocol):
    """What is remembered of visits to the pages of sources; `Discovery` is one."""

    def visit_counts(self, first: date, last: date) -> Sequence[Visits]:
        """What came of the visits of each source on each UTC day, from the first to the last."""
        ...

    def silences(self, now: datetime) -> Sequence[Silence]:
        """The silence of each source of which enough is known."""
        ...


class NoMemory:
    """Nothing is remembered: sources of files, or a state that was lost."""

    def visit_counts(self, first: date, last: date) -> Sequence[Visits]:  # noqa: ARG002
        """See `Memory.visit_counts`."""
        return []

    def silences(self, now: datetime) -> Sequence[Silence]:  # noqa: ARG002
        """See `Memory.silences`."""
        return []


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of all sources at a moment (UTC).

    `health` has rows of `source_health` of today and yesterday at least, `since` when the first input of each source
    came in.
    """

    now: datetime
    sources: Mapping[str, Source]
    health: Sequence[Mapping[str, Any]]
    since: Mapping[str, datetime]
    memory: Memory

    @property
    def today(self) -> date:
        """The UTC day of the moment."""
        return self.now.date()


@contextmanager
def remembered(settings: Settings) -> Iterator[Memory]:
    """The discovery state that the settings name; nothing is made that is not there."""
    from flows.collect.discovery.database import discovery_address
    from flows.collect.discovery.discovery import Discovery

    storage = settings.storage
    if not storage.discovery and not storage.state.exists():
        yield NoMemory()
        return
    discovery = Discovery(discovery_address(storage.discovery, storage.state))
    try:
        yield discovery
    finally:
        discovery.close()


def look_at(keys: Iterable[str], known: Known) -> dict[str, Fared]:
    """What is known of each of these sources."""
    silences = {silence.source: silence for silence in known.memory.silences(known.now)}
    asked: dict[str, set[date]] = {}
    for visit in known.memory.visit_counts((known.now - LOOKED_BACK).date(), known.today):
        asked.setdefault(visit.source, set()).add(visit.day)
    for row in known.health:
        asked.setdefault(row["source"], set()).add(row["day"])
    return {key: _fared(key, known, asked.get(key, set()), silences.get(key)) for key in keys}


def _fared(key: str, known: Known, asked: set[date], silence: Silence | None) -> Fared:
    source = known.sources.get(key)
    expected = source.articles_per_day if source else None
    articles = {row["day"]: row["published"] for row in known.health if row["source"] == key}
    first = min([*asked, *([known.since[key].date()] if key in known.since else [])], default=known.today)
    yesterday = known.today - _DAY
    # On the day it was first asked, and on one it was not asked at all, a source may bring less than it has.
    is_whole = yesterday in asked and first < yesterday
    return Fared(
        source=key,
        last_new=silence.last_new if silence else None,
        longest=_longest(silence) if silence else None,
        unwatched=_unwatched(silence.last_new.date(), known.today, asked) if silence else timedelta(),
        silent_after=source.silent_after if source else None,
        at_least=expected.at_least if expected else None,
        at_most=expected.at_most if expected else None,
        yesterday=DayCount(yesterday, articles.get(yesterday, 0)) if is_whole else None,
        today=DayCount(known.today, articles.get(known.today, 0)),
    )


def _longest(silence: Silence) -> timedelta | None:
    return longest_silence(silence.longest, silence.last_new - (silence.first_new or silence.last_new))


def _unwatched(first: date, last: date, asked: set[date]) -> timedelta:
    """The whole days between two days on which nobody asked: a laptop that is off hears no news."""
    between = [first + number * _DAY for number in range(1, (last - first).days)]
    return len([day for day in between if day not in asked]) * _DAY
