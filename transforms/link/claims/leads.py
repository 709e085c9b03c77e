"""What a story is about: its sentences, scenes and mentions come in, the place of its lead goes out."""

from collections.abc import Sequence
from itertools import islice

from transforms.find.mentions import Mention
from transforms.find.sentences import Sentence
from transforms.link.claims.scenes import ORGANISATION, Scenes, Words, only_points
from transforms.link.claims.stage import narrower

DATELINE = 40
"""Characters at the head of a story that a dateline takes up: "LUBBOCK, Texas, April 2 (Reuters) - "."""
OPENING = 3
"""Sentences that may tell where a story happens when its first does not."""


def lead_of(sentences: Sequence[Sentence], scenes: Scenes, mentions: Sequence[Mention]) -> Mention | None:
    """The place of the first sentence that is no heading: the first behind a preposition, else its dateline.

    A story whose first sentence names none is about where its speaker is ("police in Manila said"), else the first
    place of the next sentences.
    """
    for number, sentence in enumerate(opening(sentences)):
        firm = [scene for scene in scenes.of(sentence) if scene.firm]
        if firm:
            return narrower(firm).mention
        if number == 0 and (found := _loosely(sentence, scenes, mentions)) is not None:
            return found
    return None


def _loosely(sentence: Sentence, scenes: Scenes, mentions: Sequence[Mention]) -> Mention | None:
    """Where a first sentence comes from, goes to, is written, speaks or is near, when nothing tells where it is."""
    found = scenes.of(sentence)
    moving = [scene.mention for scene in found if not scene.points]
    named = moving[0] if moving else _named(sentence, mentions, scenes.text, scenes.words)
    if named is not None:
        return named
    spoken = (scene for scene in scenes.spoken_at(sentence) if scene.firm)
    return next((scene.mention for scene in (*spoken, *found)), None)


def opening(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that may tell where a story happens."""
    return list(islice((sentence for sentence in sentences if sentence.kind != "heading"), OPENING))


def _named(sentence: Sentence, mentions: Sequence[Mention], text: str, words: Words) -> Mention | None:
    """The only place that a lead names, as in "an earthquake shook Malatya"; if it names none, that of its dateline."""
    named = [
        mention
        for mention in mentions
        if mention.label == "LOC" and mention.entity_id and sentence.start <= mention.start < sentence.end
    ]
    bodies = [mention for mention in mentions if mention.label == ORGANISATION]
    named = [m for m in named if not any(b.start <= m.start and m.end <= b.end for b in bodies)]
    if not named or not words["place_before"]:
        return None
    dateline = named[0] if _is_dateline(text, sentence, named[0], words) else None
    inner = [
        m for m in named if not (dateline and m.start < sentence.start + DATELINE) and not only_points(text, m, words)
    ]
    ids = {mention.entity_id for mention in inner}
    return dateline if not ids else inner[0] if len(ids) == 1 else None


def _is_dateline(text: str, sentence: Sentence, first: Mention, words: Words) -> bool:
    """Whether a sentence begins with where it was written: "LAGOS (AP) - ", "Dhaka - "."""
    if first.start != sentence.start:
        return False
    return first.text.isupper() or text[first.end : first.end + 2].strip() in words["dashes"]
