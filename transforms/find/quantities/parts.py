"""The lower half of a fraction in words: "thirds", "a quarter", "twenty-fifth", and what "and a half" adds.

In: tokens and a place. Out: the denominator or the part, and the token after it.
"""

from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.tokens import Tokens


def denominator(tokens: Tokens, at: int, words: Lexicon) -> tuple[int, int, bool] | None:
    """The denominator at a token, the token after it, and whether it is a plural: thirds, twentieth, twenty-fifths."""
    low = tokens.low
    if not tokens.same_line(at):
        return None
    if low[at] in words.denominators:
        return words.denominators[low[at]], at + 1, low[at] in words.lists["plural_parts"]
    tens = words.numbers.get(low[at], ("", 0.0))
    if tens[0] != "tens" or low[at + 1] != "-":
        return None
    part, value = words.ordinals.get(low[at + 2], ("", 0))
    if part == "unit" and value < 10:
        return int(tens[1]) + value, at + 3, False
    part, value = words.ordinals.get(low[at + 2].removesuffix("s"), ("", 0))
    return (int(tens[1]) + value, at + 3, True) if part == "unit" and value < 10 else None


def small_number(tokens: Tokens, first: int, words: Lexicon) -> tuple[float, int] | None:
    """A number word below twenty, the upper part of a fraction, and the token after it."""
    part, value = words.numbers.get(tokens.low[first], ("", 0.0))
    return (value, first + 1) if part in {"unit", "teen"} and value else None


def _two_digits(tokens: Tokens, first: int, words: Lexicon) -> tuple[float, int] | None:
    """Fifty-four before "hundredths": the only parts so many are counted of."""
    part, value = words.numbers.get(tokens.low[first], ("", 0.0))
    if part != "tens":
        return None
    hyphen = tokens.low[first + 1] == "-"
    unit = words.numbers.get(tokens.low[first + 1 + hyphen], ("", 0.0))
    number, at = (value + unit[1], first + 2 + hyphen) if unit[0] == "unit" else (value, first + 1)
    return (number, at) if words.denominators.get(tokens.low[at], 0) >= 100 else None


def and_a_part(tokens: Tokens, at: int, words: Lexicon) -> tuple[float, int] | None:
    """What "and a half", "and a quarter", "and three quarters" add, and the token after it."""
    if tokens.low[at] not in words.lists["number_and"]:
        return None
    article = tokens.low[at + 1] in words.lists["articles"]
    upper = (1.0, at + 2) if article else small_number(tokens, at + 1, words) or _two_digits(tokens, at + 1, words)
    if upper is None:
        return None
    lower = denominator(tokens, upper[1] + (tokens.low[upper[1]] == "-"), words)
    if lower is None or (upper[0] == 1) == lower[2]:
        return None
    # "Two and a third" is more often two things and one more; at the end of a phrase it is a number.
    whole = tokens.kinds[lower[1]] != "w" or words.units.at(tokens, lower[1]) is not None
    if upper[0] == 1 and lower[0] not in {2, 4} and (not whole or not article):
        return None
    return upper[0] / lower[0], lower[1]
