"""Runs the batches of a flow as Prefect tasks, in worker processes or on a Dask cluster.

In: a function of a module and its items. Out: results as they are ready. This is the `Mapper` of a flow.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from queue import SimpleQueue
from typing import Any

from prefect import Task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.orchestration.dask import dask_runner
from flows.problem import Problem
from flows.settings import Engine
from flows.workers import WorkerDied, Workers

GIVE_UP_AFTER = 3
"""So many failed batches are no accident: nothing new is begun."""

type Wrap = Callable[[Callable[[Any], Any]], Callable[[Any], Any]]


class BatchesFailed(Problem):
    """Some batches failed, and failed again; the others are kept in staging."""

    exit_code = 3


@contextmanager
def task_mapper(engine: Engine, preload: str = "flows.warm") -> Iterator["TaskMapper"]:
    """The mapper that the settings ask for; its workers start when first needed, having imported `preload`."""
    count = engine.worker_count
    if engine.runner == "dask":
        with dask_runner(engine.dask_address, count) as (runner, count):
            yield TaskMapper(runner, ahead=2 * count)
    else:
        # One thread for each worker: it holds the task while the worker does the batch.
        with Workers(count, preload) as workers, ThreadPoolTaskRunner[Any](max_workers=count) as runner:
            yield TaskMapper(runner, ahead=2 * count, wrap=lambda function: partial(workers.call, function))


class TaskMapper:
    """Each call is a task of the current flow run, tried twice."""

    def __init__(self, runner: TaskRunner[Any], ahead: int, wrap: Wrap = lambda function: function) -> None:
        """Hand tasks to a started `runner`, at most `ahead` at once; `wrap` makes what a task calls."""
        self._runner = runner
        self._ahead = ahead
        self._wrap = wrap

    def map[Item, Result](
        self, function: Callable[[Item], Result], items: Iterable[Item], *, name: str
    ) -> Iterator[Result]:
        """See `flows.mapper.Mapper.map`.

        A batch that fails twice does not stop the others; after them all, BatchesFailed says what went wrong. A Problem
        (no space, no permission) is raised at once: no batch would fare better.
        """
        step = _as_task(self._wrap(function), name)
        queue = iter(items)
        done: SimpleQueue[PrefectFuture[Result]] = SimpleQueue()
        failures: list[Exception] = []

        def submit(count: int) -> int:
            chosen = list(islice(queue, count)) if len(failures) < GIVE_UP_AFTER else []
            for item in chosen:
                self._runner.submit(step, {"item": item}).add_done_callback(done.put)
            return len(chosen)

        running = submit(self._ahead)
        while running:
            future = done.get()
            try:
                result = future.result()
            except Exception as error:
                if not _may_be_retried(error):
                    raise
                failures.append(error)
            else:
                yield result
            running += submit(1) - 1
        if failures:
            raise BatchesFailed(_explain(failures, name)) from failures[0]


def _as_task(function: Callable[[Any], Any], name: str) -> Task[Any, Any]:
    def step(item: Any) -> Any:
        return function(item)

    return Task(
        step,
        name=name,
        retries=1,
        retry_delay_seconds=1,
        retry_condition_fn=_failed_by_chance,
        cache_policy=NO_CACHE,
        persist_result=False,
    )


def _failed_by_chance(_task: Task[Any, Any], _run: TaskRun, state: State[Any]) -> bool:
    error = state.result(raise_on_failure=False)
    return not isinstance(error, Exception) or _may_be_retried(error)


def _may_be_retried(error: Exception) -> bool:
    # Any other Problem waits for the user: trying again would only say it twice.
    return isinstance(error, WorkerDied) or not isinstance(error, Problem)


def _explain(failures: list[Exception], name: str) -> str:
    first = failures[0]
    what = f"{type(first).__name__}: {first}"
    count = "one batch" if len(failures) == 1 else f"{len(failures)} batches"
    return (
        f"{count} of “{name}” failed twice ({what}). What was finished is kept in staging and nothing was published: "
        "mend the cause and run the same again, it goes on from there"
    )
