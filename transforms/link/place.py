"""What the gazetteer knows of a place.

In: nothing. Out: `Place` and its levels.
"""

from dataclasses import dataclass

CONTINENT, COUNTRY, REGION, DISTRICT, TOWN = range(-1, 4)
"""Levels of a place: a district is a second-order region (county, arrondissement); a town is any populated place,
and in a gazetteer built from dumps any other point: a river, a mountain, an airport (`place_kind` tells them apart)."""

OWN_NAME, OTHER_NAME = 0, 1
"""How a name belongs to a place: its own name (or the short form of it), or one of its other names."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer. Coordinates are WGS 84 degrees, None where unknown; population 0 is unknown.

    `level` is CONTINENT, COUNTRY, REGION, DISTRICT or TOWN; `region_id` and `district_id` are the GeoNames ids of what
    contains it (0: unknown); `wikidata_id` is empty where unknown. `is_own_name` says whether it was looked up by its
    own name or by another one.
    """

    geonames_id: int
    name: str
    country_code: str
    level: int
    region_id: int
    district_id: int
    latitude: float | None
    longitude: float | None
    population: int
    place_kind: str
    is_capital: bool
    is_own_name: bool = True
    wikidata_id: str = ""

    @property
    def entity_id(self) -> str:
        """The id of the place among entities."""
        return f"geonames:{self.geonames_id}"
