"""A move from one level to another: "fell from 30 points in May to 20 points".

In: a reading behind "from". Out: where its "to" stands, and whether both ends count the same.
"""

from transforms.find.quantities.counted import is_plural
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.times import is_time_word
from transforms.find.quantities.tokens import Tokens

LONGEST_ASIDE = 7
"""Words of a time between a level and its "to" at most: "from $12,300 at 9.15am on Monday to"."""
SMALLEST_LEVEL = 100
"""Below it a bare number before a time may be an hour: "from 9 in the morning to 5"."""


def behind_aside(tokens: Tokens, first: Reading, words: Lexicon) -> int:
    """The "to" behind the first level's noun or time: "from 30 points to", "from $20 in May to"; 0 without one."""
    at = first.last
    if is_plural(tokens, at, words) and tokens.low[at + 1] in words.lists["range_to"] and first.unit is None:
        return at + 1 if tokens.same_line(at + 1) else 0
    if first.unit is None and (first.value or 0.0) < SMALLEST_LEVEL:
        return 0
    for place in range(at, at + LONGEST_ASIDE):
        if tokens.low[place] in words.lists["range_to"]:
            return place if place > at else 0
        if not tokens.same_line(place) or not (is_time_word(tokens, place, words) or _is_hour(tokens, place, words)):
            return 0
    return 0


def same_noun(tokens: Tokens, first: Reading, second: Reading, words: Lexicon) -> bool:
    """Whether what the first level counts is what the second counts, or is left out there."""
    after = second.last
    if not is_plural(tokens, first.last, words) or first.unit is not None:
        return True
    ends = tokens.kinds[after] != "w" or tokens.low[after] in words.lists["function_words"]
    return ends or tokens.low[after] == tokens.low[first.last]


def _is_hour(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """At 10.45pm, at noon, at night."""
    word, clock = tokens.low[at], words.lists["clock_after"]
    return word in clock or word in words.lists["at"] or (tokens.kinds[at] == "n" and tokens.low[at + 1] in clock)
