"""Reads the rows of `.csv` and `.parquet` files into the archive, each as a JSON object.

In: a stream. Out: a `Page` or `Refused` for each row, with the columns that extract knows, under its names, and no
others: a column added later does not make new articles of old ones.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from flows.collect.files.csv_rows import csv_rows
from flows.collect.files.filing import Filing
from flows.collect.files.material import Material, Unreadable, unpacked
from flows.collect.files.parquet_rows import parquet_rows
from flows.collect.files.read_lines import as_json
from flows.collect.files.rows import BadRow, Row
from transforms.collect.columns import NoText, values_of
from transforms.collect.media_types import JSON
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason


def read_table(material: Material, stream: BinaryIO, filing: Filing) -> Iterator[Page | Refused]:
    """Every row. A table without text, or one that is damaged from somewhere on, is one refusal besides."""
    count = 0
    try:
        for item in _rows(material, stream, filing.max_bytes):
            count += 1
            yield _read_row(material, item, filing)
    except NoText as error:
        yield filing.refuse(material.url, material.source, Reason.NOT_A_TABLE, f"{material.name}: {error}")
        return
    except Unreadable as error:
        detail = f"{material.name}: {error}" + (f"; the {count:,} rows before are read" if count else "")
        yield filing.refuse(material.url, material.source, error.reason, detail)
        return
    if not count:
        yield filing.refuse(material.url, material.source, Reason.EMPTY, f"{material.name} has no rows")


def _rows(material: Material, stream: BinaryIO, limit: int) -> Iterator[Row | BadRow]:
    if material.kind.endswith("parquet"):
        return parquet_rows(stream, material.columns, limit)
    return csv_rows(unpacked(stream), material.columns, limit)


def _read_row(material: Material, item: Row | BadRow, filing: Filing) -> Page | Refused:
    url = f"{material.url}#row={item.number}"
    if isinstance(item, BadRow):
        page = _keep(filing, url, as_json_list(item.fields), material) if item.fields else None
        return filing.refuse(url, material.source, item.reason, f"{material.name} {item.detail}", page)
    body = as_json(values_of(item.values, item.columns))
    if len(body) > filing.max_bytes:
        detail = f"{material.name} row {item.number} has more than {filing.max_bytes:,} bytes"
        return filing.refuse(url, material.source, Reason.TOO_LARGE, detail)
    return _keep(filing, url, body, material)


def _keep(filing: Filing, url: str, body: bytes, material: Material) -> Page:
    return filing.keep(url, body, source=material.source, media_type=JSON)


def as_json_list(fields: tuple[Any, ...]) -> bytes:
    """The fields of a row that has no names."""
    return as_json({"row": list(fields)})
