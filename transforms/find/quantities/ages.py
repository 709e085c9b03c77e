"""Ages: "22-year-old", "29 years old", "aged 34", "Maria Lopez, 34, was".

In: a reading. Out: whether it is an age; then its kind and span say so.
"""

from transforms.find.quantities.ages_told import and_older, is_somebody, told_by_noun, under
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens
from transforms.find.quantities.units import Unit

OLDEST = 120
YOUNGEST = 10
"""Years that may be told behind a last name alone: "to extradite Ruiz, 47, over"."""
AFTER_AGE = frozenset({",", ".", ";", ":", ")", "-", "—", "–"})
YEAR = "year"
NO_PERSONS = ("months", "months_if_capital", "weekdays", "function_words", "name_before")
"""Lists of words that may have a capital and be no person's name."""


def take_age(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Make the reading an age when the words around it say so."""
    if _old(tokens, reading, words):
        return True
    if not could_be_age(reading):
        return False
    if _aged(tokens, reading, words) or _beside_name(tokens, reading, words):
        return True
    told = told_by_noun(tokens, reading, words)
    return told and _set(reading, reading.last, None, _year(words), "age_told")


def _year(words: Lexicon) -> Unit:
    unit = Unit(YEAR, "duration")
    found = words.units._by_key.get(YEAR, [])
    return found[0].unit if found else unit


def _old(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """22-year-old, 29 years old, 6 weeks of age, 87 yo."""
    at = reading.last
    low = tokens.low
    if reading.bare and low[at] in words.lists["year_old_marks"]:
        return _set(reading, at + 1, (at, at + 1), _year(words), "age_old")
    if reading.unit is None or reading.unit.kind != "duration" or reading.rate:
        return False
    if low[at] == "-" and tokens.glued(at):
        at += 1
    if low[at] in words.lists["old"]:
        return _set(reading, at + 1, reading.unit_span, reading.unit, "age_old")
    if low[at] in words.lists["of"] and low[at + 1] in words.lists["of_age"]:
        return _set(reading, at + 2, reading.unit_span, reading.unit, "age_old")
    return False


def _aged(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Aged 34, age 34, turned 40."""
    before = tokens.low[reading.first - 1]
    if and_older(tokens, reading, words) or under(tokens, reading, words):
        return _set(reading, reading.last, None, _year(words), "age_told")
    if is_somebody(tokens, reading, words):
        return _set(reading, reading.last, None, _year(words), "age_of_somebody")
    ends = tokens.kinds[reading.last] != "w" or tokens.low[reading.last] in words.lists["function_words"]
    if before in words.lists["aged"] or (before in words.lists["turn"] and ends and reading.comparator == "="):
        first = reading.first - 1 if before in words.lists["aged"] else reading.first
        reading.first = first
        return _set(reading, reading.last, None, _year(words), "age_aged")
    return False


def _beside_name(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Maria Lopez, 34, was; a boy, 12, died."""
    if reading.value is None or reading.first != reading.amount.first:
        return False
    at, low = reading.first, tokens.low
    if reading.amount.rule != "digits" or len(tokens.raw[at]) > 3:
        return False
    of_place = low[reading.last] in words.lists["of"] and tokens.capital(reading.last + 1)  # Ana Ruiz, 41 of Lima
    ends = low[reading.last] in AFTER_AGE or low[reading.last] in words.lists["and"] or of_place
    if low[at - 1] in words.lists["both"] and low[at - 2] == "," and ends:
        return _set(reading, reading.last, None, _year(words), "age_beside_name")  # the Hales, both 27,
    comma = low[at - 1] == "," and ends
    paren = low[at - 1] == "(" and low[reading.last] == ")"
    if low[reading.last] in words.lists["and"] and not (
        tokens.capital(reading.last + 1) or low[reading.last + 1] in words.lists["after_age_and"]
    ):
        return False
    if not (comma or paren):
        return False
    name = at - 2
    if low[name] in words.lists["people_one"]:
        return _set(reading, reading.last, None, _year(words), "age_beside_name")
    enclosed = low[reading.last] == "," and tokens.raw[reading.last + 1].islower() and reading.value >= YOUNGEST
    if paren or not _is_name(tokens, _past_suffix(tokens, name, words), words, enclosed):
        return False
    return _set(reading, reading.last, None, _year(words), "age_beside_name")


def _past_suffix(tokens: Tokens, at: int, words: Lexicon) -> int:
    """The last word of a name that ends with "Jr." or "III"."""
    word = at - (tokens.low[at] == ".")
    if tokens.low[word] not in words.lists["name_suffixes"]:
        return at
    return word - 1 - (tokens.low[word - 1] == ",")


def _is_name(tokens: Tokens, at: int, words: Lexicon, enclosed: bool) -> bool:
    """Whether a person's name ends here: a capitalised word of letters, no month, no number before it.

    `enclosed`: the number stands between commas, and the sentence goes on.
    """
    word = tokens.raw[at]
    if tokens.kinds[at] != "w" or not word[:1].isupper() or (word.isupper() and len(word) < 4) or not word.isalpha():
        return False
    if any(tokens.low[at] in words.lists[name] for name in NO_PERSONS):
        return False
    first = at - 1 - (tokens.low[at - 1] == "." and len(tokens.raw[at - 2]) == 1)  # Ana M. Ruiz
    two = (
        tokens.kinds[first] == "w" and tokens.capital(first) and tokens.low[first] not in words.lists["function_words"]
    )
    before = tokens.low[at - 1]
    alone = before in words.lists["before_lone_name"] or before in words.lists["people_one"]
    alone = alone or (enclosed and before not in words.lists["function_words"] and tokens.kinds[at - 1] == "w")
    return two or alone or tokens.opens_sentence(at)


def could_be_age(reading: Reading) -> bool:
    """Whether a number may be somebody's age in years: small, whole, without unit."""
    if not reading.bare or reading.amount.scaled or reading.kind != "cardinal":
        return False
    numbers = [number for number in (reading.value, reading.low, reading.high) if number is not None]
    return all(number == int(number) and 0 < number <= OLDEST for number in numbers)


def _set(reading: Reading, last: int, span: tuple[int, int] | None, unit: Unit | None, rule: str) -> bool:
    reading.kind, reading.unit, reading.unit_span, reading.last = "age", unit, span, last
    if not reading.rule.startswith("range"):
        reading.rule = rule
    return True
