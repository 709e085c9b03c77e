"""Publishing processes that are killed, meet each other, or find no room: what readers see, and what comes of it."""

import errno
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from filelock import FileLock
from newsroom import DAY, numbered, put, run

from flows.publish.problems import LakeBusy, LakeProblem
from flows.publish.rows import publish_rows
from flows.publish.staging import Staging, interrupted
from flows.publish.storage import LocalStorage
from flows.publish.verify import verify
from transforms.tables import SOURCE_HEALTH

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["newsroom"])


def start(lake, state, token, first, last):
    process = PROCESSES.Process(target=run, args=(lake, state, token, first, last))
    process.start()
    return process


def finish(process):
    process.join(120)
    assert process.exitcode == 0


def count_with_pandas(lake, table):
    return len(pd.read_parquet(lake / table, columns=["article_id"]))


def count_with_duckdb(lake, table):
    return duckdb.sql(f"select count(*) from read_parquet('{lake}/{table}/**/*.parquet')").fetchall()[0][0]


def count_with_polars(lake, table):
    return pl.scan_parquet(lake / table).select(pl.len()).collect().item()


COUNTS = (count_with_pandas, count_with_duckdb, count_with_polars)


def count(lake, table):
    """The rows that a reader finds; it may fail loudly when the files change under it, and asks again."""
    reader = random.choice(COUNTS)
    for _ in range(20):
        try:
            return reader(lake, table)
        except (OSError, duckdb.Error, pl.exceptions.PolarsError, pa.ArrowException):
            time.sleep(0.01)
    return reader(lake, table)


@pytest.mark.slow
def test_killed_at_any_moment_the_lake_is_right_and_the_next_run_completes(lake, state, tree, tmp_path):
    chance = random.Random(2024)
    finish(start(lake, state, "warm", 0, 30))
    started = time.monotonic()
    finish(start(tmp_path / "probe", state, "probe", 0, 50))
    whole = time.monotonic() - started
    for attempt in range(6):
        last = 50 + 7 * attempt
        process = start(lake, state, f"run{attempt}", 0, last)
        killed_at = time.monotonic() + whole * chance.uniform(0.2, 1.2)
        while time.monotonic() < killed_at:
            assert 30 <= count(lake, "articles") <= last
            assert 90 <= count(lake, "sentences") <= last * 3
        process.kill()
        process.join()
        assert 30 <= count(lake, "articles") <= last
        assert not pd.read_parquet(lake / "sentences")[["article_id", "start"]].duplicated().any()
    finish(start(lake, state, "run7", 0, 85))
    assert verify(lake, state).problems == []
    put(tmp_path / "other", state, [numbered(number) for number in range(85)])
    assert tree(lake) == tree(tmp_path / "other")
    assert list(interrupted(lake)) == []


def test_killed_between_any_two_files_a_row_of_articles_is_never_twice_and_never_alone(tmp_path, monkeypatch):
    """The same, but for every single moment of putting files in place."""
    before = [numbered(number) for number in range(4)]
    after = [numbered(0, day=numbered(5).day, rules="2"), numbered(1, reason="paywall", rules="2"), numbered(9)]

    class Killed(BaseException):
        pass

    put(tmp_path / "before/lake", tmp_path / "state.db", before)
    moment, done = 0, False
    while not done:
        here = tmp_path / str(moment)
        shutil.copytree(tmp_path / "before", here)
        commit, left = LocalStorage.commit, [moment]

        def dies(storage, draft, commit=commit, left=left):
            if not left[0]:
                raise Killed
            left[0] -= 1
            return commit(storage, draft)

        monkeypatch.setattr(LocalStorage, "commit", dies)
        try:
            put(here / "lake", here / "state.db", after)
            done = True
        except Killed:
            pass
        monkeypatch.undo()
        articles, sentences = (pd.read_parquet(here / "lake" / name) for name in ("articles", "sentences"))
        rejects = pd.read_parquet(here / "lake/rejects")
        inputs = [*articles["input_id"], *rejects["input_id"]]
        assert len(inputs) == len(set(inputs)), moment
        assert set(articles["article_id"]) <= set(sentences["article_id"]), moment
        put(here / "lake", here / "state.db", [numbered(7)], token="another")
        assert verify(here / "lake", here / "state.db").problems == [], moment
        moment += 1
    assert moment > 10


def test_two_processes_that_publish_the_same_days_lose_nothing(lake, state):
    both = [start(lake, state, "run", 0, 40), start(lake, state, "run", 20, 60), start(lake, state, "other", 40, 80)]
    for process in both:
        finish(process)
    assert count(lake, "articles") == 80
    assert verify(lake, state).problems == []


