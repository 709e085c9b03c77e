"""Scores and votes: "3-2", "217 to 215". Two numbers that are neither a range nor a difference.

In: tokens and a place. Out: the reading of a score, which has no value, only its text and kind.
"""

from transforms.find.quantities.amount import Amount
from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.reading import Reading
from transforms.find.quantities.tokens import Tokens

REACH = 10
HIGHEST = 999


def read_score(tokens: Tokens, first: int, words: Lexicon) -> Reading | None:
    """The score that begins at a token: two whole numbers joined by a dash or "to", near a word of winning."""
    if not _whole(tokens, first) or (tokens.low[first - 1] in {"-", "–", "—", "$", "£", "€"} and tokens.glued(first)):
        return None
    joint, second = tokens.low[first + 1], first + 2
    dash = joint in {"-", "–", "—"} and tokens.glued(first + 1) and tokens.glued(second)
    if not (dash or (joint in words.lists["range_to"] and tokens.same_line(second))) or not _whole(tokens, second):
        return None
    last = second + 1
    third = tokens.low[last] in {"-", "–"} and tokens.glued(last) and _whole(tokens, last + 1)
    if third:
        last += 2
    if not dash and not _vote(tokens, first, words):
        return None
    if tokens.kinds[last] == "n" or tokens.low[last] == "%" or words.units.at(tokens, last) is not None:
        return None
    if not (third or _sporting(tokens, first, last, words)) and int(tokens.raw[first]) <= int(tokens.raw[second]):
        return None
    if tokens.low[last] in {"/", "-"} and tokens.glued(last) and tokens.kinds[last + 1] == "n":
        return None
    return Reading(first, last, Amount(first, last, None, "score"), None, "score", kind="score", core=first)


def _whole(tokens: Tokens, at: int) -> bool:
    return (
        tokens.kinds[at] == "n"
        and tokens.raw[at].isdigit()
        and int(tokens.raw[at][:9]) <= HIGHEST
        and len(tokens.raw[at]) < 4
    )


def _vote(tokens: Tokens, first: int, words: Lexicon) -> bool:
    return any(tokens.low[at] in words.lists["voting"] for at in range(first - 6, first))


def _sporting(tokens: Tokens, first: int, last: int, words: Lexicon) -> bool:
    """Whether winning, losing or voting is near, in the same sentence."""
    if tokens.low[last] in words.lists["score_after"]:
        return True
    for at in range(first - 1, first - REACH, -1):
        if not tokens.kinds[at] or tokens.low[at] in {".", "!", "?"}:
            return False
        if tokens.low[at] in words.lists["score_words"]:
            return True
    return False


def is_tie_break(tokens: Tokens, at: int, previous: Reading) -> bool:
    """Whether a number in brackets is the tie-break of a set: the 5 of "7-6 (5)"."""
    brackets = tokens.low[at - 1] == "(" and tokens.low[at + 1] == ")"
    return brackets and previous.kind == "score" and previous.last == at - 1
