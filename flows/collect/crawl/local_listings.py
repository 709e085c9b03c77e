"""Follows feeds and lists of addresses that lie among the files.

In: a listing that was read from a file. Out: the pages that it names: files near it, and pages of the web.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flows.collect.client.network import NoContact
from flows.collect.crawl.listing_reader import no_address
from flows.collect.crawl.scopes import Scope
from flows.collect.crawl.web import Web
from flows.collect.discovery.known_page import Found
from flows.collect.files.read_files import FileReader, LocalFeed, LocalUrls, refused_with
from flows.collect.sources import is_web_address
from flows.settings import Politeness
from transforms.collect.address import normalised
from transforms.collect.entry import Entry
from transforms.collect.listing import read_listing
from transforms.collect.page import Page, Refused
from transforms.collect.wire import host_of
from transforms.outcome import Reason, Reject


class LocalListings:
    """Follows listings for one run; of what they date before `since` nothing is taken."""

    def __init__(
        self, reader: FileReader, web: Web, politeness: Politeness, clock: Callable[[], datetime], since: date | None
    ) -> None:
        self._reader = reader
        self._web = web
        self._politeness = politeness
        self._clock = clock
        self._since = since

    def follow(self, listing: LocalFeed | LocalUrls, scope: Scope) -> Iterator[Page | Refused]:
        """The pages that a listing names. Relative links of a feed are files near it."""
        if isinstance(listing, LocalUrls):
            yield from self._ask([Entry(url) for url in listing.urls], listing.page, scope)
            return
        page = listing.page
        read = read_listing(listing.body, page.url, page.media_type, None, follow=scope.follow)
        if isinstance(read, Reject):
            yield refused_with(page, read)
            return
        recent = [entry for entry in read.entries if self._is_recent(entry)]
        for entry in recent:
            if entry.link.startswith("file:"):
                yield from self._near(listing, entry)
        yield from self._ask([entry for entry in recent if not entry.link.startswith("file:")], page, scope)

    def _is_recent(self, entry: Entry) -> bool:
        return self._since is None or entry.published is None or entry.published.astimezone(UTC).date() >= self._since

    def _near(self, feed: LocalFeed, entry: Entry) -> Iterator[Page | Refused]:
        path = Path(unquote(urlsplit(entry.link).path)).resolve()
        if not path.is_relative_to(feed.within) or path.is_dir():
            detail = f"{feed.path} names {entry.link}, which is no file in {feed.within}"
            yield Refused(entry.link, feed.page.source, Reject("collect", Reason.NOT_FETCHED, detail), self._clock())
            return
        for outcome in self._reader.read(path, feed.page.source):
            if isinstance(outcome, LocalFeed | LocalUrls):  # it may name itself
                detail = f"{path} is a listing, no page; one that another names is not followed"
                yield refused_with(outcome.page, Reject("collect", Reason.UNKNOWN_KIND, detail))
            else:
                yield outcome

    def _ask(self, entries: list[Entry], page: Page, scope: Scope) -> Iterator[Page | Refused]:
        """The pages of the web; without a contact each is refused, but the files go on."""
        found = []
        for entry in entries:
            if is_web_address(entry.link):
                asked = normalised(entry.link)
                source = scope.source_of(asked)
                found.append(Found(asked, host_of(asked), source, scope.name, page.url, entry.published))
            else:
                yield no_address(entry.link, page.source, self._clock())
        if not found:
            return
        try:
            yield from self._web.add(scope, found)
        except NoContact as error:
            reject = Reject("collect", Reason.NOT_FETCHED, str(error))
            for item in found:
                yield Refused(item.asked, item.source, reject, self._clock())
