"""What each row means in a few characters, for the margin.

In: rows of `dates`, `quantities`, `mentions`, `statements` and `claims` as objects. Out: `Span`s in text order.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

STYLES = {
    "date": "green",
    "quantity": "yellow",
    "place": "bright_blue",
    "person": "bright_magenta",
    "organisation": "cyan",
    "nationality": "blue",
    "name": "magenta",
    "statement": "italic",
    "claim": "bold bright_red",
}
"""Colour of each kind of span, in the order of the legend."""

LABELS = {"LOC": "place", "FAC": "place", "PER": "person", "ORG": "organisation", "NORP": "nationality"}
"""Kind of span for a mention's label; any other label is a `name`."""

SIGNS = {">=": "≥", "<=": "≤"}

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """A coloured stretch of the text, and what it means; an empty meaning says that nothing more is known."""

    start: int
    end: int
    kind: str
    text: str
    meaning: str


def spans_of(rows: Mapping[str, Iterable[Row]]) -> list[Span]:
    """Every span of an article in text order, the longer of two that begin together first."""
    found = [read(row) for table, read in _READERS.items() for row in rows.get(table, ())]
    return sorted(found, key=lambda span: (span.start, -span.end, span.kind, span.meaning))


def _span(row: Row, kind: str, *meaning: str | None) -> Span:
    return Span(row["start"], row["end"], kind, row["text"], " ".join(part for part in meaning if part))


def _date(row: Row) -> Span:
    if row["value"] is None:
        return _span(row, "date", "?", (row["reason"] or "").replace("_", " "))
    return _span(row, "date", row["value"], row["mod"])


def _quantity(row: Row) -> Span:
    arrow = {"up": "▲", "down": "▼"}.get(row["change"])
    amount = amount_in_words(row)
    unit: str | None = row["currency"] or row["unit"]
    if row["kind"] == "percent" and unit in (None, "percent"):
        amount, unit = f"{amount}%", None
    elif row["kind"] == "ordinal":
        amount += _ordinal_ending(row["value"])
    elif unit is None and row["kind"] not in ("cardinal", "measure"):
        unit = row["kind"]
    return _span(row, "quantity", arrow, amount, unit, row["counted"])


def _ordinal_ending(value: float | None) -> str:
    last_two = int(value or 0) % 100
    return "th" if 10 < last_two < 14 else {1: "st", 2: "nd", 3: "rd"}.get(last_two % 10, "th")


def _mention(row: Row) -> Span:
    kind = LABELS.get(row["label"], "name")
    if row["entity_id"] is None and row["country_code"] is None:
        return _span(row, kind, row["label"].lower() if kind == "name" else kind)
    name = row["name"] if row["name"] != row["text"] else None
    return _span(row, kind, name, row["entity_id"], row["country_code"])


def _statement(row: Row) -> Span:
    return _span(row, "statement", row["cue"], row["speaker"])


def _claim(row: Row) -> Span:
    return _span(row, "claim", row["metric"], amount_in_words(row), row["who"])


_READERS: Mapping[str, Callable[[Row], Span]] = {
    "dates": _date,
    "quantities": _quantity,
    "mentions": _mention,
    "statements": _statement,
    "claims": _claim,
}


def amount_in_words(row: Row) -> str:
    """A number with its comparator, or its bounds.

    >>> amount_in_words({"value": None, "low": 412.0, "high": None, "comparator": ">"})
    '> 412'
    >>> amount_in_words({"value": None, "low": 20.0, "high": 25.0, "comparator": "="})
    '20–25'
    """
    low, high, comparator = row["low"], row["high"], row["comparator"]
    if (value := row.get("value")) is None and low is not None and high is not None and low != high:
        return ("~ " if comparator == "~" else "") + f"{number_in_words(low)}–{number_in_words(high)}"
    stated = next((number for number in (value, low, high) if number is not None), None)
    sign = "" if comparator == "=" else f"{SIGNS.get(comparator, comparator)} "
    return sign + number_in_words(stated) if stated is not None else "some"


def number_in_words(number: float) -> str:
    """A number as newspapers print it.

    >>> number_in_words(12000.0), number_in_words(13.3), number_in_words(850_000_000.0), number_in_words(1e-7)
    ('12,000', '13.3', '850 million', '1e-07')
    """
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(number) >= size and number / (size / 1000) % 1 == 0:
            return f"{number / size:,.10g} {word}"
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.10g}"
