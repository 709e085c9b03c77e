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
from flows.collect.crawl.scopes import Scope, scope_of_address, scope_of_source
from flows.collect.crawl.web import Web
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
    web = Web(plan, archive, state, politeness, make_fetcher, clock=clock, since=since, again=again)
    covered, columns = _covered(sources, base), {key: source.columns for key, source in sources.items()}
    reader = FileReader(archive, clock, politeness.max_bytes, covered, columns)
    local = LocalListings(reader, web, politeness, clock, since)
    inputs = _Inputs(sources, politeness, archive, clock, reader, local, web, make_fetcher, state)
    return inputs.read(plan, is_own_state=discovery is None)


def with_country(page: Page, sources: Mapping[str, Source], *, respect_tdm: bool = True) -> Page:
    """The page with what its source's file says of it, which the archive does not keep because it may be corrected.

    `respect_tdm` is the setting that holds where the file says nothing.
    """
    source = sources.get(page.source)
    if source is None:
        return replace(page, respect_tdm=respect_tdm)
    respect = respect_tdm if source.respect_tdm is None else source.respect_tdm
    return replace(page, country=source.country, respect_tdm=respect)


class _Inputs:
    """The inputs of one run, from files and from the web."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        politeness: Politeness,
        archive: Archive,
        clock: Callable[[], datetime],
        reader: FileReader,
        local: LocalListings,
        web: Web,
        make_fetcher: Callable[..., Fetcher],
        state: Discovery,
    ) -> None:
        self._sources = sources
        self._politeness = politeness
        self._archive = archive
        self._clock = clock
        self._reader = reader
        self._local = local
        self._web = web
        self._make_fetcher = make_fetcher
        self._state = state
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
                self._state.settle()
        finally:
            self._web.close()
            if is_own_state:
                self._state.close()

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
            yield Refused(Path(item.value.replace("\0", "")).absolute().as_uri(), key or "", reject, self._clock())
        elif item.kind == "warc":
            yield from read_remote_warc(item.value, key, self._reader, partial(self._stream, item))
        else:
            for outcome in self._reader.read(Path(item.value), key):
                if isinstance(outcome, LocalFeed | LocalUrls):
                    yield from self._local.follow(outcome, self._scope(item, outcome.page))
                else:
                    yield outcome

    def _stream(self, item: Item, url: str) -> Iterator[bytes]:
        scope = self._scope_of(item.source) if item.source else scope_of_address(url, self._politeness)
        errand = Errand(url, scope.source_of(url), scope.private, pause_seconds=scope.pause_seconds)
        return stream_blocking(
            errand, self._politeness, self._archive, self._state, make_fetcher=self._make_fetcher
        )  # fmt: skip

    def _scope(self, item: Item, page: Page) -> Scope:
        """Whose the pages are that a listing among the files names."""
        source = item.source or self._sources.get(page.source)
        return self._scope_of(source) if source else scope_of_address(page.url, self._politeness, page.source)

    def _scope_of(self, source: Source) -> Scope:
        return scope_of_source(source, self._politeness)

    def _finished(self, outcome: Page | Refused) -> Page | Refused:
        if isinstance(outcome, Refused):
            return outcome
        return with_country(outcome, self._sources, respect_tdm=self._politeness.respect_tdm)


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
