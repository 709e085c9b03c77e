"""Headings and paragraphs that the library dropped from the middle of a body.

In: the lines of the page and the pieces that were read. Out: the pieces, the lost ones among them where they stand.
A line belongs to the body when it stands between lines that were read, and directly in the element that holds them.
"""

from collections import Counter
from collections.abc import Sequence

from transforms.extract.body import Piece
from transforms.extract.lines import LONG, Line, find_again

_MANY = 2
"""Paragraphs directly in an element by which it is the one that holds the body."""
_TOO_MANY = 5_000
"""Lines from which a page is a list or a book; looking each up in what was read would take long."""
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_SUBHEADINGS = ("subhead", "crosshead", "intertitle", "zwischen", "sub-head", "sub_head", "cross-head")


def fill_gaps(pieces: Sequence[Piece], lines: Sequence[Line], folded: Sequence[str]) -> list[Piece]:
    """The pieces with what was lost between them.

    Args:
        pieces: what was read.
        lines: what the page shows.
        folded: the pieces by their letters and digits.
    """
    found = find_again(lines, folded)
    if len(found) < _MANY or len(lines) > _TOO_MANY:
        return list(pieces)
    holders = Counter(lines[at].element.getparent() for at in found.values() if len(lines[at].folded) > LONG)
    read = "".join(folded)
    by_line = {at: number for number, at in found.items()}
    lost: dict[int, list[Piece]] = {}
    behind = -1
    heading: list[Piece] = []
    last = max(by_line)
    for at, line in enumerate(lines[: last + 1]):
        if at in by_line:
            if heading and behind < 0:
                lost[-1] = heading
            behind = by_line[at]
        elif holders[line.element.getparent()] >= _MANY and (kind := _kind(line)) and not _was_read(line, read):
            if behind >= 0:
                lost.setdefault(behind, []).append(Piece(kind, line.text))
            else:
                heading = [Piece(kind, line.text)] if kind == "heading" else []
        elif behind < 0:
            heading = []
    filled = list(lost.get(-1, ()))
    for number, piece in enumerate(pieces):
        filled += [piece, *lost.get(number, ())]
    return filled


def _was_read(line: Line, read: str) -> bool:
    """Whether both ends of a line are in the text: its middle may have been cut in two by a line break."""
    return line.folded[:LONG] in read or line.folded[-LONG:] in read


def _kind(line: Line) -> str | None:
    """What a lost line is; None when it may as well be a credit, a label or the debris of an editor."""
    element = line.element
    named = (element.get("class") or "").lower()
    if element.tag in _HEADINGS or (element.tag == "div" and any(word in named for word in _SUBHEADINGS)):
        return "heading"
    if (
        element.tag in ("p", "blockquote")
        and len(line.folded) > LONG
        and "<" not in line.text
        and "lt;" not in line.text
    ):
        return "sentence" if element.tag == "p" else "quote"
    return None
