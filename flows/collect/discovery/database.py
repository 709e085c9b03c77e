"""Opens the database of the discovery state: an SQLite file, or PostgreSQL.

In: its address. Out: transactions; what the database reports becomes a StateError that names it and the cure.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, make_url, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from flows.collect.archive.index import BUSY_SECONDS, StateError
from flows.collect.discovery.tables import TABLES, VERSION, WEB_VERSION

BEGIN_LOCK = 5_116_021_774
"""Names the lock under which PostgreSQL's tables are made; any number that nobody else uses will do."""
CONNECT_SECONDS = 10


class Database:
    """A database, opened on first use; may be used from several threads, each transaction in one of them."""

    def __init__(self, address: str) -> None:
        """`address` is `sqlite:////path/to/file` or `postgresql://user@host/name`. Raises StateError."""
        self._url = _read_address(address)
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        self._engine: Engine | None = None

    @property
    def name(self) -> str:
        """What to call it in messages: the file, or the address without its password."""
        return self._url.database or "" if self.is_sqlite else self._url.render_as_string(hide_password=True)

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """A transaction: kept when the block ends, undone when it raises. Raises StateError."""
        try:
            with self._opened().begin() as connection:
                yield connection
        except DBAPIError as error:
            raise self._explain(error) from error
        except SQLAlchemyError as error:
            raise StateError(f"{self.name}: {error}; this is our mistake, please report it") from error

    def close(self) -> None:
        """Close all connections; the next use opens it again."""
        if self._engine:
            self._engine.dispose()
        self._engine = None

    def _opened(self) -> Engine:
        if self._engine is None:
            engine = _sqlite(self._url) if self.is_sqlite else _postgresql(self._url)
            self._engine = engine
            try:
                _make_tables(engine, self.name)
            except BaseException:
                self.close()
                raise
        return self._engine

    def _explain(self, error: DBAPIError) -> StateError:
        said = _said(error.orig)
        if not self.is_sqlite:
            cure = "check storage.discovery in config/copydesk.toml and that the server runs and lets this user in"
        elif "locked" in said:
            cure = "another process is writing; try again"
        elif "not a database" in said or "malformed" in said:
            cure = "move it away: what is known of the web is learned again, pages come from the archive"
        else:
            cure = "check disk and permissions, or set another storage.state in config/copydesk.toml"
        return StateError(f"{self.name}: {said}; {cure}")


def _said(error: BaseException | None) -> str:
    """The message of a database in one line; pg8000 gives a dictionary with the message under `M`."""
    told = error.args[0] if error and error.args else error
    lines = str(told.get("M") if isinstance(told, dict) else told or type(error).__name__).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def discovery_address(discovery: str, state: Path) -> str:
    """The database of the discovery state: the one set, else the state file."""
    return discovery.strip() or f"sqlite:///{state.absolute()}"


def _read_address(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise StateError(_WRONG_ADDRESS.format(address)) from None
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+pg8000")
    if backend != "sqlite" or not url.database:
        raise StateError(_WRONG_ADDRESS.format(url.render_as_string(hide_password=True)))
    return url


_WRONG_ADDRESS = (
    "storage.discovery = {!r} is no database we know; write postgresql://user:password@host/name, or leave it empty "
    "to use the state file"
)


def _sqlite(url: URL) -> Engine:
    file = Path(url.database or "")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(f"{file.parent}: cannot be made ({error.strerror}); set another storage.state") from None
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, see below
        connection.execute("PRAGMA journal_mode = WAL")
        # A power cut may lose the last rows, never damage the file; lost pages are found again in the archive.
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        # Waiting for the lock at the beginning cannot fail halfway, as turning a read into a write can.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgresql(url: URL) -> Engine:
    """With libpq's words `?host=/folder` (a socket) and `?sslmode=`, which pg8000 has others for."""
    query = dict(url.query)
    arguments: dict[str, Any] = {"timeout": CONNECT_SECONDS}
    folder, mode = query.pop("host", None), query.pop("sslmode", None)
    if folder:
        arguments["unix_sock"] = f"{folder}/.s.PGSQL.{query.pop('port', None) or url.port or 5432}"
    if mode in ("require", "prefer", "verify-ca", "verify-full"):
        arguments["ssl_context"] = context = ssl.create_default_context()
        if not str(mode).startswith("verify"):
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        return create_engine(url.set(query=query), connect_args=arguments, pool_pre_ping=True)
    except (ImportError, NoSuchModuleError):
        raise StateError(
            "storage.discovery names PostgreSQL, which needs one more package: pip install 'copydesk[postgresql]'"
        ) from None


def _make_tables(engine: Engine, name: str) -> None:
    """Make what is missing, once, whoever else is just beginning. Raises StateError for another version."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({BEGIN_LOCK})"))
        TABLES.create_all(connection)
        version = connection.execute(select(WEB_VERSION.c.version)).scalar()
        if version is None:
            connection.execute(insert(WEB_VERSION).values(version=VERSION))
    if version not in (None, VERSION):
        raise StateError(
            f"{name}: its discovery state has version {version}, this copydesk reads {VERSION}; use the copydesk that "
            "wrote it, or another storage.discovery (a new one learns again what the feeds name)"
        )