def test_two_processes_that_publish_rows_of_the_same_day_lose_nothing(lake, state):
    put(lake, state, [numbered(1)])
    code = (
        "import sys; from datetime import date; from pathlib import Path; import pyarrow as pa\n"
        "from flows.publish.rows import publish_rows; from transforms.tables import SOURCE_HEALTH\n"
        "day, schema = date(2024, 12, 1), SOURCE_HEALTH.schema\n"
        "for number in range(15):\n"
        "    row = {name: 0 for name in schema.names} | {'source': f'{sys.argv[2]}{number}', 'day': day}\n"
        "    publish_rows(Path(sys.argv[1]), SOURCE_HEALTH, pa.Table.from_pylist([row], schema=schema), day)"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, str(lake), name]) for name in "ab"]
    assert [process.wait(60) for process in both] == [0, 0]
    assert len(pd.read_parquet(lake / "source_health")) == 30


def test_a_busy_lake_names_its_holder_and_the_cure(lake, state, tree):
    put(lake, state, [numbered(1)])
    before = tree(lake)
    (lake / "_locks/publish.json").write_text(
        '{"run": "r7", "pid": 17, "host": "desk", "since": "2026-11-22T10:00:00+00:00"}'
    )
    with FileLock(lake / "_locks/publish.lock", thread_local=False), pytest.raises(LakeBusy) as busy:
        in_another_thread(lambda: put_quickly(lake, state))
    message = str(busy.value)
    assert re.search(r"run r7, process 17 on desk, since 2026-11-22T10:00:00 UTC.*no progress for 1 s", message)
    assert "lock_timeout_seconds" in message
    assert tree(lake) == before


def test_a_busy_partition_is_named(lake, state):
    put(lake, state, [numbered(1)])
    held = [FileLock(lake / f"_locks/partition-{number:02d}.lock", thread_local=False) for number in range(64)]
    for lock in held:
        lock.acquire()
    row = {field.name: 0 for field in SOURCE_HEALTH.schema} | {"source": "a", "day": DAY}
    rows = pa.Table.from_pylist([row], schema=SOURCE_HEALTH.schema)
    with pytest.raises(LakeBusy, match=r"source_health/date=2024-12-01/.*waited 0\.2 s"):
        in_another_thread(lambda: publish_rows(lake, SOURCE_HEALTH, rows, DAY, lock_timeout_seconds=0.2))
    for lock in held:
        lock.release()
    assert not (lake / "source_health").exists()


def put_quickly(lake, state):
    from newsroom import combine, shards

    from flows.publish.index import LakeIndex
    from flows.publish.publish import publish
    from flows.publish.staging import write_batch

    with Staging.open(lake, "quick") as staging, LakeIndex(state, lake) as index:
        write_batch(staging.folder, "b", shards([numbered(2)]))
        publish(staging, index, combine, lock_timeout_seconds=1)


def in_another_thread(work):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


class NoRoom:
    """Works like the worker processes do, but no file may grow beyond a few kilobytes."""

    def map(self, function, items, *, name):  # noqa: ARG002
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, hard))
        try:
            yield from map(function, items)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_without_room_for_the_new_files_the_lake_stays_as_it_was(lake, state, tree):
    put(lake, state, [numbered(number) for number in range(10)])
    before = tree(lake)
    with pytest.raises(LakeProblem, match="file too large; raise the limit for file sizes"):
        put(lake, state, [numbered(number) for number in range(200)], mapper=NoRoom())
    assert tree(lake) == before
    put(lake, state, [numbered(number) for number in range(200)])
    assert count(lake, "articles") == 200
    assert verify(lake, state).problems == []


@pytest.mark.parametrize("table", ["sentences", "articles"])
def test_a_full_disk_at_any_table_leaves_the_lake_as_it_was(lake, state, tree, monkeypatch, table):
    put(lake, state, [numbered(1)])
    before = tree(lake)

    def full(number):
        if f"_drafts/{table}-" in str(Path(f"/proc/self/fd/{number}").readlink()):
            raise OSError(errno.ENOSPC, "No space left on device", str(lake / table))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LakeProblem, match=f"{table}: no space left on device; free some space.*finished work is kept"):
        put(lake, state, [numbered(1), numbered(2)])
    assert tree(lake) == before
    monkeypatch.undo()
    with Staging.open(lake, "run") as staging:
        assert staging.finished == {"0000"}
    put(lake, state, [numbered(1), numbered(2)])
    assert count(lake, "articles") == 2


@pytest.fixture
def somebody():
    """A user who may not write everywhere; root becomes one for a while."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    yield
    if is_root:
        os.seteuid(0)


@pytest.fixture
def open_folder():
    """A folder whose parents everybody may look into."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def test_without_permission_the_lake_stays_as_it_was(open_folder, tree, request):
    lake = open_folder / "lake"
    put(lake, open_folder / "mine.db", [numbered(1)])
    before = tree(lake)
    folders = [lake, *(path for path in lake.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    request.getfixturevalue("somebody")
    with pytest.raises(LakeProblem, match=f"{lake}/.*permission denied; let this user write there"):
        put(lake, open_folder / "theirs.db", [numbered(2)])
    assert tree(lake) == before
    assert verify(lake, open_folder / "theirs.db").problems == []  # reading is all it takes
