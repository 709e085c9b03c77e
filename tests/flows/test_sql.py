"""`copydesk sql`: the tables are views, mistakes are explained in a line, and nothing can be written."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from flows.problem import Problem
from flows.sql import SHOWN_ROWS, connect, print_answer, run_sql
from transforms.tables import TABLES, Rows


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Three days of dates in a folder whose name would be a pattern in a glob."""
    lake = tmp_path / "the lake [1]*, it's"
    write(lake / "dates/date=2025-03-10/dates.parquet", text="Sunday night", value="2025-03-09TNI")
    write(lake / "dates/date=2025-03-11/dates.parquet", text="Monday", value="2025-03-10")
    write(lake / "dates/date=2025-03-12/dates.parquet", text="one day", value=None)
    # Batches that are still on their way are not part of any table.
    write(lake / "_staging/run/batch/dates/date=2025-03-11/dates.parquet", text="never", value=None)
    return lake


def write(file: Path, **values: Any) -> None:
    rows = Rows(TABLES["dates"])
    rows.add(article_id="a1", version="v1", start=0, end=len(values["text"]), type="DATE", **values)
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(rows.to_arrow(), file)


def problem_of(lake: Path, query: str) -> str:
    with pytest.raises(Problem) as caught:
        run_sql(lake, query)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_table_is_a_view_over_its_days(lake: Path) -> None:
    answer = run_sql(lake, "select date, text, value from dates order by all")
    assert answer.columns == ("date", "text", "value")
    assert answer.rows == [
        (date(2025, 3, 10), "Sunday night", "2025-03-09TNI"),
        (date(2025, 3, 11), "Monday", "2025-03-10"),
        (date(2025, 3, 12), "one day", None),
    ]


def test_the_day_is_a_date_to_count_with(lake: Path) -> None:
    assert run_sql(lake, "select count(*) from dates where date > '2025-03-10'").rows == [(2,)]
    assert run_sql(lake, "select max(date) - min(date) from dates").rows == [(2,)]


def test_buckets_are_nobodys_question(tmp_path: Path) -> None:
    write(tmp_path / "dates/date=2025-03-11/bucket=00/dates.parquet", text="Monday", value="2025-03-10")
    write(tmp_path / "dates/date=2025-03-11/bucket=01/dates.parquet", text="one day", value=None)
    answer = run_sql(tmp_path, "from dates")
    assert answer.columns == (*(column.name for column in TABLES["dates"].columns), "date")
    assert len(answer.rows) == 2


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_has_its_columns_with_and_without_files(lake: Path, table: Any) -> None:
    """Only `dates` has files here."""
    answer = run_sql(lake, f"select * from {table.name}")
    assert answer.columns == (*(column.name for column in table.columns), *(["date"] if table.partitioned else []))
    assert len(answer.rows) == (3 if table.name == "dates" else 0)


def test_columns_of_empty_tables_have_their_types(lake: Path) -> None:
    types = dict(run_sql(lake, "select column_name, data_type from information_schema.columns").rows)
    assert types["published_at"] == "TIMESTAMP WITH TIME ZONE"
    assert types["authors"] == "VARCHAR[]"
    assert types["date"] == "DATE"


def test_a_column_that_old_files_lack_is_null(lake: Path) -> None:
    file = lake / "dates/date=2025-03-10/dates.parquet"
    pq.write_table(pq.ParquetFile(file).read().drop_columns(["reason"]), file)
    assert run_sql(lake, "select reason from dates where text = 'Sunday night'").rows == [(None,)]


def test_times_are_shown_in_utc(lake: Path) -> None:
    assert run_sql(lake, "select timestamptz '2025-03-11 14:20:00+02'::varchar").rows == [("2025-03-11 12:20:00+00",)]


