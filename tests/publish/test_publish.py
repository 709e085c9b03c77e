import json
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from newsroom import DAY, Story, combine, numbered, put, shards

from flows.publish import staging as staging_module
from flows.publish.index import LakeIndex
from flows.publish.problems import DamagedLake, NewerLake, OtherLayout, WrongRows
from flows.publish.publish import publish
from flows.publish.rows import publish_rows
from flows.publish.staging import Staging, write_batch
from flows.publish.verify import verify
from transforms.tables import ARTICLES, RUNS, SENTENCES, TABLES

STORIES = [numbered(number) for number in range(25)]


def rows(lake, table):
    return pd.read_parquet(lake / table)


def test_all_readers_see_the_same_rows(lake, state):
    put(lake, state, STORIES[:10], STORIES[10:])
    with_pandas = rows(lake, "sentences").astype({"date": str}).sort_values(["article_id", "start"])
    with_duckdb = duckdb.sql(f"from read_parquet('{lake}/sentences/**/*.parquet') order by article_id, start").df()
    with_polars = pl.read_parquet(lake / "sentences").sort("article_id", "start")
    assert len(with_pandas) == 75
    for name in ("article_id", "start", "end", "text"):
        assert with_pandas[name].tolist() == with_duckdb[name].tolist() == with_polars[name].to_list()
    days = [str(day)[:10] for day in with_duckdb["date"]]
    assert with_pandas["date"].tolist() == days == [str(day) for day in with_polars["date"]]


def test_publishing_twice_is_publishing_once(lake, state, tree):
    put(lake, state, STORIES[:10], STORIES[10:])
    before = tree(lake)
    changed_at = {file: file.stat().st_mtime_ns for file in lake.rglob("*.parquet")}
    again = put(lake, state, STORIES[:10], STORIES[10:])
    assert tree(lake) == before
    assert {file: file.stat().st_mtime_ns for file in lake.rglob("*.parquet")} == changed_at
    assert (again.published, again.files_written, again.files_removed, again.rows) == (25, 0, 0, {})


def test_the_order_of_runs_and_batches_does_not_show_in_the_bytes(lake, state, tmp_path, tree):
    put(lake, state, STORIES)
    for batch in (STORIES[20:], STORIES[5:20][::-1], STORIES[:5]):
        put(tmp_path / "other", state, *([story] for story in batch))
    assert tree(lake) == tree(tmp_path / "other")


def test_more_shards_than_files_we_may_open_give_the_same_bytes(lake, state, tmp_path, tree, monkeypatch):
    monkeypatch.setattr("flows.publish.groups._FAN_IN", 3)
    put(lake, state, *([story] for story in STORIES))
    put(tmp_path / "other", state, STORIES)
    assert tree(lake) == tree(tmp_path / "other")


def test_every_table_has_a_file_once_something_was_published(lake, state):
    put(lake, state, [Story("https://a.example/1", reason="no_text")])
    for name in TABLES.keys() - {"runs", "source_health"}:
        assert len(rows(lake, name)) == (name == "rejects"), name
    put(lake, state, [numbered(1)])
    assert len(rows(lake, "articles")) == 1


def test_two_inputs_with_one_article_are_an_article_and_a_reject(lake, state):
    first = numbered(1)
    copy = replace(first, url="https://copy.example/1", canonical_url=first.url)
    done = put(lake, state, [copy, first, numbered(2)])
    assert (done.published, done.rejected) == (2, {"duplicate": 1})
    (reject,) = rows(lake, "rejects").to_dict("records")
    assert reject["duplicate_of"] == "/".join(first.owner)
    assert len(rows(lake, "sentences")) == 6
    assert verify(lake, state).problems == []


def test_a_copy_filed_under_another_day_brings_no_rows_along(lake, state):
    put(lake, state, [numbered(1)])
    copy = replace(numbered(1), url="https://copy.example/1", canonical_url=numbered(1).url, day=date(2024, 11, 1))
    put(lake, state, [copy])
    assert set(rows(lake, "sentences")["date"].astype(str)) == {"2024-12-02"}
    assert verify(lake, state).problems == []


NEW_RULES = {
    "the text is cleaned better": {"words": "Rain fell. Nobody was hurt."},
    "the day was wrong": {"day": DAY + timedelta(days=5)},
    "it is no article": {"reason": "index_page"},
    "only the rules differ": {},
}


