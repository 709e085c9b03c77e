"""A person's name taken apart: words of a text come in, the name without titles goes out, ready to be compared."""

import re
from dataclasses import dataclass
from functools import lru_cache

from transforms.link.folding import fold_name
from transforms.link.names.words import (
    Title,
    family_first,
    given_names,
    kin,
    names_as_well,
    nicknames,
    particles,
    person_nouns,
    ruler_numbers,
    suffixes,
    title_ends,
    titles,
)

_WORD = re.compile(r"\S+")
_QUOTED = re.compile(r"\s*[\"“'‘(]([^\"”'’)]{2,30})[\"”'’)](?!\w)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,4}|[A-Z]{2}\.?")
_LONGEST_TITLE = 3  # words
_FEWEST_WITH_NOUN = 3
"""Words of "Novelist Jo Marsh"; a noun and a last name look like "Baker Mayfield"."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as it is compared: `words` are folded, without titles, particles, nickname and suffix.

    `written` is the name without what stands before and after it; `is_full` says whether it can introduce somebody.
    """

    written: str
    words: tuple[str, ...]
    is_full: bool
    suffix: str = ""
    nickname: str = ""
    titles: tuple[Title, ...] = ()


@lru_cache(maxsize=16384)
def person_name(text: str) -> PersonName:
    """Takes a name apart.

    >>> person_name("President Bashar al-Assad").words, person_name("Dr. Lee").is_full
    (('bashar', 'assad'), False)
    """
    found = _QUOTED.search(text, 1)
    plain = text[: found.start()] + text[found.end() :] if found else text
    spans = [(match.start(), match.end()) for match in _WORD.finditer(plain)]
    spans = spans[_is_called([plain[start:end] for start, end in spans]) :]
    said, first = leading_titles([plain[start:end] for start, end in spans])
    spans = spans[first:]
    suffix = ""
    while len(spans) > 1 and (end := _suffix(plain[slice(*spans[-1])])) is not None:
        suffix = end or suffix
        spans.pop()
    if not spans:
        return PersonName(text, (), False, titles=said)
    written = plain[spans[0][0] : spans[-1][1]].strip(" ,;")
    folded = [word for start, end in spans for word in _folded(plain[start:end], is_last=end == spans[-1][1])]
    words = tuple(word for at, word in enumerate(folded) if not _is_left_out(word, at)) or tuple(folded)
    is_full = bool(words) and (
        _is_full([plain[start:end] for start, end in spans], folded) or suffix in ruler_numbers()
    )
    return PersonName(written, words, is_full, suffix, fold_name(found[1]) if found else "", said)


def _is_called(words: list[str]) -> bool:
    """Whether the first word only says what somebody is: "Novelist Jo Marsh" at the head of a sentence."""
    return len(words) >= _FEWEST_WITH_NOUN and len(words[1]) > 1 and words[0].lower() in person_nouns()


def leading_titles(words: list[str]) -> tuple[tuple[Title, ...], int]:
    """The titles that a list of words begins with, and how many words they take; one word is always left.

    >>> leading_titles(["Vice", "President", "Kamala", "Harris"])[1]
    2
    """
    said: list[Title] = []
    first = 0
    while first < len(words) - 1:
        for size in range(min(_LONGEST_TITLE, len(words) - 1 - first), 0, -1):
            key = " ".join(words[first : first + size]).replace(".", "").lower()
            title = titles().get(key)
            # "Don Farrell" may be a name, "Don Felipe" a title: with two words the first is the name.
            if title and not (key in names_as_well() and len(words) - first == 2):
                said.append(title)
                first += size
                break
        else:
            break
    return tuple(said), first


