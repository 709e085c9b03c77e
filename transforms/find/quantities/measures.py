"""The unit behind a number: "40 km", "a 45-acre farm", "half a mile", "300m", "5 feet 2 inches".

In: tokens and a reading. Out: the unit, the token after it and its first token; None when no unit follows.
"""

from transforms.find.quantities.amount import Amount
from transforms.find.quantities.counted import counted_after, is_plural
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.money import is_money
from transforms.find.quantities.numerals import read_amount
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.size_marks import size_mark
from transforms.find.quantities.tokens import Tokens
from transforms.find.quantities.units import SecondUnit, Unit


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
    marked = size_mark(tokens, at, words) if tokens.low[at] in words.size_marks else None
    if marked is not None:
        return marked
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
    elif tokens.low[at] in words.lists["articles"] and reading.amount.rule == "fraction" and reading.value == 0.5:
        first = at + 1  # half a mile
    found = words.units.at(tokens, first)
    money = words.currencies_after.at(tokens, first)
    if first == at and any(_is_compound_noun(tokens, hit[1], words) for hit in (found, money) if hit is not None):
        return None
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
        return _behind_modifier(tokens, first, words)
    form, last = found
    if form.exact and len(form.words[0]) == 1 and form.words[0].isalpha() and not _symbol_fits(tokens, first, last):
        return None
    if form.unit.name == "pound" and is_money(tokens, reading, words):
        return Unit("pound", "money", part="generic"), last, first
    return form.unit, last, first


def _behind_modifier(tokens: Tokens, at: int, words: Lexicon) -> tuple[Unit, int, int] | None:
    """The measure behind a word that only says which: "112 rushing yards", "3 more miles"."""
    if tokens.low[at] not in words.lists["unit_modifiers"] or not tokens.same_line(at + 1):
        return None
    found = words.units.at(tokens, at + 1)
    if found is None or found[0].exact or found[0].unit.kind not in {"measure", "percent"}:
        return None
    return found[0].unit, found[1], at + 1


def _is_compound_noun(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a hyphen makes a unit part of a plural noun: "12 stone-throwers", but not "12 foot-long planks"."""
    return tokens.low[at] == "-" and tokens.glued(at) and tokens.glued(at + 1) and is_plural(tokens, at + 1, words)


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


def join_second_unit(tokens: Tokens, reading: Reading, words: Lexicon) -> None:
    """5 feet 2 inches, thirteen dollars and forty-five cents, 15 dollars 50: one quantity in the larger unit."""
    smaller = words.second_units.get(reading.unit.name) if reading.unit is not None else None
    if smaller is None or reading.value is None or reading.amount.scaled:
        return
    comma = tokens.low[reading.last] == ","
    at = reading.last + (comma or tokens.low[reading.last] in words.lists["number_and"])
    hyphened = _glued_hyphen(tokens, reading.amount.last) and _glued_hyphen(tokens, at) and "-" in smaller.marks
    at += hyphened  # "the 6-foot-4 forward"
    if (tokens.kinds[at] != "n" and tokens.low[at] not in words.numbers) or not tokens.same_line(at):
        return
    amount = read_amount(tokens, at, words)
    if amount is None or amount.value is None or amount.scaled or not 0 < amount.value < smaller.parts:
        return
    last = _smaller_unit(tokens, amount.last, smaller, words)
    if comma and (not last or tokens.low[amount.last] in smaller.marks):
        return  # 5 feet, 10 inches; but "5 feet, 10 in all"
    if not last and hyphened and amount.value == int(amount.value):
        last = amount.last
    if not last and (_may_be_cents(tokens, reading, amount, words) or _is_rest(tokens, amount, smaller, words)):
        last = amount.last
    if last:
        reading.value += amount.value / smaller.parts
        reading.last = last


def _glued_hyphen(tokens: Tokens, at: int) -> bool:
    return tokens.low[at] == "-" and tokens.glued(at) and tokens.glued(at + 1)


def _smaller_unit(tokens: Tokens, at: int, smaller: SecondUnit, words: Lexicon) -> int:
    """The token after the smaller unit at a token, 0 when it is not there."""
    at += _glued_hyphen(tokens, at) and "-" in smaller.marks  # "a 6-foot-4-inch forward"
    found = words.units.at(tokens, at) or words.currencies_after.at(tokens, at)
    if found is not None and found[0].unit.name == smaller.name:
        return found[1]
    return at + 1 if tokens.low[at] in smaller.marks and tokens.same_line(at) else 0


def _is_rest(tokens: Tokens, amount: Amount, smaller: SecondUnit, words: Lexicon) -> bool:
    """He is 6'2; she weighs 12 stone 7: the number of the smaller unit may end the phrase without its unit."""
    if not smaller.bare or amount.rule != "digits" or amount.value is None or amount.value != int(amount.value):
        return False
    after = tokens.low[amount.last]
    ends = tokens.kinds[amount.last] != "w" and after not in {"%", "-", "/", ":", "$", "°"}
    return ends or after in words.lists["number_and"] | words.lists["sizes"]


def _may_be_cents(tokens: Tokens, reading: Reading, amount: Amount, words: Lexicon) -> bool:
    """15 dollars 50, 15 dollars and 50: cents, when the phrase ends there."""
    if reading.kind != "money" or amount.value is None or amount.value != int(amount.value):
        return False
    whole = reading.value is not None and reading.value == int(reading.value)
    ends = tokens.kinds[amount.last] != "w" and tokens.low[amount.last] not in {"%", "-", "/", ":", "$"}
    return (
        whole and amount.rule in {"digits", "words"} and (ends or tokens.low[amount.last] in words.lists["number_and"])
    )


def kind_of(unit: Unit) -> str:
    """The kind of quantity a unit makes."""
    if unit.kind in {"money", "percent", "temperature", "duration"}:
        return unit.kind
    return "ratio" if unit.kind == "ratio" else "measure"
