"""What `copydesk sources` shows: each kind of source, what it brought today, and which are not well."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.collect.discovery.discovery import Discovery
from flows.collect.discovery.known_page import Visit
from flows.publish.layout import open_lake
from flows.publish.rows import publish_rows
from flows.settings import Settings
from flows.sources.table import print_sources
from transforms.tables import ARTICLES, SOURCE_HEALTH

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HOUR = timedelta(hours=1)
FILES = {
    "clips": "paths: [clips]",
    "crawl": "warcs: [a.warc.gz]\nenabled: false",
    "gazette": "feeds: [https://g.example/rss]\narticles_per_day: {at_least: 40, at_most: 600}\nschedule: '10 * * * *'",
    "herald": "sitemaps: [https://h.example/s.xml]\nsilent_after: 6h",
    "mirror": "sections: [https://m.example/world]",
    "pages": "urls: [https://p.example/a]",
    "wire": "feeds: [https://w.example/rss]",
}


@pytest.fixture
def desk(settings: Settings) -> Settings:
    """Seven sources, a lake with what three of them brought, and a diary of visits to a fourth."""
    settings.sources.mkdir()
    for name, text in FILES.items():
        (settings.sources / f"{name}.yaml").write_text(text)
    lake = settings.storage.lake
    open_lake(lake)
    counts = dict.fromkeys(SOURCE_HEALTH.schema.names, 0) | {"expected_at_least": None, "median_delay_seconds": None}
    rows = [
        {"source": "clips", "day": TODAY - timedelta(days=9), "seen": 4, "published": 4, "new": 4},
        {"source": "gazette", "day": TODAY - timedelta(days=2), "seen": 1, "published": 1, "new": 1},
        {"source": "gazette", "day": TODAY - timedelta(days=1), "seen": 3, "published": 3, "new": 3},
        {
            "source": "gazette", "day": TODAY, "seen": 100, "published": 13, "new": 12, "changed": 1, "unchanged": 80,
            "paywall": 7, "median_delay_seconds": 1080,
        },
        {"source": "wire", "day": TODAY, "seen": 5, "blocked": 5},
        {"source": "old.example", "day": TODAY, "seen": 1, "published": 1, "new": 1},
    ]  # fmt: skip
    table = pa.Table.from_pylist([counts | row for row in rows], schema=SOURCE_HEALTH.schema)
    publish_rows(lake, SOURCE_HEALTH, table, [row["day"] for row in rows])
    write_articles(lake, gazette=NOW - 3 * HOUR, clips=NOW - 216 * HOUR, herald=NOW - 9 * HOUR)
    with Discovery(f"sqlite:///{settings.storage.state}") as discovery:
        discovery.record([], [Visit("herald", "https://h.example/a", NOW - hour * HOUR, "new") for hour in (90, 9)])
    return settings


def write_articles(lake: Path, **fetched: datetime) -> None:
    rows = [
        {field.name: None for field in ARTICLES.schema} | {"source": source, "fetched_at": moment}
        for source, moment in fetched.items()
    ]
    (lake / "articles" / "date=2026-11-22").mkdir(parents=True)
    schema = pa.schema([field.with_nullable(True) for field in ARTICLES.schema])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), lake / "articles/date=2026-11-22/articles.parquet")


def shown(settings: Settings, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    print_sources(settings, as_json=True, now=NOW)
    return {row["source"]: row for row in json.loads(capsys.readouterr().out)}


def test_each_source_and_how_it_is(desk: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    rows = shown(desk, capsys)
    assert {name: (row["kinds"], row["state"]) for name, row in rows.items()} == {
        "clips": (["paths"], "ok"),
        "crawl": (["warcs"], "off"),
        "gazette": (["feeds"], "too_few"),
        "herald": (["sitemaps"], "silent"),
        "mirror": (["sections"], "never collected"),
        "pages": (["urls"], "never collected"),
        "wire": (["feeds"], "blocked"),
    }
    gazette = rows["gazette"]
    assert [gazette[name] for name in ("new", "changed", "unchanged", "rejected")] == [12, 1, 80, 7]
    assert (gazette["median_delay_seconds"], gazette["expected_at_least"]) == (1080, 40)
    assert (gazette["day"], gazette["seen"], gazette["published"]) == ("2026-11-22", 100, 13)
    assert (rows["clips"]["day"], rows["clips"]["new"]) == ("2026-11-13", 0)
    assert rows["herald"]["silent_since"] == "2026-11-22T03:00:00Z"


def test_the_table_fits_into_a_terminal(
    desk: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    print_sources(desk, now=NOW)
    lines = capsys.readouterr().out.splitlines()
    table = [line for line in lines if not line.startswith("warning:")]
    assert max(map(len, table)) <= 80
    assert next(line.split() for line in lines if "gazette" in line) == [
        "gazette", "3", "h", "ago", "12", "1", "80", "7", "18", "min", "too", "few"
    ]  # fmt: skip
    assert next(line.split() for line in lines if "10 * * * *" in line)[-2:] == ["of", "40-600"]
    assert any("silent 9 h" in line for line in lines)
    assert "warning: gazette brought 3 articles on 2026-11-21; its file expects at least 40" in lines
    assert any(line.startswith("warning: wire keeps all its 5 pages from us") for line in lines)
    assert any("old.example" in line for line in lines)
    assert "copydesk sources check" in lines[-1]


def test_before_the_first_run(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    print_sources(settings, now=NOW)
    assert "There are no sources in" in capsys.readouterr().out
    settings.sources.mkdir()
    (settings.sources / "gazette.yaml").write_text(FILES["gazette"])
    assert shown(settings, capsys)["gazette"]["state"] == "never collected"
    assert not settings.storage.state.exists()
    assert not settings.storage.lake.exists()


def test_the_table_needs_no_prefect() -> None:
    code = "import sys, flows.sources.table, flows.sources.check; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_command(desk: Settings) -> None:
    environment = {**os.environ, "COPYDESK_CONFIG": str(desk.file), "COLUMNS": "80", "PREFECT_API_URL": ""}

    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        command = [str(Path(sys.executable).with_name("copydesk")), "sources", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)

    listed = run()
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "gazette" in listed.stdout
    assert [row["source"] for row in json.loads(run("--json").stdout)] == list(FILES)
    for words, told in (
        (["check", "https://gazette.example"], "gazette.yaml is there already"),
        (["check", "https://harbour.example"], "politeness.contact"),
        (["check", "data/samples"], "is no web address"),
    ):
        refused = run(*words)
        assert refused.returncode == 2
        assert told in refused.stderr
        assert "Traceback" not in refused.stderr
