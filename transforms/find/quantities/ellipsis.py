"""Numbers that speak through a neighbour: a shared unit or noun, a conversion in brackets, two bounds of a range.

In: two readings that stand beside each other. Out: what the one takes from the other.
"""

from collections.abc import Iterator

from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.numerals import Amount
from transforms.find.quantities.readings import Reading, read_number
from transforms.find.quantities.tokens import Tokens

ELLIPSES = (
    ["to"],
    ["from"],
    ["against"],
    ["compared", "with"],
    ["compared", "to"],
    ["up", "from"],
    ["down", "from"],
    [",", "up", "from"],
    [",", "down", "from"],
    [",", "compared", "with"],
    [",", "compared", "to"],
)
"""What stands between two numbers that count the same: "64 points to 4,577", "3.9 million cars up from 2.4 million"."""


def closes_interval(tokens: Tokens, first: Reading, second: Reading) -> bool:
    """Greater than 100 and smaller than 300: two bounds that are the ends of one range."""
    if first.value is None or second.value is None or tokens.low[first.last : second.first] not in (["and"], ["but"]):
        return False
    if (
        (first.unit is not None and first.unit != second.unit)
        or first.counted
        or first.comparator[0] == second.comparator[0]
    ):
        return False
    low, high = (first, second) if first.comparator[0] == ">" else (second, first)
    return low.comparator in {">", ">="} and high.comparator in {"<", "<="} and (low.value or 0.0) < (high.value or 0.0)


def interval(first: Reading, second: Reading) -> Reading:
    """The range that two bounds make."""
    low, high = (first, second) if first.comparator[0] == ">" else (second, first)
    second.low, second.high, second.value, second.comparator = low.value, high.value, None, "="
    second.first, second.rule = first.first, "range_of_bounds"
    return second


def one_more(tokens: Tokens, reading: Reading, words: Lexicon) -> Iterator[Reading]:
    """Three soldiers and a civilian: the person an article counts beside a number of people."""
    end = _end(reading)
    if reading.kind != "cardinal" or reading.value is None or reading.counted is None:
        return
    if tokens.low[end] not in words.lists["and"] or tokens.low[end + 1] not in words.lists["articles"]:
        return
    if (
        tokens.low[reading.counted[1] - 1] not in words.lists["people"]
        or tokens.low[end + 2] not in words.lists["people_one"]
    ):
        return
    amount = Amount(end + 1, end + 2, 1.0, "article", plain=1.0)
    yield Reading(end + 1, end + 2, amount, 1.0, "article", core=end + 1, counted=(end + 2, end + 3))


def share_unit(tokens: Tokens, reading: Reading, words: Lexicon, country: str | None) -> None:
    """Eight or nine euros, 8 or $9: the unit is written once."""
    at = reading.last
    if not reading.bare or reading.amount.scaled or tokens.low[at] not in words.lists["or"]:
        return
    ahead = next(
        (
            place
            for place in (at + 1, at + 2, at + 3)
            if tokens.kinds[place] == "n" or tokens.low[place] in words.numbers
        ),
        0,
    )
    second = read_number(tokens, ahead, words, country) if ahead else None
    if (
        second is not None
        and second.unit is not None
        and second.core == at + 1
        and second.kind in {"money", "percent", "measure"}
    ):
        reading.unit, reading.kind, reading.rate = second.unit, second.kind, second.rate
        reading.unit_span = second.unit_span


def inherit(tokens: Tokens, reading: Reading, previous: Reading | None) -> None:
    """A conversion in brackets has the bound and direction of what it converts; ", or 0.6%" has the direction."""
    if previous is None:
        return
    between = tokens.low[_end(previous) : reading.first]
    if (reading.parenthesised and between == ["("]) or (between == ["/"] and previous.parenthesised):
        if reading.comparator == "=" and reading.value is not None:
            reading.comparator = previous.comparator
        reading.change = previous.change
        reading.parenthesised = True
    elif between in (["or"], [",", "or"]) and previous.change:
        reading.change = previous.change
    if between in ELLIPSES and reading.bare and reading.counted is None and reading.kind == "cardinal":
        reading.counted = previous.counted if previous.kind == "cardinal" else None


def _end(reading: Reading) -> int:
    """The token after a reading and what it counts."""
    return max(reading.last, reading.counted[1]) if reading.counted else reading.last
