"""Proves that a lake is right, from its files alone.

In: the lake's folder, the state file with the register of what came in, and a check of the archive. Out: a
`VerifyReport`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.publish.census import Census
from flows.publish.folders import folder_problems, lake_notes, partition_files
from flows.publish.groups import row_group_rows
from flows.publish.index import LakeIndex
from flows.publish.layout import Layout, read_layout
from flows.publish.problems import LakeProblem
from flows.publish.staging import is_live, tokens
from transforms.publish.merge import Key, Stream, key_at
from transforms.publish.partition import Partition
from transforms.publish.proof import child_problems, listed, row_problems, schema_problems
from transforms.tables import ARTICLE_TABLES, ARTICLES, ENTITIES, OWNER, REJECTS, TABLES, Table

type ArchiveCheck = Callable[[str, int, str], str | None]
"""(raw_file, raw_offset, raw_sha256) → what is wrong with that record of the archive, or None."""

_TOLD = 5  # sentences for each file and kind of check, and keys in a sentence


@dataclass(slots=True)
class VerifyReport:
    """`problems` and `notes` are sentences; `checked` counts what was looked at."""

    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)


def verify(lake: Path, state: Path, archive_check: ArchiveCheck | None = None) -> VerifyReport:
    """Check everything that the lake promises. Raises LakeProblem when there is no lake, NewerLake and DamagedLake.

    Holds the articles of a row group and the rows that belong to them, never a whole table. A run that publishes
    meanwhile may be seen half done; a note says so.
    """
    layout = read_layout(lake)
    if layout is None:
        raise LakeProblem(f"{lake} is not a lake: it has no _layout.json. `copydesk ingest` begins one")
    with Census() as census:
        check = _Verification(lake, layout, census)
        check.folders()
        check.articles()
        check.others()
        check.outcomes(state)
        check.archive(archive_check)
    return check.report


class _Verification:
    """One walk through the lake."""

    def __init__(self, lake: Path, layout: Layout, census: Census) -> None:
        self.report = VerifyReport()
        self._lake = lake
        self._layout = layout
        self._census = census

    def folders(self) -> None:
        self.report.problems += folder_problems(self._lake, self._layout)
        self.report.notes += lake_notes(self._lake)
        for table in TABLES.values():
            if not partition_files(self._lake, table):
                self.report.notes.append(f"{table.name}: no files yet")

    def articles(self) -> None:
        """All tables whose rows belong to articles, partition by partition."""
        files = {table.name: partition_files(self._lake, table) for table in ARTICLE_TABLES}
        for partition in sorted({partition for found in files.values() for partition in found}, key=str):
            there = {name: found[partition] for name, found in files.items() if partition in found}
            self._partition(partition, there)

    def others(self) -> None:
        """The tables whose rows belong to no article."""
        for table in TABLES.values():
            if not table.of_article:
                for partition, file in partition_files(self._lake, table).items():
                    for rows in self._rows(table, partition, file):
                        if table is REJECTS:
                            self._census.count_rejects(rows, self._name(file))
                        elif table is ENTITIES:
                            self._census.count_entities(rows)

    def outcomes(self, state: Path) -> None:
        """Each input has one outcome, each version of an article one row, each entity its row."""
        self._tell("", self._census.problems())
        registered = _registered(state, self._lake)
        self.report.checked["inputs"] = len(registered)
        missing = list(self._census.without_outcome(registered))
        if missing and any(is_live(self._lake, token) for token in tokens(self._lake)):
            self.report.notes.append(f"{len(missing)} inputs have no outcome yet; a run is working now")
        else:
            self._tell(
                "",
                (f"input {input_id} ({url}) came in and has no outcome; take it in again" for input_id, url in missing),
            )
        if not registered and self.report.checked["articles"]:
            self.report.notes.append(f"{state} does not know what came into this lake, so that could not be checked")

    def archive(self, check: ArchiveCheck | None) -> None:
        """The archive has the bytes that rows name."""
        if check is None:
            return
        wrong = []
        for raw_file, raw_offset, raw_sha256, name in self._census.records():
            self.report.checked["archive records"] += 1
            if problem := check(raw_file, raw_offset, raw_sha256):
                wrong.append(f"{name}: archive, {raw_file} at {raw_offset}: {problem}")
        self._tell("", wrong)

    def _partition(self, partition: Partition, files: dict[str, Path]) -> None:
        children = {
            table.name: Stream(self._rows(table, partition, files[table.name]), OWNER)
            for table in ARTICLE_TABLES
            if table is not ARTICLES and table.name in files
        }
        if ARTICLES.name in files:
            name = self._name(files[ARTICLES.name])
            for articles in self._rows(ARTICLES, partition, files[ARTICLES.name]):
                self._census.count_articles(articles, name)
                bound = key_at(articles, len(articles) - 1, OWNER)
                self._children(articles, children, files, bound)
        self._children(ARTICLES.schema.empty_table(), children, files, None)

    def _children(
        self, articles: pa.Table, children: dict[str, Stream], files: dict[str, Path], bound: Key | None
    ) -> None:
        for name, stream in children.items():
            for rows in stream.up_to(bound):
                self._census.refer(rows)
                self.report.checked["spans"] += len(rows) if TABLES[name].quotes_text else 0
                self._tell(self._name(files[name]), child_problems(TABLES[name], articles, rows))

    def _rows(self, table: Table, partition: Partition, file: Path) -> Iterator[pa.Table]:
        """The rows of a file, checked on their own; none when it cannot be read or its columns are not ours."""
        name, last = self._name(file), None
        self.report.checked["files"] += 1
        try:
            with pq.ParquetFile(file, page_checksum_verification=True) as parquet:
                if wrong := list(schema_problems(table, parquet.schema_arrow)):
                    self._tell(name, wrong)
                    return
                for batch in parquet.iter_batches(row_group_rows(table), use_threads=False):
                    rows = pa.Table.from_batches([batch])
                    self.report.checked[table.name] += len(rows)
                    self._tell(name, row_problems(table, rows, last, partition, self._layout.buckets))
                    last = key_at(rows, len(rows) - 1, table.key)
                    yield rows
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:  # the last where a text's bytes were hit
            self._tell(name, [f"cannot be read: {error}; move it away and run `copydesk reprocess` for that day"])

    def _tell(self, name: str, sentences: Iterable[str]) -> None:
        start = f"{name}: " if name else ""
        self.report.problems += [start + sentence for sentence in listed(list(sentences), _TOLD)]

    def _name(self, file: Path) -> str:
        return file.relative_to(self._lake).as_posix()


def _registered(state: Path, lake: Path) -> dict[str, str]:
    if not state.exists():
        return {}
    with LakeIndex(state, lake) as index:
        return index.registered()
