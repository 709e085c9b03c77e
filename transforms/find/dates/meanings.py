"""The functions that `shapes.yaml` may name: `RESOLVERS`, by name; each takes a story and the parts of a shape.

A function gives the `Meaning` of its words, or None when they are no date after all.
"""

from collections.abc import Callable

from transforms.find.dates import (
    clocks,
    counted,
    days,
    lengths,
    named,
    parts,
    quarters,
    ranges,
    repeats,
    units,
    weekdays,
    yearly,
    years,
)
from transforms.find.dates.story import Meaning

MODULES = (clocks, counted, days, lengths, named, parts, quarters, ranges, repeats, units, weekdays, yearly, years)

RESOLVERS: dict[str, Callable[..., Meaning | None]] = {
    name: function
    for module in MODULES
    for name, function in vars(module).items()
    if callable(function) and getattr(function, "__module__", "") == module.__name__ and not name.startswith("_")
}
