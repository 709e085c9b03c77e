"""What was read before and behind the story: labels and dates above it, offers and notices below it.

In: the pieces that were read and the lines of the page. Out: the pieces without those that stand outside of the element
that holds the story, apart from sentences above it, which are its standfirst.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from lxml.html import HtmlElement

from transforms.extract.body import Piece
from transforms.extract.lines import LONG, Line, find_again

_NEARLY_ALL = 0.85
"""Share of the paragraphs' letters that the element of the story holds. The rest may be its standfirst and its end."""
_SHORT = 30
"""Letters and digits up to which a line above the story is a label, a date or a name."""
_FEWEST = 2
"""Paragraphs from which there is a story to have edges."""


def trim_edges(pieces: Sequence[Piece], lines: Sequence[Line], folded: Sequence[str]) -> list[Piece]:
    """The pieces without those outside of the story.

    Args:
        pieces: what was read.
        lines: what the page shows.
        folded: the pieces by their letters and digits.
    """
    found = find_again(lines, folded)
    long = {number: at for number, at in found.items() if len(folded[number]) > LONG}
    if len(long) < _FEWEST:
        return list(pieces)
    story = _story(lines, long)
    inside = [
        number for number, at in found.items() if story in (lines[at].element, *lines[at].element.iterancestors())
    ]
    if not inside:
        return list(pieces)
    first, last = min(inside), max(inside)
    behind = min((number for number in found if number > last), default=len(pieces))
    return [
        piece
        for number, piece in enumerate(pieces)
        if first <= number <= last
        or (number < first and (number not in found or len(folded[number]) > _SHORT))
        or (last < number and number not in found and (number < behind or len(folded[number]) > LONG))
    ]


def _story(lines: Sequence[Line], long: Mapping[int, int]) -> HtmlElement:
    """The innermost element that holds nearly all of the paragraphs' letters."""
    held: Counter[HtmlElement] = Counter()
    depth: dict[HtmlElement, int] = {}
    for at in long.values():
        above = list(lines[at].element.iterancestors())
        for level, element in enumerate(reversed(above)):
            held[element] += len(lines[at].folded)
            depth[element] = level
    total = max(held.values())
    return max(
        (element for element in held if held[element] >= _NEARLY_ALL * total), key=lambda element: depth[element]
    )
