"""What a name in English looks like: a text and a span come in, the span of the name proper or a verdict goes out.

The words and patterns are data: `mention_rules/en/*.csv`, each with its example.
"""

import csv
import re
from functools import cache
from importlib.resources import files

_LONGEST_ADDRESS = 500
_SPACES = " \n\t"
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)")
_MONEY = re.compile(r"[$€£¥₹]\s?\d")
_OWNER = re.compile(r"['’]s\s+")
_FEWEST_OWNED = 2
"""Words of a person's name behind an owner: "Dawson's Creek" is none."""
_AFTER_HYPHEN = re.compile(r"-[a-z]{2,12}(?![\w-])")


def is_name(text: str, start: int, end: int) -> bool:
    """Whether a span can be a name: it has letters, a capital where there are any, and is no part of an address."""
    name = text[start:end]
    if not any(map(str.isalpha, name)) or name.islower() or _MONEY.search(name):
        return False
    if name in _not_names(text[max(0, start - 4) : start].strip().lower()):
        return False
    return "://" not in name and not _is_in_address(text, start)


def _is_in_address(text: str, start: int) -> bool:
    if text[max(0, start - 1) : start] in _SPACES:  # also the empty string: nothing stands before the name
        return False
    first = max(text.rfind(space, max(0, start - _LONGEST_ADDRESS), start) for space in _SPACES) + 1
    return _ADDRESS.match(text, max(first, start - _LONGEST_ADDRESS), start) is not None


def is_built(name: str) -> bool:
    """Whether one word names a facility, or says too little: what has several others is mostly a company."""
    words = name.split()
    return len(words) == 1 or any(letter.isdigit() for letter in name) or not _facilities().isdisjoint(words)


def end_of_word(text: str, end: int) -> int:
    """Where the word ends that the model broke at its hyphen: "Yoon Suk" in "Yoon Suk-yeol"."""
    rest = _AFTER_HYPHEN.match(text, end)
    return rest.end() if rest else end


def trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the name proper: its first line, without article, quotation marks and possessive ending.

    >>> trim_name("the UN's report", 0, 8)
    (4, 6)
    """
    line = text.find("\n", start + 1, end)
    end = line if line >= 0 else end
    starts, ends = _trims()
    while found := starts.match(text, start, end):
        start = found.end()
    while start < end and (found := ends.search(text, start, end)):
        end = found.start()
    return start, end


def trim_titles(text: str, start: int, end: int) -> int:
    """Where the name of a person begins after "Mr", "Gen." and the like; `start` when nothing else is left.

    >>> trim_titles("Lt. Gen. Adeyemi", 0, 16)
    9
    """
    found = _titles().match(text, start, end)
    return found.end() if found else start


def trim_owner(text: str, start: int, end: int) -> int:
    """Where the name of a person begins behind whom they serve: "Lima's Chief of Staff General Ana Ruiz"; else `start`.

    >>> trim_owner("Lima's General Ana Ruiz", 0, 23)
    15
    """
    owners = [found.end() for found in _OWNER.finditer(text, start + 1, end)]
    words = text[owners[-1] : end].split() if owners else []
    if len(words) < _FEWEST_OWNED or not (words[0][0].isupper() and words[-1][0].isupper()):
        return start
    titles = [found.end() for found in _titles().finditer(text, owners[-1], end) if found.end() < end]
    return titles[-1] if titles else owners[-1]


@cache
def _titles() -> re.Pattern[str]:
    titles = sorted((row["title"] for row in read_mention_rules("titles.csv")), key=lambda title: (-len(title), title))
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, titles))})\b\.?\s+)+(?=\S)")


@cache
def _trims() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = read_mention_rules("trims.csv")
    starts = "|".join(row["pattern"] for row in rows if row["side"] == "start")
    ends = "|".join(row["pattern"] for row in rows if row["side"] == "end")
    return re.compile(f"(?:{starts})"), re.compile(f"(?:{ends})$")


@cache
def _not_names(after: str) -> frozenset[str]:
    """Words with a capital that name nobody by themselves, anywhere or `after` "the": "the Bishop", but Ann Bishop."""
    return frozenset(row["word"] for row in read_mention_rules("not_names.csv") if row["after"] in {"", after})


@cache
def _facilities() -> frozenset[str]:
    return frozenset(row["word"] for row in read_mention_rules("facilities.csv"))


def read_mention_rules(name: str) -> list[dict[str, str]]:
    """The rows of a file in `mention_rules/en/`, each with its example."""
    text = (files("transforms.find") / "mention_rules" / "en" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
