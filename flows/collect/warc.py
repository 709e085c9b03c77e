"""Writes and reads single WARC 1.1 records, each its own gzip member.

In: an input's bytes or an `Exchange`. Out: the bytes of records; and back again, `Record`.

What the standard has no field for travels in extension fields that begin with `Copydesk-`, so that the archive alone is
enough to rebuild the index.
"""

# mypy: disable-error-code="no-untyped-call"
# (warcio has no types)

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO
from urllib.parse import urlsplit

from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.collect.exchange import Exchange, Headers
from transforms.collect.decoding import GZIP, decode
from transforms.collect.page import Page

# 3: on 47 MB of news pages 0.34 s of CPU for 10.0 MB; 6 takes 0.77 s for 8.9 MB (warcio's own 9 far longer).
LEVEL = 3
NO_LIMIT = 1 << 40
READ_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Record:
    """What a record of the archive says of an input.

    `role` is why we hold it: `page`, `feed`, `robots`, `redirect` or `error`. `sha256` is of the content, `sent_sha256`
    of the bytes on the wire (the same unless HTTP compressed them). A `revisit` repeats an earlier record's bytes.
    """

    file: str
    offset: int
    url: str
    asked: str
    source: str
    role: str
    media_type: str
    charset: str | None
    fetched_at: datetime
    sha256: str
    sent_sha256: str
    robots_verdict: str | None = None
    is_revisit: bool = False

    def page(self) -> Page:
        """The record as what collect hands on."""
        return Page(
            url=self.url,
            source=self.source,
            media_type=self.media_type,
            charset=self.charset,
            fetched_at=self.fetched_at,
            raw_file=self.file,
            raw_offset=self.offset,
            raw_sha256=self.sha256,
            robots_verdict=self.robots_verdict,
        )


class Torn(ValueError):
    """The record at `offset` ends too early or is damaged: a process died while it wrote, or the disk failed."""

    def __init__(self, offset: int, what: str) -> None:
        super().__init__(f"the record at {offset} {what}")
        self.offset = offset


def write_info(name: str, written_at: datetime) -> bytes:
    """The record that opens a file."""
    writer, out = _writer()
    info = {"software": "copydesk", "format": "WARC File Format 1.1", "robots": "RFC 9309"}
    record = writer.create_warcinfo_record(name, info)
    record.rec_headers.replace_header("WARC-Date", stamp(written_at))
    writer.write_record(record)
    return _compress(out.getvalue(), LEVEL)


def write_resource(record: Record, body: bytes) -> bytes:
    """A file's bytes, as they are."""
    fields = {**_fields(record), "WARC-Block-Digest": f"sha256:{record.sha256}", "Content-Type": record.media_type}
    writer, out = _writer()
    writer.write_record(
        writer.create_warc_record(
            record.url, "resource", payload=BytesIO(body), length=len(body), warc_headers_dict=fields
        )
    )
    return _compress(out.getvalue(), 0 if body[:2] == b"\x1f\x8b" else LEVEL)


def write_exchange(record: Record, exchange: Exchange, repeats: Record | None) -> tuple[bytes, bytes]:
    """The request's and the response's record; when it `repeats` an archived one, the body is left out (a revisit)."""
    writer, out = _writer()
    http = StatusAndHeaders(
        f"{exchange.status} {exchange.phrase}".strip(), list(_safe(exchange.headers)), protocol=exchange.protocol
    )
    fields = _fields(record) | {"Copydesk-Content": "as-sent" if exchange.body is None else "decoded"}
    if exchange.address:
        fields["WARC-IP-Address"] = exchange.address
    if exchange.truncated:
        fields["WARC-Truncated"] = exchange.truncated
    if repeats:
        digest = fields.pop("WARC-Payload-Digest")
        fields["Copydesk-Content-SHA256"] = record.sha256
        response = writer.create_revisit_record(
            record.url, digest, repeats.url, stamp(repeats.fetched_at), http_headers=http, warc_headers_dict=fields
        )
    else:
        response = writer.create_warc_record(
            record.url,
            "response",
            payload=BytesIO(exchange.sent),
            length=len(exchange.sent),
            http_headers=http,
            warc_headers_dict=fields,
        )
    writer.write_record(response)
    answered = out.getvalue()
    asked = _write_request(record, exchange, response.rec_headers.get_header("WARC-Record-ID"))
    return asked, _compress(answered, 0 if exchange.header("content-encoding") else LEVEL)


