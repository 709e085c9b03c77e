"""Sizes counted in parts and hyphened to the thing: "an 18,000-seat arena", "a 300-bed hospital".

In: the reading of a bare number. Out: whether it is such a size; then the part is its unit. Small ones are adjectives
more than numbers ("a 12-member panel", "four-wheel drive") and stay silent.
"""

from transforms.find.quantities.calendar_numbers import like_year
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens
from transforms.find.quantities.units import Unit

SMALLEST = 100


def take_capacity(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Make the reading a size when a part is hyphened to it and the thing follows."""
    at, low = reading.last, tokens.low
    if low[at] != "-" or not (tokens.glued(at) and tokens.glued(at + 1)) or not reading.bare:
        return False
    if reading.amount.rule != "digits" or reading.value is None or reading.value < SMALLEST:
        return False
    if like_year(tokens.raw[reading.amount.first]) or not _is_part(tokens, at + 1, words):
        return False
    before = reading.first - 1
    if (tokens.capital(before) and not tokens.opens_sentence(before)) or low[before] in words.lists["name_before"]:
        return False
    if tokens.kinds[at + 2] != "w" or low[at + 2] in words.lists["function_words"] or not tokens.same_line(at + 2):
        return False
    reading.kind, reading.unit, reading.unit_span = "measure", Unit(low[at + 1], "count"), (at + 1, at + 2)
    reading.last = at + 2
    return True


def _is_part(tokens: Tokens, at: int, words: Lexicon) -> bool:
    word = tokens.low[at]
    verb = len(word) > 4 and word.endswith(words.verb_endings)
    if tokens.kinds[at] != "w" or tokens.capital(at) or len(word) < 3 or verb:
        return False
    return word not in words.lists["no_parts"] and word not in words.lists["function_words"]
