"""Ages: "22-year-old", "29 years old", "aged 34", "Maria Lopez, 34, was".

In: a reading. Out: whether it is an age; then its kind and span say so.
"""

from transforms.find.quantities.counted import is_plural
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens
from transforms.find.quantities.units import Unit

OLDEST = 120
AFTER_AGE = frozenset({",", ".", ";", ":", ")", "-", "—", "–"})
YEAR = "year"
NO_PERSONS = ("months", "months_if_capital", "weekdays", "function_words", "name_before")
"""Lists of words that may have a capital and be no person's name."""
AGE_REACH = 9
"""Words between "life expectancy" and its number at most: "for men in the north of the city was about 73"."""


def take_age(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Make the reading an age when the words around it say so."""
    return (
        _old(tokens, reading, words)
        or _aged(tokens, reading, words)
        or _beside_name(tokens, reading, words)
        or _told_by_noun(tokens, reading, words)
    )


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
    if not could_be_age(reading):
        return False
    if _and_older(tokens, reading, words) or _under(tokens, reading, words):
        return _set(reading, reading.last, None, _year(words), "age_told")
    if _is_somebody(tokens, reading, words):
        return _set(reading, reading.last, None, _year(words), "age_of_somebody")
    ends = tokens.kinds[reading.last] != "w" or tokens.low[reading.last] in words.lists["function_words"]
    if before in words.lists["aged"] or (before in words.lists["turn"] and ends and reading.comparator == "="):
        first = reading.first - 1 if before in words.lists["aged"] else reading.first
        reading.first = first
        return _set(reading, reading.last, None, _year(words), "age_aged")
    return False


def _and_older(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """65 or older, children 12 and under: the bound tells of ages, some only behind people."""
    core = reading.amount.last
    if reading.last != core + 2 or tokens.low[reading.first - 1] in words.lists["aged"]:
        return False
    bound = tokens.low[core + 1]
    people = tokens.low[reading.first - 1] in words.lists["aging"]
    return bound in words.lists["age_bounds"] or (people and bound in words.lists["loose_age_bounds"])


def _under(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Children under five, women over 40."""
    before = reading.first - 1
    bound = tokens.low[reading.first] in words.lists["loose_bounds"] and reading.bound == reading.first
    ends = tokens.kinds[reading.last] != "w" or tokens.low[reading.last] in words.lists["function_words"]
    return bound and ends and reading.first + 1 == reading.core and tokens.low[before] in words.lists["aging"]


def _is_somebody(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """She is 35; he will be 40 by then."""
    low, at = tokens.low, reading.first - 1
    if low[at] not in words.lists["be_in_age"] or reading.comparator != "=" or reading.value is None:
        return False
    at -= 1 + (low[at - 1] in words.lists["auxiliaries"])
    after = low[reading.last]
    ends = after in words.lists["after_age"] or tokens.kinds[reading.last] in {"s", ""}
    owned = low[at] in words.lists["relatives"] and low[at - 1] in words.lists["determiners"]
    return (low[at] in words.lists["third_person"] or owned) and ends and after not in {"-", "%", "/", "$", "°"}


def _beside_name(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Maria Lopez, 34, was; a boy, 12, died."""
    if not could_be_age(reading) or reading.value is None or reading.first != reading.amount.first:
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
    if paren or not _is_name(tokens, name, words):
        return False
    return _set(reading, reading.last, None, _year(words), "age_beside_name")


def _told_by_noun(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Life expectancy for women is about 81; the retirement age of 64; raised the pension age to 67."""
    if not could_be_age(reading):
        return False
    core, links = max(reading.core, reading.first), words.lists["age_links"]  # a range begins at its "from"
    if tokens.low[core - 1] not in links and tokens.low[reading.first - (reading.high is None)] not in links:
        return False
    after = tokens.low[reading.last]
    if tokens.kinds[reading.last] not in {"s", "", "w"} or after in {"-", "%", "/", "$", "°"}:
        return False
    verb = after.endswith(words.verb_endings) and not is_plural(tokens, reading.last + 1, words)
    if tokens.kinds[reading.last] == "w" and after not in words.lists["function_words"] and not verb:
        return False
    for at in range(core - 1, core - AGE_REACH, -1):
        if tokens.kinds[at] != "w" or not tokens.same_line(at + 1) or tokens.low[at] in words.numbers:
            return False
        if tokens.low[at] in words.lists["of_age"]:
            return tokens.low[at - 1] in words.lists["age_kinds"] and _set(
                reading, reading.last, None, _year(words), "age_told"
            )
        if tokens.low[at] in words.lists["expectancy"]:
            return _set(reading, reading.last, None, _year(words), "age_told")
    return False


def _is_name(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a person's name ends here: a capitalised word of letters, no month, no number before it."""
    word = tokens.raw[at]
    if tokens.kinds[at] != "w" or not word[:1].isupper() or (word.isupper() and len(word) < 4) or not word.isalpha():
        return False
    if any(tokens.low[at] in words.lists[name] for name in NO_PERSONS):
        return False
    two = (
        tokens.kinds[at - 1] == "w"
        and tokens.capital(at - 1)
        and tokens.low[at - 1] not in words.lists["function_words"]
    )
    before = tokens.low[at - 1]
    alone = before in words.lists["before_lone_name"] or before in words.lists["people_one"]
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
