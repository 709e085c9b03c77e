"""Countries and their regions beyond GeoNames: nothing comes in, English names and Wikidata ids go out.

The facts are `territories.csv`: all countries, and the regions of the largest federal states, of China, Ukraine and
others. Its ids and names are Wikidata's (CC0), as the package rigour (MIT) has them; that is not installed, as it needs
a compiler for ICU.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def wikidata_ids() -> Mapping[int, str]:
    """Wikidata ids by GeoNames id.

    >>> wikidata_ids()[163843]
    'Q858'
    """
    return MappingProxyType({int(row["geonames_id"]): row["wikidata_id"] for row in territory_rows()})


@cache
def region_names() -> Mapping[str, str]:
    """English names of regions by ISO 3166-2 code.

    >>> region_names()["RU-KRS"]
    'Kursk Oblast'
    """
    return MappingProxyType({row["code"]: row["name"] for row in territory_rows() if "-" in row["code"]})


@cache
def region_codes() -> Mapping[int, str]:
    """ISO 3166-2 codes of regions by GeoNames id.

    >>> region_codes()[4197000]
    'US-GA'
    """
    return MappingProxyType({int(row["geonames_id"]): row["code"] for row in territory_rows() if "-" in row["code"]})


def territory_rows() -> list[dict[str, str]]:
    """The lines of `territories.csv`."""
    return list(csv.DictReader((files("transforms.link") / "territories.csv").read_text(encoding="utf-8").splitlines()))
