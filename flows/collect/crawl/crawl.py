"""Crawls the web in a thread of its own, for a caller who takes what comes one after the other.

In: an `Order`. Out: a `Page` or `Refused` for each page, through a queue that holds some of them; the crawl waits when
the caller is slower, and ends when he wants no more.
"""

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress

from flows.collect.crawl.clerk import Clerk
from flows.collect.crawl.handover import Handover
from flows.collect.crawl.host_queue import Order
from flows.collect.crawl.hosts_at_work import HostsAtWork
from flows.collect.crawl.scopes import Scope
from flows.collect.desk import Desk
from flows.collect.discovery.known_page import Found
from transforms.collect.page import Page, Refused

__all__ = ["Crawl", "Order"]

HANDED_AT_ONCE = 1000
"""Outcomes that wait for the caller; then the crawl waits for him."""


class Crawl:
    """One crawl: `start` it, `take` what comes, `add` what turns up, `finish` adding, and `stop` it in any case."""

    def __init__(
        self,
        order: Order,
        desk: Desk,
    ) -> None:
        """What to ask for, and with what; nothing is asked yet."""
        self._order = order
        self._desk = desk
        self._handover = Handover[Page | Refused](HANDED_AT_ONCE)
        self._thread = threading.Thread(target=self._live, name="copydesk-crawl", daemon=True)
        self._is_ready = threading.Event()
        self._hosts: HostsAtWork | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()
        self._is_ready.wait()

    def take(self, timeout_seconds: float | None = None) -> list[Page | Refused]:
        """What has come; waits for something. An empty list: it is over, or nothing came in time.

        Raises what ended the crawl: ArchiveError, StateError.
        """
        return self._handover.take(timeout_seconds)

    @property
    def is_over(self) -> bool:
        """Whether nothing will come any more."""
        return self._handover.is_over

    def add(self, scope: Scope, found: Sequence[Found]) -> "Future[None]":
        """Ask for more pages; to be called before `finish`. It is done when they are noted."""
        if not self._hosts:  # it failed before it began; `take` says why
            done: Future[None] = Future()
            done.set_result(None)
            return done
        return asyncio.run_coroutine_threadsafe(self._hosts.add(found, scope), self._loop)

    def finish(self) -> None:
        """Nothing will be added any more."""
        if self._hosts:
            with suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._hosts.finish)

    def stop(self) -> None:
        """End it now, if it has not ended; may be called again."""
        if self._hosts:
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._task.cancel)
        if self._thread.is_alive():
            self._thread.join()

    def _live(self) -> None:
        try:
            asyncio.run(self._main())
        except asyncio.CancelledError:
            self._handover.end()
        except BaseException as error:
            self._handover.end(_cause(error))
        else:
            self._handover.end()
        finally:
            self._is_ready.set()

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        task = asyncio.current_task()
        assert task is not None, "we are in one"
        self._task = task
        async with Clerk(self._desk.discovery, self._desk.archive, self._handover) as clerk:
            fetcher = self._desk.fetcher()
            try:
                self._hosts = HostsAtWork(self._order, clerk, fetcher, self._desk)
                self._is_ready.set()
                await self._hosts.work()
            finally:
                await fetcher.close()


def _cause(error: BaseException) -> BaseException:
    """The first error of a group: tasks that fail end their neighbours."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
