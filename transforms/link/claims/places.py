"""Where a claim happened: the place that its clause names, else the one its story is about.

In: claims, mentions with ids, statements. Out: the claims with `place` and `place_entity_id`; both None in doubt.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import islice

from transforms.find.claims import Claim
from transforms.find.mentions import Mention
from transforms.find.sentences import Sentence, sentence_at
from transforms.find.statements.statement import Statement
from transforms.link.claims.leads import lead_of, opening
from transforms.link.claims.scenes import PLACES, WORD, Scene, Words, scene_of
from transforms.link.claims.wholes import kind_of, whole_of

PERIOD, IN_HOSPITAL = "period", "hospitalised"
MOVED = ("displaced", "evacuated", "kidnapped")
"""Those who go from one place to another are counted in either."""
WIDE = ("country", "region", "continent")
"""Kinds of place that may hold the place of a lead."""
FROM_AFAR = 2
"""Sentences around a claim whose place it may share."""


def set_places(
    text: str,
    claims: Sequence[Claim],
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    sentences: Sequence[Sentence],
    words: Words,
) -> list[Claim]:
    """The claims with their places."""
    speakers = [(s.speaker_start, s.speaker_end) for s in statements if s.speaker_start is not None]
    owners = {mention.end for mention in mentions if mention.label in PLACES}
    reach = _reach(claims, sentences)
    near = [mention for mention in mentions if mention.start < reach]
    scenes = [scene for mention in near if (scene := scene_of(text, mention, speakers, owners, words)) is not None]
    by_sentence: dict[int, list[Scene]] = {}
    for scene in scenes:
        sentence = sentence_at(sentences, scene.mention.start)
        if sentence is not None:
            by_sentence.setdefault(sentence.start, []).append(scene)
    spoken = [scene for mention in near if (scene := scene_of(text, mention, (), owners, words)) and scene.firm]
    first = next(iter(opening(sentences)), None)
    spoken = [s for s in spoken if first is not None and first.start <= s.start < first.end]
    lead = lead_of(sentences, by_sentence, mentions, text, words, spoken)
    told = (sentence_at(sentences, claim.start) for claim in claims)
    counted = {sentence.start for sentence in told if sentence is not None}
    starts = sorted(claim.start for claim in claims)
    placed = [_placed(text, claim, near, starts, counted, sentences, by_sentence, lead, words) for claim in claims]
    return _with_wholes(placed)


def _reach(claims: Sequence[Claim], sentences: Sequence[Sentence]) -> int:
    """The end of the last sentence that has a claim or may tell the lead: nobody asks for the places behind it."""
    told = [sentence_at(sentences, claim.start) for claim in claims]
    return max((sentence.end for sentence in (*opening(sentences), *told) if sentence is not None), default=0)


def _with_wholes(claims: Sequence[Claim]) -> list[Claim]:
    """A part happened where its whole did, unless it names a place of its own."""
    wholes = {claim.start: claim for claim in claims}
    return [
        claim
        if claim.place is not None or claim.part_of not in wholes
        else replace(claim, place=wholes[claim.part_of].place, place_entity_id=wholes[claim.part_of].place_entity_id)
        for claim in claims
    ]


def _only(places: Sequence[Mention]) -> Mention | None:
    """The one narrow place among several, else the one wide one; None when there are two."""
    narrow = [place for place in places if place.place_kind not in WIDE] or list(places)
    return narrow[0] if len({place.entity_id or place.text for place in narrow}) == 1 else None


def _placed(
    text: str,
    claim: Claim,
    mentions: Sequence[Mention],
    starts: Sequence[int],
    counted: Set[int],
    sentences: Sequence[Sentence],
    by_sentence: Mapping[int, Sequence[Scene]],
    lead: Mention | None,
    words: Words,
) -> Claim:
    sentence = sentence_at(sentences, claim.start)
    if sentence is None:
        return claim
    scenes = by_sentence.get(sentence.start, ())
    if claim.metric not in MOVED:
        # "two men from Leeds" tells nothing of where they died
        scenes = [scene for scene in scenes if scene.firm] or [scene for scene in scenes if scene.points]
    if claim.metric != IN_HOSPITAL:
        scenes = [scene for scene in scenes if not scene.care or scene.start > claim.start]
    if lead is not None and scenes and scenes[0].points and sentence.start <= lead.start < sentence.end:
        return replace(claim, place=lead.name or lead.text, place_entity_id=lead.entity_id)
    kind = None if scenes else kind_of(sentence.text, words)
    if scenes:
        mention = _nearest(text, claim, starts, scenes, words)
    elif kind is not None:
        mention = whole_of(kind, sentence, mentions, lead)
    elif claim.tally != PERIOD and (not claim.hypothetical or _may_have_been(sentence.text, words)):
        mention = _inherited(sentence, sentences, by_sentence, counted, lead, words)
    else:
        mention = None
    if mention is None:
        return claim
    return replace(claim, place=mention.name or mention.text, place_entity_id=mention.entity_id)


def _may_have_been(text: str, words: Words) -> bool:
    """Whether doubts are about what may have happened already: "feared dead", "could have died"."""
    return any(word.lower() in words["past_doubt"] for word in WORD.findall(text))


def _nearest(text: str, claim: Claim, starts: Sequence[int], scenes: Sequence[Scene], words: Words) -> Mention | None:
    """The first place behind the claim in its clause, else the last one before it."""
    scenes = [scene for scene in scenes if scene.firm] or scenes
    after = [s for s in scenes if s.start >= claim.end]
    if after and not _parted(text[claim.end : after[0].start], words):
        # "In Kharkiv four were hurt, and a woman died in Sumy": a place behind another count is that one's
        others = bisect_left(starts, after[0].start) - bisect_left(starts, claim.end)
        if not (others and any(s.start < claim.start for s in scenes)):
            return after[0].mention
    before = [s for s in scenes if s.start < claim.start]
    if before:
        return _first_of_row(before).mention
    return after[0].mention if after and _first_of_row(after) is after[0] else None


def _first_of_row(scenes: Sequence[Scene]) -> Scene:
    """The first of the last places that stand in a row: "in Djibo, in the north of Burkina Faso" tells of Djibo."""
    last = len(scenes) - 1
    while last > 0 and scenes[last].start - scenes[last - 1].mention.end < 40:
        last -= 1
    return scenes[last]


def _parted(between: str, words: Words) -> bool:
    """Whether another clause begins between a claim and a place."""
    return any(word.lower() in words["clause"] for word in WORD.findall(between))


def _inherited(
    sentence: Sentence,
    sentences: Sequence[Sentence],
    by_sentence: Mapping[int, Sequence[Scene]],
    counted: Set[int],
    lead: Mention | None,
    words: Words,
) -> Mention | None:
    """The place of the sentences just before in the paragraph, else that of the lead while the story stays there."""
    number = bisect_left(sentences, sentence.start, key=lambda other: other.start)
    says_there = any(word.lower() in words["there"] for word in WORD.findall(sentence.text))
    for other in reversed(sentences[max(0, number - FROM_AFAR) : number]):
        if other.paragraph != sentence.paragraph and not says_there:
            break
        near = [scene for scene in by_sentence.get(other.start, ()) if scene.firm or says_there]
        if near:
            return _first_of_row(near).mention if says_there else _only([scene.mention for scene in near])
    if lead is not None and lead.start > sentence.end:
        told = sentence_at(sentences, lead.start)
        if told is not None and told.start in counted:
            return None  # "in Asunción 214 are in hospital" tells where those are, not where all are
    return None if lead is None or _has_moved(number, sentences, by_sentence, counted, lead) else lead


def _has_moved(
    number: int,
    sentences: Sequence[Sentence],
    by_sentence: Mapping[int, Sequence[Scene]],
    counted: Set[int],
    lead: Mention,
) -> bool:
    """Whether the story has left its lead: for where the sentence before is, or the last that counts somebody."""
    before = list(sentences[max(0, number - 1) : number])
    before += [*islice((other for other in reversed(sentences[:number]) if other.start in counted), 1)]
    return any(
        _is_elsewhere(scene.mention, lead)
        for other in before
        if other.start > lead.start
        for scene in by_sentence.get(other.start, ())
        if scene.firm
    )


def _is_elsewhere(place: Mention, lead: Mention) -> bool:
    """Whether a place is neither the lead's nor one that may hold it."""
    if place.entity_id == lead.entity_id:
        return False
    return not (place.place_kind in WIDE and place.country_code == lead.country_code)
