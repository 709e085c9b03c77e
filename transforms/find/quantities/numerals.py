"""Numbers in digits and words: from a token that may begin one to its value and the token after it.

In: tokens and a place. Out: `Amount` or None. Nothing here knows units, bounds or what is counted.
"""

import unicodedata
from dataclasses import dataclass, replace

from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.tokens import Tokens

LONGEST = 30
"""Digits of the longest number that means something; a longer run of digits is data, not a number of the news."""
SEPARATORS = {ord(sign): None for sign in ", \u00a0\u202f\u2009"}
FRACTIONS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 64, 100, 1000})
"""Denominators of written fractions; 24/7 and 9/11 are none."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at tokens `first` to `last` (exclusive). A vague amount ("dozens") has `low` instead of `value`.

    `plain` is the number before its scale word: 1.5 of "1.5 million". `letter` is set when the scale was a single
    letter, which may be a unit instead ("300m").
    """

    first: int
    last: int
    value: float | None
    rule: str
    low: float | None = None
    plain: float | None = None
    scale: float = 1.0
    letter: str = ""

    @property
    def scaled(self) -> bool:
        """Whether a scale word ("million") belongs to it."""
        return self.scale != 1.0


def read_amount(
    tokens: Tokens, first: int, words: Lexicon, *, money: bool = False, alone: bool = False
) -> Amount | None:
    """The number that begins at a token; `money` when a currency stands before it, `alone` after "between"."""
    kind = tokens.kinds[first]
    fold = _fold(tokens, first, words)
    if fold is not None:
        return fold
    if kind == "n":
        return _out_of(tokens, words, _digits(tokens, first, words, money, alone))
    if kind == "f":
        value = unicodedata.numeric(tokens.raw[first])
        return _scaled(tokens, words, Amount(first, first + 1, value, "vulgar_fraction", plain=value), money)
    return (
        _vague(tokens, first, words)
        or _half(tokens, first, words)
        or _out_of(tokens, words, _fraction(tokens, first, words) or _word_number(tokens, first, words, alone))
    )


def _fold(tokens: Tokens, first: int, words: Lexicon) -> Amount | None:
    """Sixfold, six-fold, 20-fold."""
    word = tokens.low[first]
    value = words.folds.get(word)
    if value is not None:
        return Amount(first, first + 1, value, "fold", plain=value)
    if tokens.low[first + 1] == "-" and tokens.low[first + 2] in words.lists["folds"]:
        number = literal(tokens.raw[first]) if tokens.kinds[first] == "n" else words.numbers.get(word, ("", None))[1]
        return Amount(first, first + 3, number, "fold", plain=number) if number else None
    return None


def literal(text: str) -> float | None:
    """The value of digits as written in English: "1,200.5", "12,34,567", ".5", "1.3e6", "1.99x10-30".

    >>> literal("12,34,567.5")
    1234567.5
    """
    if len(text) > LONGEST:
        return None
    mantissa, times, exponent = text.replace("×", "x").replace("−", "-").replace("–", "-").partition("x")
    mantissa = mantissa.translate(SEPARATORS)
    if times:
        mantissa += "e" + exponent.strip()[2:].replace("^", "")
    value = float(mantissa)
    return value if abs(value) < 1e300 else None


def _digits(tokens: Tokens, first: int, words: Lexicon, money: bool, alone: bool) -> Amount | None:
    value = literal(tokens.raw[first])
    if value is None:
        return None
    last, rule = first + 1, "digits"
    fraction = _written_fraction(tokens, last)
    slash = _slash(tokens, first)
    if slash is not None:
        value, last, rule = slash, first + 3, "written_fraction"
    elif fraction is not None and value == int(value):
        value, last, rule = value + fraction[0], fraction[1], "mixed_number"
    elif tokens.low[last] == "and" and _is(words, "half", tokens.low[last + 2]) and tokens.low[last + 1] == "a":
        value, last = value + 0.5, last + 3
    amount = _scaled(tokens, words, Amount(first, last, value, rule, plain=value), money)
    if amount.scale in {100.0, 1000.0} and not amount.letter and not money and rule == "digits":
        return _after_hundreds(tokens, words, amount, alone)
    return amount


