"""Where a story goes on: its sentences, scenes and lead come in, the place of a sentence that names none goes out."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from transforms.find.mentions import Mention
from transforms.find.sentences import Sentence, sentence_at
from transforms.link.claims.scenes import WORD, Scene, Scenes, Words

WATER = "water"
WIDE = ("country", "region", "continent")
"""Kinds of place that may hold the place of a lead."""
FROM_AFAR = 2
"""Sentences before a claim whose place it may share."""
ROW = 40
"""Characters between two places that stand in a row."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A story as its claims see it: `counted` sentences hold one, `starts` are where they begin."""

    text: str
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    scenes: Scenes
    counted: frozenset[int]
    starts: Sequence[int]
    lead: Mention | None
    words: Words


def inherited(sentence: Sentence, stage: Stage) -> Mention | None:
    """The place of the sentences just before in the paragraph, else that of the lead while the story stays there."""
    number = bisect_left(stage.sentences, sentence.start, key=lambda other: other.start)
    says_there = any(word.lower() in stage.words["there"] for word in WORD.findall(sentence.text))
    for other in reversed(stage.sentences[max(0, number - FROM_AFAR) : number]):
        if other.paragraph != sentence.paragraph and not says_there:
            break
        near = [scene for scene in stage.scenes.of(other) if _is_set(scene) or says_there]
        if near:
            return first_of_row(near).mention if says_there else _only([scene.mention for scene in near])
    lead = stage.lead
    if lead is None or _has_moved(number, lead, stage):
        return None
    told = sentence_at(stage.sentences, lead.start)
    # "in Asunción 214 are in hospital" tells where those are, not where all are
    return None if told is not None and told.start > sentence.start and told.start in stage.counted else lead


def first_of_row(scenes: Sequence[Scene]) -> Scene:
    """The first of the last places that stand in a row: "in Djibo, in the north of Burkina Faso" tells of Djibo."""
    return last_row(scenes)[0]


def last_row(scenes: Sequence[Scene]) -> Sequence[Scene]:
    """The last places that stand in a row."""
    last = len(scenes) - 1
    while last > 0 and scenes[last].start - scenes[last - 1].mention.end < ROW:
        last -= 1
    return scenes[last:]


def narrower(scenes: Sequence[Scene]) -> Scene:
    """The first place, or the town beside it when it is a river or a country: "on the Congo river near Mbandaka"."""
    if len(scenes) < 2 or scenes[0].mention.place_kind not in (*WIDE, WATER):
        return scenes[0]
    close = scenes[1].start - scenes[0].mention.end < ROW
    return scenes[1] if close and scenes[1].mention.place_kind not in (None, *WIDE, WATER) else scenes[0]


def _is_set(scene: Scene) -> bool:
    """Whether things happen there: not only on the way, and not in a hospital."""
    return scene.firm and not scene.care


def _only(places: Sequence[Mention]) -> Mention | None:
    """The one narrow place among several, else the one wide one; None when there are two."""
    narrow = [place for place in places if place.place_kind not in WIDE] or list(places)
    return narrow[0] if len({place.entity_id or place.text for place in narrow}) == 1 else None


def _has_moved(number: int, lead: Mention, stage: Stage) -> bool:
    """Whether the story has left its lead: for where the sentence before is, or the last that counts somebody."""
    before = list(stage.sentences[max(0, number - 1) : number])
    before += islice((other for other in reversed(stage.sentences[:number]) if other.start in stage.counted), 1)
    return any(
        _is_elsewhere(scene.mention, lead)
        for other in before
        if other.start > lead.start
        for scene in stage.scenes.of(other)
        if _is_set(scene)
    )


def _is_elsewhere(place: Mention, lead: Mention) -> bool:
    """Whether a place is neither the lead's nor one that may hold it."""
    if place.entity_id == lead.entity_id:
        return False
    return not (place.place_kind in WIDE and place.country_code == lead.country_code)
