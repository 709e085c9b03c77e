"""Numbers in digits with their scale: "1.5 million", "$3bn", "40k", "3 1/2", "4 thousand 3 hundred and 21".

In: tokens and a place. Out: `Amount` or None.
"""

from dataclasses import replace

from transforms.find.quantities.amount import Amount, literal, times
from transforms.find.quantities.fractions import slash_fraction, written_fraction
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.tokens import Tokens

HIGHEST_POWER = 50


def digits_amount(tokens: Tokens, first: int, words: Lexicon, money: bool, alone: bool) -> Amount | None:
    """The number whose digits stand at a token; `money` behind a currency, `alone` after "between"."""
    value = literal(tokens.raw[first], words.decimal)
    if value is None:
        return None
    last, rule = first + 1, "digits"
    fraction, slash, power = written_fraction(tokens, last), slash_fraction(tokens, first), _power(tokens, first, value)
    if slash is not None:
        value, last, rule = slash, first + 3, "written_fraction"
    elif power is not None:
        value, last = power
    elif fraction is not None and value == int(value):
        value, last, rule = value + fraction[0], fraction[1], "mixed_number"
    elif tokens.low[last] in words.lists["number_and"] and _is_a_half(tokens, last + 1, words):
        value, last = value + 0.5, last + 3
    amount = scaled(tokens, words, Amount(first, last, value, rule, plain=value), money)
    if amount.scale in {100.0, 1000.0} and not amount.letter and not money and rule == "digits":
        return _after_hundreds(tokens, words, amount, alone)
    return amount


def _is_a_half(tokens: Tokens, at: int, words: Lexicon) -> bool:
    return tokens.low[at] in words.lists["articles"] and tokens.low[at + 1] in words.lists["half"]


def _power(tokens: Tokens, first: int, value: float) -> tuple[float, int] | None:
    """10^9, 1.1^23: the power, where the result is still a number of use, and the token after it."""
    found = _exponent(tokens, first + 1)
    return (value ** found[0], found[1]) if found is not None and 1e-6 < value < 1e6 else None


def _exponent(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """^23, ^-1: the exponent and the token after it."""
    if tokens.low[at] != "^" or not tokens.glued(at):
        return None
    sign = tokens.low[at + 1] if tokens.low[at + 1] in {"-", "+", "−"} and tokens.glued(at + 1) else ""
    at += 1 + bool(sign)
    digits = tokens.raw[at]
    if not tokens.glued(at) or not digits.isdigit() or len(digits) > 2 or int(digits) >= HIGHEST_POWER:
        return None
    return (int(digits) if sign in {"", "+"} else -int(digits)), at + 1


def _after_hundreds(tokens: Tokens, words: Lexicon, amount: Amount, alone: bool) -> Amount:
    """The rest of "4 thousand 3 hundred and 21"."""
    at = amount.last
    joined = tokens.low[at] in words.lists["number_and"]
    if joined and alone:
        return amount
    at += joined
    small = words.numbers.get(tokens.low[at], ("", 0.0))
    if joined and small[0] in {"unit", "teen"} and amount.value is not None and tokens.low[at + 1] not in words.numbers:
        return replace(amount, last=at + 1, value=amount.value + small[1])
    if tokens.kinds[at] != "n" or amount.value is None:
        return amount
    rest = digits_amount(tokens, at, words, False, alone)
    if rest is None or rest.value is None or rest.value >= amount.scale or rest.value != int(rest.value) or rest.letter:
        return amount
    if not rest.value or (not joined and not rest.scaled):
        return amount
    return replace(amount, last=rest.last, value=amount.value + rest.value)


def scaled(tokens: Tokens, words: Lexicon, amount: Amount, money: bool) -> Amount:
    """The amount with the scale words behind it: "1.5 million", "$3bn", "40k", "2-million"."""
    at = amount.last
    if tokens.low[at] == "-" and tokens.glued(at) and _part(words, tokens.low[at + 1]) in {"scale", "hundred"}:
        at += 1
    part, factor = words.numbers.get(tokens.low[at], ("", 1.0))
    if not tokens.same_line(at) or amount.value is None or not _fits(tokens, at, part, amount, money):
        return amount
    letter = tokens.raw[at] if part == "letter" else ""
    value = times(amount.value, factor)
    out = replace(amount, last=at + 1, value=value, scale=amount.scale * factor, letter=letter)
    if letter or part not in {"scale", "hundred"}:
        return out
    more = scaled(tokens, words, out, money)
    return more if more.scale > out.scale * 100 and not more.letter else out


def _part(words: Lexicon, word: str) -> str:
    return words.numbers.get(word, ("", 0.0))[0]


def _fits(tokens: Tokens, at: int, part: str, amount: Amount, money: bool) -> bool:
    """Whether a word behind a number is its scale: "40k", "$3 B", "5 mln", but not "5 m" or "40 B"."""
    glued, raw = tokens.glued(at), tokens.raw[at]
    if part == "letter":
        if (not money and raw == "b") or (tokens.low[at + 1] == "." and tokens.glued(at + 1) and tokens.glued(at + 2)):
            return False  # 100 B.C.
        return glued or (money and raw.isupper()) or (raw == "B" and (amount.value or 0.0) < 1000)
    if part == "money":
        return money and glued
    if part == "short":
        return glued or money or not raw.isupper()
    return part in {"scale", "scales", "hundred", "dozen", "dozens"}
