"""The words that tell places in English text, read from `en/*.csv`: nothing comes in, sets and patterns go out."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from transforms.link.countries import read_rows


@cache
def doubtful_words(where: str = "everywhere") -> frozenset[str]:
    """Country names and demonyms that are often something else, `everywhere` or only `inside` a longer name.

    They need the model's word, or another clue.
    """
    return frozenset(row["word"] for row in read_rows("doubtful.csv") if row["where"] == where)


@cache
def not_places(after_preposition: bool = False) -> frozenset[str]:
    """Words that some place is called, but that mean another thing in a story unless the model says otherwise.

    Fewer of them do after "in" or "near": "in March" is a month, but "in Reading" a town.
    """
    return frozenset(
        row["word"] for row in read_rows("not_places.csv") if not (after_preposition and row["unless"] == "preposition")
    )


@cache
def areas() -> frozenset[str]:
    """Seas, parts of the world and points of the compass: places, but none of the towns that are called so."""
    return frozenset(row["name"] for row in read_rows("areas.csv"))


@cache
def other_senses() -> Mapping[str, re.Pattern[str]]:
    """For a country's name that is also a common noun, the words near by that show the noun."""
    return MappingProxyType(
        {row["word"]: re.compile(rf"(?<!\w)(?:{row['words_near']})(?!\w)") for row in read_rows("other_senses.csv")}
    )


@cache
def news_places() -> Mapping[str, str]:
    """Towns that the news knows, whatever their size, with the country it means; never part of a person's name."""
    return MappingProxyType({row["word"]: row["country"] for row in read_rows("news_places.csv")})


@cache
def news_place_names() -> re.Pattern[str]:
    """Matches each of `news_places`, those of several words too."""
    names = sorted(news_places(), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")


@cache
def abbreviations() -> Mapping[str, tuple[str, ...]]:
    """ISO 3166-2 codes by the abbreviation of a region after a comma: "Wash." is US-WA, "WA" also AU-WA."""
    codes: dict[str, tuple[str, ...]] = {}
    for row in read_rows("regions.csv"):
        for short in row["abbreviations"].split("|"):
            codes[short] = (*codes.get(short, ()), row["code"])
    return MappingProxyType(codes)


@cache
def word_before(means: str) -> re.Pattern[str]:
    """Matches the end of the text before a name when the words there make it a `region`, `town` or `place`."""
    return re.compile(rf"(?<!\w)(?i:{_alternatives(means, 'before')})\s+(?:the\s+)?(?:[\"“'‘(])?$")


@cache
def word_after(means: str) -> re.Pattern[str]:
    """Matches at the start of the text after a name."""
    return re.compile(rf"\s(?:{_alternatives(means, 'after')})(?!\w)")


@cache
def list_before() -> re.Pattern[str]:
    """Matches at the end of the text before the first name of a list of places: "towns along the coast, including"."""
    return re.compile(
        rf"(?<!\w)(?i:{_alternatives('place', 'lists')})\b[^.;:\n]{{0,60}}?,?\s(?:including|such as|like|namely)\s$"
    )


def _alternatives(means: str, position: str) -> str:
    words = {
        row["word"] for row in read_rows("place_words.csv") if (row["means"], row["position"]) == (means, position)
    }
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
