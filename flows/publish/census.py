"""Counts what `verify` meets, in a database that lives on disk as long as the check lasts.

In: rows of articles, rejects and entities. Out: what is there twice, what is missing, and which records of the archive
to check.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, Self

import pyarrow as pa

from transforms.publish.proof import entity_ids

_TABLES = """
create table outcomes (
    input_id text, article_id text, version text, duplicate_of text, raw_file text, raw_offset integer, raw_sha256 text,
    file text
);
create table entities (entity_id text);
create table references_ (entity_id text primary key) without rowid;
create table registered (input_id text primary key, url text) without rowid;
"""
_COLUMNS = ("input_id", "article_id", "version", "duplicate_of", "raw_file", "raw_offset", "raw_sha256")


class Census:
    """All inputs and entities of a lake, as they were met."""

    def __init__(self) -> None:
        """Begin one; SQLite keeps what has no room in memory in a temporary file."""
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.executescript(_TABLES)

    def __enter__(self) -> Self:
        """The census itself."""
        return self

    def __exit__(self, *_: Any) -> None:
        """Forget it."""
        self._base.close()

    def count_articles(self, rows: pa.Table, file: str) -> None:
        """Add rows of `articles`."""
        self._count(rows, file)

    def count_rejects(self, rows: pa.Table, file: str) -> None:
        """Add rows of `rejects`."""
        self._count(rows, file)

    def count_entities(self, rows: pa.Table) -> None:
        """Add rows of `entities`."""
        self._many("insert into entities values (?)", [(value,) for value in rows["entity_id"].to_pylist()])

    def refer(self, rows: pa.Table) -> None:
        """Note which entities rows of any table refer to."""
        self._many("insert or ignore into references_ values (?)", [(value,) for value in entity_ids(rows)])

    def problems(self) -> Iterator[str]:
        """What is there twice, and what refers to something that is not there."""
        self._base.execute("create index of_input on outcomes (input_id)")
        self._base.execute("create index of_article on outcomes (article_id, version)")
        for input_id, files in self._ask(
            "select input_id, group_concat(file, ', ') from outcomes group by input_id having count(*) > 1"
        ):
            yield f"input {input_id} has more than one outcome: {files}"
        for article_id, version, files in self._ask(
            "select article_id, version, group_concat(file, ', ') from outcomes where article_id is not null "
            "group by article_id, version having count(*) > 1"
        ):
            yield f"article {article_id}/{version} is there more than once: {files}"
        for input_id, name, file in self._ask(
            "select input_id, duplicate_of, file from outcomes as reject where duplicate_of is not null and not exists "
            "(select 1 from outcomes as article where article.article_id || '/' || article.version = "
            "reject.duplicate_of and article.article_id = "
            "substr(reject.duplicate_of, 1, instr(reject.duplicate_of, '/') - 1))"
        ):
            yield f"{file}: input {input_id} repeats article {name}, which is not in the lake; take it in again"
        for (entity_id,) in self._ask(
            "select entity_id from references_ where entity_id not in (select entity_id from entities)"
        ):
            yield f"entity {entity_id} is referred to and is not in `entities`"

    def without_outcome(self, registered: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The inputs, (input_id, url), that came in and are neither published nor rejected."""
        self._many("insert into registered values (?, ?)", list(registered.items()))
        yield from self._ask(
            "select input_id, url from registered where input_id not in (select input_id from outcomes)"
        )

    def records(self) -> Iterator[tuple[str, int, str, str]]:
        """The archive's records, as they lie there: raw_file, raw_offset, raw_sha256, and a file that names them."""
        yield from self._ask(
            "select raw_file, raw_offset, raw_sha256, min(file) from outcomes where raw_file is not null "
            "group by raw_file, raw_offset, raw_sha256"
        )

    def _count(self, rows: pa.Table, file: str) -> None:
        missing = [None] * len(rows)
        columns = [rows[name].to_pylist() if name in rows.schema.names else missing for name in _COLUMNS]
        self._many(
            "insert into outcomes values (?, ?, ?, ?, ?, ?, ?, ?)", list(zip(*columns, [file] * len(rows), strict=True))
        )

    def _many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        self._base.execute("begin")
        self._base.executemany(statement, rows)
        self._base.execute("commit")

    def _ask(self, question: str) -> Iterator[Any]:
        yield from self._base.execute(question)
