"""Merges sorted streams of rows into one, without holding them all.

In: streams of Arrow tables, each sorted by key. Out: one stream sorted by key, cut into row groups of a fixed size, so
that a file's bytes depend on its rows alone, not on the order or the portions in which they came.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from heapq import heappop, heappush
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from transforms.tables import TABLES, Table

type Key = tuple[Any, ...]
type Names = pa.ChunkedArray[Any]

_SEPARATOR = "\x1f"


def merge(streams: Sequence[Iterable[pa.Table]], key: Sequence[str], at_once: int = 65_536) -> Iterator[pa.Table]:
    """The rows of all streams in the order of `key`. Each stream must be sorted by it.

    Reads about `at_once` rows, always from the stream that is furthest behind, puts them in order, and hands on what is
    complete: all up to the smallest last key, because no stream has anything smaller still to come (one that has
    nothing more to come sets no bound). So it holds `at_once` rows and one table of each stream, however the rows are
    spread over the streams.
    """
    sources = [Stream(stream, key) for stream in streams]
    behind = [(source.last, number) for number, source in enumerate(sources) if source.has_more]
    waiting: list[pa.Table] = []
    while behind:
        _read_on(sources, behind, waiting, at_once)
        rows = _in_order(waiting, key)
        complete = count_up_to(rows, behind[0][0] if behind else None, key)
        yield rows.slice(0, complete)
        waiting = [rows.slice(complete)]


def _read_on(sources: Sequence["Stream"], behind: list[tuple[Key, int]], waiting: list[pa.Table], at_once: int) -> None:
    """Read until there are enough rows; `behind` is a heap of the streams that have more, by the last key read."""
    count = 0
    while behind and (count < at_once or not behind[0][0]):
        _, number = heappop(behind)
        waiting.append(sources[number].read())
        count += len(waiting[-1])
        if sources[number].has_more:
            heappush(behind, (sources[number].last, number))


class Stream:
    """A stream of rows sorted by `key`, read table by table; `last` is the key of the last row that was read."""

    def __init__(self, stream: Iterable[pa.Table], key: Sequence[str]) -> None:
        """Reads one table ahead."""
        self._stream = (rows for rows in stream if len(rows))
        self._key = key
        self._ahead = next(self._stream, None)
        self._left: pa.Table | None = None
        self.last: Key = ()

    @property
    def has_more(self) -> bool:
        """Whether there is anything left to read."""
        return self._ahead is not None

    def read(self) -> pa.Table:
        """The next table."""
        assert self._ahead is not None
        rows, self._ahead = self._ahead, next(self._stream, None)
        self.last = key_at(rows, len(rows) - 1, self._key)
        return rows

    def up_to(self, bound: Key | None) -> Iterator[pa.Table]:
        """All rows up to and including the bound (None: all the rest)."""
        while self._left is not None or self.has_more:
            rows = self.read() if self._left is None else self._left
            count = count_up_to(rows, bound, self._key)
            self._left = rows.slice(count) if count < len(rows) else None
            if count:
                yield rows.slice(0, count)
            if self._left is not None:
                return


def count_up_to(rows: pa.Table, bound: Key | None, key: Sequence[str]) -> int:
    """How many of the sorted rows come up to and including the bound (None: all)."""
    if bound is None:
        return len(rows)
    return bisect_right(range(len(rows)), bound, key=lambda index: key_at(rows, index, key))


def key_at(rows: pa.Table, index: int, key: Sequence[str]) -> Key:
    """The key of one row. Python compares text by code point, Arrow by UTF-8 bytes: that is the same order."""
    return tuple(rows[name][index].as_py() for name in key)


def sort_rows(rows: pa.Table, key: Sequence[str]) -> pa.Table:
    """The rows in the order of `key`."""
    return rows.take(pc.sort_indices(rows, [(name, "ascending") for name in key]))


def _in_order(parts: list[pa.Table], key: Sequence[str]) -> pa.Table:
    filled = [part for part in parts if len(part)]
    return filled[0] if len(filled) == 1 else sort_rows(pa.concat_tables(filled), key)


def owner_names(rows: pa.Table, owner: Sequence[str]) -> Names:
    """One string for each row that names its owner."""
    columns = [pc.cast(rows[name], pa.string()) for name in owner]
    return columns[0] if len(columns) == 1 else pc.binary_join_element_wise(*columns, _SEPARATOR)  # type: ignore[call-overload]


def owner_string(owner: Iterable[Any]) -> str:
    """The name that `owner_names` gives to rows of this owner."""
    return _SEPARATOR.join(str(value) for value in owner)


def without(rows: pa.Table, names: Names, gone: pa.StringArray) -> pa.Table:
    """The rows whose name (one for each row) is not among those that are gone."""
    if not len(gone) or not len(rows):
        return rows
    stays = pc.invert(pc.is_in(names, value_set=gone))
    return rows if pc.all(stays).as_py() else rows.filter(stays)


def in_row_groups(stream: Iterable[pa.Table], size: int) -> Iterator[pa.Table]:
    """The same rows in tables of exactly `size` rows (the last may be shorter), each in one piece."""
    waiting: list[pa.Table] = []
    count = 0
    for rows in stream:
        waiting.append(rows)
        count += len(rows)
        while count >= size:
            joined = pa.concat_tables(waiting)
            yield joined.slice(0, size).combine_chunks()
            waiting, count = [joined.slice(size)], count - size
    if count:
        yield pa.concat_tables(waiting).combine_chunks()


def conform(table: Table, rows: pa.Table) -> pa.Table:
    """Rows written under this or an older schema, in the columns of today: a column that is missing is null."""
    schema = schema_of(table.name)
    if set(schema.names) <= set(rows.schema.names):
        rows = rows.select(schema.names)
        return rows if rows.schema.equals(schema) else rows.cast(schema)
    columns = [
        rows[field.name].cast(field.type) if field.name in rows.schema.names else pa.nulls(len(rows), field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


@cache
def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of a table; building it anew for each small file would take a tenth of the time."""
    return TABLES[table].schema
