"""What the archive says of an input, and the reading of its WARC records.

In: WARC files that `warc` wrote. Out: `Record`s and the bytes they hold.

What the standard has no field for travels in extension fields that begin with `Copydesk-`, so that the archive alone is
enough to rebuild the index.
"""

# mypy: disable-error-code="no-untyped-call"
# (warcio has no types)

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO

from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader

from transforms.collect.decoding import GZIP, CannotDecode, decode
from transforms.collect.page import Page
from transforms.collect.rights import Rights

NO_LIMIT = 1 << 40
READ_BYTES = 1 << 16
NO_RIGHTS = Rights()
NOT_MODIFIED = "not_modified"
"""The role of an answer that says only: what you have is still right (HTTP 304)."""
_HELD = ("resource", "response", "revisit")
_RIGHTS = tuple(field.name for field in fields(Rights))
_loader = ArcWarcRecordLoader()


@dataclass(frozen=True, slots=True)
class Record:
    """What a record of the archive says of an input.

    `role` is why we hold it: `page`, `feed` (any listing), `robots`, `tdmrep`, `redirect`, `error` or `not_modified`.
    `sha256` is of the content, `sent_sha256` of the bytes on the wire (the same unless HTTP compressed them).
    `record_id` is its WARC-Record-ID (`urn:uuid:…`). A `revisit` says that an earlier record's bytes came again.
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
    rights: Rights = NO_RIGHTS
    record_id: str = ""
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
            rights=self.rights,
        )


class Torn(ValueError):
    """The record at `offset` ends too early or is damaged: a process died while it wrote, or the disk failed."""

    def __init__(self, offset: int, what: str) -> None:
        super().__init__(f"the record at {offset} {what}")
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Held:
    """A record with its bytes: the HTTP status line and headers as archived (None: it was a file), and the body.

    `encoding` is the Content-Encoding that is to be undone, if any.
    """

    record: Record
    head: bytes | None
    sent: bytes
    encoding: str | None = None

    def content(self) -> bytes:
        """The bytes that `raw_sha256` names. Raises Torn."""
        try:
            return decode(self.sent, self.encoding, NO_LIMIT)
        except CannotDecode as error:
            raise Torn(self.record.offset, f"cannot be decoded ({error})") from None


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


def read_record(file: str, offset: int, member: bytes) -> Record | None:
    """What a record says; None for a kind that holds no input (warcinfo, request). Raises Torn."""
    held = read_held(file, offset, member)
    return held.record if held else None


def read_held(file: str, offset: int, member: bytes) -> Held | None:
    """The record with its bytes; None for a kind that holds no input. Raises Torn."""
    try:
        found = _loader.parse_record_stream(BytesIO(member), known_format="warc", no_record_parse=True)
    except Exception as error:  # warcio raises several kinds of error at bytes that are no record
        raise Torn(offset, f"is not a WARC record ({error})") from None
    if found.rec_type not in _HELD:
        return None
    block: bytes = found.raw_stream.read()
    if found.rec_type == "resource":
        return Held(_record(file, offset, found), None, block)
    head, _, sent = block.partition(b"\r\n\r\n")
    is_coded = found.rec_type == "response" and found.rec_headers.get_header("Copydesk-Content") == "decoded"
    held = Held(_record(file, offset, found), head, sent, _encoding(head) if is_coded else None)
    if held.encoding is None or found.rec_headers.get_header("Copydesk-Content-SHA256"):
        return held
    # Version 1 of the archive left it to the reader to find out what the decoded body's digest is.
    return replace(held, record=replace(held.record, sha256=sha256(held.content()).hexdigest()))


def stamp(moment: datetime) -> str:
    """A moment as WARC 1.1 writes it, to the microsecond, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def rights_as_text(rights: Rights) -> str | None:
    """The signals as one line of JSON in ASCII; None where nothing is said.

    >>> rights_as_text(Rights(tdm_reservation=True, robots_tag="noai"))
    '{"tdm_reservation":true,"robots_tag":"noai"}'
    """
    if rights == NO_RIGHTS:
        return None
    stated = {name: value for name in _RIGHTS if (value := getattr(rights, name)) is not None}
    return json.dumps(stated, separators=(",", ":"))


def rights_of_text(text: str | None) -> Rights:
    """The signals as `rights_as_text` wrote them; what a later copydesk may have added is passed over."""
    stated = json.loads(text) if text else {}
    return Rights(**{name: stated[name] for name in _RIGHTS if name in stated})


def _encoding(head: bytes) -> str | None:
    """The value of Content-Encoding, several of them joined."""
    lines = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    found = (value.strip().decode("latin-1") for name, _, value in lines if name.strip().lower() == b"content-encoding")
    return ",".join(found) or None


def _record(file: str, offset: int, found: ArcWarcRecord) -> Record:
    field = found.rec_headers.get_header
    sent_sha256 = (field("WARC-Payload-Digest") or "").removeprefix("sha256:")
    return Record(
        file=file,
        offset=offset,
        url=field("WARC-Target-URI"),
        asked=field("Copydesk-Asked") or field("WARC-Target-URI"),
        source=field("Copydesk-Source") or "",
        role=field("Copydesk-Role") or "page",
        media_type=field("Copydesk-Media-Type") or field("Content-Type"),
        charset=field("Copydesk-Charset"),
        fetched_at=datetime.fromisoformat(field("WARC-Date")),
        sha256=field("Copydesk-Content-SHA256") or sent_sha256,
        sent_sha256=sent_sha256,
        robots_verdict=field("Copydesk-Robots"),
        rights=rights_of_text(field("Copydesk-Rights")),
        record_id=field("WARC-Record-ID").strip("<>"),
        is_revisit=found.rec_type == "revisit",
    )
