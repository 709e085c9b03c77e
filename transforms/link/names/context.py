"""What the stages of naming share about one story: a text, its mentions and the directory come in."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from transforms.find.mentions import Mention
from transforms.link.directory import Directory
from transforms.link.names.person_name import person_name

_ENDS = frozenset('.!?:\n"“”')
_SMALL = re.compile(r"(?<!\w)[a-z]+")
_NEAR = 6  # letters between a country and the body it stands before: "Syria's "


@dataclass(frozen=True)
class Context:
    """A story: its text, the mentions as they came in, and the directory as it reads this story."""

    text: str
    mentions: Sequence[Mention]
    directory: Directory

    @cached_property
    def people_words(self) -> frozenset[str]:
        """The last words of all full names of persons, folded."""
        names = (person_name(mention.text) for mention in self.mentions if mention.label == "PER")
        return frozenset(name.words[-1] for name in names if name.is_full and len(name.words) > 1)

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words of the text without a capital."""
        return frozenset(_SMALL.findall(self.text))

    @cached_property
    def countries(self) -> Counter[str]:
        """How often the story names each country, its people or one of its places."""
        return Counter(mention.country_code for mention in self.mentions if mention.country_code)

    @cached_property
    def paragraph_starts(self) -> list[int]:
        """Where each paragraph begins."""
        starts = [0]
        while (at := self.text.find("\n", starts[-1])) >= 0:
            starts.append(at + 1)
        return starts

    def paragraph(self, position: int) -> int:
        """The number of the paragraph a position is in."""
        return bisect_right(self.paragraph_starts, position)

    def opens_sentence(self, start: int) -> bool:
        """Whether a word stands where any word has a capital."""
        at = start - 1
        while at >= 0 and self.text[at].isspace() and start - at < _NEAR:
            if self.text[at] == "\n":
                return True
            at -= 1
        return at < 0 or self.text[at] in _ENDS

    @cached_property
    def _places(self) -> list[Mention]:
        """Countries and peoples, in text order."""
        return [
            mention
            for mention in self.mentions
            if mention.country_code and mention.label in {"LOC", "NORP"} and mention.place_kind in {"country", None}
        ]

    @cached_property
    def _place_starts(self) -> list[int]:
        return [place.start for place in self._places]

    def country_at(self, start: int, end: int) -> Mention | None:
        """The country inside a span or right before it: "Syrian Health Ministry", "Syria's Supreme Court"."""
        at = bisect_right(self._place_starts, end)
        while at > 0:
            at -= 1
            place = self._places[at]
            if place.start >= start and place.end <= end:
                return place
            if place.start < start:
                between = self.text[place.end : start]
                is_before = place.end <= start and between in {" ", "'s ", "’s ", "' ", "’ "}
                return place if is_before else None
        return None