@pytest.mark.parametrize("change", NEW_RULES.values(), ids=NEW_RULES)
def test_new_rules_leave_nothing_of_the_old(lake, state, tmp_path, tree, change):
    before = [numbered(number) for number in range(8)]
    after = [replace(story, rules="2", **change) for story in before[:1]] + before[1:]
    put(lake, state, before)
    put(lake, state, after[:1])
    assert verify(lake, state).problems == []
    put(tmp_path / "fresh", state, after)
    placeholder = {path for path in tree(lake) if "/date=" in path and not pq.read_metadata(lake / path).num_rows}
    left = {path: content for path, content in tree(lake).items() if path not in placeholder and "entities" not in path}
    fresh = tree(tmp_path / "fresh")
    assert left == {path: content for path, content in fresh.items() if path in left}
    assert len(rows(lake, "articles")) == len(rows(tmp_path / "fresh", "articles"))


def test_a_reject_that_becomes_an_article_leaves_rejects(lake, state):
    put(lake, state, [numbered(1, reason="no_text"), numbered(2, reason="no_text")])
    put(lake, state, [numbered(1, rules="2")])
    assert rows(lake, "rejects")["input_id"].tolist() == [numbered(2).input_id]
    put(lake, state, [numbered(2, rules="2")])
    assert len(rows(lake, "rejects")) == 0  # the file stays, so that readers find the table
    assert verify(lake, state).problems == []


def test_a_partition_that_has_become_empty_is_gone(lake, state):
    put(lake, state, [numbered(1), numbered(2)])
    put(lake, state, [numbered(1, day=numbered(2).day, rules="2")])
    assert [folder.name for folder in (lake / "articles").iterdir()] == ["date=2024-12-03"]
    assert [folder.name for folder in (lake / "quantities").iterdir()] == ["date=2024-12-03"]


def test_buckets_hold_the_same_rows_in_more_files(lake, state, tmp_path):
    put(lake, state, STORIES, buckets=3)
    put(lake, state, STORIES[:5], buckets=3)
    put(tmp_path / "plain", state, STORIES)
    assert (lake / "articles/date=2024-12-01").is_dir()
    assert {folder.name for folder in (lake / "articles/date=2024-12-01").iterdir()} <= {
        f"bucket=0{n}" for n in range(3)
    }
    for name in ("articles", "sentences"):
        columns = list(TABLES[name].key)
        found = rows(lake, name)[columns].sort_values(columns).values.tolist()
        assert found == rows(tmp_path / "plain", name)[columns].sort_values(columns).values.tolist()
    assert verify(lake, state).problems == []


def test_another_number_of_buckets_is_refused(lake, state, tree):
    put(lake, state, STORIES[:2])
    before = tree(lake)
    with pytest.raises(OtherLayout, match="buckets = 0, but the settings say buckets = 4; set it to 0"):
        put(lake, state, STORIES, buckets=4)
    assert tree(lake) == before


def test_a_lake_of_a_newer_schema_is_left_alone(lake, state, tree):
    put(lake, state, STORIES[:2])
    (lake / "_layout.json").write_text(json.dumps({"schema_version": 99, "buckets": 0}))
    before = tree(lake)
    with pytest.raises(NewerLake, match=r"schema version 99.*Install the newer copydesk"):
        put(lake, state, STORIES)
    assert tree(lake) == before
    assert not list((lake / "_staging").iterdir())


def test_a_file_of_a_newer_schema_is_left_alone_though_the_layout_says_nothing(lake, state, tree):
    put(lake, state, STORIES[:2])
    file = next(lake.glob("sentences/date=*/sentences.parquet"))
    table = pq.read_table(file, partitioning=None)
    pq.write_table(table.replace_schema_metadata({"copydesk.schema_version": "99"}), file)
    before = tree(lake)
    with pytest.raises(NewerLake, match=r"sentences\.parquet was written with schema version 99"):
        put(lake, state, STORIES)
    assert tree(lake) == before


def test_a_lake_of_an_older_schema_is_written_anew_with_the_new_columns_null(lake, state):
    put(lake, state, STORIES[:8])
    file = lake / "articles/date=2024-12-01/articles.parquet"
    old = pq.read_table(file, partitioning=None).drop_columns(["license"])
    pq.write_table(old.replace_schema_metadata({"copydesk.table": "articles", "copydesk.schema_version": "0"}), file)
    (lake / "_layout.json").write_text(json.dumps({"schema_version": 0, "buckets": 0}))
    put(lake, state, STORIES)
    assert pq.read_schema(file).equals(ARTICLES.schema)
    assert len(rows(lake, "articles")) == 25
    assert verify(lake, state).problems == []


