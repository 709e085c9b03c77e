"""The rate at which something is counted: "a month", "per barrel", "per 100,000", "-a-day", "/day".

In: tokens and the place after a number or its unit. Out: the rate in canonical words and the token after it.
"""

from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens

ALWAYS = frozenset({("hour", "day", 24.0), ("day", "week", 7.0), ("day", "year", 365.0), ("week", "year", 52.0)})


def take_rate(tokens: Tokens, reading: Reading, words: Lexicon) -> None:
    """Per month, a barrel, an hour: the rate at which the unit is counted."""
    found = rate_after(tokens, reading.last, words)
    if found is None or reading.kind == "percent":
        return
    reading.rate, reading.last = found
    if reading.kind == "duration" and not is_always(reading):
        reading.kind = "measure"  # 40 hours a week are no duration


def is_always(reading: Reading) -> bool:
    """24 hours a day, seven days a week, 365 days a year: an idiom, no measure."""
    names = reading.unit.name if reading.unit else "", reading.rate.removeprefix("per "), reading.value
    return names in ALWAYS


def rate_after(tokens: Tokens, at: int, words: Lexicon) -> tuple[str, int] | None:
    """A rate, "per month", "a barrel", "-a-day", "/day": the rate in canonical words and the token after it."""
    low = tokens.low
    if not tokens.same_line(at):
        return None
    if low[at] in words.lists["added_words"] and low[at + 1] not in words.lists["than"]:
        at += 1  # "$35 more a month"
    dash = low[at] == "-" and tokens.glued(at)
    if dash:
        at += 1
    if low[at] == "/":
        at += 1
        allowed = "rate_things"
    elif low[at] in words.lists["rate_words"]:
        at += 1
        if tokens.kinds[at] == "n" and words.thousands in tokens.raw[at]:
            return f"per {tokens.raw[at]}", at + 1
        if low[at] in words.lists["not_per"]:
            return None
        form = words.units.at(tokens, at)
        if form is not None:
            return f"per {form[0].unit.name}", form[1]
        if tokens.kinds[at] == "w" and low[at] not in words.lists["function_words"]:
            return f"per {low[at]}", at + 1
        return None
    elif low[at] in words.lists["rate_articles"]:
        at += 1
        if dash and low[at] == "-":
            at += 1
        allowed = "rate_articles_things"
    else:
        return None
    form = words.units.at(tokens, at)
    of_time = form is not None and form[0].unit.kind == "duration"
    if low[at + 1] in words.lists["not_after_rate"] and of_time:
        return None  # "$30 million a week earlier"; but "$81 a barrel from $79"
    if low[at] in words.lists[allowed]:
        return f"per {form[0].unit.name if form else low[at]}", at + 1
    return None
