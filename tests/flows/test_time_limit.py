"""A page that hangs or crashes the process costs itself; timers are real, and short."""

import ctypes
import json
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows import time_limit
from flows.annotate import _answer_in_time
from flows.extract import extract_file
from flows.jsonl import Line
from flows.receipt import Receipt
from flows.settings import Settings
from flows.time_limit import Crashed, InTime, Stalled, TooSlow, computing_seconds, extract_in_time
from flows.workers import Workers
from transforms.extract import extract_page
from transforms.extract.article import Article
from transforms.outcome import Reject

STORY = "".join(
    f"<p>Ferry {n} across the river was stopped on Monday, because the water rose again.</p>" for n in range(9)
)
PAGE = f"<html><body><article>{STORY}</article></body></html>".encode()
HANG = b"<html><body><p>CATASTROPHE</p></body></html>"


def backtrack(_: object = None) -> None:
    """For years, inside `re`, in C, with Python's lock held."""
    re.match(r"(a|a)*(b|a)*$", "a" * 80 + "c")


def sleep_in_c(_: object) -> None:
    """Without computing, and with Python's lock held: no thread of this process can do anything about it."""
    ctypes.PyDLL(None).sleep(1000)


def crash(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)  # a fault would do, but pytest would print where


def eat(_: object) -> int:
    return len(bytearray(time_limit.MEMORY_BYTES))


@pytest.mark.parametrize(
    ("act", "error"), [(backtrack, TooSlow), (sleep_in_c, Stalled), (crash, Crashed), (eat, MemoryError)]
)
def test_what_goes_wrong_over_there_is_told_here_and_the_next_call_is_answered(
    act: Callable[[object], object], error: type[Exception]
) -> None:
    double = InTime(lambda number: 2 * number if number else act(number), cpu_seconds=0.1)
    with pytest.raises(error):
        double(0)
    assert [double(number) for number in (1, 2)] == [2, 4]
    double.close()


def test_the_process_is_the_same_from_call_to_call_and_ends_with_its_caller() -> None:
    pid = InTime(lambda: (os.getpid(), os.getppid()))
    (reader, keeper), again = pid(), pid()
    assert (reader, keeper) == again and os.getpid() not in again
    pid.close()
    with pytest.raises(ProcessLookupError):
        os.kill(keeper, 0)


def test_a_process_ended_from_outside_is_replaced() -> None:
    act = InTime(lambda end: end and [os.kill(pid, signal.SIGKILL) for pid in (os.getppid(), os.getpid())])
    with pytest.raises(Crashed, match="from outside"):
        act(True)
    assert act(False) is False
    act.close()


def test_computing_time_over_there_is_counted() -> None:
    before = computing_seconds()
    busy = InTime(lambda: sum(range(3_000_000)))
    here = time.process_time()
    busy()
    assert computing_seconds() - before > time.process_time() - here + 0.005
    busy.close()


def test_an_article_is_the_same_by_either_way() -> None:
    about: dict[str, Any] = {"url": "https://news.example/a", "media_type": "text/html"}
    assert extract_in_time(PAGE, **about) == extract_page(PAGE, **about)


def hang_at_the_mark(content: bytes, **about: Any) -> Article | Reject:
    if b"CATASTROPHE" in content:
        backtrack()
    return extract_page(content, **about)


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> None:
    extract_page(PAGE, url=None, media_type="text/html")  # reads the rules, which takes longer than half a second
    monkeypatch.setattr(time_limit, "_extract", InTime(hang_at_the_mark, cpu_seconds=0.5))


@pytest.mark.usefixtures("hanging")
def test_a_batch_with_a_page_that_hangs_is_published(
    settings: Settings, ingest: Callable[..., Receipt], tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("a", "c"):
        (inbox / f"{name}.html").write_bytes(PAGE.replace(b"Ferry", name.encode()))
    (inbox / "b.html").write_bytes(HANG)
    receipt = ingest(settings, inbox)
    assert (receipt.came_in, receipt.published, receipt.rejected) == (3, 2, {"too_slow": 1})
    rejects = duckdb.sql(f"select url, stage, detail from '{settings.storage.lake}/rejects/*/*.parquet'").fetchall()
    assert [(url.rsplit("/", 1)[-1], stage) for url, stage, _ in rejects] == [("b.html", "extract")]
    assert "0.5 s of computing time" in rejects[0][2]


@pytest.mark.usefixtures("hanging")
def test_copydesk_extract_goes_on_after_a_page_that_hangs(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "b.html").write_bytes(HANG)
    lines = [json.dumps({"id": name, "html_path": f"{name}.html"}) for name in "aba"]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    assert extract_file(str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl"), settings, lambda _: None) == 1
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [(row["error"] or "")[:9] for row in rows] == ["", "too_slow:", ""]


def read_in_a_worker(contents: list[bytes]) -> tuple[int, list[str]]:
    extract_page(PAGE, url=None, media_type="text/html")
    time_limit._extract = InTime(hang_at_the_mark, cpu_seconds=0.5)
    outcomes = [extract_in_time(content, url=None, media_type="text/html") for content in contents]
    return os.getpid(), [outcome.reason if isinstance(outcome, Reject) else "read" for outcome in outcomes]


def test_a_worker_of_the_pool_outlives_the_page() -> None:
    with Workers(1, "flows.mapper") as workers:
        first, outcomes = workers.call(read_in_a_worker, [PAGE, HANG, PAGE])
        again, _ = workers.call(read_in_a_worker, [PAGE])
    assert outcomes == ["read", "too_slow", "read"]
    assert first == again


def answer_or_hang(lines: list[Line]) -> list[dict[str, Any]]:
    if any(line.values["text"] == "CATASTROPHE" for line in lines):
        backtrack()
    return [{"id": line.values["id"]} for line in lines]


def test_copydesk_annotate_goes_on_after_a_text_that_hangs() -> None:
    lines = [Line(number, {"id": number, "text": text}) for number, text in enumerate(("a", "CATASTROPHE", "c"), 1)]
    rows = _answer_in_time(InTime(answer_or_hang, cpu_seconds=0.1), lines)
    assert [row["id"] for row in rows] == [1, 2, 3]
    assert [row.get("error") for row in rows] == [
        None,
        "line 2: cannot be annotated: more than 0.1 s of computing time; please report it",
        None,
    ]
