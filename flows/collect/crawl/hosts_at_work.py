"""The hosts of a crawl, each with its queue of listings and pages, worked on side by side.

In: an `Order`. Out: visits, through the clerk. The pages to be asked for lie in the discovery state, from which each
queue takes a few at a time, so memory does not grow with them, and a killed run is gone on with by the next.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from itertools import batched

from flows.collect.client.fetcher import Failed, Fetcher
from flows.collect.client.pace import LONGEST_WAIT_SECONDS
from flows.collect.crawl.clerk import Clerk, put_off
from flows.collect.crawl.host_queue import Claimed, Order, Queue, resting
from flows.collect.crawl.listing_reader import SITE, ListingReader, Read, Wanted
from flows.collect.crawl.scopes import Scope
from flows.collect.crawl.visitor import Visited, Visitor, is_listing, refusal
from flows.collect.desk import Desk
from flows.collect.discovery.discovery import Standing
from flows.collect.discovery.frontier import Work
from flows.collect.discovery.known_page import Found, KnownPage
from transforms.collect.page import Page, Refused
from transforms.collect.wire import host_of

CLAIMED_AT_ONCE = 50
"""Pages that a host's queue holds in memory."""
ADDED_AT_ONCE = 200
READ_AT_ONCE = 2
"""Listings that are read and noted side by side; with all at once the first page would wait for the last listing."""


