"""Reads pages and feeds of the web into the archive.

In: an address, or a feed that lay among the files. Out: a `Page` or `Refused` for each page.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from flows.collect.answers import Failed, Fetched
from flows.collect.archive import Archive
from flows.collect.http import Fetcher
from flows.collect.network import NoContact
from flows.collect.read_files import FileReader, LocalFeed, refused_with
from flows.collect.sources import is_web_address
from transforms.collect.feeds import Entry, read_feed
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason, Reject

READABLE = frozenset({"application/xhtml+xml", "application/xml", "application/octet-stream", "application/json"})
"""Besides text/…: what may be a page. A sender that does not know calls it octet-stream."""

NOTHING = sha256(b"").hexdigest()


class WebReader:
    """Reads the web through one `Fetcher`, which is made on the first need."""

    def __init__(
        self,
        archive: Archive,
        make_fetcher: Callable[[], Fetcher],
        clock: Callable[[], datetime],
        since: date | None,
        again: bool,
    ) -> None:
        self._archive = archive
        self._make_fetcher = make_fetcher
        self._clock = clock
        self._since = since
        self._again = again
        self._fetcher: Fetcher | None = None

    def start(self) -> Fetcher:
        """The client, made now if it was not. Raises NoContact."""
        if self._fetcher is None:
            self._fetcher = self._make_fetcher()
        return self._fetcher

    def close(self) -> None:
        """Close all connections."""
        if self._fetcher:
            self._fetcher.close()

    def read_address(self, url: str, source: str | None, private: frozenset[str]) -> Iterator[Page | Refused]:
        """The page at an address, or the pages of the feed that it turns out to be."""
        url = urldefrag(url)[0]
        known = self._known(url)
        if known:
            yield _judged(known)
            return
        name = source or _host(url)
        outcome = self.start().fetch(url, source=name, private=private)
        if isinstance(outcome, Fetched) and outcome.role == "feed":
            yield from self._follow(outcome, source, private)
        else:
            yield self._page(url, outcome, name)

    def read_feed(self, url: str, source: str | None, private: frozenset[str]) -> Iterator[Page | Refused]:
        """The pages of a feed."""
        name = source or _host(url)
        outcome = self.start().fetch(url, source=name, private=private, role="feed")
        if isinstance(outcome, Failed):
            yield self._page(url, outcome, name)
        else:
            yield from self._follow(outcome, source, private)

    def read_local_feed(self, feed: LocalFeed, local: FileReader, private: frozenset[str]) -> Iterator[Page | Refused]:
        """The pages of a feed that lies among the files. Relative links are files near it."""
        entries = read_feed(feed.body, feed.page.url)
        if isinstance(entries, Reject):
            yield refused_with(feed.page, entries)
            return
        for entry in self._recent(entries):
            if entry.link.startswith("file:"):
                yield from self._near(feed, entry, local)
            else:
                yield self._entry(entry, feed.page.source, private)

    def _near(self, feed: LocalFeed, entry: Entry, local: FileReader) -> Iterator[Page | Refused]:
        path = Path(unquote(urlsplit(entry.link).path)).resolve()
        if not path.is_relative_to(feed.within) or path.is_dir():
            detail = f"{feed.path} names {entry.link}, which is no file in {feed.within}"
            yield Refused(entry.link, feed.page.source, Reject("collect", Reason.NOT_FETCHED, detail), self._clock())
            return
        for outcome in local.read(path, feed.page.source):
            if isinstance(outcome, LocalFeed):  # a feed that names a feed is not followed: it may name itself
                yield refused_with(outcome.page, Reject("collect", Reason.UNKNOWN_KIND, f"{path} is a feed, no page"))
            else:
                yield outcome

    def _follow(self, feed: Fetched, source: str | None, private: frozenset[str]) -> Iterator[Page | Refused]:
        entries = read_feed(feed.exchange.content, feed.page.url, feed.exchange.charset)
        if isinstance(entries, Reject):
            yield refused_with(feed.page, entries)
        elif not entries:
            yield refused_with(feed.page, Reject("collect", Reason.EMPTY, f"the feed {feed.page.url} names no page"))
        else:
            for entry in self._recent(entries):
                yield self._entry(entry, source, private)

    def _recent(self, entries: tuple[Entry, ...]) -> Iterator[Entry]:
        for entry in entries:
            if self._since is None or entry.published is None or entry.published.date() >= self._since:
                yield entry

    def _entry(self, entry: Entry, source: str | None, private: frozenset[str]) -> Page | Refused:
        name = source or _host(entry.link)
        if not is_web_address(entry.link):
            reject = Reject("collect", Reason.NOT_FETCHED, f"{entry.link} is not an http or https address")
            return Refused(entry.link, name, reject, self._clock())
        known = self._known(entry.link)
        if known:
            return _judged(known)
        try:
            outcome = self.start().fetch(entry.link, source=name, private=private)
        except NoContact as error:  # a feed among files came as a surprise; the files go on
            return Refused(entry.link, name, Reject("collect", Reason.NOT_FETCHED, str(error)), self._clock())
        return self._page(entry.link, outcome, name)

    def _known(self, url: str) -> Page | None:
        return None if self._again else self._archive.known(url)

    def _page(self, url: str, outcome: Fetched | Failed, source: str) -> Page | Refused:
        if isinstance(outcome, Failed):
            if outcome.page:
                return refused_with(outcome.page, outcome.reject)
            return Refused(url, source, outcome.reject, self._clock())
        page = outcome.page
        if outcome.role == "feed":
            return refused_with(page, Reject("collect", Reason.UNKNOWN_KIND, f"{page.url} is a feed, no page"))
        return _judged(page)


def _judged(page: Page) -> Page | Refused:
    """A page, or why it is none; the same whether it was just fetched or lay in the archive."""
    if page.raw_sha256 == NOTHING:
        return refused_with(page, Reject("collect", Reason.EMPTY, f"{page.url} answered with an empty body"))
    if page.media_type.startswith("text/") or page.media_type in READABLE:
        return page
    detail = f"{page.url} is {page.media_type}, which copydesk does not read yet"
    return refused_with(page, Reject("collect", Reason.UNKNOWN_KIND, detail))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "web").lower().removeprefix("www.")
