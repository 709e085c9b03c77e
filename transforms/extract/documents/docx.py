"""From a Word document to an article: its paragraphs by their styles, its tables row by row.

In: the bytes of a .docx. Out: `Article`, or a `Reject`: DAMAGED, TOO_LARGE, NO_TEXT. Headers, footers, comments and
deleted text of tracked changes are not part of the text; inserted text is.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from transforms.extract.article import Article
from transforms.extract.documents.draft import Draft
from transforms.extract.documents.properties import created, people, plausible_title
from transforms.extract.layout import is_heading
from transforms.extract.text import cleaned_article
from transforms.outcome import Reason, Reject

MAX_UNPACKED = 128 * 2**20
"""Size of the unpacked parts; a document of 400 pages with its pictures stays below."""
_MAX_XML = 48 * 2**20

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_NOT_HERE = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", f"{_W}instrText", _FALLBACK))
_KINDS = (
    (re.compile(r"^(?:title|subtitle|heading|überschrift|titre|título|titolo|kop|rubrik)\b", re.I), "heading"),
    (re.compile(r"^(?:list|liste?|lista|aufzählung)\b", re.I), "list_item"),
    (re.compile(r"^(?:intense )?(?:quote|zitat|citation|cita)\b", re.I), "quote"),
    (re.compile(r"^(?:caption|beschriftung|légende|epígrafe)\b", re.I), "caption"),
)
_TITLE = re.compile(r"^(?:title|titel|titre|título|titolo)$", re.I)
_BROKEN = (
    PackageNotFoundError,
    zipfile.BadZipFile,
    etree.LxmlError,
    zlib.error,
    KeyError,
    ValueError,
    EOFError,
    NotImplementedError,
    AttributeError,
)


def read_docx(content: bytes, fetched_at: datetime | None) -> Article | Reject:
    """Read a Word document; its title, author and day of creation count where they are plausible."""
    try:
        if wrong := _too_large(content):
            return wrong
        document: Any = docx.Document(io.BytesIO(content))
        draft, headline = _compose(document)
        about = document.core_properties
        title, author, when = about.title, about.author, about.created
    except _BROKEN as error:
        detail = f"the Word document is broken ({type(error).__name__}: {error}); save or fetch it again"
        return Reject("extract", Reason.DAMAGED, detail[:500])
    if not draft.blocks:
        return Reject("extract", Reason.NO_TEXT, "the Word document holds no text; a picture of text needs OCR first")
    return cleaned_article(
        draft.text,
        tuple(draft.blocks),
        headline=headline or plausible_title(title),
        authors=people(author),
        published=created(when, fetched_at),
    )


def _too_large(content: bytes) -> Reject | None:
    parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    total = sum(part.file_size for part in parts)
    longest = max((part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))), default=0)
    if total <= MAX_UNPACKED and longest <= _MAX_XML:
        return None
    return Reject("extract", Reason.TOO_LARGE, f"unpacks to {total:,} bytes; up to {MAX_UNPACKED:,} are read")


def _compose(document: Any) -> tuple[Draft, str | None]:
    """The text, and the headline: the paragraph of style Title, else a heading that comes first."""
    draft = Draft()
    headline = None
    styles = {style.style_id: style.name or "" for style in document.styles}
    for block in _blocks(document.element.body):
        if block.tag == f"{_W}tbl":
            _rows(block, draft)
            continue
        style = styles.get(_attribute(block, "pStyle") or "", "")
        text = _text(block)
        if headline is None and text and (_TITLE.match(style) or _leads(draft, style, text)):
            headline = " ".join(text.split())
        _paragraph(block, style, text, draft)
    return draft, headline


def _leads(draft: Draft, style: str, text: str) -> bool:
    return not draft.blocks and (_kind(style) == "heading" or (is_heading(text) and len(text.split()) > 2))


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(child)


def _paragraph(block: Any, style: str, text: str, draft: Draft) -> None:
    numbered = block.find(f"{_W}pPr/{_W}numPr") is not None
    kind = _kind(style) or ("list_item" if numbered else "sentence")
    for number, line in enumerate(text.split("\n")):
        words = " ".join(line.split())
        if words:
            close = number > 0 or (kind == "list_item" and bool(draft.blocks) and draft.blocks[-1].kind == kind)
            draft.block(kind, [words], "\n" if close else "\n\n")


def _rows(table: Any, draft: Draft) -> None:
    """A row of values is one line with tabs; a cell of a layout is read as it stands."""
    first = True
    for row in table.iter(f"{_W}tr"):
        cells = [[_text(paragraph) for paragraph in cell.iter(f"{_W}p")] for cell in row.iterchildren(f"{_W}tc")]
        texts = [" ".join(" ".join(cell).split()) for cell in cells]
        if sum(map(bool, texts)) > 1 and max(map(len, texts)) <= 200:
            draft.block("list_item", ["\t".join(texts).strip("\t")], "\n\n" if first else "\n")
            first = False
        else:
            for cell in cells:
                for text in cell:
                    if text.strip():
                        draft.block("sentence", [" ".join(text.split())])


def _kind(style: str) -> str | None:
    return next((kind for pattern, kind in _KINDS if pattern.match(style)), None)


def _attribute(block: Any, name: str) -> str | None:
    element = block.find(f"{_W}pPr/{_W}{name}")
    value: str | None = element.get(f"{_W}val") if element is not None else None
    return value


def _text(element: Any) -> str:
    return "".join(_pieces(element)).strip()


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _NOT_HERE or not isinstance(child.tag, str):
            continue
        name = child.tag.removeprefix(_W)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            # a break of page or column parts nothing that its paragraph does not
            yield " " if child.get(f"{_W}type") in ("page", "column") else _SIGNS[name]
        elif name != "pPr":
            yield from _pieces(child)
