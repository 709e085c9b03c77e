"""Makes a plan of what was asked for: which files to read and what to ask of the web.

In: names of sources, paths, globs, addresses. Out: a list of `Item`s.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flows.collect.files import find_files as files
from flows.collect.sources import Source, is_web_address
from flows.collect.warcs.remote import is_remote_warc

WEB_KINDS = frozenset({"url", "feed", "sitemap", "section"})
PREFIXES = ("feed", "sitemap", "section")
"""What a typed address may be said to be, as in `section:https://example.org/politics`."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to collect. `source` is the one it belongs to; None when it was named by itself and belongs to none.

    `kind` is path, warc (elsewhere), url, feed, sitemap, section, or unknown.
    """

    kind: str
    value: str
    source: Source | None = None


def make_plan(wanted: Sequence[str], sources: Mapping[str, Source], base: Path) -> list[Item]:
    """What to collect, in order; nothing named means every enabled source."""
    names = wanted or [key for key, source in sources.items() if source.enabled]
    return [item for name in names for item in _items(name, sources, base)]


def _items(text: str, sources: Mapping[str, Source], base: Path) -> Iterator[Item]:
    kind, _, address = text.partition(":")
    if source := sources.get(text):
        yield from _source_items(source, base)
    elif kind in PREFIXES and is_web_address(address):
        yield Item(kind, address, _owner(address, sources)[1])
    elif is_remote_warc(text):
        yield Item("warc", text, next((source for source in sources.values() if text in source.warcs), None))
    elif is_web_address(text):
        named, owner = _owner(text, sources)
        yield Item(named, text, owner)
    else:
        yield from _path_items(text, None)


def _source_items(source: Source, base: Path) -> Iterator[Item]:
    for path in source.paths:
        yield from _path_items(path, source, base)
    for place in source.warcs:
        if "://" in place and not place.startswith("file://"):
            yield Item("warc", place, source)
        else:
            yield from _path_items(place, source, base)
    for kind, addresses in _addresses(source).items():
        for address in addresses:
            yield Item(kind, address, source)


def _addresses(source: Source) -> dict[str, tuple[str, ...]]:
    return {"url": source.urls, "feed": source.feeds, "sitemap": source.sitemaps, "section": source.sections}


def _owner(address: str, sources: Mapping[str, Source]) -> tuple[str, Source | None]:
    """What an address is to the source that names it, so that it is collected as the source would."""
    for source in sources.values():
        for kind, addresses in _addresses(source).items():
            if address in addresses:
                return kind, source
    return "url", None


def _path_items(text: str, source: Source | None, base: Path | None = None) -> Iterator[Item]:
    if text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    path = Path(text).expanduser() if text else Path("\0")
    if base and text:
        path = base / path
    if files.exists(path):
        yield Item("path", str(path), source)
        return
    found = files.expand(str(path)) if files.is_glob(text) else []
    for match in found:
        yield Item("path", str(match), source)
    if not found:
        yield Item("unknown", str(path) if base else text, source)


def explain_unknown(text: str, sources: Mapping[str, Source]) -> str:
    """A sentence on what is wrong with what was asked for, and what would help."""
    if "://" in text:
        return f"{text!r} is not an http or https address with a host"
    if files.is_glob(text):
        return f"{text!r} matches no file; put it in quotes only when copydesk should expand it, and check the folder"
    similar = difflib.get_close_matches(text, sources, 3) or difflib.get_close_matches(
        Path(text).name, [path.name for path in _neighbours(Path(text))], 3
    )
    cure = f"did you mean {' or '.join(similar)}?" if similar else "`copydesk sources` lists the sources there are"
    return f"{text!r} is neither a source in config/sources nor a file, folder or web address; {cure}"


def _neighbours(path: Path) -> list[Path]:
    try:
        return list(path.absolute().parent.iterdir())[:1000]
    except (OSError, ValueError):
        return []
