import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from flows.collect.archive.archive import Archive
from flows.collect.collect import UnknownInput
from flows.publish.verify import verify
from flows.receipt import Receipt
from flows.settings import Settings

type Ingest = Callable[..., Receipt]
type Reprocess = Callable[..., Receipt]

BRIDGE = """Bridge over the Neretva reopens after flood

MOSTAR — A road bridge closed since Tuesday's flood reopened to light traffic on Friday, engineers said.

More than 40 lorries had queued for two days on the southern bank. Repairs cost about 1.2 million euros.
"""
HARBOUR = """Harbour cranes stand still in Gdansk

Crane operators in Gdansk walked off the job on Monday, the port authority said. At least 19 ships were waiting
outside the harbour by the evening, and the union spoke of a strike of three weeks.
"""


def files_of(lake: Path) -> dict[str, str]:
    return {
        str(file.relative_to(lake)): sha256(file.read_bytes()).hexdigest() for file in sorted(lake.rglob("*.parquet"))
    }


def assert_right(settings: Settings) -> None:
    storage = settings.storage
    report = verify(storage.lake, storage.state, Archive(storage.raw, storage.state).check)
    assert report.problems == []


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE)
    (folder / "harbour.txt").write_text(HARBOUR)
    return folder


def test_what_came_in_is_published_or_rejected_with_its_reason(ingest: Ingest, settings: Settings, inbox: Path) -> None:
    (inbox / "empty.txt").touch()
    (inbox / "photo.html").write_bytes(bytes(range(256)) * 400)
    receipt = ingest(settings, inbox)
    assert (receipt.came_in, receipt.published) == (4, 2)
    assert receipt.rejected == {"empty": 1, "not_text": 1}
    assert all(note.detail for note in receipt.rejects)
    assert_right(settings)


def test_rows_quote_the_article(ingest: Ingest, settings: Settings, inbox: Path) -> None:
    ingest(settings, inbox)
    lake = settings.storage.lake
    for table in ("sentences", "quantities", "dates", "mentions"):
        rows = duckdb.sql(
            f"select count(*), count(*) filter (where a.text[t.start + 1 : t.end] = t.text) "
            f"from '{lake}/{table}/*/*.parquet' t join '{lake}/articles/*/*.parquet' a using (article_id, version)"
        ).fetchall()
        assert rows[0][0] == rows[0][1] > 0, table


def test_running_twice_is_running_once(ingest: Ingest, settings: Settings, inbox: Path) -> None:
    ingest(settings, inbox)
    before = files_of(settings.storage.lake)
    receipt = ingest(settings, inbox)
    assert (receipt.came_in, receipt.published, receipt.unchanged) == (2, 0, 2)
    assert files_of(settings.storage.lake) == before


def test_another_lake_from_the_same_archive_has_the_same_bytes(
    ingest: Ingest, settings: Settings, inbox: Path, tmp_path: Path
) -> None:
    ingest(settings, inbox)
    other = settings.with_lake(tmp_path / "other")
    ingest(other, inbox)
    first, second = files_of(settings.storage.lake), files_of(other.storage.lake)
    assert {name: digest for name, digest in first.items() if not name.startswith("runs/")} == {
        name: digest for name, digest in second.items() if not name.startswith("runs/")
    }


def test_a_lake_that_was_deleted_is_made_again(ingest: Ingest, settings: Settings, inbox: Path) -> None:
    ingest(settings, inbox)
    shutil.rmtree(settings.storage.lake)
    assert ingest(settings, inbox).published == 2
    assert_right(settings)


def test_the_same_text_twice_is_one_article_and_one_reject(ingest: Ingest, settings: Settings, inbox: Path) -> None:
    (inbox / "copy.txt").write_text(BRIDGE)
    receipt = ingest(settings, inbox)
    assert (receipt.published, receipt.rejected) == (2, {"duplicate": 1})
    assert_right(settings)
    assert ingest(settings, inbox).unchanged == 3


def test_a_bad_line_costs_only_itself(ingest: Ingest, settings: Settings, tmp_path: Path) -> None:
    story = {"text": HARBOUR, "title": "Harbour cranes stand still", "published_at": "2026-03-03T18:00:00Z"}
    file = tmp_path / "stories.jsonl"
    file.write_text(f"{json.dumps(story)}\n{{not json\n")
    receipt = ingest(settings, file)
    assert (receipt.published, receipt.rejected) == (1, {"not_json": 1})
    assert receipt.rejects[0].url.endswith("stories.jsonl#line=2")
    assert (settings.storage.lake / "articles" / "date=2026-03-03" / "articles.parquet").is_file()


