"""The gazetteer: a name comes in, the places that bear it go out. Its names are read through a memory map."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import marisa_trie

from transforms.link.folding import fold_name, folded_skeleton, same_name
from transforms.link.place import OTHER_NAME, OWN_NAME, Place
from transforms.link.place_files import PlaceFiles
from transforms.link.recent import Recent

NAMES_FILE = "names.marisa"
LOOSE_FILE = "loose_names.marisa"
NAMES_FORMAT = "<IB"
LOOSE_FORMAT = "<I"

# A name like "San José" is borne by hundreds; the smallest of them are never what a story means.
_MOST_PLACES = 60
# 5 to 10 MiB. Twice as many hardly save more: in 325,000 words of news, 64 lookups of 100 instead of 62.
_KEPT_PLACES = 10_000
_KEPT_KEYS = 20_000  # some 3 MiB; half the questions are about the first words of sentences

# Names of other consonants are not looked at; a name of few consonants has this many rivals in a large gazetteer.
_MOST_ALIKE = 1_000


class Gazetteer:
    """Places by name. Open it with `flows.gazetteer.open_gazetteer`; it is read-only and may be shared by threads."""

    def __init__(self, folder: Path) -> None:
        """Map the files in `folder`; OSError when they are not there."""
        self._places = PlaceFiles(folder)
        self._names: Any = marisa_trie.RecordTrie(NAMES_FORMAT)
        self._names.mmap(str(folder / NAMES_FILE))
        self._loose: Any = marisa_trie.RecordTrie(LOOSE_FORMAT)
        self._loose.mmap(str(folder / LOOSE_FILE))
        self.lookup = Recent(self._lookup, _KEPT_PLACES)
        self.lookup_loosely = Recent(self._lookup_loosely, _KEPT_PLACES)
        self.by_code = lru_cache(maxsize=5_000)(self._by_code)
        self._has_key: Callable[[str], bool] = lru_cache(maxsize=_KEPT_KEYS)(self._names.__contains__)

    def __len__(self) -> int:
        return len(self._places)

    def _lookup(self, name: str) -> tuple[Place, ...]:
        """The places of that name, whatever its case, accents, hyphens or article, the most populous first."""
        return self._by_key(fold_name(name))

    def _lookup_loosely(self, name: str) -> tuple[Place, ...]:
        """Places with another spelling of that name, as their country's script allows it (`folding.same_name`).

        Only in countries whose names come from another script. The context must confirm one.
        """
        folded = fold_name(name)
        key = folded_skeleton(folded)
        alike = islice(self._loose.iteritems(f"{key}\t"), _MOST_ALIKE) if key else ()
        rows = {row for entry, (row,) in alike if _is_spelling(folded, entry)}
        return self._most_populous([(row, OTHER_NAME) for row in rows])

    def _by_code(self, code: str) -> Place | None:
        """The country or region with that ISO 3166 code ("SY", "US-TX"), or None."""
        found = self._by_key(f"={code.casefold()}")
        return found[0] if found else None

    def holds(self, name: str) -> bool:
        """Whether any place bears the name; cheaper than `lookup`."""
        return self._has_key(fold_name(name))

    def _by_key(self, key: str) -> tuple[Place, ...]:
        return self._most_populous(self._names.get(key, ())) if key else ()

    def _most_populous(self, found: Sequence[tuple[int, int]]) -> tuple[Place, ...]:
        # The rows stand in order of population.
        best = sorted(found, key=itemgetter(0))[:_MOST_PLACES]
        return tuple(self._places.read(row, is_own_name=kind == OWN_NAME) for row, kind in best)


def _is_spelling(folded: str, entry: str) -> bool:
    """Whether a folded name is another spelling of the one in a key of the loose names, in the country of that."""
    _, country, other = entry.split("\t")
    return same_name(folded, other, country=country)
