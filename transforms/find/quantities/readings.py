"""One number with what belongs to it: its sign, currency, unit and rate.

In: tokens and a place. Out: `Reading`, which the other modules refine (ranges, bounds, change, what is counted).
"""

from dataclasses import dataclass

from transforms.find.quantities.counted import counted_after
from transforms.find.quantities.countries import currency_of
from transforms.find.quantities.lexicon import Form, Lexicon, Unit
from transforms.find.quantities.numerals import Amount, article_amount, read_amount
from transforms.find.quantities.tokens import Tokens


@dataclass(slots=True)
class Reading:
    """A quantity in the making, tokens `first` to `last` (exclusive). `amount` is its (last) number."""

    first: int
    last: int
    amount: Amount
    value: float | None
    rule: str
    low: float | None = None
    high: float | None = None
    comparator: str = "="
    change: str | None = None
    kind: str = "cardinal"
    unit: Unit | None = None
    unit_span: tuple[int, int] | None = None
    rate: str = ""
    prefixed: bool = False
    counted: tuple[int, int] | None = None
    core: int = 0
    """The first token after the bound: where sign, currency or number begin."""
    parenthesised: bool = False

    @property
    def bare(self) -> bool:
        """Whether the number stands without unit, scale or sign: nothing yet says that it is a quantity."""
        return self.unit is None and not self.rate


def read_number(tokens: Tokens, at: int, words: Lexicon, country: str | None, *, alone: bool = False) -> Reading | None:
    """The number at a token with its sign, currency, unit and rate; None when the token begins no number."""
    prefix = _currency_before(tokens, at, words)
    amount = read_amount(tokens, at, words, money=prefix is not None, alone=alone)
    if tokens.low[at - 1] in words.lists["articles"] and (
        amount is None or amount.rule == "half_a_scale" or (amount.rule == "words" and tokens.low[at] in words.scales)
    ):
        amount = article_amount(tokens, at - 1, words) or amount
    if amount is None:
        return None
    reading = Reading(amount.first, amount.last, amount, amount.value, amount.rule, low=amount.low, core=amount.first)
    if amount.low is not None:
        reading.comparator = ">="
    if amount.rule in {"fraction", "one_in"}:
        reading.kind = "ratio"
    if prefix is not None and not (prefix[0].strict and not _marked(tokens, amount)):
        _take_currency(reading, prefix[0], prefix[1], amount.first, country)
        reading.prefixed = True
    _take_sign(tokens, reading, words)
    _take_unit(tokens, reading, words, country)
    return reading


def _marked(tokens: Tokens, amount: Amount) -> bool:
    """Whether a number looks like a price: it has a scale, a separator or decimals."""
    return amount.scaled or "," in tokens.raw[amount.first] or "." in tokens.raw[amount.first]


def _currency_before(tokens: Tokens, at: int, words: Lexicon) -> tuple[Form, int] | None:
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


def _take_currency(reading: Reading, form: Form, first: int, last: int, country: str | None) -> None:
    reading.kind = "money"
    reading.unit = local_currency(form.unit, country)
    reading.value = reading.value * form.times if reading.value is not None else None
    reading.unit_span = (first, last)
    if first < reading.first:
        reading.first = reading.core = first


def local_currency(unit: Unit, country: str | None) -> Unit:
    """A dollar in an article from Australia is an Australian dollar, when that is what the country pays with."""
    return currency_of(unit, country) if unit.part in {"generic", "minor"} and country else unit


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
    reading.value = -reading.value
    reading.first = reading.core = before


def _take_unit(tokens: Tokens, reading: Reading, words: Lexicon, country: str | None) -> None:
    at = reading.last
    if reading.prefixed:
        _after_currency(tokens, reading, words)
        _take_rate(tokens, reading, words)
        return
    found = unit_after(tokens, at, words, reading)
    if found is not None:
        unit, last, first = found
        if unit.kind == "money":
            last = _scale_after(tokens, reading, last, words)
        if reading.amount.rule == "one_in":
            return
        reading.unit, reading.unit_span, reading.last = unit, (first, last), last
        reading.kind = _kind(unit)
        if unit.kind == "money":
            reading.unit = local_currency(unit, country)
        _join_second_unit(tokens, reading, words)
        _take_rate(tokens, reading, words)


