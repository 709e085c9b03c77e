"""Lines of the dumps, one by one: what they tell, and what is wrong with those that are not of the format."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.link.dumps.geonames import read_area, read_country, read_name, read_place
from transforms.link.dumps.line import WrongLine
from transforms.link.dumps.wikidata import read_entity
from transforms.tables import PLACE_KINDS


def line(kind: str, people: str = "120", others: str = "") -> str:
    group, code = kind.split(".")
    columns = [
        "7",
        "Tell",
        "Tell",
        others,
        "36.5",
        "37.1",
        group,
        code,
        "SY",
        "",
        "09",
        "",
        "",
        "",
        people,
        "",
        "",
        "",
        "",
    ]
    return "\t".join(columns)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (line("P.PPL"), "village"),
        (line("P.PPL", ""), "village"),
        (line("P.PPLA3", ""), "town"),
        (line("P.PPL", "80000"), "city"),
        (line("A.ADM1"), "region"),
        (line("S.AIRP"), "facility"),
        (line("T.MT", others="Tall,Tel"), "other"),
        (line("T.MT"), None),
        (line("P.PPLH"), None),
        (line("V.TREE"), None),
    ],
)
def test_a_kind_of_place_that_news_names(text: str, kind: str | None) -> None:
    found = read_place(text)
    assert (found and found[0].place_kind) == kind


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("7\tTell", "19 tab-separated columns expected, 2 found"),
        (line("P.PPL", "many"), "population"),
        (line("P.PPL").replace("36.5", "north"), "latitude"),
        (line("P.PPL").replace("37.1", "nan"), "longitude"),
        (line("P.PPL").replace("\tSY\t", "\tSyria\t"), "country code"),
        (line("P.PPL").replace("\tSY\t", "\tÄÖ\t"), "country code"),
        (line("P.PPL").replace("7\t", "-7\t", 1), "geonameid"),
        (line("P.PPL").replace("7\t", "9" * 12 + "\t", 1), "geonameid"),
    ],
)
def test_a_wrong_line_says_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(WrongLine, match=why):
        read_place(text)


@pytest.mark.parametrize("value", ['{"id": "Q1", "claims": ["P1566"]}', '{"id": 1, "P1566": 2}', '{"P1566": '])
def test_a_wrong_entity_says_so(value: str) -> None:
    with pytest.raises(WrongLine):
        read_entity(value)


@given(st.one_of(st.text(), st.lists(st.text(max_size=5), min_size=8, max_size=19).map("\t".join)))
def test_no_line_raises_anything_else(text: str) -> None:
    for read in (read_place, read_name, read_area, read_country, read_entity):
        try:
            read(text)
        except WrongLine as wrong:
            assert str(wrong)


def test_each_feature_has_one_kind_and_an_example() -> None:
    rows = list(csv.DictReader((files("transforms.link.dumps") / "features.csv").read_text().splitlines()))
    assert len({row["code"] for row in rows}) == len(rows)
    assert all(row["kind"] in PLACE_KINDS and row["example"] for row in rows)
