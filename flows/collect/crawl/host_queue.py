"""What a crawl is to do, and what of it is to be asked of one host.

In: nothing. Out: `Order`, and `Queue`, the listings and pages of one host.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from flows.collect.client.fetcher import Failed
from flows.collect.crawl.listing_reader import Wanted
from flows.collect.crawl.scopes import Scope
from flows.collect.discovery.known_page import Found, KnownPage
from transforms.collect.page import Page
from transforms.outcome import Reason, Reject


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is to crawl: its scopes by name, the listings to read and the addresses to ask for first.

    `since`: leave out what a listing dates before this day. `again`: ask also for what is not due.
    """

    scopes: Mapping[str, Scope]
    listings: Sequence[Wanted] = ()
    found: Sequence[Found] = ()
    since: date | None = None
    again: bool = False


class Claimed(NamedTuple):
    """A page that is to be asked for, and what the archive has of it."""

    page: KnownPage
    kept: Page | None


@dataclass(slots=True)
class Queue:
    """What is to be asked of one host: its listings, and the pages that were claimed.

    `has_more`: there may be pages to claim. `rests`: why the host is left alone for the rest of this run.
    """

    host: str
    listings: deque[Wanted] = field(default_factory=deque)
    pages: deque[Claimed] = field(default_factory=deque)
    has_more: bool = True
    is_worked_on: bool = False
    is_listings_turn: bool = True
    rests: Failed | None = None


def resting(host: str, wait_seconds: float) -> Failed:
    """Why a host is left alone for so many seconds."""
    detail = f"{host} asks us to wait {wait_seconds:.0f} seconds; run again after that"
    reject = Reject("collect", Reason.NOT_FETCHED, detail)
    return Failed(reject, None, is_temporary=True, wait_seconds=wait_seconds, host_rests=True)
