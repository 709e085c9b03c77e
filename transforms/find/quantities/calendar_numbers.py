"""Numbers of clocks and calendars: 5:46, 9 a.m., April 7, 2024-11-27, the 1990s, a bare year.

In: tokens and a place, or a reading. Out: the token after it, 0 when there is none; whether a reading is a year.
"""

from transforms.find.quantities.codes import DASHES, chain
from transforms.find.quantities.counted import is_plural, plural_near
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens

LONGEST_SEASON = 20
"""Years between 2006 and the 08 of "2006-08" at most."""


def clock(tokens: Tokens, at: int, words: Lexicon) -> int:
    """5:46, 10.45pm, 9 a.m., 0401 GMT."""
    low = tokens.low
    if low[at + 1] == ":" and tokens.glued(at + 1) and tokens.kinds[at + 2] == "n" and tokens.glued(at + 2):
        return chain(tokens, at, frozenset({":"}))
    after = low[at + 1]
    if after in words.lists["clock_after"] and tokens.same_line(at + 1):
        zone = tokens.raw[at + 1].isupper() and after not in words.lists["half_days"]
        if not zone or (len(tokens.raw[at]) == 4 and tokens.raw[at].isdigit()):
            return at + 2
    if after in {"a", "p"} and low[at + 2 : at + 4] == [".", "m"]:
        return at + 4
    return 0


def calendar_date(tokens: Tokens, at: int, words: Lexicon) -> int:
    """April 7, 9 May 2019, 2024-11-27, Sept. 3."""
    raw, low = tokens.raw[at], tokens.low
    if not raw.isdigit():
        return 0
    last = at + 1
    if low[last] in words.lists["ordinal_suffixes"] and tokens.glued(last):
        last += 1
    if (
        len(raw) == 4
        and low[at + 1] in DASHES
        and tokens.kinds[at + 2] == "n"
        and low[at + 3] in DASHES
        and tokens.glued(at + 2)
    ):
        return chain(tokens, at, frozenset(DASHES))
    before = at - 1
    if low[before] == ".":
        before -= 1
    day = len(raw) <= 2 and int(raw) <= 31
    if day and _month(tokens, before, words) and tokens.same_line(at):
        if at in tokens.undated and _counts(tokens, at + 1, words):
            return 0
        while low[last] in DASHES and tokens.kinds[last + 1] == "n" and len(tokens.raw[last + 1]) <= 2:
            last += 2
        if low[last] == "," and like_year(tokens.raw[last + 1]):
            return last + 2
        return last + 1 if like_year(tokens.raw[last]) else last
    joined = last + (low[last] in words.lists["of"])
    if day and _month(tokens, joined, words) and tokens.same_line(joined):
        return joined + 2 if like_year(tokens.raw[joined + 1]) else joined + 1
    if like_year(raw) and _month(tokens, before, words):
        return last
    return last if low[before] in words.lists["weekdays"] and day and last > at + 1 else 0


def _counts(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether what follows a number is counted by it: "people", "million", "per cent"."""
    word = tokens.low[at]
    counted = word in words.lists["people"] or word in words.scales or plural_near(tokens, at, words)
    return counted or words.units.at(tokens, at) is not None


def season(tokens: Tokens, at: int, _words: Lexicon) -> int:
    """2009-10, 1999/00: a year and the last two digits of a later one."""
    first, second = tokens.raw[at], tokens.raw[at + 2]
    if len(first) != 4 or len(second) != 2:
        return 0
    joined = tokens.low[at + 1] in DASHES or tokens.low[at + 1] == "/"
    if not joined or not like_year(first) or not second.isdigit() or int(first) < 1500:
        return 0
    glued = tokens.glued(at + 1) and tokens.glued(at + 2) and not tokens.glued(at)
    return at + 3 if glued and 0 < (int(second) - int(first)) % 100 <= LONGEST_SEASON else 0


def hundreds_in_digits(tokens: Tokens, at: int, words: Lexicon) -> float:
    """100s of people, 1,000s of homes: the number that stands several times; 0 when it is a decade."""
    raw = tokens.raw[at].replace(words.thousands, "")
    several = tokens.low[at + 1] == "s" and tokens.glued(at + 1) and tokens.low[at + 2] in words.lists["of"]
    is_round = len(raw) > 2 and raw[0] == "1" and not raw[1:].strip("0")
    return float(raw) if several and is_round else 0.0


def decade(tokens: Tokens, at: int, words: Lexicon) -> int:
    """The 1990s, in his 40s, 1980's."""
    if hundreds_in_digits(tokens, at, words):
        return 0
    after = tokens.low[at + 1]
    if after == "s" and tokens.glued(at + 1) and tokens.raw[at].isdigit():
        return at + 2
    return at + 3 if after in {"'", "’"} and tokens.low[at + 2] == "s" and tokens.glued(at + 2) else 0


def _month(tokens: Tokens, at: int, words: Lexicon) -> bool:
    word = tokens.low[at]
    return word in words.lists["months"] or (word in words.lists["months_if_capital"] and tokens.capital(at))


def like_year(raw: str) -> bool:
    """Whether digits may be a year."""
    return len(raw) == 4 and raw.isdigit() and 1000 <= int(raw) <= 2199


def is_year(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether a bare number of four digits is a year."""
    at = reading.amount.first
    raw = tokens.raw[at]
    if not reading.bare or not like_year(raw) or reading.amount.last != at + 1:
        return False
    before, year = tokens.low[at - 1], int(raw)
    counts = tokens.low[at + 1] in words.lists["people"]
    if 1900 <= year <= 2099:
        strong = reading.comparator != "=" and before not in words.lists["loose_bounds"]
        if counts and (strong or year % 100 == 0 or before not in words.lists["year_before"]):
            return False
        return not (strong and is_plural(tokens, at + 1, words) and before in words.lists["bound_ends"])
    if before == "." and tokens.low[at - 2] in {"d", "c"} and tokens.low[at - 4] in {"a", "b"}:
        return True  # A.D. 1000
    if tokens.low[at + 1] in words.lists["eras"] or before in words.lists["eras"]:
        return True
    if before in words.lists["of"] and tokens.low[at - 2] in words.lists["before_of_number"]:
        return False
    plural = plural_near(tokens, at + 1, words)
    if plural or reading.comparator != "=":
        return before in words.lists["in"] | words.lists["since"] and not plural
    return before in words.lists["year_before"] or tokens.capital(at - 1)


def is_span_of_years(tokens: Tokens, first: Reading, joined: Reading) -> bool:
    """Whether a range is one of years: 2018-19, between 2014 and 2017."""
    raw, second = tokens.raw[first.amount.first], tokens.raw[joined.amount.first]
    if joined.unit is not None or joined.high is None or len(raw) != 4 or not raw.isdigit():
        return False
    year = int(raw)
    if not 1000 <= year <= 2100 or joined.high > 2100:
        return False
    if year >= 1500:
        return True
    return "," not in second and len(second) in {2, 4} and joined.high > 1000 and joined.rule != "range_dash"


def is_span_of_hours(tokens: Tokens, joined: Reading, words: Lexicon) -> bool:
    """Whether a range is one of clock times: "from 6 to 8 p.m."."""
    last = joined.amount.first
    return joined.unit is None and tokens.kinds[last] == "n" and clock(tokens, last, words) > 0
