"""A quantity in the making: `Reading`, which every module of the finder refines.

In: nothing. Out: the type.
"""

from dataclasses import dataclass

from transforms.find.quantities.amount import Amount
from transforms.find.quantities.units import Unit


@dataclass(slots=True)
class Reading:
    """A quantity in the making, tokens `first` to `last` (exclusive). `amount` is its (last) number."""

    first: int
    last: int
    amount: Amount
    value: float | None
    rule: str
    low: float | None = None
    high: float | None = None
    comparator: str = "="
    change: str | None = None
    kind: str = "cardinal"
    unit: Unit | None = None
    unit_span: tuple[int, int] | None = None
    rate: str = ""
    prefixed: bool = False
    counted: tuple[int, int] | None = None
    core: int = 0
    """The first token after the bound: where sign, currency or number begin."""
    bound: int = -1
    """The first token of the bound before it, -1 for none; a hedge ("about") is no bound."""
    unit_last: int = 0
    """The token after number and unit, when a bound follows them ("40 km or more"); else 0."""
    people: tuple[int, int] | None = None
    """The people counted here or last before, whom a later number may leave out ("and 40 were hurt")."""
    points: tuple[int, int] | None = None
    """The points of an index counted here or last before, which a later level may leave out ("0.1% to 1,333")."""
    parenthesised: bool = False

    @property
    def bare(self) -> bool:
        """Whether the number stands without unit, scale or sign: nothing yet says that it is a quantity."""
        return self.unit is None and not self.rate
