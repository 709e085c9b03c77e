"""The WARC file that one process is writing.

In: the bytes of records. Out: where they stand. A new file for each process, day and gigabyte, so that nobody waits for
a lock and what a killed process left behind is never written over.
"""

import os
from collections.abc import Sequence
from datetime import datetime
from io import FileIO
from pathlib import Path

from flows.collect.archive import warc
from flows.problem import Problem

ROTATE_BYTES = 1 << 30
"""The size web archives usually have (IIPC advises 1 GB)."""


class ArchiveError(Problem):
    """The archive cannot be written, or bytes that should be in it are not; the message names file, place and cure."""

    exit_code = 3


class Volume:
    """Appends records below `folder`; a file is opened with the first of them."""

    def __init__(self, folder: Path, rotate_bytes: int = ROTATE_BYTES) -> None:
        self._folder = folder
        self._rotate_bytes = rotate_bytes
        self._file: FileIO | None = None
        self._name = ""
        self._day = ""
        self._process = os.getpid()

    def append(self, records: Sequence[bytes], moment: datetime) -> tuple[str, tuple[int, ...], int]:
        """Write records together; answers the file (relative), the offset of each, and the file's size.

        Raises ArchiveError (no space, no permission). What was half written then is a torn tail of a closed file.
        """
        try:
            return self._append(records, moment)
        except OSError as error:
            raise ArchiveError(
                f"{error.filename or self._folder}: {(error.strerror or str(error)).lower()}; free some space, let "
                "this user write there, or set another storage.raw in config/copydesk.toml, and run the same again. "
                "What is in the archive stays."
            ) from error

    def _append(self, records: Sequence[bytes], moment: datetime) -> tuple[str, tuple[int, ...], int]:
        file = self._open(moment)
        at = file.tell()
        offsets = []
        for record in records:
            offsets.append(at)
            at += len(record)
        self._write(file, b"".join(records))
        return self._name, tuple(offsets), at

    def close(self) -> None:
        """Put on disk what was written, and close the file."""
        if self._file and self._process == os.getpid():
            os.fsync(self._file.fileno())
            self._file.close()
        self._forget()

    def _open(self, moment: datetime) -> FileIO:
        day = moment.strftime("%Y-%m-%d")
        if self._file and self._process == os.getpid() and self._day == day and self._file.tell() < self._rotate_bytes:
            return self._file
        self.close()
        folder = self._folder / day
        folder.mkdir(parents=True, exist_ok=True)
        name = f"copydesk-{day.replace('-', '')}-{os.urandom(4).hex()}.warc.gz"
        self._file = (folder / name).open("xb", buffering=0)
        self._name, self._day, self._process = f"{day}/{name}", day, os.getpid()
        self._write(self._file, warc.write_info(name, moment))
        return self._file

    def _write(self, file: FileIO, data: bytes) -> None:
        view = memoryview(data)
        try:
            while view:
                view = view[file.write(view) :]
        except OSError:
            self._forget()
            raise

    def _forget(self) -> None:
        # A file that failed, or that belongs to the process we were forked from, is left as it is.
        self._file = None
