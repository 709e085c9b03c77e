"""The pages that are known, and those among them that are to be asked for: the frontier, in the database.

In: addresses that listings name, and what came of asking for them. Out: portions of pages to ask for, host by host.
Each function works in the transaction it is given.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import batched
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, not_, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from flows.collect.discovery.known_page import NEW, RETRY, REVISIT, Found, KnownPage
from flows.collect.discovery.runs import live_runs
from flows.collect.discovery.tables import PAGES, micros

AT_ONCE = 500
"""Rows that one statement brings."""
_COLUMNS = [PAGES.c[field.name] for field in fields(KnownPage)]
_RECORDED = (
    "status", "rank", "due", "attempts", "first_fetched", "last_fetched", "etag", "last_modified", "validators_url",
    "url", "sha256", "reason", "detail", "raw_file", "raw_offset", "refused_at", "settled", "handed_by", "visited_by",
    "claimed_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """What a run is to do: its name, the scopes it works for, and the first day it wants."""

    run: str
    scopes: frozenset[str]
    since: date | None = None


def add_found(
    connection: Connection, found: Sequence[Found], work: Work, now: datetime, first_position: int, *, again: bool
) -> list[KnownPage]:
    """Note what a listing names; all of it as it is known now, in the listing's order. Each address once.

    `again`: also what is not due is to be asked for, unless this run did so already.
    """
    rows = [_new_row(item, work, micros(now), first_position + number) for number, item in enumerate(found)]
    known: dict[str, KnownPage] = {}
    # In one order always: two runs that lock the same rows in other orders would wait for one another.
    for portion in batched(sorted(rows, key=lambda row: row["asked"]), AT_ONCE):
        statement = _insert(connection)(PAGES)
        statement = statement.on_conflict_do_update(
            index_elements=[PAGES.c.asked], set_=_seen_again(statement.excluded, work.run, again)
        )
        result = connection.execute(statement.returning(*_COLUMNS), list(portion))
        known.update((row.asked, KnownPage(*row)) for row in result)
    return [known[item.asked] for item in found]


def _new_row(found: Found, work: Work, now: int, position: int) -> dict[str, Any]:
    return {
        "asked": found.asked,
        "host": found.host,
        "source": found.source,
        "scope": found.scope,
        "listing": found.listing,
        "is_direct": found.is_direct,
        "first_seen": now,
        "last_seen": now,
        "published": micros(found.published) if found.published else None,
        "status": "found",
        "rank": NEW,
        "due": now,
        "position": position,
        "attempts": 0,
        "settled": True,
        "wanted_by": work.run,
        "wanted_scope": found.scope,
    }


def _seen_again(new: Any, run: str, again: bool) -> dict[str, Any]:
    is_typed, new_is_typed = PAGES.c.scope.contains("://"), new.scope.contains("://")
    values = {
        "last_seen": new.last_seen,
        "published": func.coalesce(new.published, PAGES.c.published),
        "is_direct": or_(PAGES.c.is_direct, new.is_direct),
        # What was found by a typed address belongs to the source that names it later.
        "scope": case((and_(is_typed, not_(new_is_typed)), new.scope), else_=PAGES.c.scope),
        "wanted_by": literal(run),
        "wanted_scope": case(
            (PAGES.c.wanted_by == run, func.coalesce(PAGES.c.wanted_scope, new.scope)), else_=new.scope
        ),
    }
    # Whoever types an address wants to know how it is now; but what is gone is gone.
    is_asked_anew = and_(
        new.is_direct, PAGES.c.reason.is_not(None), PAGES.c.status != "gone", or_(new_is_typed, not_(PAGES.c.is_direct))
    )
    values["due"] = case((true() if again else is_asked_anew, new.due), else_=PAGES.c.due)
    return values


def claim(
    connection: Connection, host: str, work: Work, now: datetime, count: int, *, only_direct: bool
) -> list[KnownPage]:
    """Up to `count` pages of a host that are to be asked for now, new ones first; they are this run's from here on.

    What this run has visited is not among them. `only_direct`: only what was named itself.
    """
    rows: list[KnownPage] = []
    live = live_runs(connection, now)
    is_named = and_(PAGES.c.is_direct, PAGES.c.wanted_by == work.run)
    is_ours = is_named if only_direct else or_(PAGES.c.scope.in_(work.scopes), PAGES.c.wanted_by == work.run)
    for rank in (NEW, RETRY, REVISIT):
        question = (
            select(*_COLUMNS)
            .where(PAGES.c.host == host, PAGES.c.rank == rank, _is_due(work, live, now), is_ours)
            .order_by(PAGES.c.due, PAGES.c.position)
            .limit(count - len(rows))
            .with_for_update(skip_locked=True)
        )
        rows += [KnownPage(*row) for row in connection.execute(question)]
        if len(rows) == count:
            break
    if any(row.claimed_by for row in rows):
        # A run that began since we looked may have been the one to claim them.
        live = live_runs(connection, now)
        rows = [row for row in rows if row.claimed_by not in live]
    _set(connection, [row.asked for row in rows], claimed_by=work.run)
    return rows


def due_hosts(connection: Connection, work: Work, live: Iterable[str], now: datetime) -> list[str]:
    """The hosts that have pages to be asked for now, in order."""
    is_ours = PAGES.c.scope.in_(work.scopes)
    question = select(PAGES.c.host).where(is_ours, _is_due(work, live, now)).distinct().order_by(PAGES.c.host)
    return list(connection.execute(question).scalars())


def _is_due(work: Work, live: Iterable[str], now: datetime) -> ColumnElement[bool]:
    is_free = or_(PAGES.c.claimed_by.is_(None), PAGES.c.claimed_by.not_in(list(live)))
    is_not_done = func.coalesce(PAGES.c.visited_by, "") != work.run
    return and_(PAGES.c.due <= micros(now), is_free, is_not_done, _is_recent(work.since))


def _is_recent(since: date | None) -> ColumnElement[bool]:
    if since is None:
        return true()
    midnight = (since - date(1970, 1, 1)).days * 86_400_000_000
    return or_(PAGES.c.published.is_(None), PAGES.c.published >= midnight)


def record(connection: Connection, pages: Sequence[KnownPage], position: int) -> None:
    """Note what came of asking for pages."""
    own = [{field.name: getattr(page, field.name) for field in fields(KnownPage)} for page in pages]
    rows = [{**row, "first_seen": 0, "last_seen": 0, "position": position} for row in own]
    for portion in batched(sorted(rows, key=lambda row: row["asked"]), AT_ONCE):
        statement = _insert(connection)(PAGES)
        statement = statement.on_conflict_do_update(
            index_elements=[PAGES.c.asked], set_={name: statement.excluded[name] for name in _RECORDED}
        )
        connection.execute(statement.returning(PAGES.c.asked), list(portion)).all()


def unsettled(connection: Connection, work: Work, live: Iterable[str], count: int, after: str) -> list[KnownPage]:
    """Pages whose outcome a run handed on that died before it was published, in the order of their addresses."""
    has_outcome = or_(PAGES.c.sha256.is_not(None), PAGES.c.reason.is_not(None))
    is_left = or_(PAGES.c.handed_by.is_(None), PAGES.c.handed_by.not_in(list(live)))
    question = (
        select(*_COLUMNS)
        .where(PAGES.c.scope.in_(work.scopes), not_(PAGES.c.settled), has_outcome, is_left, PAGES.c.asked > after)
        .order_by(PAGES.c.asked)
        .limit(count)
    )
    return [KnownPage(*row) for row in connection.execute(question)]


def hand_on(connection: Connection, asked: Sequence[str], run: str) -> None:
    """Note that the outcome of these pages was handed on to the run."""
    _set(connection, asked, handed_by=run)


def take_back(connection: Connection, run: str) -> None:
    """Note that nothing was handed on to the run but what is settled."""
    is_open = and_(PAGES.c.handed_by == run, not_(PAGES.c.settled))
    connection.execute(update(PAGES).where(is_open).values(handed_by=None))


def lose(connection: Connection, asked: Sequence[str], now: datetime) -> None:
    """Note that the bytes of these pages are not in the archive any more: they are as if never fetched."""
    _set(
        connection, asked, status="found", rank=NEW, due=micros(now), url=None, sha256=None, reason=None,
        etag=None, last_modified=None, validators_url=None,
    )  # fmt: skip


def release(connection: Connection, run: str) -> None:
    """Give up what the run has claimed."""
    connection.execute(update(PAGES).where(PAGES.c.claimed_by == run).values(claimed_by=None))


def settle(connection: Connection, runs: Sequence[str]) -> int:
    """Note that what was handed on to these runs is published; how many pages that were not before."""
    is_theirs = and_(PAGES.c.handed_by.in_(runs), not_(PAGES.c.settled))
    return connection.execute(update(PAGES).where(is_theirs).values(settled=True)).rowcount


def _set(connection: Connection, asked: Sequence[str], **values: Any) -> None:
    for some in _portions(asked):
        connection.execute(update(PAGES).where(PAGES.c.asked.in_(some)).values(**values))


def _portions(asked: Sequence[str]) -> Iterator[list[str]]:
    return (list(some) for some in batched(sorted(asked), AT_ONCE))


def _insert(connection: Connection) -> Callable[..., Any]:
    return sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
