"""How a word sounds that came from another script: a folded word comes in, its consonants and vowels go out."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

# Spellings of one sound in English, French and German transcriptions that no Latin-script name tells apart.
_SPELLINGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("sk(?:iy|yy|ii|ij|yj|y)$", "ski"),
        ("(?<=[oe])(?:ff|w)$", "v"),
        ("tsch|tch", "ch"),
        ("sch", "sh"),
        ("dj|dzh", "j"),
        ("ou|oo|uu", "u"),
        ("ay|ai|ey", "ei"),
        ("x|ksh", "ks"),
        (r"([b-df-hj-np-tv-z])\1+", r"\1"),
    )
)
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("shch|ch|sh", "S"),
        ("kh", "X"),
        ("zh", "j"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("ph", "f"),
        ("ck|c(?!h)|q", "k"),
        ("[ae]h$", "a"),
        ("^(?:ye|ie)", "e"),
        ("(?<=[^aeiou])(?:ye|ie)(?=[^aeiou])", "e"),
        ("(?:ij|iy|yy|ii|ee|y)", "i"),
        ("(?:aw|au|ow|ou|oo)(?![aeiou])", "o"),
        ("[vw]", "v"),
        (r"([A-Za-z])\1+", r"\1"),
    )
)
_LONG_A = re.compile("aa+")
_PIECES = re.compile("([aeiou]+)")

# Vowels that one original may have; "a" and "i" are two vowels of Arabic, which "e" may stand for either.
_ALIKE = frozenset(map(frozenset, (("a", "e"), ("e", "i"), ("o", "u"), ("e", "ei"), ("e", "ai"), ("ei", "ai"))))
_FEWEST = 4


class Sounds(NamedTuple):
    """A word taken apart: its consonants, and the vowels before, between and after them ("" for none)."""

    consonants: tuple[str, ...]
    vowels: tuple[str, ...]


def spelled(word: str) -> str:
    """The word in one spelling of its digraphs; its vowels stay what they are.

    >>> spelled("mossoul"), spelled("mosul"), spelled("zelenskyy")
    ('mosul', 'mosul', 'zelenski')
    """
    for pattern, sound in _SPELLINGS:
        word = pattern.sub(sound, word)
    return word


@lru_cache(maxsize=16384)
def sounds_of(word: str) -> Sounds:
    """The consonants and vowels of a folded word.

    >>> sounds_of("shaykhun")
    Sounds(consonants=('S', 'X', 'n'), vowels=('', 'ei', 'u', ''))
    """
    word = spelled(_LONG_A.sub("a", word))
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    consonants: list[str] = []
    vowels: list[str] = [""]
    for number, piece in enumerate(_PIECES.split(word)):
        if number % 2:  # each second piece is vowels
            vowels[-1] = piece
        else:
            consonants.extend(piece)
            vowels.extend("" for _ in piece)
    return Sounds(tuple(consonants), tuple(vowels))


def agree(one: Sequence[Sounds], other: Sequence[Sounds], *, gaps: bool = False) -> bool:
    """Whether words have the same consonants and vowels of one original; `gaps`: short ones may be left out."""
    if len(one) != len(other):
        return False
    if sum(len(word.consonants) for word in one) < (_FEWEST if gaps else 2):
        return False
    return all(_agree(ours, theirs, gaps) for ours, theirs in zip(one, other, strict=True))


def _agree(one: Sounds, other: Sounds, gaps: bool) -> bool:
    if one.consonants != other.consonants:
        return False
    last = len(one.vowels) - 2  # before the last consonant
    closed = not one.vowels[-1] and not other.vowels[-1] and len(one.consonants) < _FEWEST
    for at, (ours, theirs) in enumerate(zip(one.vowels, other.vowels, strict=True)):
        if ours == theirs or (gaps and 0 < at <= last and len(ours + theirs) == 1):
            continue
        # Salem and Salam, Hamed and Hamad are told apart by the vowel before the last consonant alone.
        if {ours, theirs} == {"a", "e"} and closed and at == last and at > 1:
            return False
        if frozenset((ours, theirs)) not in _ALIKE:
            return False
    return True
