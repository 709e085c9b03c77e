"""Reads files into the archive.

In: a path. Out: a `Page` or `Refused` for each file, or each line, row, member or record of one that holds many; a feed
and a list of addresses are handed back to be followed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from flows.collect.archive.archive import Archive
from flows.collect.files.filing import Filing, refused_with
from flows.collect.files.find_files import ADDRESSES, CSV, FEED, LINES, PARQUET, WARC, ZIP, Unread, find_files
from flows.collect.files.material import Material, Unreadable, open_file, uri
from flows.collect.files.read_lines import read_lines
from flows.collect.files.read_tables import read_table
from flows.collect.files.read_zip import DAMAGED, BadMember, members
from flows.collect.sources import is_web_address
from flows.collect.warcs.read_warc import read_warc
from flows.collect.warcs.warc_page import source_of as host_source
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason, Reject

__all__ = ["FileReader", "LocalFeed", "LocalUrls", "Outcome", "refused_with"]


@dataclass(frozen=True, slots=True)
class LocalFeed:
    """A feed among the files, archived; its links are still to be followed.

    Its relative links may name files below the folder `within`, and no others.
    """

    path: Path
    page: Page
    body: bytes
    within: Path


@dataclass(frozen=True, slots=True)
class LocalUrls:
    """A list of web addresses among the files, archived (`page`); they are still to be fetched."""

    page: Page
    urls: tuple[str, ...]


Outcome = Page | Refused | LocalFeed | LocalUrls


class FileReader:
    """Reads files of at most `max_bytes`; of one that holds many, each of them may have so many."""

    def __init__(
        self,
        archive: Archive,
        clock: Callable[[], datetime],
        max_bytes: int,
        covered: Sequence[tuple[Path, str]],
        columns: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """Get ready.

        Args:
            archive: where the bytes go.
            clock: the time of day, for what does not get there.
            max_bytes: the largest size of one input.
            covered: folders and files, and the name of the source each belongs to.
            columns: name of a source → field → column of its tables.
        """
        self._filing = Filing(archive, clock, max_bytes)
        self._covered = covered
        self._columns = columns or {}
        self._seen: set[int] = set()

    def read(self, path: Path, source: str | None) -> Iterator[Outcome]:
        """What a file or folder holds. `source` is None when it was named by itself."""
        for found in find_files(path):
            # The same file may be reached twice: by its folder and by name, by a link.
            mark = hash(found.path.resolve())
            if mark in self._seen:
                continue
            self._seen.add(mark)
            if isinstance(found, Unread):
                name = source or self.source_of(found.path)
                yield self._filing.refuse(uri(found.path), name, found.reject.reason, found.reject.detail)
            else:
                yield from self._read_file(found.path, found.kind, source, path)

    def read_stream(self, stream: BinaryIO, address: str, source: str | None) -> Iterator[Page | Refused]:
        """The pages of a WARC file that comes from elsewhere, as it comes; `address` is where it lies."""
        return read_warc(stream, address, address, self._filing, source)

    def refuse(self, address: str, source: str | None, reject: Reject) -> Refused:
        """A refusal of a file that comes from elsewhere."""
        return Refused(address, source or host_source(address, None), reject, self._filing.clock())

    def source_of(self, path: Path) -> str:
        """The source whose paths cover the file, else the name of the folder it lies in, however the file was named."""
        return self._covering(path) or path.resolve().parent.name or "files"

    def _covering(self, path: Path) -> str | None:
        place = path.resolve()
        return next((key for covered, key in self._covered if place.is_relative_to(covered)), None)

    def _within(self, path: Path, named: Path) -> Path:
        """Where the links of a feed may lead: the folder that was named, or its source's, else the feed's own."""
        if named.is_dir():
            return named.resolve()
        place = path.resolve()
        folders = (covered for covered, _ in self._covered if covered.is_dir() and place.is_relative_to(covered))
        return next(folders, place.parent)

    def _read_file(self, path: Path, kind: str, source: str | None, named: Path) -> Iterator[Outcome]:
        name = source or self.source_of(path)
        material = Material(str(path), uri(path), kind, name, lambda: open_file(path), self._columns.get(name, {}))
        try:
            with material.open() as stream:
                if kind == WARC:
                    yield from read_warc(stream, str(path), material.url, self._filing, source or self._covering(path))
                elif kind == ZIP:
                    yield from self._read_zip(material, stream)
                elif kind == FEED:
                    yield self._read_feed(material, stream, path, named)
                else:
                    yield from self._read_material(material, stream)
        except Unreadable as error:
            yield self._filing.refuse(material.url, name, error.reason, str(error))
        except OSError as error:
            # Only errors of the file itself: those of the archive concern every input and end the run.
            if error.filename is None or Path(error.filename) != path:
                raise
            yield self._filing.refuse(material.url, name, Reason.NOT_READABLE, f"{path}: {error.strerror}")

    def _read_material(self, material: Material, stream: BinaryIO) -> Iterator[Page | Refused | LocalUrls]:
        if material.kind == LINES:
            yield from read_lines(material, stream, self._filing)
        elif material.kind in (CSV, PARQUET):
            yield from read_table(material, stream, self._filing)
        elif material.kind == WARC:
            yield from read_warc(stream, material.name, material.url, self._filing, None)
        else:
            yield from self._read_page(material, stream)

    def _read_zip(self, material: Material, stream: BinaryIO) -> Iterator[Page | Refused | LocalUrls]:
        for member in members(material, stream):
            if isinstance(member, BadMember):
                yield self._filing.refuse(member.url, material.source, member.reason, member.detail)
                continue
            try:
                with member.open() as inner:
                    yield from self._read_material(member, inner)
            except Unreadable as error:
                yield self._filing.refuse(member.url, member.source, error.reason, str(error))
            except DAMAGED as error:
                detail = f"{member.name} is damaged: {error}"
                yield self._filing.refuse(member.url, member.source, Reason.NOT_READABLE, detail)

    def _read_feed(self, material: Material, stream: BinaryIO, path: Path, named: Path) -> Refused | LocalFeed:
        body = self._whole(material, stream)
        page = self._filing.keep(
            material.url, body, source=material.source, media_type="application/xml", role="feed"
        )  # fmt: skip
        return LocalFeed(path, page, body, self._within(path, named)) if body else self._empty(material, page)

    def _read_page(self, material: Material, stream: BinaryIO) -> Iterator[Page | Refused | LocalUrls]:
        body = self._whole(material, stream)
        lines = _addresses(body) if material.kind in (ADDRESSES, "text/plain") else []
        is_list = bool(lines) and (material.kind == ADDRESSES or all(map(is_web_address, lines)))
        page = self._filing.keep(
            material.url,
            body,
            source=material.source,
            media_type=ADDRESSES if is_list else material.kind,
            role="feed" if is_list or material.kind == ADDRESSES else "page",
        )
        if not is_list:
            yield page if body and material.kind != ADDRESSES else self._empty(material, page)
            return
        yield LocalUrls(page, tuple(line for line in lines if is_web_address(line)))
        for line in lines:
            if not is_web_address(line):
                detail = f"{material.name}: {line[:200]!r} is not an http or https address"
                yield self._filing.refuse(f"{material.url}#{len(line)}", material.source, Reason.NOT_FETCHED, detail)

    def _whole(self, material: Material, stream: BinaryIO) -> bytes:
        limit = self._filing.max_bytes
        body = stream.read(limit + 1)
        if len(body) <= limit:
            return body
        size = len(body)
        while part := stream.read(1 << 20):
            size += len(part)
        detail = f"{material.name} has {size:,} bytes; the limit (politeness.max_bytes) is {limit:,}"
        raise Unreadable(Reason.TOO_LARGE, detail)

    def _empty(self, material: Material, page: Page) -> Refused:
        return self._filing.refuse(page.url, page.source, Reason.EMPTY, f"{material.name} is empty", page)


def _addresses(body: bytes) -> list[str]:
    """The lines that a list of addresses consists of, without comments (`#`) and blank ones."""
    lines = (line.strip() for line in body.decode("utf-8-sig", "replace").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
