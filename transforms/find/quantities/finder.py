"""The road through a text: every place where a number may begin, once, from left to right.

In: text, language, country, and the spans that dates have claimed. Out: `Quantity` rows in text order.
"""

from collections.abc import Iterator, Sequence

from transforms.find.quantities.ages import take_age
from transforms.find.quantities.bounds import take_bounds
from transforms.find.quantities.change import change_of
from transforms.find.quantities.counted import attributive, counted_after, singular
from transforms.find.quantities.ellipsis import closes_interval, inherit, interval, one_more, share_unit
from transforms.find.quantities.lexicon import Lexicon, Unit, read_lexicon
from transforms.find.quantities.ordinals import read_ordinal, skip_ordinal
from transforms.find.quantities.quantity import Quantity
from transforms.find.quantities.ranges import take_range
from transforms.find.quantities.readings import Reading, rate_after, read_number
from transforms.find.quantities.scores import read_score
from transforms.find.quantities.silent import is_name, is_pronoun_one, is_year, silent_digits
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
    tokens = tokenise(text, words.glued, words.glued_strict)
    found = _without_taken(tokens, readings(tokens, words, country), taken)
    return [_quantity(tokens, reading) for reading in found if reading.kind != "duration"]


def readings(tokens: Tokens, words: Lexicon, country: str | None) -> Iterator[Reading]:
    """Everything that reads as a quantity, durations too."""
    done, previous = PAD, None
    for at in range(PAD, len(tokens.raw) - PAD):
        if at < done or not (tokens.kinds[at] in {"n", "f"} or tokens.low[at] in words.starters):
            continue
        reading, last = _reading_at(tokens, at, words, country, previous)
        done = max(last, at + 1)
        if reading is None or (previous is not None and reading.first < previous.last):
            continue
        if previous is not None and closes_interval(tokens, previous, reading):
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
        if _span_of_years(tokens, reading, joined):
            return None, joined.last
        reading = joined
    take_bounds(tokens, reading, words)
    after = reading.last
    if not take_age(tokens, reading, words) and joined is None and _is_silent(tokens, reading, words):
        return None, after
    if joined is not None and _compound(tokens, reading):
        return None, after
    _take_counted(tokens, reading, words)
    if (
        reading.bare
        and reading.kind == "cardinal"
        and reading.counted is None
        and joined is None
        and not _free(tokens, reading)
    ):
        return None, after
    inherit(tokens, reading, previous)
    reading.change = reading.change or change_of(tokens, reading, words)
    return reading, reading.last


def _span_of_years(tokens: Tokens, first: Reading, joined: Reading) -> bool:
    """2018-19, between 2014 and 2017."""
    raw = tokens.raw[first.amount.first]
    return (
        joined.unit is None
        and len(raw) == 4
        and raw.isdigit()
        and 1000 <= int(raw) <= 2100
        and (
            (
                joined.high is not None
                and (joined.high <= 2100)
                and "," not in tokens.raw[joined.amount.first]
                and (int(raw) >= 1500 or joined.high > 1000)
                and len(tokens.raw[joined.amount.first]) in {2, 4}
                and joined.rule != "range_dash"
            )
            or (joined.high is not None and int(raw) >= 1500 and joined.high <= 2100)
        )
    )


def _is_silent(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    return (
        is_year(tokens, reading, words)
        or is_name(tokens, reading, words)
        or is_pronoun_one(tokens, reading, words)
        or _compound(tokens, reading)
    )


def _compound(tokens: Tokens, reading: Reading) -> bool:
    """A number word hyphened to a word that is no unit is an adjective: "six-speed", "two-time", "one-off"."""
    at = reading.amount.last
    return (
        reading.bare
        and tokens.low[at] == "-"
        and tokens.glued(at)
        and tokens.glued(at + 1)
        and (tokens.kinds[at + 1] == "w" and reading.last == at)
    )


def _free(tokens: Tokens, reading: Reading) -> bool:
    """Whether a number without unit and noun is still a quantity: not when a word is glued to it ("40x")."""
    return not (tokens.kinds[reading.last] == "w" and tokens.glued(reading.last))


def _take_counted(tokens: Tokens, reading: Reading, words: Lexicon) -> None:
    """What is counted, and the rate at which: "three thousand tests per day"."""
    if reading.kind not in {"cardinal", "ratio"} or reading.unit is not None:
        return
    rate = rate_after(tokens, reading.last, words)
    if rate is not None and reading.kind == "cardinal" and tokens.low[reading.last] in words.lists["rate_words"]:
        reading.rate, reading.last = rate
        return
    if reading.rule == "fold":
        reading.kind, reading.unit = "ratio", Unit("times", "ratio")
        return
    part = reading.kind == "ratio"
    reading.counted = counted_after(tokens, reading.last, words, one=reading.value == 1, part=part)
    if reading.counted is None and tokens.kinds[reading.last] == "w":
        reading.counted = attributive(tokens, reading.last, words, part)
    if reading.counted is not None and reading.kind == "cardinal":
        rate = rate_after(tokens, reading.counted[1], words)
        if rate is not None:
            reading.unit = Unit(singular(tokens.low[reading.counted[0] : reading.counted[1]]), "count")
            reading.unit_span, reading.rate, reading.last = reading.counted, rate[0], rate[1]


def _without_taken(tokens: Tokens, readings: Iterator[Reading], taken: Sequence[tuple[int, int]]) -> Iterator[Reading]:
    """The readings whose number is not part of a date; both run in text order."""
    spans, place = sorted(taken), 0
    for reading in readings:
        start, end = tokens.starts[reading.amount.first], tokens.ends[reading.amount.last - 1]
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        if place < len(spans) and spans[place][0] < end and reading.kind != "age":
            continue
        yield reading


def _quantity(tokens: Tokens, reading: Reading) -> Quantity:
    start, end = tokens.starts[reading.first], tokens.ends[reading.last - 1]
    low, high = reading.low, reading.high
    if reading.value is not None:
        low = reading.value if reading.comparator in {">", ">="} else None
        high = reading.value if reading.comparator in {"<", "<="} else None
    unit = reading.unit
    si_value, si_unit = _si(reading)
    return Quantity(
        start=start,
        end=end,
        text=tokens.text[start:end],
        value=reading.value,
        low=low,
        high=high,
        comparator=reading.comparator,
        change=reading.change,
        kind=reading.kind,
        unit=_unit_name(reading),
        unit_text=_written(tokens, reading.unit_span),
        si_value=si_value,
        si_unit=si_unit,
        currency=unit.currency if unit is not None else None,
        counted=_written(tokens, reading.counted),
        rule=reading.rule,
    )


def _unit_name(reading: Reading) -> str | None:
    if reading.unit is None:
        return reading.rate or None
    return f"{reading.unit.name} {reading.rate}" if reading.rate else reading.unit.name


def _written(tokens: Tokens, span: tuple[int, int] | None) -> str | None:
    return tokens.text[tokens.starts[span[0]] : tokens.ends[span[1] - 1]] if span else None


def _si(reading: Reading) -> tuple[float | None, str | None]:
    """The value in SI. A difference of temperatures has no offset, a rate and a range no SI value of their own."""
    unit = reading.unit
    if unit is None or unit.factor is None or reading.rate or reading.value is None:
        return None, None
    offset = 0.0 if reading.change else unit.offset
    return float(f"{reading.value * unit.factor + offset:.12g}"), unit.si_unit
