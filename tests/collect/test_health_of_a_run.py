"""Runs over a real server on loopback: what `source_health` and the receipt say of its sources afterwards."""

import time
from pathlib import Path
from typing import Any

import duckdb
import pytest
from in_one_process import Inline, Silent

from flows.parameters import IngestParameters
from flows.pipeline import run_ingest
from flows.publish.verify import verify
from flows.receipt import Receipt
from flows.settings import Settings, read_settings

PROJECT = Path(__file__).parents[2]
STORY = """<!doctype html><html lang="en"><head><title>Ferry {number} sails again</title>
<meta property="article:published_time" content="2024-05-02T0{number}:00:00Z"></head><body><article>
<h1>Ferry {number} sails again</h1>
<p>The ferry to the northern islands sailed again on Sunday after {days} days in port, its operator said at noon.</p>
<p>More than 400 people had waited in the harbour hall since dawn, many of them with goods for the market.</p>
<p>The council wants to know by Friday why pump {number} of the old ship had failed for the third time.</p>
</article><footer>{footer}</footer></body></html>"""


@pytest.fixture
def settings(tmp_path: Path, site: Any) -> Settings:
    config = tmp_path / "config"
    (config / "sources").mkdir(parents=True)
    gazetteer = PROJECT / "data" / "gazetteer"
    (config / "copydesk.toml").write_text(
        f'[storage]\ngazetteer = "{gazetteer}"\n[politeness]\ncontact = "mailto:desk@example.org"\npause_seconds = 0\n'
    )
    for name, text in {
        "gazette": f"feeds: [{site.url}/rss]\nrevisit_after: [1s, 2s]",
        "herald": f"feeds: [{site.url}/herald.rss]",
    }.items():
        (config / "sources" / f"{name}.yaml").write_text(f"{text}\nallow_private: true\n")
    return read_settings(config / "copydesk.toml", environment={})


def ingest(settings: Settings, *wanted: str) -> Receipt:
    return run_ingest(IngestParameters(sources=list(wanted)), settings, Inline(), Silent())


def health(settings: Settings) -> dict[str, dict[str, Any]]:
    table = duckdb.sql(f"from '{settings.storage.lake}/source_health/*/*.parquet'").arrow().read_all().to_pylist()
    totals: dict[str, dict[str, Any]] = {}
    for row in table:  # two rows for a source when the test runs over midnight
        total = totals.setdefault(row["source"], {})
        for name, value in row.items():
            if isinstance(value, int):
                total[name] = total.get(name, 0) + value
    return totals


def told(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value and name != "median_delay_seconds"}


def test_runs_that_find_what_is_new_what_changed_what_did_not_and_what_is_kept_from_us(
    site: Any, settings: Settings
) -> None:
    def say(number: int, days: str = "nine", footer: str = "") -> str:
        return str(site.say(f"/{number}", {"body": STORY.format(number=number, days=days, footer=footer).encode()}))

    site.feed("/rss", *[say(number) for number in range(4)])
    site.say("/herald.rss", {"status": 403})
    first = ingest(settings)
    assert first.published == 4
    assert [(alarm.source, alarm.kind) for alarm in first.alarms] == [("herald", "unreachable")]
    assert "herald.rss answered 403" in first.warnings[0]
    rows = health(settings)
    assert told(rows["gazette"]) == {"seen": 4, "published": 4, "new": 4}
    assert told(rows["herald"]) == {"seen": 1, "blocked": 1}
    assert rows["gazette"]["median_delay_seconds"] > 0

    say(1, days="ten")
    say(2, footer="Read also: the weather")
    site.say("/3", {"status": 404})
    time.sleep(1.1)
    second = ingest(settings, "gazette")
    assert second.published == 1
    assert second.alarms == []
    rows = health(settings)
    assert told(rows["gazette"]) == {
        "seen": 8, "published": 5, "new": 4, "changed": 1, "unchanged": 2, "gone": 1
    }  # fmt: skip
    assert told(rows["herald"]) == {"seen": 1, "blocked": 1}
    assert verify(settings.storage.lake, settings.storage.state).problems == []
