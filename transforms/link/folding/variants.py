"""Whether two names are spellings of one name: names come in, the level at which they meet goes out.

The levels go from strict to loose: FOLDED (case, accents, hyphens), SPELLED (another customary spelling of the same
element, another digraph for the same sound), SOUNDED (the same consonants, vowels that one original can have; for names
that show their other script), SKELETON (short vowels may be left out; the country must be known). Edit distance is not
used: "Bashar" is nearer to "Bashir", another name, than to "Bachar", the same one.
"""

import csv
import re
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from transforms.link.folding.keys import ARTICLES, fold_name, name_words
from transforms.link.folding.sounds import Sounds, agree, sounds_of, spelled

_DATA = Path(__file__).parent / "data"
_LONGEST = 200
_FEWEST_CONSONANTS = 3


class Level(IntEnum):
    """How loosely two names meet; a lower level is surer."""

    FOLDED = 1
    SPELLED = 2
    SOUNDED = 3
    SKELETON = 4


def _read(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


_ELEMENTS = {word: row["element"] for row in _read("elements.csv") for word in row["spellings"].split()}
_OWN = frozenset(row["element"] for row in _read("elements.csv"))
_APART = frozenset(frozenset((row["one"], row["other"])) for row in _read("apart.csv"))
_TRANSCRIBED = frozenset(code for row in _read("countries.csv") for code in row["codes"].split())

# The article as only Arabic has it; "el", "as", "an" and others are also words of Spanish, Portuguese or English.
_SURE_ARTICLES = frozenset(("al", "ul", "ash", "esh", "az", "ez"))
# What shows that a name was put into Latin letters from another script.
_MARK = re.compile(r"kh|gh|dh|zh|aa|q(?!u)|(?:ov|ova|ev|eva|enko|chuk|shvili|skii|skiy|skyy)$")
# "Abdelrahman", "Abdurrahman", "Abdullah": servant, article (its l may become the next consonant), name of God.
_SERVANT = re.compile(r"ab[dt][aeiou](?:l(?=$|[a-z]{3})|([rsdtnz])(?=\1))")


def same_name(one: str, other: str, *, country: str | None = None) -> bool:
    """Whether the two are spellings of one name. `country` (ISO 3166, two letters) says that both belong to it.

    >>> same_name("Bashar", "Bachar"), same_name("Bashar", "Bashir")
    (True, False)
    >>> same_name("Edlib", "Idlib"), same_name("Edlib", "Idlib", country="SY")
    (False, True)
    """
    return variant_level(one, other, country=country) is not None


def variant_level(one: str, other: str, *, country: str | None = None) -> Level | None:
    """The strictest level at which two names meet; None when they are different names.

    >>> variant_level("Khan Cheikhoun", "Khān Shaykhūn")
    <Level.SOUNDED: 3>
    """
    key, other_key = fold_name(one), fold_name(other)
    if not key or not other_key:
        return None
    if key == other_key:
        return Level.FOLDED
    if max(len(key), len(other_key)) > _LONGEST or not (key.isascii() and other_key.isascii()):
        return None
    if frozenset((key, other_key)) in _APART or _digits(key) != _digits(other_key):
        return None
    return _meeting(key, other_key, (country or "").upper())


def skeleton(name: str) -> str:
    """A key that spellings of one name share when its country is known; empty when that says too little.

    Other names share it as well: `same_name` must confirm. It has the consonants, and where there are vowels, as far as
    none may be left out.

    >>> skeleton("Hodeidah"), skeleton("al-Hudaydah"), skeleton("Idlib"), skeleton("Edlib")
    ('h~d~d~', 'h~d~d~', '~dl~b', '~dl~b')
    """
    return folded_skeleton(fold_name(name))


def folded_skeleton(key: str) -> str:
    """The same of a name that is folded already (`fold_name`)."""
    words = _sounds(_elements(key)) if key.isascii() and len(key) <= _LONGEST else ()
    count = sum(len(word.consonants) for word in words)
    if count < _FEWEST_CONSONANTS:
        return ""
    marked = "".join(map(_marked_vowels, words))
    if count <= _FEWEST_CONSONANTS:
        return marked
    plain = marked.replace("~", "")
    return f"{'~' if marked[0] == '~' else ''}{plain}{'~' if marked[-1] == '~' else ''}"


def _marked_vowels(word: Sounds) -> str:
    consonants = (*word.consonants, "")
    return "".join(f"{'~' if vowel else ''}{after}" for vowel, after in zip(word.vowels, consonants, strict=True))


def _meeting(key: str, other: str, country: str) -> Level | None:
    known = country in _TRANSCRIBED
    ours, theirs = _elements(key), _elements(other)
    mine, yours = _articles(key), _articles(other)
    if not known and bool(mine) != bool(yours) and not (mine | yours) <= _SURE_ARTICLES:
        return None
    if any(pair in _APART for pair in map(frozenset, zip(ours, theirs, strict=False))):
        return None
    if _spelled(ours) == _spelled(theirs):
        return Level.SPELLED
    if not known and (country or not (_is_marked(key) and _is_marked(other))):
        return None
    return _by_sound(ours, theirs, known)


def _by_sound(ours: tuple[str, ...], theirs: tuple[str, ...], known: bool) -> Level | None:
    heard, their = _sounds(ours), _sounds(theirs)
    if agree(heard, their):
        return Level.SOUNDED
    return Level.SKELETON if known and agree(heard, their, gaps=True) else None


@lru_cache(maxsize=16384)
def _elements(key: str) -> tuple[str, ...]:
    """The words of a folded name without articles, each element in its one customary spelling."""
    words: list[str] = []
    for word in key.split():
        found = _SERVANT.match(word)
        words.extend(("abd", word[found.end() :]) if found else (word,))
    kept = [word for word in words if word and word not in ARTICLES] or words
    return tuple(_ELEMENTS.get(word, word) for word in kept)


def _spelled(words: tuple[str, ...]) -> str:
    # Joined, since "Nur-Sultan" and "Nursultan", "Abu Kamal" and "Abukamal" are one.
    return "".join(word if word in _OWN else spelled(word) for word in words)


@lru_cache(maxsize=16384)
def _sounds(words: tuple[str, ...]) -> tuple[Sounds, ...]:
    return tuple(sounds_of(word) for word in words)


def _articles(key: str) -> frozenset[str]:
    words = name_words(key)
    return frozenset(words) & ARTICLES if len(words) > 1 else frozenset()


def _is_marked(key: str) -> bool:
    words = name_words(key)
    return any(_MARK.search(word) or word in _ELEMENTS or word in _OWN for word in words) or bool(
        _articles(key) & _SURE_ARTICLES
    )


def _digits(key: str) -> str:
    return "".join(letter for letter in key if letter.isdigit())
