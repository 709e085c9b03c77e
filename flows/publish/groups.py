"""Makes the new files of some partitions of one table; runs in worker processes.

In: a `Group` of jobs. Out: `Draft`s, which the publisher puts in place. A worker changes nothing that readers see, so
a worker that lives on after its publisher died does no harm.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from flows.publish.layout import check_version
from flows.publish.problems import WrongRows, explained, readable
from flows.publish.shards import Shard, join_shards
from flows.publish.storage import Draft, LocalStorage, Write
from transforms.publish.merge import conform, in_row_groups, key_at, merge, owner_names, schema_of, sort_rows, without
from transforms.publish.plan import Job
from transforms.tables import ARTICLES, TABLES, Table, problems

type Combine = Callable[[pa.Table | None, pa.Table], pa.Table]
"""Joins rows that are there (None: no file yet) with new ones; the answer is sorted by key."""

ROW_GROUP = 65_536
ARTICLES_ROW_GROUP = 2_048  # some 10 MB of text
_FEWEST_ROWS = 64  # of one shard at a time
_FAN_IN = 128  # shards read at once; more are first merged into one, for the sake of open files and memory


@dataclass(frozen=True, slots=True)
class ShardFile:
    """A staged file: the numbers of its batches in `Job.batches`, and the inputs whose rows are not to be used."""

    batches: tuple[int, ...]
    path: Path
    leave_out: frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Jobs of one table in the order of their partitions, and the shards they share.

    `combine` is for the table that is one file: it takes the place of replacement by owner.
    """

    lake: Path
    scratch: Path
    table: str
    jobs: tuple[Job, ...]
    shards: tuple[ShardFile, ...]
    combine: Combine | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A job and its draft; None when the file that is there is already right. `rows` came from the shards."""

    job: Job
    draft: Draft | None
    rows: int


def prepare_group(group: Group) -> list[Prepared]:
    """Make the new files of a group. Raises LakeProblem, and WrongRows when rows break a rule of their table."""
    storage = LocalStorage(group.lake, group.scratch)
    with ExitStack() as stack:
        shards = {} if group.combine else _open_shards(group, stack)
        return [_prepare(storage, group, job, shards) for job in group.jobs]


def _prepare(storage: LocalStorage, group: Group, job: Job, shards: dict[int, Shard]) -> Prepared:
    rows: Counter[str] = Counter()
    if not group.shards and not job.placeholder and not storage.has(job.partition.path(group.table)):
        return Prepared(job, None, 0)
    write = _combined(group, job, rows) if group.combine else _merged(TABLES[group.table], job, shards, rows)
    return Prepared(job, storage.prepare(job.partition.path(group.table), write), rows.total())


def _open_shards(group: Group, stack: ExitStack) -> dict[int, Shard]:
    table, files = TABLES[group.table], _few(group)
    span = group.jobs[0].partition, group.jobs[-1].partition
    rows = max(_FEWEST_ROWS, row_group_rows(table) // max(1, len(files)))
    opened = {}
    for file in files:
        shard = Shard(file.path, table, file.leave_out, span, rows)
        stack.callback(shard.close)
        opened.update(dict.fromkeys(file.batches, shard))
    return opened


def _few(group: Group) -> list[ShardFile]:
    """The shards of a group, or where there are too many, fewer that hold the same rows."""
    files = list(group.shards)
    while len(files) > _FAN_IN:
        some, files = files[:_FAN_IN], files[_FAN_IN:]
        path = group.scratch / f"joined-{uuid4().hex}.parquet"
        with explained(group.lake):
            join_shards(
                path,
                TABLES[group.table],
                [(file.path, file.leave_out) for file in some],
                row_group_rows(TABLES[group.table]) // _FAN_IN,
            )
        files.append(ShardFile(tuple(batch for file in some for batch in file.batches), path, frozenset()))
    return files


def _merged(table: Table, job: Job, shards: dict[int, Shard], counts: Counter[str]) -> Write:
    def write(current: Path | None, sink: BinaryIO) -> bool:
        counts.clear()
        chosen = {id(shards[batch]): shards[batch] for batch in job.batches if batch in shards}
        streams = [_counted(shard.rows_of(job.partition), counts) for shard in chosen.values()]
        if current is not None:
            streams.append(_without_owners(table, _read(current, table), job.drop))
        # A file without rows that is there makes the table visible: it stays.
        return write_rows(
            table,
            merge(streams, table.key, row_group_rows(table)),
            sink,
            even_if_none=job.placeholder or _is_empty(current),
        )

    return write


def _counted(stream: Iterator[pa.Table], counts: Counter[str]) -> Iterator[pa.Table]:
    for rows in stream:
        counts["rows"] += len(rows)
        yield rows


def _is_empty(file: Path | None) -> bool:
    if file is None:
        return False
    with readable(file):
        return int(pq.read_metadata(file).num_rows) == 0


def replace_owners(table: Table, rows: pa.Table) -> Write:
    """Writes a partition's file with these rows in place of those of the same owners; rows need not be sorted."""
    drop = sorted({str(name) for name in owner_names(rows, table.owner).to_pylist()})

    def write(current: Path | None, sink: BinaryIO) -> bool:
        kept = [] if current is None else [_without_owners(table, _read(current, table), drop)]
        stream = merge([*kept, [sort_rows(conform(table, rows), table.key)]], table.key)
        return write_rows(table, stream, sink, even_if_none=False)

    return write


