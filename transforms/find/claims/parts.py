"""Counts that are part of another: "including three children", "61 of them civilians", "among the dead were two".

In: a sentence with its claims. Out: claims marked as parts, with the one that includes them when it stands in the
sentence; `whole.py` looks for the others in the story.
"""

from transforms.find.claims.breakdown import read_breakdown
from transforms.find.claims.parts_listed import read_among, read_including
from transforms.find.claims.parts_pointing import (
    mark_kinds,
    read_definite,
    read_of_the_state,
    read_of_whom,
    read_pronoun,
    read_severity,
)
from transforms.find.claims.sentence import Sentence


def mark_parts(sentence: Sentence) -> None:
    """Find the parts of the sentence and tie them to what includes them."""
    mark_kinds(sentence)
    words = sentence.tokens.words
    including, among, amounts, of = (
        words.lists["including"],
        words.lists["among"],
        words.lists["amounts_of_them"],
        words.lists["of"],
    )
    for place, word in enumerate(sentence.tokens.low):
        if word not in words.part_openers:
            continue
        if word in including:
            read_including(sentence, place, place + 1)
        elif word in among:
            read_among(sentence, place)
        elif word in amounts and _of_them(sentence, place):
            read_including(sentence, place, place + 3)
        elif word in of and sentence.tokens.at(place + 1) in words.lists["them"]:
            read_of_whom(sentence, place)
        elif word in of:
            read_of_the_state(sentence, place)
    for group in sentence.groups:
        if group.of_the and not group.of_state:
            read_definite(sentence, group)
        elif group.of_them or group.of_state:
            read_pronoun(sentence, group)
        elif group.people is None and group.noun is None:
            read_severity(sentence, group)
    read_breakdown(sentence)


def _of_them(sentence: Sentence, place: int) -> bool:
    tokens = sentence.tokens
    return tokens.at(place + 1) in tokens.words.lists["of"] and tokens.at(place + 2) in tokens.words.lists["them"]
