"""Buildings and works are told by their noun, whatever the model takes them for."""

import pytest

from transforms.find.mentions import Mention
from transforms.link.directory import packaged_directory
from transforms.link.names import link_names
from transforms.link.names.facilities import FACILITY, find_facilities
from transforms.link.names.words import read_rows

ROWS = read_rows("facilities.csv")


def found(text: str, name: str, label: str, **known: object) -> list[tuple[str, str]]:
    at = text.index(name)
    mention = Mention(at, at + len(name), name, label, **known)  # type: ignore[arg-type]
    return [(each.text, each.label) for each in find_facilities(text, [mention])]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["noun"])
def test_a_name_that_ends_in_the_noun_is_a_building(row: dict[str, str]) -> None:
    name = f"{row['noun']} Korrin" if row["noun"].endswith(" of") else f"Korrin {row['noun']}"
    for label in ("PER", "WORK", "PRODUCT", "NORP"):
        assert found(row["example"], name, label) == [(name, "FAC")]
    for label in ("ORG", "LOC"):
        assert found(row["example"], name, label) == [(name, "FAC" if row["turns"] == "any" else label)]
    assert row["turns"] in {"any", "people"}


@pytest.mark.parametrize("noun", [noun for row in ROWS for noun in row["small"].split("|") if noun])
def test_a_name_goes_on_with_a_small_noun(noun: str) -> None:
    text = f"Fire broke out at the Korrin {noun} on Friday."
    assert found(text, "Korrin", "LOC", place_kind="town") == [("Korrin", "LOC"), (f"Korrin {noun}", "FAC")]
    assert found(text, "Korrin", "PER") == [(f"Korrin {noun}", "FAC")]


@pytest.mark.parametrize(
    ("text", "name", "label", "known"),
    [
        ("He fled a Korrin prison.", "Korrin", "LOC", {}),
        ("He left Mali airport staff waiting.", "Mali", "LOC", {"place_kind": "country"}),
        ("Ana Ruiz prison guards met.", "Ana Ruiz", "PER", {}),
        ("The Korrin prisons are full.", "Korrin", "LOC", {}),
        ("The Korrin mine-clearers came.", "Korrin", "LOC", {}),
        ("The Korrin port was shut.", "Korrin", "LOC", {}),
        ("Korrin Palace won the match.", "Korrin Palace", "ORG", {}),
        ("Korrin Dam opened.", "Korrin Dam", "LOC", {"entity_id": "geonames:7"}),
        ("The Dam burst.", "Dam", "ORG", {}),
    ],
)
def test_what_is_no_building_stays(text: str, name: str, label: str, known: dict[str, str]) -> None:
    assert found(text, name, label, **known) == [(name, label)]


def test_a_noun_that_is_in_a_longer_name_adds_nothing() -> None:
    text = "Planes left Tavo- Korrin Airport."
    mentions = [Mention(12, 32, "Tavo- Korrin Airport", "ORG"), Mention(18, 24, "Korrin", "LOC")]
    assert [(each.text, each.label) for each in find_facilities(text, mentions)] == [
        ("Tavo- Korrin Airport", "FAC"),
        ("Korrin", "LOC"),
    ]


def test_a_building_has_one_id_by_its_name_and_its_acronym() -> None:
    text = "The Korrin Rebirth Dam (KRD) is full. The KRD and Korrin Rebirth dam are one."
    mentions = [Mention(4, 22, "Korrin Rebirth Dam", "ORG"), Mention(50, 68, "Korrin Rebirth dam", "WORK")]
    linked = link_names(text, mentions, packaged_directory())
    assert [(each.text, each.label, each.entity_id) for each in linked] == [
        ("Korrin Rebirth Dam", "FAC", "fac:korrin-rebirth-dam"),
        ("KRD", "FAC", "fac:korrin-rebirth-dam"),
        ("KRD", "FAC", "fac:korrin-rebirth-dam"),
        ("Korrin Rebirth dam", "FAC", "fac:korrin-rebirth-dam"),
    ]
    assert linked[0].rule == FACILITY
