"""How many times as much, in one word: "twice as many", "double the number", "sales more than tripled", "halved".

In: tokens and a place. Out: the reading of a ratio in times, with the direction of the verb; None for other senses
("a double room", "he doubled as coach").
"""

from transforms.find.quantities.amount import Amount
from transforms.find.quantities.counted import is_plural
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens
from transforms.find.quantities.units import Multiple, Unit

TIMES = Unit("times", "ratio")


def read_multiple(tokens: Tokens, at: int, words: Lexicon) -> Reading | None:
    """The multiple at a token."""
    found = words.multiples.get(tokens.low[at])
    if found is None or not _is_multiple(tokens, at, found, words):
        return None
    amount = Amount(at, at + 1, found.value, "multiple", plain=found.value)
    reading = Reading(at, at + 1, amount, found.value, "multiple", kind="ratio", unit=TIMES, core=at)
    reading.change = found.change
    return reading


def shrink(reading: Reading) -> None:
    """More than halved: less than half is left."""
    if reading.value is not None and reading.value < 1:
        reading.comparator = {">": "<", ">=": "<=", "<": ">", "<=": ">="}.get(reading.comparator, reading.comparator)


def _is_multiple(tokens: Tokens, at: int, multiple: Multiple, words: Lexicon) -> bool:
    after, before = tokens.low[at + 1], tokens.low[at - 1]
    if tokens.low[at - 1] == "-" and tokens.glued(at):
        return False
    if after in words.lists["role"] and _is_role(tokens, at + 2, multiple, words):
        return False
    if multiple.part == "before":
        return after in words.lists["after_multiple"] and tokens.same_line(at + 1)
    if before in words.lists["no_verb_after"] or before.endswith(words.possessives):
        return False  # No. 3 in doubles
    if tokens.capital(at) or before in words.lists["articles"] or before in words.lists["determiners"]:
        return False
    return after not in words.lists["other_multiple"] and not (after == "-" and tokens.glued(at + 1))


def _is_role(tokens: Tokens, at: int, multiple: Multiple, words: Lexicon) -> bool:
    """Whether what begins behind "as" is what something served as: "a school", "coach."; not "demand rose"."""
    opens = tokens.low[at] in words.lists["articles"] or tokens.low[at] in words.lists["determiners"]
    if opens or tokens.kinds[at + 1] != "w":
        return True
    return not multiple.change and is_plural(tokens, at, words)
