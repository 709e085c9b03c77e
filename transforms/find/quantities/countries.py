"""Which dollar, pound or peso a country pays with.

In: a unit whose name several countries share, and the country of the article. Out: that country's own currency, when
its name is the shared one.
"""

from functools import lru_cache

from babel.core import get_global
from babel.numbers import get_currency_name

from transforms.find.quantities.units import Unit

SIGNS = {
    "dollar",
    "rupee",
    "peso",
    "franc",
    "krone",
    "krona",
    "dinar",
    "rial",
    "riyal",
    "dirham",
    "shilling",
    "pound",
    "lira",
    "kwacha",
    "crown",
}


@lru_cache(maxsize=512)
def currency_of(unit: Unit, country: str | None) -> Unit:
    """The country's currency when it is a kind of `unit`, else the unit as it is.

    >>> currency_of(Unit("dollar", "money", part="generic"), "AU").currency
    'AUD'
    """
    code = _current_currency(country or "")
    if code is None or unit.name not in SIGNS:
        return unit
    name = str(get_currency_name(code, locale="en"))
    if unit.name not in name.lower().split():
        return unit
    return Unit(name[: -len(unit.name)] + unit.name, "money", currency=code, part="exact")


def _current_currency(country: str) -> str | None:
    """The legal tender of a country today, as CLDR knows it."""
    for code, _start, end, tender in get_global("territory_currencies").get(country.upper(), []):
        if tender and end is None:
            return str(code)
    return None
