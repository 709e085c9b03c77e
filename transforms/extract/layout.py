"""From pieces of a page to one text and the blocks that cover it.

In: `Piece`s, or plain text or Markdown as somebody pasted it. Out: `(text, blocks)`.
"""

import re
from collections.abc import Iterable, Iterator

from transforms.extract.article import Block
from transforms.extract.body import Piece
from transforms.extract.edits import Edit

_MARKDOWN = (
    (re.compile(r"^\s{0,3}#{1,6}\s+"), "heading"),
    (re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+"), "list_item"),
    (re.compile(r"^\s{0,3}>\s?"), "quote"),
)
_HEADING_WORDS = 10
_SENTENCE_END = re.compile(r"""[.!?…:;,。！？]["”’»)\]]*$""")


def lay_out(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """The text of the pieces, and the block each of them became."""
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    for piece in pieces:
        gap = piece.gap if parts else ""
        start = length + len(gap)
        length = start + len(piece.text)
        parts += (gap, piece.text)
        blocks.append(Block(start, length, piece.kind))
    return "".join(parts), tuple(blocks)


def read_blocks(text: str, *, markdown: bool = False) -> tuple[Block, ...]:
    r"""The blocks of a pasted text: its paragraphs, or its lines where no empty line parts them.

    Args:
        text: the text with "\n" as line end.
        markdown: whether `#`, `-` and `>` at the start of a line say what the line is.
    """
    spans = list(_paragraphs(text))
    if len(spans) == 1 or markdown:
        spans = [line for start, end in spans for line in _lines(text, start, end, markdown=markdown)]
    kinds = [_kind(text[start:end], markdown=markdown) for start, end in spans]
    if not markdown:
        kinds = _cross_headings([text[start:end] for start, end in spans])
    return tuple(Block(start, end, kind) for (start, end), kind in zip(spans, kinds, strict=True))


def markdown_edits(text: str, blocks: Iterable[Block]) -> tuple[Edit, ...]:
    """The edits that take away the signs that say what a line is: `# `, `- `, `> `."""
    edits = []
    for block in blocks:
        for pattern, _ in _MARKDOWN:
            if match := pattern.match(text[block.start : block.end]):
                edits.append(Edit(block.start, block.start + match.end(), "", "markdown_sign"))
                break
    return tuple(edits)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"\S(?:[^\n]*)(?:\n[^\S\n]*\S[^\n]*)*", text):
        yield match.start(), match.start() + len(match[0].rstrip())


def _lines(text: str, start: int, end: int, *, markdown: bool) -> Iterator[tuple[int, int]]:
    """The lines of a paragraph; in Markdown only those that begin with a sign of their own part from the one before."""
    opened = start
    for match in re.finditer(r"\n[^\S\n]*", text[start:end]):
        begin = start + match.end()
        line = text[begin:end].split("\n", 1)[0]
        if (
            not markdown
            or _kind(line, markdown=True) != "sentence"
            or _kind(text[opened:begin], markdown=True) == "heading"
        ):
            yield opened, start + match.start()
            opened = begin
    yield opened, end


def _kind(line: str, *, markdown: bool) -> str:
    if markdown:
        for pattern, kind in _MARKDOWN:
            if pattern.match(line):
                return kind
    return "sentence"


def _cross_headings(lines: list[str]) -> list[str]:
    """`heading` for a short line without a full stop, between longer ones or above the first of them."""
    return [
        "heading" if is_heading(line) and number + 1 < len(lines) and not is_heading(lines[number + 1]) else "sentence"
        for number, line in enumerate(lines)
    ]


def is_heading(line: str) -> bool:
    """Whether a line by itself reads as a heading.

    >>> is_heading("Two bridges closed"), is_heading("He left."), is_heading("- milk")
    (True, False, False)
    """
    words = line.split()
    return (
        0 < len(words) <= _HEADING_WORDS
        and "\n" not in line
        and line[0].isalnum()
        and not line[0].islower()
        and not _SENTENCE_END.search(line)
    )
