"""Digits that look like a quantity and are none: codes, dates, clock times, telephone and list numbers.

In: tokens and a place. Out: the name of what it is, and the token after it; such numbers stay silent.
"""

from transforms.find.quantities.calendar_numbers import calendar_date, clock, decade, is_year, season
from transforms.find.quantities.codes import citation, data, identifier, list_number, resolution, telephone
from transforms.find.quantities.compounds import is_compound
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.names import is_name
from transforms.find.quantities.pronoun_one import is_pronoun_one
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens


def silent_digits(tokens: Tokens, at: int, words: Lexicon) -> tuple[str, int] | None:
    """What the digits at a token are when they are no number: its name and the token after it."""
    for rule in (data, identifier, citation, clock, calendar_date, season, telephone, list_number, decade, resolution):
        last = rule(tokens, at, words)
        if last:
            return rule.__name__, last
    return None


def is_silent(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether a number that reads as one is a year, part of a name or a word, or a pronoun."""
    return (
        is_year(tokens, reading, words)
        or is_name(tokens, reading, words)
        or is_pronoun_one(tokens, reading, words)
        or is_compound(tokens, reading, words)
    )
