"""Connects a flow to Dask: the cluster that the settings name, or one on this machine.

In: an address. Out: a started task runner and the number of its workers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from prefect.task_runners import TaskRunner

from flows.problem import Problem

CONNECT_SECONDS = 20


class DaskUnavailable(Problem):
    """Dask is wanted and cannot be had; the message says what is missing."""

    exit_code = 3


@contextmanager
def dask_runner(
    address: str, workers: int, timeout_seconds: float = CONNECT_SECONDS
) -> Iterator[tuple[TaskRunner[Any], int]]:
    """A task runner on the cluster at `address` ("tcp://10.0.0.5:8786"), or on `workers` local processes.

    The workers of a cluster need copydesk installed, the archive and the lake under the same paths, and a Prefect API
    that they can reach. Raises DaskUnavailable.
    """
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        raise DaskUnavailable(
            'engine.runner is "dask", but Dask is not installed: install copydesk[dask], or set runner = "processes" '
            "in config/copydesk.toml"
        ) from None
    if not address:
        local = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
        with DaskTaskRunner(cluster_kwargs=local) as runner:
            yield runner, workers
        return
    count = _count_workers(address, timeout_seconds)
    with DaskTaskRunner(address=address) as runner:
        yield runner, count


def _count_workers(address: str, timeout_seconds: float) -> int:
    from distributed import Client

    try:
        with Client(address, timeout=timeout_seconds, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            count: int = sum(client.nthreads().values())
    except (OSError, ValueError) as error:
        raise DaskUnavailable(
            f"no Dask scheduler answers at {address} ({error}); start one with `dask scheduler`, or set "
            "engine.dask_address in config/copydesk.toml"
        ) from None
    if not count:
        raise DaskUnavailable(f"the Dask scheduler at {address} has no workers; start some: `dask worker {address}`")
    return count
