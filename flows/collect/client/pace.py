"""Whose turn it is at each host: one request at a time, with a pause between, for so long in one run.

In: the name of a host. Out: a turn, or `HostRests`. All that has one host name is one host, whatever the port.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

LONGEST_WAIT_SECONDS = 60.0
"""A host that asks for a longer wait (Retry-After, Crawl-delay) is left alone for the rest of the run."""


class HostRests(Exception):
    """The host is left alone for the rest of this run; `wait_seconds` is how long it asked for, if it did."""

    def __init__(self, why: str, wait_seconds: float | None = None) -> None:
        super().__init__(why)
        self.wait_seconds = wait_seconds


@dataclass(slots=True)
class _Lane:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    used_seconds: float = 0.0


class Pace:
    """The turns of one run. `host_seconds` is how long one host may keep us, waiting and asking together."""

    def __init__(
        self, host_seconds: float, monotonic: Callable[[], float], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._host_seconds = host_seconds
        self._monotonic = monotonic
        self._sleep = sleep
        self._lanes: defaultdict[str, _Lane] = defaultdict(_Lane)

    @asynccontextmanager
    async def turn(self, host: str, *, is_counted: bool = True) -> AsyncIterator[None]:
        """Wait until the host may be asked, and hold it meanwhile. Raises HostRests.

        With `is_counted` false the time is not taken from what the host has in this run: a large file takes its time.
        """
        lane = self._lanes[host]
        async with lane.turn:
            began = self._monotonic()
            await self._wait(host, lane, began)
            if not is_counted:
                began = self._monotonic()
            try:
                yield
            finally:
                if is_counted:
                    lane.used_seconds += self._monotonic() - began

    def rest(self, host: str, seconds: float) -> None:
        """Nobody asks the host before so many seconds have passed."""
        self._lanes[host].free_at = self._monotonic() + seconds

    async def _wait(self, host: str, lane: _Lane, moment: float) -> None:
        wait = lane.free_at - moment
        if wait > LONGEST_WAIT_SECONDS:
            raise HostRests(f"{host} asks us to wait {wait:.0f} seconds; run again after that", wait)
        if lane.used_seconds + max(wait, 0.0) > self._host_seconds:
            raise HostRests(
                f"{host} has kept this run for politeness.host_seconds ({self._host_seconds:,.0f} seconds); "
                "the next run goes on, or set it higher"
            )
        if wait > 0:
            await self._sleep(wait)
