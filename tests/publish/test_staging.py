import os
import subprocess
import sys
import time

import pyarrow.parquet as pq
import pytest
from newsroom import numbered, put, shards

from flows.publish.staging import Staging, interrupted, is_live, write_batch
from flows.publish.verify import verify

HOLD = "import sys, time; from pathlib import Path; from flows.publish.staging import Staging; "
HOLD += "s = Staging.open(Path(sys.argv[1]), 'run'); print(s.token, flush=True); time.sleep(60)"


@pytest.fixture
def other_process(lake):
    """Another process that holds the staging `run`."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(lake)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "run\n"
    yield process
    process.kill()
    process.wait()


def test_a_live_run_keeps_its_staging_and_a_dead_one_leaves_it(lake, other_process):
    with Staging.open(lake, "run") as second:
        assert second.token == "run-2"
        write_batch(second.folder, "b", shards([numbered(1)]))
    assert is_live(lake, "run")
    other_process.kill()
    other_process.wait()
    with Staging.open(lake, "run") as heir:
        assert (heir.token, heir.finished) == ("run", frozenset())
    with Staging.open(lake, "run-2") as again:
        assert again.finished == {"b"}


def test_a_forked_child_does_not_keep_the_staging_of_its_dead_parent(lake):
    code = HOLD.replace("time.sleep(60)", "import os; pid = os.fork(); os.write(1, b'%d\\n' % pid); time.sleep(60)")
    parent = subprocess.Popen([sys.executable, "-c", code, str(lake)], stdout=subprocess.PIPE, text=True)
    lines = {parent.stdout.readline() for _ in range(3)}
    child = max(int(line) for line in lines if line.strip().isdigit())
    try:
        parent.kill()
        parent.wait()
        assert not is_live(lake, "run")
    finally:
        os.kill(child, 9)


def test_a_batch_is_there_when_it_is_whole(lake, monkeypatch):
    with Staging.open(lake, "run") as staging:
        real = pq.write_table

        def dies_at_sentences(rows, *args, **options):
            if "paragraph" in rows.schema.names:
                raise RuntimeError("killed")
            real(rows, *args, **options)

        monkeypatch.setattr(pq, "write_table", dies_at_sentences)
        with pytest.raises(RuntimeError):
            write_batch(staging.folder, "b", shards([numbered(1)]))
        assert staging.finished == set()
        monkeypatch.undo()
        assert write_batch(staging.folder, "b", shards([numbered(1)]))["sentences"] == 3
        assert staging.finished == {"b"}
        write_batch(staging.folder, "b", shards([numbered(1)]))  # by a second worker: the first one counts
        assert sorted(path.name for path in staging.folder.iterdir()) == ["b"]


def test_leftovers_of_a_killed_worker_go_away(lake):
    with Staging.open(lake, "run") as staging:
        (staging.folder / "b.tmp-17-abc").mkdir()
        assert staging.finished == set()
    with Staging.open(lake, "run") as staging:
        assert list(staging.folder.iterdir()) == []


def test_old_work_of_dead_runs_is_discarded_and_young_work_is_kept(lake):
    for token, age in (("old", 8), ("young", 6)):
        with Staging.open(lake, token) as staging:
            write_batch(staging.folder, "b", shards([numbered(1)]))
        then = time.time() - age * 86_400
        for path in (staging.folder, *staging.folder.rglob("*")):
            os.utime(path, (then, then))
    with Staging.open(lake, "now", keep_days=7):
        assert sorted(path.name for path in (lake / "_staging").iterdir()) == ["now", "young"]


def test_a_half_published_run_is_finished_by_the_next_of_any_kind(lake, state):
    with Staging.open(lake, "first") as staging:
        write_batch(staging.folder, "b", shards([numbered(1)]))
        staging.begin_publishing([])
    assert "the next run of any kind finishes it" in " ".join(verify(lake, state).notes)
    put(lake, state, [numbered(2)], token="second")
    assert pq.read_table(lake / "articles").num_rows == 2
    assert list(interrupted(lake)) == []


def test_the_same_input_twice_in_a_batch_is_our_mistake(lake):
    with Staging.open(lake, "run") as staging, pytest.raises(Exception, match="has 2 outcomes"):
        write_batch(staging.folder, "b", shards([numbered(1), numbered(1)]))
