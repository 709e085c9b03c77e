"""The analysts' dictionary: writes `data/TABLES.md` from `transforms/tables.py`.

In: `TABLES`. Out: one Markdown page. Run it with `make docs`; a test fails when the page is stale.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from transforms.publish.views import VIEWS, View
from transforms.tables import SCHEMA_VERSION, TABLES, Column, Table

PAGE = Path(__file__).parents[1] / "data" / "TABLES.md"

OPENING = f"""\
# The tables

<!-- Generated from transforms/tables.py by `make docs`. Do not edit. -->

Schema version {SCHEMA_VERSION}; what changed when is in [CHANGES.md](CHANGES.md). A table is the folder `lake/<table>/`
with one Parquet file for each day, `date=YYYY-MM-DD/<table>.parquet`, sorted by key.

* **date**: every table but `entities` has this column, a DATE that stands in the folder's name. For an article and all
  that belongs to it, it is the UTC day of publication, or the day of fetching when that is unknown or implausible.
* **Spans**: `start` and `end` count Unicode code points in `articles.text`, from 0, half-open: in Python
  `text[start:end]`, in SQL `substring(articles.text, start + 1, "end" - start)` (`end` is a keyword there: quote it).
* **Missing is null**: never 0, never an empty string. An empty list means that we looked and there are none.
* **Versions**: `article_id` and `version` together name one wording of an article. For the latest wording of each:

  ```sql
  select * from articles qualify 1 = row_number() over (
      partition by article_id
      order by coalesce(modified_at, published_at, fetched_at) desc, fetched_at desc, version)
  ```
* *Not filled yet* says that the column is there and null in every row, until a later version fills it.
"""


def dictionary() -> str:
    """The whole page as Markdown."""
    return "\n".join((OPENING, _contents(), *map(_section, TABLES.values()), *map(_view_section, VIEWS)))


def write_dictionary() -> None:
    """Write the page where analysts look for it."""
    PAGE.write_text(dictionary(), encoding="utf-8")


def type_name(kind: pa.DataType) -> str:
    """An Arrow type in an analyst's words.

    >>> type_name(pa.list_(pa.string()))
    'list of text'
    """
    if pa.types.is_list(kind):
        return f"list of {type_name(kind.value_type)}"
    if pa.types.is_timestamp(kind):
        return "time (UTC)"
    if pa.types.is_integer(kind):
        return f"integer ({kind.bit_width} bit)"
    return {"string": "text", "double": "number (64 bit)", "bool": "true/false", "date32[day]": "date"}[str(kind)]


def _contents() -> str:
    lines = (
        f"| [`{table.name}`](#{table.name}) | {_cell(table.row)} {_cell(table.note)} |" for table in TABLES.values()
    )
    views = (f"| [`{view.name}`](#{view.name}), a view | {_cell(view.row)} |" for view in VIEWS)
    rows = (*(line.replace("  |", " |") for line in lines), *views)
    return "\n".join(("| table | what a row is |", "|---|---|", *rows, ""))


def _section(table: Table) -> str:
    """One table: its row, key and place, then its columns."""
    return "\n".join((f"## {table.name}", "", table.row, "", *_facts(table), "", *_columns(table), ""))


def _view_section(view: View) -> str:
    """One view: its row, how to ask it, and its columns."""
    facts = (f'* A view: `copydesk sql "from {view.name}"`, or `flows.sql.connect(lake)` in Python.', "")
    columns = (f"| `{name}` | {_cell(meaning)} |" for name, meaning in view.columns)
    parts = ("", view.row, view.note, "", *facts, "| column | meaning |", "|---|---|", *columns, "")
    return "\n".join((f"## {view.name}", *parts))


def _facts(table: Table) -> Iterator[str]:
    if table.note:
        yield f"**{table.note}**\n"
    yield f"* Key: {', '.join(f'`{name}`' for name in table.key)}."
    where = "date=YYYY-MM-DD/" if table.partitioned else ""
    yield f"* Files: `lake/{table.name}/{where}{table.name}.parquet`."
    if table.owner != table.key:
        yield f"* Rows are replaced together for each {', '.join(f'`{name}`' for name in table.owner)}."


def _columns(table: Table) -> Iterator[str]:
    yield "| column | type | may be null | meaning | example |"
    yield "|---|---|---|---|---|"
    for column in table.columns:
        null = "yes" if column.nullable else "no"
        yield f"| `{column.name}` | {type_name(column.type)} | {null} | {_meaning(column)} | {_example(column)} |"


def _meaning(column: Column) -> str:
    parts = [column.meaning]
    if column.unit:
        parts.append(f"In {column.unit}.")
    if column.allowed:
        parts.append(f"One of {', '.join(f'`{value}`' for value in column.allowed)}.")
    if not column.filled:
        parts.append("*Not filled yet: null in every row.*")
    return _cell(" ".join(parts))


def _example(column: Column) -> str:
    return f"`{_cell(_as_text(column.example))}`" if column.example is not None else ""


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, list) else str(value)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    write_dictionary()
