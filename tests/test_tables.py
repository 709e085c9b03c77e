"""The dictionary for analysts is the tables' definition, and the definition keeps its own promises."""

import pyarrow as pa
import pytest

from flows.dictionary import PAGE, dictionary
from transforms.tables import TABLES, Column, Rows, Table, problems

ALL_COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]


def named(pair: tuple[Table, Column]) -> str:
    return f"{pair[0].name}.{pair[1].name}"


def test_the_dictionary_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == dictionary(), "data/TABLES.md is out of date; run `make docs`"


@pytest.mark.parametrize("pair", ALL_COLUMNS, ids=map(named, ALL_COLUMNS))
def test_every_column_is_in_the_dictionary_with_its_meaning(pair: tuple[Table, Column]) -> None:
    table, column = pair
    section = dictionary().split(f"\n## {table.name}\n")[1].split("\n## ")[0]
    line = next(line for line in section.splitlines() if line.startswith(f"| `{column.name}` |"))
    assert column.meaning.replace("|", "\\|") in line
    assert f"| {'yes' if column.nullable else 'no'} |" in line
    assert ("Not filled yet" in line) == (not column.filled)
    assert all(f"`{value}`" in line for value in column.allowed)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_note_about_a_table_stands_in_its_section(table: Table) -> None:
    section = dictionary().split(f"\n## {table.name}\n")[1].split("\n## ")[0]
    assert table.row in section
    assert table.note in section
    assert all(f"`{name}`" in section for name in table.key)


def test_a_column_has_one_type_in_every_table() -> None:
    types = {
        column.name: {other.type for _, other in ALL_COLUMNS if other.name == column.name} for _, column in ALL_COLUMNS
    }
    # `value` is the number of a quantity and the TIMEX3 value of a date: both are what their standards call it.
    assert [name for name, kinds in types.items() if len(kinds) > 1] == ["value"]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_key_and_owner_are_columns_that_are_never_null(table: Table) -> None:
    assert table.key[: len(table.owner)] == table.owner
    assert [name for name in table.key if table.column(name).nullable] == []


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_an_empty_table_may_be_written(table: Table) -> None:
    assert problems(table, table.schema.empty_table()) == []


DATE = {
    "article_id": "a1",
    "version": "v1",
    "start": 0,
    "end": 6,
    "text": "Sunday",
    "type": "DATE",
}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": None}, "dates.text: null in 1 rows; it may not be null"),
        ({"type": "DAY"}, "dates.type: not allowed: DAY"),
        ({"end": 5}, "dates: 1 rows whose `text` is not as long as `end - start`"),
    ],
)
def test_problems_are_sentences(change: dict[str, object], sentence: str) -> None:
    rows = Rows(TABLES["dates"])
    rows.add(**(DATE | change))
    schema = pa.schema([field.with_nullable(True) for field in TABLES["dates"].schema])
    assert sentence in problems(TABLES["dates"], pa.table(rows.values, schema=schema))


def test_a_repeated_key_is_a_problem() -> None:
    rows = Rows(TABLES["dates"])
    rows.add(**DATE)
    rows.add(**DATE)
    assert problems(TABLES["dates"], rows.to_arrow()) == [
        "dates: 1 rows repeat the key article_id, version, start, end"
    ]
