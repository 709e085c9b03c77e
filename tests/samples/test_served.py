"""The samples taken in as a folder, and from a web server by way of their feeds: the same articles either way."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from textwrap import dedent
from threading import Thread
from typing import Any

import pytest

from flows.collect.sources import read_sources
from flows.parameters import IngestParameters
from flows.pipeline import run_ingest
from flows.receipt import Receipt
from flows.settings import Settings, read_settings
from flows.sql import run_sql

PROJECT = Path(__file__).parents[2]
SAMPLES = PROJECT / "data" / "samples"


class Inline:
    """A mapper without processes."""

    def map(self, function: Callable[[Any], Any], items: Iterable[Any], *, name: str) -> Iterator[Any]:  # noqa: ARG002
        return (function(item) for item in items)


class Silent:
    """A reporter that tells nobody."""

    def advance(self, stage: str, done: int, total: int | None = None) -> None: ...

    def say(self, line: str) -> None: ...


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    """The address of the samples on loopback, and the paths that were asked for."""
    asked: list[str] = []

    class Handler(Quiet):
        def do_GET(self) -> None:
            asked.append(self.path)
            super().do_GET()

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=SAMPLES)) as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        running.shutdown()


def settings_in(folder: Path) -> Settings:
    file = folder / "config" / "copydesk.toml"
    file.parent.mkdir()
    file.write_text(
        f'[storage]\ngazetteer = "{PROJECT / "data" / "gazetteer"}"\n'
        '[politeness]\ncontact = "mailto:desk@copydesk.example"\npause_seconds = 0\n'
    )
    return read_settings(file, environment={})


def ingest(settings: Settings, *wanted: str) -> Receipt:
    return run_ingest(IngestParameters(sources=list(wanted)), settings, Inline(), Silent())


@pytest.fixture(scope="module")
def by_folder(tmp_path_factory: pytest.TempPathFactory, server: tuple[str, list[str]]) -> tuple[Receipt, Settings]:
    """The samples as a folder; no server is asked for what lies in it."""
    _, asked = server
    asked.clear()
    settings = settings_in(tmp_path_factory.mktemp("by_folder"))
    receipt = ingest(settings, str(SAMPLES))
    assert asked == []
    return receipt, settings


def test_every_file_is_published_or_rejected_once(by_folder: tuple[Receipt, Settings]) -> None:
    """The feeds in the folder lead to pages that the folder holds anyway; `README.md` is about the folder."""
    receipt, _ = by_folder
    golden = PROJECT / "tests" / "golden"  # a file for each input
    assert receipt.came_in == len(list(golden.glob("*.yaml"))) - len(["known_failures.yaml"])
    assert receipt.came_in == receipt.published + sum(receipt.rejected.values())


def test_both_versions_of_the_corrected_story_are_kept(by_folder: tuple[Receipt, Settings]) -> None:
    _, settings = by_folder
    query = "select headline from articles where headline like '%trams%' order by modified_at"
    headlines = [headline for (headline,) in run_sql(settings.storage.lake, query).rows]
    assert headlines == ["Nineteen injured as trams collide in Gdańsk", "Sixteen injured as trams collide in Gdańsk"]


def test_the_feeds_lead_to_the_same_articles(
    by_folder: tuple[Receipt, Settings], server: tuple[str, list[str]], tmp_path: Path
) -> None:
    _, folder_settings = by_folder
    address, asked = server
    settings = settings_in(tmp_path)
    receipt = ingest(settings, f"{address}/feeds/feed.xml", f"{address}/feeds/atom.xml")
    assert receipt.came_in == 7
    assert {"/robots.txt", "/feeds/feed.xml", "/feeds/atom.xml", "/beira-flood.html", "/market-report.html"} <= set(
        asked
    )
    columns = "article_id, version, canonical_url, published_at, text"
    served = run_sql(settings.storage.lake, f"select {columns} from articles order by all").rows
    from_folder = run_sql(folder_settings.storage.lake, f"select {columns} from articles").rows
    assert len(served) == receipt.published
    assert [row for row in served if row not in from_folder] == []


def test_again_is_unchanged(by_folder: tuple[Receipt, Settings]) -> None:
    first, settings = by_folder
    again = ingest(settings, str(SAMPLES))
    assert (again.published, sum(again.rejected.values()), again.unchanged) == (0, 0, first.came_in)


def blocks(language: str, *pages: str) -> list[Any]:
    """The code blocks of a language in the pages for analysts and operators."""
    pattern = re.compile(rf"^( *)```{language}\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
    found = [
        (page, match) for page in pages for match in pattern.finditer((PROJECT / page).read_text(encoding="utf-8"))
    ]
    return [pytest.param(dedent(match[2]), id=f"{page}-{number}") for number, (page, match) in enumerate(found)]


@pytest.mark.parametrize("query", blocks("sql", "docs/ANALYSTS.md", "docs/OPERATORS.md", "data/TABLES.md"))
def test_queries_of_the_documentation_run(by_folder: tuple[Receipt, Settings], query: str) -> None:
    _, settings = by_folder
    answer = run_sql(settings.storage.lake, query)
    assert answer.columns
    assert answer.rows or "source_health" in query


@pytest.mark.parametrize(
    "code", [case for case in blocks("python", "docs/ANALYSTS.md") if "spark" not in case.values[0]]
)
def test_python_of_the_documentation_runs(
    by_folder: tuple[Receipt, Settings], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spark's lines run in tests/flows/test_readers.py, where a Java is found for it."""
    _, settings = by_folder
    monkeypatch.chdir(settings.home)
    names: dict[str, Any] = {}
    exec(compile(code, "docs/ANALYSTS.md", "exec"), names)
    if "one_day" in names:
        assert 0 < len(names["one_day"]) < len(names["quantities"])


@pytest.mark.parametrize("block", blocks("yaml", "docs/OPERATORS.md"))
def test_the_source_of_the_documentation_is_one(block: str, tmp_path: Path) -> None:
    (tmp_path / "gazette.yaml").write_text(block, encoding="utf-8")
    assert read_sources(tmp_path)["gazette"].schedule == "10 * * * *"
