"""Feed, sitemap and WARC file to the lake, the collector killed in the middle: everything once, nothing lost."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # for newspapers.py
from newspapers import ROOT, Papers, Project  # noqa: E402

KILLED = -9
MOMENTS = [
    ("flows.collect.archive.volume:Volume.append", 8),
    ("flows.collect.archive.index:Index.add", 11),
    ("flows.collect.discovery.discovery:Discovery.record", 2),
    ("flows.batch:write_batch", 2),
    ("flows.publish.storage:LocalStorage.commit", 3),
    ("flows.collect.discovery.discovery:Discovery.settle", 1),
]
"""Methods, and which call of them is the one that the run does not live to make."""
FORGETFUL = {MOMENTS[2], MOMENTS[3]}
"""Where feed and sitemap name nothing any more when the next run comes."""


class Desk(Project):
    """The project, and the process that carries out its runs."""

    def __init__(self, home: Path, papers: Papers, orders: "subprocess.Popen[str]") -> None:
        super().__init__(home, papers)
        self._orders = orders

    def run(self, moment: tuple[str, int] | None = None) -> int:
        """Ingest all sources, killed at a moment; the exit code."""
        when = {"call": moment[0], "number": moment[1]} if moment else None
        assert self._orders.stdin
        assert self._orders.stdout
        self._orders.stdin.write(json.dumps({"home": str(self.home), "moment": when}) + "\n")
        self._orders.stdin.flush()
        return int(self._orders.stdout.readline())

    @property
    def receipt(self) -> dict[str, Any]:
        """What the last whole run said."""
        found: dict[str, Any] = json.loads((self.home / "receipt.json").read_text())
        return found


@pytest.fixture(scope="module")
def orders() -> Iterator["subprocess.Popen[str]"]:
    """The process that forks the runs, with models and rules loaded once."""
    with subprocess.Popen(
        [sys.executable, str(HERE / "evening_desk.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


@pytest.fixture
def desk(tmp_path: Path, orders: "subprocess.Popen[str]") -> Iterator[Desk]:
    with Papers() as papers:
        yield Desk(tmp_path / "desk", papers, orders)


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment[0].split(':')[1]}-{moment[1]}")
def test_killed_in_the_middle_and_run_again_everything_is_there_once(desk: Desk, moment: tuple[str, int]) -> None:
    assert desk.run(moment) == KILLED
    before = desk.papers.requests()
    if moment in FORGETFUL:
        desk.papers.forget()
    assert desk.run() == 0
    assert desk.problems() == []
    # What was fetched is not asked for again, but for the page that was on its way: one host, one request.
    asked = desk.papers.requests()
    assert sum(asked[path] > 1 for path in asked if desk.papers.url + path in desk.pages) <= 1
    assert max(asked.values()) <= 2
    assert asked["/robots.txt"] - before["/robots.txt"] <= 1


def test_nothing_is_asked_for_twice(desk: Desk) -> None:
    assert desk.run() == 0
    assert desk.problems() == []
    assert (desk.receipt["came_in"], desk.receipt["published"]) == (16, 16)
    assert set(desk.papers.requests().values()) == {1}
    articles, before = desk.articles(), len(desk.papers.asked)
    assert desk.run() == 0
    assert desk.problems() == []
    assert desk.articles() == articles
    # Both listings have not changed: a conditional request each, and nothing else.
    asked = sorted((asked.path, asked.status) for asked in desk.papers.asked[before:])
    assert asked == [("/rss.xml", 304), ("/sitemap.xml", 304)]
    assert (desk.receipt["published"], desk.receipt["unchanged"]) == (0, 16)
