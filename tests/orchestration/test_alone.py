"""Without a server of its own: the embedded one, one that is not there, and ports that are taken."""

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import version
from pathlib import Path
from threading import Thread

import pytest
from packaging.version import Version
from project import free_port, project_environment, write_pages, write_project

from flows.parameters import IngestParameters, ReprocessParameters


def run(home: Path, port: int, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flows.command_line", *arguments],
        cwd=home,
        env=project_environment(home, port) | environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.mark.slow
def test_orchestrated_without_a_server_prefect_serves_itself(tmp_path: Path) -> None:
    home = tmp_path / "project"
    write_project(home, {}, [])
    write_pages(home / "pages", 2)
    answer = run(home, free_port(), "ingest", "pages", "--orchestrated", "--json")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["published"] == 2
    assert answer.stderr == ""
    assert (home / "prefect" / "prefect.db").exists()


def test_an_api_that_does_not_answer_is_named_with_the_cure(tmp_path: Path) -> None:
    write_project(tmp_path / "project", {}, [])
    url = f"http://127.0.0.1:{free_port()}/api"
    answer = run(tmp_path / "project", free_port(), "ingest", "pages", PREFECT_API_URL=url)
    assert answer.returncode == 3
    assert url in answer.stderr
    assert "copydesk serve" in answer.stderr
    assert "--plain" in answer.stderr


def test_a_port_taken_by_something_else_is_named_with_the_cure(tmp_path: Path) -> None:
    class SomethingElse(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"another program")

        def log_message(self, *_: object) -> None:
            pass

    write_project(tmp_path / "project", {}, [])
    with HTTPServer(("127.0.0.1", 0), SomethingElse) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        answer = run(tmp_path / "project", other.server_port, "serve")
        other.shutdown()
    assert answer.returncode == 3
    assert f"port {other.server_port} of 127.0.0.1 is taken" in answer.stderr
    assert "PREFECT_SERVER_API_PORT" in answer.stderr


def test_an_api_elsewhere_is_not_started_here(tmp_path: Path) -> None:
    write_project(tmp_path / "project", {}, [])
    answer = run(tmp_path / "project", free_port(), "serve", PREFECT_API_URL="http://prefect.invalid:4200/api")
    assert answer.returncode == 3
    assert "http://prefect.invalid:4200/api" in answer.stderr


def test_a_broken_prefect_yaml_is_named(tmp_path: Path) -> None:
    from flows.orchestration.deployments import DeploymentError, read_deployments
    from flows.settings import read_settings

    write_project(tmp_path, {}, [{"name": "x", "entrypoint": "a.b", "schedule": "daily"}])
    try:
        read_deployments(read_settings(tmp_path / "config" / "copydesk.toml"))
    except DeploymentError as error:
        assert "prefect.yaml: deployment 3: schedule" in str(error)
    else:
        raise AssertionError("accepted")


def test_the_pins_that_prefect_needs_hold() -> None:
    """With fastapi 0.151 Prefect 3.8.8 breaks; with SQLAlchemy 2.1 its scheduler stops and says nothing (measured).

    The schedule test in test_zz_at_last.py tells when a newer Prefect no longer needs them.
    """
    assert Version(version("fastapi")) < Version("0.151")
    assert Version(version("sqlalchemy")) < Version("2.1")


def test_the_flows_take_what_the_parameters_name() -> None:
    from flows.ingest import ingest
    from flows.reprocess import reprocess

    assert list(ingest.parameters.properties) == list(IngestParameters.model_fields)
    assert list(reprocess.parameters.properties) == list(ReprocessParameters.model_fields)


def test_the_plain_way_imports_no_prefect() -> None:
    code = "import sys, flows.pipeline, flows.mapper, flows.orchestration; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
