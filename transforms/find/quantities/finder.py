"""The road through a text: every place where a number may begin, once, from left to right.

In: text, language, country, and the spans that dates have claimed. Out: `Quantity` rows in text order.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.find.quantities.ages import take_age
from transforms.find.quantities.bounds import take_bounds
from transforms.find.quantities.calendar_numbers import is_span_of_hours, is_span_of_years
from transforms.find.quantities.capacities import take_capacity
from transforms.find.quantities.change import change_of
from transforms.find.quantities.compounds import is_compound, is_glued
from transforms.find.quantities.counting import after_name, take_counted
from transforms.find.quantities.ellipsis import inherit, one_more
from transforms.find.quantities.intervals import closes_interval, interval
from transforms.find.quantities.lexicon import Lexicon, read_lexicon
from transforms.find.quantities.multiples import read_multiple, shrink
from transforms.find.quantities.names import is_numbered
from transforms.find.quantities.ordinals import read_ordinal, skip_ordinal
from transforms.find.quantities.parallels import take_parallel
from transforms.find.quantities.quantity import Quantity
from transforms.find.quantities.ranges import take_range
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.readings import read_number
from transforms.find.quantities.row import quantity
from transforms.find.quantities.scores import is_tie_break, read_score
from transforms.find.quantities.shared_units import share_percent, share_unit
from transforms.find.quantities.silent import is_silent, silent_digits
from transforms.find.quantities.tokens import PAD, Tokens, tokenise


def find_quantities(
    text: str, *, language: str | None = "en", country: str | None = None, taken: Sequence[tuple[int, int]] = ()
) -> list[Quantity]:
    """The quantities of a text, in text order.

    `language` is ISO 639-1; one without a folder of words here has none. `country` (ISO 3166-1 alpha-2) is where the
    article comes from and says which dollar is meant. `taken` are the spans of dates, times and durations, which are
    never quantities.

    >>> [(q.text, q.value, q.comparator, q.counted) for q in find_quantities("More than 412 civilians fled.")]
    [('More than 412', 412.0, '>', 'civilians')]
    """
    words = read_lexicon(language or "en")
    if words is None:
        return []
    tokens = tokenise(text, words.glued, words.glued_strict, words.thousands, words.decimal)
    tokens = replace(tokens, undated=_undated(tokens, taken))
    found = _without_taken(tokens, readings(tokens, words, country), taken)
    return [quantity(tokens, reading) for reading in found if reading.kind != "duration"]


def readings(tokens: Tokens, words: Lexicon, country: str | None) -> Iterator[Reading]:
    """Everything that reads as a quantity, durations too."""
    done, previous, starters = PAD, None, words.starters
    begin = [
        at
        for at, (kind, word) in enumerate(zip(tokens.kinds, tokens.low, strict=True))
        if kind == "n" or word in starters or kind == "f"
    ]
    for at in begin:
        if at < done:
            continue
        reading, last = _reading_at(tokens, at, words, country, previous)
        done = max(last, at + 1)
        if reading is None or (previous is not None and reading.first < previous.last):
            continue
        if previous is not None and closes_interval(tokens, previous, reading, words):
            previous = interval(previous, reading)
            continue
        if previous is not None:
            yield previous
            yield from one_more(tokens, previous, words)
        previous = reading
    if previous is not None:
        yield previous
        yield from one_more(tokens, previous, words)


def _reading_at(
    tokens: Tokens, at: int, words: Lexicon, country: str | None, previous: Reading | None
) -> tuple[Reading | None, int]:
    """The reading at a token, and the token where the search goes on."""
    digits = tokens.kinds[at] == "n"
    skipped = skip_ordinal(tokens, at, words)
    silent = silent_digits(tokens, at, words) if digits else None
    score = read_score(tokens, at, words) if digits else None
    if score is not None and (silent is None or silent[0] == "telephone"):
        return score, score.last
    if silent is not None:
        return None, silent[1]
    if skipped:
        ordinal = read_ordinal(tokens, at, words)
        reading = read_number(tokens, at, words, country) if ordinal is None else None
        if reading is None or reading.last < skipped or reading.rule not in {"fraction", "half_a_scale"}:
            return ordinal, ordinal.last if ordinal else skipped
    if previous is not None and is_tie_break(tokens, at, previous):
        return None, at + 1
    multiple = read_multiple(tokens, at, words)
    if multiple is not None:
        take_bounds(tokens, multiple, words)
        shrink(multiple)
        return multiple, multiple.last
    between = tokens.low[at - 1] in words.lists["between"]
    reading = read_number(tokens, at, words, country, alone=between)
    if reading is None:
        return None, at + 1
    return _refine(tokens, reading, words, country, previous)


def _refine(
    tokens: Tokens, reading: Reading, words: Lexicon, country: str | None, previous: Reading | None
) -> tuple[Reading | None, int]:
    reading.parenthesised = tokens.low[reading.first - 1] in {"(", "["}
    share_unit(tokens, reading, words, country)
    joined = take_range(tokens, reading, words, country)
    if joined is not None:
        if is_span_of_years(tokens, reading, joined) or is_span_of_hours(tokens, joined, words):
            return None, joined.last
        reading = joined
    else:
        share_percent(tokens, reading, words, country)
    take_bounds(tokens, reading, words)
    after = reading.last
    if not take_age(tokens, reading, words) and reading.bare:
        read = take_parallel(tokens, reading, previous, words)
        read = read or joined is not None or take_capacity(tokens, reading, words)
        if not read and is_silent(tokens, reading, words):
            return None, after
    if joined is not None and (is_compound(tokens, reading, words) or is_numbered(tokens, reading, words)):
        return None, after
    take_counted(tokens, reading, words)
    if (
        reading.bare
        and reading.kind == "cardinal"
        and reading.counted is None
        and joined is None
        and is_glued(tokens, reading)
    ):
        return None, after
    reading.change = change_of(tokens, reading, words)
    inherit(tokens, reading, previous, words)
    return reading, after_name(tokens, reading)


def _undated(tokens: Tokens, taken: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The tokens right behind dates: what the finder of dates left out is no day of the month."""
    begins = {start for start, _ in taken}
    behind = (bisect_left(tokens.starts, end, PAD, len(tokens.starts) - PAD) for _, end in taken)
    return frozenset(at for at in behind if tokens.starts[at] not in begins)


def _without_taken(tokens: Tokens, readings: Iterator[Reading], taken: Sequence[tuple[int, int]]) -> Iterator[Reading]:
    """The readings whose number is not part of a date; both run in text order."""
    spans, place = sorted(taken), 0
    for reading in readings:
        start, end = tokens.starts[reading.amount.first], tokens.ends[reading.amount.last - 1]
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        overlaps = place < len(spans) and spans[place][0] < end
        if (
            overlaps
            and reading.kind != "age"
            and not _is_rate_of_time(reading)
            and not _inside(spans[place], start, end)
        ):
            continue
        yield reading


def _is_rate_of_time(reading: Reading) -> bool:
    """40 hours a week: the dates may see a duration in it, but it says how much of each week."""
    return (
        reading.kind == "measure"
        and bool(reading.rate)
        and reading.unit is not None
        and reading.unit.kind == "duration"
    )


def _inside(taken: tuple[int, int], start: int, end: int) -> bool:
    """Whether what was taken is but a part of the number: the "three quarters" of "five billion and three quarters"."""
    return start <= taken[0] and taken[1] <= end and taken != (start, end)
