"""The verb that governs a number from a distance: "raised rates by 3%", "grew in May 3%", "boosted net profit 16%".

In: tokens and the place before the number. Out: up, down or None.
"""

from transforms.find.quantities.change_nouns import is_points
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.times import is_time_word
from transforms.find.quantities.tokens import Tokens

REACH = 12
"""Words between "raised" and "by 75 basis points" at most."""
NEAR = 6
"""Words of a time between verb and number at most: "grew in the first quarter 0.3%"."""
LONGEST_OBJECT = 5
"""Words from verb to number at most: "cut its main interest rate 3%"."""
CLAUSE_ENDS = frozenset({".", ";", ":", "(", ")", "!", "?"})


def verb_before_by(tokens: Tokens, at: int, reading: Reading, words: Lexicon) -> str | None:
    """The verb or noun of "raised its main rate by": the nearest one in the same clause."""
    if _is_done_by(tokens, at, words) or (_counts_doers(tokens, reading, words) and _is_passive(tokens, at, words)):
        return None
    for place in range(at, at - REACH, -1):
        word = tokens.low[place]
        if not word or not tokens.same_line(place + 1) or word in CLAUSE_ENDS or word in words.lists["margin_verbs"]:
            return None
        named = tokens.low[place - 1] in words.lists["determiners"]  # "met on the curb by"
        for part in ("adverb", "noun") if named else ("verb", "adverb", "noun"):
            found = words.changes[part].get(word)
            if found and word not in words.lists["never_by"]:
                return found
    return None


def _is_done_by(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether "by" names who or what did it: "was offset by $600 million", "is followed by 3 percent"."""
    word = tokens.low[at]
    if word in words.lists["done_by"]:
        return True
    changes = any(word in words.changes[part] for part in ("verb", "adverb", "noun"))
    ends = word.endswith(words.participle_endings) and word not in words.lists["not_participles"]
    return ends and not changes and not tokens.capital(at)


def _counts_doers(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether the number counts who may have done something, not points or money."""
    return reading.kind == "cardinal" and reading.counted is not None and not is_points(tokens, reading, words)


def _is_passive(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether somebody did it: "questions were raised by one clerk", "was cut by 12 workers"."""
    before = at - 1 - tokens.low[at - 1].endswith(words.verb_endings)
    if tokens.low[at] not in words.lists["done_by_people"]:
        return False
    return tokens.low[before] in words.lists["be"] and tokens.same_line(at)


def verb_before_time(tokens: Tokens, at: int, words: Lexicon) -> str | None:
    """The verb of "grew in the first quarter 0.3%": behind words of a time only."""
    for place in range(at, at - NEAR, -1):
        if not tokens.same_line(place + 1):
            return None
        word = tokens.low[place]
        if is_time_word(tokens, place, words):
            continue
        return words.changes["verb"].get(word) if place < at else None
    return None


def verb_before_object(tokens: Tokens, at: int, reading: Reading, words: Lexicon) -> str | None:
    """Boosted net profit 16%; cut its prices 5% this year: what it was done to stands between, and nothing behind."""
    after, lists = reading.last, words.lists
    if tokens.kinds[after] == "w" and tokens.low[after] not in lists["function_words"]:
        return None
    if tokens.low[at] in lists["function_words"] or tokens.low[at].endswith(words.possessives):
        return None
    for place in range(at, at - LONGEST_OBJECT, -1):
        word = tokens.low[place]
        if word in lists["object_verbs"]:
            return words.changes["verb"].get(word) if place < at else None
        small = word in lists["function_words"] and word not in lists["determiners"]
        if tokens.kinds[place] != "w" or small or not tokens.same_line(place + 1):
            return None
    return None
