"""What a reading counts, and at which rate: "three thousand tests per day", "40 Boeing 737 aircraft".

In: a reading. Out: the reading with what it counts, and where the search goes on behind a name that holds a number.
"""

from transforms.find.quantities.counted import attributive, counted_after, singular
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.pronoun_one import is_one_of
from transforms.find.quantities.rates import rate_after
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens
from transforms.find.quantities.units import Unit


def after_name(tokens: Tokens, reading: Reading) -> int:
    """Where the search goes on: behind a counted name that holds a number ("40 Boeing 737 aircraft")."""
    if reading.counted is None or "n" not in tokens.kinds[reading.counted[0] : reading.counted[1]]:
        return reading.last
    return max(reading.last, reading.counted[1])


def take_counted(tokens: Tokens, reading: Reading, words: Lexicon) -> None:
    """What is counted, and the rate at which: "three thousand tests per day"."""
    if reading.kind not in {"cardinal", "ratio"} or reading.unit is not None:
        return
    rate = rate_after(tokens, reading.last, words)
    if rate is not None and reading.kind == "cardinal" and _is_rated(tokens, reading.last, rate[1], words):
        reading.rate, reading.last = rate
        return
    if reading.rule == "fold":
        reading.kind, reading.unit = "ratio", Unit("times", "ratio")
        return
    if tokens.low[reading.last] == "-" and tokens.low[reading.last + 1] in words.lists["index_points"]:
        reading.counted = (reading.last + 1, reading.last + 2)  # a 12-point gain
        return
    part = reading.kind == "ratio"
    out_of_several = reading.value == 1 and is_one_of(tokens, reading.amount.first, words)
    reading.rule = "one_of" if out_of_several else reading.rule
    alone = reading.value == 1 and not out_of_several
    reading.counted = counted_after(tokens, reading.last, words, one=alone, part=part) or reading.counted
    # "a 6.4 earthquake" counts no earthquakes; "0.5 goal" does.
    countable = part or reading.value is None or reading.value == int(reading.value) or reading.value < 1
    if reading.counted is None and tokens.kinds[reading.last] == "w" and countable:
        reading.counted = attributive(tokens, reading.last, words, part)
    if reading.counted is not None and reading.kind == "cardinal":
        rate = rate_after(tokens, reading.counted[1], words)
        if rate is not None:
            reading.unit = Unit(singular(tokens.low[reading.counted[0] : reading.counted[1]], words), "count")
            reading.unit_span, reading.rate, reading.last = reading.counted, rate[0], rate[1]


def _is_rated(tokens: Tokens, first: int, last: int, words: Lexicon) -> bool:
    """Whether a rate belongs to a number without noun: "20 per day", "1,200 a day."; not "2 a day nurse saw"."""
    if tokens.low[first] in words.lists["rate_words"]:
        return True
    ends = tokens.kinds[last] != "w" or tokens.low[last] in words.lists["function_words"]
    return tokens.low[first] in words.lists["rate_articles"] and ends
