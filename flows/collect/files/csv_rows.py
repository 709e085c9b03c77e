"""Reads the rows of a CSV file as a stream, whatever its delimiter and encoding.

In: the bytes as a stream. Out: `Row`, `BadRow`.
"""

import csv
from collections.abc import Iterator, Mapping
from typing import BinaryIO, TextIO

from flows.collect.files.csv_text import delimiter_of, open_text
from flows.collect.files.material import BROKEN, Unreadable
from flows.collect.files.rows import BadRow, Row
from transforms.collect.columns import choose_columns
from transforms.outcome import Reason

Problem = tuple[Reason, str]


def csv_rows(stream: BinaryIO, wanted: Mapping[str, str], limit: int) -> Iterator[Row | BadRow]:
    """Each row that is not blank.

    Args:
        stream: the bytes; reading may raise one of `material.BROKEN`.
        wanted: field → column, as the source's file says.
        limit: characters that a row may have; what a longer one has beyond them is never held.

    Raises NoText when no column holds a text, Unreadable when the data break off.
    """
    csv.field_size_limit(max(limit + 1, csv.field_size_limit()))  # one for the whole process; ours is the lower one
    text, head = open_text(stream)
    records = iter(_Records(text, delimiter_of(head, wanted), limit))
    header = next(records, None)
    if header is None:
        return
    if isinstance(header, tuple):
        raise Unreadable(header[0], f"the first row, which should hold the names of the columns, {header[1]}")
    names = [name.strip() for name in header]
    columns = choose_columns(dict.fromkeys(filter(None, names), True), wanted)
    for number, fields in enumerate(records, 1):
        yield _row(number, fields, names, columns)


def _row(number: int, fields: list[str] | Problem, header: list[str], columns: Mapping[str, str]) -> Row | BadRow:
    if isinstance(fields, tuple):
        return BadRow(number, fields[0], f"row {number} {fields[1]}")
    while len(fields) > len(header) and not fields[-1].strip():
        fields = fields[:-1]
    if len(fields) != len(header):
        detail = (
            f"row {number} has {len(fields)} fields, the header {len(header)}; put what holds the delimiter, a quote "
            "or a line end in double quotes"
        )
        return BadRow(number, Reason.NOT_A_TABLE, detail, tuple(fields))
    pairs = list(zip(header, fields, strict=True))
    return Row(number, dict(reversed(pairs)), columns)  # of two columns with one name the first counts


class _Records:
    """The records of a CSV text, one at a time; one that is too long is passed over without being held."""

    def __init__(self, text: TextIO, delimiter: str, limit: int) -> None:
        self._text = text
        self._delimiter = delimiter
        self._limit = limit
        self._begin()

    def __iter__(self) -> Iterator[list[str] | Problem]:
        reader = self._reader()
        while True:
            self._begin()
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Reason.NOT_A_TABLE, f"is not CSV: {error}"
                continue
            except _TooLong:
                self._pass_over()
                reader = self._reader()  # the old one holds half a row
                yield Reason.TOO_LARGE, f"has more than {self._limit:,} characters; is a closing quote missing?"
                continue
            if self._is_over and self._lines > 1 and self._quotes % 2:
                yield Reason.NOT_A_TABLE, 'opens a quote that is never closed; put the missing " there'
            elif any(field.strip() for field in fields):
                yield fields

    def _begin(self) -> None:
        self._length = self._quotes = self._lines = 0
        self._is_over = False
        self._line = ""

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._read_lines(), delimiter=self._delimiter)

    def _read_lines(self) -> Iterator[str]:
        while self._read(self._limit + 1):
            self._length += len(self._line)
            self._lines += 1
            if self._length > self._limit:
                raise _TooLong
            yield self._line
        self._is_over = True

    def _read(self, most: int) -> str:
        try:
            self._line = self._text.readline(most)
        except BROKEN as error:
            if getattr(error, "filename", None):
                raise
            raise Unreadable(Reason.TRUNCATED, f"the compressed data break off: {error}") from None
        self._quotes += self._line.count('"')
        return self._line

    def _pass_over(self) -> None:
        """Leave a record that is too long: to the end of the line that closes its quotes."""
        while (not self._line.endswith("\n") or self._quotes % 2) and self._read(1 << 16):
            pass


class _TooLong(Exception):
    """A record has more characters than any may have."""
