"""What takes its time, and has had it while the other tests ran: a schedule that fires, a silent run, the end."""

import signal
from datetime import datetime
from typing import Any

import httpx
import pytest
from project import alive, descendants, wait_until


def test_a_cron_schedule_fires_and_the_run_takes_in_its_source(desk: Any) -> None:
    def look() -> Any:
        done = desk.runs_of("ingest/wire", type={"any_": ["COMPLETED", "FAILED", "CRASHED"]})
        return [run for run in done if run["auto_scheduled"]] or None

    runs = wait_until(look, 150, "a run that the schedule started")
    assert {run["state_type"] for run in runs} == {"COMPLETED"}
    messages = [desk.message(run) for run in runs]
    assert sum("1 published" in message for message in messages) == 1
    assert all("1 published" in message or "1 already there" in message for message in messages)


def test_a_run_that_is_silent_for_ninety_seconds_is_marked_dead(desk: Any) -> None:
    run_id, _ = desk.lonely
    run = desk.ended(run_id, 130)
    assert run["state_type"] == "CRASHED"
    assert "No heartbeat for 90 seconds" in desk.message(run)
    lasted = datetime.fromisoformat(run["end_time"]) - datetime.fromisoformat(run["start_time"])
    assert 90 <= lasted.total_seconds() <= 130


def test_a_run_that_ended_with_warnings_is_not_taken_for_dead(desk: Any) -> None:
    runs = [run for run in desk.runs_of("ingest/all-sources") if run["parameters"].get("sources") == ["bare"]]
    assert {run["state_name"] for run in runs} <= {"CompletedWithWarnings"}


def test_serve_stops_on_sigterm_and_leaves_nobody_behind(desk: Any) -> None:
    family = descendants(desk.process.pid)
    assert len(family) >= 2
    desk.process.send_signal(signal.SIGTERM)
    assert desk.process.wait(60) == 0
    assert [one for one in family if alive(one)] == []
    with pytest.raises(httpx.ConnectError):
        desk.get("/health")
