"""Runs one function over many items, in worker processes; results come back as they are ready.

In: a function of a module and its items. Out: results, in no order. The Prefect flows have a mapper of their own that
makes each call a task (`flows/orchestration`); everything else is the same.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import Any, Protocol, Self

from flows.problem import Problem


class WorkerDied(Problem):
    """A worker process ended without an answer."""

    exit_code = 3


class Mapper(Protocol):
    """Whatever can run a function over items at once."""

    def map[Item, Result](
        self, function: Callable[[Item], Result], items: Iterable[Item], *, name: str
    ) -> Iterator[Result]:
        """The results as they are ready. Items are taken one by one, a few ahead of the work; `name` is for people."""
        ...


class ProcessMapper:
    """Worker processes on this machine."""

    def __init__(self, workers: int, preload: str = "flows.warm") -> None:
        """Start `workers` processes when first needed; all are forked from one that has imported `preload`.

        Loading the model once and forking is both faster and smaller than loading it in each worker.
        """
        context = get_context("forkserver")
        context.set_forkserver_preload([preload])
        self._pool = ProcessPoolExecutor(workers, mp_context=context)
        self._ahead = 2 * workers

    def map[Item, Result](
        self, function: Callable[[Item], Result], items: Iterable[Item], *, name: str
    ) -> Iterator[Result]:
        """See `Mapper.map`. Raises WorkerDied, and what the function raises."""
        queue = iter(items)
        running: set[Future[Result]] = {self._pool.submit(function, item) for item in islice(queue, self._ahead)}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {self._pool.submit(function, item) for item in islice(queue, len(done))}
            for future in done:
                yield _result(future, name)

    def __enter__(self) -> Self:
        """The mapper itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: Any) -> None:
        """Let the workers go; after an error without waiting for work nobody wants any more."""
        self._pool.shutdown(wait=kind is None, cancel_futures=True)


def _result[Result](future: Future[Result], name: str) -> Result:
    try:
        return future.result()
    except BrokenProcessPool:
        raise WorkerDied(
            f"a worker process died during “{name}”, perhaps for want of memory. What was finished is kept: run the "
            "same command again, with fewer workers or a smaller batch_size in config/copydesk.toml if it dies again."
        ) from None
