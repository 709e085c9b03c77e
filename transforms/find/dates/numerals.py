"""What a written number may be in a date: one number token comes in, categories with values go out.

"30" may be a day of the month or a count, "1930" a year or a time of day, "2018-19" a pair of years. Which of them it
is, the shapes decide. These notations are the same in every language that writes Arabic digits.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from transforms.find.dates.tokens import Token

ISO_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
OTHER_DATE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})[-/](\d{4})")
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?")
PAIR = re.compile(r"(\d{1,4})[-–](\d{1,4})")
SEASON = re.compile(r"((?:19|20)\d{2})/(\d{2})")
CLOCK_PAIR = re.compile(r"(\d{1,2}(?::\d{2})?)[-–](\d{1,2}(?::\d{2})?)")
EARLIEST_YEAR, LATEST_YEAR = 1000, 2199
"""Four digits outside these are a number in news far more often than a year."""


def meanings_of(token: Token, month_first: bool = True) -> Iterator[tuple[str, Any]]:
    """Categories a number may have, with their values."""
    written = token.lower
    if token.kind == "ordinal":
        number = int(re.sub(r"\D", "", written))
        yield "ordinal", number
        if 1 <= number <= 31:
            yield "monthday", number
            yield "ordinalday", number
    elif token.kind == "decade":
        yield from _decade(written)
    elif written.isdigit():
        yield from _whole(written)
    else:
        yield from _composed(written, month_first)


def _whole(written: str) -> Iterator[tuple[str, Any]]:
    if len(written) > 9:
        return
    number = int(written)
    yield "number", number
    if len(written) <= 2:
        yield "twodigits", number
        if 1 <= number <= 31:
            yield "monthday", number
        if number <= 24:
            yield "hour", number
    elif len(written) == 4:
        if EARLIEST_YEAR <= number <= LATEST_YEAR:
            yield "year", number
        if number // 100 < 24 and number % 100 < 60:
            yield "military", (number // 100, number % 100)


def _composed(written: str, month_first: bool) -> Iterator[tuple[str, Any]]:
    if len(written) > 12:
        return
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", written):
        yield "number", int(written.replace(",", ""))
    elif re.fullmatch(r"\d+\.\d+", written):
        yield "number", float(written)
    elif written == "1/2":
        yield "half", 0.5
    if match := CLOCK.fullmatch(written):
        hour, minute, second = (int(group or 0) for group in match.groups())
        if hour <= 24 and minute < 60 and second < 60:
            yield ("clocktime" if ":" in written else "dotted_clock"), (hour, minute)
    yield from _dates(written, month_first)
    if (match := SEASON.fullmatch(written)) and (int(match[1]) + 1) % 100 == int(match[2]):
        yield "year_pair", (int(match[1]), int(match[1]) + 1)
    yield from _pairs(written)


def _dates(written: str, month_first: bool) -> Iterator[tuple[str, Any]]:
    if match := ISO_DATE.fullmatch(written):
        yield from _valid(int(match[1]), int(match[2]), int(match[3]))
    elif match := OTHER_DATE.fullmatch(written):
        first, second, year = int(match[1]), int(match[3]), _full_year(match[4])
        if len(match[4]) == 4 or match[2] == "/":
            # Of two readings the one that is usual in the language: wire copy in English is month first far more often.
            is_month_first = second > 12 or (month_first and first <= 12)
            yield from _valid(year, *((first, second) if is_month_first else (second, first)))
    elif match := YEAR_MONTH.fullmatch(written):
        year, month = int(match[1] or match[4]), int(match[2] or match[3])
        season = match[1] is not None and month == (year + 1) % 100  # 2009-10 is a season far more often than a month
        if 1900 <= year <= 2099 and 1 <= month <= 12 and not season:
            yield "year_month", (year, month)


def _valid(year: int, month: int, day: int) -> Iterator[tuple[str, Any]]:
    try:
        yield "fulldate", date(year, month, day)
    except ValueError:
        return


def _pairs(written: str) -> Iterator[tuple[str, Any]]:
    match = PAIR.fullmatch(written)
    if match:
        first, second = match.groups()
        start = int(first)
        if len(first) == 4 and len(second) in (2, 4) and 1500 <= start <= LATEST_YEAR:
            end = int(second) if len(second) == 4 else start // 100 * 100 + int(second)
            if end < start and len(second) == 2:
                end += 100  # 1999-03
            if start < end <= min(LATEST_YEAR, start + 500):
                yield "year_pair", (start, end)
        if len(first) <= 2 and len(second) <= 2 and 1 <= start < int(second) <= 31:
            yield "monthday_pair", (start, int(second))
        if start < int(second) and len(second) <= 3:
            yield "number_pair", (start, int(second))
    if (match := CLOCK_PAIR.fullmatch(written)) and all(_clock(part) for part in match.groups()):
        yield "clock_pair", tuple(_clock(part) for part in match.groups())


def _clock(written: str) -> tuple[int, int] | None:
    hour, _, minute = written.partition(":")
    return (int(hour), int(minute or 0)) if int(hour) <= 24 and int(minute or 0) < 60 else None


def _full_year(written: str) -> int:
    year = int(written)
    return year if len(written) == 4 else 2000 + year if year < 50 else 1900 + year


def _decade(written: str) -> Iterator[tuple[str, Any]]:
    digits = re.sub(r"\D", "", written)
    if len(digits) == 4:
        yield "decade", int(digits)
    elif digits[1] == "0" and digits != "00":
        yield "decade", 1900 + int(digits)  # "the 20s" of a century ago or of ours: the story decides nothing here
