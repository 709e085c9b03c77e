"""Takes WARC files of any origin apart, one record at a time, however large or damaged the file is.

In: a stream of `.warc`, or of `.warc.gz` with a gzip member for each record or one for all. Out: `WarcRecord`s, and
`Broken` for each place that cannot be read; reading goes on at the next record that can be found.
"""

# mypy: disable-error-code="no-untyped-call"
# (warcio has no types)

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException

from flows.collect.warcs.warc_stream import Damaged, Inflated, Plain, Portions

HEADER_BYTES = 1 << 18
"""More than any header has: Chrome takes 256 KiB."""
SKIP_BYTES = 1 << 20
_warc_parser = StatusAndHeadersParser(["WARC/"])
_http_parser = StatusAndHeadersParser([], verify=False)  # also HTTP/2 and what servers make of it


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A record whose bytes were wanted.

    `offset` is where it, or the gzip member it is in, begins in the file. `http` are the status line and headers of a
    response. `body` is what follows them, as it was sent; None when it is larger than the limit, `length` says how
    large.
    """

    offset: int
    kind: str
    fields: StatusAndHeaders
    http: StatusAndHeaders | None
    length: int
    body: bytes | None

    def field(self, name: str) -> str | None:
        """A header of the record."""
        value: str | None = self.fields.get_header(name)
        return value

    @property
    def url(self) -> str:
        """The address it is about; wget 1.19 put it in angle brackets."""
        return (self.field("WARC-Target-URI") or "").strip("<> ")


@dataclass(frozen=True, slots=True)
class Broken:
    """A place that could not be read; `is_end` when the file ends in the middle of a record."""

    offset: int
    detail: str
    is_end: bool = False


Wanted = Callable[[str, StatusAndHeaders, StatusAndHeaders | None], bool]


def read_records(stream: io.BufferedIOBase, limit: int, is_wanted: Wanted) -> Iterator[WarcRecord | Broken]:
    """Each record that is wanted, as soon as it is known to be whole.

    Args:
        stream: the file; what it raises goes through.
        limit: bytes that a body may have. A larger one is passed over without being held.
        is_wanted: whether a body is to be read, by the record's type, its headers and those of HTTP.
    """
    portions = Inflated(stream) if Inflated.fits(stream) else Plain(stream)
    while portions.begin():
        is_over = is_lost = False
        while not is_over:
            try:
                yield from _records_of_member(portions, limit, is_wanted, is_lost)
                is_over = True
            except Damaged as damage:
                yield Broken(damage.offset, str(damage), damage.is_end)
                is_lost = True
                is_over = portions.recover(damage)


def _records_of_member(
    portions: Portions, limit: int, is_wanted: Wanted, is_lost: bool
) -> Iterator[WarcRecord | Broken]:
    """The records up to the end of a member. `is_lost`: something was damaged, so the next one is to be looked for."""
    if is_lost:
        _pass_over(portions)
    while line := _next_line(portions):
        if line.startswith(b"WARC/"):
            # What breaks off is not handed on: the end of the record, and gzip's checksum, are read before.
            record = _read_record(portions, portions.offset, limit, is_wanted)
            if record:
                yield record
        else:
            yield Broken(portions.offset, "there is something that is no WARC record")
            _pass_over(portions)


def _pass_over(portions: Portions) -> None:
    while (line := portions.peek_line(HEADER_BYTES)) and not line.startswith(b"WARC/"):
        portions.readline(HEADER_BYTES)


def _next_line(portions: Portions) -> bytes:
    """The line that comes next and is not blank; it is left to be read. Empty at the end."""
    while (line := portions.peek_line(HEADER_BYTES)) and not line.strip():
        portions.readline(HEADER_BYTES)
    return line


def _read_record(portions: Portions, offset: int, limit: int, is_wanted: Wanted) -> WarcRecord | None:
    fields = _parse(_warc_parser, _read_head(portions, HEADER_BYTES, offset), offset)
    kind = fields.get_header("WARC-Type") or ""
    length = _length(fields, offset)
    http = None
    left = length
    if kind in ("response", "revisit") and length and _is_http(fields):
        head = _read_head(portions, min(length, HEADER_BYTES), offset, is_to_end=True)
        left -= len(head)
        http = _parse(_http_parser, head, offset) if head.strip() else None
    body: bytes | None = None
    wanted = is_wanted(kind, fields, http)
    if wanted and left <= limit:
        body = portions.read(left)
        left -= len(body)
    while left and (part := portions.read(min(left, SKIP_BYTES))):
        left -= len(part)
    if left:
        raise Damaged(offset, f"the record ends {left:,} bytes too early", is_end=portions.is_at_end)
    try:
        portions.finish()
    except Damaged as damage:
        raise Damaged(offset, str(damage), is_end=damage.is_end, is_packed=damage.is_packed) from None
    return WarcRecord(offset, kind, fields, http, length, body) if wanted else None


def _read_head(portions: Portions, most: int, offset: int, is_to_end: bool = False) -> bytes:
    """Lines up to and with the blank one. `is_to_end`: they may also just end, with the record."""
    lines: list[bytes] = []
    room = most
    while room > 0 and (line := portions.readline(room)):
        lines.append(line)
        room -= len(line)
        if not line.strip():
            return b"".join(lines)
    if is_to_end and room <= 0 and most < HEADER_BYTES:
        return b"".join(lines)
    what = "ends too early" if room > 0 else f"is longer than {most:,} bytes"
    raise Damaged(offset, f"the header of the record {what}", is_end=room > 0 and portions.is_at_end)


def _parse(parser: StatusAndHeadersParser, head: bytes, offset: int) -> StatusAndHeaders:
    try:
        return cast(StatusAndHeaders, parser.parse(io.BytesIO(head)))
    except (StatusAndHeadersParserException, EOFError, ValueError) as error:
        raise Damaged(offset, f"its header cannot be read ({error})") from None


def _length(fields: StatusAndHeaders, offset: int) -> int:
    value = (fields.get_header("Content-Length") or "").strip()
    if not value.isdecimal() or len(value) > 18:
        raise Damaged(offset, f"the record's Content-Length is {value!r}, no number of bytes")
    return int(value)


def _is_http(fields: StatusAndHeaders) -> bool:
    url = (fields.get_header("WARC-Target-URI") or "").strip("<> ").lower()
    kind = (fields.get_header("Content-Type") or "application/http").lower()
    return url.startswith(("http:", "https:")) and kind.startswith("application/http")
