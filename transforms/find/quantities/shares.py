"""Shares of two numbers: "one in five", "3 out of every 10", "1 over 20".

In: the number that may be the upper one. Out: the share, or that number as it was.
"""

from transforms.find.quantities.amount import Amount
from transforms.find.quantities.digits import digits_amount
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.number_words import word_number
from transforms.find.quantities.tokens import Tokens

ROUND = frozenset({10.0, 100.0, 1000.0, 100000.0})
"""Wholes that surveys count by: six in 10 voters."""
MOST = 20
"""Highest upper number of "three in ten"."""


def out_of(tokens: Tokens, words: Lexicon, upper: Amount | None) -> Amount | None:
    """One in five, 3 out of every 10: the share, where the second number is the larger."""
    if upper is None or upper.value is None or upper.rule not in {"digits", "words"} or upper.scaled:
        return upper
    of = tokens.low[upper.last] in words.lists["of"]
    at = upper.last + 1 if of else _joint(tokens, upper.last, words)
    if not at:
        return _over(tokens, words, upper) or upper
    every = tokens.low[at] in words.lists["every"]
    at += every
    lower = _number(tokens, at, words)
    if lower is None or lower.value is None or not _is_share(tokens, upper, lower, words):
        return upper
    if of and not every:
        return upper  # five of 10 hostages
    share = upper.value / lower.value
    return Amount(upper.first, lower.last, share, "one_in", plain=share)


def _joint(tokens: Tokens, at: int, words: Lexicon) -> int:
    """The token after "out of" or "in", 0 when there is neither."""
    found = words.out_of.at(tokens, at)
    return found[1] if found else 0


def _number(tokens: Tokens, at: int, words: Lexicon) -> Amount | None:
    if tokens.kinds[at] == "n":
        return digits_amount(tokens, at, words, False, False)
    return word_number(tokens, at, words, False) if tokens.low[at] in words.numbers else None


def _is_share(tokens: Tokens, upper: Amount, lower: Amount, words: Lexicon) -> bool:
    if upper.value is None or lower.value is None or lower.letter or not 0 < upper.value < lower.value:
        return False
    if upper.value > MOST or upper.value != int(upper.value) or lower.value != int(lower.value):
        return False
    if lower.rule not in {"digits", "words"} or 1500 <= lower.value <= 2100:
        return False
    after = tokens.low[lower.last]
    if words.units.at(tokens, lower.last) or after == "-" or after in words.lists["months"]:
        return False
    few = tokens.low[upper.last] in words.lists["in"] and upper.value > 3
    return not few or lower.value in ROUND


def _over(tokens: Tokens, words: Lexicon, upper: Amount) -> Amount | None:
    """1 over 20, when sum and sentence end together: in a longer sentence "over" is a bound."""
    if tokens.low[upper.last] not in words.lists["fraction_bar"] or upper.value is None:
        return None
    opens = tokens.opens_sentence(upper.first) or tokens.low[upper.first - 1] in words.lists["before_sum"]
    lower = _number(tokens, upper.last + 1, words)
    if not opens or lower is None or not lower.value or lower.letter or lower.scaled:
        return None
    if tokens.kinds[lower.last] and tokens.low[lower.last] != "." and tokens.same_line(lower.last):
        return None
    share = upper.value / lower.value
    return Amount(upper.first, lower.last, share, "one_in", plain=share)