def _scale_after(tokens: Tokens, reading: Reading, at: int, words: Lexicon) -> int:
    """75 USD million: the scale behind the currency; 30 MUSD: the scale in front of its code."""
    code = tokens.raw[at - 1]
    part, factor = words.numbers.get(tokens.low[at], ("", 1.0))
    scaled = part == "scale" and code.isupper() and not reading.amount.scaled
    if not scaled and len(code) == 4 and code[0] == "M" and code.isupper():
        factor, at = 1e6, at - 1
        scaled = True
    if not scaled or reading.value is None:
        return at
    reading.value *= factor
    return at + 1


def _kind(unit: Unit) -> str:
    if unit.kind in {"money", "percent", "temperature", "duration"}:
        return unit.kind
    return "ratio" if unit.kind == "ratio" else "measure"


def unit_after(tokens: Tokens, at: int, words: Lexicon, reading: Reading) -> tuple[Unit, int, int] | None:
    """The unit or currency at a token: unit, the token after it, its first token. A hyphen may stand between."""
    first = at
    if not tokens.same_line(at):
        return None
    letter = reading.amount.letter
    if letter:
        chosen = _letter_unit(tokens, reading, words)
        if chosen is not None:
            return chosen
    if tokens.low[at] == "-" and tokens.glued(at):
        first = at + 1
    elif tokens.low[at] in {"(", "["} and tokens.low[at + 2] in {")", "]"}:
        found = words.units.at(tokens, at + 1)
        return (found[0].unit, found[1] + 1, at + 1) if found and found[0].exact else None
    elif (
        tokens.low[at] in words.lists["of"]
        and tokens.low[at + 1] in words.lists["articles"]
        and reading.kind == "ratio"
    ):
        first = at + 2  # a quarter of a percentage point
    elif tokens.low[at] in words.lists["of"] and reading.low is not None:
        first = at + 1  # tens of thousands of dollars
        if tokens.low[first] in {"us", "hong"}:
            pass
    elif tokens.low[at] in words.lists["articles"] and reading.amount.rule == "fraction" and reading.value == 0.5:
        first = at + 1  # half a mile
    found = words.units.at(tokens, first)
    money = words.currencies_after.at(tokens, first)
    if money is not None and (found is None or money[1] > found[1] or money[0].unit.part != "generic"):
        form, last = money
        if tokens.kinds[last] == "n" and tokens.glued(last) and form.unit.part == "generic":
            return None  # "1 $10 bill"
        if (form.glued and not tokens.glued(first)) or (
            form.glued and tokens.kinds[last] == "w" and tokens.glued(last)
        ):
            return None
        return form.unit, last, first
    if found is None:
        return None
    form, last = found
    if form.exact and len(form.words[0]) == 1 and form.words[0].isalpha() and not _symbol_fits(tokens, first, last):
        return None
    if form.unit.name == "pound" and _is_money(tokens, reading, words):
        return Unit("pound", "money", part="generic"), last, first
    return form.unit, last, first


def _symbol_fits(tokens: Tokens, first: int, last: int) -> bool:
    """A unit of one letter ("m", "W") stands beside its number, and no word goes on with it."""
    if (
        tokens.low[last] in {"'", "’", "-", "&", "."}
        and tokens.glued(last)
        and tokens.kinds[last + 1] in {"w", "n"}
        and tokens.glued(last + 1)
    ):
        return False
    if tokens.raw[first] == "F" and tokens.raw[first - 1].isdigit() and int(tokens.raw[first - 1][:6]) > 250:
        return False  # "a 777F"
    if tokens.glued(first):
        return True
    return tokens.starts[first] - tokens.ends[first - 1] == 1 and not (
        tokens.raw[first] in "AIJTNSV" and tokens.capital(last)
    )


