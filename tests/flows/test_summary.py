"""What is printed at the end of a run."""

import json
from datetime import UTC, datetime

import pytest

from flows.receipt import Receipt, SourceAlarm
from flows.summary import print_receipt

SILENT = "gazette is silent: nothing new since Friday" + " evening" * 9  # longer than a line
RECEIPT = Receipt(
    run_id="r", lake="data/lake", started_at=datetime(2026, 11, 22, tzinfo=UTC), seconds=3.0, came_in=2, published=0,
    rejected={}, unchanged=2, rows={}, sources=[], rejects=[], rules_version="1",
    alarms=[SourceAlarm(source="gazette", kind="silent", message=SILENT)],
)  # fmt: skip


def test_warnings_are_the_last_lines(capsys: pytest.CaptureFixture[str]) -> None:
    print_receipt(RECEIPT)
    assert capsys.readouterr().out.splitlines()[-1] == f"warning: {RECEIPT.warnings[0]}"


def test_scripts_get_the_kind_and_the_source(capsys: pytest.CaptureFixture[str]) -> None:
    print_receipt(RECEIPT, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert [(alarm["source"], alarm["kind"]) for alarm in told["alarms"]] == [("gazette", "silent")]
    assert told["warnings"] == [alarm["message"] for alarm in told["alarms"]]
    assert Receipt.model_validate_json(RECEIPT.model_dump_json()).alarms == RECEIPT.alarms
