"""Reads the rows of a Parquet file, a few at a time.

In: the file as a seekable stream. Out: `Row`, `BadRow`.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from flows.collect.files.material import Unreadable
from flows.collect.files.rows import BadRow, Row
from transforms.collect.columns import choose_columns, value_at
from transforms.extract.decode import decode
from transforms.outcome import Reason, Reject

ROWS_AT_ONCE = 64
BUFFER_BYTES = 1 << 20
"""What is read of a column at once; without it a whole row group would be held."""


def parquet_rows(stream: BinaryIO, wanted: Mapping[str, str], limit: int) -> Iterator[Row | BadRow]:
    """Every row.

    Args:
        stream: the file.
        wanted: field → column (`a.b`: field b of the struct a), as the source's file says.
        limit: bytes that a text may have.

    Raises NoText when no column holds a text, Unreadable when the file is damaged.
    """
    try:
        file = pq.ParquetFile(stream, buffer_size=BUFFER_BYTES, pre_buffer=False)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(error) from None
    columns = choose_columns(dict(_names(file.schema_arrow)), wanted)
    # pyarrow takes the names of leaves: the whole of a struct or list by the name of what holds it.
    for number, values in enumerate(_values(file, sorted(set(columns.values()))), 1):
        flat = {column: _plain(value_at(values, column)) for column in columns.values()}
        too_large = next((name for name, value in flat.items() if isinstance(value, str) and len(value) > limit), None)
        refusal = next((value for value in flat.values() if isinstance(value, Reject)), None)
        if too_large:
            yield BadRow(number, Reason.TOO_LARGE, f"row {number}: {too_large} has more than {limit:,} characters")
        elif refusal:
            yield BadRow(number, refusal.reason, f"row {number}: {refusal.detail}")
        else:
            yield Row(number, flat, columns)


def _values(file: pq.ParquetFile, columns: list[str]) -> Iterator[dict[str, Any]]:
    batches = file.iter_batches(ROWS_AT_ONCE, columns=columns)
    while True:
        try:
            batch = next(batches, None)
            rows = batch.to_pylist() if batch is not None else None
        except (pa.ArrowException, OSError, ValueError) as error:
            raise _unreadable(error) from None
        if rows is None:
            return
        yield from rows


def _names(fields: Any, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """The columns and the fields of structs in them, and whether each may hold a text."""
    for field in fields:
        if pa.types.is_struct(field.type):
            yield from _names(field.type, f"{prefix}{field.name}.")
        else:
            yield f"{prefix}{field.name}", _is_text(field.type)


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(test(kind) for test in (*tests, pa.types.is_binary, pa.types.is_large_binary))


def _plain(value: Any) -> Any:
    """A value as JSON can have it; bytes become characters, or the Reject that says why they do not."""
    if isinstance(value, datetime | date):
        return re.sub(r"(\.\d{6})\d+", r"\1", value.isoformat())  # nobody reads nanoseconds
    return decode(value) if isinstance(value, bytes) and value else value


def _unreadable(error: Exception) -> Exception:
    if getattr(error, "filename", None):
        return error
    what = str(error).partition("\n")[0]
    if "ncrypt" in what:
        return Unreadable(Reason.ENCRYPTED, f"{what}; decrypt it first")
    return Unreadable(Reason.NOT_READABLE, f"not a whole Parquet file: {what}")
