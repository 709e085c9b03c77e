"""Finds files and tells their kind.

In: a path or glob. Out: one by one, in order, the files to read, and what could not be read with the reason.
"""

import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from transforms.outcome import Reason, Reject

KINDS = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".html.gz": "text/html",
    ".htm.gz": "text/html",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".jsonl": "application/jsonl",
    ".jsonl.gz": "application/jsonl",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
}
"""Endings that are read, and what they hold. An `.html.gz` is archived compressed, as it is."""

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
            if not name.startswith(".") and not _is_about_folder(Path(name)):
                yield _look_at(place / name)
        while refused:
            error = refused.pop()
            yield _unread(Path(error.filename), Reason.NOT_READABLE, f"{error.filename}: {error.strerror}")
    for error in refused:
        yield _unread(Path(error.filename), Reason.NOT_READABLE, f"{error.filename}: {error.strerror}")


def _is_about_folder(name: Path) -> bool:
    return name.stem.lower() in NOT_NEWS and name.suffix.lower() in NOT_NEWS_ENDINGS


def _look_at(path: Path) -> Found | Unread:
    if path.is_symlink() and not path.exists():
        return _unread(path, Reason.MISSING_PATH, f"{path} is a link to something that does not exist")
    if path.is_dir():
        return _unread(
            path, Reason.UNKNOWN_KIND, f"{path} is a link to a folder, which is not followed; name the folder"
        )
    if not path.is_file():  # opening a pipe would wait for ever
        return _unread(path, Reason.UNKNOWN_KIND, f"{path} is not a regular file")
    kind = _kind(path)
    if kind:
        return Found(path, kind)
    return _unread(path, Reason.UNKNOWN_KIND, f"{path}: copydesk reads {', '.join(KINDS)}; convert or rename it")


def _kind(path: Path) -> str | None:
    name = path.name.lower()
    for ending in sorted(KINDS, key=len, reverse=True):
        if name.endswith(ending):
            return KINDS[ending]
    return "text/html" if _begins_like_html(path) else None


def _begins_like_html(path: Path) -> bool:
    """Whether a file with another ending holds a page all the same, as those saved by a crawler do (`story.php`)."""
    try:
        with path.open("rb") as file:
            head = file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    except OSError:
        return False
    return head.startswith((b"<!doctype html", b"<html"))


def _unread(path: Path, reason: Reason, detail: str) -> Unread:
    return Unread(path, Reject("collect", reason, detail))
