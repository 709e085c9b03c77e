"""Large files of the web for synchronous callers; the event loop runs in a thread of its own.

In: an `Errand`. Out: the file's bytes, a piece at a time.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any, Protocol

from flows.collect.archive.archive import Archive
from flows.collect.client.exchange import Errand
from flows.collect.client.fetcher import Fetcher
from flows.collect.client.hosts import HostMemory
from flows.settings import Politeness


class Run(Protocol):
    """Runs a coroutine in the loop of another thread and waits for what it returns."""

    def __call__[T](self, work: Coroutine[Any, Any, T]) -> T: ...  # noqa: D102


def stream_blocking(
    errand: Errand,
    politeness: Politeness,
    archive: Archive,
    memory: HostMemory | None = None,
    *,
    make_fetcher: Callable[..., Fetcher] = Fetcher,
) -> Iterator[bytes]:
    """The bytes of a large file as `Fetcher.stream` gives them; close the iterator to leave the rest.

    The archive takes the robots.txt. Raises NoContact, StreamFailed, ArchiveError and StateError.
    """
    with _loop_in_thread() as run:
        fetcher = make_fetcher(politeness, archive, memory)
        pieces = fetcher.stream(errand)
        try:
            while piece := run(_next(pieces)):
                yield piece
        finally:
            run(_close(pieces, fetcher))


async def _next(pieces: AsyncGenerator[bytes]) -> bytes:
    return await anext(pieces, b"")


async def _close(pieces: AsyncGenerator[bytes], fetcher: Fetcher) -> None:
    await pieces.aclose()
    await fetcher.close()


@contextmanager
def _loop_in_thread() -> Iterator[Run]:
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="copydesk-stream", daemon=True)
    thread.start()

    def run[T](work: Coroutine[Any, Any, T]) -> T:
        future = asyncio.run_coroutine_threadsafe(work, loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()  # of a caller who is interrupted
            raise

    try:
        yield run
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
