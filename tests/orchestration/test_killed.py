"""Runs that die: marked dead, by the worker or, when that is gone too, for want of heartbeats; the next run goes on."""

import os
import signal
from typing import Any

import pytest
from project import alive, descendants, wait_until, write_pages


@pytest.mark.slow
def test_a_killed_run_is_marked_dead_and_the_next_one_finishes_its_work(desk: Any) -> None:
    write_pages(desk.home / "pages" / "many", 24, first=200)
    lake = desk.home / "data" / "killed"
    asked = {"sources": ["pages/many"], "lake": "data/killed"}
    run = desk.start("ingest/all-sources", **asked)
    pid = desk.running_pid(run)
    done = wait_until(lambda: finished(lake) or None, 90, "a first finished batch")
    os.kill(pid, signal.SIGKILL)
    killed = desk.ended(run, 30)
    assert killed["state_type"] == "CRASHED"
    assert not list(lake.glob("articles/**/*.parquet"))
    assert done < 12

    second = desk.ended(desk.start("ingest/all-sources", **asked))
    assert second["state_type"] == "COMPLETED"
    assert "24 came in: 24 published" in desk.message(second)
    verified = desk.run("flows.command_line", "verify", "--lake", str(lake))
    assert verified.returncode == 0, verified.stdout

    # The same lake as without any accident.
    plain = desk.run("flows.command_line", "ingest", "pages/many", "--lake", "data/unharmed", "--plain")
    assert plain.returncode == 0, plain.stderr
    assert articles(desk.home / "data" / "unharmed") == articles(lake)


def finished(lake: Any) -> int:
    """Batches that are whole in staging."""
    return len({file.parent for file in lake.glob("_staging/*/*/*.parquet") if not file.parent.name.startswith("_")})


def articles(lake: Any) -> dict[str, bytes]:
    return {str(file.relative_to(lake)): file.read_bytes() for file in lake.glob("articles/**/*.parquet")}


def test_the_workers_of_a_killed_run_end_with_it(desk: Any, tmp_path: Any) -> None:
    run = desk.start("slow/slow", folder=str(tmp_path), pieces=8, seconds=4)
    pid = desk.running_pid(run)
    wait_until(lambda: True if len(descendants(pid)) >= 3 else None, 30, "two workers and their forkserver")
    family = descendants(pid)
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: None if any(alive(one) for one in family) else True, 10, f"the end of {family}")
    assert desk.ended(run, 30)["state_type"] == "CRASHED"
