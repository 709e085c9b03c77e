"""The claims of one article as a table: how many, who, where, when, who says so, and the sentence that says it.

In: a lake folder and what the user calls the article. Out: a table for the terminal, or JSON.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from flows.show.article import Shown, read_article
from flows.show.spans import amount_in_words
from flows.terminal import printable

GRID_FROM = 100
"""Columns of a terminal from which there is room for a table."""

_ONE_DAY = timedelta(days=1)
_TALLIES = {"total": "total so far", "period": "of a longer period"}

Row = Mapping[str, Any]


def print_claims(lake: Path, wanted: str, *, as_json: bool = False) -> None:
    """Print the claims of the article that `wanted` names, as in `read_article`; Problem when there is none."""
    shown = read_article(lake, wanted)
    if as_json:
        print(json.dumps(list(claims_with_sentences(shown)), ensure_ascii=False, indent=2))
        return
    console = Console()
    console.print(*claims_page(shown, console.width), sep="\n")


def claims_with_sentences(shown: Shown) -> Iterator[dict[str, Any]]:
    """The rows of `claims` in text order, each with the `sentence` that holds it."""
    sentences = sorted(shown.rows["sentences"], key=lambda row: int(row["start"]))
    starts = [row["start"] for row in sentences]
    for claim in sorted(shown.rows["claims"], key=lambda row: (int(row["start"]), str(row["metric"]))):
        place = bisect_right(starts, claim["start"]) - 1
        yield {**claim, "sentence": sentences[place]["text"] if place >= 0 else None}


def claims_page(shown: Shown, width: int) -> Iterator[Grid | Text]:
    """Headline, a line for each claim with the number of its sentence, and the sentences; `width` is the terminal's."""
    claims = list(claims_with_sentences(shown))
    yield Text(printable(shown.article["headline"] or "(no headline)"), style="bold")
    if not claims:
        yield Text("No counts of people affected were found in this article.")
        return
    sentences = list(dict.fromkeys(claim["sentence"] or "" for claim in claims))
    lines = list(_lines(claims, sentences))
    yield _grid(lines) if width >= GRID_FROM else Text("\n").join(map(_in_one_line, lines))
    for number, sentence in enumerate(sentences, 1):
        yield Text(f"[{number}] {printable(' '.join(sentence.split()))}", style="dim")


def _lines(claims: Sequence[Row], sentences: Sequence[str]) -> Iterator[tuple[Text, ...]]:
    """The cells of each claim."""
    amounts = {claim["start"]: amount_in_words(claim) for claim in claims}
    for claim in claims:
        cells = (
            f"[{sentences.index(claim['sentence'] or '') + 1}]",
            amount_in_words(claim),
            claim["metric"],
            claim["who"],
            claim["place"],
            days_in_words(claim["event_start"], claim["event_end"]),
            claim["source"],
            "; ".join(_notes(claim, amounts)),
        )
        style = "dim" if claim["hypothetical"] else ""
        yield tuple(Text(printable(cell or ""), style=style) for cell in cells)


def _grid(lines: Sequence[tuple[Text, ...]]) -> Grid:
    grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="bold")
    grid.add_column("", style="dim")
    grid.add_column("how many", justify="right", no_wrap=True)
    for heading in ("what", "who", "where", "when", "who says so", ""):
        grid.add_column(heading, overflow="fold")
    for cells in lines:
        grid.add_row(*cells)
    return grid


def _in_one_line(cells: tuple[Text, ...]) -> Text:
    """A claim where there is no room for columns: "[1] ≥ 30 killed, people, Alto Verde"."""
    number, amount, metric, *more = (cell for cell in cells if cell)
    return Text.assemble(number, " ", amount, " ", Text(", ").join((metric, *more)))


def _notes(claim: Row, amounts: Mapping[int, str]) -> Iterator[str]:
    if claim["part_of"] is not None:
        yield f"part of {amounts.get(claim['part_of'], 'another')}"
    if claim["tally"] in _TALLIES:
        yield _TALLIES[claim["tally"]]
    if claim["hypothetical"]:
        yield "not reported as fact"


def days_in_words(start: str | None, end: str | None) -> str:
    """A half-open range as its first and last day.

    >>> days_in_words("2024-12-01", "2024-12-02"), days_in_words("2024-11-27", "2024-12-02"), days_in_words(None, None)
    ('2024-12-01', '2024-11-27 to 2024-12-01', '')
    """
    last = str(date.fromisoformat(end[:10]) - _ONE_DAY) if end else None
    if start is None:
        return f"until {last}" if last else ""
    first = start[:10]
    if last is None:
        return f"since {first}"
    return first if last <= first else f"{first} to {last}"
