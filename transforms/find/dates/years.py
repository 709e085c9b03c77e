"""Years, decades and centuries by their numbers: parts of an expression and its story in, a `Meaning` out."""

from datetime import datetime

from transforms.find.dates.candidates import point
from transforms.find.dates.interval import containing, year_of
from transforms.find.dates.story import Meaning, Story

EARLIEST_BARE = 1800
"""Numbers below it are years only where the words around say so."""


def bare_year(story: Story, year: int) -> Meaning | None:
    """2016. Before 1800 a number needs a word like "in" to be a year: houses and flights have four digits too."""
    if story.is_name_or_number() or story.is_level():
        return None
    if year < EARLIEST_BARE and (story.moves() or not story.comes_after("year_prepositions")):
        return None
    return point(year_of(year))


def since_year(_story: Story, year: int) -> Meaning:
    """Since 2016: only the beginning is meant."""
    return Meaning("DATE", f"{year:04d}", year_of(year), after=True)


def decade(_story: Story, decade: int) -> Meaning:
    """The 1990s, the '80s."""
    return point(containing(datetime(decade, 1, 1), "decade"))


def spoken_decade(story: Story, wordecade: int) -> Meaning:
    """The nineties."""
    return decade(story, 1900 + wordecade)


def century(_story: Story, ordinal: int) -> Meaning | None:
    """The 20th century begins, as people count, in 1900."""
    return point(containing(datetime(ordinal * 100 - 100 or 1, 1, 1), "century")) if 1 <= ordinal <= 30 else None
