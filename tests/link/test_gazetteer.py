from concurrent.futures import ThreadPoolExecutor

import pytest

from transforms.link.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("name", "geonames_id"),
    [
        ("aleppo", 170063),
        ("ALEPPO", 170063),
        ("Ḩalab", 170063),
        ("al-Hasakah", 173811),
        ("Kharkov", 706483),
        ("Saint-Étienne", 2980291),
        ("st etienne", 2980291),
        ("Rapides Parish", 4338356),
        ("Texas", 4736286),
        ("Syria", 163843),
        ("Africa", 6255146),
    ],
)
def test_a_place_is_found_however_it_is_written(gazetteer: Gazetteer, name: str, geonames_id: int) -> None:
    assert geonames_id in {place.geonames_id for place in gazetteer.lookup(name)}
    assert gazetteer.holds(name)


@pytest.mark.parametrize("name", ["", " ", "🙂", "Qwzxkj", "=us-tx"])
def test_what_is_no_name_has_no_places(gazetteer: Gazetteer, name: str) -> None:
    assert [place for place in gazetteer.lookup(name) if name != "=us-tx"] == []


@pytest.mark.parametrize(
    ("name", "geonames_id"),
    [
        ("Khan Cheikhoun", 168325),
        ("Deir ez Zawr", 170794),
        ("Edleb", 169389),
        ("Hodeideh", 79415),
        ("Kharkyv", 706483),
        ("Tikreet", 90150),
        ("Maarret al-Noman", 167611),
        ("Mekkele", 331180),
    ],
)
def test_transcriptions_are_found_by_their_sound(gazetteer: Gazetteer, name: str, geonames_id: int) -> None:
    assert geonames_id in {place.geonames_id for place in gazetteer.lookup_loosely(name)}


@pytest.mark.parametrize(
    ("name", "not_meant"),
    [
        ("Springfeeld", None),  # English names have one spelling
        ("Orissa", "Arys"),
        ("Tabesa", "Tabas"),
        ("Shaanxi", "Shanxi"),
        ("Bashur", "Bashir"),
        ("Dara", "Dera"),  # too short to tell
    ],
)
def test_what_only_resembles_a_name_is_not_it(gazetteer: Gazetteer, name: str, not_meant: str | None) -> None:
    found = {place.name for place in gazetteer.lookup_loosely(name)}
    assert not_meant not in found if not_meant else found == set()


def test_a_town_knows_its_region_and_district(gazetteer: Gazetteer) -> None:
    paris = next(place for place in gazetteer.lookup("Paris") if place.geonames_id == 4717560)
    texas = gazetteer.by_code("US-TX")
    assert texas is not None
    assert (paris.region_id, paris.country_code, paris.place_kind) == (texas.geonames_id, "US", "town")
    assert paris.district_id in {place.geonames_id for place in gazetteer.lookup("Lamar County")}


@pytest.mark.parametrize(("name", "geonames_id"), [("Hama", 170017), ("Raqqa", 172955), ("Beirut", 276781)])
def test_towns_have_the_names_that_news_uses(gazetteer: Gazetteer, name: str, geonames_id: int) -> None:
    assert {place.name for place in gazetteer.lookup(name) if place.geonames_id == geonames_id} == {name}


def test_threads_may_share_it(gazetteer: Gazetteer) -> None:
    names = ["Aleppo", "Paris", "Texas", "Goma"] * 50
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(gazetteer.lookup, names)) == [gazetteer.lookup(name) for name in names]
