"""Keeps the books of a crawl: writes down what came of visits, then hands it on.

In: visits. Out: rows in the discovery state, outcomes for the caller.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from flows.collect.archive.archive import Archive
from flows.collect.crawl.handover import Handover
from flows.collect.crawl.visitor import Visited
from flows.collect.discovery.discovery import Discovery
from flows.collect.discovery.known_page import KnownPage
from flows.problem import Problem
from transforms.collect.page import Page, Refused

RECORDED_AT_ONCE = 200
FEW, FEW_SECONDS, MANY_SECONDS = 3, 0.02, 0.1
"""How long visits wait to be written down together, in one transaction: longer when many came the last time."""
BEAT_SECONDS = 60.0


class Clerk:
    """The books of one run, opened and closed with `async with`."""

    def __init__(self, discovery: Discovery, archive: Archive, handover: Handover[Page | Refused]) -> None:
        self.discovery = discovery
        self._archive = archive
        self._handover = handover
        self._visited: asyncio.Queue[Visited] = asyncio.Queue(RECORDED_AT_ONCE)
        self._in_hand: list[Visited] = []
        # One thread for the database: what is noted is noted in order, and the loop never waits for it.
        self._thread = ThreadPoolExecutor(1, "copydesk-discovery")
        self.run = ""

    async def ask[Answer](self, question: Callable[..., Answer], *values: Any) -> Answer:
        """The answer of a method of the discovery state."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question, *values)

    async def note(self, visited: Visited) -> None:
        """Write a visit down, then hand its outcome on."""
        await self._visited.put(visited)

    async def hand_on(self, outcomes: Sequence[Page | Refused]) -> None:
        """Hand on what needs not be written down."""
        await self._handover.put(outcomes)

    async def hand_on_again(self, pages: Sequence[KnownPage]) -> list[KnownPage]:
        """Hand on what came of pages before; those whose bytes the archive has lost, which are to be asked for anew."""
        return await self.hand_on_or_lose(pages, await self.ask(self.outcomes, pages))

    async def hand_on_or_lose(
        self, pages: Sequence[KnownPage], outcomes: Sequence[Page | Refused | None]
    ) -> list[KnownPage]:
        """The same, when the outcomes have been looked up."""
        await self.hand_on([outcome for outcome in outcomes if outcome is not None])
        lost = [page for page, outcome in zip(pages, outcomes, strict=True) if outcome is None]
        if lost:
            await self.ask(self.discovery.lose, [page.asked for page in lost])
        return lost

    def outcomes(self, pages: Sequence[KnownPage]) -> list[Page | Refused | None]:
        """What came of pages before, to be looked up in the clerk's thread; None for what the archive has lost."""
        return [self._outcome(page) for page in pages]

    async def keep_books(self) -> None:
        """Write down what is noted, for ever."""
        while True:
            wait_seconds = FEW_SECONDS if len(self._in_hand) <= FEW else MANY_SECONDS
            self._in_hand = [await self._visited.get()]
            await asyncio.sleep(wait_seconds)
            self._take()
            await self.ask(self._record, self._in_hand)
            await self.hand_on([item.outcome for item in self._in_hand if item.outcome])
            for _ in self._in_hand:
                self._visited.task_done()

    async def beat(self) -> None:
        """Say that the run is alive, for ever."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            await self.ask(self.discovery.renew, self.run)

    async def all_noted(self) -> None:
        """Wait until everything is written down and handed on."""
        await self._visited.join()

    async def __aenter__(self) -> Self:
        """Begin a run."""
        try:
            self.run = await self.ask(self.discovery.begin)
        except BaseException:
            self._thread.shutdown(wait=True)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it; after an error, or when the caller wants no more, what was handed on cannot be settled."""
        self._thread.shutdown(wait=True)
        with suppress(Problem):  # what ended us is worth more than what comes of it
            if kind is None:
                self.discovery.release(self.run)
            else:
                while self._in_hand:
                    self._record(self._in_hand)
                    self._in_hand = []
                    self._take()
                self.discovery.give_up(self.run)

    def _take(self) -> None:
        while len(self._in_hand) < RECORDED_AT_ONCE and not self._visited.empty():
            self._in_hand.append(self._visited.get_nowait())

    def _record(self, visited: Sequence[Visited]) -> None:
        pages = {item.page.asked: item.page for item in visited}
        self.discovery.record(list(pages.values()), [item.visit for item in visited if item.visit])

    def _outcome(self, page: KnownPage) -> Page | Refused | None:
        if page.has_page and page.url and page.sha256:
            return self._archive.find(page.url, page.sha256)
        return page.refused


def put_off(page: KnownPage, run: str) -> KnownPage:
    """A page that was claimed and is left to the next run."""
    return replace(page, claimed_by=None, visited_by=run)
