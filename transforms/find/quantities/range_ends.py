"""Whether two numbers may be the ends of one range, and the range they make: unit and scale are shared.

In: the readings of both numbers and the rule of what joins them. Out: yes or no; the reading of the range.
"""

from transforms.find.quantities.amount import times
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens
from transforms.find.quantities.units import Unit

TIMES = Unit("times", "ratio")
FARTHEST = 100.0
"""How many times the first number the second may be in a range that no "from" or "between" announces."""


def same_measure(first: Reading, second: Reading) -> bool:
    """Whether the units agree, or only one of them is written."""
    if first.unit is None or second.unit is None:
        if first.prefixed and second.unit is None:
            return True
        return first.unit is None or _suffix_optional(first)
    if first.unit == second.unit or first.unit.name == second.unit.name:
        return True
    return {first.unit.part, second.unit.part} == {"generic", "exact"} and first.kind == second.kind == "money"


def _suffix_optional(first: Reading) -> bool:
    """Whether the first number may have the only unit: "208 pounds to 193"."""
    return first.kind in {"measure", "temperature"}


def plausible(tokens: Tokens, first: Reading, second: Reading, rule: str) -> bool:
    """Whether the two numbers make sense as ends: 5 to 7, minus 5C to minus 10C, 1.3 A to 0.03 A; not 7-Eleven."""
    low, high = first.value, second.value
    assert low is not None and high is not None
    if rule == "range_or":
        return _is_or_range(first, second)
    if rule in {"range_between", "range_from_to"}:
        return True
    if first.unit is None and first.amount.scaled != second.amount.scaled and first.amount.scaled:
        return False
    if rule == "range_dash" and first.unit is not None and not first.prefixed and second.unit is None:
        return False
    if rule == "range_dash" and tokens.kinds[second.amount.first] != tokens.kinds[first.amount.first] == "n":
        return tokens.kinds[second.amount.first] == "f"  # 7-Eleven
    if rule == "range_dash" and tokens.glued(first.last) != tokens.glued(first.last + 1):
        return False
    scaled_low = low * second.amount.scale if not first.amount.scaled else low
    reach = max(low, scaled_low) if second.amount.scaled and not first.amount.scaled else low
    if low > high and rule == "range_to" and first.kind == second.kind == "measure" and first.unit is not None:
        return second.unit is not None  # 1.3 A to 0.03 A
    if low > high and rule == "range_to" and (low < 0 or first.kind == second.kind == "temperature"):
        return low <= 0 or second.unit is not None  # minus 5C to minus 10C
    return (low < high and (reach <= 0 or high / reach <= FARTHEST or low == 0)) or (low == 0)


def _is_or_range(first: Reading, second: Reading) -> bool:
    """Five or six people: neighbours, in small whole numbers; "6 or 20" are two numbers."""
    low, high = first.value, second.value
    if low is None or high is None or first.unit is not None or first.amount.scaled or second.kind == "money":
        return False
    if second.amount.scaled and second.amount.plain is not None and second.unit is None:
        return low + 1 == second.amount.plain  # five or six million
    return (
        low == int(low) and high == int(high) and high == low + 1 and first.amount.rule == "words" == second.amount.rule
    )


def joined(first: Reading, second: Reading, rule: str, opener: str) -> Reading:
    """The range of two numbers, in the unit that either has, the lower end first."""
    low, high = first.value, second.value
    assert low is not None and high is not None
    if not first.amount.scaled and second.amount.scaled and second.amount.plain:
        near = opener == "from" and low / second.amount.plain < 10 and not first.prefixed
        low = times(
            low, second.amount.scale if low < second.amount.plain or near else 1.0
        )  # $2-4 million; but $200 to $4 million
    low, high = sorted((low, high))  # "from 208 pounds to 193"
    begin = first.first - 1 if opener and (opener == "between" or rule == "range_from_to") else first.first
    unit = second.unit if second.unit is not None else first.unit
    if first.unit is not None and first.unit.part == "exact":
        unit = first.unit
    kind = second.kind if second.unit is not None else first.kind
    if second.amount.rule == "fold":
        kind, unit = "ratio", TIMES  # two- to three-fold
    return Reading(
        first=begin,
        last=second.last,
        amount=second.amount,
        value=None,
        rule=rule,
        low=low,
        high=high,
        kind=kind,
        unit=unit,
        unit_span=second.unit_span if second.unit is not None else first.unit_span,
        rate=second.rate or first.rate,
        prefixed=first.prefixed or second.prefixed,
        core=begin,
        parenthesised=first.parenthesised,
    )
