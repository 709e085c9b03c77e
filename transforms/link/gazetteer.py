"""The gazetteer: a name comes in, the places that bear it go out. It reads its files through a memory map."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from transforms.link.folding import fold_name, loose_key
from transforms.link.place import OTHER_NAME, OWN_NAME, Place

PLACES_FILE = "places.arrow"
NAMES_FILE = "names.marisa"
LOOSE_FILE = "loose_names.marisa"
NAMES_FORMAT = "<IB"
LOOSE_FORMAT = "<I"

# A name like "San José" is borne by hundreds; the smallest of them are never what a story means.
_MOST_PLACES = 60


class Gazetteer:
    """Places by name. Open it with `flows.gazetteer.open_gazetteer`; it is read-only and may be shared by threads."""

    def __init__(self, folder: Path) -> None:
        """Map the files in `folder`; OSError when they are not there."""
        with pa.memory_map(str(folder / PLACES_FILE)) as source:
            table = pa.ipc.open_file(source).read_all()
        self._chunks = [_Chunk(batch) for batch in table.to_batches()]
        self._size = len(table)
        self._chunk_size = len(self._chunks[0].words[0]) if self._chunks else 1
        self._names: Any = marisa_trie.RecordTrie(NAMES_FORMAT)
        self._names.mmap(str(folder / NAMES_FILE))
        self._loose: Any = marisa_trie.RecordTrie(LOOSE_FORMAT)
        self._loose.mmap(str(folder / LOOSE_FILE))
        self.lookup = lru_cache(maxsize=20_000)(self._lookup)
        self.lookup_loosely = lru_cache(maxsize=5_000)(self._lookup_loosely)
        self.by_code = lru_cache(maxsize=5_000)(self._by_code)

    def __len__(self) -> int:
        return self._size

    def _lookup(self, name: str) -> tuple[Place, ...]:
        """The places of that name, whatever its case, accents, hyphens or article, the most populous first."""
        return self._by_key(fold_name(name))

    def _lookup_loosely(self, name: str) -> tuple[Place, ...]:
        """Places in countries with another script whose name sounds like that one. The context must confirm one."""
        key = loose_key(name)
        rows = {row for (row,) in self._loose.get(key, ())} if key else set()
        return self._most_populous([(row, OTHER_NAME) for row in rows])

    def _by_code(self, code: str) -> Place | None:
        """The country or region with that ISO 3166 code ("SY", "US-TX"), or None."""
        found = self._by_key(f"={code.casefold()}")
        return found[0] if found else None

    def holds(self, name: str) -> bool:
        """Whether any place bears the name; cheaper than `lookup`."""
        return fold_name(name) in self._names

    def _by_key(self, key: str) -> tuple[Place, ...]:
        return self._most_populous(self._names.get(key, ())) if key else ()

    def _most_populous(self, found: Sequence[tuple[int, int]]) -> tuple[Place, ...]:
        best = sorted(found, key=lambda item: (-self._population(item[0]), item[0]))[:_MOST_PLACES]
        return tuple(self._place(row, kind) for row, kind in best)

    def _population(self, row: int) -> int:
        chunk, at = divmod(row, self._chunk_size)
        return int(self._chunks[chunk].numbers[-1][at])

    def _place(self, row: int, kind: int) -> Place:
        number, at = divmod(row, self._chunk_size)
        chunk = self._chunks[number]
        ids, levels, regions, districts, latitudes, longitudes, populations = chunk.numbers
        name, country_code, place_kind, is_capital, wikidata_id = (words[at].as_py() for words in chunk.words)
        latitude, longitude = float(latitudes[at]), float(longitudes[at])
        known = latitude == latitude  # NaN is not equal to itself
        return Place(
            geonames_id=int(ids[at]),
            name=name,
            country_code=country_code,
            level=int(levels[at]),
            region_id=int(regions[at]),
            district_id=int(districts[at]),
            latitude=latitude if known else None,
            longitude=longitude if known else None,
            population=int(populations[at]),
            place_kind=place_kind,
            is_capital=is_capital,
            is_own_name=kind == OWN_NAME,
            wikidata_id=wikidata_id,
        )


class _Chunk:
    """So many rows of the file; all chunks but the last are of one size, so that a row number is a place in one."""

    def __init__(self, batch: Any) -> None:
        self.numbers = [_numbers(batch.column(at)) for at in (0, 3, 4, 5, 6, 7, 8)]
        self.words: list[Any] = [batch.column(at) for at in (1, 2, 9, 10, 11)]


def _numbers(column: Any) -> npt.NDArray[Any]:
    """The mapped numbers of a column without nulls; `to_numpy` would load pandas: a second, and 50 MiB."""
    return np.frombuffer(column.buffers()[1], dtype=str(column.type).replace("double", "float64"), count=len(column))
