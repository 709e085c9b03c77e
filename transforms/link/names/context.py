"""What the stages of naming share about one story: a text, its mentions and the directory come in."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from transforms.find.mentions import Mention
from transforms.link.directory import Directory, Known
from transforms.link.folding import fold_name
from transforms.link.names.areas import area_of, is_region, shared_names
from transforms.link.names.person_name import person_name
from transforms.link.names.words import country_joint

_ENDS = frozenset('.!?:\n"“”')
_SMALL = re.compile(r"(?<!\w)[a-z]+")
_CAPITALS = re.compile(r"(?<!\w)[A-Z]{2,}(?!\w)")
_NEAR = 10  # letters between a body and its country: " of the "
_MOST_INSIDE = 4
_OF_ONE_COUNTRY = frozenset(
    ("agency", "army", "central_bank", "court", "government", "intelligence", "ministry", "parliament", "party")
) | {"police", "statistics", "weather"}


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
    def acronyms(self) -> Counter[str]:
        """How often the text has each word of capitals."""
        return Counter(_CAPITALS.findall(self.text))

    @cached_property
    def chosen(self) -> dict[tuple[str, str | None], Known | None]:
        """What names were found to mean in this story, by name and label."""
        return {}

    @cached_property
    def countries(self) -> Counter[str]:
        """How often the story names each country, its people or one of its places."""
        return Counter(mention.country_code for mention in self.mentions if mention.country_code)

    @cached_property
    def sure_countries(self) -> frozenset[str]:
        """The countries that the story names by more than a name which one of their namesakes has: not by "Georgia"."""
        sure = (each.country_code for each in self.mentions if fold_name(each.text) not in shared_names())
        return frozenset(code for code in sure if code)

    @cached_property
    def whole_countries(self) -> Counter[str]:
        """How often the story names each country itself, or its people."""
        whole = (each for each in self.mentions if each.place_kind in {"country", None})
        return Counter(each.country_code for each in whole if each.country_code)

    @cached_property
    def place_countries(self) -> frozenset[str]:
        """The countries that the story names, or a place in them; not those of which it only names people."""
        return frozenset(each.country_code for each in self.mentions if each.country_code and each.label == "LOC")

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
        """Countries, peoples and the regions that have bodies of their own, in text order."""
        return [
            mention
            for mention in self.mentions
            if mention.country_code
            and mention.label in {"LOC", "NORP"}
            and (mention.place_kind in {"country", None} or is_region(area_of(mention)))
        ]

    @cached_property
    def _place_starts(self) -> list[int]:
        return [place.start for place in self._places]

    def country_at(self, start: int, end: int) -> Mention | None:
        """The country or region in a span, or right before or after it: "Syria's Senate", "Supreme Court of Ohio"."""
        at = bisect_right(self._place_starts, end)
        if at < len(self._places) and self._is_joint("after", end, self._places[at].start):
            return self._places[at]
        for place in reversed(self._places[max(0, at - _MOST_INSIDE) : at]):
            if place.start >= start and place.end <= end:
                return place
            if place.start < start:
                return place if self._is_joint("before", place.end, start) else None
        return None

    def country_about(self, start: int, end: int) -> Mention | None:
        """The country that a body is said to be in: "Supreme Court in Syria", "In Syria, the Supreme Court"."""
        at = bisect_right(self._place_starts, end)
        after, before = self._places[at : at + 1], self._places[max(0, at - 1) : at]
        for place in after:
            if place.label == "LOC" and self._is_joint("where", end, place.start):
                return place
        for place in before:
            if place.label == "LOC" and self._is_joint("led", place.end, start):
                led = country_joint("lead").search(self.text, max(0, place.start - _NEAR), place.start)
                return place if led else None
        return None

    def _is_joint(self, position: str, start: int, end: int) -> bool:
        return 0 < end - start < _NEAR and country_joint(position).fullmatch(self.text, start, end) is not None

    def is_elsewhere(self, known: Known, start: int, end: int) -> bool:
        """Whether a body of one country is said to be of another one here: "Philippine SEC" is not the American one."""
        if known.country_code is None or known.kind not in _OF_ONE_COUNTRY:
            return False
        place = self.country_at(start, end)
        return place is not None and place.country_code != known.country_code
