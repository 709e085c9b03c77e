"""What the finder hands on: `Quantity`, one number of the text, as stated and as derived.

In: nothing. Out: the row type, its fields as in `QUANTITIES` of `transforms/tables.py`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number: `text[start:end] == quantity.text`, with its bound ("more than"), its sign, currency and unit.

    `value` is the number in `unit`; a range and a vague amount have none, but `low` and `high`. A definite value leaves
    `low` and `high` None; a one-sided bound repeats the value there ("more than 412" has low 412). A score has neither.
    """

    start: int
    end: int
    text: str
    value: float | None
    low: float | None
    high: float | None
    comparator: str
    change: str | None
    kind: str
    unit: str | None
    unit_text: str | None
    si_value: float | None
    si_unit: str | None
    currency: str | None
    counted: str | None
    rule: str
