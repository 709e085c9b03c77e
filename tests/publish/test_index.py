import shutil
import sqlite3
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from newsroom import NOON, numbered, put

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


@dataclass(frozen=True)
class Visited:
    """What came of the visits of a day."""

    source: str = "harbour_post"
    day: date = date(2024, 12, 9)
    unchanged: int = 0
    gone: int = 0
    blocked: int = 0
    failed: int = 0


def health(lake, state, *visits, **options):
    with LakeIndex(state, lake) as index:
        index.refresh()
        return index.source_health(visits=visits, **options).to_pylist()


PARTS = (
    "published", "unchanged", "duplicate", "empty", "too_short", "consent_wall", "paywall", "blocked", "gone", "errors",
)  # fmt: skip


def told(row):
    """What is not zero in a row, besides its key; all parts add up to what was seen."""
    assert row["seen"] == sum(row[part] for part in PARTS)
    assert row["published"] == row["new"] + row["changed"]
    return {name: value for name, value in row.items() if value and name not in ("source", "day", "published")}


def test_a_new_version_is_a_change_and_the_same_text_again_is_none(lake, state):
    first = numbered(1)
    hours = [NOON + timedelta(hours=hour) for hour in range(4)]
    put(lake, state, [first, numbered(2)])
    put(lake, state, [replace(first, advert="hats", fetched_at=hours[1])])
    put(lake, state, [replace(first, words="Rain fell on 3 towns.", advert="shoes", fetched_at=hours[2])])
    copy = replace(first, url="https://copy.example/1", canonical_url=first.url, fetched_at=hours[3])
    put(lake, state, [copy])
    (row,) = health(lake, state)
    assert told(row) == {"seen": 5, "new": 2, "changed": 1, "unchanged": 1, "duplicate": 1}


def test_an_article_is_new_on_the_day_it_came_and_changed_on_the_day_it_changed(lake, state):
    first = numbered(1)
    later = replace(first, words="Rain fell on 3 towns.", advert="x", fetched_at=NOON + timedelta(days=1))
    put(lake, state, [later])
    put(lake, state, [first])
    assert [told(row) for row in health(lake, state)] == [{"seen": 1, "new": 1}, {"seen": 1, "changed": 1}]


def test_reasons_are_counted_apart(lake, state):
    reasons = ("robots_forbid", "blocked", "tdm_reserved", "gone", "no_text", "empty", "not_fetched", "too_short")
    put(lake, state, [numbered(number, reason=reason) for number, reason in enumerate(reasons)])
    assert told(health(lake, state)[0]) == {
        "seen": 8, "blocked": 3, "gone": 1, "empty": 2, "errors": 1, "too_short": 1
    }  # fmt: skip


def test_delays_are_those_of_new_articles_that_say_the_hour_of_their_publication(lake, state):
    def published(number, hours, precision="minute"):
        # Made-up stories are published at nine.
        fetched_at = NOON + timedelta(hours=hours - 3)
        return numbered(number, day=NOON.date(), fetched_at=fetched_at, precision=precision)

    put(lake, state, [published(1, 1), published(2, 2, "second"), published(3, 9)])
    put(lake, state, [published(4, 5, "day"), published(5, 6, None), published(6, -2)])
    put(lake, state, [replace(published(1, 14), words="Rain fell on 3 towns.", advert="x")])  # a later version
    (row,) = health(lake, state)
    assert row["median_delay_seconds"] == 2 * 3600
    put(lake, state, [published(7, 3)])
    assert health(lake, state)[0]["median_delay_seconds"] == 2.5 * 3600


def test_visits_add_what_the_lake_has_no_row_of(lake, state):
    put(lake, state, [numbered(1), numbered(2, reason="blocked"), numbered(3, reason="paywall")])
    visits = Visited(unchanged=30, blocked=4, gone=2, failed=1)
    (row,) = health(lake, state, visits)
    assert told(row) == {"seen": 39, "new": 1, "unchanged": 30, "blocked": 4, "paywall": 1, "gone": 2, "errors": 1}
    assert health(lake, state, visits) == [row]
    # A visit that ended in a row of the lake is counted as what that row says.
    assert told(health(lake, state, Visited(blocked=1))[0]) == {"seen": 3, "new": 1, "blocked": 1, "paywall": 1}


def test_a_day_on_which_nothing_had_changed_has_its_row(lake, state):
    put(lake, state, [numbered(1)])
    tomorrow = NOON.date() + timedelta(days=1)
    quiet = Visited(day=tomorrow, unchanged=80)
    idle = Visited(source="idle", day=tomorrow)
    _, row = health(lake, state, quiet, idle, expected={"harbour_post": 40})
    assert told(row) == {"seen": 80, "unchanged": 80, "expected_at_least": 40}
    assert row["day"] == tomorrow
    assert health(lake, state, quiet, days=[NOON.date()])[0]["seen"] == 1


def test_when_the_first_of_a_source_came_in(lake, state):
    put(lake, state, [numbered(1), numbered(2, fetched_at=NOON - timedelta(days=9))])
    with LakeIndex(state, lake) as index:
        index.refresh()
        assert index.first_fetched() == {"harbour_post": NOON - timedelta(days=9)}


def test_the_index_of_an_older_copydesk_is_made_anew(lake, state):
    put(lake, state, [numbered(1)])
    with sqlite3.connect(state) as base:
        base.execute("alter table lake_outcomes drop column published_precision")
    base.close()
    with LakeIndex(state, lake) as index:
        assert index.refresh() > 0
        assert index.outcomes([numbered(1).input_id])
        assert index.registered().keys() == {numbered(1).input_id}


def test_a_state_file_that_is_none_is_named(lake, tmp_path):
    (tmp_path / "state.db").write_text("a letter to the editor, long enough not to look like an empty file " * 20)
    with pytest.raises(LakeProblem, match=r"state\.db: cannot be used .*move it away"):
        LakeIndex(tmp_path / "state.db", lake)
