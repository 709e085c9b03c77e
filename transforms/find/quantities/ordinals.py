"""Ordinals: "the country's second city", "fourth largest", "22nd".

In: tokens and a place. Out: the reading of an ordinal that ranks something, or None. Ordinals of dates, halves,
quarters, centuries and fixed names are none.
"""

from transforms.find.quantities.amount import Amount
from transforms.find.quantities.counted import counted_after
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.numerals import read_amount
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens

NO_RANK_BEHIND = ("months", "months_if_capital", "numbers_before_ordinal", "auxiliaries")
"""Lists of words right behind which an ordinal ranks nothing: "August first", "must first decide"."""


def read_ordinal(tokens: Tokens, first: int, words: Lexicon) -> Reading | None:
    """The ordinal that begins at a token, with what it ranks."""
    found = _digits(tokens, first, words) or _words(tokens, first, words)
    if found is None:
        return None
    value, last, rule = found
    end = _superlative(tokens, last, words)
    if not _ranks(tokens, first, last, end, words):
        return None
    amount = Amount(first, last, value, rule, plain=value)
    reading = Reading(first, end, amount, value, rule, kind="ordinal", core=first)
    reading.counted = counted_after(tokens, end, words, one=True)
    return reading


def skip_ordinal(tokens: Tokens, first: int, words: Lexicon) -> int:
    """The token after an ordinal, 0 when there is none."""
    found = _digits(tokens, first, words) or _words(tokens, first, words)
    return found[1] if found else 0


def _digits(tokens: Tokens, first: int, words: Lexicon) -> tuple[float, int, str] | None:
    if (
        tokens.kinds[first] != "n"
        or tokens.low[first + 1] not in words.lists["ordinal_suffixes"]
        or not tokens.glued(first + 1)
    ):
        return None
    digits = tokens.raw[first].replace(",", "")
    if not digits.isdigit() or len(digits) > 7 or _is_weight(tokens, first, int(digits), words):
        return None
    return float(digits), first + 2, "ordinal_digits"


def _is_weight(tokens: Tokens, first: int, number: int, words: Lexicon) -> bool:
    """12st, 11st 4lb: the suffix is a unit where no ordinal of that number ends so, or the smaller unit follows."""
    found = words.units.at(tokens, first + 1)
    if found is None:
        return False
    smaller = words.second_units.get(found[0].unit.name)
    if smaller is not None and tokens.kinds[first + 2] == "n" and tokens.low[first + 3] in smaller.marks:
        return True
    last = number % 100 if number % 100 <= 20 else number % 10
    return not any(
        value == (last or 20) and word.endswith(tokens.low[first + 1]) for word, (_, value) in words.ordinals.items()
    )


def _words(tokens: Tokens, first: int, words: Lexicon) -> tuple[float, int, str] | None:
    """Twentieth, twenty-fifth, one hundred twenty-fifth, two hundredth."""
    part, value = words.ordinals.get(tokens.low[first], ("", 0))
    if part:
        return float(value), first + 1, "ordinal_words"
    number = read_amount(tokens, first, words) if tokens.low[first] in words.numbers else None
    if number is None or number.rule != "words" or number.value is None:
        return None
    at = number.last + (tokens.low[number.last] in {"-", "and"})
    part, value = words.ordinals.get(tokens.low[at], ("", 0))
    if part in {"hundred", "scale"}:
        return number.value * value, at + 1, "ordinal_words"
    joins = part and number.value >= 20 and number.value % 10 == 0 and (value < 10 or number.value % 100 == 0)
    return (number.value + value, at + 1, "ordinal_words") if joins and value < 100 else None


def _superlative(tokens: Tokens, at: int, words: Lexicon) -> int:
    """Fourth largest, second-highest, third straight: the superlative belongs to the ordinal."""
    if tokens.low[at] == "-" and tokens.low[at + 1] in words.lists["superlatives"]:
        return at + 2
    return at + 1 if tokens.low[at] in words.lists["superlatives"] else at


def _ranks(tokens: Tokens, first: int, last: int, end: int, words: Lexicon) -> bool:
    low = tokens.low
    after = low[end]
    if tokens.alone(first, end):
        return True
    if tokens.low[last] == "-" and end == last:
        return False  # second-hand, first-class, third-party
    if not tokens.same_line(end) or tokens.kinds[end] != "w" or after in words.lists["function_words"]:
        return False
    if end == last and (after in words.lists["not_ranked"] or low[end] in words.lists["months"]):
        return False
    if after.endswith(words.participle_endings) and low[first - 1] not in words.lists["determiners"] and end == last:
        return False  # who first outlined it
    if any(low[first - 1] in words.lists[name] for name in NO_RANK_BEHIND):
        return False
    if tokens.kinds[first - 1] == "n" or low[first - 1] in words.numbers:
        return False
    named = tokens.capital(first) and not tokens.opens_sentence(first)
    plain = tokens.raw[end + 1].islower() and tokens.low[end + 1] not in words.lists["function_words"]
    title = tokens.capital(end) and end == last and tokens.kinds[first] == "w"
    return not (named or (title and not plain))  # the third Lima resident, but the third Test
