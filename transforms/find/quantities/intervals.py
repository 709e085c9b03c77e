"""Two bounds that are the ends of one range: "greater than 100 and less than 300".

In: two readings that stand beside each other. Out: whether they are one range, and that range.
"""

from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens


def closes_interval(tokens: Tokens, first: Reading, second: Reading, words: Lexicon) -> bool:
    """Greater than 50 and smaller than 90: two bounds that are the ends of one range."""
    if (
        first.value is None
        or second.value is None
        or tokens.low[first.last : second.first] not in words.between["both_bounds"]
    ):
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
    second.first = second.core = second.bound = first.first
    second.rule = "range_of_bounds"
    return second
