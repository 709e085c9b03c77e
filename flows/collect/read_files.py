"""Reads files into the archive.

In: a path. Out: a `Page` or `Refused` for each file, or each line of a `.jsonl`; a feed is handed back to be followed.
"""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from flows.collect.archive import Archive
from flows.collect.files import Found, Unread, find_files
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason, Reject


@dataclass(frozen=True, slots=True)
class LocalFeed:
    """A feed among the files, archived; its links are still to be followed.

    Its relative links may name files below the folder `within`, and no others.
    """

    path: Path
    page: Page
    body: bytes
    within: Path


class FileReader:
    """Reads files of at most `max_bytes` (a `.jsonl`: lines of at most so many bytes)."""

    def __init__(
        self, archive: Archive, clock: Callable[[], datetime], max_bytes: int, covered: Sequence[tuple[Path, str]]
    ) -> None:
        self._archive = archive
        self._clock = clock
        self._max_bytes = max_bytes
        self._covered = covered
        self._seen: set[int] = set()

    def read(self, path: Path, source: str | None) -> Iterator[Page | Refused | LocalFeed]:
        """What a file or folder holds. `source` is None when it was named by itself."""
        for found in find_files(path):
            # The same file may be reached twice: by its folder and by name, by a link.
            mark = hash(found.path.resolve())
            if mark in self._seen:
                continue
            self._seen.add(mark)
            name = source or self.source_of(found.path)
            if isinstance(found, Unread):
                yield self._refused(found.path, name, found.reject.reason, found.reject.detail)
            else:
                yield from self._read_file(found, name, path)

    def source_of(self, path: Path) -> str:
        """The source whose paths cover the file, else the name of the folder it lies in, however the file was named."""
        place = path.resolve()
        return next(
            (key for covered, key in self._covered if place.is_relative_to(covered)), place.parent.name or "files"
        )

    def _within(self, path: Path, named: Path) -> Path:
        """Where the links of a feed may lead: the folder that was named, or its source's, else the feed's own."""
        if named.is_dir():
            return named.resolve()
        place = path.resolve()
        folders = (covered for covered, _ in self._covered if covered.is_dir() and place.is_relative_to(covered))
        return next(folders, place.parent)

    def _read_file(self, found: Found, source: str, named: Path) -> Iterator[Page | Refused | LocalFeed]:
        try:
            if found.kind == "application/jsonl":
                yield from self._read_lines(found.path, source)
            else:
                yield self._read_whole(found, source, named)
        except OSError as error:
            # Only errors of the file itself: those of the archive concern every input and end the run.
            if error.filename is None or Path(error.filename) != found.path:
                raise
            yield self._refused(found.path, source, Reason.NOT_READABLE, f"{found.path}: {error.strerror}")

    def _read_whole(self, found: Found, source: str, named: Path) -> Page | Refused | LocalFeed:
        path = found.path
        with path.open("rb") as file:
            body = _guarded(lambda: file.read(self._max_bytes + 1), path)
            if len(body) > self._max_bytes:
                size = max(path.stat().st_size, len(body))
                detail = f"{path} has {size:,} bytes; the limit (politeness.max_bytes) is {self._max_bytes:,}"
                return self._refused(path, source, Reason.TOO_LARGE, detail)
        is_feed = found.kind == "feed"
        page = self._archive.put(
            _uri(path),
            body,
            source=source,
            media_type="application/xml" if is_feed else found.kind,
            role="feed" if is_feed else "page",
        )
        if not body:
            return self._refused(path, source, Reason.EMPTY, f"{path} is empty", page)
        return LocalFeed(path, page, body, self._within(path, named)) if is_feed else page

    def _read_lines(self, path: Path, source: str) -> Iterator[Page | Refused]:
        count = 0
        with path.open("rb") as raw:
            is_gzip = _guarded(lambda: raw.read(2), path) == b"\x1f\x8b"
            raw.seek(0)
            lines = _lines(cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if is_gzip else raw, self._max_bytes)
            while True:
                try:
                    item = _guarded(lambda: next(lines, None), path)
                except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                    detail = f"{path} breaks off after line {count}: {error}"
                    yield self._refused(path, source, Reason.TRUNCATED, detail)
                    return
                if item is None:
                    break
                number, line = item
                count = number
                if line.strip():
                    yield self._read_line(path, number, line, source)
        if not count:
            yield self._refused(path, source, Reason.EMPTY, f"{path} is empty")

    def _read_line(self, path: Path, number: int, line: bytes, source: str) -> Page | Refused:
        where = f"{path} line {number}"
        url = f"{_uri(path)}#line={number}"
        if len(line) > self._max_bytes:
            reject = Reject("collect", Reason.TOO_LARGE, f"{where} is longer than {self._max_bytes:,} bytes")
            return Refused(url, source, reject, self._clock())
        page = self._archive.put(url, line, source=source, media_type="application/json")
        problem = _not_an_object(line)
        if problem is None:
            return page
        return refused_with(page, Reject("collect", Reason.NOT_JSON, f"{where}: {problem}"))

    def _refused(self, path: Path, source: str, reason: Reason, detail: str, page: Page | None = None) -> Refused:
        reject = Reject("collect", reason, detail)
        return refused_with(page, reject) if page else Refused(_uri(path), source, reject, self._clock())


def refused_with(page: Page, reject: Reject) -> Refused:
    """A refusal of bytes that are in the archive."""
    return Refused(
        page.url, page.source, reject, page.fetched_at, page.raw_file, page.raw_offset, page.raw_sha256
    )  # fmt: skip


def _lines(file: BinaryIO, limit: int) -> Iterator[tuple[int, bytes]]:
    """Each line with its number from 1, without its end; of one longer than `limit` only the beginning is kept."""
    number = 0
    while line := file.readline(limit + 2):
        number += 1
        rest = line
        while rest and not rest.endswith(b"\n"):  # also at the end of the file
            rest = file.readline(1 << 20)
        yield number, line.rstrip(b"\r\n")


def _not_an_object(line: bytes) -> str | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON ({error})"
    return None if isinstance(value, dict) else f"JSON, but {type(value).__name__} instead of an object {{…}}"


def _guarded[T](read: Callable[[], T], path: Path) -> T:
    """What `read` gives; an error of the disk is given the file's name, which read errors lack."""
    try:
        return read()
    except gzip.BadGzipFile:
        raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def _uri(path: Path) -> str:
    return path.resolve().as_uri()
