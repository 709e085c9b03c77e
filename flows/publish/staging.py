"""Where a run keeps finished work until it is published: `lake/_staging/<run>/<batch>/<table>.parquet`.

In: the tables of a batch. Out: shards, sorted as publish wants them, in folders that exist only when they are whole.
"""

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from flows.publish.layout import Layout, open_lake, read_layout
from flows.publish.locks import LOCKS_FOLDER
from flows.publish.problems import WrongRows, explained
from flows.publish.shards import SHARD_ROW_GROUP
from flows.publish.storage import sync_folder, write_whole
from transforms.publish.merge import sort_rows
from transforms.publish.partition import Partition, bucket_column, parse_partition
from transforms.publish.plan import Drop
from transforms.publish.quotes import misquotes
from transforms.tables import ARTICLES, ENTITIES, OWNER, REJECTS, TABLES, Table, problems

STAGING_FOLDER = "_staging"
FILED = ("input_id", "date", "bucket")
"""What the rows of a shard have beside the columns of their table: whose outcome they are, and where they are filed."""

_BEGUN = "_publishing"
_SCRATCH = "_drafts"
_DAY_SECONDS = 86_400


class Staging:
    """The folder of one run, held by a lock as long as the run lives."""

    def __init__(self, lake: Path, token: str, layout: Layout, lock: FileLock) -> None:
        """Use `Staging.open`."""
        self.lake = lake
        self.token = token
        self.layout = layout
        self.folder = lake / STAGING_FOLDER / token
        self._lock = lock

    @classmethod
    def open(cls, lake: Path, token: str, *, buckets: int = 0, keep_days: float = 7) -> Self:
        """The staging of the run named `token` (letters, digits, dots and dashes); the lake is begun if need be.

        What a dead run of the same token finished is found there. While a live one holds it, this is another staging,
        `<token>-2` and so on: both runs may go on. Work of dead runs older than `keep_days` is discarded, unless it was
        being published. Raises LakeProblem.
        """
        layout = open_lake(lake, buckets)
        with explained(lake):
            discard_old(lake, keep_days, but=token)
            number = 1
            while (held := _hold(lake, token if number == 1 else f"{token}-{number}")) is None:
                number += 1
            staging = cls(lake, token if number == 1 else f"{token}-{number}", layout, held)
            staging.folder.mkdir(parents=True, exist_ok=True)
            staging._tidy()
        return staging

    @property
    def finished(self) -> frozenset[str]:
        """The ids of the batches that are whole."""
        return frozenset(batch.name for batch in self.batches)

    @property
    def batches(self) -> tuple[Path, ...]:
        """The folders of the batches that are whole, oldest first."""
        return batches_in(self.folder)

    @property
    def scratch(self) -> Path:
        """Where drafts of new files lie until they are put in place."""
        return self.folder / _SCRATCH

    def begin_publishing(self, drops: Iterable[Drop]) -> None:
        """Note that the lake is about to change, and what will leave it.

        From here on the work must be finished, by this run or the next.
        """
        noted = [(drop.table, str(drop.partition.folder), drop.names) for drop in drops]
        write_whole(self.folder / _BEGUN, json.dumps(noted).encode())

    @property
    def begun(self) -> tuple[Drop, ...]:
        """What `begin_publishing` noted before an earlier run of this staging died; nothing if it came less far."""
        try:
            noted = json.loads((self.folder / _BEGUN).read_bytes())
        except FileNotFoundError:
            return ()
        return tuple(
            Drop(table, parse_partition(folder) or Partition(), tuple(names)) for table, folder, names in noted
        )

    def close(self) -> None:
        """Let go of it; what is finished stays for the next run of this token."""
        self._lock.release()

    def discard(self) -> None:
        """Remove it with all it holds."""
        with explained(self.lake):
            _remove(self.folder)
            Path(self._lock.lock_file).unlink(missing_ok=True)
        self.close()

    def __enter__(self) -> Self:
        """The staging itself."""
        return self

    def __exit__(self, *_: Any) -> None:
        """See `close`."""
        self.close()

    def _tidy(self) -> None:
        shutil.rmtree(self.scratch, ignore_errors=True)
        for leftover in self.folder.glob("*.tmp-*"):
            shutil.rmtree(leftover, ignore_errors=True)


def batches_in(folder: Path) -> tuple[Path, ...]:
    """The finished batches of a staging folder, oldest first."""
    finished = [path for path in folder.iterdir() if path.is_dir() and _is_finished(path)]
    return tuple(sorted(finished, key=lambda path: (path.stat().st_mtime_ns, path.name)))


def is_live(lake: Path, token: str) -> bool:
    """Whether a living process holds the staging of this token."""
    if (lock := _hold(lake, token)) is None:
        return True
    lock.release()
    return False


def tokens(lake: Path) -> list[str]:
    """The stagings there are, live and dead."""
    return sorted(path.name for path in (lake / STAGING_FOLDER).glob("*") if path.is_dir() and path.name[0] not in "_.")


def is_being_published(lake: Path, token: str) -> bool:
    """Whether the lake may have some of its files already."""
    return (lake / STAGING_FOLDER / token / _BEGUN).exists()


def interrupted(lake: Path) -> Iterator[Staging]:
    """The stagings, held, of dead runs that were being published: the lake may have some of their files already.

    The caller publishes and discards each. No live run is among them.
    """
    layout = read_layout(lake)
    assert layout, "publish opens the lake before it asks"
    for begun in sorted((lake / STAGING_FOLDER).glob(f"*/{_BEGUN}")):
        token = begun.parent.name
        if (lock := _hold(lake, token)) is not None:
            try:
                if begun.exists():
                    yield Staging(lake, token, layout, lock)
            finally:
                lock.release()


