"""The collect stage: from what is wanted to pages whose bytes are archived.

In: names of sources, files, folders, globs, web addresses. Out: one `Page` or `Refused` for each input, as they come;
nothing is held in memory.
"""

import difflib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flows.collect import files
from flows.collect.archive import Archive, now
from flows.collect.http import EVERY_HOST, Fetcher
from flows.collect.read_files import FileReader, LocalFeed
from flows.collect.read_web import WebReader
from flows.collect.sources import Source, is_web_address
from flows.problem import Problem
from flows.settings import Politeness
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason, Reject


class UnknownInput(Problem):
    """What was asked for is no source, file, folder, glob or address; the message names it and the cure."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One thing to collect. `source` is the one it belongs to; None when it was named by itself and belongs to none."""

    kind: str  # path, url, feed or unknown
    value: str
    source: Source | None


def collect(
    wanted: Sequence[str],
    *,
    sources: Mapping[str, Source],
    archive: Archive,
    politeness: Politeness,
    base: Path,
    since: date | None = None,
    again: bool = False,
    clock: Callable[[], datetime] = now,
    monotonic: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Page | Refused]:
    """Every input of what is wanted, its bytes archived, one after the other; each input once.

    Args:
        wanted: names of sources, files, folders, globs, http(s) addresses of pages or feeds; none of them means every
            enabled source. A source named by itself is collected even when it is not enabled.
        sources: the sources there are, by name.
        archive: where the bytes go. A web page it already holds is not fetched again, unless `again`.
        politeness: contact, pause, timeout and the largest size of one input.
        base: the folder that the sources' paths count from. Paths in `wanted` count from the working folder.
        since: leave out what a feed dates before this day (UTC).
        again: ask anew for web pages that are in the archive.
        clock: the time of day, in UTC.
        monotonic: seconds from any start.
        sleep: waits so many seconds.

    Raises UnknownInput before anything is done when nothing of what is wanted exists, NoContact when the web is needed
    and no contact is set. While pages come: ArchiveError and StateError when archive or state cannot be written.
    """
    plan = list(_plan(wanted, sources, base))
    unknown = [item for item in plan if item.kind == "unknown"]
    if unknown and len(unknown) == len(plan):
        raise UnknownInput("\n".join(_explain(item.value, sources) for item in unknown))
    needs_web = any(item.kind in ("url", "feed") for item in plan)

    def make_fetcher() -> Fetcher:
        return Fetcher(politeness, archive, clock=clock, monotonic=monotonic, sleep=sleep)

    web = WebReader(archive, make_fetcher, clock, since, again)
    if needs_web:
        web.start()
    local = FileReader(archive, clock, politeness.max_bytes, _covered_folders(sources, base))
    return _run(plan, sources, web, local, clock)


def with_country(page: Page, sources: Mapping[str, Source]) -> Page:
    """The page with the country of its source, which the archive does not keep because it may be corrected."""
    source = sources.get(page.source)
    return replace(page, country=source.country) if source else page


def _run(
    plan: Sequence[_Wanted],
    sources: Mapping[str, Source],
    web: WebReader,
    local: FileReader,
    clock: Callable[[], datetime],
) -> Iterator[Page | Refused]:
    seen: set[str] = set()
    try:
        for item in plan:
            for outcome in _outcomes(item, sources, web, local, clock):
                # Two feeds may name the same page. (Files reached twice are noticed before they are read.)
                is_web = outcome.url.startswith("http")
                if not is_web or outcome.input_id not in seen:
                    seen.update([outcome.input_id] if is_web else [])
                    yield with_country(outcome, sources) if isinstance(outcome, Page) else outcome
    finally:
        web.close()


def _outcomes(
    item: _Wanted, sources: Mapping[str, Source], web: WebReader, local: FileReader, clock: Callable[[], datetime]
) -> Iterator[Page | Refused]:
    key = item.source.key if item.source else None
    private = EVERY_HOST if item.source and item.source.allow_private else frozenset[str]()
    if item.kind == "unknown":
        reject = Reject("collect", Reason.MISSING_PATH, _explain(item.value, sources))
        yield Refused(Path(item.value.replace("\0", "")).absolute().as_uri(), key or "", reject, clock())
    elif item.kind == "path":
        for outcome in local.read(Path(item.value), key):
            if isinstance(outcome, LocalFeed):
                yield from web.read_local_feed(outcome, local, private)
            else:
                yield outcome
    elif item.kind == "feed":
        yield from web.read_feed(item.value, key, private)
    else:
        # Whoever types an address of this machine or network means it; only links that lead there are a trap.
        typed = private or frozenset({(urlsplit(item.value).hostname or "").lower()})
        yield from web.read_address(item.value, key, typed if item.source is None else private)


def _plan(wanted: Sequence[str], sources: Mapping[str, Source], base: Path) -> Iterator[_Wanted]:
    for text in wanted or [key for key, source in sources.items() if source.enabled]:
        source = sources.get(text)
        if source:
            yield from _plan_source(source, base)
        elif is_web_address(text):
            yield _Wanted("url", text, _source_of_address(text, sources))
        else:
            yield from _plan_path(text, None)


def _plan_source(source: Source, base: Path) -> Iterator[_Wanted]:
    for path in source.paths:
        yield from _plan_path(str(base / Path(path).expanduser()), source)
    for url in source.urls:
        yield _Wanted("url", url, source)
    for url in source.feeds:
        yield _Wanted("feed", url, source)


def _plan_path(text: str, source: Source | None) -> Iterator[_Wanted]:
    if text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    path = Path(text).expanduser() if text else Path("\0")
    if files.exists(path):
        yield _Wanted("path", str(path), source)
        return
    found = files.expand(str(path)) if files.is_glob(text) else []
    for match in found:
        yield _Wanted("path", str(match), source)
    if not found:
        yield _Wanted("unknown", text, source)


def _source_of_address(url: str, sources: Mapping[str, Source]) -> Source | None:
    return next((source for source in sources.values() if url in source.feeds or url in source.urls), None)


def _covered_folders(sources: Mapping[str, Source], base: Path) -> list[tuple[Path, str]]:
    """Which folders and files belong to which source, so that a file has the same source however it is named."""
    return [
        ((base / path).resolve(), key)
        for key, source in sources.items()
        for path in source.paths
        if not files.is_glob(path)
    ]


def _explain(text: str, sources: Mapping[str, Source]) -> str:
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
