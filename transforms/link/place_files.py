"""Places as they lie on disk: a place comes in, bytes go out, and a place again.

`places.rows` holds a row of one length for each place, the most populous first, `places.texts` its words. Both are read
piece by piece: mapped files of a million places would soon stand in the memory of every process that asks for names.
"""

import os
import struct
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from transforms.link.place import Place

ROWS_FILE = "places.rows"
TEXTS_FILE = "places.texts"

# GeoNames id, level, region, district, latitude, longitude, people, capital, country, where its words begin and end
_ROW = struct.Struct("<ibiiddq?2sQH")
_LONGEST = 20_000  # letters of a name; four bytes each must fit


class _Stored(Protocol):
    """What is kept of a place; coordinates are NaN where unknown."""

    geonames_id: int
    name: str
    country_code: str
    level: int
    region_id: int
    district_id: int
    latitude: float
    longitude: float
    population: int
    place_kind: str
    is_capital: bool
    wikidata_id: str


def packed_places(places: Iterable[_Stored]) -> Iterator[tuple[bytes, bytes]]:
    """The row of each place and its words, as they follow one another in the two files."""
    offset = 0
    for place in places:
        name = place.name[:_LONGEST].replace("\t", " ")
        text = f"{name}\t{place.place_kind}\t{place.wikidata_id}".encode()
        row = _ROW.pack(
            place.geonames_id,
            place.level,
            place.region_id,
            place.district_id,
            place.latitude,
            place.longitude,
            place.population,
            place.is_capital,
            place.country_code.encode("ascii"),
            offset,
            len(text),
        )
        offset += len(text)
        yield row, text


class PlaceFiles:
    """The places of a folder by number of row. Threads and forked processes may share it."""

    def __init__(self, folder: Path) -> None:
        """Open the two files; OSError when they are not there."""
        self._rows = _opened(self, folder / ROWS_FILE)
        self._texts = _opened(self, folder / TEXTS_FILE)
        self._count = os.fstat(self._rows).st_size // _ROW.size

    def __len__(self) -> int:
        return self._count

    def read(self, row: int, *, is_own_name: bool) -> Place:
        """The place of a row; OSError when the file ends before it."""
        number, level, region, district, latitude, longitude, people, capital, country, start, size = _ROW.unpack(
            _read(self._rows, _ROW.size, row * _ROW.size)
        )
        name, place_kind, wikidata_id = _read(self._texts, size, start).decode().split("\t")
        known = latitude == latitude  # NaN is not equal to itself
        return Place(
            geonames_id=number,
            name=name,
            country_code=country.rstrip(b"\0").decode(),
            level=level,
            region_id=region,
            district_id=district,
            latitude=latitude if known else None,
            longitude=longitude if known else None,
            population=people,
            place_kind=place_kind,
            is_capital=capital,
            is_own_name=is_own_name,
            wikidata_id=wikidata_id,
        )


def _opened(owner: object, path: Path) -> int:
    descriptor = os.open(path, os.O_RDONLY)
    weakref.finalize(owner, os.close, descriptor)
    return descriptor


def _read(descriptor: int, size: int, offset: int) -> bytes:
    found = os.pread(descriptor, size, offset)
    if len(found) < size:
        raise OSError(f"the gazetteer's files are cut short at byte {offset:,}; delete its folder, it is built anew")
    return found
