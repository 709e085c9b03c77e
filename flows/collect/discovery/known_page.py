"""What is known of one page of the web, and what a visit makes of it.

In: the page as it was known, what came of asking for it, the time of day. Out: the page as it is known now.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta  # noqa: F401 (the example needs UTC)
from typing import Literal

from flows.collect.discovery.tables import micros, moment
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason, Reject

FIRST_RETRY = timedelta(minutes=10)
LONGEST_RETRY = timedelta(days=1)
MOST_ATTEMPTS = 12
"""What failed so often in a row (over some five days) is not asked for again."""

NEW, RETRY, REVISIT = 0, 1, 2
"""Ranks: what was never asked for comes first, then what failed, then what is looked at again."""

VisitOutcome = Literal["new", "changed", "unchanged", "gone", "blocked", "failed"]
BLOCKED = frozenset({Reason.ROBOTS_FORBID, Reason.ROBOTS_UNREACHABLE, Reason.BLOCKED, Reason.TDM_RESERVED})


@dataclass(frozen=True, slots=True)
class Found:
    """An address to ask for. `is_direct`: it was named itself, so it may turn out to be a feed, which is followed."""

    asked: str
    host: str
    source: str
    scope: str
    listing: str | None = None
    published: datetime | None = None
    is_direct: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """One time that a page, or a listing that failed, was asked for; `reason` says why there was no page."""

    source: str
    url: str
    at: datetime
    outcome: VisitOutcome
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A row of `web_pages`; what its columns mean is said there. Moments are microseconds."""

    asked: str
    host: str
    source: str
    scope: str
    listing: str | None
    is_direct: bool
    published: int | None
    status: str
    rank: int
    due: int | None
    attempts: int
    first_fetched: int | None
    last_fetched: int | None
    etag: str | None
    last_modified: str | None
    validators_url: str | None
    url: str | None
    sha256: str | None
    reason: str | None
    detail: str | None
    raw_file: str | None
    raw_offset: int | None
    refused_at: int | None
    settled: bool
    handed_by: str | None
    wanted_by: str | None
    wanted_scope: str | None
    visited_by: str | None
    claimed_by: str | None

    @property
    def has_page(self) -> bool:
        """Whether it was fetched, so that its outcome is a page for good."""
        return self.sha256 is not None and self.reason is None

    @property
    def refused(self) -> Refused | None:
        """Why there is no page of it, as it was said first; None when there is one, or nobody has asked yet."""
        if self.reason is None or self.refused_at is None:
            return None
        reject = Reject("collect", Reason(self.reason), self.detail or "")
        at = moment(self.refused_at)
        return Refused(self.url or self.asked, self.source, reject, at, self.raw_file, self.raw_offset, self.sha256)

    def lost(self) -> "KnownPage":
        """As if never fetched: the archive does not hold its bytes any more."""
        return replace(self, status="found", rank=NEW, url=None, sha256=None, etag=None, last_modified=None,
                       validators_url=None)  # fmt: skip

    def fetched(self, page: Page, now: datetime, revisit_after: Sequence[timedelta]) -> "KnownPage":
        """With a good page."""
        known = self._answered(now, revisit_after, "fetched")
        return replace(known, url=page.url, sha256=page.raw_sha256, reason=None, detail=None, refused_at=None,
                       raw_file=page.raw_file, raw_offset=page.raw_offset)  # fmt: skip

    def unchanged(self, now: datetime, revisit_after: Sequence[timedelta]) -> "KnownPage":
        """With the same bytes as before."""
        return self._answered(now, revisit_after, "fetched" if self.has_page else self.status)

    def unreadable(self, refused: Refused, now: datetime, revisit_after: Sequence[timedelta]) -> "KnownPage":
        """With an answer that is no page; a page that was there before stays the outcome."""
        known = self._answered(now, revisit_after, "fetched" if self.has_page else "refused")
        return known if self.has_page else known._with(refused)

    def gone(self, refused: Refused, now: datetime) -> "KnownPage":
        """A tombstone: it is not asked for again; a page that was there before stays the outcome."""
        known = replace(self, status="gone", rank=REVISIT, due=None, attempts=0, last_fetched=micros(now))
        return known if self.has_page else known._with(refused)

    def failed(self, refused: Refused, now: datetime, wait: timedelta | None) -> "KnownPage":
        """Without an answer; asked for again after `wait`, ever later, or never when that is None."""
        attempts = self.attempts + 1
        later = None
        if wait is not None and attempts < MOST_ATTEMPTS:
            later = micros(now + max(wait, min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY)))
        known = replace(
            self,
            status="failed" if later else "refused",
            rank=RETRY,
            due=later,
            attempts=attempts,
            last_fetched=micros(now),
        )
        return known if self.has_page else known._with(refused)

    def _with(self, refused: Refused) -> "KnownPage":
        same = self.refused
        at = same.fetched_at if same and same.input_id == refused.input_id else refused.fetched_at
        return replace(
            self,
            url=refused.url,
            sha256=refused.raw_sha256,
            reason=refused.reject.reason.value,
            detail=refused.reject.detail,
            raw_file=refused.raw_file,
            raw_offset=refused.raw_offset,
            refused_at=micros(at),
        )

    def _answered(self, now: datetime, revisit_after: Sequence[timedelta], status: str) -> "KnownPage":
        first = self.first_fetched or micros(now)
        return replace(
            self,
            status=status,
            rank=REVISIT,
            attempts=0,
            first_fetched=first,
            last_fetched=micros(now),
            due=next_visit(first, now, revisit_after),
        )


def next_visit(first_fetched: int, now: datetime, revisit_after: Sequence[timedelta]) -> int | None:
    """When a page first fetched then is to be asked for again; None when the last time has passed.

    >>> first, hours = micros(datetime(2024, 5, 2, tzinfo=UTC)), [timedelta(hours=1), timedelta(hours=24)]
    >>> moment(next_visit(first, datetime(2024, 5, 2, 2, tzinfo=UTC), hours)).isoformat()
    '2024-05-03T00:00:00+00:00'
    """
    times = (first_fetched + after // timedelta(microseconds=1) for after in revisit_after)
    return min((time for time in times if time > micros(now)), default=None)
