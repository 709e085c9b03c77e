"""Prints what a run did and which tables there are.

In: a receipt, a lake. Out: text for people, JSON for scripts.
"""

import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from flows.problem import Problem
from flows.receipt import Receipt
from flows.terminal import printable
from transforms.tables import TABLES, Column, Table

QUERIES = (
    "select date, source, headline from articles order by date desc limit 10",
    "select text, comparator, low, high, counted from quantities where comparator in ('>', '>=') limit 10",
    "select name, country_code, count(*) as mentions from mentions where geonames_id is not null "
    "group by all order by mentions desc limit 10",
)
"""Questions that any lake can answer, for the newcomer to paste."""

REJECTS_SHOWN = 12


def print_receipt(receipt: Receipt, *, as_json: bool = False) -> None:
    """What the run did: rows per table, rejects with reasons, where the tables lie, what to ask them."""
    if as_json:
        print(receipt.model_dump_json(indent=2))
        return
    console = Console()
    console.print(f"[bold]{receipt.summary}[/], in {receipt.seconds:.0f} s")
    if receipt.changed:
        console.print(_rows_grid(receipt.rows))
    else:
        console.print("Nothing new: the lake is as it was.")
    if receipt.rejects:
        _print_rejects(console, receipt)
    _print_where(console, receipt.lake)
    # At the very end, where they are not scrolled away.
    for warning in receipt.warnings:
        console.print(Text(f"warning: {printable(warning)}", style="yellow"), soft_wrap=True)


def _rows_grid(rows: dict[str, int]) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, title="Rows written", title_justify="left")
    grid.add_column("table")
    grid.add_column("rows", justify="right")
    grid.add_column("a row is", style="dim")
    for name in TABLES:
        if name in rows:
            grid.add_row(name, f"{rows[name]:,}", _short_meaning(TABLES[name]))
    return grid


def _short_meaning(table: Table) -> str:
    return table.row.removeprefix("One row for ").split(";")[0].rstrip(".")


def _print_rejects(console: Console, receipt: Receipt) -> None:
    total = sum(receipt.rejected.values())
    reasons = ", ".join(f"{count} {reason}" for reason, count in receipt.rejected.items())
    console.print(f"[bold]Rejected: {total}[/] ({reasons})")
    for note in receipt.rejects[:REJECTS_SHOWN]:
        console.print(Text.assemble("  ", (note.reason, "yellow"), "  ", _short(note.url)), soft_wrap=True)
        console.print(Padding(Text(note.detail, style="dim"), (0, 0, 0, 6)))
    if total > REJECTS_SHOWN:
        query = "select url, reason, detail from rejects"
        console.print(f'  and {total - REJECTS_SHOWN} more: {_command()} sql "{query}"', soft_wrap=True)
    console.print()


def _short(url: str) -> str:
    path = url.removeprefix("file://")
    here = f"{Path.cwd()}/"
    return path.removeprefix(here) if path != url else url


def _print_where(console: Console, lake: str) -> None:
    here = str(Path.cwd())
    shown = lake.removeprefix(f"{here}/")
    option = "" if shown == "data/lake" else f" --lake {shown}"
    console.print(f"Tables: [bold]{shown}[/]/<table>/date=…/<table>.parquet; what they mean: data/TABLES.md")
    console.print("Ask them, for example:")
    for query in QUERIES:
        console.print(Text(f'  {_command()} sql{option} "{query}"'), soft_wrap=True)


def _command() -> str:
    """How the user can call us: by name where the shell finds it, else by the path that was called."""
    return "copydesk" if shutil.which("copydesk") else sys.argv[0].removeprefix(f"{Path.cwd()}/")


def print_tables(lake: Path, name: str | None, *, as_json: bool = False) -> None:
    """The tables with their rows and partitions, or the columns of one table."""
    if name is not None and name not in TABLES:
        raise Problem(f"there is no table {name}; there are {', '.join(TABLES)}")
    chosen = [TABLES[name]] if name else list(TABLES.values())
    counts = {table.name: count_rows(lake, table) for table in chosen}
    if as_json:
        print(json.dumps([_table_facts(table, counts[table.name]) for table in chosen], indent=2, ensure_ascii=False))
    elif name:
        _print_columns(chosen[0], counts[name])
    else:
        _print_table_list(chosen, counts)


def count_rows(lake: Path, table: Table) -> int:
    """How many rows a table of the lake has, from the files' footers."""
    return sum(pq.read_metadata(file).num_rows for file in (lake / table.name).rglob(f"{table.name}.parquet"))


def _table_facts(table: Table, rows: int) -> dict[str, Any]:
    columns = [_column_facts(column) for column in table.columns]
    return {
        "name": table.name,
        "row": table.row,
        "note": table.note,
        "rows": rows,
        "key": table.key,
        "columns": columns,
    }


def _column_facts(column: Column) -> dict[str, Any]:
    facts = {"name": column.name, "type": str(column.type), "meaning": column.meaning, "nullable": column.nullable}
    return {**facts, "unit": column.unit, "filled": column.filled}


def _print_table_list(chosen: Iterable[Table], counts: dict[str, int]) -> None:
    grid = Grid(box=box.SIMPLE_HEAD)
    grid.add_column("table", style="bold")
    grid.add_column("rows", justify="right")
    grid.add_column("a row is")
    for table in chosen:
        grid.add_row(table.name, f"{counts[table.name]:,}", f"{table.row.removeprefix('One row for ')} {table.note}")
    Console().print(grid)


def _print_columns(table: Table, rows: int) -> None:
    console = Console()
    facts = f": {rows:,} rows. {table.row} Key: {', '.join(table.key)}. {table.note}"
    console.print(Text.assemble((table.name, "bold"), facts))
    grid = Grid(box=box.SIMPLE_HEAD)
    for heading in ("column", "type", "meaning"):
        grid.add_column(heading)
    for column in table.columns:
        state = "" if column.filled else " Not filled yet: null."
        grid.add_row(column.name, Text(str(column.type)), Text(f"{column.meaning}{state}"))
    console.print(grid)
