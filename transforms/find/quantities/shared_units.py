"""Units written once for several numbers: "8 or $9", "54 to 46 percent", "by 25, 50 and 75 basis points".

In: the reading of a number without unit. Out: the reading with the unit of the number that follows.
"""

from transforms.find.quantities.counted import counted_after
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.readings import read_number
from transforms.find.quantities.tokens import Tokens

LONGEST_LIST = 5
"""Numbers of one list at most."""
PLAUSIBLE_PERCENT = 1000
"""From here on a bare number beside a percentage is a year or an amount."""


def share_unit(tokens: Tokens, reading: Reading, words: Lexicon, country: str | None) -> None:
    """Eight or nine euros, 8 or $9: the unit is written once."""
    at = reading.last
    if not reading.bare or reading.amount.scaled or tokens.low[at] not in words.lists["or"]:
        return
    ahead = next(
        (
            place
            for place in (at + 1, at + 2, at + 3)
            if tokens.kinds[place] == "n" or tokens.low[place] in words.numbers
        ),
        0,
    )
    second = read_number(tokens, ahead, words, country) if ahead else None
    if (
        second is not None
        and second.unit is not None
        and second.core == at + 1
        and second.kind in {"money", "percent", "measure"}
    ):
        reading.unit, reading.kind, reading.rate = second.unit, second.kind, second.rate
        reading.unit_span = second.unit_span
    elif second is not None and second.bare and second.core == at + 1 and second.kind == "cardinal":
        reading.counted = counted_after(tokens, second.last, words)  # up to 10 or 12 ships


def share_percent(tokens: Tokens, reading: Reading, words: Lexicon, country: str | None) -> None:
    """Won by 54 to 46 percent; raised it by 25, 50 and 75 basis points: the percent is written once."""
    at = reading.last
    to = tokens.low[at] in words.lists["range_to"]
    if not reading.bare or reading.value is None or not (to or tokens.low[at] in words.lists["list_joints"]):
        return
    second = _last_of_list(tokens, at, words, country)
    if second is None or second.kind != "percent" or second.value is None or not 0 <= reading.value < PLAUSIBLE_PERCENT:
        return
    ahead = tokens.low[second.last : second.last + 2]
    respectively = any(word in words.lists["respectively"] for word in ahead)
    if not (to or respectively or _opens_list(tokens, reading.first, words)):
        return
    reading.unit, reading.kind, reading.unit_span = second.unit, second.kind, second.unit_span


def _last_of_list(tokens: Tokens, at: int, words: Lexicon, country: str | None) -> Reading | None:
    """The number with a unit that ends ", 50 and 75 basis points"; None when anything else stands there."""
    for _ in range(LONGEST_LIST):
        if tokens.low[at] in words.lists["range_to"] or tokens.low[at] in words.lists["list_joints"]:
            at += 1 + (tokens.low[at] == "," and tokens.low[at + 1] in words.lists["and"])
        if (tokens.kinds[at] != "n" and tokens.low[at] not in words.numbers) or not tokens.same_line(at):
            return None
        number = read_number(tokens, at, words, country)
        if number is None or number.unit is not None:
            return number
        at = number.last
        if tokens.low[at] not in words.lists["list_joints"]:
            return None
    return None


def _opens_list(tokens: Tokens, first: int, words: Lexicon) -> bool:
    """Whether the numbers before, if any, are a list that a word like "by" opens: the 50 of "by 25, 50 and 75"."""
    at = first - 1
    for _ in range(LONGEST_LIST):
        if tokens.low[at] != "," or tokens.kinds[at - 1] != "n":
            break
        at -= 2
    return tokens.low[at] in words.lists["list_openers"]
