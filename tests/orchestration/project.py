"""A project in a temporary folder, with its own settings, sources, lake, Prefect home and port, and who uses it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYTHON = sys.executable

PAGE = """<!doctype html><html lang="en"><head><title>{headline}</title>
<meta property="article:published_time" content="2026-03-{day:02}T09:00:00Z"></head><body><article><h1>{headline}</h1>
<p>The harbour office of Lisbon counted {number} ships on Monday, more than in any week since the storm of January.</p>
<p>Captains waited outside the breakwater for up to nine hours, and the pilots' union asked the port of Lisbon for two
more boats. "We lack {day} people on every shift," said Teresa Prado, who leads the union.</p>
<p>Grain from Odesa and machines from Hamburg made up most of the cargo. The port hopes to clear the queue by Friday,
when number {number} on its list, a tanker from Oran, is expected at the northern quay.</p></article></body></html>"""


def write_pages(folder: Path, count: int, first: int = 0) -> None:
    folder.mkdir(parents=True)
    for number in range(first, first + count):
        page = PAGE.format(
            headline=f"Queue of ships off Lisbon, day {number}", day=number % 28 + 1, number=410 + number
        )
        (folder / f"queue-{number:03}.html").write_text(page, encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until[Value](look: Callable[[], Value | None], seconds: float, what: str) -> Value:
    give_up = time.monotonic() + seconds
    while (value := look()) is None:
        if time.monotonic() > give_up:
            pytest.fail(f"not within {seconds:.0f} seconds: {what}")
        time.sleep(0.25)
    return value


@dataclass
class Desk:
    """The served project, and what a user would do with it."""

    home: Path
    environment: dict[str, str]
    api_url: str
    log: Path
    process: subprocess.Popen[bytes]
    lonely: tuple[str, float] = ("", 0)
    """A run that was killed at the beginning and when (`time.monotonic`)."""

    @property
    def lake(self) -> Path:
        return self.home / "data" / "lake"

    def command(self, *arguments: str) -> list[str]:
        return [PYTHON, "-m", *arguments]

    def run(self, *arguments: str, seconds: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
        """One of our commands, as a user would type it in the project's folder."""
        return subprocess.run(
            self.command(*arguments),
            cwd=self.home,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def get(self, path: str) -> Any:
        return httpx.get(f"{self.api_url}{path}", timeout=60).raise_for_status().json()

    def post(self, path: str, **body: Any) -> httpx.Response:
        answer = httpx.post(f"{self.api_url}{path}", json=body, timeout=60)
        if answer.status_code == 503:  # the server's database is busy, as every client of Prefect knows
            time.sleep(2)
            return self.post(path, **body)
        return answer

    def deployment(self, name: str) -> Any:
        return self.get(f"/deployments/name/{name}")

    def start(self, deployment: str, **parameters: Any) -> str:
        """Start a run over REST; its id."""
        answer = self.post(f"/deployments/{self.deployment(deployment)['id']}/create_flow_run", parameters=parameters)
        return str(answer.raise_for_status().json()["id"])

    def flow_run(self, run_id: str) -> Any:
        return self.get(f"/flow_runs/{run_id}")

    def runs_of(self, deployment: str, **state: Any) -> list[Any]:
        wanted = {"deployments": {"id": {"any_": [self.deployment(deployment)["id"]]}}}
        if state:
            wanted["flow_runs"] = {"state": state}
        found: list[Any] = self.post("/flow_runs/filter", **wanted).raise_for_status().json()
        return found

    def ended(self, run_id: str, seconds: float = 120) -> Any:
        """The run, once it has ended."""

        def look() -> Any:
            run = self.flow_run(run_id)
            return run if run["state_type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") else None

        return wait_until(look, seconds, f"the end of run {run_id}")

    def message(self, run: Any) -> str:
        return str(self.get(f"/flow_run_states/{run['state_id']}")["message"])

    def running_pid(self, run_id: str) -> int:
        def look() -> int | None:
            run = self.flow_run(run_id)
            return int(run["infrastructure_pid"].split(":")[-1]) if run["state_type"] == "RUNNING" else None

        return wait_until(look, 60, f"run {run_id} to be running")


def project_environment(home: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "COPYDESK_"))}
    return kept | {
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_SERVER_API_PORT": str(port),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE)]),
        "PYTHONUNBUFFERED": "1",
        "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "3",
    }


def write_project(home: Path, sources: Mapping[str, Mapping[str, Any]], deployments: list[Any]) -> None:
    (home / "config" / "sources").mkdir(parents=True)
    # The gazetteer is that of the repository: building one takes a minute.
    storage = f'[storage]\ngazetteer = "{ROOT / "data" / "gazetteer"}"\n'
    (home / "config" / "copydesk.toml").write_text(f"{storage}[engine]\nworkers = 2\nbatch_size = 2\n")
    for name, source in sources.items():
        (home / "config" / "sources" / f"{name}.yaml").write_text(yaml.safe_dump(dict(source)))
    ours = yaml.safe_load((ROOT / "prefect.yaml").read_text())
    ours["deployments"] += deployments
    (home / "prefect.yaml").write_text(yaml.safe_dump(ours))


def rows(lake: Path) -> dict[str, bytes]:
    """The bytes of all tables but those that tell how long a run took."""
    files = [file for file in lake.rglob("*.parquet") if not file.name.startswith(("runs.", "_"))]
    return {str(file.relative_to(lake)): file.read_bytes() for file in files}


def descendants(pid: int) -> set[int]:
    lines = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout.splitlines()
    parents = {int(child): int(parent) for child, parent in (line.split() for line in lines)}
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family - {pid}


def alive(pid: int) -> bool:
    try:
        return (
            subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout[0] not in "Z"
        )
    except IndexError:
        return False
