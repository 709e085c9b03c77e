"""Bounds around a number: "more than", "up to", "or more", "-odd", and what they make of low and high.

In: a reading. Out: the reading with its comparator, its span widened by the bound.
"""

from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens

SIGNS = {"<": "<", ">": ">", "≤": "<=", "≥": ">=", "~": "~", "≈": "~", "±": "~"}
"""Bounds as signs, before the number; "<=" in two tokens is read below."""

FLIPPED = {">": "<=", ">=": "<", "<": ">=", "<=": ">"}
"""What "not" makes of a bound that follows it: "not exceeding 40" is at most 40."""


def take_bounds(tokens: Tokens, reading: Reading, words: Lexicon) -> None:
    """Find the bound before and behind a number and widen the reading by it."""
    before = _before(tokens, reading.first - 1, words)
    if before is not None:
        _apply(reading, before[0])
        reading.first = before[1]
        reading.bound = before[1] if before[0] != "~" else -1
    equal = words.or_equal.at(tokens, reading.last)
    if equal is not None and reading.comparator in {"<", ">"}:
        reading.comparator, reading.unit_last, reading.last = reading.comparator + "=", reading.last, equal[1]
        return
    for at in (reading.amount.last, reading.last):
        after = _after(tokens, at, words)
        if after is not None and after[0] != "=":
            _apply(reading, after[0])
            reading.unit_last = reading.last
            reading.last = max(reading.last, after[1])
            return


def _apply(reading: Reading, comparator: str) -> None:
    """A vague amount stays a lower bound, however it is hedged: "about dozens" says no more than "dozens"."""
    if reading.low is not None and reading.value is None and reading.high is None:
        return
    if reading.low is not None and comparator in {"<=", ">=", "<", ">"}:
        return  # a range has its bounds
    if not (reading.comparator != "=" and comparator in {"~", "="}):
        reading.comparator = comparator


def _before(tokens: Tokens, at: int, words: Lexicon) -> tuple[str, int] | None:
    """The bound that ends at a token and its first token; an article or a sign may stand between."""
    if not tokens.same_line(at + 1) and tokens.kinds[at]:
        return None
    sign = _sign(tokens, at)
    if sign is not None:
        return sign
    start = at
    if tokens.low[at] == "-" and tokens.glued(at + 1) and tokens.low[at - 1] in words.lists["bound_prefixes"]:
        start = at - 1
    elif tokens.low[at] in words.lists["after_bound"]:
        found = words.before.at(tokens, at)
        if found is None:
            start = at - 1
        else:
            return _widest(tokens, found, words)
    found = words.before.at(tokens, start)
    if found is not None and tokens.low[found[1]] in words.lists["up"] and _moves(tokens, found[1] - 1, words):
        return None  # "edged up to 6.1 percent" is a level
    if found is None or (
        found[0] == ">" and tokens.low[found[1]] in words.lists["fraction_bar"] and _spans_time(tokens, start, words)
    ):
        return None
    return _widest(tokens, found, words)


def _widest(tokens: Tokens, found: tuple[str, int], words: Lexicon) -> tuple[str, int] | None:
    """Two bounds in a row ("at least about 40", "not exceeding 40"): the stricter one speaks."""
    comparator, first = found
    more = words.before.at(tokens, first - 1)
    if more is not None and tokens.same_line(first):
        return (comparator if more[0] in {"~", "="} else more[0]), more[1]
    if tokens.low[first - 1] in words.lists["not"] and comparator in FLIPPED:
        return FLIPPED[comparator], first - 1
    return comparator, first


def _moves(tokens: Tokens, at: int, words: Lexicon) -> bool:
    return tokens.low[at] in words.lists["upward_moves"] and tokens.same_line(at + 1)


def _spans_time(tokens: Tokens, at: int, words: Lexicon) -> bool:
    return tokens.low[at + 1] in words.lists["before_span_of_time"]


def _sign(tokens: Tokens, at: int) -> tuple[str, int] | None:
    word = tokens.low[at]
    if word == "=" and tokens.low[at - 1] in {"<", ">"}:
        return tokens.low[at - 1] + "=", at - 1
    if word in {"<", ">"} and tokens.low[at - 1] == "=" and tokens.glued(at):
        return word + "=", at - 1
    return (SIGNS[word], at) if word in SIGNS else None


def _after(tokens: Tokens, at: int, words: Lexicon) -> tuple[str, int] | None:
    """The bound that begins at a token: "or more", "-odd", "+", "-plus"."""
    if not tokens.same_line(at):
        return None
    if tokens.low[at] == "+" and tokens.glued(at) and tokens.kinds[at + 1] != "n":
        return ">=", at + 1
    if tokens.low[at] == "-" and tokens.glued(at):
        found = words.after.at(tokens, at + 1)
        return found if found and tokens.low[at + 1] in words.lists["glued_bounds"] else None
    found = words.after.at(tokens, at)
    if found is not None and (tokens.kinds[found[1]] in {"n", "c"} or tokens.low[found[1]] in words.numbers):
        return None  # "above 1,000 and below 1,500"
    if found is None or tokens.low[at] in words.lists["plus"] or tokens.low[found[1]] in words.lists["than"]:
        return None
    if tokens.low[found[1] - 1] in words.lists["up"] and tokens.low[found[1]] in words.lists["range_to"]:
        return None  # more than 2 and up to 5
    return (
        found
        if tokens.low[at] not in words.lists["glued_bounds"] or tokens.glued(at) or tokens.kinds[found[1]] == "w"
        else None
    )