def _after_hundreds(tokens: Tokens, words: Lexicon, amount: Amount, alone: bool) -> Amount:
    """The rest of "4 thousand 3 hundred and 21"."""
    at = amount.last
    joined = tokens.low[at] == "and"
    if joined and alone:
        return amount
    at += joined
    small = words.numbers.get(tokens.low[at], ("", 0.0))
    if joined and small[0] in {"unit", "teen"} and amount.value is not None and tokens.low[at + 1] not in words.numbers:
        return replace(amount, last=at + 1, value=amount.value + small[1])
    if tokens.kinds[at] != "n" or amount.value is None:
        return amount
    rest = _digits(tokens, at, words, False, alone)
    if rest is None or rest.value is None or rest.value >= amount.scale or rest.value != int(rest.value) or rest.letter:
        return amount
    if not joined and not rest.scaled:
        return amount
    return replace(amount, last=rest.last, value=amount.value + rest.value)


def _slash(tokens: Tokens, first: int) -> float | None:
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


def _written_fraction(tokens: Tokens, at: int) -> tuple[float, int] | None:
    """The fraction after a whole number: "3 1/2", "3½", "10-1/2"."""
    if tokens.kinds[at] == "f":
        return unicodedata.numeric(tokens.raw[at]), at + 1
    if tokens.low[at] == "-" and tokens.glued(at):
        at += 1
    if tokens.kinds[at] == "n" and tokens.same_line(at):
        value = _slash(tokens, at)
        if value is not None and int(tokens.raw[at + 2]) <= 64:
            return value, at + 3
    return None


def _scaled(tokens: Tokens, words: Lexicon, amount: Amount, money: bool) -> Amount:
    """The amount with the scale words behind it: "1.5 million", "$3bn", "40k", "2-million"."""
    at = amount.last
    if (
        tokens.low[at] == "-"
        and tokens.glued(at)
        and words.numbers.get(tokens.low[at + 1], ("", 0))[0] in {"scale", "hundred"}
    ):
        at += 1
    part, factor = words.numbers.get(tokens.low[at], ("", 1.0))
    if not tokens.same_line(at) or amount.value is None:
        return amount
    glued = tokens.glued(at)
    letter = ""
    if part == "letter":
        capital = tokens.raw[at].isupper()
        if not (glued or (money and capital) or (tokens.raw[at] == "B" and amount.value < 1000)):
            return amount
        if not money and tokens.raw[at] == "b":
            return amount
        letter = tokens.raw[at]
    elif (
        (part == "money" and not (money and glued))
        or (part == "short" and not glued and not money and tokens.raw[at].isupper())
        or part not in {"scale", "hundred", "dozen", "short", "money"}
    ):
        return amount
    value = amount.value * factor
    out = replace(amount, last=at + 1, value=value, scale=amount.scale * factor, letter=letter)
    if letter or part in {"short", "money", "dozen"}:
        return out
    more = _scaled(tokens, words, out, money)
    return more if more.scale > out.scale * 100 and not more.letter else out


def _vague(tokens: Tokens, first: int, words: Lexicon) -> Amount | None:
    """Dozens, hundreds, tens of thousands: an amount with a lower end only."""
    for length in (3, 1):
        low = words.vague.get(tuple(tokens.low[first : first + length]))
        if low is not None:
            return Amount(first, first + length, None, "vague_plural", low=low, plain=low)
    return None


def _is(words: Lexicon, name: str, word: str) -> bool:
    return word in words.lists[name]


def _half(tokens: Tokens, first: int, words: Lexicon) -> Amount | None:
    """Half a million, half a dozen, half of the voters, a half, a quarter of a million, quarter million."""
    low = tokens.low
    part = {2: 0.5, 4: 0.25}.get(words.denominators.get(low[first], 0))
    if part is None or low[first].endswith("s"):
        return None
    at = first + 1
    if low[at] == "-" and tokens.glued(at):
        at += 1
    if low[at] in words.lists["articles"]:
        at += 1
    elif low[at] in words.lists["of"] and low[at + 1] in words.lists["articles"] and _scale(words, low[at + 2]):
        at += 2
    at += low[at] == "-"
    factor = _scale(words, low[at])
    if factor:
        return Amount(first, at + 1, part * factor, "half_a_scale", plain=part, scale=factor)
    if part != 0.5:
        return None
    hedged = low[first - 1] in words.lists["before_half"]
    if hedged or (low[first - 1] not in words.lists["not_before_half"] and low[first + 1] in words.lists["after_half"]):
        return Amount(first, first + 1, part, "fraction", plain=part) if low[first + 1] != "-" else None
    return None