def _combined(group: Group, job: Job, counts: Counter[str]) -> Write:
    table, combine = TABLES[group.table], group.combine
    assert combine

    def write(current: Path | None, sink: BinaryIO) -> bool:
        named: set[str] = set()
        rows = None if current is None else pa.concat_tables([table.schema.empty_table(), *_read(current, table)])
        for shard in group.shards:
            new = conform(table, pq.ParquetFile(shard.path).read())
            named.update(str(key) for key in new[table.key[0]].to_pylist())
            rows = conform(table, combine(rows, new))
        counts["rows"] = len(named)
        stream = [] if rows is None else [rows]
        return write_rows(table, stream, sink, even_if_none=job.placeholder or current is not None)

    return write


def _read(file: Path, table: Table) -> Iterator[pa.Table]:
    with readable(file), pq.ParquetFile(file) as current:
        check_version(file, int((current.schema_arrow.metadata or {}).get(b"copydesk.schema_version", b"0")))
        for batch in current.iter_batches(row_group_rows(table), use_threads=False):
            yield conform(table, pa.Table.from_batches([batch]))


def _without_owners(table: Table, stream: Iterator[pa.Table], drop: Sequence[str]) -> Iterator[pa.Table]:
    gone = pa.array(drop, pa.string())
    for rows in stream:
        yield without(rows, owner_names(rows, table.owner), gone) if drop else rows


def write_rows(table: Table, stream: Iterable[pa.Table], sink: BinaryIO, *, even_if_none: bool) -> bool:
    """Write sorted rows as the Parquet file of a partition; False, and nothing written, when there are none.

    The bytes depend on the rows alone (and on the version of pyarrow).
    """
    last, writer = None, _writer(table, sink) if even_if_none else None
    for rows in in_row_groups(stream, row_group_rows(table)):
        _check(table, rows, last)
        writer = writer or _writer(table, sink)
        writer.write_table(rows, row_group_size=len(rows))
        last = key_at(rows, len(rows) - 1, table.key)
    if writer:
        writer.close()
    return writer is not None


def _writer(table: Table, sink: BinaryIO) -> pq.ParquetWriter:
    schema = schema_of(table.name)
    return pq.ParquetWriter(
        sink,
        schema,
        compression="zstd",
        write_page_checksum=True,
        sorting_columns=pq.SortingColumn.from_ordering(schema, [(name, "ascending") for name in table.key]),
    )


def _check(table: Table, rows: pa.Table, last: tuple[object, ...] | None) -> None:
    wrong = problems(table, rows)
    if last is not None and last >= key_at(rows, 0, table.key):
        wrong.append(f"{table.name}: the key {last} is there twice, or rows are not in order")
    if wrong:
        raise WrongRows("nothing is published: " + "; ".join(wrong[:10]))


def row_group_rows(table: Table) -> int:
    """How many rows the row groups of a table's files have, but for the last."""
    return ARTICLES_ROW_GROUP if table is ARTICLES else ROW_GROUP
