"""What a verb needs behind it to put words into a mouth without `that`: a clause, an object, "X as Y", "X of Y".

In: tokens behind a verb. Out: whether they are the words of its subject. "Called the deal a mistake" gives words,
"called the police" does not; which verb needs what is data: the column `takes` of `verbs.csv`.
"""

from collections.abc import Callable

from transforms.find.statements.clauses import has_verb
from transforms.find.statements.marked import NONE, Marked
from transforms.find.statements.speaker import is_boundary
from transforms.find.statements.words import Verb

_FAR = 25
_NEAR = 14
"""Tokens behind a verb in which its frame is complete."""


def takes_words(marked: Marked, verb: Verb, begin: int, highest: int) -> str:
    """The frame by which what begins at a token is the words of this verb; nothing if none is complete."""
    low, words = marked.low, marked.words
    if begin >= highest or (low[begin] in words.lists["finite"] and marked.mention_of[begin] == NONE):
        return ""
    if low[begin] in words.lists["empty_objects"] and not _has_noun(marked, begin, highest):
        return "clause" if "how" in verb.takes and low[begin] in words.lists["questions"] else ""
    end = _object_end(marked, begin, highest)
    for frame, is_complete in _FRAMES.items():
        if frame in verb.takes and is_complete(marked, begin, end):
            return frame
    if "bare" in verb.takes and highest - begin >= 3:
        return "clause"
    strict = next((token for token in range(begin, end) if low[token] in words.lists["joins"]), end)
    return "clause" if "clause" in verb.takes and has_verb(marked, begin, strict) else ""


def _has_noun(marked: Marked, begin: int, highest: int) -> bool:
    """Whether "no" or "little" has a noun or verb behind it ("expects no rain"), or a quotation begins there."""
    if marked.quote_of[begin] != NONE:
        return True
    following = begin + 1
    if following < highest and f"{marked.low[begin]}_{marked.low[following]}" in marked.words.lists["measured"]:
        return True
    if marked.low[begin] in marked.words.lists["nobodies"] and following < highest:
        return has_verb(marked, following, min(highest, following + 2))
    if (
        marked.low[begin] not in marked.words.lists["quantifiers"]
        or following >= highest
        or not marked.is_word(following)
    ):
        return False
    return marked.low[following] not in marked.words.lists["prepositions"] | marked.words.lists["clause_openers"]


def _object_end(marked: Marked, begin: int, highest: int) -> int:
    """Where the clause behind a verb ends, at most `_NEAR` words on; a quotation in it counts as one word."""
    end, seen = begin, 0
    while end < highest and seen < _NEAR:
        quote = marked.quote_of[end]
        if quote != NONE:
            end = max(end + 1, min(highest, marked.quote_tokens[quote][1]))
            if end > begin + 2 and "," in marked.low[end - 2 : end]:
                break  # “…,” closes a clause
        elif end > begin and is_boundary(marked, end) and marked.low[end] not in marked.words.lists["passed"]:
            break
        else:
            end += 1
        seen += 1
    return end


def _has(marked: Marked, begin: int, end: int, wanted: str) -> bool:
    return any(marked.low[token] in marked.words.lists[wanted] for token in range(begin + 1, end))


def _quoted(marked: Marked, begin: int, end: int) -> bool:
    """Whether a quotation is among some tokens, or stands a little farther in the same phrase."""
    for token in range(begin, min(max(end, begin + _FAR), len(marked.low))):
        if marked.quote_of[token] != NONE:
            return True
        if token >= end - 1 and (marked.low[token] == "." or (token >= end and is_boundary(marked, token))):
            return False
    return False


def _named_as(marked: Marked, begin: int, end: int) -> bool:
    """Whether "it a mistake" or "the deal a mistake" begins here."""
    if _quoted(marked, begin, end):
        return True
    low, words = marked.low, marked.words
    if begin + 1 < end and any(low[token] in words.lists["verdicts"] for token in range(begin + 1, end)):
        return True
    if low[begin] in words.lists["objects"]:
        return begin + 1 < end and low[begin + 1] in words.lists["articles"]
    opens = low[begin] in words.lists["determiners"] or marked.mention_of[begin] != NONE
    return opens and any(
        low[token] in words.lists["articles"] and low[token - 1] not in words.lists["prepositions"]
        for token in range(begin + 2, end)
    )


def _figure(marked: Marked, begin: int, end: int, preposition: str, figures: str = "figures") -> bool:
    """Whether "the toll at 29" begins here."""
    low, words = marked.low, marked.words
    for token in range(begin + 1, end - 1):
        if low[token] in words.lists[preposition] and any(
            low[near] in words.lists[figures] for near in range(begin, token)
        ):
            near = range(token + 1, min(end, token + 4))
            return any(low[token][0].isdigit() or low[token] in words.lists["numerals"] for token in near)
    return False


def _at(marked: Marked, begin: int, end: int) -> bool:
    return _figure(marked, begin, end, "at")


def _at_number(marked: Marked, begin: int, end: int) -> bool:
    """Whether "the flow at 300 cubic metres" begins here."""
    low, words = marked.low, marked.words
    return any(
        low[token] in words.lists["at"] and (low[token + 1][0].isdigit() or low[token + 1] in words.lists["numerals"])
        for token in range(begin + 1, end - 1)
    )


def _to_figure(marked: Marked, begin: int, end: int) -> bool:
    return _figure(marked, begin, end, "to", "tolls")


def _as_figure(marked: Marked, begin: int, end: int) -> bool:
    return _figure(marked, begin, end, "as")


def _as(marked: Marked, begin: int, end: int) -> bool:
    """Whether "X as Y" begins here; a Y in quotation marks may stand farther off."""
    low, words = marked.low, marked.words
    far = begin
    while far < min(len(low) - 1, begin + _FAR) and low[far] != ".":
        far += 1
    return _has(marked, begin, end, "as") or any(
        low[token] in words.lists["as"] and marked.quote_of[token + 1] != NONE for token in range(begin + 1, far)
    )


def _of(marked: Marked, begin: int, end: int) -> bool:
    return _has(marked, begin, end, "of")


def _to(marked: Marked, begin: int, end: int) -> bool:
    """Whether somebody "to …" begins here: of "asked not to be named" there are no words."""
    low, words = marked.low, marked.words
    return low[begin] not in words.lists["asked_for"] | words.lists["negations"] and _has(
        marked, begin, end, "asked_for"
    )


def _responsible(marked: Marked, begin: int, end: int) -> bool:
    return _has(marked, begin, end, "responsible")


def _object(marked: Marked, begin: int, _end: int) -> bool:
    return marked.mention_of[begin] != NONE or marked.low[begin] not in marked.words.lists["prepositions"]


def _denial(marked: Marked, begin: int, end: int) -> bool:
    if marked.mention_of[begin] == NONE and marked.low[begin].endswith("ing"):
        return True
    return _quoted(marked, begin, end) or any(
        marked.low[token] in marked.words.lists["deniables"] for token in range(begin, min(end, begin + 6))
    )


_FRAMES: dict[str, Callable[[Marked, int, int], bool]] = {
    "as": _as,
    "of": _of,
    "ask": _to,
    "name": _named_as,
    "judge": _quoted,
    "at": _at,
    "responsible": _responsible,
    "at_number": _at_number,
    "to_figure": _to_figure,
    "as_figure": _as_figure,
    "to_object": _to,
    "denial": _denial,
    "object": _object,
}
FRAMES = frozenset(_FRAMES)
"""Frames of an object: the words are the reporter's own, with at most a part quoted."""