def _write_request(record: Record, exchange: Exchange, response_id: str) -> bytes:
    writer, out = _writer()
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    http = StatusAndHeaders(
        f"GET {target} HTTP/1.1", list(_safe(exchange.request_headers)), protocol="", is_http_request=True
    )
    fields = {"WARC-Date": stamp(record.fetched_at), "WARC-Concurrent-To": response_id}
    writer.write_record(
        writer.create_warc_record(
            record.url, "request", payload=BytesIO(), length=0, http_headers=http, warc_headers_dict=fields
        )
    )
    return _compress(out.getvalue(), LEVEL)


def read_members(file: BinaryIO, start: int) -> Iterator[tuple[int, bytes]]:
    """Each gzip member from `start` on as (offset, decompressed bytes). Raises Torn where the file is damaged."""
    file.seek(start)
    offset, waiting = start, b""
    while waiting or (waiting := file.read(READ_BYTES)):
        stream, parts, used = zlib.decompressobj(GZIP), [], 0
        while not stream.eof:
            if not waiting and not (waiting := file.read(READ_BYTES)):
                raise Torn(offset, "ends too early")
            try:
                parts.append(stream.decompress(waiting))
            except zlib.error as error:
                raise Torn(offset, f"is damaged ({error})") from None
            used += len(waiting) - len(stream.unused_data)
            waiting = stream.unused_data
        yield offset, b"".join(parts)
        offset += used


def read_record(file: str, offset: int, member: bytes) -> tuple[Record, bytes] | None:
    """The record and its content; None for a kind that holds no input (warcinfo, request). Raises Torn."""
    try:
        record = ArcWarcRecordLoader().parse_record_stream(BytesIO(member), known_format="warc")
    except Exception as error:  # warcio raises several kinds of error at bytes that are no record
        raise Torn(offset, f"is not a WARC record ({error})") from None
    if record.rec_type not in ("resource", "response", "revisit"):
        return None
    field = record.rec_headers.get_header
    sent = record.raw_stream.read()
    http = record.http_headers
    content = sent
    if http and record.rec_type == "response" and field("Copydesk-Content") == "decoded":
        content = decode(sent, http.get_header("Content-Encoding"), NO_LIMIT)
    return (
        Record(
            file=file,
            offset=offset,
            url=field("WARC-Target-URI"),
            asked=field("Copydesk-Asked") or field("WARC-Target-URI"),
            source=field("Copydesk-Source") or "",
            role=field("Copydesk-Role") or "page",
            media_type=field("Copydesk-Media-Type") or field("Content-Type"),
            charset=field("Copydesk-Charset"),
            fetched_at=datetime.fromisoformat(field("WARC-Date")),
            sha256=field("Copydesk-Content-SHA256") or sha256(content).hexdigest(),
            sent_sha256=field("WARC-Payload-Digest").removeprefix("sha256:"),
            robots_verdict=field("Copydesk-Robots"),
            is_revisit=record.rec_type == "revisit",
        ),
        content,
    )


def stamp(moment: datetime) -> str:
    """A moment as WARC 1.1 writes it, to the microsecond, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _writer() -> tuple[WARCWriter, BytesIO]:
    # warcio would compress at level 9; we compress ourselves.
    out = BytesIO()
    return WARCWriter(out, gzip=False, warc_version="1.1"), out


def _fields(record: Record) -> dict[str, str]:
    fields = {
        "WARC-Date": stamp(record.fetched_at),
        "WARC-Payload-Digest": f"sha256:{record.sent_sha256}",
        "Copydesk-Source": record.source,
        "Copydesk-Role": record.role,
        "Copydesk-Media-Type": record.media_type,
    }
    optional = {
        "Copydesk-Asked": record.asked if record.asked != record.url else None,
        "Copydesk-Charset": record.charset,
        "Copydesk-Robots": record.robots_verdict,
    }
    return fields | {name: value for name, value in optional.items() if value}


def _safe(headers: Headers) -> Iterator[tuple[str, str]]:
    for name, value in headers:
        # The body is kept without its chunks, so a reader must not look for them.
        is_chunked = name.lower() == "transfer-encoding"
        yield f"X-Archive-Orig-{name}" if is_chunked else name, value


def _compress(record: bytes, level: int) -> bytes:
    stream = zlib.compressobj(level, zlib.DEFLATED, GZIP)
    return stream.compress(record) + stream.flush()
