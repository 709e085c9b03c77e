"""Whether the words that a verb needs follow it: "to hospital" behind "taken", "alive" behind "pulled".

In: a sentence, a verb and its place. Out: yes or no.
"""

from transforms.find.claims.chain import doubts
from transforms.find.claims.pattern import follows
from transforms.find.claims.sentence import Sentence
from transforms.find.claims.words import Verb

LONGEST_COMPLETION = 9
HOSPITAL = ("HOSPITAL",)
CLAUSE_ENDS = ("breaks", "clause_marks", "be_finite")


def is_completed(sentence: Sentence, verb: Verb, index: int) -> bool:
    """Whether one of the phrases that a verb asks for follows, in its clause, or it asks for none."""
    tokens = sentence.tokens
    if not verb.completed and not verb.at_once:
        return True
    if verb.signs.isdisjoint(sentence.low):
        return False
    if follows(tokens, index + 1, verb.at_once) >= 0:
        return True
    breaks, marks, finite = (tokens.words.lists[name] for name in CLAUSE_ENDS)
    for place in range(index + 1, min(len(tokens), index + 1 + LONGEST_COMPLETION)):
        word = tokens.low[place]
        if word in verb.opens and follows(tokens, place, verb.completed) >= 0:
            return not any(doubts(tokens, p, "verb") for p in range(max(0, place - 1), place))
        if HOSPITAL in verb.completed and _hospital(sentence, index):
            return True
        if word in breaks or word in marks or word in finite:
            return False
    return False


def _hospital(sentence: Sentence, index: int) -> bool:
    """Whether a hospital stands right before a verb: "the clinic treated 20 people"."""
    tokens = sentence.tokens
    before = tokens.low[max(0, index - 4) : index]
    return any(word in tokens.words.needs["HOSPITAL"] for word in before) and not any(
        word in tokens.words.lists["and"] or word in tokens.words.lists["be"] or word == "," for word in before
    )