def titles_before(text: str, start: int) -> tuple[Title, ...]:
    """The title that stands before a name in a text."""
    if not text[start - 1 : start].isspace():
        return ()
    words = text[max(0, start - 50) : start].replace(",", " ").split()[-_LONGEST_TITLE:]
    is_end = bool(words) and words[-1].replace(".", "").lower() in title_ends()
    for size in range(len(words) if is_end else 0, 0, -1):
        title = titles().get(" ".join(words[-size:]).replace(".", "").lower())
        if title and words[-size][:1].isupper():
            return (title,)
    gender = kin_before(text, start)
    return (Title(gender, "form"),) if gender else ()


def kin_before(text: str, start: int) -> str:
    """The gender that a word such as "husband" before a name tells, or an empty string."""
    words = text[max(0, start - 30) : start].replace(",", " ").split()
    return kin().get(words[-1], "") if words else ""


def gender_of(name: PersonName) -> str:
    """The gender, "m" or "f", that titles or the given name tell, or an empty string."""
    told = {title.gender for title in name.titles if title.gender}
    if len(told) == 1:
        return told.pop()
    return given_names().get(name.words[0], "") if len(name.words) > 1 else ""


@lru_cache(maxsize=16384)
def gender_in(text: str) -> str:
    """The gender that a name as it is written tells."""
    return gender_of(person_name(text))


def may_be_same(one: PersonName, other: PersonName) -> bool:
    """Whether two full names may be of one person: "George Bush" and "George W. Bush", but not "Laura Bush"."""
    if one.suffix != other.suffix or not one.words or not other.words:
        return False
    a, b = sorted((one.words, other.words), key=len)
    if a == b:
        return True
    if len(a) < 2:
        return False
    if len(a) < len(b) and b[: len(a)] == a:  # "Juan Pérez" of "Juan Pérez López"
        return True
    return a[-1] == b[-1] and _is_same_given(a[0], b[0]) and all(map(_is_same_given, a[1:-1], b[1:-1]))


def rank(part: tuple[str, ...], full: PersonName) -> int | None:
    """How well a part of a name calls somebody: 0 by last name, 1 by one of two last names, 2 by given name."""
    words, size = full.words, len(part)
    if words == part and full.suffix in ruler_numbers():  # "King Abdullah", who is Abdullah II
        return 0
    if not 0 < size < len(words):
        return None
    if words[-size:] == part or (size == 1 and words[0] == part[0] and words[0] in family_first()):
        return 0
    if any(words[at : at + size] == part for at in range(1, len(words) - size)):
        return 1
    is_given = size == 1 or (size == 2 and particles().get(part[0]) == "servant")
    return 2 if is_given and words[:size] == part else None


def _is_same_given(one: str, other: str) -> bool:
    if one == other or (one, other) in nicknames() or (other, one) in nicknames():
        return True
    return (len(one) == 1 or len(other) == 1) and one[:1] == other[:1]


def _suffix(word: str) -> str | None:
    """The suffix a word is, "" for one that tells nobody apart, None for none."""
    key = word.strip(".,").replace(".", "").lower()
    is_distinct = suffixes().get(key) if word[:1].isupper() else None
    return None if is_distinct is None else key if is_distinct else ""


def _is_left_out(word: str, at: int) -> bool:
    """Whether a word of a name is a particle; as its first word, "Ben" is not."""
    return particles().get(word) not in {None, "servant"} and not (at == 0 and word in given_names())


def _is_full(pieces: list[str], folded: list[str]) -> bool:
    """Whether it is more than a last name: not "Webb-Jones", "van Gogh" or "Abdel Rahman", but "Abu Mazen"."""
    kinds = [particles().get(fold_name(piece)) for piece in pieces]
    if fold_name(pieces[0]) in given_names():
        kinds[0] = None
    named = sum(kind is None for kind in kinds)
    return named > 1 or (len(folded) > 1 and kinds[0] == "father")


def _folded(word: str, *, is_last: bool) -> list[str]:
    if (
        not is_last
        and _INITIALS.fullmatch(word)
        and not (len(word) == 2 and word[-1] != "." and word.lower() in particles())
    ):
        return [letter.lower() for letter in word if letter.isalpha()]
    return fold_name(word).split()
