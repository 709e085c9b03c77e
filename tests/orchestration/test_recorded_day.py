"""A day of three sources through the Prefect flow, the whole group of processes killed in the middle, and run again.

The plain way, killed at more moments, is in tests/flows/test_collect_end_to_end.py.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from project import wait_until

sys.path.insert(0, str(Path(__file__).parents[1] / "flows"))  # for newspapers.py
from newspapers import Papers, Project


def start(desk: Any, project: Project) -> "subprocess.Popen[bytes]":
    """`copydesk ingest` as the flow `flows.ingest:ingest` on the server, in a group of processes of its own."""
    environment = desk.environment | {"PREFECT_API_URL": desk.api_url, "COPYDESK_CONFIG": str(project.file)}
    command = desk.command("flows.command_line", "ingest", "--orchestrated")
    with (project.home / "ingest.log").open("ab") as log:
        return subprocess.Popen(
            command, cwd=project.home, env=environment, stdout=log, stderr=log, start_new_session=True
        )


def whole_batches(project: Project) -> int:
    """Batches that are whole in staging."""
    files = project.storage.lake.glob("_staging/*/*/*.parquet")
    return len({file.parent for file in files if not file.parent.name.startswith("_")})


@pytest.mark.slow
def test_three_sources_killed_in_the_middle_are_there_once(desk: Any, tmp_path: Path) -> None:
    with Papers() as papers:
        project = Project(tmp_path / "project", papers)
        papers.hold(9)
        first = start(desk, project)
        wait_until(lambda: papers.is_holding.is_set() or None, 90, "the ninth page to be asked for")
        wait_until(lambda: whole_batches(project) or None, 60, "a batch that is whole")
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        papers.release()
        assert not list(project.storage.lake.glob("articles/**/*.parquet"))
        seen = papers.requests()

        second = start(desk, project)
        assert second.wait(180) == 0, (project.home / "ingest.log").read_text()
        assert project.problems() == []
        asked = papers.requests()
        again = [path for path, times in asked.items() if times > 1 and papers.url + path in papers.pages]
        assert len(again) <= 1
        assert asked["/robots.txt"] - seen["/robots.txt"] <= 1
