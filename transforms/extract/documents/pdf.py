"""From a PDF to an article: its lines in reading order, paragraphs rebuilt, headers and footers taken out.

In: the bytes. Out: `Article`, or a `Reject`: ENCRYPTED, DAMAGED, NO_TEXT for pictures of pages, TOO_LARGE. Line breaks
inside a paragraph are the page's, not the text's, and become spaces; what is cut or joined otherwise is a `Removal`.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pypdfium2

from transforms.extract.article import Article
from transforms.extract.documents.columns import Line, in_reading_order
from transforms.extract.documents.furniture import find_furniture
from transforms.extract.documents.glyphs import read_lines
from transforms.extract.documents.paragraphs import body_size, compose
from transforms.extract.documents.properties import created, people, plausible_title
from transforms.extract.text import MAX_CHARACTERS, cleaned_article
from transforms.outcome import Reason, Reject

_OPEN: Any = pypdfium2.PdfDocument  # the library has no types

MAX_PAGES = 400
"""Pages that are read; longer ones are books, whose text no later stage reads either."""
_FEWEST_LETTERS = 40
_HEADLINE_SIZE = 1.2
"""How much larger than the text a headline is at least."""


def read_pdf(content: bytes, fetched_at: datetime | None) -> Article | Reject:
    """Read a PDF; its title, author and day of creation count where they are plausible."""
    try:
        document = _OPEN(content)
    except pypdfium2.PdfiumError as error:
        return _not_opened(error)
    try:
        if len(document) > MAX_PAGES:
            return Reject("extract", Reason.TOO_LARGE, f"{len(document)} pages; up to {MAX_PAGES} are read")
        pages = _read_pages(document)
        about: dict[str, Any] = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    if isinstance(pages, Reject):
        return pages
    return _article(pages, about, fetched_at)


def _not_opened(error: Exception) -> Reject:
    if "password" in str(error).lower() or "security" in str(error).lower():
        return Reject("extract", Reason.ENCRYPTED, "the PDF asks for a password; save it without one")
    return Reject("extract", Reason.DAMAGED, f"the PDF is broken ({error}); fetch or export it again")


def _read_pages(document: Any) -> list[list[list[Line]]] | Reject:
    """Pages of columns of lines."""
    pages = []
    letters = characters = 0
    for number in range(len(document)):
        try:
            lines = read_lines(document[number], number)
        except pypdfium2.PdfiumError as error:
            return Reject(
                "extract", Reason.DAMAGED, f"page {number + 1} of the PDF is broken ({error}); export it again"
            )
        letters += sum(character.isalpha() for line in lines for character in line.text)
        characters += sum(len(line.text) for line in lines)
        if characters > MAX_CHARACTERS:
            return Reject("extract", Reason.TOO_LARGE, f"more than {MAX_CHARACTERS:,} characters of text")
        pages.append(in_reading_order(lines))
    if letters < _FEWEST_LETTERS:
        return _no_text(len(pages))
    return pages


def _no_text(pages: int) -> Reject:
    what = "its page is a picture" if pages == 1 else f"its {pages} pages are pictures"
    return Reject(
        "extract", Reason.NO_TEXT, f"the PDF holds no text: {what}, as from a scanner; run text recognition (OCR) first"
    )


def _article(
    pages: Sequence[Sequence[Sequence[Line]]], about: dict[str, Any], fetched_at: datetime | None
) -> Article | Reject:
    furniture = find_furniture([[line for column in page for line in column] for page in pages])
    draft = compose(pages, furniture)
    headline = _headline(pages, furniture, about)
    moment = created(about.get("CreationDate"), fetched_at)
    return cleaned_article(
        draft.text,
        tuple(draft.blocks),
        headline=headline,
        signs=draft.edits,
        authors=people(about.get("Author")),
        published=moment,
    )


def _headline(
    pages: Sequence[Sequence[Sequence[Line]]], furniture: dict[Line, str], about: dict[str, Any]
) -> str | None:
    """The largest words of the first page; the title property when the page has it too, or has nothing large."""
    first = [line for column in pages[0] for line in column if line not in furniture]
    title = plausible_title(about.get("Title"))
    shown = _fold(" ".join(line.text for line in first))
    if title and _fold(title) in shown:
        return title
    largest = max((line.size for line in first), default=0.0)
    if largest >= _HEADLINE_SIZE * body_size(pages):
        lines = [line for line in first if line.size > 0.93 * largest]
        text = " ".join(" ".join(line.text for line in lines).split())
        if 2 <= len(text.split()) <= 30 and len(lines) <= 5:
            return text
    return title


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
