"""What the archive holds, in the state database (SQLite), so that nothing is archived twice.

In: `Record`s. Out: the first record of the same address and bytes. The database may hold other modules' tables; ours
are `archive`, `archive_files`, `archive_version` and `urls`, and all of them can be rebuilt from the archive.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import RLock

from flows.collect.archive.record import Record, rights_as_text, rights_of_text, stamp
from flows.problem import Problem

VERSION = 2
"""2: rights, record ids, and of each address also the listing it led to."""
BUSY_SECONDS = 60
TABLES = """
CREATE TABLE archive_version (version INTEGER NOT NULL);
CREATE TABLE archive (
    url TEXT NOT NULL, sha256 TEXT NOT NULL, role TEXT NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL,
    fetched_at TEXT NOT NULL, source TEXT NOT NULL, media_type TEXT NOT NULL, charset TEXT, robots_verdict TEXT,
    sent_sha256 TEXT NOT NULL, rights TEXT, record_id TEXT NOT NULL, PRIMARY KEY (url, sha256, role)) WITHOUT ROWID;
CREATE INDEX archive_by_time ON archive (fetched_at) WHERE role = 'page';
CREATE TABLE archive_files (
    file TEXT PRIMARY KEY, indexed_to INTEGER NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE urls (
    asked TEXT NOT NULL, role TEXT NOT NULL, url TEXT NOT NULL, sha256 TEXT NOT NULL, fetched_at TEXT NOT NULL,
    PRIMARY KEY (asked, role)) WITHOUT ROWID;
"""
OUR_TABLES = ("archive_version", "archive", "archive_files", "urls")
COLUMNS = (
    "url, sha256, role, file, offset, fetched_at, source, media_type, charset, robots_verdict, sent_sha256, "
    "rights, record_id"
)
# Of two records with the same bytes the first one counts, whatever order they are read in.
ADD = f"""
INSERT INTO archive ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET file = excluded.file, offset = excluded.offset, fetched_at = excluded.fetched_at,
    source = excluded.source, media_type = excluded.media_type, charset = excluded.charset,
    robots_verdict = excluded.robots_verdict, sent_sha256 = excluded.sent_sha256, rights = excluded.rights,
    record_id = excluded.record_id
WHERE (excluded.fetched_at, excluded.file, excluded.offset) < (archive.fetched_at, archive.file, archive.offset)
"""
ADD_URL = """
INSERT INTO urls (asked, role, url, sha256, fetched_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET url = excluded.url, sha256 = excluded.sha256, fetched_at = excluded.fetched_at
WHERE excluded.fetched_at > urls.fetched_at
"""
ADD_FILE = """
INSERT INTO archive_files VALUES (?, ?, ?)
ON CONFLICT DO UPDATE SET indexed_to = max(indexed_to, excluded.indexed_to), size = max(size, excluded.size)
"""
FIND = f"SELECT {COLUMNS} FROM archive WHERE url = ? AND sha256 = ? AND role = ?"
# What a server means by "not modified" is what it sent last.
LATEST = f"""
SELECT {COLUMNS} FROM archive WHERE (url, sha256, role) = (
    SELECT url, sha256, role FROM urls WHERE asked IN (?, ?) AND url = ? ORDER BY fetched_at DESC LIMIT 1)
"""
WITH_ADDRESS = ("page", "feed")
"""The roles of which is kept what an address last led to."""


class StateError(Problem):
    """The state database cannot be used; the message names file and cure."""


class Index:
    """The archive's tables in the state database `file`, which is made when it is missing.

    Threads may share it: each call waits for the one before, and nobody sees half a change.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._lock = RLock()

    def find(self, url: str, sha256: str, role: str) -> Record | None:
        """The first record of these bytes from this address in this role."""
        return self._one(FIND, url, sha256, role)

    def latest_page(self, asked: str) -> Record | None:
        """The page that an address last led to."""
        with self.connected() as connection:
            row = connection.execute("SELECT url, sha256 FROM urls WHERE asked = ? AND role = 'page'", (asked,))
            last = row.fetchone()
        return self.find(last[0], last[1], "page") if last else None

    def latest(self, asked: str, url: str) -> Record | None:
        """The page or listing that `url` last gave; `asked` is where the chain of redirects to it began."""
        return self._one(LATEST, asked, url, url)

    def pages(self, first: date | None, last: date | None) -> Iterator[Record]:
        """All pages fetched from `first` to `last` (UTC days, both included), oldest first, read in portions."""
        low = (first.isoformat() if first else "", "", "")
        high = (last + timedelta(days=1)).isoformat() if last else "9999"
        query = f"""SELECT {COLUMNS} FROM archive WHERE role = 'page' AND fetched_at < ?
            AND (fetched_at, url, sha256) > (?, ?, ?) ORDER BY fetched_at, url, sha256 LIMIT 1000"""
        while True:
            with self.connected() as connection:
                rows = connection.execute(query, (high, *low)).fetchall()
            yield from map(_record, rows)
            if not rows:
                return
            low = (rows[-1][5], rows[-1][0], rows[-1][1])

    def add(self, records: Iterable[Record], file: str, indexed_to: int, size: int) -> None:
        """Note records of a file that is read up to `indexed_to` of its `size` bytes; to be called in `changing`."""
        with self.connected() as connection:
            for record in records:
                if not record.is_revisit:
                    connection.execute(ADD, _row(record))
                if record.role in WITH_ADDRESS and record.url.startswith("http"):
                    seen = stamp(record.fetched_at)
                    connection.execute(ADD_URL, (record.asked, record.role, record.url, record.sha256, seen))
            connection.execute(ADD_FILE, (file, indexed_to, size))

    def files(self) -> dict[str, tuple[int, int]]:
        """Each file of the archive with (read up to, size then)."""
        with self.connected() as connection:
            return {row[0]: (row[1], row[2]) for row in connection.execute("SELECT * FROM archive_files")}

    def forget(self, files: Sequence[str]) -> None:
        """Drop what was noted of files that are gone or have become shorter; to be called in `changing`."""
        gone = "file IN (SELECT value FROM json_each(?))"
        with self.connected() as connection:
            for statement in (
                f"DELETE FROM urls WHERE (url, sha256, role) IN (SELECT url, sha256, role FROM archive WHERE {gone})",
                f"DELETE FROM archive WHERE {gone}",
                f"DELETE FROM archive_files WHERE {gone}",
            ):
                connection.execute(statement, (json.dumps(files),))

    @contextmanager
    def changing(self) -> Iterator[None]:
        """A write transaction: other writers wait; what raises leaves no trace."""
        with self.connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def connected(self) -> Iterator[sqlite3.Connection]:
        """The connection of this process; what SQLite reports becomes a StateError with a cure."""
        try:
            with self._lock:
                if self._connection is None or self._process != os.getpid():
                    self._connection, self._process = _open(self._file), os.getpid()
                yield self._connection
        except sqlite3.OperationalError as error:
            cure = "another process is writing; try again" if "locked" in str(error) else "check disk and permissions"
            raise StateError(f"{self._file}: {error}; {cure}") from error
        except sqlite3.DatabaseError as error:
            cure = "move it away: what collect keeps in it is rebuilt from the archive"
            raise StateError(f"{self._file}: {error}; {cure}") from error

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            if self._connection and self._process == os.getpid():
                self._connection.close()
            self._connection = None

    def _one(self, query: str, *values: str) -> Record | None:
        with self.connected() as connection:
            row = connection.execute(query, values).fetchone()
        return _record(row) if row else None


def _open(file: Path) -> sqlite3.Connection:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(f"{file.parent}: cannot be made ({error.strerror}); set another storage.state") from None
    connection = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    # A power cut may lose the last rows, never damage the file; `Archive` finds lost rows again in the WARC files.
    connection.execute("PRAGMA synchronous = NORMAL")
    if (version := _version(connection)) < VERSION:
        _make_tables(connection)
    elif version > VERSION:
        raise StateError(
            f"{file}: its archive index has version {version}, this copydesk reads {VERSION}; use the copydesk that "
            "wrote it, or move the file away: what collect keeps in it is rebuilt from the archive"
        )
    return connection


def _version(connection: sqlite3.Connection) -> int:
    """The version of our tables; 0 when there are none."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'archive_version'").fetchone():
        return 0
    row = connection.execute("SELECT max(version) FROM archive_version").fetchone()
    return int(row[0] or 0)


def _make_tables(connection: sqlite3.Connection) -> None:
    """Our tables, empty, instead of older ones; `Archive` fills them from the WARC files."""
    connection.execute("BEGIN IMMEDIATE")
    if _version(connection) < VERSION:  # else another process was faster
        for table in OUR_TABLES:
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in filter(str.strip, TABLES.split(";")):
            connection.execute(statement)
        connection.execute("INSERT INTO archive_version VALUES (?)", (VERSION,))
    connection.execute("COMMIT")


def _row(record: Record) -> tuple[str | int | None, ...]:
    return (
        record.url,
        record.sha256,
        record.role,
        record.file,
        record.offset,
        stamp(record.fetched_at),
        record.source,
        record.media_type,
        record.charset,
        record.robots_verdict,
        record.sent_sha256,
        rights_as_text(record.rights),
        record.record_id,
    )


def _record(row: tuple) -> Record:  # type: ignore[type-arg]
    url, sha256, role, file, offset, fetched_at, source, media_type, charset, robots_verdict, *rest = row
    sent_sha256, rights, record_id = rest
    return Record(
        file=file,
        offset=offset,
        url=url,
        asked=url,
        source=source,
        role=role,
        media_type=media_type,
        charset=charset,
        fetched_at=datetime.fromisoformat(fetched_at),
        sha256=sha256,
        sent_sha256=sent_sha256,
        robots_verdict=robots_verdict,
        rights=rights_of_text(rights),
        record_id=record_id,
    )
