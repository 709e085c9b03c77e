"""Paragraphs rebuilt from the lines of a document.

In: pages of columns of lines, and which of them are furniture. Out: a `Draft`: blocks, and what is cut.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from transforms.extract.documents.columns import Line
from transforms.extract.documents.draft import Cut, Draft

_LEADING = 1.3
"""Times the usual distance of two lines from which there is a gap between them."""
_OTHER_SIZE = 0.12
_LARGER = 1.08
_HEADING_WORDS = 25
_BULLET = re.compile(r"^[•▪▫●○◦‣⁃∙·■□–-]\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…:;。！？][\"”’»)\]]*$")
_HYPHENATED = re.compile(r"\w[-‐]$")
_COMPOUND = re.compile(r"\w+(?:[-‐]\w+)+")


@dataclass(slots=True)
class _Paragraph:
    """Lines of one paragraph; `cuts` are the furniture that stands before a line, by the line's number."""

    lines: list[Line]
    kind: str = "sentence"
    cuts: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    behind: list[tuple[str, str]] = field(default_factory=list)
    in_row: bool = False


def body_size(pages: Sequence[Sequence[Sequence[Line]]]) -> float:
    """The size that most letters of the document have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for column in page:
            for line in column:
                sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def compose(pages: Sequence[Sequence[Sequence[Line]]], furniture: dict[Line, str]) -> Draft:
    """The text of the pages."""
    columns = [column for page in pages for column in page]
    compounds = frozenset(
        match[0].casefold() for column in columns for line in column for match in _COMPOUND.finditer(line.text)
    )
    usual = body_size(pages)
    draft = Draft()
    for paragraph in _paragraphs(columns, furniture, usual):
        for text, rule in paragraph.cuts.pop(0, ()):
            draft.leave_out(text, rule)
        kind = _kind(paragraph, usual)
        close = kind == "list_item" and bool(draft.blocks) and draft.blocks[-1].kind == "list_item"
        if paragraph.lines:
            draft.block(kind, list(_fragments(paragraph, compounds)), "\n" if close else "\n\n")
        for text, rule in paragraph.behind:
            draft.leave_out(text, rule)
    return draft


def _paragraphs(columns: Sequence[Sequence[Line]], furniture: dict[Line, str], usual: float) -> Iterator[_Paragraph]:
    current = _Paragraph([])
    waiting: list[tuple[str, str]] = []
    for column in columns:
        text = [line for line in column if line not in furniture]
        edges = _Edges(text)
        for line in column:
            if line in furniture:
                waiting.append((line.text, furniture[line]))
                continue
            if current.lines and _begins(line, current, edges, usual):
                current, finished = _Paragraph([]), current
                yield finished
            if current.lines:
                current.in_row |= _beside(current.lines[-1], line)
            if waiting:
                current.cuts[len(current.lines)] = waiting
                waiting = []
            current.lines.append(line)
            edges.passed = line
    current.behind = waiting
    yield current


@dataclass(slots=True)
class _Edges:
    """Where the lines of a column begin and end, and how far apart they are."""

    lines: Sequence[Line]
    left: float = 0.0
    right: float = 0.0
    leading: float = 0.0
    passed: Line | None = None

    def __post_init__(self) -> None:
        if self.lines:
            self.left = sorted(line.left for line in self.lines)[len(self.lines) // 10]
            self.right = sorted(line.right for line in self.lines)[-1 - len(self.lines) // 10]
        steps = [above.middle - below.middle for above, below in zip(self.lines, self.lines[1:], strict=False)]
        near = [step for step, line in zip(steps, self.lines, strict=False) if 0.5 * line.size < step < 2.5 * line.size]
        self.leading = median(near) if near else 0.0


def _begins(line: Line, current: _Paragraph, edges: _Edges, usual: float) -> bool:
    """Whether a line is the first of a paragraph."""
    last = current.lines[-1]
    if abs(line.size - last.size) > _OTHER_SIZE * max(line.size, last.size) or _BULLET.match(line.text):
        return True
    if edges.passed is last:
        if _beside(last, line):
            return False
        return current.in_row or line.bold != last.bold or _is_set_off(line, last, current, edges)
    # the text goes on in the next column or page unless the last one ended there
    large = line.size > _LARGER * usual
    if line.bold != last.bold or large or _HYPHENATED.search(last.text):
        return not _HYPHENATED.search(last.text)
    return bool(_SENTENCE_END.search(last.text)) or (not line.text[0].islower() and _ends_early(current))


def _is_set_off(line: Line, last: Line, current: _Paragraph, edges: _Edges) -> bool:
    """Whether a gap, an indent or a short last line parts two lines of a column."""
    leading = edges.leading or 1.2 * line.size
    if last.middle - line.middle > _LEADING * leading:
        return True
    indented = line.left > edges.left + 0.8 * line.size and last.left < edges.left + 0.4 * line.size
    if (
        indented
        and abs(line.left - last.left) < 0.3 * edges.lines[0].page_width
        and not _BULLET.match(current.lines[0].text)
    ):
        return bool(_SENTENCE_END.search(last.text)) or line.text[0].isupper()
    short = last.right < edges.right - 0.15 * (edges.right - edges.left)
    return short and bool(_SENTENCE_END.search(last.text))


def _ends_early(paragraph: _Paragraph) -> bool:
    lines = paragraph.lines
    return len(lines) > 1 and lines[-1].right < max(line.right for line in lines) - 2 * lines[-1].size


def _beside(last: Line, line: Line) -> bool:
    return last.page == line.page and abs(last.middle - line.middle) < 0.4 * line.size and line.left >= last.right


def _kind(paragraph: _Paragraph, usual: float) -> str:
    if not paragraph.lines:
        return "sentence"
    first = paragraph.lines[0]
    if _BULLET.match(first.text) or paragraph.in_row:
        return "list_item"
    words = sum(len(line.text.split()) for line in paragraph.lines)
    stands_out = first.size > _LARGER * usual or (first.bold and not paragraph.lines[-1].text.endswith("."))
    return "heading" if stands_out and words <= _HEADING_WORDS else "sentence"


def _fragments(paragraph: _Paragraph, compounds: frozenset[str]) -> Iterator[str | Cut]:
    for number, line in enumerate(paragraph.lines):
        text = line.text
        if number:
            yield from _joint(paragraph, number, compounds)
        elif bullet := _BULLET.match(text):
            yield Cut(bullet[0], "list_sign")
            text = text[bullet.end() :]
        follows = number + 1 < len(paragraph.lines)
        yield text[:-1] if follows and _is_broken_word(line, paragraph.lines[number + 1]) else text


def _joint(paragraph: _Paragraph, number: int, compounds: frozenset[str]) -> Iterator[str | Cut]:
    """What stands between two lines: a space, a hyphen that goes, furniture of the page between them."""
    last, line = paragraph.lines[number - 1], paragraph.lines[number]
    between = paragraph.cuts.get(number, [])
    furniture = "".join(f"\n\n{text}" for text, _ in between) + "\n\n" if between else ""
    rules = "+".join(dict.fromkeys(rule for _, rule in between))
    if _is_broken_word(last, line):
        keeps = _compound(last.text, line.text) in compounds or line.text[0].isupper()
        rule = f"line_end_hyphen+{rules}" if rules else "line_end_hyphen"
        yield Cut(f"{last.text[-1]}{furniture or chr(10)}", rule, last.text[-1] if keeps else "")
    elif between:
        yield Cut(furniture, rules, " ")
    else:
        yield "\t" if _beside(last, line) else " "


def _is_broken_word(last: Line, line: Line) -> bool:
    return bool(_HYPHENATED.search(last.text)) and line.text[0].isalpha() and not _beside(last, line)


def _compound(last: str, line: str) -> str:
    before = re.search(r"\w+[-‐]$", last)
    after = re.match(r"\w+", line)
    return f"{before[0]}{after[0]}".casefold() if before and after else ""
