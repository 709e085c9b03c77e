"""The page for the terminal: headline, facts, coloured paragraphs with the values in the margin, legend.

In: `Shown`. Out: a rich renderable. On narrow terminals the values stand below each paragraph.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from flows.show.article import Shown
from flows.show.spans import STYLES, Span, spans_of
from flows.terminal import printable

MARGIN_FROM = 100
"""Columns from which the values stand in the margin."""

TEXT_WIDTH = 66
"""Column of text beside a margin; books set about as many characters in a line."""

BLOCK_STYLES = {"heading": "bold", "caption": "italic", "quote": "italic"}
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Page:
    """An article that rich can print."""

    shown: Shown

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Print it to the width there is."""
        spans = spans_of(self.shown.rows)
        beside = options.max_width >= MARGIN_FROM
        yield from _head(self.shown)
        for text, inside in _paragraphs(self.shown, spans):
            yield _with_margin(text, inside) if beside else _with_values_below(text, inside, options.max_width)
        yield _foot(self.shown, spans, options.max_width)


def _head(shown: Shown) -> Iterator[RenderableType]:
    article = shown.article
    yield Text(printable(article["headline"] or "(no headline)"), style="bold")
    facts = (
        article["source"],
        _published(article),
        ", ".join(article["authors"]),
        article["agency"],
        article["language"],
    )
    yield Text(printable(" · ".join(fact for fact in facts if fact)), style="dim")
    yield Text(printable(article["canonical_url"] or article["url"]), style="dim", overflow="fold")
    yield Text()


def _published(article: dict[str, Any]) -> str:
    """When it was published, as exactly as is known."""
    if not article["published_at"]:
        return "undated"
    published = str(article["published_at"])
    shown_characters = {"year": 4, "month": 7, "day": 10, "minute": 16, "second": 19}
    characters = shown_characters.get(article["published_precision"] or "minute", 16)
    return published[:characters].replace("T", " ") + (" UTC" if characters > 10 else "")


def _paragraphs(shown: Shown, spans: Sequence[Span]) -> Iterator[tuple[Text, list[Span]]]:
    """Each line of the text, coloured, with the spans that begin in it."""
    text = shown.article["text"]
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        kinds = {row["kind"] for row in shown.rows.get("sentences", ()) if start <= row["start"] < end}
        style = BLOCK_STYLES.get(next(iter(kinds)), "") if len(kinds) == 1 else ""
        touching = [span for span in spans if span.start < end and span.end > start]
        yield _coloured(match[0], start, touching, style), [span for span in touching if span.start >= start]


def _coloured(text: str, offset: int, spans: Sequence[Span], style: str) -> Text:
    """The text with its spans: the longest first, so that what is nested keeps its own colour."""
    coloured = Text(printable(text), style=style)
    for span in sorted(spans, key=lambda span: span.start - span.end):
        coloured.stylize(STYLES[span.kind], max(span.start - offset, 0), span.end - offset)
    return coloured


def _values(spans: Sequence[Span]) -> Iterator[Text]:
    """`words → meaning` for each span, once for each pair."""
    for words, kind, meaning in dict.fromkeys((span.text, span.kind, span.meaning) for span in spans):
        line = Text(printable(" ".join(words.split())), style=STYLES[kind])
        if len(line) > 40:
            line.truncate(40, overflow="ellipsis")
        if meaning:
            line.append(" → ", style="default dim").append(printable(meaning), style="default not italic not bold")
        yield line


def _with_margin(text: Text, spans: Sequence[Span]) -> RenderableType:
    grid = Grid.grid(padding=(0, 3, 0, 0))
    grid.add_column(width=TEXT_WIDTH)
    grid.add_column(overflow="fold")
    grid.add_row(text, Group(*_values(spans)))
    return Group(grid, Text())


def _with_values_below(text: Text, spans: Sequence[Span], width: int) -> RenderableType:
    values = Group(*_packed(_values(spans), width - 4))
    return Group(text, Padding(values, (0, 0, 0, 4)), Text()) if spans else Group(text, Text())


def _packed(values: Iterable[Text], width: int) -> Iterator[Text]:
    """The values side by side, as many in a line as fit."""
    line = Text()
    for value in values:
        if line and line.cell_len + 3 + value.cell_len > width:
            yield line
            line = Text()
        line = Text("   ").join((line, value)) if line else value
    yield line


def _foot(shown: Shown, spans: Sequence[Span], width: int) -> RenderableType:
    """Legend with counts, then the ids to go on with."""
    counts = Counter(span.kind for span in spans)
    legend = (
        Text(f"■ {counts[kind]} {_plural(kind, counts[kind])}", style=style)
        for kind, style in STYLES.items()
        if counts[kind]
    )
    article = shown.article
    ids = Text(f"{article['article_id']}/{article['version']}", style="dim")
    if shown.other_versions:
        ids.append(f" · other versions: {', '.join(shown.other_versions)}")
    return Group(*_packed(legend, width), ids)


def _plural(word: str, count: int) -> str:
    if count == 1:
        return word
    return {"quantity": "quantities", "person": "people", "nationality": "nationalities"}.get(word, f"{word}s")