def test_substring_in_sql_quotes_like_a_slice_in_python(lake: Path) -> None:
    """As the dictionary says: offsets count code points, also beyond the first 65,536."""
    text = "🚢 naïve e\u0301tat"
    query = """select substring(?, "start" + 1, "end" - "start") from (select 2 as "start", 10 as "end")"""
    assert run_sql(lake, query, (text,)).rows == [(text[2:10],)]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("select * from date", "there is no table date; did you mean dates"),
        ("select * from Quantites", "there is no table Quantites; did you mean quantities or"),
        ("select * from zebra", "The tables are articles, removals, sentences"),
        ("select txt from dates", "txt"),
        ("selct 1", "(line 1, at: selct 1)"),
        ("select 'x'::int", "'x'"),
        ("", "one query at a time; this is none"),
        ("select 1; select 2", "one query at a time; this is 2"),
        ("select * from read_parquet('nowhere.parquet')", "nowhere.parquet"),
    ],
)
def test_a_mistake_is_explained_in_one_line(lake: Path, query: str, message: str) -> None:
    assert message in problem_of(lake, query)


@pytest.mark.parametrize(
    "query",
    [
        "copy (select 1) to '{lake}/dates/date=2025-03-10/dates.parquet'",
        "explain analyze copy (select 1) to '{lake}/dates/date=2025-03-10/dates.parquet'",
        "EXPLAIN ANALYZE (FORMAT json) copy (select 1) to '{lake}/new.csv'",
        "explain /* */ analyze copy (select 1) to '{lake}/new.csv'",
        "explain/**/analyze copy (select 1) to '{lake}/new.csv'",
        "/* explain */ explain analyze copy (select 1) to '{lake}/new.csv'",
        "explain -- copy\n analyze copy (select 1) to '{lake}/new.csv'",
        "attach '{lake}/new.db'",
        "export database '{lake}/new'",
        "create table t as select 1",
        "drop view dates",
        "delete from dates",
        "set threads = 1",
        "install httpfs",
        "pragma enable_profiling",
        "call enable_logging(storage = 'file', storage_path = '{lake}/log')",
        "select * from enable_logging(storage = 'file', storage_path = '{lake}/log')",
        "with copied as (select 1) insert into dates select * from copied",
    ],
)
def test_no_query_can_write(lake: Path, query: str) -> None:
    before = contents(lake)
    escaped = str(lake).replace("'", "''")
    assert problem_of(lake, query.format(lake=escaped))
    assert contents(lake) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    "query",
    [
        "from dates",
        "describe dates",
        "summarize dates",
        "show tables",
        "explain select * from dates",
        "explain analyze select * from dates",
        "with d as (from dates) select count(*) from d",
        "pivot dates on type using count(*)",
        "values (1), (2)",
    ],
)
def test_every_way_of_reading_is_allowed(lake: Path, query: str) -> None:
    assert run_sql(lake, query).rows


def test_a_lake_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "nowhere") in problem_of(tmp_path / "nowhere", "select 1")


def test_connect_gives_a_connection_for_notebooks(lake: Path) -> None:
    assert connect(lake).sql("select count(*) from dates").fetchall() == [(3,)]


def test_json_is_a_list_of_objects(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(
        lake, "select date, value, [1.5, 2] as numbers, 1::hugeint as big from dates order by date limit 1", "json"
    )
    assert json.loads(capsys.readouterr().out) == [
        {"date": "2025-03-10", "value": "2025-03-09TNI", "numbers": [1.5, 2], "big": 1}
    ]


def test_csv_comes_back_as_it_was(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(
        lake, """select 'a "quote", a comma' as a, null as b, ['x'] as c, 'line' || chr(10) || 'two' as d""", "csv"
    )
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows == [["a", "b", "c", "d"], ['a "quote", a comma', "", '["x"]', "line\ntwo"]]


def test_a_table_is_not_cut_off_in_a_pipe(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(lake, "select repeat('x', 500) as long, null as gap, 12.0::double as whole, 'a [b] c' as brackets")
    printed = capsys.readouterr().out
    assert "x" * 500 in printed
    assert re.search(r"null +│ +12 │ a \[b\] c", printed)
    assert "1 row" in printed


def test_a_text_cannot_steer_the_terminal(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(lake, "select chr(27) || '[2Jgone' as text, [chr(7)] as texts")
    assert not {"\x1b", "\x07"} & set(capsys.readouterr().out)


def test_of_many_rows_a_table_shows_the_first(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(lake, f"select * from range({SHOWN_ROWS + 50})")
    printed = capsys.readouterr().out
    assert f"the first {SHOWN_ROWS} of {SHOWN_ROWS + 50} rows" in printed
    assert f" {SHOWN_ROWS - 1} " in printed
    assert f" {SHOWN_ROWS} │" not in printed
