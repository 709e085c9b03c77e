"""Counts that look like a part of something else: the 12 of "since Friday 12 people have died", "four night guards".

In: the tokens of a sentence and its time expressions. Out: their groups.
"""

from collections.abc import Iterator, Sequence

from transforms.find.claims.counted import Numbers, read_counted
from transforms.find.claims.group import Group
from transforms.find.claims.phrase import is_head
from transforms.find.claims.tokens import Tokens
from transforms.find.dates import DateExpression
from transforms.find.quantities import find_quantities

SWALLOWED, LENGTH = "swallowed", "DURATION"


def may_hide_a_count(expression: DateExpression, text: str) -> bool:
    """Whether a time expression is like "Friday 12" with a word behind it, or like "four night"."""
    if expression.type == LENGTH:
        return True
    last = expression.text.rpartition(" ")[2]
    following = text[expression.end : expression.end + 2]
    return last.isdigit() and len(last) <= len("31") and following[:1].isspace() and following[1:].isalpha()


def swallowed(tokens: Tokens, dates: Sequence[DateExpression], numbers: Numbers) -> Iterator[Group]:
    """The counts that a time expression or a determiner hides."""
    for expression in dates:
        first, last = tokens.first_at(expression.start), tokens.first_at(expression.end) - 1
        if _counts_behind(tokens, first, last):
            yield from _group(tokens, last, numbers)
        elif _counts_before(tokens, first, last):
            yield from _group(tokens, first, numbers)
    if tokens.words.lists["another"].isdisjoint(tokens.low):
        return
    for place, word in enumerate(tokens.raw):
        if word.isdigit() and place not in tokens.numbers and tokens.at(place - 1) in tokens.words.lists["another"]:
            yield from _group(tokens, place, numbers)


def _counts_behind(tokens: Tokens, first: int, last: int) -> bool:
    """In May 12 people died; since Friday 12 people have died."""
    if last <= first or not tokens.raw[last].isdigit() or not is_head(tokens, min(last + 1, len(tokens) - 1), False):
        return False
    words = tokens.words
    is_weekday = tokens.low[last - 1] in words.lists["weekdays"]
    return is_weekday or tokens.low[first].isdigit() or tokens.at(first - 1) in words.lists["before_months"]


def _counts_before(tokens: Tokens, first: int, last: int) -> bool:
    """Four night-shift workers, two weekend visitors."""
    joined = "-" in tokens.raw[last] or last == first + 1
    if last < first or not joined or tokens.low[last].endswith(tokens.words.texts["plural_ending"]):
        return False
    return any(is_head(tokens, at, False) for at in range(last + 1, min(len(tokens), last + 3)))


def _group(tokens: Tokens, place: int, numbers: Numbers) -> Iterator[Group]:
    start, end = tokens.starts[place], tokens.ends[place]
    read = find_quantities(tokens.text[start:end])
    if len(read) != 1 or read[0].value is None or read[0].value < 1 or (read[0].value == 1):
        return
    value = read[0].value
    group = Group(place, place, place + 1, start, end, value, value, "=", SWALLOWED)
    read_counted(tokens, group, place + 1, numbers)
    if group.people is not False:
        yield group
