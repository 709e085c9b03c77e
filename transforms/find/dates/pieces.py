"""Pieces of expressions: how numbers, years, days of the month and amounts are put together, without any story.

In: the values of the parts of a shape, by name. Out: the value of the whole, or None when the parts do not fit.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Amount:
    """So many units; `count` is None for "several" and "years", `mod` the TIMEX3 modifier of "about" or "more than"."""

    count: float | None
    unit: str
    mod: str | None = None
    plural: bool = True

    @property
    def value(self) -> str:
        """The TIMEX3 duration.

        >>> Amount(2.5, "year").value, Amount(None, "day").value, Amount(2, "hour").value
        ('P2Y6M', 'PXD', 'PT2H')
        """
        letter, factor = UNIT_LETTERS[self.unit]
        time = "T" if self.unit in ("second", "minute", "hour") else ""
        if self.count is None:
            return f"P{time}X{letter}"
        whole, half = divmod(self.count * factor, 1)
        if half == 0.5 and self.unit in HALVES:
            return f"P{time}{f'{whole:.0f}{letter}' if whole else ''}{HALVES[self.unit]}"
        return f"P{time}{whole:.0f}{letter}" if not half else f"P{time}{whole + half:g}{letter}"


HALVES = {"year": "6M", "hour": "30M", "minute": "30S"}
"""Half a unit in the next finer one, where that comes out even."""
UNIT_LETTERS = {
    "second": ("S", 1),
    "minute": ("M", 1),
    "hour": ("H", 1),
    "night": ("D", 1),
    "day": ("D", 1),
    "week": ("W", 1),
    "weekend": ("WE", 1),
    "fortnight": ("W", 2),
    "month": ("M", 1),
    "quarter": ("Q", 1),
    "half": ("M", 6),
    "season": ("M", 3),
    "year": ("Y", 1),
    "decade": ("Y", 10),
    "century": ("Y", 100),
    "millennium": ("Y", 1000),
}


def same(**parts: Any) -> Any:
    """The one part there is, under another category."""
    (value,) = parts.values()
    return value


def constant(value: Any, **_: object) -> Any:
    """A fixed value, whatever the words."""
    return value


def total(large: int, small: int) -> int:
    """Twenty and five: 25."""
    return large + small


def hundreds(scale: int, number: float = 1, small: int = 0) -> float | None:
    """Two thousand (and) five: 2005."""
    return number * scale + small if number < 1000 and small < scale else None


def spoken_year(first: int, second: int) -> int | None:
    """Nineteen eighty-six: 1986."""
    return first * 100 + second if 11 <= first <= 20 and 10 <= second <= 99 else None


def spoken_thousands(number: int) -> int | None:
    """Two thousand and twenty as a year."""
    return int(number) if 1900 <= number <= 2199 and number == int(number) else None


def plus_half(number: float) -> float:
    """Two and a half."""
    return number + 0.5


def short_year(twodigits: int) -> int:
    """'98 is 1998, '24 is 2024: news seldom looks further ahead than a quarter of a century."""
    return 2000 + twodigits if twodigits < 50 else 1900 + twodigits


def monthday(day: float) -> int | None:
    """A day of the month; "5.0" is none."""
    return day if isinstance(day, int) and 1 <= day <= 31 else None


def amount(unit: str, number: float | None = None, plural: bool = True) -> Amount | None:
    """So many units of a kind."""
    return Amount(number, unit, plural=plural) if number is None or 0 < number < 1_000_000 else None


def compound(amount: Amount, more: Amount) -> Amount | None:
    """Two years and six months: counted in the smaller unit."""
    pairs = {
        ("year", "month"): 12,
        ("week", "day"): 7,
        ("day", "hour"): 24,
        ("hour", "minute"): 60,
        ("minute", "second"): 60,
    }
    factor = pairs.get((amount.unit, more.unit))
    if factor is None or amount.count is None or more.count is None:
        return None
    return Amount(amount.count * factor + more.count, more.unit, amount.mod)


def amount_range(unit: str, low: float = 0, high: float = 0, pair: tuple[int, int] | None = None) -> Amount | None:
    """Two to three weeks: at least the lower of them."""
    low, high = pair or (low, high)
    return Amount(low, unit, "EQUAL_OR_MORE") if 0 < low < high else None


def amount_and_half(unit: str, number: float, **_: object) -> Amount:
    """An hour and a half."""
    return Amount(number + 0.5, unit)


def half_amount(unit: str) -> Amount:
    """Half an hour."""
    return Amount(0.5, unit)


def qualified(mod: str, amount: Amount) -> Amount:
    """About two weeks, more than a decade."""
    return Amount(amount.count, amount.unit, mod, amount.plural)


def hour_minute(hour: int, half_day: str, minute: int = 0) -> tuple[int, int] | None:
    """5 p.m.: (17, 0)."""
    if not 1 <= hour <= 12 or not 0 <= minute < 60:
        return None
    return (hour % 12 + (12 if half_day == "pm" else 0), minute)


def clock_of(clock: tuple[int, int], half_day: str) -> tuple[int, int] | None:
    """7:15 p.m.: (19, 15)."""
    return hour_minute(clock[0], half_day, clock[1])


def hour_part(part: str, hour: int = 0, clock: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """4 in the morning: (4, 0)."""
    hour, minute = clock or (hour, 0)
    return hour_minute(hour, "am" if part == "MO" else "pm", minute)


def zoned_clock(clock: tuple[int, int], zone: str) -> tuple[tuple[int, int], str]:
    """1530 GMT."""
    return clock, zone


def fixed_clock(hour: int, minute: int = 0, **_: object) -> tuple[int, int] | None:
    """Half past ten: (10, 30)."""
    return (hour, minute) if 0 <= hour <= 24 and 0 <= minute < 60 else None


def clocks(first: tuple[int, int], last: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """2 p.m. to 4 p.m.; of "2:00 to 2:30 p.m." the first is in the afternoon too."""
    if first[0] < 12 <= last[0] and (first[0] + 12, first[1]) < last:
        return (first[0] + 12, first[1]), last
    return first, last


def clocks_stated(first: tuple[int, int], last: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """11 a.m. to 1 p.m.: both halves of the day are stated."""
    return first, last


def hours_pair(hour: int, last: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """5 to 6 p.m.: the half of the day is that of the last."""
    if last[0] >= 12 and hour < 12 and (hour + 12) <= last[0] + 1:
        return (hour + 12, 0), last
    return (hour, 0), last


def clocks_to_hour(first: tuple[int, int], last: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """10:30 to 3: the end is in the next half of the day when it would come before the beginning."""
    hour = last + 12 if last <= first[0] and last < 12 else last
    return (first, (hour, 0)) if hour > first[0] else None


def bare_hours_pair(hour: int, last: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Between 3 and 8."""
    return ((hour, 0), (last, 0)) if hour < last else None
