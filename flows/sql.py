"""Questions to the tables in DuckDB's SQL.

In: a lake folder and a query. Out: rows with their column names, printed as a table, JSON or CSV. Queries only read.
"""

import csv
import glob
import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal

import duckdb
import pyarrow as pa
from duckdb import StatementType
from rich.console import Console, Group
from rich.table import Table as Grid
from rich.text import Text

from flows.problem import Problem
from flows.terminal import printable
from transforms.publish.views import VIEWS
from transforms.tables import TABLES, Table

SHOWN_ROWS = 200
"""Rows printed in a terminal; more than fit in anybody's head. JSON and CSV have them all."""

READS = 3
"""Attempts at a query: a partition that is replaced while DuckDB reads it makes it fail loudly, and rarely."""

_EXPLAIN = re.compile(r"\s*explain(\s+analyze)?(\s*\([^)]*\))?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: names of the columns, and rows of Python values in their order."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def connect(lake: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection in memory with a view for each table of the lake, and those of `VIEWS`; times in UTC.

    A table without files is a view without rows, with the columns of `transforms/tables.py`. Your own tables join in
    with `connection.register("mine", frame)`. Problem when there is no lake in that folder.
    """
    if not lake.is_dir():
        raise Problem(f"there is no lake at {lake}; make one with `copydesk ingest`, or name another with --lake DIR")
    connection = duckdb.connect()
    # The last: a misspelt table is not to be looked for among our Python variables.
    for setting in (
        "TimeZone = 'UTC'",
        "autoinstall_known_extensions = false",
        "python_enable_replacements = false",
    ):
        connection.execute(f"SET {setting}")
    for table in TABLES.values():
        try:
            connection.execute(f"CREATE VIEW {table.name} AS {_view(lake, table)}")
        except duckdb.Error as error:
            raise Problem(f"{table.name}: {_in_one_line(error)}; `copydesk verify` says what is wrong") from None
    for view in VIEWS:
        connection.execute(f"CREATE VIEW {view.name} AS {view.query}")
    connection.execute("SET lock_configuration = true")
    return connection


def run_sql(lake: Path, query: str, parameters: Sequence[Any] = ()) -> Answer:
    """Run one query that reads, `?` standing for the parameters. Problem says in a line what is wrong with it."""
    with connect(lake) as connection:
        _refuse_writing(connection, query)
        return ask(connection, query, parameters)


def ask(connection: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[Any] = ()) -> Answer:
    """Run a query on a connection that serves several; see `run_sql`."""
    for attempt in range(1, READS + 1):
        try:
            relation = connection.execute(query, list(parameters))
            columns = tuple(str(column[0]) for column in relation.description or ())
            return Answer(columns, relation.fetchall())
        except duckdb.Error as error:
            if attempt == READS or not isinstance(error, duckdb.IOException | duckdb.InvalidInputException):
                raise Problem(_in_one_line(error)) from None
            time.sleep(0.2)
    raise AssertionError("the last attempt answers or raises")


def print_answer(lake: Path, query: str, form: Literal["table", "json", "csv"] = "table") -> None:
    """Run a query and print what it gave: a table for people, a JSON list of objects or CSV for scripts."""
    answer = run_sql(lake, query)
    if form == "json":
        json.dump(as_objects(answer), sys.stdout, ensure_ascii=False, indent=2)
        print()
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(answer.columns)
        writer.writerows([_as_cell(value) for value in row] for row in answer.rows)
    else:
        # A pipe has no width: nothing is cut off there.
        Console(width=None if sys.stdout.isatty() else 10_000).print(as_table(answer))


def as_objects(answer: Answer) -> list[dict[str, Any]]:
    """The rows as objects that JSON can hold: dates and times in ISO 8601."""
    return [dict(zip(answer.columns, map(_as_json, row), strict=True)) for row in answer.rows]


def as_table(answer: Answer) -> Group:
    """The first `SHOWN_ROWS` rows as a table for the terminal, with the number of rows below."""
    grid = Grid(header_style="bold")
    for number, name in enumerate(answer.columns):
        numeric = any(
            isinstance(row[number], int | float | Decimal) and row[number] is not True for row in answer.rows[:20]
        )
        grid.add_column(Text(printable(name)), justify="right" if numeric else "left", overflow="fold")
    for row in answer.rows[:SHOWN_ROWS]:
        grid.add_row(*(_for_people(value) for value in row))
    return Group(grid, Text(_row_count(len(answer.rows)), style="dim"))


def _row_count(count: int) -> str:
    if count > SHOWN_ROWS:
        return f"the first {SHOWN_ROWS} of {count:,} rows; --csv and --json print them all"
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def _view(lake: Path, table: Table) -> str:
    """The query behind a view: first the columns as they must be, then the files, if there are any."""
    columns = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in _column_types(table.name))
    empty = f"SELECT {columns} WHERE false"
    folder = lake / table.name
    if next(folder.rglob("*.parquet"), None) is None:
        return empty
    files = f"{glob.escape(str(folder))}/**/*.parquet".replace("'", "''")
    days = "hive_partitioning = true, hive_types = {'date': DATE}" if table.partitioned else "hive_partitioning = false"
    # A day may be split into buckets; that is nobody's question.
    return (
        f"{empty} UNION ALL BY NAME SELECT COLUMNS(lambda name: name <> 'bucket') "
        f"FROM read_parquet('{files}', union_by_name = true, {days})"
    )


@cache
def _column_types(name: str) -> tuple[tuple[str, str], ...]:
    table = TABLES[name]
    schema = table.schema.append(pa.field("date", pa.date32())) if table.partitioned else table.schema
    with duckdb.connect() as connection:
        relation = connection.from_arrow(schema.empty_table())
        return tuple((column, str(kind)) for column, kind in zip(relation.columns, relation.types, strict=True))


def _refuse_writing(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    try:
        statements = connection.extract_statements(query)
    except duckdb.Error as error:
        raise Problem(_in_one_line(error)) from None
    if len(statements) != 1:
        raise Problem(f"one query at a time; this is {len(statements) or 'none'}")
    kind = statements[0].type
    if kind == StatementType.EXPLAIN:
        explained, times = _EXPLAIN.subn("", query, count=1)
        _refuse_writing(connection, explained if times else "")
    elif kind != StatementType.SELECT and not (kind == StatementType.MULTI and "pivot" in query.lower()):
        raise Problem(
            f"queries only read (select, from, with, describe, summarize); this is {kind.name.lower()}. "
            "To keep an answer, send --csv or --json to a file"
        )


def _in_one_line(error: duckdb.Error) -> str:
    """DuckDB's message without its drawing, with our tables where it guesses at its own."""
    message, _, drawing = str(error).partition("\nLINE ")
    message = " ".join(message.split())
    if missing := re.match(r"Catalog Error: Table with name (.+?) does not exist", message):
        names = [*TABLES, *(view.name for view in VIEWS)]
        close = get_close_matches(missing[1].lower(), names, n=2, cutoff=0.6)
        hint = f"did you mean {' or '.join(close)}? " if close else ""
        return f"there is no table {missing[1]}; {hint}The tables are {', '.join(names)}"
    if drawing:
        number, _, source = drawing.splitlines()[0].partition(": ")
        place = drawing.splitlines()[-1].find("^") - len(f"LINE {number}: ")
        near = source[max(place, 0) :][:30].strip()
        return f"{message} (line {number}, at: {near})" if near else message
    return message


def _as_json(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_as_json(part) for part in value]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {str(key): _as_json(part) for key, part in value.items()}
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _as_cell(value: Any) -> Any:
    """A CSV cell: lists as JSON, nothing for null."""
    value = _as_json(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _for_people(value: Any) -> Text:
    if value is None:
        return Text("null", style="dim")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return Text(f"{value:.0f}")
    if isinstance(value, datetime):
        return Text(value.isoformat(sep=" ", timespec="seconds").replace("+00:00", "Z"))
    if isinstance(value, Decimal):
        return Text(f"{value:f}")
    if isinstance(value, list):
        return Text(printable(", ".join(map(str, value)), keep="\n"))
    return Text(printable(str(value), keep="\n"))
