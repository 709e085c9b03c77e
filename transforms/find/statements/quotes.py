"""Stretches between quotation marks: a text and its paragraphs come in, `Quote` spans go out in text order.

Which mark opens and which closes is told by its shape, and for straight marks and apostrophes by the letters around.
Marks without a partner in their paragraph make no quote unless the next paragraph opens with the mark again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Alternatives that all begin with a plain character are found seven times as fast as those of sets and assertions.
_MARK = re.compile("|".join(("``", "''", "‘‘", "’’", *"\"“”„‟«»‘‚‹›「」『』＂'’")))
# What closes a quotation that a mark opened, by the customs of Germany, France, Sweden, Japan…, and by mistake: “…“
_CLOSERS: dict[str, frozenset[str]] = {
    mark: frozenset(closers.split())
    for mark, closers in {
        '"': "\" ” “ '' ’’",
        "＂": "＂",
        "“": "” \" “ '' ’’",
        "”": "”",
        "„": '“ ” "',
        "‟": "”",
        "«": "»",
        "»": "«",
        "``": "'' \"",
        "''": "'' \"",
        "‘‘": '’’ ” "',
        "‘": "’ '",
        "‚": "‘ ’",
        "'": "'",
        "‹": "›",
        "›": "‹",
        "「": "」",
        "『": "』",
    }.items()
}
_SINGLE = frozenset("‘’'‚")
_APOSTROPHES = frozenset("'’")
_LONGEST_SINGLE = 1500
"""Characters: an apostrophe so far from the one before it is not its partner."""


@dataclass(slots=True)
class Quote:
    """A quotation with its marks; the words are `text[inner_start:inner_end]`.

    `continues`: it goes on from the paragraph before. `goes_on`: it is open at the end of its paragraph and goes on in
    the next.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    continues: bool = False
    goes_on: bool = False


def find_quotes(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Quote]:
    """The outermost quotations, in order.

    >>> [text[q.inner_start:q.inner_end] for text in ['He said: "Go," and left.'] for q in find_quotes(text, [(0, 25)])]
    ['Go,']
    """
    found: list[Quote] = []
    opened = ""
    for number, (start, end) in enumerate(paragraphs):
        following = _opening_mark(text, paragraphs[number + 1]) if number + 1 < len(paragraphs) else ""
        continues = bool(opened) and _opening_mark(text, (start, end)) == opened
        opened = ""
        for quote, mark in _quotes(text, start, end):
            if quote.end <= 0:  # without a partner
                if following == mark and mark not in _SINGLE:
                    found.append(Quote(quote.start, end, quote.inner_start, end, continues, goes_on=True))
                    opened = mark
                continue
            found.append(Quote(quote.start, quote.end, quote.inner_start, quote.inner_end, continues))
            continues = False
    return found


def _opening_mark(text: str, paragraph: tuple[int, int]) -> str:
    mark = _MARK.match(text, *paragraph)
    return mark.group() if mark else ""


def _marks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The marks of a paragraph but the apostrophes within words: most are those of "don't" and "Zeta's"."""
    for mark in _MARK.finditer(text, start, end):
        at = mark.start()
        if text[at] not in _APOSTROPHES or at == 0 or at + 1 >= end or not _in_word(text, at):
            yield mark


def _in_word(text: str, at: int) -> bool:
    return _is_letter(text[at - 1]) and _is_letter(text[at + 1])


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _quotes(text: str, start: int, end: int) -> Iterator[tuple[Quote, str]]:
    """Quotes of a paragraph with their opening mark; one whose end is 0 has no partner."""
    opener: re.Match[str] | None = None
    for mark in _marks(text, start, end):
        if opener is None:
            if _opens(text, mark, start, end):
                opener = mark
            continue
        first = opener.group()
        if first in _SINGLE and mark.start() - opener.start() > _LONGEST_SINGLE:
            opener = mark if _opens(text, mark, start, end) else None
            continue
        if mark.group() == first and first not in _SINGLE and _opens_again(text, mark, end):
            # nobody nests a mark in itself: the one before was never closed
            opener = mark
        elif mark.group() in _CLOSERS[first] and _closes(text, mark, end):
            yield _quote(opener, mark), first
            opener = None
    if opener is not None:
        yield Quote(opener.start(), 0, opener.end(), 0), opener.group()


def _quote(opener: re.Match[str], closer: re.Match[str]) -> Quote:
    return Quote(opener.start(), closer.end(), opener.end(), closer.start())


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    sign = mark.group()
    if sign not in _CLOSERS:
        return False
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if sign in "“„«‟「『‚‹":
        return not after.isspace() or sign in "«"
    if sign in "»›" and after.isspace():
        return False
    return not (before.isalnum() or before in ".,!?)") and not after.isspace() and after not in ".,;:!?)"


def _opens_again(text: str, mark: re.Match[str], end: int) -> bool:
    """Whether a mark that may open as well as close opens here: space before, a letter behind."""
    if mark.group() in _CLOSERS[mark.group()]:
        return text[mark.start() - 1].isspace() and mark.end() < end and text[mark.end()].isalnum()
    return True


def _closes(text: str, mark: re.Match[str], end: int) -> bool:
    sign = mark.group()
    after = text[mark.end()] if mark.end() < end else " "
    before = text[mark.start() - 1]
    if sign in _SINGLE:
        if after.isalnum():
            return False  # an apostrophe
        # "the boys' coats": a possessive, when a small letter follows and no stop came before
        rest = text[mark.end() : mark.end() + 2]
        return not (before == "s" and after == " " and rest[1:].islower())
    if sign == '"':
        return not (before.isspace() and after.isalnum())  # that one opens a quotation within
    return True
