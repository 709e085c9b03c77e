"""Reads the lines of a `.jsonl` file into the archive.

In: a stream, perhaps compressed. Out: a `Page` or `Refused` for each line.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from flows.collect.files.filing import Filing
from flows.collect.files.material import BROKEN, Material, unpacked
from transforms.collect.columns import NoText, choose_columns, columns_of, values_of
from transforms.collect.media_types import JSON
from transforms.collect.page import Page, Refused
from transforms.extract.decode import mend_surrogates
from transforms.outcome import Reason

KNOWN_TO_EXTRACT = {
    "title": {"title", "headline"},
    "authors": {"authors", "author"},
    "published_at": {"published_at", "date"},
}
"""Other names that extract itself reads a field by."""


def read_lines(material: Material, stream: BinaryIO, filing: Filing) -> Iterator[Page | Refused]:
    """Every line that is not blank. What breaks off gives its whole lines, and one refusal for the rest."""
    lines = _lines(unpacked(stream), filing.max_bytes)
    count = 0
    while True:
        try:
            item = next(lines, None)
        except BROKEN as error:
            if getattr(error, "filename", None):
                raise
            detail = f"{material.name} breaks off after line {count}: {error}"
            yield filing.refuse(material.url, material.source, Reason.TRUNCATED, detail)
            return
        if item is None:
            break
        count, line = item
        if line.strip():
            yield _read_line(material, count, line, filing)
    if not count:
        yield filing.refuse(material.url, material.source, Reason.EMPTY, f"{material.name} is empty")


def _read_line(material: Material, number: int, line: bytes, filing: Filing) -> Page | Refused:
    where = f"{material.name} line {number}"
    url = f"{material.url}#line={number}"
    if len(line) > filing.max_bytes:
        detail = f"{where} is longer than {filing.max_bytes:,} bytes"
        return filing.refuse(url, material.source, Reason.TOO_LARGE, detail)
    value = _parse(line)
    body, problem = line, None
    if isinstance(value, dict):
        try:
            body = _with_known_names(line, value, material)
        except NoText as error:
            problem = (Reason.NOT_A_TABLE, f"{where}: {error}")
    else:
        problem = (Reason.NOT_JSON, f"{where}: {value}")
    page = filing.keep(url, body, source=material.source, media_type=JSON)
    return filing.refuse(url, material.source, *problem, page) if problem else page


def _with_known_names(line: bytes, value: dict[str, Any], material: Material) -> bytes:
    """The line as it is when extract knows its names, else an object with the fields under names that it knows."""
    found = dict(columns_of(value))
    # A line may leave out what others have, but not the text.
    wanted = {key: name for key, name in material.columns.items() if key in ("text", "html") or name in found}
    try:
        columns = choose_columns(found, wanted)
    except NoText:
        if not wanted and ("text" in value or "html" in value):
            return line  # a text that is null: extract says so
        raise
    if all(column in KNOWN_TO_EXTRACT.get(field, {field}) for field, column in columns.items()):
        return line
    return as_json(values_of(value, columns))


def as_json(values: dict[str, Any]) -> bytes:
    """A JSON object as it is archived: the same values give the same bytes."""
    return mend_surrogates(json.dumps(values, ensure_ascii=False)).encode()


def _lines(file: BinaryIO, limit: int) -> Iterator[tuple[int, bytes]]:
    """Each line with its number from 1, without its end; of one longer than `limit` only the beginning is kept."""
    number = 0
    while line := file.readline(limit + 2):
        number += 1
        rest = line
        while rest and not rest.endswith(b"\n"):  # also at the end of the file
            rest = file.readline(1 << 20)
        yield number, line.rstrip(b"\r\n")


def _parse(line: bytes) -> dict[str, Any] | str:
    """The object, or what is wrong with it."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON ({error})"
    return value if isinstance(value, dict) else f"JSON, but {type(value).__name__} instead of an object {{…}}"
