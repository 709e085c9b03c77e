"""Countries as English news names them: a name or a demonym comes in, an ISO 3166-1 code goes out.

The words are `en/countries.csv`; the ordinary English name of each country comes from Unicode CLDR (babel).
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from babel import Locale

# CLDR writes "Myanmar (Burma)", "Congo - Kinshasa", "Hong Kong SAR China": its own names, but nobody's in a story.
_NOT_IN_STORIES = ("(", "&", " SAR ", " - ")


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file in `transforms/link/en/`."""
    text = (files("transforms.link") / "en" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def country_names() -> Mapping[str, tuple[str, ...]]:
    """Names of each country by ISO code, the ordinary English name first.

    >>> country_names()["GB"][:3]
    ('United Kingdom', 'UK', 'U.K.')
    """
    english = Locale("en").territories
    names: dict[str, tuple[str, ...]] = {}
    for row in read_rows("countries.csv"):
        own = tuple(filter(None, row["names"].split("|")))
        usual = english.get(row["code"], "")
        plain = () if not usual or any(mark in usual for mark in _NOT_IN_STORIES) else (usual.replace("’", "'"),)
        names[row["code"]] = tuple(dict.fromkeys((*plain, *own)))
    return MappingProxyType(names)


@cache
def country_by_name() -> Mapping[str, str]:
    """ISO code by country name as written, in ordinary case."""
    return MappingProxyType({name: code for code, names in country_names().items() for name in names})


@cache
def long_country_names() -> re.Pattern[str]:
    """Matches a country's name of several words: "Burkina Faso"."""
    names = sorted((name for name in country_by_name() if " " in name), key=lambda name: (-len(name), name))
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?!\w)")


@cache
def country_by_demonym() -> Mapping[str, str]:
    """ISO code by adjective or people as written: "Syrian" and "Syrians" are SY. Peoples without a country are absent.

    >>> country_by_demonym()["Syrians"], country_by_demonym().get("Kurdish")
    ('SY', None)
    """
    rows = read_rows("countries.csv")
    return MappingProxyType({word: row["code"] for row in rows for word in row["demonyms"].split("|") if word})


@cache
def peoples() -> frozenset[str]:
    """Peoples and faiths that are of no one country: "Kurdish", "Kurds"."""
    return frozenset(row["people"] for row in read_rows("peoples.csv"))
