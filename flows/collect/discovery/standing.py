"""Sorts what a listing names by what is to be done with it.

In: pages as they are known. Out: `Standing`: what is handed on again, what is to be asked for, what is being asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.collect.discovery.frontier import Work
from flows.collect.discovery.known_page import KnownPage
from flows.collect.discovery.tables import micros


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand with what a listing names.

    `known` have an outcome and are not due: it is handed on again. `due` are the hosts that have something to be asked
    for. `listings` are addresses that turned out to be listings themselves. `busy` are being asked for at this moment.
    """

    known: tuple[KnownPage, ...]
    due: frozenset[str]
    listings: tuple[KnownPage, ...]
    busy: frozenset[str]


def how_it_stands(pages: Sequence[KnownPage], work: Work, live: set[str], now: datetime) -> Standing:
    """How things stand for a run, while the runs `live` are at work."""
    known: list[KnownPage] = []
    due: set[str] = set()
    busy: set[str] = set()
    listings: list[KnownPage] = []
    for page in pages:
        if page.status == "listing":
            listings.append(page)
        elif page.claimed_by == work.run:
            busy.add(page.asked)
        elif _is_due(page, work, live, now):
            due.add(page.host)
        elif (page.has_page or page.reason) and page.handed_by != work.run:
            known.append(page)
    return Standing(tuple(known), frozenset(due), tuple(listings), frozenset(busy))


def _is_due(page: KnownPage, work: Work, live: set[str], now: datetime) -> bool:
    is_now = page.due is not None and page.due <= micros(now)
    return is_now and page.claimed_by not in live and page.visited_by != work.run