def discard_old(lake: Path, keep_days: float, but: str | None = None) -> list[str]:
    """Remove the work of runs that died more than `keep_days` ago before publishing; the tokens of what was removed."""
    gone = []
    for folder in sorted((lake / STAGING_FOLDER).glob("*")):
        old = time.time() - _last_change(folder) > keep_days * _DAY_SECONDS
        if not old or folder.name == but or (folder / _BEGUN).exists() or not folder.is_dir():
            continue
        if (lock := _hold(lake, folder.name)) is not None:
            _remove(folder)
            Path(lock.lock_file).unlink(missing_ok=True)
            lock.release()
            gone.append(folder.name)
    return gone


def write_batch(folder: Path, batch_id: str, shards: Mapping[str, pa.Table]) -> dict[str, int]:
    """Write the tables of one batch into a staging folder, all or nothing; the number of rows by table.

    Each table has the columns of `transforms/tables.py`, and beside them `date` (date32, its partition) and, in the
    article tables, `input_id`; `entities` has neither. Two processes may write the same batch: the first to finish
    counts. Raises WrongRows when rows break a rule, LakeProblem when they cannot be written.
    """
    _check(batch_id, shards)
    layout = read_layout(folder.parent.parent)
    buckets = layout.buckets if layout else 0
    draft = folder / f"{batch_id}.tmp-{os.getpid()}-{uuid4().hex[:8]}"
    with explained(folder):
        try:
            draft.mkdir(parents=True)
            for name, rows in shards.items():
                write_shard(draft, TABLES[name], rows, buckets)
            sync_folder(draft)
            with suppress(FileExistsError):  # somebody else finished the same batch
                _rename(draft, folder / batch_id)
            sync_folder(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return {name: len(rows) for name, rows in shards.items()}


def write_shard(folder: Path, table: Table, rows: pa.Table, buckets: int = 0) -> None:
    """Write one table's rows, sorted, into a folder that is begun if need be; no rows, no file."""
    if not len(rows):
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{table.name}.parquet").open("wb") as sink:
        pq.write_table(
            _sorted(table, rows, buckets), sink, compression="zstd", compression_level=1, row_group_size=SHARD_ROW_GROUP
        )
        sink.flush()
        os.fsync(sink.fileno())


def _check(batch_id: str, shards: Mapping[str, pa.Table]) -> None:
    wrong = _twice(shards)
    layers = _layers(shards[ARTICLES.name])
    for name, rows in shards.items():
        table = TABLES[name]
        several = table.of_article and len(layers) > 1
        for part in [rows.filter(pc.is_in(rows["input_id"], layer)) for layer in layers] if several else [rows]:
            wrong += problems(table, _own(table, part))
        if not wrong and table.of_article and table.quotes_text:
            wrong += misquotes(table, shards[ARTICLES.name], rows)
    if wrong:
        raise WrongRows(f"batch {batch_id} is not written: " + "; ".join(wrong[:10]))


def _layers(articles: pa.Table) -> list[pa.StringArray]:
    """The inputs of a batch in groups of which none has the same version of an article twice; mostly one group.

    Which of two inputs with the same article is published, only the plan can say, which knows the lake.
    """
    layers: list[list[str]] = []
    seen: dict[tuple[str, ...], int] = {}
    for input_id, *owner in zip(*(articles[name].to_pylist() for name in ("input_id", *OWNER)), strict=True):
        number = seen[tuple(owner)] = seen.get(tuple(owner), -1) + 1
        if number == len(layers):
            layers.append([])
        layers[number].append(input_id)
    return [pa.array(layer, pa.string()) for layer in layers]


def _own(table: Table, rows: pa.Table) -> pa.Table:
    missing = set() if table is ENTITIES else {"date", "input_id"} - set(rows.schema.names)
    if missing:
        raise WrongRows(f"{table.name}: the shard has no column {' and no '.join(sorted(missing))}")
    own = {column.name for column in table.columns}
    return rows.drop_columns([name for name in FILED if name in rows.schema.names and name not in own])


def _twice(shards: Mapping[str, pa.Table]) -> list[str]:
    ids = [shards[name]["input_id"] for name in (ARTICLES.name, REJECTS.name) if name in shards]
    counts = Counter(value for column in ids for value in column.to_pylist())
    return [f"input {value} has {count} outcomes" for value, count in sorted(counts.items()) if count > 1]


def _sorted(table: Table, rows: pa.Table, buckets: int) -> pa.Table:
    if table is ENTITIES:
        return sort_rows(rows, table.key)
    filed = ["date"]
    if buckets:
        rows = rows.append_column("bucket", bucket_column(table, rows, buckets))
        filed.append("bucket")
    return sort_rows(rows, [*filed, *table.key])


def _rename(draft: Path, folder: Path) -> None:
    try:
        draft.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
        raise FileExistsError(str(folder)) from None


def _is_finished(path: Path) -> bool:
    return ".tmp-" not in path.name and path.name[0] not in "_."


def _hold(lake: Path, token: str) -> FileLock | None:
    lock = FileLock(lake / LOCKS_FOLDER / f"staging-{token}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    return lock


def _last_change(folder: Path) -> float:
    with suppress(FileNotFoundError, NotADirectoryError):
        return max([folder.stat().st_mtime, *(path.stat().st_mtime for path in folder.iterdir())])
    return time.time()


def _remove(folder: Path) -> None:
    # Renamed first: a half-removed staging must not look like one with fewer batches.
    gone = folder.with_name(f".{folder.name}-{uuid4().hex[:8]}")
    with suppress(FileNotFoundError):
        folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)
