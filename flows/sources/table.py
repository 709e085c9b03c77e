"""Prints how the sources stand.

In: settings, the time. Out: a table for people, JSON for scripts.
"""

import json
from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from flows.collect.sources import read_sources
from flows.settings import Settings
from flows.sources.standing import Standing, standings
from flows.terminal import printable
from flows.watch import remembered
from transforms.publish.alarms import in_words

_STATES = {"too_few": "too few", "too_many": "too many"}


def print_sources(settings: Settings, *, as_json: bool = False, now: datetime | None = None) -> None:
    """The sources of `config/sources`: what they are, what they brought today, and whether they are well."""
    now = now or datetime.now(UTC)
    sources = read_sources(settings.sources)
    with remembered(settings) as memory:
        found, others = standings(sources, settings.storage.lake, memory, now)
    if as_json:
        print(json.dumps([one.model_dump(mode="json") for one in found], indent=2, ensure_ascii=False))
        return
    console = Console()
    if found:
        console.print(_grid(found, now))
    else:
        console.print(f"There are no sources in {settings.sources} yet.")
    for problem in (problem for one in found for problem in one.problems):
        console.print(Text(f"warning: {printable(problem)}", style="yellow"), soft_wrap=True)
    if others:
        console.print(Text(f"In the tables without a file of their own: {', '.join(others)}", style="dim"))
    console.print(Text("A new one: copydesk sources check https://its.address", style="dim"))


def _grid(found: list[Standing], now: datetime) -> Grid:
    day = f"{now:%Y-%m-%d} (UTC)"
    grid = Grid(box=None, padding=(0, 1, 0, 0), header_style="bold", caption=f"Counts are of today, {day}.", title=None)
    grid.caption_justify = "left"
    grid.add_column("source", no_wrap=True, overflow="fold")
    grid.add_column("last new", no_wrap=True)
    for heading in ("new", "changed", "same", "rejected", "delay"):
        grid.add_column(heading, justify="right", no_wrap=True)
    grid.add_column("state", overflow="fold")
    for one in found:
        grid.add_row(*_cells(one, now), style="" if one.enabled else "dim")
    return grid


def _cells(one: Standing, now: datetime) -> tuple[Text | str, ...]:
    about = ", ".join(one.kinds) + (f"  {one.schedule}" if one.schedule else "")
    return (
        Text.assemble(one.source, "\n", (about, "dim")),
        _ago(now - one.last_new_article) if one.last_new_article else "",
        Text.assemble(str(one.new) if one.day == one.today else "", "\n", (_expected(one), "dim")),
        *(str(count) if one.day == one.today else "" for count in (one.changed, one.unchanged, one.rejected)),
        in_words(timedelta(seconds=one.median_delay_seconds)) if one.median_delay_seconds is not None else "",
        _state(one, now),
    )


def _expected(one: Standing) -> str:
    """How many articles a day its file expects: "of 40-600", "of 9+"."""
    if one.expected_at_least is None:
        return ""
    return f"of {one.expected_at_least}{'+' if one.expected_at_most is None else f'-{one.expected_at_most}'}"


def _state(one: Standing, now: datetime) -> Text:
    if one.silent_since:
        return Text(f"silent {in_words(now - one.silent_since)}", style="yellow")
    styles = {"ok": "green", "off": "", "never collected": ""}
    return Text(_STATES.get(one.state, one.state), style=styles.get(one.state, "yellow"))


def _ago(length: timedelta) -> str:
    """How long ago something was, in one unit.

    >>> _ago(timedelta(hours=3, minutes=20)), _ago(timedelta(seconds=5))
    ('3 h ago', 'just now')
    """
    if length < timedelta(minutes=1):
        return "just now"
    return f"{' '.join(in_words(length).split()[:2])} ago"
