"""Where the files of a lake lie, and how one is replaced so that readers always see a whole one.

In: a function that writes the new file given the old one. Out: `Draft`s, which `commit` puts in place of exactly the
file they were made from. That is what an object store offers too (a multipart upload completed under If-Match), so
nothing but this module knows that the lake is a folder.
"""

import filecmp
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import uuid4

from flows.publish.locks import partition_lock
from flows.publish.problems import explained

type Write = Callable[[Path | None, BinaryIO], bool]
"""Given the file that is there (None: none), writes the new one; False: there shall be no file."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the lake. `stamp` changes whenever its content does."""

    path: str
    size: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A new file for `path`, made from the file that had `stamp` (None: there was none). `file` None: remove it."""

    path: str
    stamp: str | None
    file: str | None


class Storage(Protocol):
    """A place for a lake's files; paths are relative to the lake."""

    def files(self, table: str) -> Iterator[StoredFile]:
        """The Parquet files of a table."""
        ...

    def has(self, path: str) -> bool:
        """Whether there is a file."""
        ...

    def prepare(self, path: str, write: Write) -> Draft | None:
        """Make a new file, out of readers' sight; None when it would be the same as the one that is there."""
        ...

    def commit(self, draft: Draft) -> bool:
        """Put it in place in one step; False, and nothing done, when the file it was made from is no longer there."""
        ...

    def settle(self) -> None:
        """Return when all that was committed would survive a power cut."""
        ...


class LocalStorage:
    """A lake in a folder. Drafts lie in `scratch`, a folder inside the lake that readers do not look into."""

    def __init__(self, lake: Path, scratch: Path, lock_timeout_seconds: float = 60) -> None:
        """The scratch folder, begun if need be, must be on the lake's file system."""
        self._lake = lake
        self._scratch = scratch
        self._timeout = lock_timeout_seconds
        self._unsettled: set[Path] = set()
        with explained(lake):
            scratch.mkdir(parents=True, exist_ok=True)

    def files(self, table: str) -> Iterator[StoredFile]:
        """See `Storage.files`."""
        return stored_files(self._lake, table)

    def has(self, path: str) -> bool:
        """See `Storage.has`."""
        return (self._lake / path).exists()

    def prepare(self, path: str, write: Write) -> Draft | None:
        """See `Storage.prepare`. Raises LakeProblem, for instance when the disk is full."""
        target, draft = self._lake / path, self._scratch / f"{path.replace('/', '-')}-{uuid4().hex[:8]}"
        with explained(self._lake):
            stamp = _stamp(target)
            try:
                with draft.open("wb") as sink:
                    wanted = write(None if stamp is None else target, sink)
                    if wanted and not (stamp and _same(target, draft, sink)):
                        os.fsync(sink.fileno())
                        return Draft(path, stamp, str(draft))
            except BaseException:
                draft.unlink(missing_ok=True)
                raise
            draft.unlink()
        return Draft(path, stamp, None) if stamp and not wanted else None

    def commit(self, draft: Draft) -> bool:
        """See `Storage.commit`. Raises LakeBusy when the partition's lock stays taken, and other LakeProblems."""
        target = self._lake / draft.path
        with explained(self._lake), partition_lock(self._lake, draft.path, self._timeout):
            if _stamp(target) != draft.stamp:
                return False
            if draft.file is None:
                self._remove(target)
            else:
                self._put(Path(draft.file), target)
        return True

    def settle(self) -> None:
        """See `Storage.settle`."""
        with explained(self._lake):
            for folder in sorted(self._unsettled):
                sync_folder(folder)
        self._unsettled.clear()

    def _put(self, draft: Path, target: Path) -> None:
        for attempt in range(5):
            for folder in (target.parent, *target.parent.parents):
                self._unsettled.add(folder)
                if folder == self._lake or folder.exists():
                    break
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                draft.replace(target)
                return
            except FileNotFoundError:
                # Somebody removed the last other bucket of this day, and the folder with it, since mkdir.
                if attempt == 4:
                    raise

    def _remove(self, target: Path) -> None:
        target.unlink()
        self._unsettled.add(target.parent)
        with suppress(OSError):  # other buckets of the day, or files that are not ours: verify will name those
            for folder in target.relative_to(self._lake).parents:
                if len(folder.parts) > 1:
                    (self._lake / folder).rmdir()
                    self._unsettled.discard(self._lake / folder)
                    self._unsettled.add((self._lake / folder).parent)


def stored_files(lake: Path, table: str) -> Iterator[StoredFile]:
    """The Parquet files of a table, in the order of their paths."""
    for file in sorted((lake / table).rglob(f"{table}.parquet")):
        with suppress(FileNotFoundError):
            yield StoredFile(file.relative_to(lake).as_posix(), file.stat().st_size, _stamp(file) or "")


def write_whole(file: Path, content: bytes) -> None:
    """Write a small file in one step, so that nobody reads a half."""
    beside = file.with_name(f".{file.name}-{uuid4().hex[:8]}")
    try:
        with beside.open("wb") as sink:
            sink.write(content)
            sink.flush()
            os.fsync(sink.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(file.parent)


def write_once(file: Path, content: bytes) -> None:
    """Write a small file unless it is there; of two who try at once, one succeeds."""
    if file.exists():
        return
    beside = file.with_name(f".{file.name}-{uuid4().hex[:8]}")
    try:
        beside.write_bytes(content)
        with suppress(FileExistsError):
            file.hardlink_to(beside)
    finally:
        beside.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder survive a power cut."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _stamp(file: Path) -> str | None:
    # The inode tells two versions apart that have the same size and fall into one tick of the file system's clock.
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ino}"


def _same(target: Path, draft: Path, sink: BinaryIO) -> bool:
    sink.flush()
    return filecmp.cmp(target, draft, shallow=False)
