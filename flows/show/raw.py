"""The bytes an article was read from, as they came in, and the HTTP headers that came with them.

In: a lake folder, the archive and what the user calls the article. Out: bytes on standard output.
"""

import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flows.collect.archive.archive import Archive, ArchiveError
from flows.problem import Problem
from flows.show.article import read_article
from flows.terminal import printable


@dataclass(frozen=True, slots=True)
class RawPlace:
    """Where the bytes of an article lie in the archive, and what they must be."""

    article: str
    file: str
    offset: int
    sha256: str | None


def raw_place(lake: Path, wanted: str) -> RawPlace:
    """Where the bytes of the article are that `wanted` names (see `read_article`).

    Problem when they are not in the archive.
    """
    row = read_article(lake, wanted).article
    article = f"{row['article_id']}/{row['version']}"
    if row["raw_file"] is None or row["raw_offset"] is None:
        raise Problem(f"the bytes of {article} are not in the archive")
    return RawPlace(article, str(row["raw_file"]), int(row["raw_offset"]), row["raw_sha256"])


def print_raw(lake: Path, archive: Archive, wanted: str) -> None:
    """Write exactly the bytes that the article's `raw_sha256` names to standard output.

    A person at a terminal gets text that cannot steer it, and a Problem instead of what is no text. ArchiveError when
    the bytes are missing, damaged or others.
    """
    place = raw_place(lake, wanted)
    content = archive.read(place.file, place.offset)
    if place.sha256 and sha256(content).hexdigest() != place.sha256:
        raise ArchiveError(
            f"{archive.folder / place.file} at {place.offset}: these are not the bytes that {place.article} was read "
            "from (raw_sha256 differs); restore the file from a copy, and see `copydesk verify` for the extent"
        )
    if sys.stdout.isatty():
        page = archive.page_at(place.file, place.offset)
        _print_text(content, page.media_type, page.charset, wanted)
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def print_headers(lake: Path, archive: Archive, wanted: str) -> None:
    """Write the HTTP status line and headers that came with the bytes to standard output; Problem for a file."""
    place = raw_place(lake, wanted)
    head = archive.response_head(place.file, place.offset)
    if head is None:
        raise Problem(f"{place.article} was read from a file, so no HTTP headers came with it")
    if sys.stdout.isatty():
        _print_text(head, "text/plain", "latin-1", wanted)
    else:
        sys.stdout.buffer.write(head)
        sys.stdout.buffer.flush()


def _print_text(content: bytes, media_type: str, charset: str | None, wanted: str) -> None:
    if b"\0" in content or content.startswith(b"%PDF-"):
        raise Problem(
            f"these are {len(content):,} bytes of {media_type}, no text for a terminal; send them to a file: "
            f"copydesk show --raw {wanted!r} > FILE"
        )
    try:
        text = content.decode(charset or "utf-8", "replace")
    except LookupError:  # a charset that a server made up
        text = content.decode("utf-8", "replace")
    sys.stdout.write(printable(text.replace("\r\n", "\n"), keep="\n\t"))
    if not text.endswith("\n"):
        sys.stdout.write("\n")