class HostsAtWork:
    """The queues of one run."""

    def __init__(
        self,
        order: Order,
        clerk: Clerk,
        fetcher: Fetcher,
        desk: Desk,
    ) -> None:
        self._order = order
        self._scopes = dict(order.scopes)
        self._clerk = clerk
        self._clock = desk.clock
        self._visitor = Visitor(fetcher, desk.archive, desk.clock, clerk.run, order.again)
        self._reader = ListingReader(fetcher, desk.archive, desk.clock, order.since)
        self._places = asyncio.Semaphore(desk.politeness.hosts_at_once)
        self._reading = asyncio.Semaphore(READ_AT_ONCE)
        self._queues: dict[str, Queue] = {}
        self._listed: set[str] = set()
        self._wanted_meanwhile: set[str] = set()
        self._is_complete = asyncio.Event()
        self._tasks = asyncio.TaskGroup()

    async def work(self) -> None:
        """Work until nothing is left to be asked for and `finish` was called. Raises ArchiveError, StateError."""
        async with asyncio.TaskGroup() as around:
            others = [around.create_task(self._clerk.keep_books()), around.create_task(self._clerk.beat())]
            async with self._tasks:
                self._tasks.create_task(self._begin())
                await self._is_complete.wait()
            await self._clerk.all_noted()
            for other in others:
                other.cancel()

    def finish(self) -> None:
        """Nothing will be added any more."""
        self._is_complete.set()

    async def add(self, found: Sequence[Found], scope: Scope | None = None) -> None:
        """Note pages, hand on what is known of them, and wake the hosts of those that are due."""
        if scope and scope.name not in self._scopes:
            self._scopes[scope.name] = scope
            await self._take_up()
        unique: dict[str, Found] = {}
        for item in found:
            unique.setdefault(item.asked, item)
        for some in batched(unique.values(), ADDED_AT_ONCE):
            standing, outcomes = await self._clerk.ask(self._add, some)
            self._wanted_meanwhile |= standing.busy
            for host in sorted(standing.due):
                self._wake(host)
            for page in standing.listings:
                await self._list_again(page)
            for page in await self._clerk.hand_on_or_lose(standing.known, outcomes):
                self._wake(page.host)

    async def _begin(self) -> None:
        for wanted in self._order.listings:
            self._list(wanted)
        await self.add(self._order.found)
        await self._take_up()

    async def _take_up(self) -> None:
        """Take up what earlier runs left: pages that are due, and outcomes that were not published."""
        for host in await self._clerk.ask(self._clerk.discovery.due_hosts, self._work()):
            self._wake(host)
        last = ""
        while pages := await self._clerk.ask(self._clerk.discovery.unsettled, self._work(), ADDED_AT_ONCE, last):
            last = pages[-1].asked
            for page in await self._clerk.hand_on_again(pages):
                self._wake(page.host)

    def _add(self, found: Sequence[Found]) -> tuple[Standing, list[Page | Refused | None]]:
        # Looked up in the same breath: else the first outcome would wait until all listings are noted.
        standing = self._clerk.discovery.add(found, self._work(), again=self._order.again)
        return standing, self._clerk.outcomes(standing.known)

    def _work(self) -> Work:
        return Work(self._clerk.run, frozenset(self._scopes), self._order.since)

    async def _list_again(self, page: KnownPage) -> None:
        """Read an address that was typed, of which it is known that it is a listing."""
        known = await self._clerk.ask(self._clerk.discovery.listing, page.asked)
        self._list(Wanted(page.asked, self._scope(page), known.kind if known else None))

    def _list(self, wanted: Wanted) -> None:
        """Put a listing in its host's queue, once."""
        if wanted.asked not in self._listed:
            self._listed.add(wanted.asked)
            self._wake(host_of(wanted.asked)).listings.append(wanted)

    def _wake(self, host: str) -> Queue:
        """There is something to be asked of a host."""
        queue = self._queues.setdefault(host, Queue(host))
        queue.has_more = True
        if not queue.is_worked_on:
            queue.is_worked_on = True
            self._tasks.create_task(self._work_on(queue))
        return queue

    async def _work_on(self, queue: Queue) -> None:
        async with self._places:
            queue.rests = queue.rests or await self._clerk.ask(self._resting, queue.host)
            while job := await self._next(queue):
                await (self._read(job, queue) if isinstance(job, Wanted) else self._visit(*job, queue))
            # Nothing is awaited between finding the queue empty and here, so nobody's call to wake it is missed.
            queue.is_worked_on = False
            if not queue.rests:
                del self._queues[queue.host]

    async def _next(self, queue: Queue) -> Wanted | Claimed | None:
        """The next listing or page; by turns, so that the first page need not wait for the last listing."""
        while queue.listings or queue.pages or queue.has_more:
            queue.is_listings_turn = not queue.is_listings_turn
            if queue.listings and not queue.is_listings_turn:
                return queue.listings.popleft()
            if not queue.pages and queue.has_more:
                queue.has_more = False
                queue.pages.extend(await self._clerk.ask(self._claim, queue))
                queue.has_more |= len(queue.pages) == CLAIMED_AT_ONCE
            if queue.pages:
                return queue.pages.popleft()
        return None

    def _claim(self, queue: Queue) -> list[Claimed]:
        # The archive is looked into here, not in the loop, which would have to wait while it is written to.
        only_direct = queue.rests is not None
        pages = self._clerk.discovery.claim(queue.host, self._work(), CLAIMED_AT_ONCE, only_direct=only_direct)
        return [Claimed(page, self._visitor.kept(page)) for page in pages]

    async def _visit(self, page: KnownPage, kept: Page | None, queue: Queue) -> None:
        if queue.rests:
            await self._put_off(page, queue.rests)
            return
        visited = await self._visitor.visit(page, kept, self._scope(page), is_wanted=self._is_wanted(page))
        if visited.host_rests:
            await self._rest(queue, visited.host_rests)
            await self._put_off(page, visited.host_rests)
            return
        await self._clerk.note(visited)
        if visited.listing:
            kind = None if is_listing(visited.listing) else SITE
            await self._follow(self._reader.read_fetched(Wanted(page.asked, self._scope(page), kind), visited.listing))
        await self._rest_if_asked(queue, visited.wait_seconds)

    async def _read(self, wanted: Wanted, queue: Queue) -> None:
        if queue.rests:
            source = wanted.scope.source_of(wanted.asked)
            await self._clerk.hand_on([refusal(queue.rests, wanted.asked, source, self._clock())])
            return
        known = await self._clerk.ask(self._clerk.discovery.listing, wanted.asked)
        if wanted.is_in(known) and not self._order.again:
            return
        read_it = await self._reader.ask(wanted, known)
        async with self._reading:
            read = read_it()
            await self._follow(read)
        if read.host_rests:
            await self._rest(queue, read.host_rests)
        await self._rest_if_asked(queue, read.wait_seconds)

    async def _follow(self, read: Read) -> None:
        """Take up what a listing names. It is noted as read when all of that is noted, not before."""
        await self._clerk.hand_on(read.refused)
        for wanted in read.more:
            self._list(wanted)
        await self.add(read.found)
        if read.known:
            await self._clerk.ask(self._clerk.discovery.keep_listing, read.known)
        if read.visit:
            await self._clerk.ask(self._clerk.discovery.record, [], [read.visit])

    async def _put_off(self, page: KnownPage, rests: Failed) -> None:
        """Leave a page to the next run; whoever named it himself is told."""
        is_named = page.is_direct and self._is_wanted(page) and not page.has_page
        outcome = refusal(rests, page.asked, page.source, self._clock()) if is_named else None
        await self._clerk.note(Visited(put_off(page, self._clerk.run), outcome=outcome))

    async def _rest_if_asked(self, queue: Queue, wait_seconds: float | None) -> None:
        if wait_seconds and wait_seconds > LONGEST_WAIT_SECONDS and not queue.rests:
            await self._rest(queue, resting(queue.host, wait_seconds))

    async def _rest(self, queue: Queue, rests: Failed) -> None:
        """Leave the host alone for the rest of this run, and of the next ones if that is what it asked for."""
        queue.rests = rests
        queue.has_more = True  # those that were named themselves
        if rests.wait_seconds:
            until = self._clock() + timedelta(seconds=min(rests.wait_seconds, 30 * 86_400))
            await self._clerk.ask(self._clerk.discovery.let_rest, queue.host, until)

    def _resting(self, host: str) -> Failed | None:
        until = self._clerk.discovery.rest_until(host)
        return resting(host, (until - self._clock()).total_seconds()) if until else None

    def _scope(self, page: KnownPage) -> Scope:
        is_wanted = page.wanted_by == self._clerk.run and page.wanted_scope is not None
        return self._scopes[page.wanted_scope if is_wanted and page.wanted_scope else page.scope]

    def _is_wanted(self, page: KnownPage) -> bool:
        return page.wanted_by == self._clerk.run or page.asked in self._wanted_meanwhile
