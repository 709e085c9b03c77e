"""Verify finds each kind of damage: every case does one harm to a lake that is right, and says what must be found."""

import shutil
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from newsroom import DAY, numbered, put

from flows.publish.index import LakeIndex
from flows.publish.problems import LakeProblem, NewerLake
from flows.publish.rows import publish_rows
from flows.publish.verify import verify
from transforms.tables import RUNS, SOURCE_HEALTH, TABLES

FIRST = "date=2024-12-01"


def run(**changes):
    row = {
        "run_id": "r", "stage": "extract", "started_at": datetime(2024, 12, 1, tzinfo=UTC), "seconds": 1.0,
        "came_in": 5, "went_out": 3, "rejected": 1, "unchanged": 1, "code_version": "1", "rules_version": "1",
    }  # fmt: skip
    return pa.Table.from_pylist([row | changes], schema=RUNS.schema)


def health(**changes):
    row = dict.fromkeys(SOURCE_HEALTH.schema.names, 0) | {
        "source": "a",
        "day": DAY,
        "seen": 1,
        "published": 1,
        "new": 1,
    }
    return pa.Table.from_pylist([row | changes], schema=SOURCE_HEALTH.schema)


@pytest.fixture
def lake(lake, state):
    copy = numbered(1, url="https://copy.example/1", canonical_url=numbered(1).url)
    put(lake, state, [numbered(number) for number in range(14)], [copy, numbered(50, reason="paywall")])
    publish_rows(lake, RUNS, run(), DAY)
    publish_rows(lake, SOURCE_HEALTH, health(), DAY)
    return lake


def file_of(lake, table, folder=FIRST):
    return lake / table / folder / f"{table}.parquet" if folder else lake / table / f"{table}.parquet"


def rewrite(lake, table, change, folder=FIRST, **options):
    file = file_of(lake, table, folder)
    pq.write_table(change(pq.ParquetFile(file).read()), file, **options)


def with_values(rows, name, change):
    """The rows with other values in one column."""
    place = rows.schema.names.index(name)
    values = pa.array(change(rows[name].to_pylist()), rows.schema.field(name).type)
    return rows.set_column(place, rows.schema.field(name), values)


def first(value):
    return lambda values: [value, *values[1:]]


def all_to(value):
    return lambda values: [value] * len(values)


def change(table, name, values, folder=FIRST):
    return lambda lake: rewrite(lake, table, lambda rows: with_values(rows, name, values), folder)


def write(path, content=b"?"):
    def damage(lake):
        (lake / path).parent.mkdir(parents=True, exist_ok=True)
        (lake / path).write_bytes(content)

    return damage


