"""Datelines: the first token of a sentence comes in, the token behind "ROME, Nov. 30 (AP) —" goes out."""

from transforms.find.statements.marked import NONE, Marked

_HEAD = 3
"""Sentences of a story that may begin with a dateline; headings come before it."""
_LONGEST = 20
_BETWEEN = frozenset(",.()/")


def past_dateline(marked: Marked, number: int) -> int:
    """The token at which the news of a sentence begins: its first, unless a place and a dash stand before it."""
    first, last = marked.sentence_tokens[number]
    if number >= _HEAD or first >= last:
        return first
    word = marked.text[marked.starts[first] : marked.ends[first]]
    if not (word.isupper() and len(word) > 2) and marked.label(first) not in ("LOC", "FAC"):
        return first
    for token in range(first + 1, min(last - 1, first + _LONGEST)):
        low = marked.low[token]
        if low in marked.words.lists["dashes"] and marked.mention_of[token] == NONE:
            return token + 1
        if not (marked.capital(token) or low in _BETWEEN or low[0].isdigit() or marked.mention_of[token] != NONE):
            return first
    return first
