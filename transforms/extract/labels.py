"""Lines that carry no sentence: a date, a byline, how long the reading takes, the section.

In: one line. Out: whether it is such a line. The words are in `all_languages/labels.csv`.
"""

import csv
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:[.’'][^\W\d_]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(
    r"(?<!\d)(?:[01]?\d|2[0-3])(?:\s?[:h]\s?[0-5]\d|\.[0-5]\d(?![.\d])|[時시时]\s?[0-5]?\d)(?!\d)|\b\d{1,2}\s?[ap]\.?m\b",
    re.IGNORECASE,
)
_LONGEST = 100
_LONGEST_BIOGRAPHY = 600
_NAMED_EARLY = 60
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@cache
def labels(kind: str) -> tuple[str, ...]:
    """The labels of a kind in all languages, the longest first."""
    return tuple(
        sorted({row["written"] for row in _rows() if row["kind"] == kind}, key=lambda word: (-len(word), word))
    )


def is_timestamp(line: str) -> bool:
    """Whether a line only says when the page was published or changed.

    >>> is_timestamp("Published on 3 May 2024 at 14:24"), is_timestamp("Stand: 03.05.2024, 14:24 Uhr")
    (True, True)
    >>> is_timestamp("In May 2024 it rained"), is_timestamp("Monday")
    (False, False)
    """
    if len(line) > _LONGEST or not _only(line, "published", "calendar", "moment"):
        return False
    if _YEAR.search(line) and len(re.findall(r"\d+", line)) > 1:
        return True
    return bool(_CLOCK.search(line)) and not _only(line, "moment")


def is_reading_time(line: str) -> bool:
    """Whether a line only says how long the reading takes.

    >>> is_reading_time("Lesezeit: 3 Min."), is_reading_time("5 min read"), is_reading_time("3 minutes later")
    (True, True, False)
    """
    return len(line) < 50 and bool(re.search(r"\d", line)) and _only(line, "read_in")


def is_byline(line: str, authors: Iterable[str]) -> bool:
    """Whether a line is nothing but the names of the authors, with "by" and "and" and perhaps a date.

    >>> is_byline("By Ana Ruiz and Li Wei", ["Ana Ruiz", "Li Wei"]), is_byline("Ana Ruiz was there", ["Ana Ruiz"])
    (True, False)
    """
    names = sorted(authors, key=len, reverse=True)
    if len(line) > _LONGEST + sum(map(len, names)):
        return False
    rest = line
    for name in names:
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest, flags=re.IGNORECASE)
    return rest != line and _only(rest, "by", "published", "calendar", "moment")


def is_biography(line: str, authors: Iterable[str]) -> bool:
    """Whether a line says who an author is: the name at its beginning and what the person is or does.

    >>> is_biography("Li Wei is a reporter in Oslo.", ["Li Wei"]), is_biography("Li Wei waited there.", ["Li Wei"])
    (True, False)
    """
    if len(line) > _LONGEST_BIOGRAPHY or re.search(r"[“”\"„«]", line):
        return False
    return any(_does(name).search(line) for name in authors if name in line[:_NAMED_EARLY])


@lru_cache(maxsize=1_000)
def _does(name: str) -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, labels("biography")))
    return re.compile(rf"{re.escape(name)}(?:\s?\([^()]{{0,30}}\)|,[^.,]{{2,60}},)?\s(?:{verbs})\b")


def _only(line: str, *kinds: str) -> bool:
    """Whether all words of a line are of these kinds, numbers aside."""
    words = _words(kinds)
    if _UNSPACED.search(line):
        # words are not parted by spaces here: what is left when the known ones are gone is not known
        line = _unspaced(kinds).sub(" ", line)
    return all(token.isdigit() or token.casefold() in words for token in _TOKEN.findall(line))


@cache
def _words(kinds: tuple[str, ...]) -> frozenset[str]:
    written = (row["written"] for row in _rows() if row["kind"] in kinds)
    return frozenset(token.casefold() for label in written for token in _TOKEN.findall(label))


@cache
def _unspaced(kinds: tuple[str, ...]) -> re.Pattern[str]:
    written = sorted((row["written"] for row in _rows() if row["kind"] in kinds), key=len, reverse=True)
    return re.compile("|".join(re.escape(label) for label in written if _UNSPACED.search(label)))


@cache
def _rows() -> tuple[dict[str, str], ...]:
    file = files("transforms.extract") / "all_languages" / "labels.csv"
    with file.open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))