def _scale(words: Lexicon, word: str) -> float:
    part, factor = words.numbers.get(word, ("", 0.0))
    return factor if part in {"scale", "hundred", "dozen"} else 0.0


def _fraction(tokens: Tokens, first: int, words: Lexicon) -> Amount | None:
    """Two-thirds, three quarters, one fourth, twenty-three fifths, three and two fifths."""
    upper = _small(tokens, first, words)
    if upper is None:
        number = _word_number(tokens, first, words, False) if tokens.low[first] in words.numbers else None
        if number is None or number.value is None or number.scaled:
            return None
        upper = (number.value, number.last)
    value, at = upper
    more = _and_a_half(tokens, at, words)
    if more is not None and value < 100 and more[0] * 4 % 1 and tokens.low[more[1] - 1].endswith("s"):
        return Amount(first, more[1], value + more[0], "mixed_number", plain=value + more[0])
    hyphen = tokens.low[at] == "-"
    at += hyphen
    lower = words.denominators.get(tokens.low[at])
    if lower is None or not tokens.same_line(at):
        return None
    plural = tokens.low[at].endswith("s")
    if lower == 4 and value >= 4:
        return None  # "four quarters" are a year
    if plural == (value == 1) and not (value != 1 and tokens.low[at] == "quarter" and hyphen):
        return None
    if not plural and not hyphen and tokens.low[at + 1] not in words.lists["after_fraction"] and value == 1:
        return None
    if tokens.low[at + 1] == "-" and tokens.kinds[at + 2] == "w" and not plural:
        return None  # "one third-party", "two quarter-finals"
    return Amount(first, at + 1, value / lower, "fraction", plain=value / lower)


def _small(tokens: Tokens, first: int, words: Lexicon) -> tuple[float, int] | None:
    """A number word below twenty, the upper part of a fraction."""
    part, value = words.numbers.get(tokens.low[first], ("", 0.0))
    return (value, first + 1) if part in {"unit", "teen"} and value else None


def article_amount(tokens: Tokens, article: int, words: Lexicon) -> Amount | None:
    """What an article makes a number: "a hundred", "a dozen", "a third of", "a half million", "a quarter of"."""
    at = article + 1
    low = tokens.low[at]
    factor = _scale(words, low)
    if factor:
        if low == "dozen":
            return Amount(article, at + 1, factor, "words", plain=factor, scale=factor)
        number = _word_number(tokens, at, words, False)
        return replace(number, first=article) if number else None
    half = _half(tokens, at, words)
    if half is not None and half.rule == "half_a_scale":
        return replace(half, first=article)
    lower = words.denominators.get(low)
    if lower is None or low.endswith("s"):
        return None
    after = tokens.low[at + 1]
    by = tokens.low[article - 1] in words.lists["before_fraction"]
    whole = tokens.alone(article, at + 1)
    if whole or after in words.lists["after_fraction"] or (by and tokens.kinds[at + 1] in {"s", ""} and after != "-"):
        return Amount(article, at + 1, 1 / lower, "fraction", plain=1 / lower)
    return None


def _out_of(tokens: Tokens, words: Lexicon, upper: Amount | None) -> Amount | None:
    """One in five, 3 out of every 10: the share, where the second number is the larger."""
    if upper is None or upper.value is None or upper.rule not in {"digits", "words"} or upper.scaled:
        return upper
    at = upper.last
    if tokens.low[at : at + 2] == ["out", "of"]:
        at += 2
    elif tokens.low[at] in words.lists["in"]:
        at += 1
    else:
        return upper
    at += tokens.low[at] in words.lists["every"]
    if not (tokens.kinds[at] == "n" or tokens.low[at] in words.numbers) or upper.value != int(upper.value):
        return upper
    lower = (
        _digits(tokens, at, words, False, False) if tokens.kinds[at] == "n" else _word_number(tokens, at, words, False)
    )
    if lower is None or lower.value is None or lower.letter or not 0 < upper.value < lower.value or upper.value > 20:
        return upper
    if lower.rule not in {"digits", "words"} or lower.value != int(lower.value) or 1500 <= lower.value <= 2100:
        return upper
    if (
        words.units.at(tokens, lower.last)
        or tokens.low[lower.last] == "-"
        or tokens.low[lower.last] in words.lists["months"]
    ):
        return upper
    if tokens.low[upper.last] == "in" and upper.value > 3 and lower.value not in {10.0, 100.0, 1000.0, 100000.0}:
        return upper
    share = upper.value / lower.value
    return Amount(upper.first, lower.last, share, "one_in", plain=share)


