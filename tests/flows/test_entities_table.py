"""`copydesk entities`: finds by name, other name and id, whatever the accents, and counts what the lake has."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from flows.entities.table import print_entities, read_entities
from flows.problem import Problem
from transforms.tables import TABLES, Rows

KNOWN = (
    ("geonames:3860259", "Córdoba", "LOC", ["Cordoba", "Córdoba"], 2),
    ("org:lake-observatory", "Lake Observatory", "ORG", ["LO", "Lake Observatory", "the Observatory"], 3),
    ("per:ana-ruiz", "Ana Ruiz", "PER", ["Ana Ruiz", "Ruiz"], 1),
    ("per:ana-silva", "Ana Silva", "PER", ["Ana Silva"], 0),
)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    entities, mentions = Rows(TABLES["entities"]), Rows(TABLES["mentions"])
    for entity_id, name, label, aliases, count in KNOWN:
        entities.add(
            entity_id=entity_id, name=name, label=label, aliases=aliases, first_seen=date(2025, 3, 1),
            last_seen=date(2025, 3, 9),
        )  # fmt: skip
        for number in range(count):
            mentions.add(article_id=f"a{number % 2}", version="v1", start=number, end=number, label=label, text="",
                         entity_id=entity_id)  # fmt: skip
    for name, rows in (("entities", entities), ("mentions", mentions)):
        file = tmp_path / name / ("" if name == "entities" else "date=2025-03-01") / f"{name}.parquet"
        file.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(rows.to_arrow(), file)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "label", "ids"),
    [
        ("", None, ["org:lake-observatory", "geonames:3860259", "per:ana-ruiz", "per:ana-silva"]),
        ("ana", None, ["per:ana-ruiz", "per:ana-silva"]),
        ("silva ANA", None, ["per:ana-silva"]),
        ("cordoba", None, ["geonames:3860259"]),
        ("córdoba", None, ["geonames:3860259"]),
        ("geonames:38", None, ["geonames:3860259"]),
        ("the observatory", None, ["org:lake-observatory"]),
        ("", "per", ["per:ana-ruiz", "per:ana-silva"]),
        ("observatory", "PER", []),
    ],
)
def test_what_is_found_the_most_mentioned_first(lake: Path, words: str, label: str | None, ids: list[str]) -> None:
    assert [row["entity_id"] for row in read_entities(lake, words, label)] == ids


def test_mentions_and_articles_are_counted(lake: Path) -> None:
    counts = [(row["mentions"], row["articles"]) for row in read_entities(lake)]
    assert counts == [(3, 2), (2, 2), (1, 1), (0, 0)]


def test_a_label_that_there_is_not_is_named_with_those_there_are(lake: Path) -> None:
    with pytest.raises(Problem, match="there is no label PLACE; there are PER, ORG, LOC"):
        read_entities(lake, label="PLACE")


def test_people_see_the_first_and_how_to_see_more(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_entities(lake, limit=1)
    out = " ".join(capsys.readouterr().out.split())
    assert "Lake Observatory" in out and "LO, the Observatory" in out
    assert "Ruiz" not in out
    assert "the first 1 of 4; --limit N shows more." in out
    assert "config/entities" in out


def test_nothing_found_is_said(lake: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_entities(lake, "nobody")
    assert capsys.readouterr().out == "No entity fits 'nobody'.\n"
    (tmp_path / "empty").mkdir()
    print_entities(tmp_path / "empty")
    assert "copydesk ingest" in capsys.readouterr().out


def test_scripts_get_all_of_them(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_entities(lake, limit=1, as_json=True)
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in found] == ["Lake Observatory", "Córdoba", "Ana Ruiz", "Ana Silva"]
    assert found[0]["first_seen"] == "2025-03-01"
