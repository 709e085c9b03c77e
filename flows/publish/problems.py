"""What can go wrong with a lake that a person can mend, each with its cure; and what only we can mend.

In: errors of the operating system. Out: `LakeProblem`s, whose messages name the lake and say what to do.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from flows.problem import Problem


class LakeProblem(Problem):
    """The lake cannot be used as it is."""

    exit_code = 3


class LakeBusy(LakeProblem):
    """Another process publishes and did not finish in time."""


class NewerLake(LakeProblem):
    """The lake was written by a newer copydesk."""


class OtherLayout(LakeProblem):
    """The lake has another number of buckets than the settings say."""


class DamagedLake(LakeProblem):
    """A file of the lake cannot be read."""


class WrongRows(Exception):
    """Our own fault: rows that break the rules of their table. Nothing is published."""


_CURES = {
    errno.ENOSPC: "free some space, or move the lake with `lake` in config/copydesk.toml",
    errno.EDQUOT: "free some space, or move the lake with `lake` in config/copydesk.toml",
    errno.EFBIG: "raise the limit for file sizes (`ulimit -f`)",
    errno.EACCES: "let this user write there (`chown`, `chmod`), or choose another folder with --lake",
    errno.EPERM: "let this user write there (`chown`, `chmod`), or choose another folder with --lake",
    errno.EROFS: "mount it for writing, or choose another folder with --lake",
    errno.ENOTDIR: "choose a folder with --lake; a part of this path is a file",
    errno.EXDEV: "keep the whole lake on one file system",
    errno.EMFILE: "raise the limit for open files (`ulimit -n`)",
}


@contextmanager
def explained(lake: Path) -> Iterator[None]:
    """Turn what the operating system refuses inside the lake into a LakeProblem with its cure."""
    try:
        yield
    except OSError as error:
        if error.errno not in _CURES:
            raise
        where = error.filename or lake
        why = (error.strerror or str(error)).lower()
        raise LakeProblem(
            f"{where}: {why}; {_CURES[error.errno]}, and run the same again. "
            "Readers of the lake see it as it was; finished work is kept."
        ) from error


@contextmanager
def readable(file: Path) -> Iterator[None]:
    """Turn what pyarrow says of a damaged Parquet file into a DamagedLake with its cure."""
    try:
        yield
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:  # the last where a text's bytes were hit
        if isinstance(error, OSError) and error.errno:
            raise
        raise DamagedLake(f"{file}: not a readable Parquet file ({error}); {_cure(file)}") from error


def _cure(file: Path) -> str:
    if "_staging" in file.parts:
        return f"remove the folder {file.parent} and run the same again: the batch is then made anew"
    return "move it away and run `copydesk reprocess` for that day: the archive has all its pages"
