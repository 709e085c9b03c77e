"""Where a claim happened: the place that its clause names, else the one its story is about.

In: claims, mentions with ids, statements. Out: the claims with `place` and `place_entity_id`; both None in doubt.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from transforms.find.claims import Claim
from transforms.find.mentions import Mention
from transforms.find.sentences import Sentence, sentence_at
from transforms.find.statements.statement import Statement

Words = Mapping[str, frozenset[str]]
PLACES = ("LOC", "FAC")
PERIOD = "period"
WIDE = ("country", "region", "continent")
"""Kinds of place that may hold the place of a lead."""
DATELINE = 40
"""Characters at the head of a story that a dateline takes up: "LUBBOCK, Texas, April 2 (Reuters) - "."""
FROM_AFAR = 2
"""Sentences around a claim whose place it may share."""
_LOOK_BACK = 90
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class _Scene:
    """A place that something happens in or near (`firm`), or goes to or comes from; its preposition is at `start`."""

    start: int
    mention: Mention
    firm: bool


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
    scenes = [scene for mention in near if (scene := _scene(text, mention, speakers, owners, words)) is not None]
    by_sentence: dict[int, list[_Scene]] = {}
    for scene in scenes:
        sentence = sentence_at(sentences, scene.mention.start)
        if sentence is not None:
            by_sentence.setdefault(sentence.start, []).append(scene)
    lead = _lead(sentences, by_sentence, mentions, text, words)
    starts = sorted(claim.start for claim in claims)
    placed = [_placed(text, claim, starts, sentences, by_sentence, lead, words) for claim in claims]
    return _with_wholes(placed)


def _reach(claims: Sequence[Claim], sentences: Sequence[Sentence]) -> int:
    """The end of the last sentence that has a claim or may be the lead: nobody asks for the places behind it."""
    lead = next((sentence for sentence in sentences if sentence.kind != "heading"), None)
    told = [sentence_at(sentences, claim.start) for claim in claims]
    return max((sentence.end for sentence in (lead, *told) if sentence is not None), default=0)


def _with_wholes(claims: Sequence[Claim]) -> list[Claim]:
    """A part happened where its whole did, unless it names a place of its own."""
    wholes = {claim.start: claim for claim in claims}
    return [
        claim
        if claim.place is not None or claim.part_of not in wholes
        else replace(claim, place=wholes[claim.part_of].place, place_entity_id=wholes[claim.part_of].place_entity_id)
        for claim in claims
    ]


def _scene(
    text: str,
    mention: Mention,
    speakers: Sequence[tuple[int | None, int | None]],
    owners: Set[int],
    words: Words,
) -> _Scene | None:
    """A mention of a place behind a preposition, unless it tells where somebody spoke or what they head."""
    if mention.label not in PLACES or (mention.entity_id is None and mention.label != "LOC"):
        return None
    if any(start is not None and end is not None and start <= mention.start < end for start, end in speakers):
        return None
    if _is_owner(text, mention, words):
        return None
    before = list(_WORD.finditer(text, max(0, mention.start - _LOOK_BACK), mention.start))
    place = len(before) - 1
    while place >= 0 and (_describes(before[place], owners, words) or _introduces(before, place, words)):
        place -= 1
    if place < 0 or before[place].group().lower() not in words["place_before"]:
        place += 1
        if place >= len(before) or before[place].group().lower() not in words["place_before"]:
            return None
    preposition = before[place].group().lower()
    said = place > 0 and before[place - 1].group().lower() in words["said"]
    if said or (preposition in words["place_of"] and place == len(before) - 1):
        return None
    return _Scene(before[place].start(), mention, preposition in words["firm"])


def _introduces(before: Sequence[re.Match[str]], place: int, words: Words) -> bool:
    """Whether a comma stands between a kind of place and its name: "in the capital, Accra"."""
    return before[place].group() == "," and place > 0 and before[place - 1].group().lower() in words["named"]


def _describes(word: re.Match[str], owners: Set[int], words: Words) -> bool:
    """Whether a word belongs to the name behind it: the "eastern" of "the eastern town of Goma", "Sudan's Darfur"."""
    written = word.group()
    if written.lower() in words["place_between"] or word.end() in owners:
        return True
    return written.endswith(tuple(words["owner"])) or (
        written[:1].isupper() and written.lower() not in words["place_before"]
    )


def _is_owner(text: str, mention: Mention, words: Words) -> bool:
    """Whether a place owns the one behind it: in "Sudan's Darfur" it is Darfur that things happen in."""
    rest = text[mention.end : mention.end + 4]
    owner = next((mark for mark in words["owner"] if rest.startswith(mark)), None)
    return owner is not None and rest[len(owner) :].lstrip()[:1].isupper()


def _lead(
    sentences: Sequence[Sentence],
    by_sentence: Mapping[int, Sequence[_Scene]],
    mentions: Sequence[Mention],
    text: str,
    words: Words,
) -> Mention | None:
    """The place of the first sentence that is no heading: the first behind a preposition, else its dateline."""
    for sentence in sentences:
        if sentence.kind == "heading":
            continue
        scenes = by_sentence.get(sentence.start, ())
        if scenes:
            return next((scene.mention for scene in scenes if scene.firm), scenes[0].mention)
        return _named(sentence, mentions, text, words)
    return None


def _only(places: Sequence[Mention]) -> Mention | None:
    """The one narrow place among several, else the one wide one; None when there are two."""
    narrow = [place for place in places if place.place_kind not in WIDE] or list(places)
    return narrow[0] if len({place.entity_id or place.text for place in narrow}) == 1 else None


def _named(sentence: Sentence, mentions: Sequence[Mention], text: str, words: Words) -> Mention | None:
    """The only place that a lead names, as in "an earthquake shook Malatya"; if it names none, that of its dateline."""
    named = [
        mention
        for mention in mentions
        if mention.label == "LOC" and mention.entity_id and sentence.start <= mention.start < sentence.end
    ]
    if not named or not words["place_before"]:
        return None
    dateline = named[0] if named[0].start == sentence.start and named[0].text.isupper() else None
    inner = [
        m for m in named if not (dateline and m.start < sentence.start + DATELINE) and not _only_points(text, m, words)
    ]
    ids = {mention.entity_id for mention in inner}
    return dateline if not ids else inner[0] if len(ids) == 1 else None


def _only_points(text: str, mention: Mention, words: Words) -> bool:
    """Whether it only tells where another lies, who owns it or who spoke: "north of Dhaka", "Sudan's Darfur"."""
    before = _WORD.findall(text, max(0, mention.start - _LOOK_BACK), mention.start)
    return bool(before and before[-1].lower() in words["place_before"]) or _is_owner(text, mention, words)


def _placed(
    text: str,
    claim: Claim,
    starts: Sequence[int],
    sentences: Sequence[Sentence],
    by_sentence: Mapping[int, Sequence[_Scene]],
    lead: Mention | None,
    words: Words,
) -> Claim:
    sentence = sentence_at(sentences, claim.start)
    if sentence is None:
        return claim
    scenes = by_sentence.get(sentence.start, ())
    mention = _nearest(text, claim, starts, scenes, words) if scenes else None
    if mention is None and not scenes and claim.tally != PERIOD and not claim.hypothetical:
        mention = _inherited(sentence, sentences, by_sentence, lead, words)
    if mention is None:
        return claim
    return replace(claim, place=mention.name or mention.text, place_entity_id=mention.entity_id)


def _nearest(text: str, claim: Claim, starts: Sequence[int], scenes: Sequence[_Scene], words: Words) -> Mention | None:
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
        # "in Djibo, in the north of Burkina Faso, killing 40": the first of a row is the nearest to the event.
        last = len(before) - 1
        while last > 0 and before[last].start - before[last - 1].mention.end < 40:
            last -= 1
        return before[last].mention
    return after[0].mention if len(after) == 1 else None


def _parted(between: str, words: Words) -> bool:
    """Whether another clause begins between a claim and a place."""
    return any(word.lower() in words["clause"] for word in _WORD.findall(between))


def _inherited(
    sentence: Sentence,
    sentences: Sequence[Sentence],
    by_sentence: Mapping[int, Sequence[_Scene]],
    lead: Mention | None,
    words: Words,
) -> Mention | None:
    """The place of the sentences just before in the paragraph, else that of the lead while the story stays there."""
    number = bisect_left(sentences, sentence.start, key=lambda other: other.start)
    says_there = any(word.lower() in words["there"] for word in _WORD.findall(sentence.text))
    for other in reversed(sentences[max(0, number - FROM_AFAR) : number]):
        if other.paragraph != sentence.paragraph and not says_there:
            break
        near = [scene.mention for scene in by_sentence.get(other.start, ()) if scene.firm or says_there]
        if near:
            return near[-1] if says_there else _only(near)
    moved = lead is not None and any(
        _is_elsewhere(scene.mention, lead)
        for other in sentences[:number]
        if other.start > lead.start
        for scene in by_sentence.get(other.start, ())
        if scene.firm
    )
    return None if moved else lead


def _is_elsewhere(place: Mention, lead: Mention) -> bool:
    """Whether a place is neither the lead's nor one that may hold it."""
    if place.entity_id == lead.entity_id:
        return False
    return not (place.place_kind in WIDE and place.country_code == lead.country_code)
