"""Checks that spans quote the text they point into.

In: rows of `articles` and of a table with spans. Out: sentences about the spans that do not.
"""

from collections.abc import Iterator

import pyarrow as pa

from transforms.tables import OWNER, Table


def misquotes(table: Table, articles: pa.Table, rows: pa.Table) -> list[str]:
    """What is wrong with the spans of `rows`, one sentence each: not the words of the text, or no article at all."""
    return list(_misquotes(table, article_texts(articles), rows))


def article_texts(articles: pa.Table) -> dict[tuple[str, str], str]:
    """The text of each version of an article."""
    owners = zip(*(articles[name].to_pylist() for name in OWNER), strict=True)
    return dict(zip(owners, articles["text"].to_pylist(), strict=True))


def _misquotes(table: Table, texts: dict[tuple[str, str], str], rows: pa.Table) -> Iterator[str]:
    columns = (rows[name].to_pylist() for name in (*OWNER, "start", "end", "text"))
    for article_id, version, start, end, words in zip(*columns, strict=True):
        text = texts.get((article_id, version))
        where = f"{table.name} {article_id}/{version} {start}-{end}"
        if text is None:
            yield f"{where}: its article is not in `articles`"
        elif start is None or end is None or not 0 <= start <= end <= len(text):
            yield f"{where}: outside the text, which has {len(text)} code points"
        elif text[start:end] != words:
            yield f"{where}: says {words[:40]!r}, but the text has {text[start:end][:40]!r}"
