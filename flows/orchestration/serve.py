"""`copydesk serve`: starts what is missing, says where the page is, and stops it all again.

In: settings. Out: a Prefect server (unless one answers already), deployments with their schedules, and a worker.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from filelock import FileLock, Timeout

from flows.orchestration.environment import prepare
from flows.orchestration.server import answers, api_address, start_server
from flows.problem import Problem
from flows.settings import Settings

SIDE_BY_SIDE = 2
"""Runs at once, of different deployments: a long reprocess must not keep the hourly ingest waiting."""

STOP_SECONDS = 45
"""How long a run may take to end when it is told to; Prefect gives it 30 seconds."""


class Stopped(Problem):
    """One of our processes ended by itself."""

    exit_code = 3


def serve(settings: Settings) -> None:
    """Serve until Ctrl-C or SIGTERM. When this project is served already, only say where. Raises Problem."""
    prepare()
    # It warns of each automation that comes too late for a run that has ended.
    os.environ.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "ERROR")
    if settings.file:
        os.environ["COPYDESK_CONFIG"] = str(settings.file)
    settings.storage.state.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.storage.state.with_name("serve.lock"))
    try:
        with lock.acquire(timeout=0):
            _serve(settings)
    except Timeout:
        print(f"copydesk serve is at work already for {settings.home}: {_page(api_address())}")


def _serve(settings: Settings) -> None:
    api_url = api_address()
    os.environ["PREFECT_API_URL"] = api_url
    processes: dict[str, subprocess.Popen[bytes]] = {}
    with _stopping(processes):
        if not answers(api_url):
            print(f"starting the Prefect server at {api_url} …", flush=True)
            processes["server"] = start_server(api_url)
        names = _deploy(settings, api_url)
        processes["worker"] = _start_worker()
        _greet(api_url, names)
        _wait(processes)


def _deploy(settings: Settings, api_url: str) -> list[str]:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.orchestration.deployments import apply, read_deployments
    from flows.orchestration.heartbeat import watch_heartbeats

    # Prefect read its settings before the address was known.
    with temporary_settings({PREFECT_API_URL: api_url}):
        names = apply(settings, read_deployments(settings))
        watch_heartbeats()
    return names


def _start_worker() -> subprocess.Popen[bytes]:
    from flows.orchestration.deployments import POOL

    name = f"copydesk on {socket.gethostname()}"
    options = ["--pool", POOL, "--type", "process", "--name", name, "--limit", str(SIDE_BY_SIDE)]
    command = [sys.executable, "-m", "prefect", "worker", "start", *options, "--install-policy", "never"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)


def _greet(api_url: str, names: list[str]) -> None:
    print(f"the Prefect page:  {_page(api_url)}")
    for name in names:
        print(f"  deployment       {name}")
    print(f"start one by hand: PREFECT_API_URL={api_url} prefect deployment run {names[0]}")
    print("stop with Ctrl-C", flush=True)


def _page(api_url: str) -> str:
    return api_url.removesuffix("/api")


def _wait(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                raise Stopped(f"the Prefect {name} ended by itself (code {process.returncode}); what it wrote is above")
        time.sleep(0.5)


@contextmanager
def _stopping(processes: dict[str, subprocess.Popen[bytes]]) -> Iterator[None]:
    """Whatever happens within: afterwards the worker, then the server, are gone."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        print("stopping …", flush=True)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for process in reversed(processes.values()):
            _end(process)
        signal.signal(signal.SIGTERM, before)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
