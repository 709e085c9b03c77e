"""Looks at a lake's folders: which partition files there are, and what does not belong there.

In: the lake's folder. Out: the files of each table, and sentences about strangers.
"""

from collections.abc import Iterator
from pathlib import Path

from flows.publish.layout import LAYOUT_FILE, Layout
from flows.publish.locks import LOCKS_FOLDER
from flows.publish.staging import STAGING_FOLDER, batches_in, is_being_published, is_live, tokens
from transforms.publish.partition import Partition, parse_partition
from transforms.tables import TABLES, Table

_OURS = {LAYOUT_FILE, LOCKS_FOLDER, STAGING_FOLDER}


def partition_files(lake: Path, table: Table) -> dict[Partition, Path]:
    """The files of a table by partition."""
    found = {}
    for file in sorted((lake / table.name).rglob(f"{table.name}.parquet")):
        partition = parse_partition(file.parent.relative_to(lake / table.name).as_posix().removeprefix("."))
        if partition is not None and (partition.day is not None) == table.partitioned:
            found[partition] = file
    return found


def folder_problems(lake: Path, layout: Layout) -> Iterator[str]:
    """What lies in the tables' folders and should not: readers would take it for rows, or trip over it."""
    for table in TABLES.values():
        files = partition_files(lake, table)
        known = set(files.values())
        for path in sorted((lake / table.name).rglob("*")):
            if not path.is_dir() and path not in known:
                yield f"{path.relative_to(lake)}: not a file of ours; move it away"
        for partition, file in files.items():
            if table.partitioned and (partition.bucket is not None) != bool(layout.buckets):
                yield f"{file.relative_to(lake)}: the lake has buckets = {layout.buckets}; move it away"


def lake_notes(lake: Path) -> Iterator[str]:
    """What is worth knowing and harms nobody: strange folders beside the tables, and work that is not published."""
    for path in sorted(lake.iterdir()):
        if path.name not in TABLES and path.name not in _OURS:
            yield f"{path.name}: not a table of ours; readers of the tables do not see it"
    for token in tokens(lake):
        count = len(batches_in(lake / STAGING_FOLDER / token))
        work = f"{STAGING_FOLDER}/{token}: {count} finished batches"
        if is_live(lake, token):
            yield f"{work} of a run that is working now"
        elif is_being_published(lake, token):
            yield f"{work} of a run that died while publishing; the next run of any kind finishes it"
        else:
            yield f"{work} of a run that died; the same run started again goes on from there"
