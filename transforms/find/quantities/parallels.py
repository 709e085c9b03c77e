"""Numbers that leave noun or unit to a parallel one: "won 45 seats, Labour 38", "312 cars in May and 298 in June".

In: the reading of a bare number and the one before it. Out: whether it is parallel; then it has the noun or the unit.
"""

from transforms.find.quantities.calendar_numbers import is_year
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.times import is_time_word
from transforms.find.quantities.tokens import Tokens

LONGEST_GAP = 10
"""Tokens between two parallel numbers at most."""
LONGEST_NAME = 4
LONGEST_VERB = 3
"""Words between a noun and its place at most: "were shot dead"."""
LONGEST_SUBJECT = 7
"""Tokens between the name of who has it and its number at most: "the Conservatives would have won only 45"."""
UNITS = frozenset({"percent", "measure", "temperature"})


def take_parallel(tokens: Tokens, reading: Reading, previous: Reading | None, words: Lexicon) -> bool:
    """Give a bare number the noun or the unit of the number before, where name or time or place are parallel."""
    if previous is None or not reading.bare or reading.kind != "cardinal" or reading.value is None:
        return False
    first = reading.first
    if first - previous.last > LONGEST_GAP or (previous.counted is None and previous.kind not in UNITS):
        return False
    joined = tokens.low[first - 1] in words.lists["list_joints"] or tokens.low[first - 1] in words.lists["comparing"]
    if not joined and not tokens.capital(first - 1):
        return False
    if reading.amount.rule not in {"digits", "words"} or is_year(tokens, reading, words):
        return False
    if _other_sentence(tokens, previous.last, first):
        return False
    parallel = _place_by_place if joined else _name_by_name
    if not parallel(tokens, reading, previous, words):
        return False
    if previous.kind in UNITS:
        reading.kind, reading.unit, reading.rate = previous.kind, previous.unit, previous.rate
        reading.unit_span = previous.unit_span
    else:
        reading.counted = previous.counted
    return True


def _other_sentence(tokens: Tokens, since: int, first: int) -> bool:
    return any(tokens.low[at] in {".", "!", "?"} or not tokens.same_line(at + 1) for at in range(since, first))


def _name_by_name(tokens: Tokens, reading: Reading, previous: Reading, words: Lexicon) -> bool:
    """Labour 38 and the Greens 12: a name stands before each number, nothing behind it."""
    lists, low = words.lists, tokens.low
    if low[reading.last] not in lists["list_joints"] and low[reading.last] not in {".", ";", ")", ""}:
        return False
    start = reading.first
    while reading.first - start < LONGEST_NAME and tokens.kinds[start - 1] == "w" and tokens.capital(start - 1):
        start -= 1
    named = low[reading.first - 1]
    if start == reading.first or named in lists["name_before"] or named in lists["name_before_always"]:
        return False
    if any(is_time_word(tokens, at, words) for at in range(start, reading.first)):
        return False
    start -= low[start - 1] in lists["determiners"]
    joint = low[start - 1] in lists["list_joints"]
    end = max(previous.last, previous.counted[1] if previous.counted else 0)
    end = _behind_of(tokens, end, words)
    between = range(end, start)
    return joint and all(low[at] in lists["list_joints"] for at in between) and _has_subject(tokens, previous, words)


def _behind_of(tokens: Tokens, end: int, words: Lexicon) -> int:
    """45 percent of the popular vote: where the whole ends."""
    if tokens.low[end] not in words.lists["of"]:
        return end
    at = end
    while at < end + LONGEST_NAME + 1 and tokens.kinds[at] == "w" and tokens.low[at] not in words.lists["list_joints"]:
        at += 1
    return at


def _has_subject(tokens: Tokens, previous: Reading, words: Lexicon) -> bool:
    """Whether the first number belongs to a name too, and no other number stands between."""
    for at in range(previous.first - 1, previous.first - LONGEST_SUBJECT, -1):
        if tokens.kinds[at] == "n" or tokens.low[at] in words.numbers or not tokens.same_line(at + 1):
            return False
        if tokens.kinds[at] == "w" and tokens.capital(at) and tokens.low[at] not in words.lists["function_words"]:
            return True
    return False


def _place_by_place(tokens: Tokens, reading: Reading, previous: Reading, words: Lexicon) -> bool:
    """In May and 298 in June, in Spain and 13 in Portugal, in 2019 and 3.2 last spring: what follows is parallel."""
    low, after = tokens.low, reading.last
    start = max(previous.last, previous.counted[1] if previous.counted else 0)
    for _ in range(LONGEST_VERB):
        if not _is_plain(tokens, start, words):
            break
        start += 1  # 312 cars were sold in May; a 1.4 degree launch angle in 2018
    if start >= reading.first - 1 or not tokens.same_line(after):
        return False
    if low[start] in words.lists["parallel_prepositions"] and low[after] == low[start]:
        return tokens.kinds[after + 1] in {"w", "n"}
    return _is_time(tokens, start, words) and _is_time(tokens, after, words)


def _is_plain(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a word may stand between a noun and its place: "died", "were killed"."""
    word, lists = tokens.low[at], words.lists
    small = word in lists["list_joints"] or word in lists["parallel_prepositions"] or word in lists["clause_joints"]
    return tokens.kinds[at] == "w" and not small and not is_time_word(tokens, at, words)


def _is_time(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a time begins at a token: in 2018, last year, in the first quarter, a year earlier."""
    at += tokens.low[at] in words.lists["articles"]
    for place in range(at, at + LONGEST_NAME):
        if not is_time_word(tokens, place, words):
            return False
        if tokens.low[place] not in words.lists["loose_time_words"]:
            return True
    return False
