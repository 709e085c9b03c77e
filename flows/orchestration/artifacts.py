"""Shows on the run's page what each source brought and which rows were written.

In: a receipt. Out: two or three Prefect table artifacts.
"""

from collections.abc import Iterable
from typing import Any

from prefect.artifacts import create_table_artifact

from flows.receipt import Receipt, RejectNote

SOURCES, ROWS, REJECTS = "copydesk-sources", "copydesk-rows", "copydesk-rejects"
"""Keys of the artifacts: Prefect's page lists all artifacts of one key as its history."""

SHOWN = 500
"""Rejects in the artifact; all of them are in the table `rejects`."""


def publish_artifacts(receipt: Receipt) -> None:
    """Attach the tables to the current flow run."""
    _table(SOURCES, [source.model_dump() for source in receipt.sources], "What each source brought.")
    _table(ROWS, _rows(receipt), f"Rows this run wrote to {receipt.lake}.")
    if receipt.rejects:
        more = f" The first {SHOWN} of {len(receipt.rejects)}." if len(receipt.rejects) > SHOWN else ""
        _table(REJECTS, _rejects(receipt.rejects[:SHOWN]), f"What was refused, and why.{more}")


def _rows(receipt: Receipt) -> list[dict[str, Any]]:
    rows = [{"what": f"rows of {table}", "count": count} for table, count in sorted(receipt.rows.items())]
    return rows + [
        {"what": f"rejected: {reason}", "count": count} for reason, count in sorted(receipt.rejected.items())
    ]


def _rejects(notes: Iterable[RejectNote]) -> list[dict[str, Any]]:
    return [note.model_dump() for note in notes]


def _table(key: str, rows: list[dict[str, Any]], description: str) -> None:
    create_table_artifact(rows, key=key, description=description)
