"""Direction: whether a number is a rise or a fall, told by the verb, adverb or noun that governs it.

In: a reading and the tokens around it. Out: up, down or None. "Rose 3% to $40" is 3 percent up; 40 dollars is a level.
"""

from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.readings import Reading
from transforms.find.quantities.tokens import Tokens

REACH = 12
"""Words between "raised" and "by 75 basis points" at most."""


def change_of(tokens: Tokens, reading: Reading, words: Lexicon) -> str | None:
    """The direction of a quantity, None when it is a level or nothing says so."""
    if reading.kind in {"ordinal", "age", "score"}:
        return None
    if reading.kind == "duration" or reading.rule == "range_from_to":
        return None
    return _governed(tokens, reading, words) or _after(tokens, reading, words)


def _governed(tokens: Tokens, reading: Reading, words: Lexicon) -> str | None:
    at = reading.first - 1
    skipped = 0
    while tokens.low[at] in words.lists["adverbs_before_number"] and skipped < 3 and tokens.same_line(at + 1):
        at -= 1
        skipped += 1
    if not tokens.same_line(at + 1):
        return None
    word = tokens.low[at]
    if word == "by":
        return _verb_before_by(tokens, at - 1, words)
    adverb = words.changes["adverb"].get(word)
    if adverb:
        phrasal = tokens.low[at - 1] in words.lists["phrasal_verbs"]
        return None if phrasal or (reading.bare and not _is_points(tokens, reading, words)) else adverb
    return words.changes["verb"].get(word) if _counts_change(tokens, reading, word, words) else None


def _counts_change(tokens: Tokens, reading: Reading, verb: str, words: Lexicon) -> bool:
    """Whether a verb without "by" says how much: "rose 3%", but "lost 12 soldiers" and "added 3 rooms" only count."""
    if reading.kind == "percent" or _is_points(tokens, reading, words):
        return True
    if verb in words.lists["transitive_changes"]:
        return reading.kind == "money" and reading.unit is not None and reading.unit.part == "minor"
    return True


def _is_points(tokens: Tokens, reading: Reading, words: Lexicon) -> bool:
    """Whether the number counts points of an index."""
    return reading.counted is not None and tokens.low[reading.counted[1] - 1] in words.lists["index_points"]


def _verb_before_by(tokens: Tokens, at: int, words: Lexicon) -> str | None:
    """The verb of "raised its main rate by": the nearest one in the same clause."""
    for place in range(at, at - REACH, -1):
        word = tokens.low[place]
        if not word or not tokens.same_line(place + 1) or word in {".", ";", ":", "(", ")", "!", "?"}:
            return None
        verb = words.changes["verb"].get(word) or words.changes["adverb"].get(word)
        if verb and word != "off":
            return verb
        noun = words.changes["noun"].get(word)
        if noun:
            return noun
    return None


def _after(tokens: Tokens, reading: Reading, words: Lexicon) -> str | None:
    """4 percent higher; a 4 percent drop."""
    at = reading.last
    if not tokens.same_line(at) or reading.kind not in {"percent", "measure", "money", "temperature"}:
        return None
    after = words.changes["after"].get(tokens.low[at])
    if after and tokens.low[at + 1] != "than" and reading.kind == "percent":
        return after
    return None
