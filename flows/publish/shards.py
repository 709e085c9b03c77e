"""Reads staged shards, partition by partition.

In: finished batches. Out: the claims in them, and streams of sorted rows for one partition after another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from flows.publish.problems import readable
from transforms.publish.kept import Claim
from transforms.publish.merge import conform, in_row_groups, merge, without
from transforms.publish.partition import Partition
from transforms.tables import ARTICLES, REJECTS, Table

_CLAIMED = (
    "input_id", "date", "url", "source", "fetched_at", "raw_sha256", "rules_version", "article_id", "version",
    "reason", "raw_file", "raw_offset",
)  # fmt: skip
SHARD_ROW_GROUP = 4096
_BUCKETS = 65_536  # more than there can be: makes one number of day and bucket


def read_claims(batches: Mapping[int, Path]) -> Iterator[Claim]:
    """What the batches found for each input; `Claim.batch` is the number of its batch."""
    for number, batch in batches.items():
        for table in (ARTICLES, REJECTS):
            file = batch / f"{table.name}.parquet"
            if file.exists():
                yield from _claims(file, number)


def _claims(file: Path, batch: int) -> Iterator[Claim]:
    with readable(file), pq.ParquetFile(file) as shard:
        names = [name for name in _CLAIMED if name in shard.schema_arrow.names]
        rows = shard.read(columns=names)
    for row in rows.to_pylist():
        yield Claim(day=row.pop("date"), batch=batch, **row)


class Shard:
    """One table of one batch. Partitions must be asked for in their order."""

    def __init__(
        self, file: Path, table: Table, leave_out: Iterable[str], span: tuple[Partition, Partition], rows: int
    ):
        """Read `rows` rows at a time of the partitions from the first to the last of `span`; inputs may be left out."""
        self._table = table
        self._leave_out = pa.array(sorted(leave_out), pa.string())
        with readable(file):
            self._file = pq.ParquetFile(file)
        groups = [number for number in range(self._file.num_row_groups) if self._overlaps(number, span)]
        self._batches = self._file.iter_batches(batch_size=rows, row_groups=groups, use_threads=False)
        self._rows: pa.Table | None = None
        self._codes = np.empty(0, np.int64)

    def rows_of(self, partition: Partition) -> Iterator[pa.Table]:
        """The rows of one partition, sorted by key, in the columns of the table."""
        code = _code(partition)
        while self._rows is not None or self._next():
            assert self._rows is not None
            first, last = np.searchsorted(self._codes, [code, code + 1])
            if last > first:
                yield self._clean(self._rows.slice(first, last - first))
            if last < len(self._codes):
                return
            self._rows = None

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _next(self) -> bool:
        batch = next(self._batches, None)
        if batch is None:
            return False
        self._rows = pa.Table.from_batches([batch])
        days = batch.column("date").cast(pa.int32()).to_numpy(zero_copy_only=False).astype(np.int64)
        has_buckets = "bucket" in batch.schema.names
        self._codes = days * _BUCKETS + (batch.column("bucket").to_numpy(zero_copy_only=False) if has_buckets else 0)
        return True

    def _clean(self, rows: pa.Table) -> pa.Table:
        return conform(self._table, without(rows, rows["input_id"], self._leave_out))

    def _overlaps(self, number: int, span: tuple[Partition, Partition]) -> bool:
        place = self._file.schema_arrow.names.index("date")
        days = self._file.metadata.row_group(number).column(place).statistics
        first, last = span[0].day, span[1].day
        if days is None or first is None or last is None:
            return True
        return bool(first <= days.max and days.min <= last)  # type: ignore[operator]


def join_shards(path: Path, table: Table, shards: Sequence[tuple[Path, Iterable[str]]], rows: int) -> None:
    """Write one shard with the rows of several, each given with the inputs to leave out; `rows` of each at a time."""
    with ExitStack() as stack:
        files = [stack.enter_context(pq.ParquetFile(file)) for file, _ in shards]
        schema = files[0].schema_arrow
        key = [name for name in ("date", "bucket") if name in schema.names] + list(table.key)
        streams = [_stream(file, leave_out, rows) for file, (_, leave_out) in zip(files, shards, strict=True)]
        with pq.ParquetWriter(path, schema, compression="zstd", compression_level=1) as writer:
            for part in in_row_groups(merge(streams, key), SHARD_ROW_GROUP):
                writer.write_table(part)


def _stream(file: pq.ParquetFile, leave_out: Iterable[str], rows: int) -> Iterator[pa.Table]:
    gone = pa.array(sorted(leave_out), pa.string())
    for batch in file.iter_batches(rows, use_threads=False):
        part = pa.Table.from_batches([batch])
        yield without(part, part["input_id"], gone)


def _code(partition: Partition) -> int:
    assert partition.day is not None
    return int(np.datetime64(partition.day, "D").astype(np.int64)) * _BUCKETS + (partition.bucket or 0)
