"""Remembers which input is where in a lake, so that nobody has to read the lake to know.

In: the files of `articles` and `rejects`. Out: a cache of their identities in the state file, always checked against
the files, and a register of all that came in. Other modules keep tables of their own in the same file.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from flows.publish.health import HEALTH_QUERY, Median, Visits, health_rows
from flows.publish.layout import lake_id
from flows.publish.problems import LakeProblem, readable
from flows.publish.storage import StoredFile, stored_files
from transforms.publish.kept import Kept, Owner
from transforms.publish.partition import parse_partition
from transforms.tables import ARTICLES, REJECTS, SOURCE_HEALTH

_TABLES = """
create table if not exists lake_lakes (lake text primary key, id text);
create table if not exists lake_files (lake text, path text, stamp text, primary key (lake, path)) without rowid;
create table if not exists lake_outcomes (
    lake text, path text, day text, input_id text, url text, source text, fetched_at integer, raw_sha256 text,
    rules_version text, article_id text, version text, stage text, reason text, detail text, duplicate_of text,
    published_at integer, published_precision text
);
create index if not exists lake_outcomes_of_input on lake_outcomes (lake, input_id);
create index if not exists lake_outcomes_of_article on lake_outcomes (lake, article_id, version);
create index if not exists lake_outcomes_of_file on lake_outcomes (lake, path);
create index if not exists lake_outcomes_of_time on lake_outcomes (lake, fetched_at, source);
create table if not exists lake_inputs (
    lake text, input_id text, url text, first_run text, primary key (lake, input_id)
) without rowid;
"""
_IDENTITY = (
    "input_id", "url", "source", "fetched_at", "raw_sha256", "rules_version",
    "article_id", "version", "stage", "reason", "detail", "duplicate_of",
)  # fmt: skip
_MEASURES = ("published_at", "published_precision")
"""What is remembered of an article besides, for `source_health`."""
_TIMES = ("fetched_at", "published_at")
_MICROSECOND = timedelta(microseconds=1)
_WAIT_SECONDS = 60  # for another process that writes to the state file
_AT_ONCE = 5_000  # ids in one question


class LakeIndex:
    """The index of one lake, in the state file `state`. Not for use from several threads."""

    def __init__(self, state: Path, lake: Path) -> None:
        """Open or begin the state file. Raises LakeProblem when it cannot be used."""
        self.folder = lake
        self._lake = str(lake.absolute())
        try:
            state.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(state, timeout=_WAIT_SECONDS, isolation_level=None)
            self._base.execute("pragma journal_mode = wal")
            self._begin()
            self._base.create_aggregate("median", 1, Median)  # type: ignore[arg-type]
        except (sqlite3.Error, OSError) as error:
            raise LakeProblem(
                f"{state}: cannot be used ({error}); let this user write there, or, if it is damaged, move it away: it "
                "is rebuilt from the lake and the archive"
            ) from error

    def close(self) -> None:
        """Close the state file."""
        self._base.close()

    def __enter__(self) -> Self:
        """The index itself."""
        return self

    def __exit__(self, *_: Any) -> None:
        """See `close`."""
        self.close()

    def refresh(self) -> int:
        """Read the files that are new or changed and forget those that are gone; how many were read."""
        with self._transaction():
            self._forget_if_replaced()
            known = dict(self._rows("select path, stamp from lake_files where lake = ?"))
        files = [file for table in (ARTICLES, REJECTS) for file in stored_files(self.folder, table.name)]
        changed = [file for file in files if known.get(file.path) != file.stamp]
        with self._transaction():
            self._forget(known.keys() - {file.path for file in files})
        for file in changed:
            rows = _identities(self.folder, file)
            with self._transaction():
                self._forget([file.path])
                self._remember(file, rows)
        return len(changed)

    def outcomes(self, input_ids: Iterable[str]) -> dict[str, Kept]:
        """The outcome of each of these inputs that has one.

        A duplicate counts only while the article it repeats is in the lake.
        """
        rows = self.kept(input_ids)
        repeated = self.holders(row.repeats for found in rows.values() for row in found if row.repeats)
        known = {}
        for input_id, found in rows.items():
            valid = [row for row in found if row.repeats is None or row.repeats in repeated]
            if valid:
                known[input_id] = min(valid, key=lambda row: row.table)
        return known

    def kept(self, input_ids: Iterable[str]) -> dict[str, list[Kept]]:
        """All rows of the lake for these inputs: one each in a lake that is whole."""
        found = defaultdict(list)
        for ids in batched(input_ids, _AT_ONCE):
            for row in self._kept("input_id in (select value from json_each(?))", json.dumps(ids)):
                found[row.input_id].append(row)
        return dict(found)

    def holders(self, owners: Iterable[Owner]) -> dict[Owner, list[Kept]]:
        """The rows of `articles` for these (article_id, version): one each in a lake that is whole."""
        wanted = set(owners)
        found = defaultdict(list)
        for some in batched(wanted, _AT_ONCE):
            ids = json.dumps(sorted({article_id for article_id, _ in some}))
            for row in self._kept("article_id in (select value from json_each(?))", ids):
                if row.owner in some:
                    found[row.owner].append(row)
        return dict(found)

    def dangling(self) -> list[Kept]:
        """The duplicates whose article is not in the lake any more: read these inputs again."""
        return list(
            self._kept(
                "duplicate_of is not null and not exists (select 1 from lake_outcomes as other where other.lake = "
                "lake_outcomes.lake and other.article_id = substr(lake_outcomes.duplicate_of, 1, "
                "instr(lake_outcomes.duplicate_of, '/') - 1) and other.version = "
                "substr(lake_outcomes.duplicate_of, instr(lake_outcomes.duplicate_of, '/') + 1))"
            )
        )

    def published(self, first: date, last: date, sources: Sequence[str] = ()) -> list[Kept]:
        """The rows of the partitions from the first to the last day (both included), by day."""
        found = self._kept("day between ? and ? order by day, input_id", str(first), str(last))
        return [row for row in found if not sources or row.source in sources]

    def register(self, inputs: Iterable[tuple[str, str]], run_id: str) -> int:
        """Note that these inputs, (input_id, url), came in, before they are read; how many had not come in before."""
        rows = [(self._lake, input_id, url, run_id) for input_id, url in inputs]
        with self._transaction():
            self._forget_if_replaced()
            before = self._base.total_changes
            self._base.executemany("insert or ignore into lake_inputs values (?, ?, ?, ?)", rows)
            return self._base.total_changes - before

    def registered(self) -> dict[str, str]:
        """The inputs that came in, with their addresses."""
        self._forget_if_replaced()
        return dict(self._rows("select input_id, url from lake_inputs where lake = ?"))

    def source_health(
        self,
        expected: Mapping[str, int | None] | None = None,
        days: Iterable[date] | None = None,
        visits: Iterable[Visits] = (),
    ) -> pa.Table:
        """Rows of `source_health`, counted anew from the outcomes of each source and day of fetching.

        `expected` has the articles a day that the source files ask for; `days` limits the days; `visits` say what the
        lake has no rows of, such as pages that were asked for again and had not changed.
        """
        chosen = None if days is None else set(days)
        bounds = _bounds(chosen)
        rows = health_rows(self._dicts(HEALTH_QUERY, *bounds), visits, expected or {}, chosen)
        return pa.Table.from_pylist(rows, schema=SOURCE_HEALTH.schema)

    def first_fetched(self) -> dict[str, datetime]:
        """When the first input of each source came in."""
        rows = self._rows("select source, min(fetched_at) from lake_outcomes where lake = ? group by source")
        return {source: _instant(first) for source, first in rows}

    def _begin(self) -> None:
        """Make the tables. Those of an older copydesk that lack a column are made anew: `refresh` reads the files."""
        with self._transaction():
            columns = {row[1] for row in self._base.execute("pragma table_info(lake_outcomes)")}
            if columns and not columns.issuperset(_MEASURES):
                self._base.execute("drop table lake_outcomes")
                self._base.execute("delete from lake_files")
            for statement in _TABLES.split(";"):
                self._base.execute(statement)

    def _forget_if_replaced(self) -> None:
        """Forget a lake that was deleted, even if another was begun in its place."""
        now = lake_id(self.folder)
        for (known,) in self._rows("select id from lake_lakes where lake = ?"):
            if known == now:
                return
        for table in ("lake_lakes", "lake_files", "lake_outcomes", "lake_inputs"):
            self._base.execute(f"delete from {table} where lake = ?", (self._lake,))
        if now is not None:
            self._base.execute("insert or replace into lake_lakes values (?, ?)", (self._lake, now))

    def _forget(self, paths: Iterable[str]) -> None:
        keys = [(self._lake, path) for path in paths]
        self._base.executemany("delete from lake_files where lake = ? and path = ?", keys)
        self._base.executemany("delete from lake_outcomes where lake = ? and path = ?", keys)

    def _remember(self, file: StoredFile, rows: Iterable[tuple[Any, ...]]) -> None:
        places = ", ".join("?" * (len(_IDENTITY) + len(_MEASURES) + 3))
        columns = f"lake, path, day, {', '.join(_IDENTITY + _MEASURES)}"
        self._base.executemany(
            f"insert into lake_outcomes ({columns}) values ({places})", ((self._lake, file.path, *row) for row in rows)
        )
        self._base.execute("insert or replace into lake_files values (?, ?, ?)", (self._lake, file.path, file.stamp))

    def _kept(self, condition: str, *values: Any) -> Iterator[Kept]:
        question = f"select day, {', '.join(_IDENTITY)} from lake_outcomes where lake = ? and {condition}"
        for row in self._dicts(question, *values):
            row["day"] = date.fromisoformat(row["day"])
            row["fetched_at"] = _instant(row["fetched_at"])
            yield Kept(**row)

    def _rows(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._base.execute(question, (self._lake, *values)).fetchall()

    def _dicts(self, question: str, *values: Any) -> Iterator[dict[str, Any]]:
        with closing(self._base.execute(question, (self._lake, *values))) as cursor:
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield dict(zip(names, row, strict=True))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._base.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._base.execute("rollback")
            raise
        self._base.execute("commit")


def _instant(microseconds: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + microseconds * _MICROSECOND


def _bounds(days: Collection[date] | None) -> tuple[int, int]:
    """The first microsecond of the first day, and the first after the last; of all times when no days are given."""
    if not days:
        return (-(2**63), 2**63 - 1) if days is None else (0, 0)
    first, last = (int(datetime(*day.timetuple()[:3], tzinfo=UTC).timestamp()) for day in (min(days), max(days)))
    return first * 1_000_000, (last + 86_400) * 1_000_000


def _identities(lake: Path, file: StoredFile) -> list[tuple[Any, ...]]:
    """The identity of each row of a file of `articles` or `rejects`, with its day in front."""
    partition = parse_partition("/".join(file.path.split("/")[1:-1]))
    if partition is None or partition.day is None:
        return []  # no partition: verify will say so
    wanted = _IDENTITY + _MEASURES
    with readable(lake / file.path), pq.ParquetFile(lake / file.path) as parquet:
        names = [name for name in wanted if name in parquet.schema_arrow.names]
        rows = parquet.read(columns=names, use_threads=False)
    columns = {name: (rows[name].cast(pa.int64()) if name in _TIMES else rows[name]).to_pylist() for name in names}
    missing = [None] * len(rows)
    return list(zip([str(partition.day)] * len(rows), *(columns.get(name, missing) for name in wanted), strict=True))
