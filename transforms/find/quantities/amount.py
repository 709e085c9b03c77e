"""The number itself, before anything around it is read: `Amount`, and the value of digits as written.

In: digits as the text has them. Out: their value. Nothing here knows words, units or bounds.
"""

from dataclasses import dataclass
from decimal import Decimal

LONGEST = 30
"""Digits of the longest number that means something; a longer run of digits is data, not a number of the news."""
SEPARATORS = {ord(sign): None for sign in ",. \u00a0\u202f\u2009"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at tokens `first` to `last` (exclusive). A vague amount ("dozens") has `low` instead of `value`.

    `plain` is the number before its scale word: 1.5 of "1.5 million". `letter` is set when the scale was a single
    letter, which may be a unit instead ("300m").
    """

    first: int
    last: int
    value: float | None
    rule: str
    low: float | None = None
    high: float | None = None
    plain: float | None = None
    scale: float = 1.0
    letter: str = ""

    @property
    def scaled(self) -> bool:
        """Whether a scale word ("million") belongs to it."""
        return self.scale != 1.0


def times(value: float, factor: float) -> float:
    """The product as people reckon, in tens: binary fractions make 8.2 million 8,199,999.999999999.

    >>> times(8.2, 1e6)
    8200000.0
    """
    return float(Decimal(repr(value)) * Decimal(repr(factor)))


def literal(text: str, decimal: str = ".") -> float | None:
    """The value of digits: "1,200.5", "12,34,567", ".5", "1.3e6", "1.99x10-30"; with a decimal comma "1.200,5".

    >>> literal("12,34,567.5")
    1234567.5
    >>> literal("1.200,5", ",")
    1200.5
    """
    if len(text) > LONGEST:
        return None
    mantissa, times, exponent = text.replace("×", "x").replace("−", "-").replace("–", "-").partition("x")
    whole, point, digits = mantissa.partition(decimal)
    mantissa = whole.translate(SEPARATORS) + ("." if point else "") + digits
    if times:
        mantissa += "e" + exponent.strip()[2:].replace("^", "")
    value = float(mantissa)
    return value if abs(value) < 1e300 else None
