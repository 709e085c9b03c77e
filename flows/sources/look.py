"""A first look at a site: may it be collected, by which listing, and do its articles read well?

In: an address, the HTTP client. Out: a `SiteReport`. What is fetched is archived as everything is.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from urllib.parse import urljoin

from flows.collect.client.addresses import is_public
from flows.collect.client.exchange import EVERY_HOST, Errand
from flows.collect.client.fetcher import Failed, Fetched, Fetcher
from flows.collect.client.hosts import ROBOTS_PATH, HostMemory
from flows.collect.client.network import PRODUCT
from flows.settings import Politeness
from flows.sources.advice import advice, cure, verdict
from flows.sources.report import ArticleNote, ListingNote, SiteReport
from transforms.collect.autodiscovery import GUESSES, named_listings, sitemaps_of_robots
from transforms.collect.entry import Entry
from transforms.collect.listing import Listing, listing_kind, read_listing
from transforms.collect.rights import Rights, merged
from transforms.collect.robots import read_robots
from transforms.collect.site import articles_per_day, country_of, read_front_page, shape_of_articles
from transforms.collect.wire import host_of, origin_of
from transforms.extract import extract_page
from transforms.outcome import Reason, Reject

ARTICLES_TRIED = 3
NAMED_TRIED, SITEMAPS_TRIED = 4, 3
"""Feeds that a page names, sitemaps that robots.txt names; the first ones are the best."""

_RANK = {"rss": 2, "atom": 2, "json_feed": 2, "news_sitemap": 2, "sitemap": 1, "sitemap_index": 0}
"""Feeds and news sitemaps name what is new; the others name everything that ever was."""


class Look:
    """One look at one site; `report` is what it found so far."""

    def __init__(
        self,
        url: str,
        key: str,
        fetcher: Fetcher,
        memory: HostMemory,
        politeness: Politeness,
        clock: Callable[[], datetime],
        tell: Callable[[int], None],
    ) -> None:
        """`tell` hears of each request."""
        self.report = SiteReport(url=url, key=key, looked_at=clock(), respects_tdm=politeness.respect_tdm)
        self.is_private = False
        self._fetcher = fetcher
        self._memory = memory
        self._politeness = politeness
        self._tell = tell
        self._rights = Rights()
        self._listings: dict[str, Listing] = {}
        self._declared: str | None = None
        # Whoever types an address of this machine or network means it.
        self._private = frozenset({host_of(url)})

    async def take(self) -> SiteReport:
        """The whole look."""
        first = await self._fetch(self.report.url, None)
        self._note_robots(first)
        if isinstance(first, Failed):
            self._give_up(first.reject)
            return self.report
        self.is_private = first.exchange.address is not None and not is_public(first.exchange.address)
        self._private = EVERY_HOST if self.is_private else self._private
        await self._find_listings(first)
        await self._try_articles(first)
        self._judge()
        return self.report

    async def _fetch(self, url: str, role: str | None) -> Fetched | Failed:
        outcome = await self._fetcher.fetch(Errand(url, self.report.key, self._private, role))
        self._tell(1)
        assert isinstance(outcome, Fetched | Failed)  # without validators nothing is unchanged
        return outcome

    def _note_robots(self, first: Fetched | Failed) -> None:
        report = self.report
        address = first.page.url if isinstance(first, Fetched) else report.url
        remembered = self._memory.recall(origin_of(address), ROBOTS_PATH)
        robots = read_robots(remembered.status, remembered.body, PRODUCT) if remembered else None
        report.robots = robots.verdict(address) if robots else None
        report.crawl_delay_seconds = (robots.pause_seconds or None) if robots else None
        report.pause_seconds = max(self._politeness.pause_seconds, report.crawl_delay_seconds or 0.0)
        if isinstance(first, Failed) and first.reject.reason is Reason.ROBOTS_UNREACHABLE:
            report.robots = "unreachable"
        elif isinstance(first, Failed) and first.reject.reason is Reason.ROBOTS_FORBID:
            report.robots = "forbidden"

    async def _find_listings(self, first: Fetched) -> None:
        """Those that the page and its robots.txt name; only when none of them is of use, those that may be there."""
        page, content = first.page, first.exchange.content
        if listing_kind(content, page.media_type):
            self._note_listing(self.report.url, "the address itself", first)
        else:
            front = read_front_page(content, page.url, page.charset)
            self.report.name, self._declared = front.name, front.language
            self._rights = merged(front.rights, page.rights)
            for url in named_listings(content, page.url, page.charset)[:NAMED_TRIED]:
                await self._try_listing(url, "named by the page")
            remembered = self._memory.recall(origin_of(page.url), ROBOTS_PATH)
            for url in sitemaps_of_robots(remembered.body, page.url)[:SITEMAPS_TRIED] if remembered else ():
                await self._try_listing(url, "named by robots.txt")
            await self._guess(page.url)
        self.report.best = self._best()

    async def _guess(self, url: str) -> None:
        for path in GUESSES:
            if self._best():
                return
            await self._try_listing(urljoin(url, path), "guessed", is_guess=True)

    async def _try_listing(self, url: str, found: str, *, is_guess: bool = False) -> None:
        if any(listing.url == url for listing in self.report.listings):
            return
        outcome = await self._fetch(url, "feed")
        if isinstance(outcome, Fetched):
            self._note_listing(url, found, outcome, is_guess=is_guess)
        elif not is_guess:
            self.report.listings.append(ListingNote(url=url, found=found, problem=outcome.reject.detail))
        listing = self._listings.get(url)
        if listing and listing.more and not listing.entries:
            # An index: its first sitemap, which changed last, shows what it names.
            inner = await self._fetch(listing.more[0], "feed")
            if isinstance(inner, Fetched):
                self._note_inner(url, listing, inner)

    def _note_listing(self, url: str, found: str, outcome: Fetched, *, is_guess: bool = False) -> None:
        page = outcome.page
        listing = read_listing(outcome.exchange.content, page.url, page.media_type, page.charset)
        if isinstance(listing, Reject):
            if not is_guess:
                self.report.listings.append(ListingNote(url=url, found=found, problem=listing.detail))
            return
        self._listings[url] = listing
        self.report.listings.append(self._note(url, found, listing, listing.entries))

    def _note_inner(self, url: str, listing: Listing, outcome: Fetched) -> None:
        page = outcome.page
        inner = read_listing(outcome.exchange.content, page.url, page.media_type, page.charset)
        if isinstance(inner, Listing):
            self._listings[url] = Listing(listing.kind, inner.entries, listing.more)
            note = next(note for note in self.report.listings if note.url == url)
            place = self.report.listings.index(note)
            self.report.listings[place] = self._note(url, note.found, listing, inner.entries)

    def _note(self, url: str, found: str, listing: Listing, entries: Sequence[Entry]) -> ListingNote:
        now = self.report.looked_at
        dates = [entry.published for entry in entries if entry.published and entry.published <= now]
        return ListingNote(
            url=url,
            found=found,
            kind=listing.kind,
            entries=len(entries),
            more=len(listing.more) if listing.kind == "sitemap_index" else 0,
            per_day=articles_per_day(dates, now),
            newest=max(dates, default=None),
            problem=None if entries else "it names no page",
        )

    def _best(self) -> str | None:
        """The listing to collect from: a feed before a sitemap, of two feeds the one that is not asleep."""
        useful = [note for note in self.report.listings if note.entries and not note.problem]
        # With much more in a news sitemap than in the feed, the feed is of one section only.
        ranked = sorted(useful, key=lambda note: (-_RANK.get(note.kind or "", 0), -_usefulness(note)))
        return ranked[0].url if ranked else None

    async def _try_articles(self, first: Fetched) -> None:
        for entry in self._samples(first):
            outcome = await self._fetch(entry.link, "page")
            if isinstance(outcome, Failed):
                reject = outcome.reject
                self.report.articles.append(
                    ArticleNote(url=entry.link, reason=reject.reason, problem=reject.detail)
                )  # fmt: skip
            else:
                self._read(entry, outcome)

    def _samples(self, first: Fetched) -> list[Entry]:
        """The newest articles of the best listing; without one, links of the page that look like articles."""
        if self.report.best:
            entries: Iterable[Entry] = self._listings[self.report.best].entries
            oldest = datetime.min.replace(tzinfo=UTC)
            dated = [entry for entry in entries if not entry.published or entry.published <= self.report.looked_at]
            return sorted(dated, key=lambda entry: entry.published or oldest, reverse=True)[:ARTICLES_TRIED]
        page = first.page
        links = read_listing(first.exchange.content, page.url, page.media_type, page.charset, kind="section")
        if isinstance(links, Reject) or not links.entries:
            return []
        self.report.section = self.report.url
        self.report.follow = shape_of_articles([entry.link for entry in links.entries])
        return list(links.entries[:ARTICLES_TRIED])

    def _read(self, entry: Entry, outcome: Fetched) -> None:
        page = outcome.page
        front = read_front_page(outcome.exchange.content, page.url, page.charset)
        self._rights = merged(front.rights, page.rights, self._rights)
        self.report.name = self.report.name or front.name
        article = extract_page(
            outcome.exchange.content,
            url=page.url,
            media_type=page.media_type,
            charset=page.charset,
            fetched_at=page.fetched_at,
        )
        if isinstance(article, Reject):
            note = ArticleNote(url=entry.link, reason=article.reason, problem=article.detail)
        else:
            note = ArticleNote(
                url=entry.link,
                headline=article.headline,
                words=len(article.text.split()),
                published_at=article.published_at,
                language=article.language,
            )
        self.report.articles.append(note)

    def _judge(self) -> None:
        report = self.report
        report.tdm_reserved, report.tdm_policy = self._rights.tdm_reservation, self._rights.tdm_policy
        report.robots_tag = self._rights.robots_tag
        report.country = country_of(report.url)
        languages = {article.language for article in report.articles if article.language}
        report.language = languages.pop() if len(languages) == 1 else None if languages else self._declared
        read = [article for article in report.articles if not article.problem]
        report.advice = list(advice(report, len(read)))
        keeps_out = bool(report.tdm_reserved) and report.respects_tdm
        report.can_be_collected = len(read) * 2 > len(report.articles) and not keeps_out
        report.verdict = verdict(report, len(read), keeps_out=keeps_out)

    def _give_up(self, reject: Reject) -> None:
        self.report.verdict = f"It cannot be collected: {reject.detail}."
        self.report.advice = [cure(reject)]


def _usefulness(note: ListingNote) -> float:
    return note.per_day if note.per_day is not None else 0.5
