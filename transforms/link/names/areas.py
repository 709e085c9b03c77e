"""Whose bodies there are: a place of a story comes in, the code of its country or region and their names go out.

A region is one of `territories.csv`: they have courts, ministries and parliaments of their own. Codes are ISO 3166.
"""

from functools import cache

from transforms.find.mentions import Mention
from transforms.link.countries import country_by_name, country_names
from transforms.link.folding import fold_name
from transforms.link.territories import region_codes, region_names


def area_of(place: Mention) -> str | None:
    """The code of a region, else that of the country a place is in: "US-GA" of Georgia and "GE" of the other one."""
    region = region_codes().get(place.geonames_id or 0) if place.label == "LOC" else None
    return region or place.country_code


def is_region(code: str | None) -> bool:
    """Whether a code is that of a region."""
    return code is not None and "-" in code


def country_of(code: str | None) -> str | None:
    """The country of a region, or the country itself.

    >>> country_of("US-GA"), country_of("GE"), country_of(None)
    ('US', 'GE', None)
    """
    return code.partition("-")[0] if code else None


def area_name(code: str) -> str | None:
    """What an area is called; None when nobody knows.

    >>> area_name("US-GA"), area_name("GE"), area_name("XX")
    ('Georgia, United States', 'Georgia', None)
    """
    country = next(iter(country_names().get(country_of(code) or "", ())), None)
    region = region_names().get(code)
    return f"{region}, {country}" if region and country else country


@cache
def shared_names() -> frozenset[str]:
    """What both a country and a region are called, folded: "georgia"."""
    return frozenset(map(fold_name, country_by_name())) & frozenset(map(fold_name, region_names().values()))
