"""The same flow on a Dask cluster: a scheduler and two workers of their own, over TCP."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from marks import Piece, mark
from project import PYTHON, free_port, rows, wait_until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster(desk: Any) -> Iterator[str]:
    """The scheduler's address."""
    address = f"tcp://127.0.0.1:{free_port()}"
    environment = desk.environment | {"PREFECT_API_URL": desk.api_url}
    quiet: dict[str, Any] = {"cwd": desk.home, "env": environment, "stderr": subprocess.DEVNULL}
    host, port = address.removeprefix("tcp://").split(":")
    scheduler = [PYTHON, "-m", "distributed.cli.dask_scheduler", "--host", host, "--port", port, "--no-dashboard"]
    worker = [PYTHON, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    processes = [subprocess.Popen(scheduler, **quiet), *(subprocess.Popen(worker, **quiet) for _ in range(2))]
    try:
        wait_until(lambda: _workers(address), 40, "two Dask workers")
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _workers(address: str) -> bool | None:
    from distributed import Client

    try:
        with Client(address, timeout=5, set_as_default=False) as client:
            return len(client.nthreads()) == 2 or None
    except OSError:
        return None


def test_batches_run_on_both_workers(desk: Any, cluster: str, tmp_path: Path) -> None:
    from prefect import flow
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.orchestration.tasks import task_mapper
    from flows.settings import Engine

    @flow(name="test-dask")
    def run() -> list[int]:
        pieces = [Piece(tmp_path, number, 0.2) for number in range(8)]
        with task_mapper(Engine(runner="dask", dask_address=cluster)) as mapper:
            return sorted(mapper.map(mark, pieces, name="mark"))

    with temporary_settings({PREFECT_API_URL: desk.api_url}):
        assert run() == [*range(8)]
    processes = {file.suffix for file in tmp_path.iterdir()}
    assert len(processes) == 2


def test_dask_gives_the_same_rows_as_processes(desk: Any, cluster: str) -> None:
    on_dask = {"COPYDESK_ENGINE__RUNNER": "dask", "COPYDESK_ENGINE__DASK_ADDRESS": cluster}
    command = ["flows.command_line", "ingest", "ships", "--lake"]
    dask = desk.run(*command, "data/dask", "--orchestrated", PREFECT_API_URL=desk.api_url, **on_dask)
    assert dask.returncode == 0, dask.stderr
    processes = desk.run(*command, "data/processes", "--plain")
    assert processes.returncode == 0, processes.stderr
    assert len(rows(desk.home / "data" / "dask")) > 3
    assert rows(desk.home / "data" / "dask") == rows(desk.home / "data" / "processes")


def test_a_scheduler_that_is_not_there_is_named_with_the_cure() -> None:
    from flows.orchestration.dask import DaskUnavailable, dask_runner

    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(DaskUnavailable, match=f"no Dask scheduler answers at {address}"), dask_runner(address, 2, 1):
        pass
