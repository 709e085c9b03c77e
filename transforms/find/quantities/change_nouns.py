"""The noun or adverb of change beside a number: "an increase of 5%", "a 19% drop", "4 percent higher".

In: a reading and the tokens around it. Out: up, down or None.
"""

from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens

REACH = 12
"""Words between "a drop in" and "of 5%" at most."""
NEAR = 6
"""Words between "a 5%" and "increase" at most: "a 5% year-on-year increase"."""
CLAUSE_ENDS = frozenset({".", ";", ":", "(", ")", "!", "?"})


def is_points(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether the number counts points of an index."""
    return reading.counted is not None and tokens.low[reading.counted[1] - 1] in words.lists["index_points"]


def noun_of(tokens: Tokens, at: int, reading: Reading, words: Lexicon) -> str | None:
    """An increase of 5%, gains of 3 points; a drop in sales of 5%."""
    if tokens.low[at] not in words.lists["of"]:
        return None
    noun = _noun(tokens, at - 1, reading, words)
    if noun or reading.kind != "percent":
        return noun
    for place in range(at - 2, at - REACH, -1):
        if not tokens.same_line(place + 1) or tokens.low[place] in CLAUSE_ENDS or not tokens.kinds[place]:
            return None
        noun = _noun(tokens, place, reading, words)
        if noun:
            return noun if tokens.low[place + 1] in words.lists["in"] else None
    return None


def _noun(tokens: Tokens, at: int, reading: Reading, words: Lexicon, points: bool = False) -> str | None:
    """The direction of a noun, unless it is a way to move: "a fall of 40 metres", "a loss of $5 million"."""
    word = tokens.low[at]
    if reading.kind == "measure" and word in words.lists["movements"]:
        return None
    relative = points or reading.kind == "percent" or is_points(tokens, reading, words)
    if not relative and word in words.lists["percent_nouns"]:
        return None
    return words.changes["noun"].get(word)


def noun_after(tokens: Tokens, reading: Reading, words: Lexicon) -> str | None:
    """A 19% drop, a 25-basis-point cut, a 5% year-on-year increase, a 12-point gain."""
    at = reading.last
    points = reading.kind == "cardinal" and reading.unit is None
    if points:
        at += tokens.low[at] == "-"
        if tokens.low[at] not in words.lists["index_points"]:
            return None
        at += 1
    elif reading.kind not in {"percent", "money", "measure", "temperature"}:
        return None
    for place in range(at, at + NEAR):
        if not tokens.same_line(place):
            return None
        noun = _noun(tokens, place, reading, words, points)
        if noun:
            verb = tokens.low[place] in words.lists["movement_verbs"] and reading.kind != "percent"
            return noun if not verb and tokens.low[place + 1] not in words.lists["after_verb_not_noun"] else None
        if tokens.low[place] != "-" and tokens.low[place] not in words.lists["change_modifiers"]:
            return None
    return None


def adverb_after(tokens: Tokens, reading: Reading, words: Lexicon) -> str | None:
    """Closed 4 percent higher, 25 cents lower; is 3% up on last year."""
    at = reading.last
    points = is_points(tokens, reading, words)
    if points and reading.counted is not None:
        at = reading.counted[1]
    if not tokens.same_line(at) or not (points or reading.kind in {"percent", "money"}):
        return None
    after = words.changes["after"].get(tokens.low[at])
    if after:
        return after if tokens.low[at + 1] not in words.lists["than"] else None
    adverb = words.changes["adverb"].get(tokens.low[at])
    follows = tokens.kinds[at + 1] != "w" or tokens.low[at + 1] in words.lists["after_change_adverb"]
    return adverb if adverb and reading.kind == "percent" and follows else None
