"""Checks rows that are in the lake against what the tables promise.

In: rows of one partition. Out: sentences that name the row and what is wrong with it; none when all is well.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from transforms.extract.article import Article
from transforms.publish.merge import Key, key_at, owner_names
from transforms.publish.partition import Partition, bucket_of, partition_date
from transforms.publish.quotes import misquotes
from transforms.tables import ARTICLES, OWNER, REJECTS, RUNS, SCHEMA_VERSION, SOURCE_HEALTH, STATEMENTS, Table, problems

_CHECKED = (
    "article_id", "version", "text_sha256", "url", "canonical_url", "headline", "text", "published_at", "fetched_at",
)  # fmt: skip
_HEALTH_PARTS = (
    "published", "unchanged", "duplicate", "empty", "too_short", "consent_wall", "paywall", "blocked", "gone", "errors",
)  # fmt: skip


def schema_problems(table: Table, schema: pa.Schema) -> Iterator[str]:
    """Differences between a file's schema and the table's; a file of an older schema version may lack new columns."""
    metadata = schema.metadata or {}
    if metadata.get(b"copydesk.table", b"").decode() != table.name:
        yield "its metadata does not name the table"
    try:
        version = int(metadata.get(b"copydesk.schema_version", b""))
    except ValueError:
        yield "its metadata has no schema version"
        return
    if version > SCHEMA_VERSION:
        yield f"it has schema version {version}, newer than ours ({SCHEMA_VERSION}): install the newer copydesk"
    elif version < SCHEMA_VERSION:
        wanted = pa.schema([field for field in table.schema if field.name in schema.names])
        if not schema.remove_metadata().equals(wanted.remove_metadata()):
            yield f"its columns are not those of schema version {version}"
    elif not schema.equals(table.schema, check_metadata=False):
        yield f"its columns are {_columns(schema)}; they should be {_columns(table.schema)}"
    elif not schema.equals(table.schema, check_metadata=True):
        yield "the descriptions of its columns are not those of transforms/tables.py"


def _columns(schema: pa.Schema) -> str:
    return ", ".join(f"{field.name} {field.type}{'' if field.nullable else ' not null'}" for field in schema)


def row_problems(table: Table, rows: pa.Table, last: Key | None, partition: Partition, buckets: int) -> Iterator[str]:
    """What is wrong with rows on their own; `last` is the key of the row before them, None for the first."""
    wrong = [sentence.removeprefix(f"{table.name}: ") for sentence in problems(table, rows)]
    yield from wrong
    yield from _order_problems(table, rows, last)
    if wrong:
        return
    for row in rows.select(list(table.owner[:1])).to_pylist() if buckets and partition.day else ():
        if bucket_of(str(row[table.owner[0]]), buckets) != partition.bucket:
            yield f"{row[table.owner[0]]} belongs into bucket {bucket_of(str(row[table.owner[0]]), buckets)}"
    if table is ARTICLES and partition.day:
        yield from _article_problems(rows, partition.day)
    elif table is REJECTS and partition.day:
        yield from _reject_problems(rows, partition.day)
    elif table is RUNS:
        yield from _run_problems(rows)
    elif table is SOURCE_HEALTH:
        yield from _health_problems(rows)


def _order_problems(table: Table, rows: pa.Table, last: Key | None) -> Iterator[str]:
    order = pc.sort_indices(rows, [(name, "ascending") for name in table.key])
    wrong = pc.index(pc.not_equal(order, pa.array(range(len(rows)), order.type)), True).as_py()
    if wrong >= 0:
        yield f"rows are not sorted by key, from row {wrong} on: {_named(table, key_at(rows, wrong, table.key))}"
    elif last is not None and len(rows) and key_at(rows, 0, table.key) <= last:
        yield f"rows are not sorted by key, or repeat it: {_named(table, key_at(rows, 0, table.key))}"


def _named(table: Table, key: Key) -> str:
    return " ".join(f"{name}={value}" for name, value in zip(table.key, key, strict=True))


def _article_problems(rows: pa.Table, day: date) -> Iterator[str]:
    for row in rows.select(_CHECKED).to_pylist():
        name = f"{row['article_id']}/{row['version']}"
        article = Article(row["text"], row["headline"], canonical_url=row["canonical_url"])
        if article.text_sha256 != row["text_sha256"]:
            yield f"{name}: text_sha256 is not that of its text"
        if article.version != row["version"]:
            yield f"{name}: version should be {article.version}, from its headline and text"
        if article.article_id(row["url"]) != row["article_id"]:
            yield f"{name}: article_id should be {article.article_id(row['url'])}, from its address"
        if (home := partition_date(row["published_at"], row["fetched_at"])) != day:
            yield f"{name}: belongs to {home}, not to {day}"


def _reject_problems(rows: pa.Table, day: date) -> Iterator[str]:
    columns = (rows[name].to_pylist() for name in ("input_id", "fetched_at", "reason", "duplicate_of"))
    for input_id, fetched_at, reason, duplicate_of in zip(*columns, strict=True):
        if fetched_at.date() != day:
            yield f"{input_id}: belongs to {fetched_at.date()}, not to {day}"
        if (reason == "duplicate") != (duplicate_of is not None):
            yield f"{input_id}: reason {reason} and duplicate_of {duplicate_of} do not agree"


def _run_problems(rows: pa.Table) -> Iterator[str]:
    for row in rows.to_pylist():
        out = row["went_out"] + row["rejected"] + row["unchanged"]
        if row["came_in"] != out:
            yield f"run {row['run_id']}, {row['stage']}: {row['came_in']} came in, but {out} have an outcome"


def _health_problems(rows: pa.Table) -> Iterator[str]:
    for row in rows.to_pylist():
        known = sum(row[name] or 0 for name in _HEALTH_PARTS)  # null: written before the column was
        if row["seen"] != known:
            yield f"{row['source']} {row['day']}: {row['seen']} seen, but {known} have an outcome"
        if row["new"] is not None and row["published"] != row["new"] + row["changed"]:
            parts = f"{row['new']} new and {row['changed']} changed"
            yield f"{row['source']} {row['day']}: {row['published']} published, but {parts}"


def child_problems(table: Table, articles: pa.Table, rows: pa.Table) -> Iterator[str]:
    """What is wrong with rows that belong to articles, given the articles of the partition that may be theirs."""
    known = pc.is_in(owner_names(rows, OWNER), value_set=owner_names(articles, OWNER).combine_chunks())
    for row in rows.filter(pc.invert(known)).select(list(OWNER)).group_by(list(OWNER)).aggregate([]).to_pylist():
        yield f"{row['article_id']}/{row['version']}: rows without their article in this partition"
    rows = rows.filter(known)
    if table.quotes_text:
        yield from (sentence.removeprefix(f"{table.name} ") for sentence in misquotes(table, articles, rows))
    if table is STATEMENTS:
        wrong = misquotes(table, articles, _speakers(rows))
        yield from (f"speaker, {sentence.removeprefix('statements ')}" for sentence in wrong)
    if "position" in rows.schema.names and pc.any(pc.less(rows["position"], pa.scalar(0))).as_py():
        yield "a position is below 0"


def _speakers(rows: pa.Table) -> pa.Table:
    spoken = rows.filter(pc.is_valid(rows["speaker_start"]))
    named = spoken.select([*OWNER, "speaker_start", "speaker_end", "speaker_text"])
    return named.rename_columns([*OWNER, "start", "end", "text"])


def entity_ids(rows: pa.Table) -> set[str]:
    """The entities that rows refer to."""
    names = [name for name in rows.schema.names if name.endswith("entity_id") or name.endswith("affiliation_id")]
    return {str(value) for name in names for value in pc.unique(rows[name]).to_pylist() if value is not None}


def listed(sentences: Sequence[str], limit: int) -> list[str]:
    """The first sentences, and how many more there are.

    >>> listed(["a", "b", "c"], 2)
    ['a', 'b', '… and 1 more of this kind']
    """
    more = len(sentences) - limit
    return [*sentences[:limit], *([f"… and {more} more of this kind"] if more > 0 else [])]
