"""Buildings and works by their noun: mentions come in; "Korrin Dam" goes out as one, and "the Korrin dam" as well.

The nouns are `en/facilities.csv`. The place in such a name stays, nested in it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from transforms.find.mentions import Mention
from transforms.link.names.words import read_rows

FACILITY = "facility"
"""Rule of a building that its noun told."""

_LONGEST = 40  # letters of a noun
_WIDE = frozenset({"country", "region", "continent"})
_NEAR = 10
_INDEFINITE = re.compile(r"(?<!\w)(?:[Aa]n?|[Oo]ne|[Aa]nother|[Nn]o)\s$")


def find_facilities(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions in text order, with buildings labelled so, and those added that end in a small noun."""
    found = [_relabelled(mention) for mention in mentions]
    added = list(_with_nouns(text, found))
    ends = {each.start: each.end for each in added}
    kept = [each for each in found if each.label != "PER" or each.end > ends.get(each.start, 0)]
    return sorted([*kept, *added], key=lambda mention: (mention.start, mention.end, mention.label))


def _relabelled(mention: Mention) -> Mention:
    """A mention whose noun is a building's; where a body or a place may be called so too, only by the sure nouns."""
    if mention.entity_id is not None or mention.label in {"FAC", "LAW"}:
        return mention
    kinds = ("any",) if mention.label in {"ORG", "LOC"} else ("any", "people")
    is_one = any(_named(kind).search(mention.text) for kind in kinds)
    return replace(mention, label="FAC", rule=FACILITY) if is_one else mention


def _with_nouns(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Names that go on with a noun: of a place smaller than a region, or what the model took for a person."""
    covered = bytearray(len(text))
    for mention in mentions:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    for mention in mentions:
        is_place = mention.label == "LOC" and mention.place_kind not in _WIDE
        if not is_place and (mention.label != "PER" or mention.entity_id is not None):
            continue
        is_whole = " " in mention.text and not is_place  # "Ana Ruiz" has no dam, but "Ana Ruiz Dam" is one
        found = _going_on(is_whole).match(text, mention.end, mention.end + _LONGEST)
        if found is None or covered[found.end() - 1]:
            continue
        if not _INDEFINITE.search(text, max(0, mention.start - _NEAR), mention.start):
            yield Mention(mention.start, found.end(), text[mention.start : found.end()], "FAC", rule=FACILITY)


@cache
def _named(kind: str) -> re.Pattern[str]:
    """Finds a building's noun at the end of its name, or "Port of" at the beginning."""
    nouns = [row["noun"] for row in read_rows("facilities.csv") if row["turns"] == kind]
    last = "|".join(f"{noun}|{noun.lower()}" for noun in nouns if not noun.endswith(" of"))
    first = "|".join(f"{noun} (?=[A-Z])" for noun in nouns if noun.endswith(" of"))
    return re.compile(rf"\w (?:{last})$" + (f"|^(?:{first})" if first else ""))


@cache
def _going_on(only_capitals: bool) -> re.Pattern[str]:
    rows = read_rows("facilities.csv")
    small = {word for row in rows for word in row["small"].split("|") if word and not only_capitals}
    capitals = {row["noun"] for row in rows if row["turns"] == "any" and not row["noun"].endswith(" of")}
    words = "|".join(sorted(small | capitals, key=lambda word: (-len(word), word)))
    return re.compile(rf"\s(?:{words})(?![\w-])")
