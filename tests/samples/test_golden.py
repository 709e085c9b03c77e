"""The sample pages give what was checked by hand: `tests/golden/*.yaml`, one file for each article.

A golden file holds only what we promise: fields of the article, words it begins and ends with, words that must and must
not be in it, and a few dates, quantities and mentions, each by words of the text. Promises that do not hold yet are in
`tests/golden/known_failures.yaml`, and the tests tell when they begin to.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from flows.collect.archive.archive import Archive
from flows.collect.files.find_files import find_files
from flows.collect.files.read_files import FileReader
from flows.gazetteer import open_gazetteer
from flows.settings import read_settings
from transforms.annotate import Annotation, Story, annotate
from transforms.collect.page import Page
from transforms.extract import extract_page
from transforms.extract.article import Article
from transforms.find.model import load_model
from transforms.link.directory import packaged_directory
from transforms.outcome import Reject

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
GOLDEN = Path(__file__).parents[1] / "golden"
KNOWN_FAILURES = GOLDEN / "known_failures.yaml"
FETCHED = datetime(2026, 1, 5, tzinfo=UTC)
"""After every sample's date, so that a text without a date cannot borrow this one unseen."""

EXPECTED: dict[str, dict[str, Any]] = {
    file.stem: yaml.safe_load(file.read_text(encoding="utf-8"))
    for file in sorted(GOLDEN.glob("*.yaml"))
    if file != KNOWN_FAILURES
}
FIELDS = (
    "headline", "authors", "published_at", "published_precision", "modified_at", "language", "canonical_url", "license",
    "is_accessible_for_free",
)  # fmt: skip


def promises() -> Iterator[Any]:
    """Each promise of each golden file as a case of its own; the known failures marked."""
    failing = set(yaml.safe_load(KNOWN_FAILURES.read_text(encoding="utf-8")) or ())
    for name, expected in EXPECTED.items():
        for promise in _promises_of(expected):
            case = "/".join((name, *promise))
            failing_here = (pytest.mark.xfail(strict=True),) if case in failing else ()
            failing.discard(case)
            yield pytest.param(name, promise, id=case, marks=failing_here)
    assert not failing, f"{KNOWN_FAILURES} names what no golden file promises: {sorted(failing)}"


def _promises_of(expected: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for key, value in expected.items():
        if key in ("dates", "quantities", "mentions", "contains", "never"):
            yield from ((key, words) for words in value)
        elif key not in ("file", "line"):
            yield (key,)


@cache
def pages_of(file: str) -> list[tuple[Page, bytes]]:
    """The inputs in a sample with their bytes, in order: its only one, or its lines, rows, members or records."""
    with (
        TemporaryDirectory() as folder,
        Archive(Path(folder), Path(folder) / "state.db", clock=lambda: FETCHED) as archive,
    ):
        reader = FileReader(archive, lambda: FETCHED, 1_000_000, [])
        pages = [page for page in reader.read(SAMPLES / file, None) if isinstance(page, Page)]
        return [(page, archive.read(page.raw_file, page.raw_offset)) for page in pages]


@cache
def extracted(name: str) -> Article | Reject:
    expected = EXPECTED[name]
    page, content = pages_of(expected["file"])[expected.get("line", 1) - 1]
    return extract_page(
        content, url=None, media_type=page.media_type, charset=page.charset, fetched_at=page.fetched_at
    )  # fmt: skip


def article_of(name: str) -> Article:
    article = extracted(name)
    assert isinstance(article, Article), article
    return article


@cache
def annotation_of(name: str) -> Annotation:
    settings = read_settings()
    article = article_of(name)
    story = Story(article.text, article.published_at, article.language, "GB", article.blocks)
    return annotate(
        [story], load_model(settings.find.model), open_gazetteer(settings.storage.gazetteer), packaged_directory()
    )[0]


@pytest.mark.parametrize(("name", "promise"), list(promises()))
def test_promise(name: str, promise: tuple[str, ...]) -> None:
    expected = EXPECTED[name]
    key = promise[0]
    if key == "rejected":
        outcome = extracted(name)
        assert (outcome.reason if isinstance(outcome, Reject) else "published") == expected["rejected"]
    elif key in FIELDS:
        value = getattr(article_of(name), key)
        assert (list(value) if isinstance(value, tuple) else value) == expected[key]
    elif key == "version_of":
        assert_version_of(article_of(name), expected["version_of"])
    elif key in ("dates", "quantities", "mentions"):
        assert_span(name, key, promise[1], expected[key][promise[1]])
    else:
        assert_words(article_of(name).text, key, expected[key] if key in ("begins", "ends") else promise[1])


def assert_words(text: str, key: str, words: str) -> None:
    if key == "begins":
        assert text[: len(words)] == words
    elif key == "ends":
        assert text[-len(words) :] == words
    elif key == "contains":
        assert words in text
    elif key == "never":
        assert words not in text
    else:
        pytest.fail(f"a golden file promises {key!r}, which no test reads")


def assert_span(name: str, table: str, words: str, fields: dict[str, Any] | None) -> None:
    """The row at the first place of these words has these fields; null promises that there is no row."""
    text = article_of(name).text
    start = text.index(words)
    end = start + len(words)
    rows = [row for row in getattr(annotation_of(name), table) if row.start < end and row.end > start]
    if table == "mentions":
        rows = [row for row in rows if (row.start, row.end) == (start, end)]
    if fields is None:
        assert rows == []
        return
    assert len(rows) == 1, rows
    assert {field: getattr(rows[0], field) for field in fields} == fields


def assert_version_of(article: Article, earlier: str) -> None:
    """A correction is another version of the same article."""
    first = article_of(next(name for name, expected in EXPECTED.items() if expected["file"] == earlier))
    assert article.article_id("file:///a") == first.article_id("file:///b")
    assert article.version != first.version


def test_every_sample_has_a_golden_file() -> None:
    files = {found.path.relative_to(SAMPLES).as_posix() for found in find_files(SAMPLES)}
    assert {file for file in files if not file.startswith("feeds/")} == {
        expected["file"] for expected in EXPECTED.values()
    }


def test_every_input_of_a_sample_has_a_golden_file() -> None:
    inputs = {
        (file, line) for file in {e["file"] for e in EXPECTED.values()} for line in range(1, len(pages_of(file)) + 1)
    }
    assert inputs == {(expected["file"], expected.get("line", 1)) for expected in EXPECTED.values()}


def test_every_sample_is_in_the_readme() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    for name, expected in EXPECTED.items():
        row = next(line for line in readme.splitlines() if f"`{expected['file']}`" in line)
        assert expected.get("rejected", "published") in row, name


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "rejected" not in expected])
def test_every_span_quotes_the_text(name: str) -> None:
    text = article_of(name).text
    annotation = annotation_of(name)
    for rows in (annotation.sentences, annotation.dates, annotation.quantities, annotation.mentions):
        assert [(row.start, row.text) for row in rows if text[row.start : row.end] != row.text] == []
