"""Whether words are a clause: a stretch of tokens comes in, whether a verb seems to be in it goes out."""

from transforms.find.statements.marked import NONE, Marked

BREAKS = (",", "–", "—", "--")
"""Signs between a statement and its attribution."""
_FEWEST_WORDS = 2
"""Words before ", he said" that can be a statement: "Not yet, he said" has two."""


def has_verb(marked: Marked, first: int, last: int) -> bool:
    """Whether a verb seems to be among tokens: a helping or common one, or a form in -ed."""
    low, finite, irregular = marked.low, marked.words["finite"], marked.words["irregular"]
    for token in range(first, min(last, first + 60)):
        word = low[token]
        if marked.mention_of[token] != NONE:
            continue
        if word in finite or word in irregular or (len(word) > 4 and word.endswith("ed")):
            return True
    return False


def fewer_words(marked: Marked, lowest: int, index: int) -> bool:
    """Whether too few words stand before a token to be a statement."""
    return sum(marked.is_word(token) for token in range(max(lowest, index - 8), index)) < _FEWEST_WORDS


def only_circumstance(marked: Marked, lowest: int, index: int) -> bool:
    """Whether "In Damascus," or "After the attack," is all there is before a speaker."""
    words = marked.words
    opens = (
        marked.low[lowest] in words["prepositions"]
        or marked.low[lowest] in words["adverbs"]
        or marked.low[lowest] in words["days"]
    )
    return opens and not has_verb(marked, lowest, index)
