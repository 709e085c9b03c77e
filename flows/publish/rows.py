"""Publishes rows that belong to no article: those of `runs` and `source_health`.

In: rows and the day each is filed under. Out: the partitions with these rows in place of those of the same owners.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

import pyarrow as pa

from flows.publish.groups import replace_owners
from flows.publish.layout import read_layout
from flows.publish.problems import LakeBusy, LakeProblem
from flows.publish.staging import STAGING_FOLDER
from flows.publish.storage import LocalStorage, Write
from transforms.publish.partition import Partition, bucket_of
from transforms.tables import Table

_ATTEMPTS = 20


def publish_rows(
    lake: Path, table: Table, rows: pa.Table, dates: date | Sequence[date], lock_timeout_seconds: float = 60
) -> int:
    """Put rows into a partitioned table, each under its date; the number of files that changed.

    Rows that are there give way to those of the same owner and partition. Two processes may do this at once. Raises
    LakeBusy, other LakeProblems, and WrongRows.
    """
    layout = read_layout(lake)
    if layout is None:
        raise LakeProblem(f"{lake} is not a lake: it has no _layout.json. `copydesk ingest` begins one")
    days = [dates] * len(rows) if isinstance(dates, date) else dates
    homes = [
        Partition(day, bucket_of(str(owner), layout.buckets))
        for day, owner in zip(days, rows[table.owner[0]].to_pylist(), strict=True)
    ]
    scratch = lake / STAGING_FOLDER / f"rows-{uuid4().hex[:12]}"
    storage = LocalStorage(lake, scratch, lock_timeout_seconds)
    try:
        changed = [
            _put(
                storage,
                home.path(table.name),
                replace_owners(table, rows.filter(pa.array([one == home for one in homes]))),
            )
            for home in sorted(set(homes))
        ]
        storage.settle()
    finally:
        rmtree(scratch, ignore_errors=True)
    return sum(changed)


def _put(storage: LocalStorage, path: str, write: Write) -> bool:
    for _ in range(_ATTEMPTS):
        draft = storage.prepare(path, write)
        if draft is None or storage.commit(draft):
            return draft is not None
    raise LakeBusy(f"{path} was replaced by others {_ATTEMPTS} times while it was being merged; run the same again")
