"""From trafilatura's body tree to the pieces of an article, in order.

In: the tree (`p head list item quote table row cell lb hi ref del code`). Out: `Piece`s, each with its kind, its text
on one line, and how far it stands from the piece before it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from transforms.extract.parse import without_marks

_KINDS = {"head": "heading", "item": "list_item", "list": "list_item", "quote": "quote"}
_INLINE = frozenset(("hi", "ref", "del", "span", "a", "graphic", "sub", "sup"))
_CLOCK = re.compile(
    r"(?:[01]?\d|2[0-3])[:.h][0-5]\d\b(?!\s*%)|(?:1[0-2]|[1-9])(?:[:.][0-5]\d)?\s?[ap]\.?m\b", re.IGNORECASE
)
_LAYOUT_CELL = 200
"""Characters from which a table cell is a column of the page's layout rather than a value."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of the page. `gap` is what separates it from the one before: one newline or two."""

    kind: str
    text: str
    gap: str = "\n\n"


@dataclass(slots=True)
class _Writer:
    pieces: list[Piece] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    gap: str = "\n\n"

    def add(self, text: str | None) -> None:
        if text:
            self.words.append(text)

    def close(self, kind: str, gap: str) -> None:
        """End the piece; `gap` stands before the next one."""
        text = " ".join(without_marks("".join(self.words)).split())
        self.words.clear()
        if text:
            self.pieces.append(Piece(kind, text, self.gap))
            self.gap = gap
        elif len(gap) > len(self.gap) or not self.pieces:
            self.gap = gap


def read_body(body: _Element) -> list[Piece]:
    """The pieces of the body in order. An empty body gives an empty list."""
    writer = _Writer()
    _walk(body, "sentence", writer)
    writer.close("sentence", "\n\n")
    return writer.pieces


def _walk(element: _Element, kind: str, writer: _Writer) -> None:
    writer.add(element.text)
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _INLINE:
            if isinstance(child.tag, str):
                _walk(child, kind, writer)
        elif child.tag == "lb":
            # two breaks in a row part paragraphs, one parts lines
            empty = not "".join(writer.words).strip()
            writer.close(kind, "\n\n" if empty else "\n")
        elif child.tag == "code":
            _code(child, kind, writer)
        elif child.tag == "row" and not _is_layout(child):
            _row(child, writer)
        else:
            _block(child, kind, writer)
        writer.add(child.tail)


def _block(element: _Element, kind: str, writer: _Writer) -> None:
    in_list = element.tag in ("item", "list") and kind == "list_item"
    writer.close(kind, "\n" if in_list else "\n\n")
    inner = _KINDS.get(str(element.tag), kind)
    _walk(element, inner, writer)
    writer.close(inner, "\n" if in_list or element.tag == "item" else "\n\n")
    writer.gap = "\n" if in_list or element.tag == "item" else "\n\n"


def _code(element: _Element, kind: str, writer: _Writer) -> None:
    """Preformatted text keeps its lines."""
    lines = "".join(element.itertext()).split("\n")
    if len(lines) == 1:
        writer.add(lines[0])
        return
    writer.close(kind, "\n\n")
    for line in lines:
        writer.add(line)
        writer.close(kind, "\n" if line.strip() else "\n\n")
    writer.gap = "\n\n"


def _row(row: _Element, writer: _Writer) -> None:
    """A row of values is one line with tabs, as it would be pasted."""
    if "".join(writer.words).strip():
        writer.close("sentence", "\n\n")
    writer.words.clear()
    cells = [" ".join(without_marks("".join(cell.itertext())).split()) for cell in row]
    if line := "\t".join(cells).strip("\t"):
        writer.pieces.append(Piece("list_item", line, writer.gap))
    writer.gap = "\n" if row.getnext() is not None else "\n\n"


def _is_layout(row: _Element) -> bool:
    """Whether the cells are columns of a page rather than values; such cells are read one after the other."""
    cells = [cell for cell in row if "".join(cell.itertext()).strip()]
    return len(cells) < 2 or any(len("".join(cell.itertext())) > _LAYOUT_CELL for cell in cells)


def mark_captions(pieces: Iterable[Piece], captions: frozenset[str]) -> list[Piece]:
    """The pieces, those that stand under a picture on the page (`captions`, spaces folded) as kind `caption`."""
    return [replace(piece, kind="caption") if piece.text in captions else piece for piece in pieces]


def mark_live_entries(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces of a live blog; what opens with a time of day ("14:05 Bridge closed") is an entry."""
    return [replace(piece, kind="live_entry") if _CLOCK.match(piece.text) else piece for piece in pieces]
