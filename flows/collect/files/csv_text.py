"""Tells the encoding and the delimiter of a CSV file.

In: the bytes as a stream. Out: the text as a stream, and the character between its fields.
"""

import codecs
import csv
import io
import re
from collections.abc import Mapping
from typing import Any, BinaryIO, TextIO

from charset_normalizer import from_bytes

from flows.collect.files.material import BROKEN
from transforms.collect.columns import NoText, choose_columns

DELIMITERS = ",;\t|"
SAMPLE_BYTES = 1 << 16
SAMPLE_ROWS = 50
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
# What spreadsheets write; with more to choose from the detector errs more on short samples.
_SPREADSHEET = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("cp932", "gb18030", "big5", "cp949"),
]
_DELIMITER_LINE = re.compile(r"sep=(.)\s*\Z")


def open_text(stream: BinaryIO) -> tuple[TextIO, str]:
    """The text, and its beginning to be looked at. Excel's first line `sep=;` is left out of the text, not of that."""
    joined = _Joined(stream)
    encoding, errors = _encoding(joined.head)
    text = io.TextIOWrapper(io.BufferedReader(joined), encoding, errors)
    head = codecs.getincrementaldecoder(encoding)(errors).decode(joined.head)
    if _DELIMITER_LINE.match(head.partition("\n")[0]):
        text.readline()
    return text, head


def delimiter_of(head: str, wanted: Mapping[str, str]) -> str:
    r"""The character between fields: the one that gives the most names we know and rows as wide as the header.

    >>> delimiter_of("id;text\n1;rain, then sun\n", {})
    ';'
    """
    said = _DELIMITER_LINE.match(head.partition("\n")[0])
    return said[1] if said else max(DELIMITERS, key=lambda mark: _fit(head, mark, wanted))


def _fit(head: str, delimiter: str, wanted: Mapping[str, str]) -> tuple[int, float, int]:
    try:
        rows = [row for row in csv.reader(io.StringIO(head), delimiter=delimiter) if row][: SAMPLE_ROWS + 1]
    except csv.Error:
        return (0, 0.0, 0)
    if not rows:
        return (0, 0.0, 0)
    # The last row of the sample may be cut.
    body = rows[1:-1] or rows[1:]
    as_wide = sum(len(row) == len(rows[0]) for row in body) / len(body) if body else 1.0
    try:
        known = len(choose_columns(dict.fromkeys((name.strip() for name in rows[0]), True), wanted))
    except NoText:
        known = 0
    return (known, as_wide, len(rows[0]))


def _encoding(head: bytes) -> tuple[str, str]:
    """The encoding, and what to do with bytes that do not fit it."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name, "replace"
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(head)
    damaged, beyond_ascii = text.count("\ufffd"), len(text) - len(text.encode("ascii", "ignore"))
    if damaged > 0.1 * beyond_ascii:  # else letters of another file that were pasted into one of UTF-8
        start = max(0, re.search(rb"[\x80-\xff]", head).start() - 2000)  # type: ignore[union-attr]
        best = from_bytes(head[start:][:20000], cp_isolation=_SPREADSHEET).best()
        return (best.encoding if best else "cp1252"), "replace"
    return "utf-8", "as_cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8, as most files have them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("as_cp1252", _as_cp1252)


class _Joined(io.RawIOBase):
    """A stream whose beginning was read already. Where the data break off, what came before is given first."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._broken: BaseException | None = None
        parts: list[bytes] = []
        try:
            while sum(map(len, parts)) < SAMPLE_BYTES and (part := stream.read(4096)):
                parts.append(part)
        except BROKEN as error:
            self._broken = error
        self.head = b"".join(parts)
        self._waiting = self.head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._waiting and self._broken:
            raise self._broken
        data = self._waiting[: len(buffer)] or self._stream.read(min(len(buffer), 4096))
        self._waiting = self._waiting[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
