"""`copydesk extract`: JSONL that names saved pages in, JSONL of their articles out."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from flows.jsonl import Line, error_row, rewrite
from flows.settings import Settings
from flows.time_limit import extract_in_time
from transforms.collect.media_types import ENDINGS, HTML
from transforms.extract import extract_row
from transforms.extract.article import Article
from transforms.outcome import Reason, Reject


def extract_file(source: str, target: str, settings: Settings, advance: Callable[[int], None]) -> int:
    """Extract the pages and documents that a JSONL file names; gives the number of lines without an article.

    A relative `html_path` counts from the folder of the file, or from the working folder for standard input.
    """
    folder = Path() if source == "-" else Path(source).parent
    answer = partial(_answer, folder=folder, max_bytes=settings.politeness.max_bytes)
    return rewrite(source, target, answer, advance=advance, chunk_characters=1)


def _answer(lines: Sequence[Line], *, folder: Path, max_bytes: int) -> list[dict[str, Any]]:
    return [_extract(line, folder, max_bytes) for line in lines]


def _extract(line: Line, folder: Path, max_bytes: int) -> dict[str, Any]:
    path, url = line.values.get("html_path"), line.values.get("url")
    if not isinstance(path, str) or not path:
        return error_row(line, '"html_path" is missing')
    if url is not None and not isinstance(url, str):
        return error_row(line, '"url" is not a string or null')
    return extract_row(_read_and_extract(folder / path, url, max_bytes), line.values.get("id"))


def _read_and_extract(path: Path, url: str | None, max_bytes: int) -> Article | Reject:
    try:
        if path.stat().st_size > max_bytes:
            return Reject("collect", Reason.TOO_LARGE, f"{path}: {path.stat().st_size:,} bytes; at most {max_bytes:,}")
        content = path.read_bytes()
    except OSError as error:
        return Reject("collect", Reason.NOT_READABLE, f"{path}: cannot be read ({error.strerror})")
    except ValueError:
        return Reject("collect", Reason.MISSING_PATH, "html_path: no file can have such a name")
    return extract_in_time(content, url=url, media_type=_media_type(path))


def _media_type(path: Path) -> str:
    """What the name says when it is the name of a text or document; everything else is a page."""
    return ENDINGS.get(path.suffix.lower(), HTML)
