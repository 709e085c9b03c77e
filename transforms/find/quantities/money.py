"""Currencies around a number: "$75", "75 US dollars", "Rs. 500", "30 MUSD", "£5 billion".

In: tokens, a place or a reading. Out: the currency and where it begins or ends; a dollar becomes that of the country.
"""

from transforms.find.quantities.amount import Amount, times
from transforms.find.quantities.countries import currency_of
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens
from transforms.find.quantities.units import Form, Unit


def currency_before(tokens: Tokens, at: int, words: Lexicon) -> tuple[Form, int] | None:
    """The currency before the number and its first token."""
    before = at - 1
    if tokens.low[before] in {"-", "−", "–"} and tokens.glued(before) and tokens.glued(at):
        before -= 1  # $-50
    if tokens.low[before] == "." and tokens.kinds[before - 1] in {"w", "c"}:
        found = words.currencies_before.at(tokens, before)  # Rs. 500
        return found if found and tokens.same_line(at) else None
    if not tokens.same_line(at):
        return None
    found = words.currencies_before.at(tokens, before)
    if found is None or tokens.kinds[before] == "":
        return None
    return found


def take_currency(reading: Reading, form: Form, first: int, last: int, country: str | None) -> None:
    """Make a reading money: its currency stands at tokens `first` to `last`."""
    reading.kind = "money"
    reading.unit = local_currency(form.unit, country)
    reading.value = times(reading.value, form.times) if reading.value is not None else None
    reading.unit_span = (first, last)
    if first < reading.first:
        reading.first = reading.core = first


def after_currency(tokens: Tokens, reading: Reading, words: Lexicon) -> None:
    """What may follow "$75": the currency once more ("$75 U.S.", "$10 dollars") or its cents."""
    found = words.currencies_after.at(tokens, reading.last)
    if found is not None and reading.unit is not None:
        form, last = found
        if form.unit.part == "exact" and reading.unit.part == "generic" and not form.glued:
            reading.unit, reading.last = form.unit, last
        elif form.unit.name == reading.unit.name and tokens.kinds[last] != "w":
            reading.last = last
    if (
        tokens.raw[reading.last : reading.last + 4] == ["U", ".", "S", "."]
        and reading.unit
        and reading.unit.name == "dollar"
    ):
        reading.unit = Unit("US dollar", "money", currency="USD", part="exact")
        reading.last += 4


def local_currency(unit: Unit, country: str | None) -> Unit:
    """A dollar in an article from Australia is an Australian dollar, when that is what the country pays with."""
    return currency_of(unit, country) if unit.part in {"generic", "minor"} and country else unit


def is_priced(tokens: Tokens, amount: Amount, words: Lexicon) -> bool:
    """Whether a number looks like a price: it has a scale, a separator or decimals."""
    raw = tokens.raw[amount.first]
    return amount.scaled or words.thousands in raw or words.decimal in raw


def is_money(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether "pounds" are money here: millions of them are, and those near a word of money."""
    if reading.amount.scale >= 1e6:
        return True
    around = tokens.low[max(0, reading.first - 8) : reading.first]
    if any(word in words.lists["weight_words"] for word in around):
        return False
    return any(word in words.lists["money_words"] for word in around)


def scale_after(tokens: Tokens, reading: Reading, at: int, words: Lexicon) -> int:
    """75 USD million: the scale behind the currency; 30 MUSD: the scale in front of its code."""
    code = tokens.raw[at - 1]
    part, factor = words.numbers.get(tokens.low[at], ("", 1.0))
    scaled = part == "scale" and code.isupper() and not reading.amount.scaled
    if not scaled and len(code) == 4 and code[0] == "M" and code.isupper():
        factor, at = 1e6, at - 1
        scaled = True
    if not scaled or reading.value is None:
        return at
    reading.value = times(reading.value, factor)
    return at + 1
