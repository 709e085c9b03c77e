"""Asks publishers for pages: politely, within limits, and everything that comes back is archived first.

In: an `Errand`. Out: `Fetched`, `Unchanged` or `Failed`, after robots.txt, pauses, redirects and retries. These are
rules only, with clock and sleep as arguments; `network` does the asking and `answers` judges what comes back.
"""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

from flows.collect.archive.archive import Archive, now
from flows.collect.client.answers import (
    Failed,
    Fetched,
    Unchanged,
    conditions,
    explain,
    failed,
    next_address,
    not_answered,
    role_of,
    validators_of,
)
from flows.collect.client.exchange import EVERY_HOST, Errand, Exchange, Validators
from flows.collect.client.hosts import HostMemory, ShortMemory
from flows.collect.client.network import NOT_SENT, PRODUCT, Network
from flows.collect.client.pace import LONGEST_WAIT_SECONDS, HostRests, Pace
from flows.collect.client.response import what_came
from flows.collect.client.site_files import SiteFiles
from flows.collect.client.stream import Streams
from flows.settings import Politeness
from transforms.collect.rights import Rights, header_rights, merged
from transforms.collect.robots import Robots
from transforms.collect.wire import NotAskable, host_of, wire_address
from transforms.outcome import Reason, Reject

__all__ = ["EVERY_HOST", "Errand", "Failed", "Fetched", "Fetcher", "Unchanged", "Validators"]

MAX_REDIRECTS = 10
ATTEMPTS = 3
FIRST_BACKOFF_SECONDS = 1.0
NO_RIGHTS = Rights()


