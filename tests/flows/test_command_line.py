"""The command as a user runs it: a process of its own, its output, its exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.settings import Settings

COPYDESK = Path(sys.executable).with_name("copydesk")
STORY = """Ferry service resumes on Lake Victoria

KISUMU, Kenya — Ferries began to run again on Sunday after a strike of nine days. At least 2,300 passengers had been
stranded on the islands, the operator said.
"""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "ferry.txt").write_text(STORY)
    return folder


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    return {**os.environ, "COPYDESK_CONFIG": str(settings.file), "COLUMNS": "100", "PREFECT_API_URL": ""}


def run(environment: dict[str, str], *words: str | Path, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COPYDESK, *map(str, words)], env=environment, input=given, capture_output=True, text=True, timeout=120
    )


def test_help_on_everything(environment: dict[str, str]) -> None:
    commands = ("ingest", "extract", "annotate", "verify", "sql", "tables", "sources", "serve", "reprocess", "show")
    listed = run(environment, "--help").stdout
    assert all(command in listed for command in commands)
    for command in commands:
        done = run(environment, command, "--help")
        assert done.returncode == 0
        assert "Usage: copydesk" in done.stdout


def test_from_news_to_answers(environment: dict[str, str], inbox: Path) -> None:
    done = run(environment, "ingest", "--plain", inbox)
    assert done.returncode == 0, done.stderr
    assert "1 came in: 1 published, 0 rejected" in done.stdout
    assert "copydesk sql" in done.stdout
    assert done.stderr == ""  # no bar where nobody looks

    again = json.loads(run(environment, "ingest", "--plain", "--json", inbox).stdout)
    assert (again["published"], again["unchanged"]) == (0, 1)

    assert run(environment, "verify").returncode == 0
    assert json.loads(run(environment, "verify", "--json").stdout)["problems"] == []

    answer = json.loads(
        run(environment, "sql", "--json", "select text, low from quantities where low is not null").stdout
    )
    assert {"text": "At least 2,300", "low": 2300.0} in answer

    counts = {table["name"]: table["rows"] for table in json.loads(run(environment, "tables", "--json").stdout)}
    assert counts["articles"] == 1
    assert counts["claims"] == 0

    mistaken = run(environment, "sql", "select * from artcles")
    assert (mistaken.returncode, "articles" in mistaken.stderr) == (2, True)
    unknown = run(environment, "show", "something nobody wrote")
    assert (unknown.returncode, "something nobody wrote" in unknown.stderr) == (2, True)

    shown = run(environment, "show", "ferry service")
    assert "Lake Victoria" in shown.stdout
    assert run(environment, "show", "--raw", "ferry service").stdout == STORY

    reprocessed = run(environment, "reprocess", "--plain", "--json", "--from", "2000-01-01", "--to", "2100-01-01")
    assert json.loads(reprocessed.stdout)["published"] == 1


def test_annotate_reads_and_writes_pipes(environment: dict[str, str]) -> None:
    lines = [
        json.dumps({"id": "a", "text": "At least 12 people fled on Sunday.", "published_at": "2026-11-17"}),
        "{broken",
        json.dumps({"id": "c", "published_at": None}),
        json.dumps({"id": "d", "text": "No day.", "published_at": "soon"}),
    ]
    done = run(environment, "annotate", "-", "-", given="\n".join(lines))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows[0]["quantities"][0]["low"] == 12
    assert rows[0]["dates"][0]["value"] == "2026-11-15"
    assert set(rows[0]) == {"id", "sentences", "dates", "quantities", "mentions", "statements", "claims"}
    assert rows[1]["error"].startswith("line 2: not JSON")
    assert rows[2] == {"id": "c", "error": 'line 3: "text" is missing'}
    assert rows[3]["error"].startswith('line 4: "published_at" is not an ISO 8601')
    assert done.returncode == 1
    assert "3 lines could not be used" in done.stderr


def test_extract_names_what_is_wrong_with_a_page(environment: dict[str, str], tmp_path: Path) -> None:
    page = "<html><body><article><h1>Ferry service resumes</h1>" + "<p>" + STORY.split("\n\n")[1] * 3 + "</p></article>"
    (tmp_path / "page.html").write_text(page)
    (tmp_path / "in.jsonl").write_text(
        json.dumps({"id": 1, "html_path": "page.html", "url": "https://ferry.example/a"})
        + "\n"
        + json.dumps({"id": 2, "html_path": "gone.html", "url": None})
        + "\n"
    )
    assert run(environment, "extract", tmp_path / "in.jsonl", tmp_path / "out.jsonl").returncode == 0
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert rows[0]["text"].startswith("KISUMU")
    assert rows[0]["error"] is None
    assert "gone.html" in rows[1]["error"]
    assert set(rows[0]) == {
        *("id", "title", "authors", "published_at", "published_precision", "language", "text", "error")
    }


@pytest.mark.parametrize(
    ("words", "exit_code", "told"),
    [
        (("ingest", "--plain", "nowhere/at/all"), 2, "nowhere/at/all"),
        (("ingest", "--plain", "--since", "soon"), 2, "soon"),
        (("sql", "select * from articles"), 2, "copydesk ingest"),
        (("tables", "artcles"), 2, "there is no table artcles"),
        (("show", "anything"), 2, "copydesk ingest"),
        (("reprocess", "--plain", "--from", "2026-02-02", "--to", "2026-02-01"), 2, "2026-02-01 lies before"),
        (("annotate", "nowhere.jsonl", "-"), 2, "nowhere.jsonl: cannot be read"),
        (("frobnicate",), 2, "frobnicate"),
    ],
)
def test_a_mistake_is_named_without_a_traceback(
    environment: dict[str, str], words: tuple[str, ...], exit_code: int, told: str
) -> None:
    done = run(environment, *words)
    assert done.returncode == exit_code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(
    environment: dict[str, str], inbox: Path, settings: Settings
) -> None:
    for number in range(300):
        (inbox / f"{number}.txt").write_text(STORY.replace("nine", f"{number} and nine"))
    going = subprocess.Popen(
        [COPYDESK, "ingest", "--plain", inbox], env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 60
    while not settings.storage.raw.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    going.send_signal(signal.SIGINT)
    _, told = going.communicate(timeout=60)
    assert going.returncode == 130
    assert b"Traceback" not in told
    receipt = json.loads(run(environment, "ingest", "--plain", "--json", inbox).stdout)
    assert receipt["came_in"] == 301
    assert receipt["published"] + receipt["unchanged"] == 301
    assert run(environment, "verify").returncode == 0
