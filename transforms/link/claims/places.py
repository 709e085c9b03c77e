"""Where a claim happened: the place that its clause names, else the one its story is about.

In: claims, mentions with ids, statements. Out: the claims with `place` and `place_entity_id`; both None in doubt.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from transforms.find.claims import Claim
from transforms.find.mentions import Mention
from transforms.find.sentences import Sentence, sentence_at
from transforms.find.statements.statement import Statement
from transforms.link.claims.leads import lead_of, opening
from transforms.link.claims.scenes import WORD, Scene, Words, scenes_of
from transforms.link.claims.stage import Stage, first_of_row, inherited, last_row, narrower
from transforms.link.claims.wholes import kind_of, whole_of

PERIOD, IN_HOSPITAL = "period", "hospitalised"
MOVED = ("displaced", "evacuated", "kidnapped")
"""Those who go from one place to another are counted in either."""


def set_places(
    text: str,
    claims: Sequence[Claim],
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    sentences: Sequence[Sentence],
    words: Words,
) -> list[Claim]:
    """The claims with their places."""
    reach = _reach(claims, sentences)
    near = [mention for mention in mentions if mention.start < reach]
    scenes = scenes_of(text, near, statements, words)
    lead = lead_of(sentences, scenes, mentions)
    told = (sentence_at(sentences, claim.start) for claim in claims)
    counted = frozenset(sentence.start for sentence in told if sentence is not None)
    stage = Stage(text, sentences, near, scenes, counted, sorted(claim.start for claim in claims), lead, words)
    return _with_wholes([_placed(claim, stage) for claim in claims])


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


def _placed(claim: Claim, stage: Stage) -> Claim:
    sentence = sentence_at(stage.sentences, claim.start)
    if sentence is None:
        return claim
    mention = _mention_of(claim, sentence, stage)
    if mention is None:
        return claim
    return replace(claim, place=mention.name or mention.text, place_entity_id=mention.entity_id)


def _mention_of(claim: Claim, sentence: Sentence, stage: Stage) -> Mention | None:
    """The place in a claim's own sentence, the whole that the sentence means, or that of the story."""
    scenes, lead = _scenes_of(claim, sentence, stage), stage.lead
    if scenes and lead is not None and scenes[0].points and sentence.start <= lead.start < sentence.end:
        return lead
    if scenes:
        return _nearest(claim, scenes, stage)
    kind = kind_of(sentence.text, stage.words)
    if kind is not None:
        return whole_of(kind, sentence, stage.mentions, lead)
    if claim.tally == PERIOD or (claim.hypothetical and not _may_have_been(sentence.text, stage.words)):
        return None
    return inherited(sentence, stage)


def _scenes_of(claim: Claim, sentence: Sentence, stage: Stage) -> Sequence[Scene]:
    """The places of a sentence that may be those of a claim: "two men from Leeds" tells nothing of where they died."""
    scenes = stage.scenes.of(sentence)
    if claim.metric not in MOVED:
        scenes = [scene for scene in scenes if scene.firm] or [scene for scene in scenes if scene.points]
    if claim.metric != IN_HOSPITAL:
        scenes = [scene for scene in scenes if not scene.care or _is_own_care(claim, scene, stage)]
    return scenes


def _is_own_care(claim: Claim, scene: Scene, stage: Stage) -> bool:
    """Whether a hospital is that of a claim's clause: not in "one was pulled out; he was flown to hospital in Sion"."""
    return scene.start > claim.start and not _parted(stage.text[claim.end : scene.start], stage.words)


def _may_have_been(text: str, words: Words) -> bool:
    """Whether doubts are about what may have happened already: "feared dead", "could have died"."""
    return any(word.lower() in words["past_doubt"] for word in WORD.findall(text))


def _nearest(claim: Claim, scenes: Sequence[Scene], stage: Stage) -> Mention | None:
    """The first place behind the claim in its clause, else the last one before it."""
    scenes = [scene for scene in scenes if scene.firm] or scenes
    after = [s for s in scenes if s.start >= claim.end]
    if after and not _parted(stage.text[claim.end : after[0].start], stage.words):
        # "In Kharkiv four were hurt, and a woman died in Sumy": a place behind another count is that one's
        others = bisect_left(stage.starts, after[0].start) - bisect_left(stage.starts, claim.end)
        if not (others and any(s.start < claim.start for s in scenes)):
            return narrower(after).mention
    before = [s for s in scenes if s.start < claim.start]
    if before:
        return narrower(last_row(before)).mention
    return after[0].mention if after and first_of_row(after) is after[0] else None


def _parted(between: str, words: Words) -> bool:
    """Whether another clause begins between a claim and a place."""
    return any(word.lower() in words["clause"] for word in WORD.findall(between))
