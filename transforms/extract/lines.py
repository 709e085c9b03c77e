"""The lines that a page shows: the text of each block that holds no other block, in the order of the page.

In: a tree. Out: `Line`s, with which what a library read can be found again on the page.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from transforms.extract.parse import without_marks

BLOCKS = frozenset(
    (
        *("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "div", "article", "section", "blockquote", "td"),
        *("ul", "ol", "dl", "table", "tr", "tbody", "main", "header", "footer", "aside", "nav", "figure", "figcaption"),
    )
)
_UNREAD = ("script", "style", "template", "noscript", "iframe", "select", "button")
_NOT_LETTERS = re.compile(r"[\W_]+")


LONG = 50
"""Letters and digits of a line that is surely a paragraph."""


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the page, its text on one line, and the letters and digits of it by which it is recognised."""

    element: HtmlElement
    text: str
    folded: str


def page_lines(tree: HtmlElement) -> list[Line]:
    """The lines of a page in order; blocks without letters are left out."""
    lines = []
    for element in tree.iter(*BLOCKS):
        if any(child.tag in BLOCKS for child in element):
            continue
        text = " ".join(without_marks(shown_text(element)).split())
        if text and (folded := fold(text)):
            lines.append(Line(element, text, folded))
    return lines


def shown_text(element: HtmlElement) -> str:
    """The text of an element, without that of scripts in it."""
    if len(element) and next(element.iter(*_UNREAD), None) is not None:
        return "".join(_shown(element))
    return "".join(element.itertext())


def _shown(element: HtmlElement) -> list[str]:
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _UNREAD:
            parts += _shown(child)
        parts.append(child.tail or "")
    return parts


def fold(text: str) -> str:
    """Letters and digits only, in one case.

    >>> fold("“Two bridges,” he said")
    'twobridgeshesaid'
    """
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def find_again(lines: Sequence[Line], folded: Sequence[str]) -> dict[int, int]:
    """The line of each piece that can be found again, both in order: number of the piece → number of the line."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        places.setdefault(line.folded, []).append(at)
    found: dict[int, int] = {}
    last = -1
    for number, text in enumerate(folded):
        same = places.get(text, ())
        behind = bisect_right(same, last)
        ahead = same[behind] if behind < len(same) else None
        # a short line may stand on the page several times: only a paragraph moves the search far ahead
        if ahead is not None and (len(text) > LONG or ahead - last < 30):
            found[number] = last = ahead
    return found