def test_nothing_is_done_for_an_input_that_does_not_exist(ingest: Ingest, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(UnknownInput, match="nowhere"):
        ingest(settings, tmp_path / "nowhere")
    assert not settings.storage.lake.exists()


def test_a_missing_path_among_others_is_a_reject(
    ingest: Ingest, settings: Settings, inbox: Path, tmp_path: Path
) -> None:
    receipt = ingest(settings, inbox, tmp_path / "nowhere")
    assert (receipt.published, receipt.rejected) == (2, {"missing_path": 1})
    assert_right(settings)


def test_one_story_that_fails_costs_only_itself(
    ingest: Ingest, settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import flows.batch

    whole = flows.batch.find

    def find(stories: list[flows.batch.Story], model: object) -> object:
        if any("Gdansk" in story.text for story in stories):
            raise ZeroDivisionError("planted")
        return whole(stories, model)

    monkeypatch.setattr(flows.batch, "find", find)
    receipt = ingest(settings, inbox)
    assert (receipt.published, receipt.rejected) == (1, {"failed": 1})
    assert "ZeroDivisionError: planted" in receipt.rejects[0].detail
    assert_right(settings)


def test_reprocess_reads_the_archive_and_changes_nothing_under_the_same_rules(
    ingest: Ingest, reprocess: Reprocess, settings: Settings, inbox: Path
) -> None:
    ingest(settings, inbox)
    before = files_of(settings.storage.lake)
    shutil.rmtree(inbox)
    receipt = reprocess(settings)
    assert (receipt.came_in, receipt.published) == (2, 2)
    assert files_of(settings.storage.lake) == before


def test_reprocess_with_other_rules_replaces_the_rows(
    ingest: Ingest, reprocess: Reprocess, settings: Settings, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import flows.batch

    ingest(settings, inbox)
    monkeypatch.setattr(flows.batch, "extract_archived", lambda *_: flows.batch.Article("Only this is left."))
    receipt = reprocess(settings)
    assert (receipt.published, receipt.rejected) == (1, {"duplicate": 1})
    texts = duckdb.sql(f"select text from '{settings.storage.lake}/articles/*/*.parquet'").fetchall()
    assert texts == [("Only this is left.",)]
    assert_right(settings)


def test_a_lost_lake_comes_back_from_the_archive(
    ingest: Ingest, reprocess: Reprocess, settings: Settings, inbox: Path
) -> None:
    ingest(settings, inbox)
    before = {name: digest for name, digest in files_of(settings.storage.lake).items() if not name.startswith("runs/")}
    shutil.rmtree(settings.storage.lake)
    shutil.rmtree(inbox)
    assert reprocess(settings).came_in == 0
    assert reprocess(settings, missing=True).published == 2
    after = {name: digest for name, digest in files_of(settings.storage.lake).items() if not name.startswith("runs/")}
    assert after == before
    assert_right(settings)


def test_an_article_carries_what_it_was_made_of(ingest: Ingest, settings: Settings, inbox: Path) -> None:
    ingest(settings, inbox)
    row = duckdb.sql(
        f"select url, source, raw_file, raw_offset, raw_sha256, rules_version "
        f"from '{settings.storage.lake}/articles/*/*.parquet' where headline like '%Neretva%'"
    ).fetchall()[0]
    assert row[0] == (inbox / "bridge.txt").as_uri()
    archive = Archive(settings.storage.raw, settings.storage.state)
    assert archive.read(row[2], row[3]) == BRIDGE.encode()
    assert row[4] == sha256(BRIDGE.encode()).hexdigest()
    assert row[5].startswith("0.1.0+")


def test_a_story_lives_in_its_own_time_zone(ingest: Ingest, settings: Settings, tmp_path: Path) -> None:
    paragraph = "The council said on Sunday that the pier would stay shut until the storm had passed the bay. " * 6
    (tmp_path / "pier.html").write_text(
        '<html><head><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Pier stays shut",'
        ' "datePublished": "2026-11-15T22:30:00-05:00"}</script></head>'
        f"<body><article><h1>Pier stays shut</h1><p>{paragraph}</p><p>{paragraph.upper()}</p></article></body></html>"
    )
    ingest(settings, tmp_path / "pier.html")
    lake = settings.storage.lake
    assert (lake / "articles" / "date=2026-11-16").is_dir()  # the partition is the UTC day
    sunday = duckdb.sql(f"select distinct value from '{lake}/dates/*/*.parquet' where text = 'Sunday'").fetchall()
    assert sunday == [("2026-11-15",)]


def test_the_books_balance(ingest: Ingest, settings: Settings, inbox: Path) -> None:
    (inbox / "empty.txt").touch()
    ingest(settings, inbox)
    rows = duckdb.sql(f"select * from '{settings.storage.lake}/runs/*/*.parquet' order by stage").fetchdf()
    assert set(rows["stage"]) == {"collect", "extract", "find", "link", "publish"}
    assert (rows["came_in"] == rows["went_out"] + rows["rejected"] + rows["unchanged"]).all()
    health = duckdb.sql(f"select seen, published, empty from '{settings.storage.lake}/source_health/*/*.parquet'")
    assert health.fetchall() == [(3, 2, 1)]
