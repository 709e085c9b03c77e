"""The SI factors of the units, worked out once by pint and kept in `si.csv`, so that no run has to load pint.

In: `en/units.csv`, whose column `pint` names the unit for pint. Out: the text of `si.csv`; `python -m
transforms.find.quantities.si` writes it, and a test says when it is out of date.
"""

import csv
import io
from pathlib import Path
from typing import Any

from transforms.find.quantities.word_files import read_rows

NAMED = {
    "kg*m/s^2": "N",
    "kg/m/s^2": "Pa",
    "kg*m^2/s^2": "J",
    "kg*m^2/s^3": "W",
    "A*s": "C",
    "kg*m^2/A/s^3": "V",
    "kg*m^2/A^2/s^3": "ohm",
    "A^2*s^4/kg/m^2": "F",
    "kg/A/s^2": "T",
}
"""How news readers know the derived units that pint writes in base units."""


def si_table() -> str:
    """The text of `si.csv`: unit, SI unit, factor and offset of each unit that has an SI meaning."""
    import pint  # takes two seconds to load, and only this function needs it

    registry: pint.UnitRegistry = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("unit", "si_unit", "factor", "offset"))
    for row in read_rows("en", "units.csv"):
        if row["pint"]:
            zero, one = (_base(registry, number, row["pint"]) for number in (0.0, 1.0))
            # pint counts mass in kilograms already; `~` writes "m", "kg", "m ** 2".
            factor = float(f"{one.magnitude - zero.magnitude:.12g}")
            unit = f"{one.units:~C}".replace("**", "^")
            torque = unit == "kg*m^2/s^2" and ("newton" in row["pint"] or "force" in row["pint"])
            si_unit = "N*m" if torque else NAMED.get(unit, unit)
            writer.writerow((row["unit"], si_unit, factor, float(f"{zero.magnitude:.12g}")))
    return out.getvalue()


def _base(registry: Any, number: float, unit: str) -> Any:
    """So many of a unit in SI; "100*kilogram" is a unit too."""
    factor, found, rest = unit.partition("*")
    if found and factor.isdigit():
        return _base(registry, number * float(factor), rest)
    return registry.Quantity(number, unit).to_base_units()


if __name__ == "__main__":
    Path(__file__).with_name("si.csv").write_text(si_table(), encoding="utf-8")
