"""Where things happen: a text's mentions of places come in, those behind "in" or "near" go out as scenes.

A place that only speaks, owns another or is somebody's title is no scene.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from transforms.find.mentions import Mention
from transforms.find.sentences import Sentence
from transforms.find.statements.statement import Statement

Words = Mapping[str, frozenset[str]]
type Span = tuple[int, int]
PLACES = ("LOC", "FAC")
ORGANISATION, MISTAKEN = "ORG", ("PER", "ORG")
"""Labels that a model gives to places it does not know: "off Lampedusa"."""
_LOOK_BACK = 90
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Scene:
    """A place that something happens in or near (`firm`), or goes to or comes from; its preposition is at `start`.

    Of `points` things happen some way off ("west of Bergen"); `care` is where a hospital is.
    """

    start: int
    mention: Mention
    firm: bool
    points: bool = False
    care: bool = False


@dataclass(slots=True)
class Scenes:
    """The scenes of a text by sentence, each read when it is first asked for: most are far from any claim."""

    text: str
    mentions: Sequence[Mention]
    speakers: Sequence[Span]
    words: Words
    owners: Set[int]
    _starts: Sequence[int]
    _read: dict[int, Sequence[Scene]] = field(default_factory=dict)

    def of(self, sentence: Sentence) -> Sequence[Scene]:
        """The places of a sentence at which something happens."""
        found = self._read.get(sentence.start)
        if found is None:
            found = self._read[sentence.start] = self._among(sentence, self.speakers)
        return found

    def spoken_at(self, sentence: Sentence) -> Sequence[Scene]:
        """The same, those that tell where somebody spoke among them."""
        return self._among(sentence, ())

    def _among(self, sentence: Sentence, speakers: Sequence[Span]) -> Sequence[Scene]:
        speakers = [(start, end) for start, end in speakers if start < sentence.end and sentence.start < end]
        first, last = bisect_left(self._starts, sentence.start), bisect_left(self._starts, sentence.end)
        scenes = (scene_of(self.text, each, speakers, self.owners, self.words) for each in self.mentions[first:last])
        return [scene for scene in scenes if scene is not None]


def scenes_of(text: str, mentions: Sequence[Mention], statements: Sequence[Statement], words: Words) -> Scenes:
    """The scenes of a text; no place that is part of the words for a speaker is one."""
    ordered = sorted(mentions, key=lambda mention: mention.start)
    speakers = [
        (each.speaker_start, each.speaker_end)
        for each in statements
        if each.speaker_start is not None and each.speaker_end is not None
    ]
    owners = {mention.end for mention in mentions if mention.label in PLACES}
    return Scenes(text, ordered, speakers, words, owners, [mention.start for mention in ordered])


def scene_of(
    text: str,
    mention: Mention,
    speakers: Sequence[Span],
    owners: Set[int],
    words: Words,
) -> Scene | None:
    """A mention of a place behind a preposition, unless it tells where somebody spoke or what they head.

    So is the one of "hit a district of Kharkiv".
    """
    is_known = mention.label != ORGANISATION and mention.entity_id is not None
    if mention.label not in PLACES and (mention.label not in MISTAKEN or is_known):
        return None
    kind = WORD.match(text, mention.end + 1)
    kind_behind = kind is not None and kind.group().lower() in words["named"]
    after = WORD.match(text, kind.end() + 1) if kind is not None and kind_behind else None
    if after is not None and mention.label in PLACES and after.group().lower() in words["place_of"]:
        return None  # "in the Andean district of Ayaviri"
    doubted = mention.label in MISTAKEN and (" " not in mention.text or kind_behind)
    doubted &= mention.label == ORGANISATION or mention.entity_id is None
    if not doubted and (mention.label not in PLACES or (mention.entity_id is None and mention.label != "LOC")):
        return None
    if any(start <= mention.start < end for start, end in speakers):
        return None
    if is_owner(text, mention, words) or _is_abroad(text, mention, words):
        return None
    before = list(WORD.finditer(text, max(0, mention.start - _LOOK_BACK), mention.start))
    place = len(before) - 1
    while place >= 0 and (_describes(before[place], owners, words) or _introduces(before, place, words)):
        place -= 1
    if place < 0 or before[place].group().lower() not in words["place_before"]:
        place += 1
        if _is_called(before[place:], words):
            return Scene(before[place].start(), mention, True)
        if doubted:
            return None
        if place == len(before) - 2 and before[place].group().lower() in words["directions"]:
            return Scene(before[place].start(), mention, False, points=True)
        if place >= len(before) or before[place].group().lower() not in words["place_before"]:
            return None
    preposition = before[place].group().lower()
    sure = preposition in (words["off_shore"] if mention.label == ORGANISATION else words["of_places"])
    if doubted and not (
        _is_called(before[place:], words) or kind_behind or (sure and _stands_alone(text, mention, words))
    ):
        return None
    said = place > 0 and before[place - 1].group().lower() in words["said"]
    if said or (preposition in words["place_of"] and place == len(before) - 1):
        return None
    if preposition not in words["firm"] and text.startswith(tuple(words["owner"]), mention.end):
        return None  # "took off from Nepal's capital"
    on_the_way = place > 0 and before[place - 1].group().lower() in words["ways"]
    care = place > 0 and before[place - 1].group().lower() in words["hospitals"]
    return Scene(before[place].start(), mention, on_the_way or preposition in words["firm"], care=care)


def _is_abroad(text: str, mention: Mention, words: Words) -> bool:
    """Whether a place only says whose embassy or ship something is: "outside the U.S. embassies"."""
    following = WORD.match(text, mention.end + 1)
    return following is not None and following.group().lower() in words["abroad"]


def _is_called(before: Sequence[re.Match[str]], words: Words) -> bool:
    """Whether words before a name say that it is a place: "the island of", "the border town of"."""
    return len(before) > 1 and any(word.group().lower() in words["named"] for word in before[:-1])


def _stands_alone(text: str, mention: Mention, words: Words) -> bool:
    """Whether a name owns nothing: "off Lampedusa", but not "in Lampedusa's words"."""
    return not text.startswith(tuple(words["owner"]), mention.end)


def is_owner(text: str, mention: Mention, words: Words) -> bool:
    """Whether a place owns the one behind it: in "Sudan's Darfur" it is Darfur that things happen in."""
    rest = text[mention.end : mention.end + 4]
    owner = next((mark for mark in words["owner"] if rest.startswith(mark)), None)
    return owner is not None and rest[len(owner) :].lstrip()[:1].isupper()


def only_points(text: str, mention: Mention, words: Words) -> bool:
    """Whether it only tells where another lies, who owns it or who spoke: "north of Dhaka", "Sudan's Darfur"."""
    before = WORD.findall(text, max(0, mention.start - _LOOK_BACK), mention.start)
    return bool(before and before[-1].lower() in words["place_before"]) or is_owner(text, mention, words)


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
