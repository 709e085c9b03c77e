"""What the words about a name say: a text and the ends of a span come in, a clue goes out.

The words themselves are in `en/*.csv`.
"""

import re
from dataclasses import dataclass

from transforms.link.gazetteer import Gazetteer
from transforms.link.place import COUNTRY, TOWN, Place
from transforms.link.words import abbreviations, list_before, not_places, other_senses, word_after, word_before

_NEARBY = 40  # letters before a name in which the words about it stand
_LIST = re.compile(r",? and |, (?:and )?| or ")
_DATELINE = re.compile(r"(?:,[^\n—–-]{1,30})?\s?(?:\([^)\n]{1,40}\)\s?)?\s(?:—|–|-{1,2})\s")
_AFTER_COMMA = re.compile(r",\s+((?:[A-Z]\.){2,}|[A-Z][\w’'-]*\.?(?:\s[A-Z][\w’'-]*){0,3})")


@dataclass(frozen=True, slots=True)
class Container:
    """What stands after the comma of a place: "Texas" in "Paris, Texas", and the places it may mean."""

    start: int
    end: int
    places: tuple[Place, ...]


_NOWHERE = Container(0, 0, ())


def container_after(text: str, end: int, gazetteer: Gazetteer) -> Container:
    """The country, region or district named after the comma at `end`; one without places when there is none."""
    found = _AFTER_COMMA.match(text, end)
    if found is None:
        return _NOWHERE
    for last in reversed(list(re.finditer(r"\S+", found[1]))):
        name = found[1][: last.end()].removesuffix("’s").removesuffix("'s")
        places = places_of_abbreviation(name, gazetteer) or tuple(
            place for place in gazetteer.lookup(name) if COUNTRY <= place.level < TOWN and place.is_own_name
        )
        if places:
            return Container(found.start(1), found.start(1) + len(name), places)
    return _NOWHERE


def places_of_abbreviation(name: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The regions that an abbreviation stands for, with its full stop or without: "S.C.", "Wash"."""
    codes = abbreviations().get(name) or abbreviations().get(f"{name}.", ())
    return tuple(place for code in codes if (place := gazetteer.by_code(code)))


def is_after_preposition(text: str, start: int) -> bool:
    """Whether "in", "near" and the like stand before: people are met and written to as places are, but not lived in."""
    return word_before("place").search(text, max(0, start - _NEARBY), start) is not None


def is_not_place(text: str, start: int, name: str) -> bool:
    """Whether the name at `start` means something that is no place, here: "March" does, even "in March"."""
    return name in not_places() and name in not_places(is_after_preposition(text, start))


def feature_word_before(text: str, start: int, means: str) -> bool:
    """Whether words before say that it is a `region` or a `town`: "the province of"."""
    return word_before(means).search(text, max(0, start - _NEARBY), start) is not None


def feature_word_after(text: str, end: int, means: str) -> bool:
    """Whether the word after says that it is a `region`, a `town` or some `place`: "province", "police"."""
    return word_after(means).match(text, end) is not None


def ends_in_feature_word(name: str) -> bool:
    """Whether the name itself ends so: "Cork County"."""
    last = name.rfind(" ")
    return last > 0 and word_after("region").fullmatch(name, last) is not None


def is_announced(text: str, start: int) -> bool:
    """Whether words before announce a list of places: "towns along the coast, including"."""
    return list_before().search(text, max(0, start - 100), start) is not None


def is_listed(text: str, end: int, start: int) -> bool:
    """Whether only a comma or "and" stands between two names."""
    return 0 < start - end < 8 and _LIST.fullmatch(text, end, start) is not None


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a story begins with the name: "BEIRUT (AP) —", "BEIRUT:"; in capitals it may also follow the headline."""
    line = text[max(0, start - 200) : start].rpartition("\n")[2].rstrip()
    shouted = end - start > 3 and text[start:end].isupper()
    begins = not line or (shouted and line[-1] in ".!?")
    return begins and bool(_DATELINE.match(text, end) or (shouted and text.startswith(": ", end)))


def is_common_noun(text: str, start: int, end: int) -> bool:
    """Whether a country's name is the bird or the porcelain here: no name at all."""
    near = other_senses().get(text[start:end])
    line_start = text.rfind("\n", 0, start) + 1
    return near is not None and near.search(text, max(line_start, start - _NEARBY), end + _NEARBY) is not None
