"""What a site says of itself: its robots.txt and its tdmrep.json, asked for once a day.

In: an address that is to be asked for. Out: the verdict of robots.txt, and the rights that the site reserves for it.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from flows.collect.client.answers import Failed, Fetched, next_address
from flows.collect.client.exchange import Errand
from flows.collect.client.hosts import REMEMBERED_FOR, ROBOTS_PATH, TDMREP_PATH, HostMemory, Remembered
from transforms.collect.rights import UNSTATED, Rights, merged, robots_rights, tdmrep_rights
from transforms.collect.robots import PARSED_BYTES, Robots, read_robots
from transforms.collect.wire import NotAskable, origin_of, wire_address
from transforms.outcome import Reason, Reject

MAX_REDIRECTS = 5
"""Of a robots.txt: RFC 9309, 2.3.1.2."""
ABSENT = 404
_BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"

Ask = Callable[[str, Errand, str | None], Awaitable[Fetched | Failed]]
"""Asks for one address (after its robots.txt, whose verdict is the last argument), archives what comes back."""


class SiteFiles:
    """The rules of the sites of one run. A failure lasts for the run, an answer for 24 hours, also in `memory`."""

    def __init__(self, product: str, ask: Ask, memory: HostMemory, clock: Callable[[], datetime]) -> None:
        self._product = product
        self._ask = ask
        self._memory = memory
        self._clock = clock
        self._robots: dict[tuple[str, bool], tuple[datetime, Robots | Failed]] = {}
        self._reservations: dict[str, Remembered] = {}
        self._one_at_a_time: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def robots(self, url: str, errand: Errand) -> Robots | Failed:
        """The rules of an address's site; a failure to read them forbids everything."""
        key = (origin_of(url), errand.may_be_private(url))
        found = self._known_robots(key)
        if found:
            return found
        async with self._one_at_a_time[key[0]]:
            robots = self._known_robots(key) or await self._find_robots(key[0], errand)
            if isinstance(robots, Robots) or not robots.host_rests:
                self._robots[key] = (self._clock(), robots)
        return robots

    async def rights(self, url: str, errand: Errand) -> Rights:
        """What the site says of an address in tdmrep.json and robots.txt; nothing where they cannot be had."""
        origin = origin_of(url)
        if not self._is_fresh(self._reservations.get(origin)):
            robots = await self.robots(origin + TDMREP_PATH, errand)
            async with self._one_at_a_time[origin]:
                if not self._is_fresh(self._reservations.get(origin)):
                    self._reservations[origin] = await self._find_reservations(origin, errand, robots)
        stated = self._reservations[origin]
        parts = urlsplit(url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        robots = await self.robots(url, errand)
        usage = robots.usage if isinstance(robots, Robots) else b""
        return merged(
            tdmrep_rights(stated.body, path, origin + TDMREP_PATH) if stated.status == 200 else UNSTATED,
            robots_rights(usage, path, product=self._product) if usage else UNSTATED,
        )

    def _known_robots(self, key: tuple[str, bool]) -> Robots | Failed | None:
        found = self._robots.get(key)
        return found[1] if found and self._clock() - found[0] < REMEMBERED_FOR else None

    def _is_fresh(self, remembered: Remembered | None) -> bool:
        return remembered is not None and self._clock() - remembered.fetched_at < REMEMBERED_FOR

    async def _find_robots(self, origin: str, errand: Errand) -> Robots | Failed:
        remembered = self._memory.recall(origin, ROBOTS_PATH)
        if remembered is None:
            answer = await self._fetch_robots(origin + ROBOTS_PATH, errand)
            if isinstance(answer, Failed):
                return answer
            remembered = answer
            self._memory.remember(origin, ROBOTS_PATH, remembered)
        robots = read_robots(remembered.status, remembered.body, self._product)
        return robots or _unreachable(origin + ROBOTS_PATH, f"it answered {remembered.status}")

    async def _fetch_robots(self, asked: str, errand: Errand) -> Remembered | Failed:
        target = asked
        errand = replace(errand, asked=asked, role="robots", validators=None)
        for _ in range(MAX_REDIRECTS + 1):
            outcome = await self._ask(target, errand, None)
            if isinstance(outcome, Failed):
                return outcome if outcome.host_rests else _unreachable(asked, outcome.reject.detail, outcome)
            if outcome.role != "redirect":
                return self._remembered(outcome)
            try:
                target = wire_address(next_address(outcome.exchange))
            except NotAskable:
                break
        return Remembered(ABSENT, b"", self._clock())  # RFC 9309, 2.3.1.2: as if there were none

    async def _find_reservations(self, origin: str, errand: Errand, robots: Robots | Failed) -> Remembered:
        remembered = self._memory.recall(origin, TDMREP_PATH)
        nothing = Remembered(ABSENT, b"", self._clock())
        asked = origin + TDMREP_PATH
        if remembered or isinstance(robots, Failed) or robots.verdict(asked) == "forbidden":
            return remembered or nothing
        errand = replace(errand, asked=asked, role="tdmrep", validators=None)
        outcome = await self._ask(asked, errand, robots.verdict(asked))
        if isinstance(outcome, Failed):
            return nothing  # which is true of this run only
        # The report knows no redirects; one that leads to a front page, say, states nothing.
        # So does a front page that comes for every address, of which memory is to hold nothing.
        is_one = outcome.role == "tdmrep" and outcome.exchange.content.lstrip(_BEFORE_JSON)[:1] in (b"[", b"{")
        remembered = self._remembered(outcome) if is_one else nothing
        self._memory.remember(origin, TDMREP_PATH, remembered)
        return remembered

    def _remembered(self, outcome: Fetched) -> Remembered:
        # One byte more than is read, so that a cut is seen as one.
        return Remembered(outcome.exchange.status, outcome.exchange.content[: PARSED_BYTES + 1], self._clock())


def _unreachable(asked: str, why: str, outcome: Failed | None = None) -> Failed:
    detail = f"{asked} cannot be read, which forbids everything (RFC 9309): {why}"
    # Only a refusal of our own, to ask a private address, stays what it is.
    is_temporary = outcome is None or outcome.is_temporary or outcome.page is not None
    wait = outcome.wait_seconds if outcome else None
    return Failed(Reject("collect", Reason.ROBOTS_UNREACHABLE, detail), None, is_temporary, wait)
