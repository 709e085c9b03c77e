"""Runs on the real server: by hand over REST and from the command line, in turn, with what the page shows."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from project import rows, wait_until


def test_serve_says_what_it_deployed_and_where_the_page_is(desk: Any) -> None:
    log = desk.log.read_text()
    assert desk.api_url.removesuffix("/api") in log
    for name in ("ingest/all-sources", "reprocess/days", "ingest/ships", "ingest/wire"):
        assert name in log
    assert "asleep" not in log


def test_serving_twice_is_serving_once(desk: Any) -> None:
    again = desk.run("flows.command_line", "serve")
    assert (again.returncode, again.stderr) == (0, "")
    assert "at work already" in again.stdout
    assert desk.process.poll() is None


def test_a_source_with_a_schedule_is_a_deployment(desk: Any) -> None:
    deployment = desk.deployment("ingest/ships")
    schedule = deployment["schedules"][0]["schedule"]
    assert (schedule["cron"], schedule["timezone"]) == ("30 4 * * *", "Europe/Lisbon")
    assert deployment["parameters"] == {"sources": ["ships"]}
    assert deployment["concurrency_options"]["collision_strategy"] == "ENQUEUE"


@pytest.fixture(scope="module")
def by_rest(desk: Any) -> Any:
    """A run that REST started, ended."""
    return desk.ended(desk.start("ingest/all-sources", sources=["ships"], lake="data/rest"))


@pytest.mark.slow
def test_started_over_rest_from_the_command_line_and_plainly_the_rows_are_the_same(desk: Any, by_rest: Any) -> None:
    assert by_rest["state_type"] == "COMPLETED"
    command = ["prefect", "deployment", "run", "ingest/all-sources", "--watch"]
    parameters = ["-p", 'sources=["ships"]', "-p", "lake=data/deployment"]
    by_deployment = desk.run(*command, *parameters, PREFECT_API_URL=desk.api_url)
    ingest = ["flows.command_line", "ingest", "ships", "--json", "--lake"]
    plain = desk.run(*ingest, "data/plain", "--plain")
    flow = desk.run(*ingest, "data/flow", PREFECT_API_URL=desk.api_url)
    for answer in (by_deployment, plain, flow):
        assert answer.returncode == 0, answer.stderr
    assert json.loads(plain.stdout)["published"] == json.loads(flow.stdout)["published"] == 6
    lakes = [rows(desk.home / "data" / name) for name in ("plain", "rest", "deployment", "flow")]
    assert len(lakes[0]) > 3
    assert lakes == [lakes[0]] * 4


def test_the_page_of_a_run_shows_sources_rows_rejects_and_a_summary(desk: Any, by_rest: Any) -> None:
    assert desk.message(by_rest).startswith("7 came in: 6 published, 1 rejected, 0 already there")
    wanted = {"flow_run_id": {"any_": [by_rest["id"]]}}
    found = desk.post("/artifacts/filter", artifacts=wanted).json()
    tables = {artifact["key"]: json.loads(artifact["data"]) for artifact in found}
    ships = {"source": "ships", "came_in": 7, "published": 6, "rejected": 1, "unchanged": 0}
    assert tables["copydesk-sources"] == [ships]
    assert {"what": "rows of articles", "count": 6} in tables["copydesk-rows"]
    assert {"what": "rejected: empty", "count": 1} in tables["copydesk-rows"]
    assert [reject["reason"] for reject in tables["copydesk-rejects"]] == ["empty"]


def test_a_source_that_is_not_well_makes_a_state_of_its_own_and_an_event(desk: Any) -> None:
    run = desk.ended(desk.start("ingest/all-sources", sources=["bare"], lake="data/bare"))
    assert (run["state_type"], run["state_name"]) == ("COMPLETED", "CompletedWithWarnings")
    assert "1 warning: nothing of bare could be published" in desk.message(run)
    wanted = {"event": {"name": ["copydesk.source.nothing"]}}

    def heard() -> Any:
        return desk.post("/events/filter", filter=wanted).json()["events"] or None

    (event,) = wait_until(heard, 30, "the event")
    assert event["resource"]["prefect.resource.id"] == "copydesk.source.bare"
    assert event["payload"]["message"].startswith("nothing of bare")
    assert f"prefect.flow-run.{run['id']}" in {one["prefect.resource.id"] for one in event["related"]}


def test_two_runs_of_one_deployment_do_not_overlap(desk: Any, tmp_path: Path) -> None:
    runs = [desk.start("slow/slow", folder=str(tmp_path), pieces=2, seconds=3) for _ in range(2)]
    assert [desk.ended(run)["state_type"] for run in runs] == ["COMPLETED", "COMPLETED"]
    times = sorted(tuple(map(float, file.read_text().split())) for file in tmp_path.iterdir())
    assert len(times) == 4
    assert max(end for _, end in times[:2]) < min(start for start, _ in times[2:])


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"since": 5}, "since"),
        ({"sources": "ships"}, "sources"),
        ({"sauces": ["ships"]}, "sauces"),
    ],
)
def test_parameters_of_the_wrong_shape_are_refused_at_once(desk: Any, parameters: Any, named: str) -> None:
    deployment = desk.deployment("ingest/all-sources")["id"]
    answer = desk.post(f"/deployments/{deployment}/create_flow_run", parameters=parameters)
    assert answer.status_code == 409
    assert named in answer.json()["detail"]


@pytest.mark.parametrize(
    ("deployment", "parameters", "message"),
    [
        ("ingest/all-sources", {"since": "Tuesday"}, "since.*valid date"),
        ("ingest/all-sources", {"sources": ["shipz"]}, "shipz"),
        ("reprocess/days", {"start": "2026-03-02", "end": "2026-03-01"}, "end 2026-03-01 lies before start"),
    ],
)
def test_parameters_that_make_no_sense_fail_the_run_with_a_sentence(
    desk: Any, deployment: str, parameters: Any, message: str
) -> None:
    run = desk.ended(desk.start(deployment, **parameters))
    assert run["state_type"] == "FAILED"
    assert re.search(message, desk.message(run), re.DOTALL)
