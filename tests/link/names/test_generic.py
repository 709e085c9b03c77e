"""Names that many bodies bear: in the story of one country they are its own, and in no story those of another."""

import re

import pytest

from transforms.find.mentions import Mention
from transforms.link.countries import country_by_name
from transforms.link.directory import packaged_directory
from transforms.link.names import link_names
from transforms.link.names.body_name import body_name
from transforms.link.names.generic import generic_names
from transforms.link.names.story_country import is_of_two_areas
from transforms.link.names.words import read_rows

GENERIC, UNTOLD = read_rows("generic_names.csv"), read_rows("untold.csv")
_BODY = re.compile(r"(?<=[a-z] )[A-Z].*[a-z](?= [a-z]+\.)")


def ids(text: str, *places: Mention) -> set[str | None]:
    """What the body at the end of a text means."""
    body = _BODY.search(text)
    assert body is not None
    linked = link_names(text, [*places, Mention(*body.span(), body[0], "ORG")], packaged_directory())
    return {each.entity_id for each in linked if each.start == body.start()}


def story_of(country: str, kinds: list[str], example: str) -> tuple[str, list[Mention]]:
    """A story that names places of a country, then what the example says."""
    places = [
        Mention(9 * at, 9 * at + 4, "Tavo", "LOC", f"geonames:{at}", "Tavo", country_code=country, place_kind=kind)
        for at, kind in enumerate(kinds)
    ]
    return f"{'Tavo fell' * len(kinds)}. {example}", places


@pytest.mark.parametrize("row", [row for row in GENERIC if row["kind"] == "national"], ids=lambda row: row["name"])
def test_a_name_that_each_country_has_takes_the_country_that_stands_there(row: dict[str, str]) -> None:
    country, _, rest = row["example"].partition("'s ")
    assert rest.startswith(row["name"])
    code, at = country_by_name()[country], len(country) + 3
    place = Mention(0, len(country), country, "LOC", "geonames:1", country, country_code=code, place_kind="country")
    body = Mention(at, at + len(row["name"]), row["name"], "ORG")
    _, linked = link_names(row["example"], [place, body], packaged_directory())
    known = packaged_directory().by_id(linked.entity_id or "")
    assert linked.entity_id is not None
    assert linked.entity_id.startswith(f"org:{code.lower()}-") or (known is not None and known.country_code == code)


@pytest.mark.parametrize("row", GENERIC, ids=lambda row: row["name"])
def test_without_a_country_it_is_nobodys(row: dict[str, str]) -> None:
    text = f"Then came {row['name']}."
    body = Mention(10, 10 + len(row["name"]), row["name"], "FAC" if row["name"].endswith(("Hall", "Street")) else "ORG")
    known = packaged_directory().lookup(row["name"], "ORG")
    linked = link_names(text, [body], packaged_directory())
    assert {each.entity_id for each in linked} == ({known[0].entity_id} if known else {None})
    assert row["name"] in row["example"]


@pytest.mark.parametrize("row", [row for row in UNTOLD if row["why"] != "whole"], ids=lambda row: row["body"])
def test_the_places_of_a_story_do_not_tell_whose_it_is(row: dict[str, str]) -> None:
    known = {each.entity_id for each in packaged_directory().lookup(row["body"])}
    for country in row["countries"].split("|"):
        kinds = ["city"] if row["why"] == "regional" else ["country"]
        kinds *= 5 if row["why"] in {"absent", "named"} else 1
        text, places = story_of(country or "ML", kinds, row["example"])
        assert ids(text, *places) <= {None} | known


@pytest.mark.parametrize(
    "row", [row for row in UNTOLD if row["why"] in {"abroad", "regional", "whole"}], ids=lambda row: row["body"]
)
def test_a_story_about_the_country_itself_does(row: dict[str, str]) -> None:
    for country in (row["countries"] or "US").split("|"):
        text, places = story_of(country, ["city" if row["why"] == "whole" else "country"] * 4, row["example"])
        assert None not in ids(text, *places)


def test_each_name_has_one_kind() -> None:
    assert len(generic_names()) == len({body_name(row["name"]).words for row in GENERIC})
    assert set(generic_names().values()) == {"national", "none"}


GEORGIA_US = {"geonames_id": 4197000, "country_code": "US", "place_kind": "region"}
GEORGIA = {"geonames_id": 614540, "country_code": "GE", "place_kind": "country"}
OHIO = {"geonames_id": 5165418, "country_code": "US", "place_kind": "region"}


@pytest.mark.parametrize(
    ("text", "body", "meant", "entity_id"),
    [
        ("The Georgia Supreme Court ruled.", "Georgia Supreme Court", GEORGIA_US, "us-ga-supreme-court"),
        ("The Supreme Court of Georgia ruled.", "Supreme Court", GEORGIA_US, "us-ga-supreme-court"),
        ("The Supreme Court of Georgia ruled.", "Supreme Court of Georgia", GEORGIA, "ge-supreme-court"),
        ("Georgia's Supreme Court ruled.", "Supreme Court", GEORGIA, "ge-supreme-court"),
        ("Georgia's Senate voted.", "Senate", GEORGIA_US, "us-ga-senate"),
        ("The Ohio Department of Health spoke.", "Ohio Department of Health", OHIO, "us-oh-health-department"),
        ("The Ohio Democratic Party met.", "Ohio Democratic Party", OHIO, "us-oh-democratic-party"),
    ],
)
def test_bodies_of_regions_are_told_from_those_of_countries(
    text: str, body: str, meant: dict[str, object], entity_id: str
) -> None:
    place = "Ohio" if meant is OHIO else "Georgia"
    at, start = text.index(place), text.index(body)
    text, country = f"{text} So Tavo", str(meant["country_code"])
    mentions = [
        Mention(len(text) - 4, len(text), "Tavo", "LOC", "geonames:1", "Tavo", country_code=country, place_kind="town"),
        Mention(at, at + len(place), place, "LOC", f"geonames:{meant['geonames_id']}", place, **meant),  # type: ignore[arg-type]
        Mention(start, start + len(body), body, "ORG"),
    ]
    linked = next(each for each in link_names(text, mentions, packaged_directory()) if each.label == "ORG")
    assert (linked.entity_id, linked.country_code) == (f"org:{entity_id}", meant["country_code"])


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Georgia Supreme Court", True),
        ("Supreme Court of Georgia", True),
        ("Georgia Power", False),
        ("Ohio Supreme Court", False),
        ("Supreme Court", False),
    ],
)
def test_a_country_and_a_region_may_have_one_name(name: str, is_one: bool) -> None:
    assert is_of_two_areas(body_name(name)) == is_one
