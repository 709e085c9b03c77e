"""Direction: whether a number is a rise or a fall, told by the verb, adverb or noun that governs it.

In: a reading and the tokens around it. Out: up, down or None. "Rose 3% to $40" is 3 percent up; 40 dollars is a level.
"""

from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.moves import move_of
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.times import is_time_word
from transforms.find.quantities.tokens import Tokens

REACH = 12
"""Words between "raised" and "by 75 basis points" at most."""
NEAR = 6
"""Words of a time between verb and number at most: "grew in the first quarter 0.3%"."""
CLAUSE_ENDS = frozenset({".", ";", ":", "(", ")", "!", "?"})


def change_of(tokens: Tokens, reading: Reading, words: Lexicon) -> str | None:
    """The direction of a quantity, None when it is a level or nothing says so."""
    if reading.kind in {"ordinal", "age", "score", "duration"}:
        return None
    if reading.rule == "range_from_to":
        return move_of(tokens, reading, words)
    at = _before_number(tokens, reading, words)
    return (
        _governed(tokens, at, reading, words)
        or _noun_of(tokens, at, reading, words)
        or _noun_after(tokens, reading, words)
        or _adverb_after(tokens, reading, words)
    )


def _before_number(tokens: Tokens, reading: Reading, words: Lexicon) -> int:
    """The token that may govern the number, words like "a further" skipped; padding when the line begins here."""
    at = reading.first - 1
    for _ in range(3):
        if tokens.low[at] not in words.lists["adverbs_before_number"] or not tokens.same_line(at + 1):
            break
        at -= 1
    return at if tokens.same_line(at + 1) else 0


def _governed(tokens: Tokens, at: int, reading: Reading, words: Lexicon) -> str | None:
    """Rose 3%; cut its forecast by 3%; was down 3%; grew in the first quarter 3%."""
    word = tokens.low[at]
    if word in words.lists["by"]:
        return _verb_before_by(tokens, at - 1, words)
    adverb = words.changes["adverb"].get(word)
    if adverb:
        phrasal = tokens.low[at - 1] in words.lists["phrasal_verbs"]
        return None if phrasal or (reading.bare and not _is_points(tokens, reading, words)) else adverb
    verb = words.changes["verb"].get(word)
    if verb and _is_distance(reading) and word in words.lists["moving_verbs"]:
        return None  # she jumped 6.98 metres
    if verb is None and reading.kind == "percent":
        return _verb_before_time(tokens, at, words)
    return verb if verb and _counts_change(tokens, reading, word, words) else None


def _is_distance(reading: Reading) -> bool:
    return reading.kind == "measure" and reading.unit is not None and reading.unit.si_unit == "m" and not reading.rate


def _counts_change(tokens: Tokens, reading: Reading, verb: str, words: Lexicon) -> bool:
    """Whether a verb without "by" says how much: "rose 3%", but "lost 12 soldiers" and "added 3 rooms" only count."""
    if reading.kind in {"percent", "ratio"} or _is_points(tokens, reading, words):
        return True
    if verb in words.lists["transitive_changes"]:
        minor = reading.kind == "money" and reading.unit is not None and reading.unit.part == "minor"
        return minor or _in_percent_too(tokens, reading, words) or _leads_to_price(tokens, reading, words)
    return True


def _in_percent_too(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether the same is said in percent: "added $1.20, or 1.5%"; then it is a price that moved."""
    at = reading.last
    at += tokens.low[at] == ","
    if tokens.low[at] not in words.lists["or"] and tokens.low[at] != "(":
        return False
    found = words.units.at(tokens, at + 2)
    return tokens.kinds[at + 1] == "n" and found is not None and found[0].unit.kind == "percent"


def _leads_to_price(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether the new price follows: "gold gained $12.30 to $1,934.10"."""
    at = reading.last
    if reading.kind != "money" or tokens.low[at] not in words.lists["range_to"] or tokens.kinds[at + 2] != "n":
        return False
    return words.currencies_before.at(tokens, at + 1) is not None


def _is_points(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether the number counts points of an index."""
    return reading.counted is not None and tokens.low[reading.counted[1] - 1] in words.lists["index_points"]


def _verb_before_by(tokens: Tokens, at: int, words: Lexicon) -> str | None:
    """The verb or noun of "raised its main rate by": the nearest one in the same clause."""
    for place in range(at, at - REACH, -1):
        word = tokens.low[place]
        if not word or not tokens.same_line(place + 1) or word in CLAUSE_ENDS or word in words.lists["margin_verbs"]:
            return None
        for part in ("verb", "adverb", "noun"):
            found = words.changes[part].get(word)
            if found and word not in words.lists["never_by"]:
                return found
    return None


def _verb_before_time(tokens: Tokens, at: int, words: Lexicon) -> str | None:
    """The verb of "grew in the first quarter 0.3%": behind words of a time only."""
    for place in range(at, at - NEAR, -1):
        if not tokens.same_line(place + 1):
            return None
        word = tokens.low[place]
        if is_time_word(tokens, place, words):
            continue
        return words.changes["verb"].get(word) if place < at else None
    return None


def _noun_of(tokens: Tokens, at: int, reading: Reading, words: Lexicon) -> str | None:
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


def _noun(tokens: Tokens, at: int, reading: Reading, words: Lexicon) -> str | None:
    """The direction of a noun, unless it is a way to move: "a fall of 40 metres", "a loss of $5 million"."""
    word = tokens.low[at]
    if reading.kind == "measure" and word in words.lists["movements"]:
        return None
    if reading.kind != "percent" and not _is_points(tokens, reading, words) and word in words.lists["percent_nouns"]:
        return None
    return words.changes["noun"].get(word)


def _noun_after(tokens: Tokens, reading: Reading, words: Lexicon) -> str | None:
    """A 19% drop, a 25-basis-point cut, a 5% year-on-year increase, a 12-point gain."""
    at = reading.last
    if reading.kind == "cardinal" and reading.unit is None:
        at += tokens.low[at] == "-"
        if tokens.low[at] not in words.lists["index_points"]:
            return None
        at += 1
    elif reading.kind not in {"percent", "money", "measure", "temperature"}:
        return None
    for place in range(at, at + NEAR):
        if not tokens.same_line(place):
            return None
        noun = _noun(tokens, place, reading, words)
        if noun:
            verb = tokens.low[place] in words.lists["movement_verbs"] and reading.kind != "percent"
            return noun if not verb and tokens.low[place + 1] not in words.lists["after_verb_not_noun"] else None
        if tokens.low[place] != "-" and tokens.low[place] not in words.lists["change_modifiers"]:
            return None
    return None


def _adverb_after(tokens: Tokens, reading: Reading, words: Lexicon) -> str | None:
    """Closed 4 percent higher, 25 cents lower; is 3% up on last year."""
    at = reading.last
    points = _is_points(tokens, reading, words)
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
