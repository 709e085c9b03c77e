"""Reads the pages of WARC files of any origin into the archive.

In: a stream. Out: a `Page` for each page that a site answered with (or that was kept as a resource), `Refused` for one
that cannot be read, and for each place where the file is damaged.

No inputs are: requests, metadata, DNS, redirects and errors (whoever crawled got no article there), pictures, scripts,
feeds and sitemaps (their pages are records of their own), robots.txt and its like. A `revisit` is one when the archive
has the bytes it refers to.
"""

# mypy: disable-error-code="no-untyped-call"
# (warcio has no types)

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO, cast

from flows.collect.archive.record import rights_of_text
from flows.collect.files.filing import Filing, refused_with
from flows.collect.warcs.warc_page import content_of, date_of, digest_of, is_wanted, source_of, type_of
from flows.collect.warcs.warc_records import Broken, WarcRecord, read_records
from transforms.collect.decoding import CannotDecode
from transforms.collect.listing import listing_kind
from transforms.collect.media_types import UNKNOWN, bare, charset_of, looks_like_html
from transforms.collect.page import Page, Refused
from transforms.collect.rights import Rights, header_rights
from transforms.outcome import Reason, Reject


def read_warc(
    stream: BinaryIO, name: str, address: str, filing: Filing, source: str | None
) -> Iterator[Page | Refused]:
    """The pages of one WARC file.

    Args:
        stream: the file, packed or not; what it raises goes through.
        name: the file for people.
        address: where it lies, for what has no address of its own.
        filing: where the bytes go.
        source: the source of all of them; None: what the record says (our own do), else the host of its address.
    """
    yield from _WarcReader(name, address, filing, source).read(stream)


