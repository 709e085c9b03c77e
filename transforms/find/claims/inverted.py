"""Claims of sentences turned round: "the dead are eight men and a girl", "killed were two pilots".

In: a sentence and the place of a word that tells what happened. Out: claims added to the sentence.
"""

from transforms.find.claims.objects import objects
from transforms.find.claims.sentence import Sentence

INVERTED = "inverted"


def read_inverted(sentence: Sentence, index: int, metric: str) -> None:
    """Add the claims of the counts behind "the dead are" or "killed were" at a token."""
    tokens = sentence.tokens
    words = tokens.words
    after = index + 1
    while tokens.at(after) in words.lists["inverted_between"]:
        after += 1
    if any(group.first <= index < group.last for group in sentence.groups):
        return  # "one of the victims was a teacher"
    apposed = tokens.at(after) == "," and tokens.at(index - 1) in words.lists["inverted_after"]
    if not (apposed or tokens.at(after) in words.lists["be_finite"] or tokens.at(after - 1) in words.lists["as_link"]):
        return
    before = tokens.at(index - 1)
    if not (index == 0 or before in words.lists["inverted_after"] or not tokens.is_word(index - 1)):
        return
    after += tokens.at(after) in words.lists["be_finite"] or apposed
    for group in objects(sentence, after):
        if apposed and not (
            tokens.at(group.last) in ("", ",", ".") or tokens.at(group.last) in words.lists["apposed_end"]
        ):
            return
        if apposed and group.people is None and tokens.at(group.last) in words.lists["in_all"]:
            group.people = True
        if group.people and group.human and not (group.of_state or group.of_them or group.of_the):
            sentence.add(group, metric, INVERTED, index)
