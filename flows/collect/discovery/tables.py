"""The tables of the discovery state: what is known of pages, listings, hosts, visits and runs.

In: nothing. Out: SQLAlchemy tables, the same for SQLite and PostgreSQL. Moments are whole microseconds since 1970
(UTC), which sort the same everywhere.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    not_,
)

VERSION = 1
TABLES = MetaData()

WEB_VERSION = Table("web_version", TABLES, Column("version", Integer, nullable=False))

PAGES = Table(
    "web_pages",
    TABLES,
    # Where it is, and whose it is. `scope` is a source's key, or the address that was typed and led here.
    Column("asked", Text, primary_key=True),
    Column("host", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("listing", Text),
    Column("is_direct", Boolean, nullable=False),
    Column("first_seen", BigInteger, nullable=False),
    Column("last_seen", BigInteger, nullable=False),
    Column("published", BigInteger),
    # When it is to be asked for: `rank` 0 never asked, 1 asked in vain, 2 fetched before; `due` null is never.
    Column("status", Text, nullable=False),
    Column("rank", SmallInteger, nullable=False),
    Column("due", BigInteger),
    Column("position", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first_fetched", BigInteger),
    Column("last_fetched", BigInteger),
    # What the last good answer said, for conditional requests.
    Column("etag", Text),
    Column("last_modified", Text),
    Column("validators_url", Text),
    # The last outcome: a page (address after redirects, digest), or with `reason` a refusal and where its bytes are.
    Column("url", Text),
    Column("sha256", Text),
    Column("reason", Text),
    Column("detail", Text),
    Column("raw_file", Text),
    Column("raw_offset", BigInteger),
    Column("refused_at", BigInteger),
    # Which run it was handed on to and whether that run published it; which run listed, visited, is asking for it.
    Column("settled", Boolean, nullable=False),
    Column("handed_by", Text),
    Column("wanted_by", Text),
    Column("wanted_scope", Text),
    Column("visited_by", Text),
    Column("claimed_by", Text),
)
Index("web_pages_of_host", PAGES.c.host, PAGES.c.rank, PAGES.c.due, PAGES.c.position)
Index("web_pages_of_scope", PAGES.c.scope, PAGES.c.due)
for _name, _column, _condition in (
    ("web_pages_unsettled", PAGES.c.scope, not_(PAGES.c.settled)),
    ("web_pages_handed", PAGES.c.handed_by, not_(PAGES.c.settled)),
    ("web_pages_claimed", PAGES.c.claimed_by, PAGES.c.claimed_by.is_not(None)),
):
    Index(_name, _column, sqlite_where=_condition, postgresql_where=_condition)

LISTINGS = Table(
    "web_listings",
    TABLES,
    Column("asked", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("validators_url", Text),
    # The archived copy, which stands for the listing as long as the server says that nothing has changed.
    Column("url", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("raw_file", Text, nullable=False),
    Column("raw_offset", BigInteger, nullable=False),
    Column("last_fetched", BigInteger, nullable=False),
    Column("last_changed", BigInteger, nullable=False),
)

HOSTS = Table(
    "web_hosts",
    TABLES,
    Column("origin", Text, primary_key=True),
    Column("path", Text, primary_key=True),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("fetched_at", BigInteger, nullable=False),
)

RESTS = Table(
    "web_rests",
    TABLES,
    Column("host", Text, primary_key=True),
    Column("until", BigInteger, nullable=False),
)

VISITS = Table(
    "web_visits",
    TABLES,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("source", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
)
Index("web_visits_by_time", VISITS.c.at)
Index("web_visits_of_source", VISITS.c.source, VISITS.c.outcome, VISITS.c.at)

RUNS = Table(
    "web_runs",
    TABLES,
    Column("run", Text, primary_key=True),
    Column("machine", Text, nullable=False),
    Column("pid", BigInteger, nullable=False),
    Column("started", Text, nullable=False),
    Column("alive_until", BigInteger, nullable=False),
)

_EPOCH = datetime.fromtimestamp(0, UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """A moment as the tables hold it.

    >>> micros(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return (moment - _EPOCH) // _MICROSECOND


def moment(value: int) -> datetime:
    """The moment that a column holds."""
    return _EPOCH + value * _MICROSECOND
