"""From an HTML string to a tree that trafilatura can read safely.

In: the characters of a page. Out: an lxml tree within limits, its paragraphs made plain; or a `Reject` TOO_COMPLEX or
NO_TEXT. Each step here answers a measured trap of the library or of libxml2, named where it is handled.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from transforms.extract.decode import mend_surrogates
from transforms.extract.page_tables import unwrap_layout_tables
from transforms.outcome import Reason, Reject

# Of 186 real pages none has more than 4,100 elements, 34 levels, 260 children or 64 attributes. Time of the library
# grows with the square of the last three: 10,000 inline elements in one paragraph take 4 s, 100,000 take minutes.
MAX_ELEMENTS = 25_000
MAX_DEPTH = 200
MAX_CHILDREN = 8_000
MANY_INLINE = 1_000
MAX_LETTERS = 2_000_000
_PARSER_DEPTH = 2_000  # libxml2 drops what is nested deeper than 2,048 levels
MAX_ATTRIBUTES = 256

TWIN = "\ufdd0"
"""Set after a paragraph that repeats an earlier one, so that the library does not drop it; never in the text.

Noncharacters (U+FDD0 to U+FDEF) are for such internal use; they are taken out of the page before."""

_INLINE = (
    "a",
    "b",
    "bdi",
    "big",
    "em",
    "font",
    "i",
    "mark",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
    "abbr",
    "wbr",
)
_NOT_CHARACTERS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
_BAD_ENTITY = re.compile(r"(?:&#(?:x0*d[89a-f][0-9a-f]{2}|0*5[5-7][0-9]{3}|x?0+)(?![0-9a-f]);?)+", re.IGNORECASE)
_ENTITY = re.compile(r"&#(x?)([0-9a-f]+)", re.IGNORECASE)
# Quoted values may hold "<" and ">". Nothing here goes back: each character of a tag is looked at once.
_TAG = re.compile(r"""<([a-zA-Z][\w:-]*+)(\s(?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""")
_LONG_TAG = 4_000
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
_BREAKS = re.compile(r"(<br\b[^<>]{0,100}>)(?:(?:\s|&nbsp;|\xa0)*<br\b[^<>]{0,100}>){2,}", re.IGNORECASE)


def parse(html: str) -> HtmlElement | Reject:
    """The page as a tree.

    Trees larger, wider or deeper than any article are refused; harmless excess (empty wrappers, runs of `<br>`,
    thousands of attributes) is pruned instead.
    """
    if html.count("<") > 4 * MAX_ELEMENTS:
        return Reject("extract", Reason.TOO_COMPLEX, f"{html.count('<'):,} tags; no article has so many")
    tree = _read(_safe_source(html))
    if tree is None:
        return Reject("extract", Reason.NO_TEXT, "there are no elements on the page")
    return _too_complex(tree) or _too_long(html, tree) or tree


def _too_long(html: str, tree: HtmlElement) -> Reject | None:
    """Text far beyond any article is refused before anybody reads it; scripts and styles may be long."""
    if len(html) <= MAX_LETTERS:
        return None
    letters = sum(
        len(text)
        for element in tree.iter()
        if isinstance(element.tag, str)
        for text in (element.text if element.tag not in ("script", "style") else "", element.tail)
        if text
    )
    if letters <= MAX_LETTERS:
        return None
    return Reject("extract", Reason.TOO_LARGE, f"{letters:,} characters of text; no article has so many")


def _safe_source(html: str) -> str:
    """The page without what stops libxml2 (NUL, lone surrogates) or keeps it busy (100,000 attributes or breaks)."""
    html = _NOT_CHARACTERS.sub("", html).replace("\f", " ")
    if "&#" in html:
        html = _BAD_ENTITY.sub(_mend_entities, html)
    html = _TAG.sub(_drop_attributes, html) if len(html) > _LONG_TAG else html
    return _BREAKS.sub(r"\1\1", html)


def _mend_entities(match: re.Match[str]) -> str:
    """`&#55357;&#56832;` is one emoji as two surrogates; a lone one becomes U+FFFD, as in browsers; NUL is dropped."""
    codes = [int(digits, 16 if letter else 10) for letter, digits in _ENTITY.findall(match[0])]
    return mend_surrogates("".join(map(chr, filter(None, codes))))


def _drop_attributes(match: re.Match[str]) -> str:
    if len(match[2]) < _LONG_TAG:
        return match[0]
    attributes = len(_QUOTED.sub("", match[2]).split())
    return f"<{match[1]}>" if attributes > MAX_ATTRIBUTES else match[0]


def _read(html: str) -> HtmlElement | None:
    parser: Any = _PARSER()
    try:
        tree: HtmlElement = _BUILD(html.encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    return tree


_BUILD: Callable[..., Any] = document_fromstring
# huge_tree: without it libxml2 stops at 255 levels and the rest of the page is gone
_PARSER: Callable[[], Any] = partial(
    HTMLParser,
    collect_ids=False,
    default_doctype=False,
    encoding="utf-8",
    remove_comments=True,
    remove_pis=True,
    huge_tree=True,
)


def _too_complex(tree: HtmlElement) -> Reject | None:
    count, depth, wide = _shape(tree)
    if count > MAX_ELEMENTS:
        return Reject("extract", Reason.TOO_COMPLEX, f"{count:,} elements; no article has more than {MAX_ELEMENTS:,}")
    if widest := _narrow(wide):
        return Reject("extract", Reason.TOO_COMPLEX, f"{widest:,} elements in one; no article has {MAX_CHILDREN:,}")
    if MAX_DEPTH < depth < _PARSER_DEPTH:
        _unwrap(tree)
        depth = _shape(tree)[1]
    if depth > MAX_DEPTH:
        return Reject("extract", Reason.TOO_COMPLEX, f"{depth} levels of nesting; no article has more than {MAX_DEPTH}")
    return None


def _shape(tree: HtmlElement) -> tuple[int, int, list[HtmlElement]]:
    """How many elements there are, how deep they nest, and which have very many children."""
    count = depth = deepest = 0
    wide = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        count += 1
        depth += 1
        if depth > deepest:
            deepest = depth
        if len(element) > MANY_INLINE:
            wide.append(element)
    return count, deepest, wide


def _narrow(wide: list[HtmlElement]) -> int:
    """Make plain text of the inline children of very wide elements; gives the width when that does not suffice."""
    for element in wide:
        etree.strip_tags(element, *_INLINE)
        # what was stripped leaves thousands of text nodes side by side; writing the text back makes them one
        element.text = element.text
        for child in element:
            child.tail = child.tail
    return max((len(element) for element in wide if len(element) > MAX_CHILDREN), default=0)


def _unwrap(tree: HtmlElement) -> None:
    """Take out wrappers that hold one element and no words of their own."""
    for element in list(tree.iter("div", "span", "section", "center", "font", "b", "i", "em", "strong")):
        if len(element) <= 1 and element.getparent() is not None and element.getparent().tag != "html":
            element.drop_tag()


def prepare(tree: HtmlElement) -> None:
    """Change the tree in place so that the library keeps what readers see; each step says what would be lost."""
    unwrap_layout_tables(tree)
    _split_paragraphs(tree)
    _break_paragraphs(tree)
    _mark_twins(tree)


def _split_paragraphs(tree: HtmlElement) -> None:
    """Trap: of two breaks in a row, which part paragraphs, the library keeps one. The words behind them are parted."""
    for paragraph in [element for element in tree.iter("p") if element.find("br") is not None]:
        current = paragraph
        for child in list(paragraph):
            before = child.getprevious()
            if child.tag == "br" and before is not None and before.tag == "br" and not (before.tail or "").strip():
                following = current.makeelement("p", dict(paragraph.attrib))
                following.text, child.tail = child.tail, None
                following.extend(list(child.itersiblings()))
                following.tail, current.tail = current.tail, None
                current.addnext(following)
                before.drop_tree()
                child.drop_tree()
                current = following


def _break_paragraphs(tree: HtmlElement) -> None:
    """Trap: of `<div>A<br>B</div>` the library keeps only "B". The words before the first break become a paragraph."""
    for element in {line_break.getparent() for line_break in tree.iter("br")}:
        if (
            element is None
            or element.tag not in ("div", "section", "article", "main")
            or not (element.text or "").strip()
        ):
            continue
        paragraph = element.makeelement("p")
        paragraph.text, element.text = element.text, None
        element.insert(0, paragraph)
        while (following := paragraph.getnext()) is not None and following.tag in _INLINE:
            paragraph.append(following)


def _mark_twins(tree: HtmlElement) -> None:
    """Trap: a paragraph equal to an earlier one is dropped without a trace. A mark makes each of them unique."""
    seen: Counter[str] = Counter()
    for paragraph in tree.iter("p"):
        words = " ".join("".join(paragraph.itertext()).split())
        if not words:
            continue
        if times := seen[words]:
            _append_text(paragraph, TWIN + chr(ord(TWIN) + 1 + min(times, 30)))
        seen[words] += 1


def _append_text(element: HtmlElement, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def without_marks(text: str) -> str:
    """`text` without the marks that `prepare` set."""
    return _NOT_CHARACTERS.sub("", text)
