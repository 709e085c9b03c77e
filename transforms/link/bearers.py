"""What bears a name: the gazetteer's places of that name come in, how far the name alone makes a place goes out."""

from collections.abc import Sequence

from transforms.link.folding import loose_key
from transforms.link.gazetteer import Gazetteer
from transforms.link.place import REGION, TOWN, Place
from transforms.link.resolution import is_within

_LARGE_TOWN = 100_000  # people
_LARGE_REGION = 500_000
_KNOWN_TOWN = 1_000
_RIVAL = 20_000
_MUCH_LARGER = 15

# Where many towns bear the names of people, or people those of towns.
_NAMESAKES = frozenset(
    code
    for codes in (
        "US GB CA AU NZ IE JM PH ES PT IT FR DE AT CH NL BE DK SE NO FI PL",
        "MX GT SV HN NI CR PA CU DO PR CO VE EC PE BO CL AR UY PY BR",
    )
    for code in codes.split()
)


def is_known_town(places: Sequence[Place]) -> bool:
    """Whether one of them is a region, or a town of more than a thousand people, by its own name."""
    return any(place.is_own_name and place.level >= REGION and place.population >= _KNOWN_TOWN for place in places)


def is_large_region(places: Sequence[Place]) -> bool:
    """Whether the name is first of all that of a large region: Texas, Ontario, Bavaria."""
    first = places[0]
    has_rival = any(place.level == TOWN and place.population > _LARGE_TOWN for place in places)
    return first.level == REGION and first.population >= _LARGE_REGION and not has_rival


def is_contained(places: Sequence[Place], containers: Sequence[Place]) -> bool:
    """Whether one of the places lies in one of the containers."""
    return any(is_within(place, container) for place in places for container in containers)


def is_distinctive(name: str, label: str | None, gazetteer: Gazetteer) -> bool:
    """Whether a name is that of one large town alone, so that it can hardly be a company's, or a person's.

    `label` is what the model takes it for, None when it saw no name. For a person or no name the town must lie where
    towns and people are not called alike. Acronyms are not looked at.
    """
    if " " in name or (name.isupper() and len(name) < 5):
        return False
    places = gazetteer.lookup(name)
    towns = [place for place in places if place.level == TOWN]
    if not towns:
        return False
    town, *others = towns
    regions = [place for place in places if place.level == REGION and place.geonames_id == town.region_id]
    people = max([town.population, *(region.population for region in regions)])
    rivals = sum(place.population or _KNOWN_TOWN for place in others if place.is_own_name or place.population > _RIVAL)
    if people < _LARGE_TOWN or people < _MUCH_LARGER * rivals:
        return False
    if label not in {"PER", None}:
        return town.is_own_name
    is_usual = town.is_own_name or bool(regions) or loose_key(name) == loose_key(town.name) != ""
    return is_usual and town.country_code not in _NAMESAKES


def lies_with(name: str, neighbour: str, gazetteer: Gazetteer) -> bool:
    """Whether a place of one name is in the region of a place of another, or is a large one in its country."""
    around = [place for place in gazetteer.lookup(neighbour) if place.level >= REGION]
    regions = {place.region_id or place.geonames_id for place in around}
    countries = {place.country_code for place in around[:3]}
    return any(
        (place.is_own_name and (place.region_id or place.geonames_id) in regions)
        or (place.population >= 50_000 and place.country_code in countries)
        for place in gazetteer.lookup(name)
    )
