"""What replaces what: each case says what the lake holds, what a run claims, and what the plan is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.publish.kept import Claim, Kept
from transforms.publish.partition import Partition
from transforms.publish.plan import DUPLICATES, make_plan

MONDAY, TUESDAY = date(2024, 12, 2), date(2024, 12, 3)
FETCHED = datetime(2024, 12, 9, 12, tzinfo=UTC)
FETCHED_DAY = FETCHED.date()


def kept(input_id, outcome, day=MONDAY, **more):
    values = {
        "input_id": input_id, "day": day, "url": f"https://a.example/{input_id}", "source": "post",
        "fetched_at": FETCHED, "raw_sha256": "ab", "rules_version": "1",
    }  # fmt: skip
    if "/" in outcome:
        article_id, version = outcome.split("/")
        return Kept(**values, article_id=article_id, version=version, **more)
    return Kept(**{**values, "day": FETCHED_DAY}, reason=outcome, **more)


def claim(input_id, outcome, day=MONDAY, batch=0, **more):
    row = kept(input_id, outcome, day)
    values = {name: getattr(row, name) for name in Kept.__dataclass_fields__}
    return Claim(**{**values, **more}, batch=batch)


def plan(claims, lake=()):
    by_input, by_owner = {}, {}
    for row in lake:
        by_input.setdefault(row.input_id, []).append(row)
        if row.owner:
            by_owner.setdefault(row.owner, []).append(row)
    return make_plan(claims, by_input, by_owner)


def jobs_of(answer, table):
    return {job.partition.day: (job.batches, job.drop) for job in answer.jobs if job.table == table}


def test_a_new_article_goes_into_its_day_and_takes_the_place_of_its_own_rows():
    answer = plan([claim("i", "a/1")])
    assert jobs_of(answer, "articles") == {MONDAY: ((0,), ("a\x1f1",))}
    assert jobs_of(answer, "claims") == {MONDAY: ((0,), ("a\x1f1",))}
    assert jobs_of(answer, "entities") == {None: ((0,), ())}
    assert (answer.published, answer.rejected, answer.unchanged) == (1, {}, 0)


def test_of_two_new_inputs_with_the_same_article_the_one_fetched_first_is_published():
    early = claim("z", "a/1", fetched_at=FETCHED - timedelta(hours=1))
    answer = plan([claim("i", "a/1"), early])
    assert answer.duplicates.select(["input_id", "duplicate_of", "reason", "date"]).to_pylist() == [
        {"input_id": "i", "duplicate_of": "a/1", "reason": "duplicate", "date": FETCHED_DAY}
    ]
    assert "https://a.example/z" in answer.duplicates["detail"][0].as_py()
    assert answer.leave_out == {0: {"i"}}
    assert jobs_of(answer, "rejects") == {FETCHED_DAY: ((DUPLICATES,), ("i",))}


def test_the_input_that_holds_an_article_in_the_lake_keeps_it():
    early = claim("a", "x/1", fetched_at=FETCHED - timedelta(days=9))
    answer = plan([early], lake=[kept("holder", "x/1")])
    assert (answer.published, answer.rejected) == (0, {"duplicate": 1})
    assert jobs_of(answer, "articles") == {}


def test_the_holder_keeps_its_article_when_both_are_read_again():
    answer = plan([claim("a", "x/1"), claim("holder", "x/1")], lake=[kept("holder", "x/1")])
    assert answer.duplicates["input_id"].to_pylist() == ["a"]


def test_a_holder_that_moves_on_leaves_its_article_to_the_next():
    answer = plan([claim("next", "x/1"), claim("holder", "x/2")], lake=[kept("holder", "x/1")])
    assert (answer.published, answer.rejected) == (2, {})
    assert jobs_of(answer, "articles") == {MONDAY: ((0,), ("x\x1f1", "x\x1f2"))}


@pytest.mark.parametrize(
    ("before", "after", "leaves"),
    [
        (("a/1", MONDAY), ("a/1", TUESDAY), ("articles", MONDAY, "a\x1f1")),
        (("a/1", MONDAY), ("a/2", MONDAY), ("articles", MONDAY, "a\x1f1")),
        (("a/1", MONDAY), ("no_text", None), ("articles", MONDAY, "a\x1f1")),
        (("no_text", None), ("a/1", MONDAY), ("rejects", FETCHED_DAY, "i")),
    ],
    ids=["other day", "other version", "now a reject", "now an article"],
)
def test_an_outcome_that_changes_takes_its_old_rows_along(before, after, leaves):
    answer = plan([claim("i", *after)], lake=[kept("i", *before)])
    table, day, name = leaves
    assert name in jobs_of(answer, table)[day][1]
    if table == "articles":
        assert name in jobs_of(answer, "mentions")[day][1]


def test_what_moves_leaves_before_it_appears_and_never_counts_twice():
    answer = plan([claim("i", "a/1", TUESDAY)], lake=[kept("i", "a/1", MONDAY)])
    steps = {(job.table, job.partition.day): job.step for job in answer.jobs}
    assert steps["articles", MONDAY] < steps["articles", TUESDAY]
    assert steps["mentions", TUESDAY] < steps["articles", TUESDAY]
    assert steps["mentions", MONDAY] > steps["articles", MONDAY]


def test_articles_are_last_of_all_that_is_new():
    answer = plan([claim("i", "a/1"), claim("j", "no_text")])
    order = list(dict.fromkeys(job.table for job in answer.jobs))
    assert order[-3:] == ["entities", "rejects", "articles"]


def test_an_input_that_failed_again_in_the_same_way_changes_nothing():
    failed = {"raw_sha256": None}
    before = kept("i", "missing_path")
    before = Kept(**{name: getattr(before, name) for name in Kept.__dataclass_fields__} | failed)
    later = FETCHED + timedelta(days=3)
    answer = plan([claim("i", "missing_path", **failed, fetched_at=later)], lake=[before])
    assert (answer.jobs, answer.unchanged) == ((), 1)


def test_of_an_input_that_is_in_two_batches_the_newest_counts():
    answer = plan([claim("i", "a/1", batch=1), claim("i", "a/2", batch=0), claim("i", "no_text", batch=2)])
    assert answer.leave_out == {1: {"i"}, 2: {"i"}}
    assert jobs_of(answer, "articles") == {MONDAY: ((0,), ("a\x1f2",))}


def test_rows_that_a_damaged_lake_has_twice_are_mended():
    answer = plan([claim("i", "a/1")], lake=[kept("i", "a/1"), kept("i", "a/1", TUESDAY), kept("i", "no_text")])
    assert set(jobs_of(answer, "articles")) == {MONDAY, TUESDAY}
    assert jobs_of(answer, "rejects") == {FETCHED_DAY: ((), ("i",))}


OUTCOMES = st.sampled_from(["a/1", "a/2", "b/1", "no_text"])
INPUTS = st.sampled_from("ijklm")


@given(
    st.dictionaries(INPUTS, OUTCOMES, min_size=1), st.dictionaries(INPUTS, st.sampled_from(["a/1", "b/1", "no_text"]))
)
def test_every_input_has_one_outcome_and_every_article_one_input(claimed, held):
    one_each = {outcome: input_id for input_id, outcome in held.items() if "/" in outcome}
    lake = [
        kept(input_id, outcome) for input_id, outcome in held.items() if one_each.get(outcome, input_id) == input_id
    ]
    claims = [claim(input_id, outcome) for input_id, outcome in claimed.items()]
    answer = plan(claims, lake)
    assert answer.published + sum(answer.rejected.values()) + answer.unchanged == len(claimed)
    left = answer.leave_out.get(0, frozenset())
    new = [outcome for input_id, outcome in claimed.items() if "/" in outcome and input_id not in left]
    stays = [row for row in lake if row.owner and row.input_id not in claimed]
    owners = new + ["/".join(row.owner) for row in stays]
    assert len(owners) == len(set(owners))


def test_with_buckets_a_partition_is_a_day_and_a_bucket():
    answer = make_plan([claim("i", "a/1")], {}, {}, buckets=4)
    (job,) = (job for job in answer.jobs if job.table == "articles")
    assert job.partition == Partition(MONDAY, job.partition.bucket)
    assert 0 <= job.partition.bucket < 4
