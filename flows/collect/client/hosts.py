"""What is remembered of a site for a day: its robots.txt and its tdmrep.json.

In: answers. Out: the same answers, until they are 24 hours old.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

ROBOTS_PATH = "/robots.txt"
TDMREP_PATH = "/.well-known/tdmrep.json"
REMEMBERED_FOR = timedelta(hours=24)
"""RFC 9309, 2.4: a robots.txt should not be used longer."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The answer to the last request for a site's file; `fetched_at` in UTC."""

    status: int
    body: bytes
    fetched_at: datetime


class HostMemory(Protocol):
    """Remembers answers between runs."""

    def recall(self, origin: str, path: str) -> Remembered | None:
        """The answer, None when there is none or it is older than `REMEMBERED_FOR`."""

    def remember(self, origin: str, path: str, remembered: Remembered) -> None:
        """Keep an answer in place of an older one."""


class ShortMemory:
    """A HostMemory that lasts as long as the process."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._clock = clock
        self._answers: dict[tuple[str, str], Remembered] = {}

    def recall(self, origin: str, path: str) -> Remembered | None:
        """The answer, None when there is none or it is older than `REMEMBERED_FOR`."""
        found = self._answers.get((origin, path))
        return found if found and self._clock() - found.fetched_at < REMEMBERED_FOR else None

    def remember(self, origin: str, path: str, remembered: Remembered) -> None:
        """Keep an answer in place of an older one."""
        self._answers[origin, path] = remembered
