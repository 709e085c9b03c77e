"""Runs one function over many items, in worker processes; results come back as they are ready.

In: a function of a module and its items. Out: results, in no order. The Prefect flows have a mapper of their own that
makes each call a task (`flows/orchestration`); everything else is the same.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Any, Protocol, Self

from flows.workers import Workers


class Mapper(Protocol):
    """Whatever can run a function over items at once."""

    def map[Item, Result](
        self, function: Callable[[Item], Result], items: Iterable[Item], *, name: str
    ) -> Iterator[Result]:
        """The results as they are ready. Items are taken one by one, a few ahead of the work; `name` is for people."""
        ...


class ProcessMapper:
    """Worker processes on this machine."""

    def __init__(self, count: int, preload: str = "flows.warm") -> None:
        """Let `count` worker processes start when first needed, forked from one that has imported `preload`."""
        self._workers = Workers(count, preload)
        self._threads = ThreadPoolExecutor(count)  # each waits for one worker
        self._ahead = 2 * count

    def map[Item, Result](
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        *,
        name: str,  # noqa: ARG002 - a name is for the page of Prefect, which we do without
    ) -> Iterator[Result]:
        """See `Mapper.map`. Raises WorkerDied, and what the function raises."""

        def submit(count: int) -> set[Future[Result]]:
            return {self._threads.submit(self._workers.call, function, item) for item in islice(queue, count)}

        queue = iter(items)
        running = submit(self._ahead)
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= submit(len(done))
            for future in done:
                yield future.result()

    def __enter__(self) -> Self:
        """The mapper itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: Any) -> None:
        """Let the workers go; after an error without waiting for work nobody wants any more."""
        self._threads.shutdown(wait=kind is None, cancel_futures=True)
        self._workers.__exit__(kind, *rest)
