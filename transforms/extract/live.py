"""Live blogs: their entries are found by our own reading, so that each is kept and keeps its time.

In: the tree of a page that calls itself a live blog. Out: its `Piece`s. Trap: the library takes each entry for an
article of its own, keeps one of them or all without their headings, and drops every `<time>`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC

from lxml.html import HtmlElement

from transforms.extract.body import Piece
from transforms.extract.lines import BLOCKS, shown_text
from transforms.extract.parse import without_marks
from transforms.extract.published import parse_moment

_CLOCK = re.compile(
    r"\b(?:[01]?\d|2[0-3])(?:[:h]|\.(?=[0-5]\d\b))[0-5]\d\b|\b(?:1[0-2]|[1-9])\s?[ap]\.?m\b", re.IGNORECASE
)
_DATA = ("data-timestamp", "data-time", "data-date", "data-datetime", "data-published", "data-posted-date-epoch")
_FEWEST = 2
"""Entries from which a page has any."""
_LETTERS = 40
"""Letters of an entry beside its time."""
_LONGEST_LABEL = 40
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "li": "list_item",
    "dd": "list_item",
    "blockquote": "quote",
}
_BESIDE = frozenset(("figure", "figcaption", "form", "nav", "aside", "footer"))


def read_entries(tree: HtmlElement) -> list[Piece]:
    """The pieces of a live blog: what leads in, then each entry below its time. Empty when the page has no entries.

    The time is as the reader sees it; where that is "2 hours ago", or filled in by a script, it is that of the
    attribute for machines, with the zone that it states.
    """
    stream, entries = _stream(tree)
    if stream is None:
        return []
    pieces = [Piece("sentence", text) for text in _lead_in(stream)]
    for entry, stamp in entries.items():
        if label := _label(stamp):
            pieces.append(Piece("live_entry", label))
        last = None
        for line in _lines(entry, stamp):
            kind = _kind(line, entry)
            close = kind == last == "list_item"
            pieces.append(Piece(kind, _words(line), "\n" if close else "\n\n"))
            last = kind
    return pieces


def _lead_in(stream: HtmlElement) -> Iterator[str]:
    """The paragraphs above the entries, within the same article."""
    around = [element for element in stream.iterancestors() if element.tag in ("article", "main")]
    for element in (around[-1] if around else stream).iter():
        if element is stream:
            return
        if element.tag == "p" and len(text := _words(element)) >= _LETTERS and not _is_link(element, text):
            yield text


def _lines(entry: HtmlElement, stamp: HtmlElement) -> Iterator[HtmlElement]:
    """The blocks of an entry that hold no other block; not its times, pictures, buttons and lines of links."""
    stamps = {stamp, *entry.iter("time")} - {entry}
    _wrap_loose_text(entry)
    for element in entry.iter():
        if element.tag not in BLOCKS or any(child.tag in BLOCKS for child in element):
            continue
        if any(above.tag in _BESIDE for above in (element, *element.iterancestors())):
            continue
        text = _words(element)
        is_stamp = element in stamps or any(child in stamps and _words(child) == text for child in element.iter())
        if text and not is_stamp and not _is_link(element, text):
            yield element


def _wrap_loose_text(entry: HtmlElement) -> None:
    """Make paragraphs of the words that stand beside blocks."""
    for element in [element for element in entry.iter() if any(child.tag in BLOCKS for child in element)]:
        for child in (None, *element):
            words = element.text if child is None else child.tail if child.tag in BLOCKS else None
            if words and words.strip():
                paragraph = element.makeelement("p")
                paragraph.text = words
                if child is None:
                    element.text = None
                    element.insert(0, paragraph)
                else:
                    child.tail = None
                    child.addnext(paragraph)


def _kind(line: HtmlElement, entry: HtmlElement) -> str:
    for element in (line, *line.iterancestors()):
        if element is entry:
            break
        if kind := _KINDS.get(str(element.tag)):
            return kind
    return "sentence"


def _is_link(element: HtmlElement, text: str) -> bool:
    linked = sum(len(_words(link)) for link in element.iter("a", "button"))
    return linked > 0.8 * len(text) and element.tag not in ("h2", "h3", "h4", "h5")


def _words(element: HtmlElement) -> str:
    return " ".join(without_marks(shown_text(element)).split())


def _stream(tree: HtmlElement) -> tuple[HtmlElement | None, dict[HtmlElement, HtmlElement]]:
    """The element with the most children that hold a time and some text; and these children with their times."""
    children: defaultdict[HtmlElement, dict[HtmlElement, HtmlElement]] = defaultdict(dict)
    for stamp in _stamps(tree):
        below = stamp
        for above in stamp.iterancestors():
            children[above].setdefault(below, stamp)
            below = above
    best: HtmlElement | None = None
    chosen: dict[HtmlElement, HtmlElement] = {}
    for above, stamps in children.items():
        entries = {child: stamp for child, stamp in stamps.items() if _is_entry(child, stamp)}
        if len(entries) >= max(_FEWEST, len(chosen) + 1):
            best, chosen = above, entries
    return best, chosen


def _stamps(tree: HtmlElement) -> list[HtmlElement]:
    marked = [element for element in tree.iter("time") if _label(element)]
    for name in _DATA:
        if not marked:
            marked = [element for element in tree.iterfind(f".//*[@{name}]") if _label(element)]
    return marked


def _is_entry(child: HtmlElement, stamp: HtmlElement) -> bool:
    if child is stamp and stamp.tag == "time":
        return False
    return len(_words(child)) - (len(_words(stamp)) if stamp is not child else 0) >= _LETTERS


def _label(stamp: HtmlElement) -> str | None:
    shown = " ".join("".join(stamp.itertext()).split()) if stamp.tag == "time" else ""
    if len(shown) <= _LONGEST_LABEL and _CLOCK.search(shown):
        return shown
    moment = next((found for name in ("datetime", *_DATA) if (found := parse_moment(stamp.get(name), ""))), None)
    if moment is None or moment.precision == "day":
        return None
    return moment.at.strftime("%H:%M UTC" if moment.at.tzinfo == UTC else "%H:%M")
