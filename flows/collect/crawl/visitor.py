"""Asks for one page and says what came of it.

In: a page as it is known. Out: `Visited`: the page as it is known now, the entry in the diary, and what is handed on.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from flows.collect.archive.archive import Archive
from flows.collect.client.fetcher import Errand, Failed, Fetched, Fetcher, Unchanged, Validators
from flows.collect.crawl.scopes import Scope
from flows.collect.discovery.known_page import BLOCKED, NEW, KnownPage, Visit, VisitOutcome
from flows.collect.files.filing import refused_with
from transforms.collect.autodiscovery import named_listings
from transforms.collect.listing import listing_kind
from transforms.collect.media_types import looks_like_html, may_be_page
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason, Reject

NOTHING = sha256(b"").hexdigest()
UNASKED_WAIT = timedelta(days=1)
"""What was not answered at all, or not asked for because robots.txt forbids it, is looked up again after so long: names
come back, and rules change."""


@dataclass(frozen=True, slots=True)
class Visited:
    """What came of a page.

    `outcome` is handed on, if there is something to hand on. `listing` is what came in when the address turned out to
    be a listing, or a site's front page that names one. `wait_seconds` is how long the host asks us to stay away;
    `host_rests`: it is left alone for the rest of this run, and nothing was asked.
    """

    page: KnownPage
    visit: Visit | None = None
    outcome: Page | Refused | None = None
    listing: Fetched | None = None
    wait_seconds: float | None = None
    host_rests: Failed | None = None


class Visitor:
    """Visits pages for one run. `again`: ask even for what the archive has."""

    def __init__(
        self, fetcher: Fetcher, archive: Archive, clock: Callable[[], datetime], run: str, again: bool
    ) -> None:
        self._fetcher = fetcher
        self._archive = archive
        self._clock = clock
        self._run = run
        self._again = again

    def kept(self, page: KnownPage) -> Page | None:
        """What the archive has of a page that is to be asked for: the page as it was fetched last.

        Of one that nobody has asked for as far as the state knows, too: a run that was killed may have archived it and
        come no further, or the state was lost.
        """
        if page.has_page:
            return self._archive.find(page.url or "", page.sha256 or "")
        if page.rank != NEW or self._again:
            return None
        found = self._archive.known(page.asked)
        return found if found and may_be_page(found.media_type) and found.raw_sha256 != NOTHING else None

    async def visit(self, page: KnownPage, kept: Page | None, scope: Scope, *, is_wanted: bool) -> Visited:
        """Ask for a page. One that is `is_wanted` has its outcome handed on though it may be the same as before.

        `kept` is what the archive has of it.
        """
        page = replace(page, claimed_by=None, visited_by=self._run)
        if page.has_page and kept is None:
            page = page.lost()
        if kept and not page.has_page:
            return self._new(page, kept, scope, "new")
        outcome = await self._fetcher.fetch(_errand(page, scope, kept))
        visited = self._judge(page, outcome, scope)
        if is_wanted and visited.outcome is None and not (visited.listing or visited.host_rests):
            visited = self._as_before(visited, kept)
        return visited

    def _judge(self, page: KnownPage, outcome: Fetched | Failed | Unchanged, scope: Scope) -> Visited:
        if isinstance(outcome, Failed):
            return self._failed(page, outcome)
        if isinstance(outcome, Unchanged):
            return self._unchanged(_with_validators(page, outcome.validators), scope)
        page = _with_validators(page, outcome.validators)
        if page.is_direct and _leads_on(page, outcome, scope):
            return Visited(replace(page, status="listing", due=None, settled=True), listing=outcome)
        refusal = _why_no_page(outcome)
        if refusal:
            return self._unreadable(page, refused_with(outcome.page, refusal), scope)
        if page.has_page and page.sha256 == outcome.page.raw_sha256:
            return self._unchanged(page, scope)
        return self._new(page, outcome.page, scope, "changed" if page.has_page else "new")

    def _new(self, page: KnownPage, found: Page, scope: Scope, what: VisitOutcome) -> Visited:
        known = self._handed(page.fetched(found, self._clock(), scope.revisit_after))
        is_reserved = scope.respect_tdm and found.rights.tdm_reservation
        visit = self._visit(page, "blocked" if is_reserved else what, Reason.TDM_RESERVED if is_reserved else None)
        return Visited(known, visit, found)

    def _unchanged(self, page: KnownPage, scope: Scope) -> Visited:
        return Visited(page.unchanged(self._clock(), scope.revisit_after), self._visit(page, "unchanged"))

    def _unreadable(self, page: KnownPage, refused: Refused, scope: Scope) -> Visited:
        known = page.unreadable(refused, self._clock(), scope.revisit_after)
        return self._refused(page, known, refused, "failed")

    def _failed(self, page: KnownPage, failure: Failed) -> Visited:
        now, reason = self._clock(), failure.reject.reason
        refused = refusal(failure, page.asked, page.source, now)
        if failure.host_rests:
            return Visited(page, host_rests=failure)
        if reason == Reason.GONE:
            return self._refused(page, page.gone(refused, now), refused, "gone")
        known = page.failed(refused, now, _wait(failure))
        visited = self._refused(page, known, refused, outcome_of(failure))
        return replace(visited, wait_seconds=failure.wait_seconds)

    def _refused(self, page: KnownPage, known: KnownPage, refused: Refused, what: VisitOutcome) -> Visited:
        """What was a page before stays one: a refusal is handed on only of what never was."""
        visit = self._visit(page, what, refused.reject.reason)
        return Visited(known, visit) if page.has_page else Visited(self._handed(known), visit, refused)

    def _as_before(self, visited: Visited, stored: Page | None) -> Visited:
        outcome = stored or visited.page.refused
        if outcome is None or visited.page.handed_by == self._run:
            return visited
        return replace(visited, page=replace(visited.page, handed_by=self._run), outcome=outcome)

    def _handed(self, page: KnownPage) -> KnownPage:
        return replace(page, settled=False, handed_by=self._run)

    def _visit(self, page: KnownPage, outcome: VisitOutcome, reason: Reason | None = None) -> Visit:
        return Visit(page.source, page.asked, self._clock(), outcome, reason.value if reason else None)


def refusal(failure: Failed, asked: str, source: str, now: datetime) -> Refused:
    """A failure as what is handed on."""
    return refused_with(failure.page, failure.reject) if failure.page else Refused(asked, source, failure.reject, now)


def outcome_of(failure: Failed) -> VisitOutcome:
    """A failure as an entry of the diary."""
    reason = failure.reject.reason
    return "gone" if reason == Reason.GONE else "blocked" if reason in BLOCKED else "failed"


def _wait(failure: Failed) -> timedelta | None:
    """How long to wait at least before the page is asked for again; None: the answer is final."""
    if failure.is_temporary:
        return timedelta(seconds=min(failure.wait_seconds or 0.0, 1e8))
    return UNASKED_WAIT if failure.page is None else None


def _errand(page: KnownPage, scope: Scope, stored: Page | None) -> Errand:
    is_conditional = stored is not None and page.validators_url is not None
    validators = Validators(page.validators_url or "", page.etag, page.last_modified) if is_conditional else None
    return Errand(
        page.asked, page.source, scope.private, pause_seconds=scope.pause_seconds, validators=validators
    )  # fmt: skip


def _with_validators(page: KnownPage, validators: Validators | None) -> KnownPage:
    return replace(
        page,
        etag=validators.etag if validators else None,
        last_modified=validators.last_modified if validators else None,
        validators_url=validators.url if validators else None,
    )


def _leads_on(page: KnownPage, found: Fetched, scope: Scope) -> bool:
    """Whether an address that was named itself is a listing, or the front page of a site that names one."""
    if is_listing(found):
        return True
    is_front_page = scope.source is None and urlsplit(page.asked).path in ("", "/") and not urlsplit(page.asked).query
    return is_front_page and bool(named_listings(found.exchange.content, found.page.url, found.exchange.charset))


def is_listing(found: Fetched) -> bool:
    """Whether what came in is a feed or sitemap."""
    return found.role == "feed" or listing_kind(found.exchange.content, found.exchange.media_type) is not None


def _why_no_page(found: Fetched) -> Reject | None:
    content, page = found.exchange.content, found.page
    if not content.strip():
        return Reject("collect", Reason.EMPTY, f"{page.url} answered with an empty body")
    if is_listing(found):
        return Reject("collect", Reason.UNKNOWN_KIND, f"{page.url} is a feed, no page")
    if may_be_page(page.media_type) or looks_like_html(content):
        return None
    return Reject("collect", Reason.UNKNOWN_KIND, f"{page.url} is {page.media_type}, which copydesk does not read")
