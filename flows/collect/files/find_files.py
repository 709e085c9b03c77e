"""Finds files and tells their kind.

In: a path or glob. Out: one by one, in order, the files to read, and what could not be read with the reason.
"""

import glob
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from transforms.collect.media_types import ENDINGS, looks_like_html
from transforms.outcome import Reason, Reject

FEED = "feed"
LINES = "application/jsonl"
CSV = "text/csv"
PARQUET = "application/vnd.apache.parquet"
ZIP = "application/zip"
WARC = "application/warc"
ADDRESSES = "text/uri-list"

KINDS = {
    **ENDINGS,
    **dict.fromkeys((".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson"), LINES),
    **dict.fromkeys((".csv", ".csv.gz", ".csv.zst", ".tsv"), CSV),
    **dict.fromkeys((".xml", ".rss", ".atom"), FEED),
    **dict.fromkeys((".warc", ".warc.gz"), WARC),
    ".parquet": PARQUET,
    ".zip": ZIP,
    ".urls": ADDRESSES,
}
"""Endings that are read, and what they hold: the media type of one page, or a kind that holds many."""

NOT_NEWS = frozenset(
    {"authors", "changelog", "changes", "contributing", "copying", "licence", "license", "notice", "origin", "readme"}
)
"""What such a file in a folder says is about the folder; it is read only when it is named itself."""
NOT_NEWS_ENDINGS = frozenset({"", ".md", ".txt", ".rst", ".html"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. `kind` is one of the values of `KINDS`."""

    path: Path
    kind: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A file or folder that cannot be read."""

    path: Path
    reject: Reject


def is_glob(text: str) -> bool:
    """Whether a text that is no path may stand for several."""
    return glob.has_magic(text)


def exists(path: Path) -> bool:
    """Whether something is there, also where we may not look; a name no file can have is not there."""
    try:
        return os.path.lexists(path)
    except ValueError:
        return False


def find_files(path: Path) -> Iterator[Found | Unread]:
    """The files a path stands for: itself, or what lies in the folder and below, sorted by name.

    In a folder, hidden files and those about the folder itself (README, LICENSE …) are passed over; links to folders
    are not followed. Every other file is either `Found` or `Unread`.
    """
    try:
        is_folder = path.is_dir()
    except OSError as error:
        yield _unread(path, Reason.NOT_READABLE, f"{path}: {error.strerror}")
        return
    if is_folder:
        yield from _walk(path)
    elif not exists(path):
        yield _unread(path, Reason.MISSING_PATH, f"{path} does not exist; check its spelling")
    else:
        yield _look_at(path)


def expand(pattern: str) -> list[Path]:
    """The paths a glob stands for, sorted; `**` stands for folders at any depth, hidden files are left out."""
    return [Path(name) for name in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 (Path.glob needs a root)


def _walk(folder: Path) -> Iterator[Found | Unread]:
    refused: list[OSError] = []
    for place, folders, names in folder.walk(on_error=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for name in sorted(names):
            if not name.startswith(".") and not is_about_folder(name):
                yield _look_at(place / name)
        while refused:
            error = refused.pop()
            yield _unread(Path(error.filename), Reason.NOT_READABLE, f"{error.filename}: {error.strerror}")
    for error in refused:
        yield _unread(Path(error.filename), Reason.NOT_READABLE, f"{error.filename}: {error.strerror}")


def is_about_folder(name: str) -> bool:
    """Whether a file of this name tells of the folder it lies in, as a README does."""
    path = PurePath(name)
    return path.stem.lower() in NOT_NEWS and path.suffix.lower() in NOT_NEWS_ENDINGS


def kind_of(name: str, begins_like_html: Callable[[], bool]) -> str | None:
    """The kind of a file by its name. One with another ending may be a page all the same: crawlers save `story.php`."""
    lowered = name.lower()
    for ending in sorted(KINDS, key=len, reverse=True):
        if lowered.endswith(ending):
            return KINDS[ending]
    return "text/html" if begins_like_html() else None


def unknown_kind(name: str) -> str:
    """What to say of a file that nobody reads."""
    return f"{name}: copydesk reads {', '.join(KINDS)}; convert or rename it"


def _look_at(path: Path) -> Found | Unread:
    if path.is_symlink() and not path.exists():
        return _unread(path, Reason.MISSING_PATH, f"{path} is a link to something that does not exist")
    if path.is_dir():
        return _unread(
            path, Reason.UNKNOWN_KIND, f"{path} is a link to a folder, which is not followed; name the folder"
        )
    if not path.is_file():  # opening a pipe would wait for ever
        return _unread(path, Reason.UNKNOWN_KIND, f"{path} is not a regular file")
    kind = kind_of(path.name, lambda: _begins_like_html(path))
    return Found(path, kind) if kind else _unread(path, Reason.UNKNOWN_KIND, unknown_kind(str(path)))


def _begins_like_html(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return looks_like_html(file.read(1024))
    except OSError:
        return False


def _unread(path: Path, reason: Reason, detail: str) -> Unread:
    return Unread(path, Reject("collect", reason, detail))
