"""Parts of a whole: "half a million", "two-thirds", "a quarter of", "3 1/2", "sixfold".

In: tokens and a place. Out: `Amount`, or the value and the token after it; None when there is no part.
"""

import unicodedata
from dataclasses import replace

from transforms.find.quantities.amount import Amount, literal
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.number_words import scale_of, word_number
from transforms.find.quantities.parts import and_a_part, denominator, small_number
from transforms.find.quantities.tokens import Tokens

FRACTIONS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 64, 100, 1000})
"""Denominators of written fractions; 24/7 and 9/11 are none."""


def fold_amount(tokens: Tokens, first: int, words: Lexicon) -> Amount | None:
    """Sixfold, six-fold, 20-fold."""
    word = tokens.low[first]
    value = words.folds.get(word)
    if value is not None:
        return Amount(first, first + 1, value, "fold", plain=value)
    if tokens.low[first + 1] == "-" and tokens.low[first + 2] in words.lists["folds"]:
        number = (
            literal(tokens.raw[first], words.decimal)
            if tokens.kinds[first] == "n"
            else words.numbers.get(word, ("", None))[1]
        )
        return Amount(first, first + 3, number, "fold", plain=number) if number else None
    return None


def half_amount(tokens: Tokens, first: int, words: Lexicon) -> Amount | None:
    """Half a million, half a dozen, half of the voters, a half, a quarter of a million, quarter million."""
    low = tokens.low
    part = {2: 0.5, 4: 0.25}.get(words.denominators.get(low[first], 0))
    if part is None or low[first] in words.lists["plural_parts"]:
        return None
    at = first + 1
    if low[at] == "-" and tokens.glued(at):
        at += 1
    if low[at] in words.lists["articles"]:
        at += 1
    elif low[at] in words.lists["of"] and low[at + 1] in words.lists["articles"] and scale_of(words, low[at + 2]):
        at += 2
    at += low[at] == "-"
    factor = scale_of(words, low[at])
    if factor:
        return Amount(first, at + 1, part * factor, "half_a_scale", plain=part, scale=factor)
    if low[first + 1] == "-" and tokens.glued(first + 1) and _is_measure(tokens, first + 2, words):
        return Amount(first, first + 1, part, "fraction", plain=part)  # a half-mile
    if part != 0.5 or low[first + 1] == "-":
        return None
    if low[first + 1] in words.lists["articles"] and _is_unit(tokens, first + 2, words):
        return Amount(first, first + 1, part, "fraction", plain=part)  # half a percentage point
    hedged = low[first - 1] in words.lists["before_half"]
    free = low[first - 1] not in words.lists["not_before_half"] and low[first + 1] in words.lists["after_half"]
    return Amount(first, first + 1, part, "fraction", plain=part) if hedged or free else None


def _is_measure(tokens: Tokens, at: int, words: Lexicon) -> bool:
    found = words.units.at(tokens, at)
    return found is not None and not found[0].exact and found[0].unit.kind in {"measure", "percent", "temperature"}


def _is_unit(tokens: Tokens, at: int, words: Lexicon) -> bool:
    found = words.units.at(tokens, at)
    return (found is not None and not found[0].exact) or words.currencies_after.at(tokens, at) is not None


def fraction_amount(tokens: Tokens, first: int, words: Lexicon) -> Amount | None:
    """Two-thirds, three quarters, one fourth, one twenty-fifth, three and two fifths."""
    upper = small_number(tokens, first, words)
    if upper is None:
        number = word_number(tokens, first, words, False) if tokens.low[first] in words.numbers else None
        if number is None or number.value is None or number.scaled:
            return None
        upper = (number.value, number.last)
    value, at = upper
    more = and_a_part(tokens, at, words)
    if more is not None and value < 100 and more[0] * 4 % 1 and tokens.low[more[1] - 1] in words.lists["plural_parts"]:
        return Amount(first, more[1], value + more[0], "mixed_number", plain=value + more[0])
    hyphen = tokens.low[at] == "-"
    lower = denominator(tokens, at + hyphen, words)
    if lower is None or not _is_part(tokens, value, lower, hyphen, words):
        return None
    return Amount(first, lower[1], value / lower[0], "fraction", plain=value / lower[0])


