"""What a run tells at its end: the health of its sources, and which of them are not well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from newsroom import Story, numbered, put

from flows.collect.discovery.discovery import Discovery
from flows.collect.discovery.known_page import Visit
from flows.collect.sources import Source
from flows.intake import Intake
from flows.publish.index import LakeIndex
from flows.publish.publish import Published
from flows.publish.verify import verify
from flows.receipt import Receipt
from flows.run_record import RunRecord
from flows.settings import Settings, Storage
from transforms.collect.page import Page

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
FEED = "https://harbour.example/rss"
HARBOUR = Source(key="harbour_post", feeds=(FEED,))


def page(story: Story) -> Page:
    return Page(
        story.url, story.source, "text/html", None, story.fetched_at, "2024/a.warc.gz", 0, story.raw_sha256
    )  # fmt: skip


def fetched(number: int, hours_ago: float, **changes: object) -> Story:
    return numbered(number, fetched_at=NOW - hours_ago * HOUR, **changes)


def diary(state: Path, hours_ago: list[float], outcome: str = "new") -> None:
    with Discovery(f"sqlite:///{state}") as discovery:
        visits = [
            Visit(HARBOUR.key, f"https://harbour.example/{at}", NOW - at * HOUR, outcome) for at in hours_ago
        ]  # fmt: skip
        discovery.record([], visits)


def end_run(lake: Path, state: Path, stories: list[Story], source: Source = HARBOUR, **options: object) -> Receipt:
    """The receipt of a run that these stories came in to, all of them in the lake already."""
    settings = Settings(storage=Storage(lake=lake, state=state))
    with LakeIndex(state, lake) as index, Discovery(f"sqlite:///{state}") as discovery:
        index.refresh()
        intake = Intake(map(page, stories), index, again=False)
        assert list(intake.in_batches(50, "run")) == []
        record = RunRecord(intake, index, settings, {source.key: source}, discovery, **{"wanted": ()} | options)
        return record.close(Published())[0]


def kinds(receipt: Receipt) -> list[tuple[str, str]]:
    return [(alarm.source, alarm.kind) for alarm in receipt.alarms]


def health(lake: Path) -> list[dict[str, object]]:
    return duckdb.sql(f"from '{lake}/source_health/*/*.parquet' order by day").fetchdf().to_dict("records")


def test_a_run_that_found_only_unchanged_pages_writes_the_health_of_the_day(lake: Path, state: Path) -> None:
    known = fetched(1, 50)
    put(lake, state, [known])
    diary(state, [0.0] * 80, "unchanged")
    receipt = end_run(lake, state, [known])
    assert receipt.alarms == []
    first, today = health(lake)
    assert (first["seen"], first["new"], first["unchanged"]) == (1, 1, 0)
    assert (today["seen"], today["published"], today["unchanged"]) == (80, 0, 80)
    before = {file: file.read_bytes() for file in (lake / "source_health").rglob("*.parquet")}
    end_run(lake, state, [known])
    assert {file: file.read_bytes() for file in (lake / "source_health").rglob("*.parquet")} == before
    assert verify(lake, state).problems == []


def test_visits_of_sources_that_this_lake_does_not_have_are_left_out(lake: Path, state: Path) -> None:
    known = fetched(1, 50, source="another_post")
    put(lake, state, [known])
    diary(state, [0.0], "unchanged")
    end_run(lake, state, [known], wanted=["clippings/"])
    assert {row["source"] for row in health(lake)} == {"another_post"}


EVERY_THREE_HOURS = [10 * 24 - 3.0 * number for number in range(70)]


@pytest.mark.parametrize(
    ("says", "last_new", "alarms"),
    [
        ({}, 2.5, []),
        ({}, 20, [("harbour_post", "silent")]),
        ({"silent_after": "1d"}, 20, []),
        ({"silent_after": "2h"}, 2.5, [("harbour_post", "silent")]),
    ],
)
def test_a_source_silent_for_longer_than_it_ever_was_or_than_its_file_says(
    lake: Path, state: Path, says: dict[str, str], last_new: float, alarms: list[tuple[str, str]]
) -> None:
    known = fetched(1, last_new)
    put(lake, state, [known])
    diary(state, [at for at in EVERY_THREE_HOURS if at > last_new] + [last_new])
    source = Source.model_validate({"key": HARBOUR.key, "feeds": [FEED], **says})
    receipt = end_run(lake, state, [known], source)
    assert kinds(receipt) == alarms
    assert receipt.warnings == [alarm.message for alarm in receipt.alarms]
    assert all("harbour_post is silent: nothing new since" in warning for warning in receipt.warnings)
    # Nobody is told of a source that the run was not to ask.
    assert end_run(lake, state, [known], source, wanted=["clippings/"]).alarms == []
    assert end_run(lake, state, [known], source, wanted=None).alarms == []


def test_too_few_and_too_many_articles(lake: Path, state: Path) -> None:
    midnight = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    yesterday = [numbered(number, fetched_at=midnight - (1 + number) * HOUR) for number in range(3)]
    put(lake, state, [*yesterday, numbered(9, fetched_at=midnight - 60 * HOUR)])
    expecting = {"key": HARBOUR.key, "feeds": [FEED]}

    def said(**articles: int) -> list[tuple[str, str]]:
        return kinds(end_run(lake, state, yesterday, Source(**expecting, articles_per_day=articles)))  # type: ignore[arg-type]

    assert said(at_least=3, at_most=3) == []
    assert said(at_least=4) == [("harbour_post", "too_few")]
    assert said(at_most=2) == [("harbour_post", "too_many")]


def test_the_first_day_of_a_source_is_no_whole_day(lake: Path, state: Path) -> None:
    midnight = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    first = numbered(1, fetched_at=midnight - HOUR)
    put(lake, state, [first])
    source = Source.model_validate({"key": HARBOUR.key, "feeds": [FEED], "articles_per_day": {"at_least": 40}})
    assert end_run(lake, state, [first], source).alarms == []


def test_a_feed_that_cannot_be_read_and_a_source_that_keeps_everything_from_us(lake: Path, state: Path) -> None:
    feed = fetched(1, 1, url=FEED, reason="not_fetched")
    forbidden = [fetched(number, 1, reason="robots_forbid") for number in (2, 3)]
    put(lake, state, [feed, *forbidden, fetched(4, 1)])
    assert kinds(end_run(lake, state, [feed])) == [("harbour_post", "unreachable")]
    assert kinds(end_run(lake, state, forbidden)) == [("harbour_post", "blocked")]
    assert kinds(end_run(lake, state, [*forbidden, fetched(4, 1)])) == []
    assert kinds(end_run(lake, state, [fetched(4, 1), feed])) == [("harbour_post", "unreachable")]


def test_copies_alone_are_no_alarm(lake: Path, state: Path) -> None:
    first = fetched(1, 3)
    copy = replace(first, url="https://copy.example/1", canonical_url=first.url, fetched_at=NOW - HOUR)
    put(lake, state, [first])
    put(lake, state, [copy])
    assert end_run(lake, state, [copy]).alarms == []
