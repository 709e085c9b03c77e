"""The dateline of a wire story: where and when it was filed, and by which agency. It stays in the text.

In: the first paragraph. Out: `Dateline`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from transforms.extract.article import Block
from transforms.extract.rules import agencies

_MONTH = r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?"
_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]+(?:\s[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]*){0,3}"
_WORDS = r"[A-ZÀ-ÖØ-Þ][\w.'’-]+(?:\s(?:[A-ZÀ-ÖØ-Þ][\w.'’-]*|de|del|la|el|al|of|am|sur)){0,4}"
_DASH = r"\s*(?:[—–]|--?(?=\s))\s*"


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place and day as written, and the agency named beside them; either may be missing."""

    text: str | None
    agency: str | None


def find_dateline(paragraph: str) -> Dateline | None:
    """The dateline that opens a paragraph.

    >>> find_dateline("BEIRUT, Nov. 30 (AP) — The road reopened.")
    Dateline(text='BEIRUT, Nov. 30', agency='AP')
    >>> find_dateline("(Reuters) - Shares rose.")
    Dateline(text=None, agency='Reuters')
    >>> find_dateline("NATO – the alliance – met.") is None
    True
    """
    for pattern in _patterns():
        if match := pattern.match(paragraph[:160]):
            groups = match.groupdict()
            agency = groups.get("agency")
            return Dateline(groups.get("place"), agencies()[agency] if agency else None)
    return None


def first_dateline(text: str, blocks: Iterable[Block]) -> Dateline | None:
    """The dateline of an article: above the paragraph that has it there may be a kicker, a date, a cross-heading."""
    openings = (text[block.start : min(block.end, block.start + 200)] for block in islice(blocks, 10))
    return next((found for opening in openings if (found := find_dateline(opening))), None)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    written = "|".join(re.escape(name) for name in sorted(agencies(), key=len, reverse=True))
    agency = rf"[(/\[](?P<agency>{written})[)/\]]"
    place = rf"(?P<place>{_WORDS}(?:,\s(?:{_WORDS}))?(?:,\s{_DAY})?)"
    return (
        re.compile(rf"{place},?\s{agency}{_DASH}(?=\S)"),
        re.compile(rf"{agency}{_DASH}(?=\S)"),
        # an agency nobody here knows: the place has to be in capitals
        re.compile(rf"(?P<place>{_CAPITALS}(?:,\s{_WORDS})?(?:,\s{_DAY})?)\s\([A-Z][\w. ]{{1,30}}\){_DASH}(?=\S)"),
        # without an agency only a place in capitals with a country or a day behind it, or a long dash, is sure
        re.compile(rf"(?P<place>{_CAPITALS},\s(?:{_WORDS}|{_DAY})(?:,\s{_DAY})?){_DASH}(?=[A-Z“\"‘])"),
        re.compile(rf"(?P<place>{_CAPITALS})\s?[—]\s?(?=[A-Z“\"‘])"),
    )
