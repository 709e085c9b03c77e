"""Which column of a table, or field of a JSON object, holds what.

In: the names there are, and what the source's file says of them. Out: the column of each field that extract knows.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

USUAL_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "full_text", "article_text", "article_body", "maintext"),
    "html": ("html", "raw_html", "page_html"),
    "title": ("title", "headline", "heading"),
    "url": ("url", "link", "canonical_url", "permalink"),
    "published_at": (
        *("published_at", "published", "pubdate", "publication_date", "publish_date", "date_published"),
        *("date_publish", "datetime", "date", "timestamp"),
    ),
    "authors": ("authors", "author", "byline", "by_line"),
    "language": ("language", "lang"),
    "id": ("id", "article_id", "guid"),
}
"""What columns are usually called; of several the first counts. Case, spaces and hyphens make no difference."""

_MAY_BE_MARKUP = frozenset({"body", "content", "article"})
_MARKUP = re.compile(r"<(?:p|div|br|article|section|html|body|h[1-6])\b[^<>]*>", re.IGNORECASE)


class NoText(ValueError):
    """No column holds a text, or the source's file names one that is not there. The message names the cure."""


def choose_columns(found: Mapping[str, bool], wanted: Mapping[str, str]) -> dict[str, str]:
    """The column for each field.

    Args:
        found: the names of the columns in order, and whether they may hold a text.
        wanted: field → column, as the source's file says.

    Returns:
        Field → column. What `wanted` does not name is taken by its usual name. Raises NoText.

    >>> choose_columns({"Headline": True, "Body": True, "n": False}, {})
    {'text': 'Body', 'title': 'Headline'}
    >>> choose_columns({"kop": True, "tekst": True}, {"text": "tekst", "title": "kop"})
    {'text': 'tekst', 'title': 'kop'}
    """
    _check(found, wanted)
    # Extract prefers a text to HTML, so naming one of them means that one.
    is_settled = not {"text", "html"}.isdisjoint(wanted)
    free = {name: is_text for name, is_text in found.items() if name not in wanted.values()}
    chosen: dict[str, str] = {}
    for field, names in USUAL_NAMES.items():
        must_be_text = field in ("text", "html")
        if field in wanted:
            chosen[field] = wanted[field]
        elif must_be_text and is_settled:
            continue
        elif column := next(_usual(names, free, must_be_text), None):
            chosen[field] = column
    if "text" not in chosen and "html" not in chosen:
        raise NoText(f"no column is called {' or '.join(USUAL_NAMES['text'][:4])} or html; {_cure(found)}")
    return chosen


def values_of(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """The fields of one row under the names that extract knows; what is missing or empty is left out.

    >>> values_of({"Body": "Rain fell.", "by": None, "n": 3}, {"text": "Body", "authors": "by"})
    {'text': 'Rain fell.'}
    """
    values = {field: _value(field, value_at(row, column)) for field, column in columns.items()}
    values = {field: value for field, value in values.items() if value not in (None, "", [])}
    is_vague = columns.get("text", "").lower() in _MAY_BE_MARKUP and "html" not in columns
    if is_vague and isinstance(values.get("text"), str) and _MARKUP.search(values["text"]):
        values["html"] = values.pop("text")
    return values


def value_at(row: Mapping[str, Any], column: str) -> Any:
    """The value of a column; `a.b` is field b of column a where no column has that name."""
    if column in row:
        return row[column]
    outer, dot, inner = column.partition(".")
    return value_at(row[outer], inner) if dot and isinstance(row.get(outer), Mapping) else None


def columns_of(row: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, bool]]:
    """The names in a JSON object, nested ones with dots, and whether each holds a text."""
    for name, value in row.items():
        if isinstance(value, Mapping) and prefix.count(".") < 2:
            yield from columns_of(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", isinstance(value, str)


def _usual(names: tuple[str, ...], found: Mapping[str, bool], must_be_text: bool) -> Iterator[str]:
    for usual in names:
        for name, is_text in found.items():
            if _plain(name) == _plain(usual) and (is_text or not must_be_text):
                yield name


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.strip().lower())


def _check(found: Mapping[str, bool], wanted: Mapping[str, str]) -> None:
    for field, column in wanted.items():
        if field not in USUAL_NAMES:
            raise NoText(f"`columns` names {field!r}, which is none of {', '.join(USUAL_NAMES)}")
        if column not in found:
            raise NoText(f"`columns` of its source names {column!r}, which is not there; {_cure(found)}")
        if field in ("text", "html") and not found[column]:
            raise NoText(f"`columns` of its source names {column!r} for {field}, but it holds no text; {_cure(found)}")


def _cure(found: Mapping[str, bool]) -> str:
    names = list(found)
    listed = ", ".join(names[:40]) + (" …" if len(names) > 40 else "") if names else "none"
    example = next((name for name, is_text in found.items() if is_text), "NAME")
    return (
        f"the columns are: {listed}. Say which holds what in the source's file, a line for each:\n"
        f"columns:\n  text: {example}\n  title: …"
    )


def _value(field: str, value: Any) -> Any:
    if field == "authors" and isinstance(value, list | tuple):
        names = [name.get("name") if isinstance(name, Mapping) else name for name in value]
        return [name for name in names if isinstance(name, str) and name.strip()]
    if field == "language" and isinstance(value, str):
        return re.split(r"[-_]", value.strip().lower())[0]
    if isinstance(value, str):
        return value if value.strip() else None
    return value if isinstance(value, int) and not isinstance(value, bool) and field in ("id", "published_at") else None
