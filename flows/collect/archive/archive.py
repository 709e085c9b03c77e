"""The archive: every input's bytes, once, in WARC files, before anything reads them.

In: the bytes of a file or an HTTP exchange. Out: a `Page` that says where they lie, and later the bytes themselves.

The content of an HTTP record, named by `raw_sha256` and given by `read`, is the body without its Content-Encoding: the
same page compressed anew by the server is the same page. The record itself holds the body as it was sent. A body that
cannot be decoded is its own content.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self
from urllib.parse import quote

from flows.collect.archive import warc
from flows.collect.archive.catch_up import catch_up
from flows.collect.archive.index import Index
from flows.collect.archive.record import NO_RIGHTS, NOT_MODIFIED, Held, Record, Torn, read_held, read_members
from flows.collect.archive.volume import ROTATE_BYTES, ArchiveError, Volume
from flows.collect.client.exchange import Exchange
from transforms.collect.page import Page
from transforms.collect.rights import Rights

__all__ = ["Archive", "ArchiveError", "now"]

_UNSAFE = re.compile(r"[\x00-\x20\x7f\ud800-\udfff]+")


def now() -> datetime:
    """The time of day, in UTC."""
    return datetime.now(UTC)


class Archive:
    """WARC files below `folder`, one for each process, day and gigabyte, and their index in the database `state`.

    Reading needs the folder alone. The first write (or look into the index) also finds what a killed process wrote but
    did not note, and rebuilds the index when it is missing. May be pickled and used after a fork.
    """

    def __init__(
        self, folder: Path, state: Path, *, clock: Callable[[], datetime] = now, rotate_bytes: int = ROTATE_BYTES
    ) -> None:
        self.folder = folder
        self.state = state
        self._clock = clock
        self._volume = Volume(folder, rotate_bytes)
        self._index_is_complete = False
        self._own_index = Index(state)
        self._lock = RLock()

    def __reduce__(self) -> tuple[type["Archive"], tuple[Path, Path]]:
        return Archive, (self.folder, self.state)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def put(
        self,
        url: str,
        body: bytes,
        *,
        source: str,
        media_type: str,
        role: str = "page",
        charset: str | None = None,
        fetched_at: datetime | None = None,
        rights: Rights = NO_RIGHTS,
    ) -> Page:
        """Keep the bytes of a file (or a line of one); the Page of the first record with these bytes.

        `fetched_at` (now, unless given) is when they were captured, `charset` and `rights` what came with them then.
        Raises ArchiveError when the archive cannot be written, StateError when the state database cannot.
        """
        url, digest = _address(url), sha256(body).hexdigest()
        found = self._index.find(url, digest, role)
        if found:
            return found.page()
        record = Record(
            file="",
            offset=0,
            url=url,
            asked=url,
            source=_one_line(source),
            role=role,
            media_type=_one_line(media_type) or "application/octet-stream",
            charset=_one_line(charset or "") or None,
            fetched_at=fetched_at.astimezone(UTC) if fetched_at else self._clock(),
            sha256=digest,
            sent_sha256=digest,
            rights=rights,
            record_id=warc.new_id(),
        )
        written = warc.write_resource(record, body)
        with self._lock, self._index.changing():
            # Another process may have been faster.
            return (self._index.find(url, digest, role) or self._append(record, (written,))).page()

    def put_response(self, exchange: Exchange, *, source: str, role: str, rights: Rights = NO_RIGHTS) -> Page:
        """Keep a request and its response; the Page of the first record with this content from this address.

        A response that repeats an archived one byte for byte is kept as a `revisit` record, without its body. So is an
        answer 304 in the role "not_modified": its Page is that of the page or listing which the server says is still
        right; the 304 itself when the archive has none.
        Raises ArchiveError and StateError as `put`.
        """
        sent_sha256 = sha256(exchange.sent).hexdigest()
        record = Record(
            file="",
            offset=0,
            url=_address(exchange.url),
            asked=_address(exchange.asked),
            source=_one_line(source),
            role=role,
            media_type=_one_line(exchange.media_type),
            charset=_one_line(exchange.charset or "") or None,
            fetched_at=self._clock(),
            sha256=sent_sha256 if exchange.content is exchange.sent else sha256(exchange.content).hexdigest(),
            sent_sha256=sent_sha256,
            robots_verdict=exchange.robots_verdict,
            rights=rights,
            record_id=warc.new_id(),
        )
        record, first, written = self._written(record, exchange)
        with self._lock, self._index.changing():
            if self._before(record) != first:  # another process was faster
                record, first, written = self._written(record, exchange)
            placed = self._append(record, written)
        return (first or placed).page()

    def find(self, url: str, raw_sha256: str) -> Page | None:
        """The page with these bytes from this address (after redirects), or None."""
        found = self._index.find(_address(url), raw_sha256, "page")
        return found.page() if found else None

    def known(self, asked: str) -> Page | None:
        """The page that was last archived for a web address (before redirects), or None."""
        found = self._index.latest_page(_address(asked))
        return found.page() if found else None

    def pages(self, first: date | None = None, last: date | None = None) -> Iterator[Page]:
        """Every page fetched from `first` to `last` (UTC days, both included), oldest first."""
        return (record.page() for record in self._index.pages(first, last))

    def page_at(self, raw_file: str, raw_offset: int) -> Page:
        """The Page whose bytes lie there, from the record itself. Raises ArchiveError."""
        return self._held(raw_file, raw_offset).record.page()

    def read(self, raw_file: str, raw_offset: int) -> bytes:
        """Exactly the bytes whose SHA-256 is the `raw_sha256` of that place. Raises ArchiveError."""
        held = self._held(raw_file, raw_offset)
        try:
            return held.content()
        except Torn as error:
            raise self._damaged(raw_file, error) from None

    def response_head(self, raw_file: str, raw_offset: int) -> bytes | None:
        """The HTTP status line and headers that came with those bytes, each line with its CRLF; None for a file.

        As they were sent, but that Transfer-Encoding is called X-Archive-Orig-Transfer-Encoding: the archive keeps the
        body without its chunks. Raises ArchiveError.
        """
        head = self._held(raw_file, raw_offset).head
        return None if head is None else head + b"\r\n"

    def check(self, raw_file: str, raw_offset: int, raw_sha256: str) -> str | None:
        """What is wrong with the bytes at a place, in a sentence; None when they are those that the digest names."""
        try:
            body = self.read(raw_file, raw_offset)
        except ArchiveError as error:
            return str(error)
        found = sha256(body).hexdigest()
        if found == raw_sha256:
            return None
        return f"{self.folder / raw_file} at {raw_offset}: the bytes have SHA-256 {found}, not {raw_sha256}"

    def close(self) -> None:
        """Put on disk what was written; the archive opens again by itself when it is used."""
        with self._lock:
            self._volume.close()
            self._own_index.close()

    @property
    def _index(self) -> Index:
        with self._lock:
            if not self._index_is_complete:
                catch_up(self._own_index, self.folder)
                self._index_is_complete = True
        return self._own_index

    def _written(self, record: Record, exchange: Exchange) -> tuple[Record, Record | None, tuple[bytes, bytes]]:
        """The record, the one before it that has the same content, and the bytes to write."""
        first = self._before(record)
        # Its bytes need not be repeated.
        is_revisit = record.role == NOT_MODIFIED or (first is not None and first.sent_sha256 == record.sent_sha256)
        record = replace(record, is_revisit=is_revisit)
        return record, first, warc.write_exchange(record, exchange, first)

    def _before(self, record: Record) -> Record | None:
        if record.role == NOT_MODIFIED:
            return self._index.latest(record.asked, record.url)
        return self._index.find(record.url, record.sha256, record.role)

    def _append(self, record: Record, written: tuple[bytes, ...]) -> Record:
        # A page taken over from another archive keeps its time; the file it is written to is today's.
        file, offsets, size = self._volume.append(written, self._clock())
        placed = replace(record, file=file, offset=offsets[-1])
        self._own_index.add([placed], file, size, size)
        return placed

    def _held(self, raw_file: str, raw_offset: int) -> Held:
        path = self.folder / raw_file
        try:
            with path.open("rb") as file:
                member = next(read_members(file, raw_offset), None)
            if member is None:
                raise Torn(raw_offset, "is missing, the file ends before it")
            found = read_held(raw_file, *member)
        except OSError as error:
            raise ArchiveError(
                f"{path}: {error.strerror}; restore the archive folder or set storage.raw to it"
            ) from None
        except Torn as error:
            raise self._damaged(raw_file, error) from None
        if found is None or found.record.is_revisit:
            raise ArchiveError(f"{path}: the record at {raw_offset} holds no input")
        return found

    def _damaged(self, raw_file: str, error: Torn) -> ArchiveError:
        return ArchiveError(f"{self.folder / raw_file}: {error}; restore the file from a copy")


def _one_line(text: str) -> str:
    """Text that can stand in a WARC header: a folder may have any name."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text.encode("utf-8", "replace").decode()).strip()


def _address(url: str) -> str:
    """The address as it can stand in a WARC header: what no address may hold is percent-encoded."""
    return _UNSAFE.sub(lambda found: quote(found[0], safe="", errors="replace"), url) if _UNSAFE.search(url) else url
