"""Finds the article a person means, and reads its rows from all tables.

In: a lake folder and an id, an address or words of a headline. Out: `Shown`, or a `Problem` that says what there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from flows.problem import Problem
from flows.sql import as_objects, ask, connect
from transforms.tables import ARTICLE_TABLES, ARTICLES, Table

LATEST = "coalesce(modified_at, published_at, fetched_at) DESC, fetched_at DESC, version"
SHORTEST_ID = 4
"""Characters from which a word may be the beginning of an id."""
LISTED = 8
"""Articles named when several fit."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One version of an article: its row, its rows in the other tables by the table's name, and its other versions.

    Values are as in JSON: times and days are strings in ISO 8601.
    """

    article: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]
    other_versions: tuple[str, ...] = ()


def read_article(lake: Path, wanted: str) -> Shown:
    """The article that `wanted` names: its id or how it begins, `id/version`, its address, or words of its headline.

    Of several versions the latest. Problem when nothing fits, or more than one article does.
    """
    with connect(lake) as connection:
        article = _the_one(connection, wanted.strip())
        versions = _articles(connection, "article_id = ?", (article["article_id"],))
        children = (table for table in ARTICLE_TABLES if table is not ARTICLES)
        rows = {table.name: _rows(connection, table, article) for table in children}
    return Shown(article, rows, tuple(row["version"] for row in versions if row["version"] != article["version"]))


def _the_one(connection: DuckDBPyConnection, wanted: str) -> dict[str, Any]:
    fitting = _fitting(connection, wanted)
    articles = {row["article_id"]: row for row in reversed(fitting)}
    if not articles:
        raise Problem(_nothing_fits(connection, wanted))
    if len(articles) > 1:
        raise Problem(_several_fit(list(reversed(articles.values())), wanted))
    return fitting[0]


def _fitting(connection: DuckDBPyConnection, wanted: str) -> list[dict[str, Any]]:
    """Versions of articles that `wanted` names, the latest first. The first way of naming that fits decides."""
    if not (words := wanted.split()):
        return []
    article_id, _, version = wanted.lower().partition("/")
    by_id = "starts_with(article_id, ?) AND starts_with(version, ?)"
    in_headline = " AND ".join(["contains(lower(strip_accents(headline)), lower(strip_accents(?)))"] * len(words))
    return (
        _articles(connection, "url = $1 OR canonical_url = $1", (wanted,))
        or (len(article_id) >= SHORTEST_ID and _articles(connection, by_id, (article_id, version)))
        or _articles(connection, in_headline, words)
    )


def _articles(connection: DuckDBPyConnection, condition: str, parameters: Sequence[str]) -> list[dict[str, Any]]:
    return as_objects(ask(connection, f"SELECT * FROM articles WHERE {condition} ORDER BY {LATEST}", parameters))


def _rows(connection: DuckDBPyConnection, table: Table, article: dict[str, Any]) -> list[dict[str, Any]]:
    """The article's rows; its day in the condition spares DuckDB all other files."""
    query = f"SELECT * FROM {table.name} WHERE date = ?::DATE AND article_id = ? AND version = ? ORDER BY ALL"
    rows = as_objects(ask(connection, query, (article["date"], article["article_id"], article["version"])))
    return [
        {name: value for name, value in row.items() if name not in ("article_id", "version", "date")} for row in rows
    ]


def _nothing_fits(connection: DuckDBPyConnection, wanted: str) -> str:
    count = ask(connection, "SELECT count(*) FROM articles").rows[0][0]
    if not count:
        return "there are no articles in the lake; take some in with `copydesk ingest`, or name another with --lake DIR"
    headlines_only = "(SELECT DISTINCT headline FROM articles WHERE headline IS NOT NULL)"
    likest = "jaro_winkler_similarity(lower(headline), lower(?)) DESC"
    near = f"SELECT headline FROM {headlines_only} ORDER BY {likest}, headline LIMIT 3"
    headlines = "".join(f"\n  {headline}" for (headline,) in ask(connection, near, (wanted,)).rows)
    return f"no article of {count:,} has the id, address or headline {wanted!r}; headlines most like it:{headlines}"


def _several_fit(articles: Sequence[dict[str, Any]], wanted: str) -> str:
    lines = [f"\n  {row['article_id']}  {row['date']}  {row['headline'] or row['url']}" for row in articles[:LISTED]]
    more = f"\n  and {len(articles) - LISTED} more" if len(articles) > LISTED else ""
    return f"{len(articles)} articles fit {wanted!r}; name one by its id:{''.join(lines)}{more}"
