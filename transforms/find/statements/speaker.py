"""The words for one speaker: their place in a text, and where no such words can reach."""

from dataclasses import dataclass

from transforms.find.statements.marked import NONE, Marked

ACTORS = frozenset({"PER", "ORG", "LOC", "NORP", "FAC"})
"""Labels of names that can speak."""


_IN_PHRASES = frozenset(".'’&/$-")
"""Signs that a phrase for a speaker may hold."""


@dataclass(slots=True)
class Speaker:
    """Tokens `first` to `last` (exclusive) with apposition; `start` and `end` are the characters of name or phrase.

    `known`: a name, a pronoun, or a word for somebody who may speak. `clause`: a verb follows the phrase directly.
    """

    first: int
    last: int
    start: int
    end: int
    known: bool
    name: str = ""
    clause: bool = False


def is_boundary(marked: Marked, index: int) -> bool:
    """Whether no phrase for a speaker reaches across this token."""
    if marked.quote_of[index] != NONE:
        return True
    if marked.mention_of[index] != NONE:
        return False
    word = marked.low[index]
    return word in marked.words.lists["clause_openers"] or not (word[0].isalnum() or word in _IN_PHRASES)


def named(marked: Marked, first: int, last: int, number: int, coordinated: bool) -> Speaker:
    """The speaker that a name at the end of tokens `first` to `last` is; with all of them when it is not alone."""
    mention = marked.mentions[number]
    start = marked.starts[first] if coordinated or mention.label == "NORP" else mention.start
    return Speaker(first, last, start, mention.end, mention.label in ACTORS, mention.label)