def _is_part(tokens: Tokens, value: float, lower: tuple[int, int, bool], hyphen: bool, words: Lexicon) -> bool:
    """Whether number and denominator are a fraction: not "four quarters", "two quarter-finals", "one third-party"."""
    number, last, plural = lower
    if number == 4 and plural and (value != 3 or _is_time(tokens, last, words)):
        return False  # "four quarters", "two quarters", "the past three quarters" are times
    if plural == (value == 1) and not (value != 1 and number == 4 and hyphen):
        return False
    free = tokens.low[last] in words.lists["after_fraction"] or tokens.kinds[last] != "w"
    if value == 1 and not hyphen and not free:
        return False
    return plural or not (tokens.low[last] == "-" and tokens.kinds[last + 1] == "w")


def _is_time(tokens: Tokens, last: int, words: Lexicon) -> bool:
    """Whether the quarters that end at a token are of a year: "the next three quarters", "three quarters of 2019"."""
    before = tokens.low[last - 3 - (tokens.low[last - 2] == "-")]
    year = tokens.low[last] in words.lists["of"] and tokens.kinds[last + 1] == "n" and len(tokens.raw[last + 1]) == 4
    return before in words.lists["places_in_line"] or (year and tokens.raw[last + 1].isdigit())


def article_amount(tokens: Tokens, article: int, words: Lexicon) -> Amount | None:
    """What an article makes a number: "a hundred", "a dozen", "a third of", "a half million", "a quarter of"."""
    at = article + 1
    low = tokens.low[at]
    factor = scale_of(words, low)
    if factor:
        if low in words.lists["dozen"]:
            return Amount(article, at + 1, factor, "words", plain=factor, scale=factor)
        number = word_number(tokens, at, words, False)
        return replace(number, first=article) if number else None
    half = half_amount(tokens, at, words)
    if half is not None and half.rule == "half_a_scale":
        return replace(half, first=article)
    lower = words.denominators.get(low)
    if lower is None or low in words.lists["plural_parts"]:
        return None
    after = tokens.low[at + 1]
    if lower in {2, 4} and _is_measure(tokens, at + 1, words):
        return Amount(article, at + 1, 1 / lower, "fraction", plain=1 / lower)  # a half inch
    by = tokens.low[article - 1] in words.lists["before_fraction"]
    whole = tokens.alone(article, at + 1)
    if whole or after in words.lists["after_fraction"] or (by and tokens.kinds[at + 1] in {"s", ""} and after != "-"):
        return Amount(article, at + 1, 1 / lower, "fraction", plain=1 / lower)
    return None


def slash_fraction(tokens: Tokens, first: int) -> float | None:
    """1/2, but not 9/11 or 2/3/2024."""
    if tokens.low[first + 1] != "/" or tokens.kinds[first + 2] != "n" or tokens.low[first + 3] == "/":
        return None
    if tokens.low[first - 1] == "/":
        return None
    if not (tokens.raw[first].isdigit() and tokens.raw[first + 2].isdigit()):
        return None
    if len(tokens.raw[first]) > 3 or len(tokens.raw[first + 2]) > 4:
        return None
    upper, lower = int(tokens.raw[first]), int(tokens.raw[first + 2])
    return upper / lower if lower in FRACTIONS and 0 < upper < lower else None


def written_fraction(tokens: Tokens, at: int) -> tuple[float, int] | None:
    """The fraction after a whole number: "3 1/2", "3½", "10-1/2"."""
    if tokens.kinds[at] == "f":
        return unicodedata.numeric(tokens.raw[at]), at + 1
    if tokens.low[at] == "-" and tokens.glued(at):
        at += 1
    if tokens.kinds[at] == "n" and tokens.same_line(at):
        value = slash_fraction(tokens, at)
        if value is not None and int(tokens.raw[at + 2]) <= 64:
            return value, at + 3
    return None
