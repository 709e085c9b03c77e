"""Numbers that are only part of a longer word: "six-speed", "one-off", "40x".

In: tokens and a reading. Out: whether its number is such a part.
"""

from transforms.find.quantities.change_nouns import noun_after
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens


def is_compound(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """A number hyphened to a word that is no unit is an adjective: "six-speed", "one-off"; not "a 12-point gain"."""
    at = reading.amount.last
    if tokens.low[at + 1] in words.lists["index_points"] and noun_after(tokens, reading, words):
        return False
    hyphen = tokens.low[at] == "-" and tokens.glued(at) and tokens.glued(at + 1)
    return reading.bare and hyphen and tokens.kinds[at + 1] == "w" and reading.last == at


def is_glued(tokens: Tokens, reading: Reading) -> bool:
    """Whether a word goes on without a space ("40x"): then the number is no quantity without unit or noun."""
    return tokens.kinds[reading.last] == "w" and tokens.glued(reading.last)
