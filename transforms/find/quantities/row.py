"""From a reading to its row: span, bounds, unit and SI value.

In: tokens and a finished `Reading`. Out: `Quantity`.
"""

from transforms.find.quantities.quantity import Quantity
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens


def quantity(tokens: Tokens, reading: Reading) -> Quantity:
    """The row of a reading."""
    start, end = _span(tokens, reading)
    low, high = reading.low, reading.high
    if reading.value is not None:
        low = reading.value if reading.comparator in {">", ">="} else None
        high = reading.value if reading.comparator in {"<", "<="} else None
    unit = reading.unit
    si_value, si_unit = _si(reading)
    return Quantity(
        start=start,
        end=end,
        text=tokens.text[start:end],
        value=reading.value,
        low=low,
        high=high,
        comparator=reading.comparator,
        change=reading.change,
        kind=reading.kind,
        unit=_unit_name(reading),
        unit_text=_written(tokens, reading.unit_span),
        si_value=si_value,
        si_unit=si_unit,
        currency=unit.currency if unit is not None else None,
        counted=_written(tokens, reading.counted),
        rule=reading.rule,
    )


def _span(tokens: Tokens, reading: Reading) -> tuple[int, int]:
    """Where the quantity stands: a bound belongs to a bare number, which it makes an interval ("more than 412").

    Beside a unit the span is number and unit, so that "40 km" reads the same whatever was said of it; a hedge
    ("about", "some") is never part of it. Both are in `comparator`.
    """
    bare = reading.kind == "cardinal" and reading.unit is None
    first = min(reading.bound, reading.core) if bare and reading.bound >= 0 else reading.core
    if reading.rule == "age_aged":
        first = reading.first
    last = reading.last if bare else reading.unit_last or reading.last
    return tokens.starts[first], tokens.ends[last - 1]


def _unit_name(reading: Reading) -> str | None:
    if reading.unit is None:
        return reading.rate or None
    return f"{reading.unit.name} {reading.rate}" if reading.rate else reading.unit.name


def _written(tokens: Tokens, span: tuple[int, int] | None) -> str | None:
    return tokens.text[tokens.starts[span[0]] : tokens.ends[span[1] - 1]] if span else None


def _si(reading: Reading) -> tuple[float | None, str | None]:
    """The value in SI. A difference of temperatures has no offset, a rate and a range no SI value of their own."""
    unit = reading.unit
    if unit is None or unit.factor is None or reading.rate or reading.value is None:
        return None, None
    offset = 0.0 if reading.change else unit.offset
    return float(f"{reading.value * unit.factor + offset:.12g}"), unit.si_unit
