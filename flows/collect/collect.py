"""The collect stage: from what is wanted to pages whose bytes are archived.

In: names of sources, files, folders, globs, web addresses. Out: one `Page` or `Refused` for each input, as they come;
nothing is held in memory.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from flows.collect.archive.archive import Archive, now
from flows.collect.client.blocking import stream_blocking
from flows.collect.client.exchange import Errand
from flows.collect.client.fetcher import Fetcher
from flows.collect.client.network import user_agent
from flows.collect.crawl.local_listings import LocalListings
from flows.collect.crawl.scopes import Scope, respects_tdm, scope_of
from flows.collect.crawl.web import Web
from flows.collect.desk import Desk
from flows.collect.discovery.discovery import Discovery, discovery_address
from flows.collect.files import find_files as files
from flows.collect.files.read_files import FileReader, LocalFeed, LocalUrls
from flows.collect.plan import WEB_KINDS, Item, explain_unknown, make_plan
from flows.collect.sources import Source
from flows.collect.warcs.remote import read_remote_warc
from flows.problem import Problem
from flows.settings import Politeness
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason, Reject


class UnknownInput(Problem):
    """What was asked for is no source, file, folder, glob or address; the message names it and the cure."""


def collect(
    wanted: Sequence[str],
    *,
    sources: Mapping[str, Source],
    archive: Archive,
    politeness: Politeness,
    base: Path,
    since: date | None = None,
    again: bool = False,
    discovery: Discovery | None = None,
    clock: Callable[[], datetime] = now,
    monotonic: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Iterator[Page | Refused]:
    """Every input of what is wanted, its bytes archived, one after the other; each input once.

    Pages of the web come in the order of their host's queue; between hosts and files, as they come.

    Args:
        wanted: names of sources, files, folders, globs, http(s) addresses of pages, listings or sites; `feed:`,
            `sitemap:` or `section:` before an address says what it is. None of them means every enabled source. A
            source named by itself is collected even when it is not enabled.
        sources: the sources there are, by name.
        archive: where the bytes go.
        politeness: contact, pauses, limits, and when pages are asked for again.
        base: the folder that the sources' paths count from. Paths in `wanted` count from the working folder.
        since: leave out what a listing dates before this day (UTC).
        again: ask anew for pages that are not due.
        discovery: what is known of the web. What came through is to be settled (`Discovery.settle`) when it is
            published; else the next run gets it again. None: that in the archive's state file, settled at the end.
        clock: the time of day, in UTC.
        monotonic: seconds from any start.
        sleep: waits so many seconds.

    Raises UnknownInput before anything is done when nothing of what is wanted exists, NoContact when the web is needed
    and no contact is set. While pages come: ArchiveError and StateError when archive or state cannot be written.
    """
    plan = make_plan(wanted, sources, base)
    unknown = [item for item in plan if item.kind == "unknown"]
    if unknown and len(unknown) == len(plan):
        raise UnknownInput("\n".join(explain_unknown(item.value, sources) for item in unknown))
    if any(item.kind in WEB_KINDS or _is_address_file(item) or item.value.startswith("http") for item in plan):
        user_agent(politeness.contact)
    state = discovery or Discovery(discovery_address("", archive.state), clock=clock)
    make_fetcher = partial(Fetcher, clock=clock, monotonic=monotonic, sleep=sleep)
    desk = Desk(archive, state, politeness, clock, make_fetcher)
    web = Web(plan, desk, since=since, again=again)
    covered, columns = _covered(sources, base), {key: source.columns for key, source in sources.items()}
    reader = FileReader(archive, clock, politeness.max_bytes, covered, columns)
    local = LocalListings(reader, web, politeness, clock, since)
    inputs = _Inputs(desk, sources, reader, local, web)
    return inputs.read(plan, is_own_state=discovery is None)


def with_source(page: Page, sources: Mapping[str, Source], politeness: Politeness) -> Page:
    """The page with what its source's file says of it, which the archive does not keep because it may be corrected."""
    source = sources.get(page.source)
    return replace(page, country=source.country if source else None, respect_tdm=respects_tdm(source, politeness))


class _Inputs:
    """The inputs of one run, from files and from the web."""

    def __init__(
        self,
        desk: Desk,
        sources: Mapping[str, Source],
        reader: FileReader,
        local: LocalListings,
        web: Web,
    ) -> None:
        self._desk = desk
        self._sources = sources
        self._reader = reader
        self._local = local
        self._web = web
        self._seen: set[int] = set()

    def read(self, plan: Sequence[Item], *, is_own_state: bool) -> Iterator[Page | Refused]:
        """All of them, each once."""
        try:
            self._web.start_if_needed()
            for outcome in self._all(plan):
                # Two addresses may lead to the same page.
                mark = int(outcome.input_id, 16)
                if mark not in self._seen:
                    self._seen.add(mark)
                    yield self._finished(outcome)
            if is_own_state and self._web.was_started:
                self._desk.discovery.settle()
        finally:
            self._web.close()
            if is_own_state:
                self._desk.discovery.close()

    def _all(self, plan: Sequence[Item]) -> Iterator[Page | Refused]:
        for item in plan:
            if item.kind not in WEB_KINDS:
                for outcome in self._read_item(item):
                    yield outcome
                    yield from self._web.ready()
        yield from self._web.rest()

    def _read_item(self, item: Item) -> Iterator[Page | Refused]:
        key = item.source.key if item.source else None
        if item.kind == "unknown":
            reject = Reject("collect", Reason.MISSING_PATH, explain_unknown(item.value, self._sources))
            yield Refused(Path(item.value.replace("\0", "")).absolute().as_uri(), key or "", reject, self._desk.clock())
        elif item.kind == "warc":
            yield from read_remote_warc(item.value, key, self._reader, partial(self._stream, item))
        else:
            for outcome in self._reader.read(Path(item.value), key):
                if isinstance(outcome, LocalFeed | LocalUrls):
                    yield from self._local.follow(outcome, self._scope(item, outcome.page))
                else:
                    yield outcome

    def _stream(self, item: Item, url: str) -> Iterator[bytes]:
        desk, scope = self._desk, scope_of(item.source, url, self._desk.politeness)
        errand = Errand(url, scope.source_of(url), scope.private, pause_seconds=scope.pause_seconds)
        return stream_blocking(
            errand, desk.politeness, desk.archive, desk.discovery, make_fetcher=desk.make_fetcher
        )  # fmt: skip

    def _scope(self, item: Item, page: Page) -> Scope:
        """Whose the pages are that a listing among the files names."""
        source = item.source or self._sources.get(page.source)
        return scope_of(source, page.url, self._desk.politeness, page.source)

    def _finished(self, outcome: Page | Refused) -> Page | Refused:
        if isinstance(outcome, Refused):
            return outcome
        return with_source(outcome, self._sources, self._desk.politeness)


def _is_address_file(item: Item) -> bool:
    return item.kind == "path" and item.value.lower().endswith(".urls")


def _covered(sources: Mapping[str, Source], base: Path) -> list[tuple[Path, str]]:
    """Which folders and files belong to which source, so that a file has the same source however it is named."""
    return [
        ((base / path).resolve(), key)
        for key, source in sources.items()
        for path in (*source.paths, *source.warcs)
        if not files.is_glob(path) and "://" not in path
    ]
