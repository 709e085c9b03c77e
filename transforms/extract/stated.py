"""What a page states beside its text, so that a line of the text that only repeats it is known.

In: a line, where it stands, and what is stated. Out: the name of the rule by which it is no part of the text, or None.
"""

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass, field

from transforms.extract.labels import is_biography, is_byline, is_reading_time, is_timestamp

KICKER = 60
"""Letters at most of a kicker, alone or before the headline on its line."""
_SHORT_TITLE = 20


@dataclass(frozen=True, slots=True)
class Stated:
    """What the page states: other forms of the headline, the authors, the names of its sections and keywords."""

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    folded_titles: frozenset[str] = field(init=False)
    folded_sections: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Fold what lines are compared with, once."""
        object.__setattr__(self, "folded_titles", frozenset(filter(None, map(_fold, self.titles))))
        object.__setattr__(self, "folded_sections", frozenset(filter(None, map(_fold, self.sections))))

    def is_headline(self, line: str) -> bool:
        """Whether a line is the headline, perhaps behind its kicker."""
        folded = _fold(line)
        return folded in self.folded_titles or any(
            len(title) > _SHORT_TITLE and folded.endswith(f" {title}") and len(folded) <= len(title) + KICKER
            for title in self.folded_titles
        )

    def repeats(self, line: str, places: Set[str]) -> str | None:
        """The rule by which a line repeats what is stated.

        Args:
            line: one block of the text.
            places: where it stands: `opening`, `closing`, `last`.
        """
        if is_timestamp(line):
            return "timestamp"
        if is_reading_time(line):
            return "reading_time"
        if self.authors and is_byline(line, self.authors):
            return "byline"
        if "opening" in places and len(line) < KICKER and _fold(line) in self.folded_sections:
            return "kicker"
        if "last" in places and is_biography(line, self.authors):
            return "about_the_author"
        return None


def _fold(text: str) -> str:
    """Words only: headlines differ in quotes and dashes from the line that repeats them."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()