def test_a_damaged_file_stops_publishing_and_says_what_to_do(lake, state, tree):
    put(lake, state, STORIES[:2])
    next(lake.glob("sentences/date=*/sentences.parquet")).write_bytes(b"PAR1 not really")
    before = tree(lake)
    with pytest.raises(DamagedLake, match=r"not a readable Parquet file.*copydesk reprocess"):
        put(lake, state, STORIES)
    assert tree(lake) == before


def test_wrong_rows_are_our_mistake_and_are_not_staged(lake):
    wrong = dict(shards([numbered(1)]))
    wrong["sentences"] = wrong["sentences"].set_column(
        2, SENTENCES.schema.field("start"), pa.array([0, 3, 9], pa.int32())
    )
    with Staging.open(lake, "run") as staging:
        with pytest.raises(WrongRows, match=r"batch b is not written: sentences: \d rows whose `text` is not as long"):
            write_batch(staging.folder, "b", wrong)
        assert staging.finished == set()


def test_a_file_replaced_behind_our_back_is_merged_again(lake, state, monkeypatch):
    put(lake, state, STORIES[:7])
    begin, meddled = staging_module.Staging.begin_publishing, []

    def meddle(staging, drops):
        begin(staging, drops)
        if not meddled:
            meddled.append(True)
            other = lake / "articles/date=2024-12-01/articles.parquet"
            other.write_bytes(other.read_bytes())

    monkeypatch.setattr(staging_module.Staging, "begin_publishing", meddle)
    put(lake, state, STORIES)
    assert len(rows(lake, "articles")) == 25
    assert verify(lake, state).problems == []


def run_rows(run_id, came_in):
    started = pd.Timestamp("2024-12-09T10:00:00Z").to_pydatetime()
    row = {
        "run_id": run_id, "stage": "extract", "started_at": started, "seconds": 1.0, "came_in": came_in,
        "went_out": came_in, "rejected": 0, "unchanged": 0, "code_version": "1", "rules_version": "1",
    }  # fmt: skip
    return pa.Table.from_pylist([row, {**row, "stage": "collect"}], schema=RUNS.schema)


def test_rows_of_no_article_take_the_place_of_their_owners_rows(lake, state):
    put(lake, state, STORIES[:1])
    assert publish_rows(lake, RUNS, run_rows("a", 5), DAY) == 1
    assert publish_rows(lake, RUNS, run_rows("b", 6), DAY) == 1
    assert publish_rows(lake, RUNS, run_rows("a", 7), [DAY, DAY]) == 1
    assert publish_rows(lake, RUNS, run_rows("a", 7), DAY) == 0
    found = rows(lake, "runs")[["run_id", "stage", "came_in"]].values.tolist()
    assert found == [["a", "collect", 7], ["a", "extract", 7], ["b", "collect", 6], ["b", "extract", 6]]
    assert not list((lake / "_staging").iterdir())


def test_source_health_is_counted_anew_each_time(lake, state):
    put(lake, state, [*STORIES[:3], numbered(90, reason="paywall"), numbered(91, reason="failed")])
    put(lake, state, [numbered(90, rules="2")])
    with LakeIndex(state, lake) as index:
        index.refresh()
        (row,) = index.source_health({"harbour_post": 40}).to_pylist()
    assert row == {
        "source": "harbour_post", "day": date(2024, 12, 9), "expected_at_least": 40, "seen": 5, "published": 4,
        "new": 4, "changed": 0, "unchanged": 0, "duplicate": 0, "empty": 0, "too_short": 0, "consent_wall": 0,
        "paywall": 0, "blocked": 0, "gone": 0, "errors": 1, "median_delay_seconds": None,
    }  # fmt: skip


def test_nothing_staged_changes_nothing(lake, state, tree):
    put(lake, state, STORIES[:2])
    before = tree(lake)
    assert put(lake, state).published == 0
    assert tree(lake) == before


def test_publish_with_worker_processes_gives_the_same_bytes(lake, state, tmp_path, tree):
    from flows.mapper import ProcessMapper

    put(tmp_path / "other", state, STORIES)
    with Staging.open(lake, "run") as staging, LakeIndex(state, lake) as index:
        write_batch(staging.folder, "0", shards(STORIES))
        with ProcessMapper(2, preload="flows.publish.groups") as mapper:
            publish(staging, index, combine, mapper)
    assert tree(lake) == tree(tmp_path / "other")