def _letter_unit(tokens: Tokens, reading: Reading, words: Lexicon) -> tuple[Unit, int, int] | None:
    """The unit m: "300m" is 300 metres beside a word of length, "$300m" and "2.7m sales" are millions."""
    amount = reading.amount
    if amount.letter != "m" or reading.prefixed:
        return None
    after = tokens.low[amount.last]
    if after not in words.lists["length_words"] and (after in words.lists["of"] or _counts(tokens, words, amount.last)):
        return None
    if words.currencies_after.at(tokens, amount.last) is not None or words.units.at(tokens, amount.last) is not None:
        return None
    found = words.units.at(tokens, amount.last - 1)
    if found is None or amount.plain is None:
        return None
    reading.value = reading.value / 1e6 if reading.value is not None else None
    return found[0].unit, found[1], amount.last - 1


def _counts(tokens: Tokens, words: Lexicon, at: int) -> bool:
    return counted_after(tokens, at, words) is not None


def _is_money(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether "pounds" are money here: millions of them are, and those near a word of money."""
    if reading.amount.scale >= 1e6:
        return True
    around = tokens.low[max(0, reading.first - 8) : reading.first]
    if any(word in words.lists["weight_words"] for word in around):
        return False
    return any(word in words.lists["money_words"] for word in around)


def _after_currency(tokens: Tokens, reading: Reading, words: Lexicon) -> None:
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


SECOND_UNITS = {"foot": ("inch", 12.0), "pound": ("ounce", 16.0), "dollar": ("cent", 100.0), "euro": ("cent", 100.0)}


def _join_second_unit(tokens: Tokens, reading: Reading, words: Lexicon) -> None:
    """5 feet 2 inches, thirteen dollars and forty-five cents: one quantity in the larger unit."""
    if reading.unit is None or reading.unit.name not in SECOND_UNITS or reading.value is None:
        return
    at = reading.last
    at += tokens.low[at] == "and"
    if tokens.kinds[at] != "n" and tokens.low[at] not in words.numbers:
        return
    smaller, parts = SECOND_UNITS[reading.unit.name]
    amount = read_amount(tokens, at, words)
    if amount is None or amount.value is None or amount.scaled or not 0 < amount.value < parts:
        return
    found = words.units.at(tokens, amount.last) or words.currencies_after.at(tokens, amount.last)
    if found is not None and found[0].unit.name == smaller:
        reading.value += amount.value / parts
        reading.last = found[1]


def _take_rate(tokens: Tokens, reading: Reading, words: Lexicon) -> None:
    """Per month, a barrel, an hour: the rate at which the unit is counted."""
    found = rate_after(tokens, reading.last, words)
    if found is not None and reading.kind != "percent":
        if reading.kind == "duration" and tokens.low[reading.last] not in words.lists["rate_words"]:
            reading.rate, reading.last = found
            return
        reading.rate, reading.last = found
        if reading.kind == "duration":
            reading.rate = found[0]


def rate_after(tokens: Tokens, at: int, words: Lexicon) -> tuple[str, int] | None:
    """A rate, "per month", "a barrel", "-a-day", "/day": the rate in canonical words and the token after it."""
    low = tokens.low
    if not tokens.same_line(at):
        return None
    dash = low[at] == "-" and tokens.glued(at)
    if dash:
        at += 1
    if low[at] == "/":
        at += 1
        allowed = "rate_things"
    elif low[at] in words.lists["rate_words"]:
        at += 1
        if tokens.kinds[at] == "n" and "," in tokens.raw[at]:
            return f"per {tokens.raw[at]}", at + 1
        if low[at] in {"cent", "cents"}:
            return None
        form = words.units.at(tokens, at)
        if form is not None:
            return f"per {form[0].unit.name}", form[1]
        if tokens.kinds[at] == "w" and low[at] not in words.lists["function_words"]:
            return f"per {low[at]}", at + 1
        return None
    elif low[at] in words.lists["rate_articles"]:
        at += 1
        if dash and low[at] == "-":
            at += 1
        allowed = "rate_articles_things"
    else:
        return None
    form = words.units.at(tokens, at)
    if low[at + 1] in words.lists["not_after_rate"]:
        return None  # "$30 million a week earlier"
    if low[at] in words.lists[allowed]:
        return f"per {form[0].unit.name if form else low[at]}", at + 1
    return None
