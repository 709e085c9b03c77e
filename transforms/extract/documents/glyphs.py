"""From a page of a PDF to its lines, with where they stand and how large they are.

In: a page of pypdfium2. Out: `Line`s in the order of the file. Signs of one line that stand far apart, as across a
gutter or in a table, become lines of their own.
"""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import pypdfium2.raw

from transforms.extract.documents.columns import Line

pdfium: Any = pypdfium2.raw  # bindings that are made from C headers and have no types

HYPHENS = "\u0002\u00ad\ufffe"
"""How PDFium gives a hyphen at the end of a line."""

_WIDE_GAP = 1.6
"""Height of the letters from which a gap in a line parts columns; a wide space in justified text is below one."""
_MOST_SIGNS = 60_000
"""Signs of a page; a page of a broadsheet has some 20,000."""
_BOLD = 600
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)


@dataclass(slots=True)
class _Run:
    """Signs that stand close together in one line."""

    text: list[str] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    heights: list[float] = field(default_factory=list)
    first: int = 0
    last: int = 0

    def take(self, index: int, sign: str, box: tuple[float, float, float, float]) -> None:
        left, right, bottom, top = box
        if not self.heights:
            self.left, self.right, self.bottom, self.top = left, right, bottom, top
            self.first = index
        self.last = index
        self.left, self.right = min(self.left, left), max(self.right, right)
        self.bottom, self.top = min(self.bottom, bottom), max(self.top, top)
        self.heights.append(top - bottom)
        self.text.append(sign)


def read_lines(page: Any, number: int) -> list[Line]:
    """The lines of a page; `page` is one of pypdfium2's, `number` that of the page, from 0."""
    textpage = page.get_textpage()
    try:
        width, height = page.get_size()
        runs = list(_runs(textpage))
        # a line may begin or end with a bold word and yet be an ordinary one
        bold = [_is_bold(textpage, run.first) and _is_bold(textpage, run.last) for run in runs]
    finally:
        textpage.close()
        page.close()
    return [
        Line(text, run.left, run.right, run.bottom, run.top, median(run.heights), number, width, height, is_bold)
        for run, is_bold in zip(runs, bold, strict=True)
        if run.heights and (text := " ".join("".join(run.text).split()))
    ]


def _runs(textpage: Any) -> Iterator[_Run]:
    run = _Run()
    box = pdfium.FS_RECTF()
    for index in range(min(pdfium.FPDFText_CountChars(textpage), _MOST_SIGNS)):
        sign = _sign(textpage, index)
        if sign in "\r\n":
            if run.text:
                yield run
                run = _Run()
            continue
        if not sign or not pdfium.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
            continue
        if sign.isspace() or box.top <= box.bottom:
            if run.text:
                run.text.append(sign)
            continue
        if run.heights and _is_apart(run, box):
            yield run
            run = _Run()
        run.take(index, sign, (box.left, box.right, box.bottom, box.top))
    if run.text:
        yield run


def _sign(textpage: Any, index: int) -> str:
    code = pdfium.FPDFText_GetUnicode(textpage, index)
    sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    return "-" if sign and sign in HYPHENS else sign


def _is_bold(textpage: Any, index: int) -> bool:
    """Whether a sign is of a bold font, by its weight or, where the file does not tell, by the font's name."""
    name = ctypes.create_string_buffer(120)
    pdfium.FPDFText_GetFontInfo(textpage, index, name, len(name), None)
    return bool(_BOLD_NAME.search(name.value)) or pdfium.FPDFText_GetFontWeight(textpage, index) >= _BOLD


def _is_apart(run: _Run, box: Any) -> bool:
    height = max(run.heights[-1], 1.0)
    return bool(box.left - run.right > _WIDE_GAP * height or box.bottom > run.top or box.top < run.bottom)