class _WarcReader:
    def __init__(self, name: str, address: str, filing: Filing, source: str | None) -> None:
        self._name = name
        self._address = address
        self._filing = filing
        self._source = source
        # Where the bytes with a payload digest lie in our archive, for the revisits of this file.
        self._places: dict[str, tuple[str, int]] = {}

    def read(self, stream: BinaryIO) -> Iterator[Page | Refused]:
        buffered = cast(io.BufferedReader, stream if hasattr(stream, "peek") else io.BufferedReader(cast(Any, stream)))
        if not buffered.peek(1):
            yield self._refuse(Reason.EMPTY, f"{self._name} is empty", 0)
            return
        is_empty = True

        def is_chosen(*headers: Any) -> bool:
            nonlocal is_empty
            is_empty = False
            return is_wanted(*headers)

        for item in read_records(buffered, self._filing.max_bytes, is_chosen):
            if isinstance(item, Broken):
                is_empty = False
                yield self._broken(item)
            elif outcome := self._read_record(item):
                yield outcome
        if is_empty:
            yield self._refuse(Reason.NOT_READABLE, f"{self._name} holds no WARC record", 0)

    def _broken(self, item: Broken) -> Refused:
        where = f"{self._name} at {item.offset:,}"
        if item.is_end:
            return self._refuse(Reason.TRUNCATED, f"{where}: {item.detail}; copy or download it again", item.offset)
        return self._refuse(Reason.NOT_READABLE, f"{where}: {item.detail}; what follows is read", item.offset)

    def _refuse(self, reason: Reason, detail: str, offset: int) -> Refused:
        source = self._source or source_of(self._address, None)
        return self._filing.refuse(f"{self._address}#offset={offset}", source, reason, detail)

    def _read_record(self, record: WarcRecord) -> Page | Refused | None:
        date = date_of(record.field("WARC-Date"))
        if date is None:
            detail = f"{self._name} at {record.offset:,}: its WARC-Date, {record.field('WARC-Date')!r}, is no time"
            return self._refuse(Reason.NOT_READABLE, detail, record.offset)
        if record.kind == "revisit":
            return self._revisit(record, date)
        if record.body is None:
            detail = f"{record.url} has {record.length:,} bytes in {self._name}"
            return self._refuse_record(record, date, Reason.TOO_LARGE, f"{detail}, {self._limit}")
        return self._page(record, date, record.body)

    def _page(self, record: WarcRecord, date: datetime, sent: bytes) -> Page | Refused | None:
        try:
            content = content_of(record.http, sent, self._filing.max_bytes)
        except CannotDecode as error:
            if "larger than" in str(error):
                return self._refuse_record(record, date, Reason.TOO_LARGE, f"{record.url}: {error}")
            page = self._keep(record, date, sent, role="error")
            return refused_with(page, Reject("collect", Reason.NOT_READABLE, f"{record.url}: {error}"))
        media_type = type_of(record.fields, record.http)
        if record.field("Copydesk-Role") is None and not _may_be_article(content, media_type):
            return None
        page = self._keep(record, date, content)
        digest = digest_of(record.field("WARC-Payload-Digest"))
        if digest:
            self._places[digest] = (page.raw_file, page.raw_offset)
        if not content:
            return refused_with(page, Reject("collect", Reason.EMPTY, f"{page.url} answered with an empty body"))
        if cut := record.field("WARC-Truncated"):
            detail = f"{page.url} was cut off when it was archived ({cut})"
            return refused_with(page, Reject("collect", Reason.TRUNCATED, detail))
        return page

    def _revisit(self, record: WarcRecord, date: datetime) -> Page | None:
        """The page whose bytes came again; None when nobody has them, or when this file gave that page already."""
        archive = self._filing.archive
        found = self._original(record)
        if found is None or found.url == record.url:
            is_known = found and (found.raw_file, found.raw_offset) in self._places.values()
            return None if is_known else found
        content = archive.read(found.raw_file, found.raw_offset)
        return archive.put(
            record.url,
            content,
            source=self._source_of(record),
            media_type=found.media_type,
            charset=found.charset,
            fetched_at=date,
            rights=self._rights(record) if record.http else found.rights,
        )

    def _original(self, record: WarcRecord) -> Page | None:
        archive = self._filing.archive
        digest = digest_of(record.field("WARC-Payload-Digest"))
        if digest in self._places:
            return archive.page_at(*self._places[digest])
        referred = (record.field("WARC-Refers-To-Target-URI") or record.url).strip("<> ")
        sha256 = record.field("Copydesk-Content-SHA256") or (digest or "").partition("sha256:")[2]
        if sha256 and (page := archive.find(referred, sha256)):
            return page
        known, date = archive.known(referred), date_of(record.field("WARC-Refers-To-Date"))
        is_meant = known and date and abs((known.fetched_at - date).total_seconds()) < 1
        return known if is_meant else None

    def _keep(self, record: WarcRecord, date: datetime, content: bytes, role: str = "page") -> Page:
        content_type = record.http.get_header("Content-Type") if record.http else record.field("Content-Type")
        return self._filing.archive.put(
            record.url,
            content,
            source=self._source_of(record),
            media_type=type_of(record.fields, record.http),
            role=role,
            charset=record.field("Copydesk-Charset") or charset_of(content_type),
            fetched_at=date,
            rights=self._rights(record),
        )

    def _rights(self, record: WarcRecord) -> Rights:
        said = record.field("Copydesk-Rights")
        if said:
            return rights_of_text(said)
        return header_rights(record.http.headers, record.url) if record.http else Rights()

    def _source_of(self, record: WarcRecord) -> str:
        return self._source or source_of(record.url, record.field("Copydesk-Source"))

    def _refuse_record(self, record: WarcRecord, date: datetime, reason: Reason, detail: str) -> Refused:
        return Refused(record.url, self._source_of(record), Reject("collect", reason, detail), date)

    @property
    def _limit(self) -> str:
        return f"the limit (politeness.max_bytes) is {self._filing.max_bytes:,}"


def _may_be_article(content: bytes, media_type: str) -> bool:
    """Whether the bytes are a page, whatever the server called them."""
    if media_type == UNKNOWN:
        return looks_like_html(content) or content.startswith(b"%PDF-")
    return listing_kind(content, bare(media_type)) is None
