"""The story of a page, read with trafilatura and then held against the page itself.

In: the tree of a page and its fields. Out: the `Piece`s of the story, or a `Reject` when the library fails. What is no
part of the story is taken out before (`clutter`); what was read beside it is trimmed (`edges`), what was lost from its
middle is put back (`gaps`, `standfirst`). Only a page whose reading looks far too short is read a second time.
"""

import re
from collections.abc import Sequence
from copy import deepcopy

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from transforms.extract.body import Piece, mark_captions, mark_live_entries, read_body
from transforms.extract.clutter import take_out_clutter
from transforms.extract.edges import trim_edges
from transforms.extract.gaps import fill_gaps
from transforms.extract.lines import LONG, Line, fold, page_lines
from transforms.extract.live import read_entries
from transforms.extract.parse import prepare
from transforms.extract.split import join_split_body
from transforms.extract.standfirst import with_standfirst
from transforms.extract.structured import PageFields
from transforms.outcome import Reason, Reject

_MANY_LETTERS = 600
"""Letters in paragraphs from which a page has text, so that finding none means that the library failed."""
_LITTLE = 400
"""Letters up to which what was read may be only the end of a story or a box beside it."""
_MUCH_MORE = 3
"""How many times longer the paragraphs of the page are when such a reading is doubted."""
_HALF = 0.5
"""Share of the text that the publisher states for machines below which what was read is doubted."""
_COVERED = 0.8
"""Share of the stated text that the page has to show so that the blocks of the page are read instead."""


def read_pieces(
    tree: HtmlElement, fields: PageFields, *, url: str | None, headline: str | None, free: bool | None
) -> list[Piece] | Reject:
    """The pieces of the story in order; an empty list when there is none. The tree stays as it is.

    Args:
        tree: the page.
        fields: what it says about itself.
        url: its address.
        headline: its headline, which is no standfirst.
        free: whether it says that it can be read without paying; what is for subscribers is left to them.
    """
    page = deepcopy(tree)
    captions = frozenset(" ".join("".join(caption.itertext()).split()) for caption in page.iter("figcaption"))
    take_out_clutter(page, is_live_blog=fields.is_live_blog)
    prepare(page)
    pieces = _read(page, url)
    if isinstance(pieces, Reject):
        return pieces
    lines = page_lines(page)
    pieces = _second_opinion(pieces, lines, tree, fields, url=url, free=free)
    pieces = trim_edges(pieces, lines, [fold(piece.text) for piece in pieces])
    pieces = fill_gaps(pieces, lines, [fold(piece.text) for piece in pieces])
    pieces = mark_captions(with_standfirst(pieces, lines, fields, headline), captions)
    if not fields.is_live_blog:
        return pieces
    entries = read_entries(page)
    enough = _letters(entries) >= _HALF * _letters(pieces)
    return entries if entries and enough else mark_live_entries(pieces)


def _letters(pieces: Sequence[Piece]) -> int:
    return sum(len(fold(piece.text)) for piece in pieces)


def _read(tree: HtmlElement, url: str | None) -> list[Piece] | Reject:
    pieces = _read_body(tree, url)
    if not isinstance(pieces, Reject) and join_split_body(tree, "\n".join(piece.text for piece in pieces)):
        pieces = _read_body(tree, url)
    return pieces


def _read_body(tree: HtmlElement, url: str | None, *, recall: bool = False) -> list[Piece] | Reject:
    # the library works on a copy of the tree and gives None both for "no article" and for its own errors
    document = trafilatura.bare_extraction(
        tree, url=url, include_comments=False, with_metadata=False, favor_recall=recall
    )
    if isinstance(document, Document) and document.body is not None:
        return read_body(document.body)
    letters = sum(len("".join(paragraph.itertext())) for paragraph in tree.iter("p"))
    if letters > _MANY_LETTERS:
        return Reject("extract", Reason.FAILED, f"trafilatura gave nothing for {letters:,} letters in paragraphs")
    return []


def _second_opinion(
    pieces: list[Piece],
    lines: Sequence[Line],
    tree: HtmlElement,
    fields: PageFields,
    *,
    url: str | None,
    free: bool | None,
) -> list[Piece]:
    """Another reading of a page of which suspiciously little was read; else, or if that is no longer, the first."""
    read = sum(len(fold(piece.text)) for piece in pieces)
    stated = _stated(fields) if free is not False else []
    letters = sum(len(fold(piece.text)) for piece in stated)
    if letters > _LITTLE and read < _HALF * letters:
        return _as_shown(stated, lines)
    shown = sum(len(line.folded) for line in lines if line.element.tag == "p" and len(line.folded) > LONG)
    if read < _LITTLE and shown > max(_LITTLE, _MUCH_MORE * read):
        whole = deepcopy(tree)
        prepare(whole)
        others = _read_body(whole, url, recall=True)
        if not isinstance(others, Reject) and sum(len(fold(piece.text)) for piece in others) > _MUCH_MORE * read:
            return others
    return pieces


def _stated(fields: PageFields) -> list[Piece]:
    """The text that the publisher states for machines, by its paragraphs."""
    value = fields.article.get("articleBody")
    if not isinstance(value, str) or "<" in value or "&lt;" in value:
        return []
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*|(?<=[.!?”\"])\s{2,}", value))
    return [Piece("sentence", paragraph) for paragraph in paragraphs if paragraph]


def _as_shown(stated: Sequence[Piece], lines: Sequence[Line]) -> list[Piece]:
    """The blocks of the page that the stated text consists of; the stated text when the page does not show it."""
    whole = "".join(fold(piece.text) for piece in stated)
    shown = [line for line in lines if len(line.folded) > LONG and line.folded in whole]
    if sum(len(line.folded) for line in shown) >= _COVERED * len(whole):
        return [Piece("sentence", line.text) for line in dict.fromkeys(shown)]
    return list(stated)