def _word_number(tokens: Tokens, first: int, words: Lexicon, alone: bool) -> Amount | None:
    """A number in words: "twenty-five", "two hundred and six thousand", "five and a half million", "two point five"."""
    total, current, at, smallest, scale, plain = 0.0, -1.0, first, float("inf"), 1.0, 0.0
    last = first
    while True:
        word = tokens.low[at]
        part, value = words.numbers.get(word, ("", 0.0))
        if at > first and (not tokens.same_line(at) or tokens.lines[at] != tokens.lines[first]):
            break
        if part in {"unit", "teen", "tens"}:
            if current < 0:
                current = value
            elif (part == "unit" and value and current % 100 >= 20 and current % 10 == 0) or (
                current >= 100 and current % 100 == 0
            ):
                current += value
            else:
                break
        elif part == "hundred":
            if current < 0:
                current = 1.0
            if current >= 100:
                break
            current *= 100
        elif part == "scale":
            if value >= smallest and last > first and current < 0:
                total *= value
            else:
                if value >= smallest:
                    break
                plain = max(current, 1.0) if not total else plain
                total += max(current, 1.0) * value
            scale = max(scale, value)
            smallest, current = value, -1.0
        elif part == "dozen" and current > 0 and not total:
            return Amount(first, at + 1, current * value, "words", plain=current, scale=value)
        else:
            half = _and_a_half(tokens, at, words) if last > first and not alone else None
            if half is not None and not (current < 0 and total):
                current = max(current, 0.0) + half[0]
                last = at = half[1]
                if words.numbers.get(tokens.low[at], ("", 0.0))[0] != "scale":
                    break
                continue
            break
        last = at = at + 1
        if tokens.low[at] == "-" and tokens.kinds[at + 1] == "w":
            if words.numbers.get(tokens.low[at + 1], ("", 0.0))[0] not in {"unit", "hundred", "scale"}:
                break
            at += 1
        elif tokens.low[at] == "and" and not alone and _goes_on(tokens, at + 1, words, current, total):
            at += 1
    if last == first:
        return None
    value = total + max(current, 0.0)
    if scale == 1.0:
        plain = value
    if tokens.low[last] == "point":
        decimals, last = _decimals(tokens, last, words)
        value += decimals
        after = words.numbers.get(tokens.low[last], ("", 0.0))
        if decimals and after[0] == "scale":
            return Amount(first, last + 1, value * after[1], "words", plain=value, scale=after[1])
    return Amount(first, last, value, "words", plain=plain, scale=scale)


def _goes_on(tokens: Tokens, at: int, words: Lexicon, current: float, total: float) -> bool:
    """Whether "and" goes on with the number: after a hundred or a thousand, before a smaller number without scale."""
    part, value = words.numbers.get(tokens.low[at], ("", 0.0))
    if part not in {"unit", "teen", "tens"} or not value or not (current >= 100 or (current < 0 and total >= 100)):
        return False
    ahead = at + 1
    while tokens.low[ahead] == "-" or words.numbers.get(tokens.low[ahead], ("", 0.0))[0] in {"unit", "tens", "teen"}:
        ahead += 1
    return words.numbers.get(tokens.low[ahead], ("", 0.0))[0] != "hundred" or current < 0


def _and_a_half(tokens: Tokens, at: int, words: Lexicon) -> tuple[float, int] | None:
    """What "and a half", "and a quarter", "and three quarters" add, and the token after it."""
    if tokens.low[at] != "and":
        return None
    if tokens.low[at + 1] in words.lists["articles"]:
        upper, below = 1.0, at + 2
    else:
        small = _small(tokens, at + 1, words)
        if small is None:
            return None
        upper, below = small
        below += tokens.low[below] == "-"
    lower = words.denominators.get(tokens.low[below])
    if lower is None or (lower > 4 and upper == 1):
        return None
    if upper == 1 and lower == 3:
        return None  # "two and a third" is more often two things and one more
    return upper / lower, below + 1


def _decimals(tokens: Tokens, at: int, words: Lexicon) -> tuple[float, int]:
    """The digits after "point", and the token after them; none: 0 and the place of "point"."""
    digits, after = "", at + 1
    while len(digits) < 6:
        part, value = words.numbers.get(tokens.low[after], ("", 0.0))
        if part != "unit":
            break
        digits += str(int(value))
        after += 1
    return (float(f"0.{digits}"), after) if digits else (0.0, at)
