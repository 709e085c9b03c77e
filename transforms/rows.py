"""From articles, annotations and rejects to rows: one Arrow table for each table, with the partition as column `date`.

In: what the stages return. Out: the shards that publish merges into the lake.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date
from functools import cache
from typing import Any

import pyarrow as pa

from transforms.annotate import Annotation
from transforms.collect.page import Page, Refused
from transforms.collect.rights import Rights, merged
from transforms.extract.article import Article
from transforms.find.statements.statement import Statement
from transforms.link.directory import Directory
from transforms.link.entities import entity_rows
from transforms.outcome import Reject
from transforms.publish.partition import partition_date
from transforms.tables import (
    ARTICLE_TABLES,
    ARTICLES,
    CLAIMS,
    DATES,
    ENTITIES,
    MENTIONS,
    QUANTITIES,
    REJECTS,
    REMOVALS,
    SCHEMA_VERSION,
    SENTENCES,
    STATEMENTS,
    Rows,
    Table,
)

_ARTICLE_COLUMNS = {column.name for column in ARTICLES.columns}
_FROM_ARTICLE = tuple(field.name for field in fields(Article) if field.name in _ARTICLE_COLUMNS)
_FROM_RIGHTS = tuple(field.name for field in fields(Rights) if field.name in _ARTICLE_COLUMNS)
_FROM_PAGE = tuple(field.name for field in fields(Page) if field.name in _ARTICLE_COLUMNS)


class BatchRows:
    """The rows of one batch, gathered article by article."""

    def __init__(self, rules_version: str, directory: Directory) -> None:
        """Start with no rows; `rules_version` is written into every article and reject.

        What the directory knows of an entity goes into its row.
        """
        self._rules_version = rules_version
        self._directory = directory
        self._rows = {table.name: Rows(table) for table in (*ARTICLE_TABLES, REJECTS)}
        self._days: dict[str, list[date]] = {name: [] for name in self._rows}
        self._inputs: dict[str, list[str]] = {name: [] for name in self._rows}
        self._linked: list[tuple[date, Sequence[Any]]] = []

    def add_article(self, page: Page, article: Article, annotation: Annotation) -> None:
        """Add an article and all that was found in it."""
        day = partition_date(article.published_at, page.fetched_at)
        owner = {"article_id": article.article_id(page.url), "version": article.version}
        came_in = page.input_id
        values = _article_values(page, article)
        self._add(ARTICLES, day, came_in, **owner, **values, rules_version=self._rules_version)
        for table, spans in (
            (REMOVALS, article.removals),
            (SENTENCES, annotation.sentences),
            (MENTIONS, annotation.mentions),
            (QUANTITIES, annotation.quantities),
            (DATES, annotation.dates),
            (CLAIMS, annotation.claims),
        ):
            for span in spans:
                self._add(table, day, came_in, **owner, **_values(span))
        for statement in annotation.statements:
            self._add(STATEMENTS, day, came_in, **owner, **_statement_values(statement, article.text))
        self._linked.append((day, annotation.mentions))

    def add_reject(self, refused: Page | Refused, reject: Reject) -> None:
        """Add an input that did not become an article, under the day it came in."""
        self._add(
            REJECTS,
            refused.fetched_at.astimezone(UTC).date(),
            refused.input_id,
            input_id=refused.input_id,
            url=refused.url,
            source=refused.source,
            stage=reject.stage,
            reason=str(reject.reason),
            detail=reject.detail,
            fetched_at=refused.fetched_at,
            raw_file=refused.raw_file,
            raw_offset=refused.raw_offset,
            raw_sha256=refused.raw_sha256,
            schema_version=SCHEMA_VERSION,
            rules_version=self._rules_version,
        )

    def shards(self) -> Mapping[str, pa.Table]:
        """One Arrow table for each table of the batch, as `flows.publish.staging.write_batch` takes them.

        All but `entities` have the column `date`, their partition, and say in `input_id` whose outcome they are.
        """
        return {
            **{name: self._filed(name) for name in self._rows},
            ENTITIES.name: entity_rows(self._linked, self._directory),
        }

    def _filed(self, name: str) -> pa.Table:
        rows = self._rows[name].to_arrow().append_column("date", pa.array(self._days[name], pa.date32()))
        if "input_id" not in rows.schema.names:
            rows = rows.append_column("input_id", pa.array(self._inputs[name], pa.string()))
        return rows

    def _add(self, table: Table, day: date, came_in: str, **values: Any) -> None:
        self._rows[table.name].add(**values)
        self._days[table.name].append(day)
        self._inputs[table.name].append(came_in)


def _article_values(page: Page, article: Article) -> dict[str, Any]:
    values = {name: getattr(article, name) for name in _FROM_ARTICLE}
    rights = merged(article.rights, page.rights)
    return {
        **values,
        **{name: getattr(rights, name) for name in _FROM_RIGHTS},
        "license": article.license or rights.license,
        "authors": list(article.authors),
        "text_sha256": article.text_sha256,
        "input_id": page.input_id,
        **{name: getattr(page, name) for name in _FROM_PAGE},
        "schema_version": SCHEMA_VERSION,
    }


def _statement_values(statement: Statement, text: str) -> dict[str, Any]:
    start, end = statement.speaker_start, statement.speaker_end
    return {**_values(statement), "speaker_text": None if start is None else text[start:end]}


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _values(span: Any) -> dict[str, Any]:
    return {name: getattr(span, name) for name in _field_names(span.__class__)}
