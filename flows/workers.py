"""Worker processes that outlive a dead colleague but never their own master.

In: calls of module functions. Out: their results. Workers are forked from a process that has loaded what all of them
need and knows nothing of Prefect: to load the model once and fork is faster and smaller than to load it in each.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from typing import Any, Self

from flows.problem import Problem


class WorkerDied(Problem):
    """A worker process ended without an answer."""

    exit_code = 3


class Workers:
    """A pool of processes that is replaced when one of them dies, so that the next call finds a whole one."""

    def __init__(self, count: int, preload: str) -> None:
        """Let `count` processes start when first needed, forked from one that has imported `preload`."""
        self._count = count
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload([preload])
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def call[Item, Result](self, function: Callable[[Item], Result], item: Item) -> Result:
        """`function(item)`, computed by a worker. Raises WorkerDied, and what the function raises."""
        with self._lock:
            pool = self._pool = self._pool or self._start()
            with _nameless_main():
                future = pool.submit(function, item)
        try:
            return future.result()
        except BrokenProcessPool:
            self._forget(pool)
            raise WorkerDied(
                "a worker process died, perhaps for want of memory. What was finished is kept: run the same again, "
                "with fewer workers or a smaller batch_size in config/copydesk.toml if it dies again"
            ) from None

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._count, mp_context=self._context, initializer=_begin_work)

    def _forget(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is broken:
                self._pool = None

    def __enter__(self) -> Self:
        """The workers themselves."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: Any) -> None:
        """Let the workers go; after an error without waiting for work nobody wants any more."""
        if not self._pool:
            return
        self._pool.shutdown(wait=kind is None, cancel_futures=True)
        if kind is not None:
            for worker in active_children():
                worker.terminate()


def _begin_work() -> None:
    # Ctrl-C reaches the whole group of processes; the master decides what it means for us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def end_with_parent() -> None:
    """Make this worker end when the process it works for is gone.

    A pool's workers do not notice that their master was killed: they would wait for ever, and a batch at work would go
    on writing beside the run that finishes it.
    """

    def watch() -> None:
        master = parent_process()
        if master:
            master.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _nameless_main() -> Iterator[None]:
    """Keep new workers from importing our main module, which would bring in all of Prefect for nothing."""
    main = sys.modules["__main__"]
    hidden: dict[str, Any] = {name: vars(main).pop(name) for name in ("__spec__", "__file__") if name in vars(main)}
    main.__spec__ = None
    try:
        yield
    finally:
        vars(main).update(hidden)
