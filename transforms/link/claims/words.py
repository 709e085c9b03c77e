"""The words of one language that tie a claim to its place and its source: a language comes in, its lists go out."""

from collections.abc import Mapping
from functools import cache

import yaml

from transforms.language_folders import language_folder


@cache
def words_of(language: str | None) -> Mapping[str, frozenset[str]]:
    """The lists of a language, ISO 639-1; all empty when it has no folder."""
    folder = language_folder(__package__, language)
    lists = yaml.safe_load((folder / "grammar.yaml").read_text(encoding="utf-8")) if folder is not None else {}
    found = {name: frozenset(lists.get(name, ())) for name in NAMES}
    return {**found, WHOLES: frozenset().union(*(found[name] for name in OF_WHOLES))}


OF_WHOLES = ("nationwide", "country_words", "region_words", "town_words")
WHOLES = "wholes"
"""All words for what places are part of."""
NAMES = (
    *("place_before", "place_between", "place_of", "firm", "owner", "there", "clause", "said", "dashes"),
    *("the", *OF_WHOLES),
    *("directions", "hospitals", "past_doubt", "ways", "of_places", "off_shore", "abroad", "same", "history"),
    *("report", "counts", "speakers", "speaker_between", "named"),
)
