import shutil
from dataclasses import replace
from datetime import date

import pytest
from newsroom import numbered, put

from flows.publish.index import LakeIndex
from flows.publish.problems import LakeProblem


@pytest.fixture
def index(lake, state):
    put(lake, state, [numbered(number) for number in range(14)], [numbered(50, reason="paywall")])
    with LakeIndex(state, lake) as index:
        yield index


def test_each_input_has_its_outcome(index):
    known = index.outcomes([numbered(3).input_id, numbered(50).input_id, "unheard"])
    assert {row.input_id: (row.table, row.reason, row.rules_version) for row in known.values()} == {
        numbered(3).input_id: ("articles", None, "1"),
        numbered(50).input_id: ("rejects", "paywall", "1"),
    }
    assert known[numbered(3).input_id].day == numbered(3).day
    assert known[numbered(3).input_id].fetched_at == numbered(3).fetched_at


def test_only_files_that_changed_are_read(index, lake, state):
    assert index.refresh() == 0
    put(lake, state, [numbered(7, rules="2")])
    with LakeIndex(state.with_name("other.db"), lake) as other:
        assert other.refresh() == 8
        put(lake, state, [numbered(8, rules="3")])
        assert other.refresh() == 1
        assert other.outcomes([numbered(8).input_id])[numbered(8).input_id].rules_version == "3"


def test_files_that_are_gone_are_forgotten(index, lake):
    shutil.rmtree(lake / "articles/date=2024-12-04")
    index.refresh()
    assert index.outcomes([numbered(3).input_id]) == {}
    assert list(index.holders([numbered(3).owner, numbered(4).owner])) == [numbered(4).owner]


def test_a_deleted_lake_is_forgotten_even_if_another_took_its_place(index, lake, state):
    shutil.rmtree(lake)
    put(lake, state, [numbered(1)])
    assert index.registered().keys() == {numbered(1).input_id}
    assert index.outcomes([numbered(2).input_id]) == {}


def test_lakes_share_a_state_file_and_know_nothing_of_each_other(index, tmp_path, state):
    put(tmp_path / "other", state, [numbered(1, rules="9")])
    index.refresh()
    assert index.outcomes([numbered(1).input_id])[numbered(1).input_id].rules_version == "1"
    assert len(index.registered()) == 15


def test_a_duplicate_counts_while_its_article_is_there(lake, state):
    first = numbered(1)
    copy = replace(first, url="https://copy.example/1", canonical_url=first.url)
    put(lake, state, [first], [copy])
    with LakeIndex(state, lake) as index:
        assert index.outcomes([copy.input_id])[copy.input_id].repeats == first.owner
        put(lake, state, [replace(first, words="Quite another text.", rules="2")])
        index.refresh()
        assert index.outcomes([copy.input_id]) == {}
        assert [row.input_id for row in index.dangling()] == [copy.input_id]


def test_inputs_are_registered_once(index):
    assert index.register([("a", "https://a.example"), ("b", "https://b.example")], "run-1") == 2
    assert index.register([("b", "https://b.example"), ("c", "https://c.example")], "run-2") == 1


def test_what_was_published_on_some_days(index):
    assert index.published(date(2024, 12, 2), date(2024, 12, 3), ["another"]) == []
    assert {row.day.day for row in index.published(date(2024, 12, 2), date(2024, 12, 3))} == {2, 3}


def test_health_counts_each_source_and_day(index):
    (row,) = index.source_health(days=[date(2024, 12, 9)]).to_pylist()
    assert (row["seen"], row["published"], row["paywall"], row["errors"]) == (15, 14, 1, 0)
    assert len(index.source_health(days=[date(2024, 12, 8)])) == 0


def test_a_state_file_that_is_none_is_named(lake, tmp_path):
    (tmp_path / "state.db").write_text("a letter to the editor, long enough not to look like an empty file " * 20)
    with pytest.raises(LakeProblem, match=r"state\.db: cannot be used .*move it away"):
        LakeIndex(tmp_path / "state.db", lake)
