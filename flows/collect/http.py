"""Asks publishers for pages: politely, within limits, and everything that comes back is archived first.

In: an address. Out: `Fetched` or `Failed`, after robots.txt, pauses, redirects and retries. These are rules only, with
clock and sleep as arguments; `network` does the asking and `answers` judges what comes back.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urldefrag, urlsplit

import httpx

from flows.collect.answers import Failed, Fetched, explain, failed, next_address, not_answered, role_of
from flows.collect.archive import Archive, now
from flows.collect.network import PRODUCT, Network, host_of
from flows.collect.sources import is_web_address
from flows.settings import Politeness
from transforms.collect.robots import Robots, read_robots
from transforms.outcome import Reason

MAX_REDIRECTS = 5
ATTEMPTS = 3
FIRST_BACKOFF_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
"""A host that asks for a longer wait (Retry-After, Crawl-delay) is left alone for the rest of the run."""
EVERY_HOST = frozenset({"*"})
"""For `private`: every host may have a private address."""


@dataclass(frozen=True, slots=True)
class _Errand:
    """What stays the same on the way from the address that was asked for to the page."""

    asked: str
    source: str
    private: frozenset[str]
    role: str | None

    def may_be_private(self, url: str) -> bool:
        return bool(self.private & EVERY_HOST) or host_of(url) in self.private


class Fetcher:
    """The HTTP client of one run. Raises NoContact when it is made without a contact address."""

    def __init__(
        self,
        politeness: Politeness,
        archive: Archive,
        *,
        clock: Callable[[], datetime] = now,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._network = Network(politeness, monotonic)
        self._politeness = politeness
        self._archive = archive
        self._clock = clock
        self._monotonic = monotonic
        self._sleep = sleep
        self._robots: dict[tuple[str, bool], Robots | Failed] = {}
        self._crawl_delay: dict[str, float] = {}
        self._free_at: dict[str, float] = {}

    def fetch(
        self, url: str, *, source: str, private: frozenset[str] = frozenset(), role: str | None = None
    ) -> Fetched | Failed:
        """The page at an address, after redirects. Each hop is asked of its own robots.txt and archived.

        `private` are the hosts that may have a private address. `role` is what a good answer is archived as; without it
        a feed is told from a page by its content. Raises ArchiveError and StateError when that cannot be written.
        """
        errand = _Errand(url, source, private, role)
        target = urldefrag(url)[0]
        for _ in range(MAX_REDIRECTS + 1):
            if not is_web_address(target):
                return failed(Reason.NOT_FETCHED, f"{target} is not an http or https address")
            verdict = self._verdict(target, errand)
            if isinstance(verdict, Failed):
                return verdict
            outcome = self._ask(target, verdict, errand)
            if isinstance(outcome, Failed) or outcome.role != "redirect":
                return outcome
            target = next_address(outcome.exchange)
        return failed(Reason.NOT_FETCHED, f"{url} redirects more than {MAX_REDIRECTS} times", outcome.page)

    def close(self) -> None:
        """Close all connections."""
        self._network.close()

    def _verdict(self, url: str, errand: _Errand) -> str | Failed:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        key = (origin, errand.may_be_private(url))
        if key not in self._robots:
            self._robots[key] = self._fetch_robots(origin, errand)
        robots = self._robots[key]
        if isinstance(robots, Failed):
            return robots
        self._crawl_delay[host_of(url)] = robots.pause_seconds
        verdict = robots.verdict(url)
        if verdict != "forbidden":
            return verdict
        return failed(Reason.ROBOTS_FORBID, f"robots.txt of {parts.netloc} forbids {PRODUCT} to fetch {url}")

    def _fetch_robots(self, origin: str, errand: _Errand) -> Robots | Failed:
        target = asked = f"{origin}/robots.txt"
        errand = _Errand(asked, errand.source, errand.private, "robots")
        for _ in range(MAX_REDIRECTS + 1):
            outcome = self._ask(target, None, errand)
            if isinstance(outcome, Failed):
                return _unreachable(asked, outcome.reject.detail)
            if outcome.role != "redirect":
                robots = read_robots(outcome.exchange.status, outcome.exchange.content, PRODUCT)
                return robots or _unreachable(asked, f"it answered {outcome.exchange.status}")
            target = next_address(outcome.exchange)
            if not is_web_address(target):
                break
        return Robots(PRODUCT, None)  # RFC 9309, 2.3.1.2: as if there were none

    def _ask(self, url: str, verdict: str | None, errand: _Errand) -> Fetched | Failed:
        """One address, asked again while it may still succeed."""
        host = host_of(url)
        for attempt in range(ATTEMPTS):
            wait = self._free_at.get(host, 0.0) - self._monotonic()
            if wait > LONGEST_WAIT_SECONDS:
                return failed(Reason.NOT_FETCHED, f"{host} asks us to wait {wait:.0f} seconds; run again after that")
            if wait > 0:
                self._sleep(wait)
            outcome = self._ask_once(url, verdict, errand)
            self._rest(host, outcome, FIRST_BACKOFF_SECONDS * 2**attempt)
            if isinstance(outcome, Fetched) or not outcome.is_temporary:
                return outcome
            if (outcome.wait_seconds or 0.0) > LONGEST_WAIT_SECONDS:
                return outcome
        return outcome

    def _ask_once(self, url: str, verdict: str | None, errand: _Errand) -> Fetched | Failed:
        may_be_private = errand.may_be_private(url)
        try:
            exchange = self._network.send(url, asked=errand.asked, verdict=verdict, may_be_private=may_be_private)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return not_answered(url, error)
        role = role_of(exchange, errand.role)
        page = self._archive.put_response(exchange, source=errand.source, role=role)
        if role == "error":
            return explain(exchange, page, self._politeness.max_bytes, self._clock())
        return Fetched(exchange, page, role)

    def _rest(self, host: str, outcome: Fetched | Failed, backoff_seconds: float) -> None:
        """Note when the host may be asked again: after our pause, its Crawl-delay, or what it asked for."""
        pause = max(self._politeness.pause_seconds, self._crawl_delay.get(host, 0.0))
        if isinstance(outcome, Failed) and outcome.is_temporary:
            pause = max(pause, backoff_seconds if outcome.wait_seconds is None else outcome.wait_seconds)
        self._free_at[host] = self._monotonic() + pause


def _unreachable(asked: str, why: str) -> Failed:
    return failed(Reason.ROBOTS_UNREACHABLE, f"{asked} cannot be read, which forbids everything (RFC 9309): {why}")
