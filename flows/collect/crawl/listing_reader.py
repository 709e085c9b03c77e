"""Asks for one listing (feed, sitemap, section page, front page) and reads what it names.

In: the address of a listing. Out: `Read`: the pages and further listings it names, and what is wrong with it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import islice, zip_longest

from flows.collect.archive.archive import Archive, ArchiveError
from flows.collect.client.fetcher import Errand, Failed, Fetched, Fetcher
from flows.collect.crawl.scopes import Scope
from flows.collect.crawl.visitor import outcome_of, refusal
from flows.collect.discovery.known_listings import KnownListing
from flows.collect.discovery.known_page import Found, Visit
from flows.collect.files.filing import refused_with
from flows.collect.sources import is_web_address
from transforms.collect.address import normalised
from transforms.collect.autodiscovery import named_listings
from transforms.collect.entry import Entry
from transforms.collect.listing import Listing, listing_kind, read_listing
from transforms.collect.page import Page, Refused
from transforms.collect.wire import host_of
from transforms.outcome import Reason, Reject

MOST_CHILDREN = 100
"""Listings that one listing may lead to: of an index of sitemaps those changed last."""
MOST_DEEP = 3
"""From a site's front page to its index of sitemaps, to a sitemap; or so many parts of a JSON Feed."""
DAY = timedelta(days=1)
MARGIN = timedelta(minutes=5)
"""Between the clocks of a publisher's machines."""
SITE = "site"
"""The kind of a front page, which is read for the feed it names."""
FORCED = {"section": "section", "sitemap": "sitemap"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A listing to be read. `kind` is what it is said to be: feed, sitemap, section, site; None: see its bytes.

    `changed` is when it was changed last, as the listing says that led to it.
    """

    asked: str
    scope: Scope
    kind: str | None = None
    depth: int = 0
    changed: datetime | None = None

    def is_in(self, known: KnownListing | None) -> bool:
        """Whether it has not changed since it was read."""
        if known is None or self.changed is None:
            return False
        # A date without a time of day is read as midnight, but stands for the whole day.
        is_day = self.changed.time() == time()
        return known.last_fetched > self.changed + (DAY if is_day else MARGIN)


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a listing: pages, further listings, rows about what is wrong, and what is to be noted.

    `wait_seconds` is how long the host asks us to stay away.
    """

    found: tuple[Found, ...] = ()
    more: tuple[Wanted, ...] = ()
    refused: tuple[Refused, ...] = ()
    visit: Visit | None = None
    known: KnownListing | None = None
    wait_seconds: float | None = None
    host_rests: Failed | None = None


@dataclass(frozen=True, slots=True)
class _Copy:
    """The bytes of a listing and the Page that names them."""

    page: Page
    content: bytes


class ListingReader:
    """Reads listings for one run; of what they date before `since` nothing is taken."""

    def __init__(
        self, fetcher: Fetcher, archive: Archive, clock: Callable[[], datetime], since: date | None = None
    ) -> None:
        self._fetcher = fetcher
        self._archive = archive
        self._clock = clock
        self._since = since

    async def ask(self, wanted: Wanted, known: KnownListing | None) -> Callable[[], Read]:
        """Ask for a listing; what is called to read it, which takes its time.

        One that has not changed is read from the archive, with the same result.
        """
        copy = self._copy(known) if known and known.validators else None
        source = wanted.scope.source_of(wanted.asked)
        errand = Errand(
            wanted.asked,
            source,
            wanted.scope.private,
            role="feed",
            pause_seconds=wanted.scope.pause_seconds,
            validators=known.validators if known and copy else None,
        )
        outcome = await self._fetcher.fetch(errand)
        if isinstance(outcome, Failed):
            return partial(self._failed, wanted, outcome, source)
        if isinstance(outcome, Fetched):
            return partial(self.read_fetched, wanted, outcome)
        assert known and copy, "only a conditional request is answered by 304"
        known = replace(known, validators=outcome.validators, last_fetched=self._clock())
        return partial(self._read, wanted, copy, known)

    def read_fetched(self, wanted: Wanted, fetched: Fetched) -> Read:
        """Read a listing that came in."""
        now, page = self._clock(), fetched.page
        known = KnownListing(
            asked=wanted.asked,
            source=wanted.scope.source_of(wanted.asked),
            kind=wanted.kind or "",
            url=page.url,
            sha256=page.raw_sha256,
            raw_file=page.raw_file,
            raw_offset=page.raw_offset,
            validators=fetched.validators,
            last_fetched=now,
            last_changed=now,
        )
        return self._read(wanted, _Copy(page, fetched.exchange.content), known)

    def _copy(self, known: KnownListing) -> _Copy | None:
        try:
            page = self._archive.page_at(known.raw_file, known.raw_offset)
            return _Copy(page, self._archive.read(known.raw_file, known.raw_offset))
        except ArchiveError:
            return None  # then it is asked for as if for the first time

    def _failed(self, wanted: Wanted, failure: Failed, source: str) -> Read:
        now = self._clock()
        visit = None if failure.host_rests else Visit(
            source, wanted.asked, now, outcome_of(failure), failure.reject.reason.value
        )  # fmt: skip
        return Read(
            refused=(refusal(failure, wanted.asked, source, now),),
            visit=visit,
            wait_seconds=failure.wait_seconds,
            host_rests=failure if failure.host_rests else None,
        )

    def _read(self, wanted: Wanted, copy: _Copy, known: KnownListing) -> Read:
        listing = _listing(wanted, copy)
        if isinstance(listing, Listing) and not listing.entries and not listing.more:
            listing = Reject("collect", Reason.EMPTY, _why_empty(wanted, copy.page.url, listing.kind))
        if isinstance(listing, Reject):
            source = wanted.scope.source_of(wanted.asked)
            visit = Visit(source, wanted.asked, self._clock(), "failed", listing.reason.value)
            return Read(refused=(refused_with(copy.page, listing),), visit=visit, known=known)
        pages = [entry for entry in listing.entries if self._is_recent(entry)]
        more, cut = self._more(wanted, listing, copy.page)
        return Read(
            found=tuple(self._found(wanted, pages)),
            more=more,
            refused=(*self._nowhere(wanted, pages), *cut),
            known=replace(known, kind=wanted.kind or listing.kind),
        )

    def _is_recent(self, entry: Entry) -> bool:
        return self._since is None or entry.published is None or entry.published.astimezone(UTC).date() >= self._since

    def _found(self, wanted: Wanted, entries: list[Entry]) -> list[Found]:
        found: dict[str, Found] = {}
        for entry in entries:
            if is_web_address(entry.link):
                asked, scope = normalised(entry.link), wanted.scope
                source = scope.source_of(asked)
                page = Found(asked, host_of(asked), source, scope.name, wanted.asked, entry.published)
                found.setdefault(asked, page)
        return list(found.values())

    def _nowhere(self, wanted: Wanted, entries: list[Entry]) -> list[Refused]:
        return [
            no_address(entry.link, wanted.scope.source_of(wanted.asked), self._clock())
            for entry in entries
            if not is_web_address(entry.link)
        ]

    def _more(self, wanted: Wanted, listing: Listing, page: Page) -> tuple[tuple[Wanted, ...], list[Refused]]:
        """The further listings to be read, and a row that says so when that is not all of them."""
        depth = wanted.depth + 1
        count = len(listing.more) if depth <= MOST_DEEP else 0
        children = islice(zip_longest(listing.more, listing.changed), min(count, MOST_CHILDREN))
        more = tuple(
            Wanted(normalised(link), wanted.scope, None, depth, changed)
            for link, changed in children
            if is_web_address(link)
        )
        if listing.kind != "sitemap_index" or len(listing.more) <= min(count, MOST_CHILDREN):
            return more, []
        what = f"the {MOST_CHILDREN} that changed last are read" if count else f"it lies {MOST_DEEP} indexes deep"
        detail = f"{page.url} names {len(listing.more):,} sitemaps; {what}. Name the sitemaps you need in the source"
        # Without its bytes, which change from hour to hour, this is one row and not one an hour.
        source = wanted.scope.source_of(wanted.asked)
        return more, [Refused(page.url, source, Reject("collect", Reason.TOO_LARGE, detail), self._clock())]


def no_address(link: str, source: str, now: datetime) -> Refused:
    """A link that leads nowhere we could ask."""
    return Refused(link, source, Reject("collect", Reason.NOT_FETCHED, f"{link} is not an http or https address"), now)


def _listing(wanted: Wanted, copy: _Copy) -> Listing | Reject:
    page, content = copy.page, copy.content
    try:
        if wanted.kind == SITE and listing_kind(content, page.media_type) is None:
            return Listing(SITE, (), named_listings(content, page.url, page.charset)[:1])
        return read_listing(
            content,
            page.url,
            page.media_type,
            page.charset,
            kind=FORCED.get(wanted.kind or ""),
            follow=wanted.scope.follow,
        )
    except Exception as error:  # whatever a listing brings up in us must not stop the others
        detail = f"our mistake, please report it: {page.url}: {type(error).__name__}: {error}"
        return Reject("collect", Reason.FAILED, detail)


def _why_empty(wanted: Wanted, url: str, kind: str) -> str:
    if kind == SITE:
        return f"{url} names no feed any more; name a feed, or a section page under `sections`"
    what = f"the {kind.replace('_', ' ')} {url} names no page"
    if wanted.scope.follow and kind not in ("rss", "atom", "json_feed"):
        return f"{what} that `follow: {wanted.scope.follow}` is found in; correct or remove it"
    return f"{what} that looks like an article; say which with `follow`" if kind == "section" else what
