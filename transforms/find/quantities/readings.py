"""One number with what belongs to it: its sign, currency, unit and rate.

In: tokens and a place. Out: `Reading`, which the other modules refine (ranges, bounds, change, what is counted).
"""

from transforms.find.quantities.fractions import article_amount
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.measures import join_second_unit, kind_of, unit_after
from transforms.find.quantities.money import (
    after_currency,
    currency_before,
    is_priced,
    local_currency,
    scale_after,
    take_currency,
)
from transforms.find.quantities.numerals import read_amount
from transforms.find.quantities.rates import take_rate
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens


def read_number(tokens: Tokens, at: int, words: Lexicon, country: str | None, *, alone: bool = False) -> Reading | None:
    """The number at a token with its sign, currency, unit and rate; None when the token begins no number."""
    prefix = currency_before(tokens, at, words)
    amount = read_amount(tokens, at, words, money=prefix is not None, alone=alone)
    if tokens.low[at - 1] in words.lists["articles"] and (
        amount is None or amount.rule == "half_a_scale" or (amount.rule == "words" and tokens.low[at] in words.scales)
    ):
        amount = article_amount(tokens, at - 1, words) or amount
    if amount is None:
        return None
    reading = Reading(
        amount.first,
        amount.last,
        amount,
        amount.value,
        amount.rule,
        low=amount.low,
        high=amount.high,
        core=amount.first,
    )
    if amount.low is not None:
        # An order of magnitude ("thousands") is no bound that the text states.
        reading.comparator = ">=" if amount.high is None else "~"
    if amount.rule in {"fraction", "one_in"}:
        reading.kind = "ratio"
    if prefix is not None and not (prefix[0].strict and not is_priced(tokens, amount, words)):
        take_currency(reading, prefix[0], prefix[1], amount.first, country)
        reading.prefixed = True
    _take_sign(tokens, reading, words)
    _take_unit(tokens, reading, words, country)
    return reading


def _take_sign(tokens: Tokens, reading: Reading, words: Lexicon) -> None:
    """A minus before the number or its currency: "-5", "minus 12", "-$50", "$-50", "minus-130"."""
    if reading.value is None:
        return
    if reading.prefixed and tokens.low[reading.amount.first - 1] in {"-", "−", "–"}:
        reading.value = -reading.value
        return
    before = reading.first - 1
    if tokens.low[before] in {"-", "−", "–"} and tokens.glued(reading.first):
        if tokens.low[before - 1] in words.lists["minus"] and tokens.glued(before):
            before -= 1
        elif (
            (
                (tokens.kinds[before - 1] in {"w", "n", "f"} and tokens.glued(before))
                or tokens.low[before - 1] in {")", "%"}
            )
            or tokens.kinds[before - 1] == "n"
            or (
                not tokens.glued(before)
                and tokens.starts[before - 1]
                and tokens.raw[before] != "-"
                and tokens.raw[before] != "−"
            )
        ):
            return
    elif tokens.low[before] not in words.lists["minus"] or tokens.kinds[before - 1] == "n":
        return
    elif tokens.low[before - 1] in words.lists["or"]:
        return  # "plus or minus 3 points"
    reading.value = -reading.value
    reading.first = reading.core = before


def _take_unit(tokens: Tokens, reading: Reading, words: Lexicon, country: str | None) -> None:
    at = reading.last
    if reading.prefixed:
        after_currency(tokens, reading, words)
        take_rate(tokens, reading, words)
        return
    found = unit_after(tokens, at, words, reading)
    if found is not None:
        unit, last, first = found
        if unit.kind == "money":
            last = scale_after(tokens, reading, last, words)
        if reading.amount.rule == "one_in":
            return
        reading.unit, reading.unit_span, reading.last = unit, (first, last), last
        reading.kind = kind_of(unit)
        if unit.kind == "money":
            reading.unit = local_currency(unit, country)
        join_second_unit(tokens, reading, words)
        take_rate(tokens, reading, words)
