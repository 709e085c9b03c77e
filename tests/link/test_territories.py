"""Each line of `territories.csv` is about a place of the gazetteer, whose English name it tells."""

import re
from collections import Counter

import pytest

from transforms.link.countries import country_names
from transforms.link.gazetteer import Gazetteer
from transforms.link.territories import territory_rows

ROWS = territory_rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["code"])
def test_a_territory_is_a_place_with_that_name_and_id(row: dict[str, str], gazetteer: Gazetteer) -> None:
    place = gazetteer.by_code(row["code"])
    assert place is not None
    assert (place.geonames_id, place.wikidata_id) == (int(row["geonames_id"]), row["wikidata_id"])
    assert re.fullmatch("Q[1-9][0-9]*", row["wikidata_id"])
    called_so = [each for each in gazetteer.lookup(row["name"]) if each.geonames_id == place.geonames_id]
    assert [each.is_own_name for each in called_so] == [True]


def test_all_countries_have_a_line_and_nothing_has_two() -> None:
    assert {row["code"] for row in ROWS if "-" not in row["code"]} >= country_names().keys()
    for column in ("code", "geonames_id", "wikidata_id"):
        assert [value for value, count in Counter(row[column] for row in ROWS).items() if count > 1] == []


@pytest.mark.parametrize(
    ("code", "name", "also"),
    [
        ("RU-KRS", "Kursk", "Kursk Oblast"),
        ("RU-IN", "Ingushetia", "Ingushetiya"),
        ("DE-BY", "Bavaria", "Bayern"),
        ("CN-XJ", "Xinjiang", "Xinjiang Uyghur Autonomous Region"),
        ("UA-63", "Kharkiv", "Kharkiv Oblast"),
    ],
)
def test_regions_are_called_what_the_news_calls_them(code: str, name: str, also: str, gazetteer: Gazetteer) -> None:
    place = gazetteer.by_code(code)
    assert place is not None
    assert place.name == name
    assert place.geonames_id in {each.geonames_id for each in gazetteer.lookup(also)}
