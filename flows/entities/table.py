"""Lists and searches the entities of a lake: what they are called, how often they were named, and when.

In: a lake folder, words, a label. Out: a table for the terminal, or JSON.
"""

import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from flows.problem import Problem
from flows.sql import as_objects, ask, connect
from flows.terminal import printable
from transforms.tables import LABELS

LISTED = 50
"""Entities printed in a terminal when nothing else is asked for."""

_SHOWN_ALIASES = 6

# A word may stand in the id, the name or an alias; accents and case are nobody's question.
_FITS = "contains(lower(strip_accents(concat_ws(' ', entity_id, name, array_to_string(aliases, ' ')))), {word})"
_QUERY = """
select entities.*, coalesce(mentions, 0) as mentions, coalesce(articles, 0) as articles
from entities
left join (
    select entity_id, count(*) as mentions, count(distinct article_id) as articles from mentions group by entity_id
) using (entity_id)
where {condition}
order by mentions desc, entity_id
"""


def read_entities(lake: Path, words: str = "", label: str | None = None) -> list[dict[str, Any]]:
    """The entities whose id, name or aliases hold all of the words, the most mentioned first.

    Rows are those of the table `entities` with `mentions` and `articles`, how many there are. Problem for a label that
    there is not.
    """
    if label is not None and label.upper() not in LABELS:
        raise Problem(f"there is no label {label}; there are {', '.join(LABELS)}")
    wanted = words.split()
    conditions = [_FITS.format(word="lower(strip_accents(?))")] * len(wanted) + ["label = ?"] * bool(label)
    parameters = [*wanted, *([label.upper()] if label else [])]
    query = _QUERY.format(condition=" and ".join(conditions) or "true")
    with connect(lake) as connection:
        return as_objects(ask(connection, query, parameters))


def print_entities(
    lake: Path, words: str = "", label: str | None = None, *, limit: int = LISTED, as_json: bool = False
) -> None:
    """Print what `read_entities` finds: a table of the first `limit` for people, a JSON list of all for scripts."""
    found = read_entities(lake, words, label)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    console = Console()
    if not found:
        what = f"fits {words!r}" if words else "is in the lake yet; take some news in with `copydesk ingest`"
        console.print(Text(f"No entity {what}."))
        return
    console.print(_grid(found[:limit]))
    more = f"the first {limit} of {len(found):,}; --limit N shows more. " if len(found) > limit else ""
    console.print(Text(f"{more}Two that are one, or one that is two? Write it in config/entities, see its README.md"))


def _grid(found: list[dict[str, Any]]) -> Grid:
    grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="bold")
    grid.add_column("entity", overflow="fold", ratio=3)
    grid.add_column("kind", no_wrap=True)
    grid.add_column("mentions", justify="right", no_wrap=True)
    grid.add_column("articles", justify="right", no_wrap=True)
    grid.add_column("seen", no_wrap=True)
    grid.add_column("also written", overflow="fold", ratio=2)
    for row in found:
        others = [alias for alias in row["aliases"] if alias != row["name"]]
        more = [f"and {len(others) - _SHOWN_ALIASES} more"] if len(others) > _SHOWN_ALIASES else []
        grid.add_row(
            Text.assemble(printable(row["name"]), "\n", (printable(row["entity_id"]), "dim")),
            row["label"],
            f"{row['mentions']:,}",
            f"{row['articles']:,}",
            _seen(row["first_seen"], row["last_seen"]),
            Text(printable(", ".join([*others[:_SHOWN_ALIASES], *more]))),
        )
    return grid


def _seen(first: str, last: str) -> str:
    return first if first == last else f"{first}\n{last}"