class Fetcher:
    """The HTTP client of one run, to be used in one event loop.

    `fetch` may be called for many pages at once: hosts are asked side by side, each one request at a time. `memory`
    spares asking for robots.txt in every run. `jitter` is drawn for each wait before another attempt, from 0 to 1.
    Raises NoContact when it is made without a contact address.
    """

    def __init__(
        self,
        politeness: Politeness,
        archive: Archive,
        memory: HostMemory | None = None,
        *,
        clock: Callable[[], datetime] = now,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._network = Network(politeness)
        self._politeness = politeness
        self._archive = archive
        self._clock = clock
        self._jitter = jitter
        self._pace = Pace(politeness.host_seconds, monotonic, sleep)
        self._sites = SiteFiles(PRODUCT, self._ask_for_site_file, memory or ShortMemory(clock), clock)
        self._streams = Streams(self._network, self._pace, self._refusal, self._rest, clock, politeness.timeout_seconds)
        self._delays: dict[str, float] = {}
        # Digests and compression let go of the interpreter: one thread for them keeps the order and frees the loop.
        self._filing = ThreadPoolExecutor(1, "copydesk-archive")

    async def fetch(self, errand: Errand) -> Fetched | Failed | Unchanged:
        """The page at an address, after redirects. Each hop is asked of its own robots.txt and archived.

        Raises ArchiveError and StateError when that cannot be written.
        """
        address, seen = errand.asked, set[str]()
        outcome: Fetched | Failed | Unchanged | None = None
        for _ in range(MAX_REDIRECTS + 1):
            try:
                target = wire_address(address)
            except NotAskable as problem:
                return failed(Reason.NOT_FETCHED, str(problem), outcome.page if outcome else None)
            if target in seen:
                break
            seen.add(target)
            outcome = await self._visit(target, errand)
            if not isinstance(outcome, Fetched) or outcome.role != "redirect":
                return outcome
            address = next_address(outcome.exchange)
        what = "in a circle" if len(seen) <= MAX_REDIRECTS else f"more than {MAX_REDIRECTS} times"
        return failed(Reason.NOT_FETCHED, f"{errand.asked} redirects {what}", outcome.page if outcome else None)

    def stream(self, errand: Errand) -> AsyncGenerator[bytes]:
        """The bytes of a large file as they are sent, of any size; a broken connection is taken up where it broke off.

        Robots.txt, pauses, redirects and the check of addresses are those of `fetch`; the file is not archived. To be
        closed (`aclose`) when it is not read to its end. Raises StreamFailed, ArchiveError and StateError.
        """
        return self._streams.read(errand)

    async def close(self) -> None:
        """Close all connections, after what came in is archived."""
        await self._network.close()
        self._filing.shutdown(wait=True)

    async def _visit(self, url: str, errand: Errand) -> Fetched | Failed | Unchanged:
        """One address, after what its site says about it."""
        robots = await self._permission(url, errand)
        if isinstance(robots, Failed):
            return robots
        is_page = errand.role in (None, "page")
        rights = await self._sites.rights(url, errand) if is_page else NO_RIGHTS
        return await self._ask(url, errand, robots.verdict(url), rights)

    async def _permission(self, url: str, errand: Errand) -> Robots | Failed:
        """The robots.txt that allows an address, or why it is not asked for."""
        robots = await self._sites.robots(url, errand)
        if isinstance(robots, Failed):
            return robots
        host = host_of(url)
        self._delays[host] = max(robots.pause_seconds, self._delays.get(host, 0.0))  # of all its ports
        if robots.verdict(url) != "forbidden":
            return robots
        return failed(Reason.ROBOTS_FORBID, f"robots.txt of {host_of(url)} forbids {PRODUCT} to fetch {url}")

    async def _refusal(self, url: str, errand: Errand) -> Failed | None:
        robots = await self._permission(url, errand)
        return robots if isinstance(robots, Failed) else None

    async def _ask_for_site_file(self, url: str, errand: Errand, verdict: str | None) -> Fetched | Failed:
        outcome = await self._ask(url, errand, verdict, NO_RIGHTS, 1 if errand.role == "tdmrep" else ATTEMPTS)
        assert not isinstance(outcome, Unchanged)  # without validators nothing is
        return outcome

    async def _ask(
        self, url: str, errand: Errand, verdict: str | None, rights: Rights, attempts: int = ATTEMPTS
    ) -> Fetched | Failed | Unchanged:
        """One address, asked again while it may still succeed."""
        host = host_of(url)
        outcome: Fetched | Failed | Unchanged
        for attempt in range(attempts):
            try:
                async with self._pace.turn(host):
                    outcome = await self._ask_once(url, errand, verdict, rights)
                    self._rest(host, errand, outcome, attempt)
            except HostRests as rest:
                reject = Reject("collect", Reason.NOT_FETCHED, str(rest))
                return Failed(reject, None, is_temporary=True, wait_seconds=rest.wait_seconds, host_rests=True)
            if not isinstance(outcome, Failed) or not outcome.is_worth_a_retry:
                return outcome
            if (outcome.wait_seconds or 0.0) > LONGEST_WAIT_SECONDS:
                return outcome
        return outcome

    async def _ask_once(
        self, url: str, errand: Errand, verdict: str | None, rights: Rights
    ) -> Fetched | Failed | Unchanged:
        try:
            exchange = await self._network.send(
                url,
                asked=errand.asked,
                verdict=verdict,
                may_be_private=errand.may_be_private(url),
                headers=conditions(url, errand.validators),
            )
        except NOT_SENT as error:
            outcome = not_answered(url, error)
            came = what_came(error)
            return await self._at_the_archive(self._file_scrap, url, errand, outcome, came) if came else outcome
        return await self._at_the_archive(self._file, exchange, errand, rights)

    async def _at_the_archive[*Ts, T](self, work: Callable[[*Ts], T], *arguments: *Ts) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._filing, work, *arguments)

    def _file(self, exchange: Exchange, errand: Errand, site: Rights) -> Fetched | Failed | Unchanged:
        """Archive an answer and say what it is."""
        exchange = exchange.decoded(self._politeness.max_bytes)
        role = role_of(exchange, errand.role)
        rights = merged(header_rights(exchange.headers, exchange.url), site) if role == "page" else NO_RIGHTS
        page = self._archive.put_response(exchange, source=errand.source, role=role, rights=rights)
        if role == "error":
            return explain(exchange, page, self._politeness.max_bytes, self._clock())
        if role == "not_modified":
            validators = validators_of(exchange, errand.validators)
            return Unchanged(exchange.url, validators or Validators(exchange.url, None, None), page)
        return Fetched(exchange, page, role, validators_of(exchange))

    def _file_scrap(self, url: str, errand: Errand, outcome: Failed, came: bytes) -> Failed:
        """Archive what is no HTTP response, as it came."""
        page = self._archive.put(url, came, source=errand.source, media_type="application/octet-stream", role="error")
        return replace(outcome, page=page)

    def _rest(self, host: str, errand: Errand, outcome: Fetched | Failed | Unchanged | None, attempt: int) -> None:
        """Note when the host may be asked again: after our pause, its Crawl-delay, or what it asked for."""
        pause = self._politeness.pause_seconds if errand.pause_seconds is None else errand.pause_seconds
        pause = max(pause, self._delays.get(host, 0.0))
        if isinstance(outcome, Failed) and outcome.is_worth_a_retry:
            backoff = FIRST_BACKOFF_SECONDS * 2**attempt * (1 + self._jitter())
            pause = max(pause, backoff if outcome.wait_seconds is None else outcome.wait_seconds)
        self._pace.rest(host, pause)
