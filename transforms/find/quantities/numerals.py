"""Numbers in digits and words: from a token that may begin one to its value and the token after it.

In: tokens and a place. Out: `Amount` or None. Nothing here knows units, bounds or what is counted.
"""

import unicodedata

from transforms.find.quantities.amount import Amount
from transforms.find.quantities.calendar_numbers import hundreds_in_digits
from transforms.find.quantities.digits import digits_amount, scaled
from transforms.find.quantities.fractions import fold_amount, fraction_amount, half_amount
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.number_words import word_number
from transforms.find.quantities.shares import out_of
from transforms.find.quantities.tokens import Tokens


def read_amount(
    tokens: Tokens, first: int, words: Lexicon, *, money: bool = False, alone: bool = False
) -> Amount | None:
    """The number that begins at a token; `money` when a currency stands before it, `alone` after "between"."""
    kind = tokens.kinds[first]
    fold = fold_amount(tokens, first, words)
    if fold is not None:
        return fold
    if kind == "n":
        hundreds = hundreds_in_digits(tokens, first, words)
        if hundreds:
            return Amount(first, first + 2, None, "vague_plural", low=2 * hundreds, plain=2 * hundreds)
        return out_of(tokens, words, digits_amount(tokens, first, words, money, alone))
    if kind == "f":
        value = unicodedata.numeric(tokens.raw[first])
        return scaled(tokens, words, Amount(first, first + 1, value, "vulgar_fraction", plain=value), money)
    return (
        _vague(tokens, first, words)
        or half_amount(tokens, first, words)
        or out_of(tokens, words, fraction_amount(tokens, first, words) or word_number(tokens, first, words, alone))
    )


def _vague(tokens: Tokens, first: int, words: Lexicon) -> Amount | None:
    """Dozens, hundreds, tens of thousands: an amount with a lower end only."""
    for length in (3, 2, 1):
        ends = words.vague.get(tuple(tokens.low[first : first + length]))
        if ends is not None and _article_fits(tokens, first, length, words):
            return Amount(first, first + length, None, "vague_plural", low=ends[0], high=ends[1], plain=ends[0])
    return None


def _article_fits(tokens: Tokens, first: int, length: int, words: Lexicon) -> bool:
    """A couple of bags are two or more; "the couple of the year" are people."""
    if length == 1 and tokens.low[first] in words.lists["scores"] and _is_result(tokens, first, words):
        return False
    partitive = tokens.low[first + length - 1] in words.lists["of"]
    return not partitive or tokens.low[first - 1] in words.lists["articles"]


def _is_result(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether scores are results: "test scores rose", "their scores"; but "scores of people", "and scores wounded"."""
    before, after = tokens.low[at - 1], tokens.low[at + 1]
    if after in words.lists["of"]:
        return False
    whose = before in words.lists["determiners"] or before == "-" or before.endswith(words.possessives)
    plain = before not in words.lists["function_words"] and not before.endswith(words.verb_endings)
    return whose or (tokens.kinds[at - 1] == "w" and plain) or after in words.changes["verb"]
