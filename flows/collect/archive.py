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

from flows.collect import warc
from flows.collect.exchange import Exchange
from flows.collect.index import Index
from flows.collect.volume import ROTATE_BYTES, ArchiveError, Volume
from flows.collect.warc import Record, Torn
from transforms.collect.page import Page


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

    def put(self, url: str, body: bytes, *, source: str, media_type: str, role: str = "page") -> Page:
        """Keep the bytes of a file (or a line of one); the Page of the first record with these bytes.

        Raises ArchiveError when the archive cannot be written, StateError when the state database cannot.
        """
        digest = sha256(body).hexdigest()
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
            media_type=_one_line(media_type),
            charset=None,
            fetched_at=self._clock(),
            sha256=digest,
            sent_sha256=digest,
        )
        written = warc.write_resource(record, body)
        with self._lock, self._index.changing():
            # Another process may have been faster.
            return (self._index.find(url, digest, role) or self._append(record, (written,))).page()

    def put_response(self, exchange: Exchange, *, source: str, role: str) -> Page:
        """Keep a request and its response; the Page of the first record with this content from this address.

        A response that repeats an archived one byte for byte is kept as a `revisit` record, without its body.
        Raises ArchiveError and StateError as `put`.
        """
        record = Record(
            file="",
            offset=0,
            url=exchange.url,
            asked=exchange.asked,
            source=_one_line(source),
            role=role,
            media_type=_one_line(exchange.media_type),
            charset=_one_line(exchange.charset) if exchange.charset else None,
            fetched_at=self._clock(),
            sha256=sha256(exchange.content).hexdigest(),
            sent_sha256=sha256(exchange.sent).hexdigest(),
            robots_verdict=exchange.robots_verdict,
        )
        with self._lock, self._index.changing():
            first = self._index.find(record.url, record.sha256, role)
            repeats = first if first and first.sent_sha256 == record.sent_sha256 else None
            written = self._append(record, warc.write_exchange(record, exchange, repeats), is_revisit=bool(repeats))
            return (first or written).page()

    def find(self, url: str, raw_sha256: str) -> Page | None:
        """The page with these bytes from this address (after redirects), or None."""
        found = self._index.find(url, raw_sha256, "page")
        return found.page() if found else None

    def known(self, asked: str) -> Page | None:
        """The page that was last archived for a web address (before redirects), or None."""
        found = self._index.latest_page(asked)
        return found.page() if found else None

    def pages(self, first: date | None = None, last: date | None = None) -> Iterator[Page]:
        """Every page fetched from `first` to `last` (UTC days, both included), oldest first."""
        return (record.page() for record in self._index.pages(first, last))

    def page_at(self, raw_file: str, raw_offset: int) -> Page:
        """The Page whose bytes lie there, from the record itself. Raises ArchiveError."""
        return self._record(raw_file, raw_offset)[0].page()

    def read(self, raw_file: str, raw_offset: int) -> bytes:
        """Exactly the bytes whose SHA-256 is the `raw_sha256` of that place. Raises ArchiveError."""
        return self._record(raw_file, raw_offset)[1]

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
                _catch_up(self._own_index, self.folder)
                self._index_is_complete = True
        return self._own_index

    def _append(self, record: Record, written: tuple[bytes, ...], is_revisit: bool = False) -> Record:
        file, offsets, size = self._volume.append(written, record.fetched_at)
        placed = replace(record, file=file, offset=offsets[-1], is_revisit=is_revisit)
        self._own_index.add([placed], file, size, size)
        return placed

    def _record(self, raw_file: str, raw_offset: int) -> tuple[Record, bytes]:
        path = self.folder / raw_file
        try:
            with path.open("rb") as file:
                member = next(warc.read_members(file, raw_offset), None)
            if member is None:
                raise Torn(raw_offset, "is missing, the file ends before it")
            found = warc.read_record(raw_file, *member)
        except OSError as error:
            raise ArchiveError(
                f"{path}: {error.strerror}; restore the archive folder or set storage.raw to it"
            ) from None
        except Torn as error:
            raise ArchiveError(f"{path}: {error}; restore the file from a copy") from None
        if found is None or found[0].is_revisit:
            raise ArchiveError(f"{path}: the record at {raw_offset} holds no input")
        return found


def _catch_up(index: Index, folder: Path) -> None:
    """Note the records that no process noted: it was killed between the two, or the state database is new."""
    noted = index.files()
    there = {path.relative_to(folder).as_posix(): path for path in sorted(folder.glob("*/*.warc.gz"))}
    for name in noted.keys() - there.keys():
        with index.changing():
            index.forget(name)
    for name, path in there.items():
        indexed_to, size = noted.get(name, (0, 0))
        now_size = path.stat().st_size
        if now_size < indexed_to:
            with index.changing():
                index.forget(name)
            indexed_to = 0
        if now_size != size:
            records, indexed_to = _read_from(path, name, indexed_to)
            with index.changing():
                index.add(records, name, indexed_to, now_size)


def _read_from(path: Path, name: str, start: int) -> tuple[list[Record], int]:
    """The records from `start` to the end or to a torn tail, and where that is."""
    records: list[Record] = []
    with path.open("rb") as file:
        try:
            for offset, member in warc.read_members(file, start):
                found = warc.read_record(name, offset, member)
                if found:
                    records.append(found[0])
            return records, file.tell()
        except Torn as torn:
            return records, torn.offset


def _one_line(text: str) -> str:
    """Text that can stand in a WARC header: a folder may have any name."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text.encode("utf-8", "replace").decode()).strip()
