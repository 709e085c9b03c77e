"""What is known of listings (feeds, sitemaps, section pages), of sites' files, and of hosts that asked for rest.

In: answers. Out: what a conditional request needs, and the archived copy that stands for a listing that has not
changed. Each function works in the transaction it is given.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from flows.collect.client.exchange import Validators
from flows.collect.client.hosts import REMEMBERED_FOR, Remembered
from flows.collect.discovery.tables import HOSTS, LISTINGS, RESTS, micros, moment


@dataclass(frozen=True, slots=True)
class KnownListing:
    """A listing as it was last read: its kind, where its archived copy lies, and what to ask the server with."""

    asked: str
    source: str
    kind: str
    url: str
    sha256: str
    raw_file: str
    raw_offset: int
    validators: Validators | None
    last_fetched: datetime
    last_changed: datetime


def listing(connection: Connection, asked: str) -> KnownListing | None:
    """The listing at an address, or None."""
    row = connection.execute(select(LISTINGS).where(LISTINGS.c.asked == asked)).first()
    if row is None:
        return None
    has_validators = row.validators_url and (row.etag or row.last_modified)
    return KnownListing(
        asked=row.asked,
        source=row.source,
        kind=row.kind,
        url=row.url,
        sha256=row.sha256,
        raw_file=row.raw_file,
        raw_offset=row.raw_offset,
        validators=Validators(row.validators_url, row.etag, row.last_modified) if has_validators else None,
        last_fetched=moment(row.last_fetched),
        last_changed=moment(row.last_changed),
    )


def keep_listing(connection: Connection, known: KnownListing) -> None:
    """Note a listing that was read."""
    before = listing(connection, known.asked)
    if before and before.sha256 == known.sha256:
        known = replace(known, last_changed=before.last_changed)
    validators = known.validators
    _put(
        connection,
        LISTINGS,
        asked=known.asked,
        source=known.source,
        kind=known.kind,
        etag=validators.etag if validators else None,
        last_modified=validators.last_modified if validators else None,
        validators_url=validators.url if validators else None,
        url=known.url,
        sha256=known.sha256,
        raw_file=known.raw_file,
        raw_offset=known.raw_offset,
        last_fetched=micros(known.last_fetched),
        last_changed=micros(known.last_changed),
    )


def recall(connection: Connection, origin: str, path: str, now: datetime) -> Remembered | None:
    """A site's file as it was not more than 24 hours ago."""
    row = connection.execute(select(HOSTS).where(HOSTS.c.origin == origin, HOSTS.c.path == path)).first()
    if row is None or now - moment(row.fetched_at) >= REMEMBERED_FOR:
        return None
    return Remembered(row.status, bytes(row.body), moment(row.fetched_at))


def remember(connection: Connection, origin: str, path: str, remembered: Remembered) -> None:
    """Keep a site's file in place of an older one."""
    _put(
        connection,
        HOSTS,
        origin=origin,
        path=path,
        status=remembered.status,
        body=remembered.body,
        fetched_at=micros(remembered.fetched_at),
    )


def rest_until(connection: Connection, host: str, now: datetime) -> datetime | None:
    """Until when a host asked to be left alone; None when it may be asked."""
    until = connection.execute(select(RESTS.c.until).where(RESTS.c.host == host)).scalar()
    return moment(until) if until is not None and until > micros(now) else None


def let_rest(connection: Connection, host: str, until: datetime) -> None:
    """Note that a host asked to be left alone until then."""
    _put(connection, RESTS, host=host, until=micros(until))


def prune(connection: Connection, now: datetime) -> None:
    """Forget what is too old to be used."""
    connection.execute(delete(HOSTS).where(HOSTS.c.fetched_at <= micros(now - REMEMBERED_FOR)))
    connection.execute(delete(RESTS).where(RESTS.c.until <= micros(now)))


def _put(connection: Connection, table: Table, **values: Any) -> None:
    insert: Callable[..., Any] = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).values(**values)
    keys = [column.name for column in table.primary_key]
    others = {name: statement.excluded[name] for name in values if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=others))
