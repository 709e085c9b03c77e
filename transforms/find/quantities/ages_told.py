"""What tells that a small number is an age: "65 or older", "she is 35", "life expectancy is about 81".

In: the reading of a number that may be one. Out: whether it is.
"""

from transforms.find.quantities.counted import is_plural
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens

AGE_REACH = 9
"""Words between "life expectancy" and its number at most: "for men in the north of the city was about 73"."""


def and_older(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """65 or older, children 12 and under: the bound tells of ages, some only behind people."""
    core = reading.amount.last
    if reading.last != core + 2 or tokens.low[reading.first - 1] in words.lists["aged"]:
        return False
    bound = tokens.low[core + 1]
    people = tokens.low[reading.first - 1] in words.lists["aging"]
    return bound in words.lists["age_bounds"] or (people and bound in words.lists["loose_age_bounds"])


def under(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Children under five, women over 40."""
    before = reading.first - 1
    bound = tokens.low[reading.first] in words.lists["loose_bounds"] and reading.bound == reading.first
    ends = tokens.kinds[reading.last] != "w" or tokens.low[reading.last] in words.lists["function_words"]
    return bound and ends and reading.first + 1 == reading.core and tokens.low[before] in words.lists["aging"]


def is_somebody(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """She is 35; he will be 40 by then."""
    low, at = tokens.low, reading.first - 1
    if low[at] not in words.lists["be_in_age"] or reading.comparator != "=" or reading.value is None:
        return False
    at -= 1 + (low[at - 1] in words.lists["auxiliaries"])
    after = low[reading.last]
    ends = after in words.lists["after_age"] or tokens.kinds[reading.last] in {"s", ""}
    owned = low[at] in words.lists["relatives"] and low[at - 1] in words.lists["determiners"]
    return (low[at] in words.lists["third_person"] or owned) and ends and after not in {"-", "%", "/", "$", "°"}


def told_by_noun(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Life expectancy for women is about 81; the retirement age of 64; raised the pension age to 67."""
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
            return tokens.low[at - 1] in words.lists["age_kinds"]
        if tokens.low[at] in words.lists["expectancy"]:
            return True
    return False