def flip_a_byte(lake):
    content = bytearray(file_of(lake, "articles").read_bytes())
    content[len(content) // 4] ^= 0xFF
    file_of(lake, "articles").write_bytes(content)


def copy_day(table):
    return lambda lake: shutil.copytree(lake / table / FIRST, lake / table / "date=2024-11-30")


def remove_day(table):
    return lambda lake: shutil.rmtree(lake / table / FIRST)


def reverse(table):
    return lambda lake: rewrite(lake, table, lambda rows: rows.take(list(range(len(rows)))[::-1]))


def repeat_a_row(table):
    return lambda lake: rewrite(lake, table, lambda rows: pa.concat_tables([rows.slice(0, 1), rows]))


REJECTS = "date=2024-12-09"
DAMAGE = {
    "a file that is none": (write(f"sentences/{FIRST}/sentences.parquet"), "cannot be read"),
    "a flipped byte": (flip_a_byte, f"articles/{FIRST}/articles.parquet: cannot be read"),
    "a second file in a partition": (
        write(f"claims/{FIRST}/part-0.parquet"),
        f"claims/{FIRST}/part-0.parquet: not a file of ours",
    ),
    "a file beside the partitions": (
        write("articles/articles.parquet"),
        "articles/articles.parquet: not a file of ours",
    ),
    "a folder that is no day": (
        lambda lake: shutil.copytree(lake / "articles" / FIRST, lake / "articles/date=2024-13-01"),
        "articles/date=2024-13-01/articles.parquet: not a file of ours",
    ),
    "buckets in a lake without": (
        lambda lake: shutil.copytree(lake / "articles" / FIRST, lake / f"articles/{FIRST}/bucket=00"),
        "the lake has buckets = 0",
    ),
    "a column of another type": (
        lambda lake: rewrite(
            lake,
            "quantities",
            lambda rows: rows.set_column(5, "value", rows["value"].cast(pa.float32())),
        ),
        "its columns are",
    ),
    "a column too few": (
        lambda lake: rewrite(lake, "articles", lambda rows: rows.drop_columns(["license"])),
        "its columns",
    ),
    "no metadata": (
        lambda lake: rewrite(
            lake, "articles", lambda rows: rows.replace_schema_metadata({"copydesk.table": "articles"})
        ),
        "its metadata has no schema version",
    ),
    "another table's file": (
        lambda lake: shutil.copy(file_of(lake, "sentences"), file_of(lake, "quantities")),
        "its metadata does not name the table",
    ),
    "a newer file": (
        lambda lake: rewrite(
            lake,
            "articles",
            lambda rows: rows.replace_schema_metadata({"copydesk.table": "articles", "copydesk.schema_version": "9"}),
        ),
        "newer than ours",
    ),
    "a description that changed": (
        lambda lake: rewrite(
            lake, "articles", lambda rows: rows.replace_schema_metadata({**rows.schema.metadata, b"description": b"?"})
        ),
        "the descriptions of its columns are not those",
    ),
    "a value that is not allowed": (change("sentences", "kind", first("poem")), "not allowed: poem"),
    "rows out of order": (reverse("sentences"), "rows are not sorted by key, from row 0 on"),
    "rows out of order between row groups": (
        lambda lake: rewrite(lake, "sentences", lambda rows: rows.take(list(range(len(rows)))[::-1]), row_group_size=1),
        "rows are not sorted by key",
    ),
    "a row twice": (repeat_a_row("sentences"), "1 rows repeat the key article_id, version, start, end"),
    "an article in two partitions": (copy_day("articles"), "is there more than once"),
    "an article filed under another day": (copy_day("articles"), "belongs to 2024-12-01, not to 2024-11-30"),
    "a reject in two partitions": (
        lambda lake: shutil.copytree(lake / "rejects" / REJECTS, lake / "rejects/date=2024-12-10"),
        "has more than one outcome",
    ),
    "a reject filed under another day": (
        lambda lake: (lake / "rejects" / REJECTS).rename(lake / "rejects/date=2024-12-10"),
        "belongs to 2024-12-09, not to 2024-12-10",
    ),
    "an input that is article and reject": (
        change("rejects", "input_id", lambda values: sorted([numbered(3).input_id, values[1]]), REJECTS),
        f"input {numbered(3).input_id} has more than one outcome",
    ),
    "rows without their article": (remove_day("articles"), "rows without their article in this partition"),
    "rows in another partition than their article": (copy_day("sentences"), "rows without their article"),
    "a text that was touched": (
        change("articles", "text", first("Something else.")),
        "text_sha256 is not that of its text",
    ),
    "a version that was touched": (change("articles", "version", all_to("00000000")), "version should be"),
    "an article_id that was touched": (change("articles", "article_id", first("0" * 16)), "article_id should be"),
    "a span with other words": (change("sentences", "text", lambda v: [v[0][::-1], *v[1:]]), "but the text has"),
    "a span that moved": (
        lambda lake: rewrite(
            lake,
            "quantities",
            lambda rows: with_values(
                with_values(rows, "start", lambda v: [x + 1 for x in v]), "end", lambda v: [x + 1 for x in v]
            ),
        ),
        "but the text has",
    ),
    "a span beyond the text": (
        lambda lake: rewrite(
            lake,
            "quantities",
            lambda rows: with_values(
                with_values(rows, "start", lambda v: [x + 900 for x in v]), "end", lambda v: [x + 900 for x in v]
            ),
        ),
        "outside the text",
    ),
    "an article that a duplicate repeats is gone": (
        lambda lake: [shutil.rmtree(folder) for folder in lake.glob("*/date=2024-12-02")],
        "which is not in the lake",
    ),
    "a reject without its reason": (
        change("rejects", "reason", all_to("paywall"), REJECTS),
        "reason paywall and duplicate_of",
    ),
    "a lost input": (
        lambda lake: [shutil.rmtree(folder) for folder in lake.glob("*/date=2024-12-05")],
        f"input {numbered(4).input_id} (https://harbour.example/4) came in and has no outcome",
    ),
    "a run that does not add up": (
        change("runs", "went_out", all_to(9)),
        "run r, extract: 5 came in, but 11 have an outcome",
    ),
    "a source that does not add up": (change("source_health", "seen", all_to(4)), "a 2024-12-01: 4 seen, but 1"),
    "a source whose articles are neither": (
        change("source_health", "new", all_to(3)),
        "a 2024-12-01: 1 published, but 3 new and 0 changed",
    ),
}


def test_a_lake_that_is_right_has_no_problems(lake, state):
    report = verify(lake, state, lambda *_: None)
    assert report.problems == []
    assert report.checked["articles"] == 14
    assert report.checked["spans"] == 14 * 4
    assert report.checked["inputs"] == report.checked["articles"] + report.checked["rejects"] == 16
    assert report.checked["archive records"] == 16


@pytest.mark.parametrize(("damage", "found"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_found(lake, state, damage, found):
    damage(lake)
    problems = verify(lake, state).problems
    assert any(found in problem for problem in problems), problems


def test_the_archive_is_asked_for_every_record(lake, state):
    def check(_file, _offset, raw_sha256):
        return "the hash differs" if raw_sha256 == numbered(3).raw_sha256 else None

    (problem,) = verify(lake, state, check).problems
    assert problem == "articles/date=2024-12-04/articles.parquet: archive, 2024/a.warc.gz at 0: the hash differs"


def test_an_entity_that_is_missing_is_named(lake, state):
    mention = {
        "article_id": numbered(0).owner[0], "version": numbered(0).owner[1], "start": 0, "end": 4, "text": "Rain",
        "label": "PER", "entity_id": "person:rain",
    }  # fmt: skip
    schema = TABLES["mentions"].schema
    rows = pa.Table.from_pylist([{name: mention.get(name) for name in schema.names}], schema=schema)
    pq.write_table(rows, file_of(lake, "mentions"))
    assert verify(lake, state).problems == ["entity person:rain is referred to and is not in `entities`"]


def test_a_bucket_with_rows_of_another_is_found(tmp_path, state):
    lake = tmp_path / "buckets"
    put(lake, state, [numbered(number) for number in range(30)], buckets=2)
    folder = lake / "sentences" / FIRST
    (folder / "bucket=00").rename(folder / "bucket=02")
    assert any("belongs into bucket 0" in problem for problem in verify(lake, state).problems)


def test_many_problems_of_a_kind_are_summed_up(lake, state):
    for day in lake.glob("sentences/date=*"):
        rewrite(lake, "sentences", lambda rows: with_values(rows, "text", lambda v: [x[::-1] for x in v]), day.name)
    problems = verify(lake, state).problems
    assert "… and 1 more of this kind" in problems[5]
    assert len(problems) == 7 * 6


def test_inputs_of_a_run_that_is_working_are_not_missed_yet(lake, state):
    from flows.publish.staging import Staging

    with LakeIndex(state, lake) as index:
        index.register([("f" * 16, "https://a.example/new")], "now")
    with Staging.open(lake, "now"):
        report = verify(lake, state)
    assert report.problems == []
    assert "1 inputs have no outcome yet; a run is working now" in report.notes
    assert len(verify(lake, state).problems) == 1


def test_no_lake_and_a_newer_lake_are_refused(lake, state, tmp_path):
    with pytest.raises(LakeProblem, match=r"is not a lake: it has no _layout\.json"):
        verify(tmp_path / "nowhere", state)
    (lake / "_layout.json").write_text('{"schema_version": 7, "buckets": 0}')
    with pytest.raises(NewerLake):
        verify(lake, state)
