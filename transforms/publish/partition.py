"""Where a row is filed: its day, and in a large lake its bucket.

In: rows and the number of buckets. Out: `Partition`s, their paths in the lake, and the bucket of each row.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zlib import crc32

import pyarrow as pa

from transforms.tables import Table

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Before the web there were no web pages: an older date is a mistake of the page."""

_FOLDERS = re.compile(r"date=(\d{4}-\d\d-\d\d)(?:/bucket=(\d+))?")


@dataclass(frozen=True, order=True, slots=True)
class Partition:
    """One day (and bucket) of a table. A table that is not partitioned has the one `Partition()`."""

    day: date | None = None
    bucket: int | None = None

    @property
    def folder(self) -> str:
        """The path of its folder inside the table's folder; empty for a table that is not partitioned.

        >>> Partition(date(2024, 12, 1), 7).folder
        'date=2024-12-01/bucket=07'
        """
        if self.day is None:
            return ""
        return f"date={self.day}" + ("" if self.bucket is None else f"/bucket={self.bucket:02d}")

    def path(self, table: str) -> str:
        """The path of a table's file for this partition, inside the lake.

        >>> Partition(date(2024, 12, 1)).path("mentions")
        'mentions/date=2024-12-01/mentions.parquet'
        """
        return "/".join(part for part in (table, self.folder, f"{table}.parquet") if part)


def partition_date(published_at: datetime | None, fetched_at: datetime) -> date:
    """The day an article is filed under: UTC day of publication; of fetching when that is unknown or implausible.

    >>> partition_date(datetime(2031, 1, 1, tzinfo=UTC), datetime(2026, 11, 22, 9, tzinfo=UTC))
    datetime.date(2026, 11, 22)
    """
    if published_at and EARLIEST <= published_at <= fetched_at + timedelta(days=1):
        return published_at.astimezone(UTC).date()
    return fetched_at.astimezone(UTC).date()


def parse_partition(folder: str) -> Partition | None:
    """The partition that a folder inside a table's folder stands for; None when it is no such folder.

    >>> parse_partition("date=2024-12-01/bucket=07")
    Partition(day=datetime.date(2024, 12, 1), bucket=7)
    >>> parse_partition("date=2024-13-01") is None
    True
    """
    if not folder:
        return Partition()
    found = _FOLDERS.fullmatch(folder)
    try:
        partition = found and Partition(date.fromisoformat(found[1]), None if found[2] is None else int(found[2]))
    except ValueError:
        return None
    return partition if partition and partition.folder == folder else None


def bucket_of(owner: str, buckets: int) -> int | None:
    """The bucket of the first column of a row's owner, the same on every machine; None in a lake without buckets.

    >>> bucket_of("9f86d081884c7d65", 16), bucket_of("9f86d081884c7d65", 0)
    (6, None)
    """
    return crc32(owner.encode()) % buckets if buckets else None


def bucket_column(table: Table, rows: pa.Table, buckets: int) -> pa.Int16Array:
    """The bucket of each row, as int16."""
    owners = rows[table.owner[0]].combine_chunks().dictionary_encode()
    numbers = pa.array([bucket_of(str(owner), buckets) for owner in owners.dictionary.to_pylist()], pa.int16())
    return numbers.take(owners.indices)
