"""Units, currencies and the ways to write them, as the data files of a language give them.

In: nothing. Out: the types.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: canonical singular name, kind (`duration` belongs to the dates), and what turns it into SI.

    The SI value is `value * factor + offset` in `si_unit`; a unit without SI meaning has no factor.
    """

    name: str
    kind: str
    si_unit: str | None = None
    factor: float | None = None
    offset: float = 0.0
    currency: str | None = None
    part: str = ""
    """For money: exact, generic ("dollar"), minor ("cent") or crypto."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a unit: its tokens, compared as written when `exact`, else in lower case."""

    words: tuple[str, ...]
    unit: Unit
    exact: bool = False
    strict: bool = False
    """Only beside a number with a scale, a separator or decimals ("R2.5m", never "R2")."""
    glued: bool = False
    """Only without a space ("118p")."""
    mark: bool = False
    """Only beside a word like "long" (30' long): elsewhere it is a quotation mark."""
    near: frozenset[str] = frozenset()
    """Only near one of these words: F is farad near "capacitor"."""
    times: float = 1.0
    """What the form multiplies the number with: a million in "MUSD"."""


@dataclass(frozen=True, slots=True)
class SecondUnit:
    """The smaller unit after a larger one, how many make it, and marks that only stand for it there ("5 ft 2 in").

    The mark "-" says that hyphens may join the two ("6-foot-4").
    """

    name: str
    parts: float
    marks: frozenset[str]
    bare: bool = False
    """Whether its number may stand without any unit: "12 stone 7"."""


@dataclass(frozen=True, slots=True)
class Multiple:
    """A word for a multiple: `before` what it multiplies ("twice as many"), or a `verb` with a direction."""

    part: str
    value: float
    change: str | None
