"""One project, served for real by `copydesk serve`, for all tests of this folder."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for project.py, marks.py and newsroom.py
# Before anything imports Prefect, which reads its settings then.
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ["DO_NOT_TRACK"] = "1"

from project import PYTHON, Desk, free_port, project_environment, wait_until, write_pages, write_project


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("project")
    sources = {
        "ships": {"paths": ["pages/ships"], "schedule": "30 4 * * *", "timezone": "Europe/Lisbon"},
        "wire": {"paths": ["pages/wire"], "schedule": "*/2 * * * *"},
        "bare": {"paths": ["pages/bare"], "enabled": False},
        "asleep": {"paths": ["pages/wire"], "schedule": "* * * * *", "enabled": False},
    }
    one_at_a_time = {"limit": 1, "collision_strategy": "ENQUEUE"}
    slow = {"name": "slow", "entrypoint": "newsroom.slow", "concurrency_limit": one_at_a_time}
    write_project(home, sources, [slow])
    write_pages(home / "pages" / "ships", 6)
    (home / "pages" / "ships" / "empty.html").touch()
    write_pages(home / "pages" / "wire", 1, first=100)
    (home / "pages" / "bare").mkdir()
    (home / "pages" / "bare" / "empty.html").touch()
    port = free_port()
    environment = project_environment(home, port)
    log = home / "serve.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [PYTHON, "-m", "flows.command_line", "serve"],
            cwd=home,
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    served = Desk(home, environment, f"http://127.0.0.1:{port}/api", log, process)
    try:
        wait_until(lambda: _ready(served), 150, "copydesk serve to be ready")
        served.lonely = _lonely_run(served)
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        finally:
            process.kill()


def _ready(desk: Desk) -> bool | None:
    text = desk.log.read_text()
    if desk.process.poll() is not None:
        pytest.fail(f"copydesk serve ended:\n{text}")
    return True if "stop with Ctrl-C" in text else None


def _lonely_run(desk: Desk) -> tuple[str, float]:
    """A run whose process nobody watches, killed after its first heartbeat: only its silence will tell. Id and time."""
    folder = desk.home / "lonely"
    folder.mkdir()
    code = (
        "from newsroom import slow; from prefect import tags\n"
        f"with tags('copydesk'): slow(folder={str(folder)!r}, pieces=1, seconds=600)"
    )
    process = subprocess.Popen([PYTHON, "-c", code], env=desk.environment | {"PREFECT_API_URL": desk.api_url})
    heartbeats = {"event": {"name": ["prefect.flow-run.heartbeat"]}}

    def heard() -> str | None:
        for event in desk.post("/events/filter", filter=heartbeats).json()["events"]:
            run_id = str(event["resource"]["prefect.resource.id"].removeprefix("prefect.flow-run."))
            if desk.flow_run(run_id)["deployment_id"] is None:
                return run_id
        return None

    try:
        return wait_until(heard, 60, "a first heartbeat"), time.monotonic()
    finally:
        process.kill()
        process.wait()
