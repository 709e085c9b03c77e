"""Reads the links of an HTML page together with where they stand.

In: the bytes of a page. Out: its tree, and `Anchor`s in the page's order.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from transforms.collect.feeds import resolved
from transforms.extract.decode import decode
from transforms.outcome import Reject

MAX_BYTES = 8 * 2**20
MAX_ANCHORS = 20_000
_MAX_TEXT = 400
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_AROUND = frozenset(("nav", "footer", "menu"))
_ROLES_AROUND = frozenset(("navigation", "contentinfo", "menu", "menubar", "search", "banner"))
# Names that designers give to what stands around the articles on every page of a site
_NAMES_AROUND = frozenset(
    (
        *(
            "nav",
            "navbar",
            "navigation",
            "menu",
            "submenu",
            "footer",
            "breadcrumb",
            "breadcrumbs",
            "masthead",
            "topbar",
        ),
        *("cookie", "consent", "social", "share", "sharing", "pagination", "pager", "toolbar", "megamenu"),
    )
)


_PARSER: Callable[..., Any] = HTMLParser
_BUILD: Callable[..., Any] = document_fromstring


@dataclass(frozen=True, slots=True)
class Anchor:
    """One link: its address (absolute), its words, and whether it stands in a heading, an article, or around them."""

    link: str
    text: str
    in_heading: bool
    in_article: bool
    is_around: bool
    title: str = ""


def read_html(data: bytes, charset: str | None) -> HtmlElement | None:
    """The page as a tree, whatever its state; None when there are no elements in it."""
    text = decode(data[:MAX_BYTES], charset)
    if isinstance(text, Reject):
        return None
    parser = _PARSER(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = _BUILD(text.replace("\0", "").encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    return tree if isinstance(tree, HtmlElement) else None


def page_base(tree: HtmlElement, url: str) -> str:
    """The address that relative links count from: `<base href>`, else the page's own."""
    return next((link for element in tree.iter("base") if (link := resolved(element.get("href"), url))), url)


def anchors(tree: HtmlElement, url: str) -> Iterator[Anchor]:
    """The links of a page, in its order; those that cannot be followed are left out. Scripts are taken out of it."""
    base = page_base(tree, url)
    etree.strip_elements(tree, "script", "style", "noscript", "template", with_tail=False)  # no words of a headline
    open_marks: list[tuple[bool, bool, bool]] = [(False, False, False)]
    count = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            open_marks.pop()
            continue
        marks = _marks(element, open_marks[-1])
        open_marks.append(marks)
        link = resolved(element.get("href"), base) if element.tag == "a" else None
        if link:
            # a headline may be wrapped by its link or wrap it
            in_heading = marks[0] or any(child.tag in _HEADINGS for child in element.iterdescendants())
            yield Anchor(link, _text(element), in_heading, marks[1], marks[2], element.get("title") or "")
            count += 1
            if count == MAX_ANCHORS:
                return


def _marks(element: Any, outer: tuple[bool, bool, bool]) -> tuple[bool, bool, bool]:
    """Whether what is in the element stands in a heading, in an article, around the articles."""
    tag = element.tag
    in_heading, in_article, is_around = outer
    if tag == "article":
        return False, True, False
    if not is_around and tag not in ("html", "body", "a"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}".lower().replace("_", "-").split()
        is_around = (
            tag in _AROUND
            or (element.get("role") or "").lower() in _ROLES_AROUND
            or any(part in _NAMES_AROUND for name in names for part in name.split("-"))
        )
    return in_heading or tag in _HEADINGS, in_article, is_around


def _text(element: Any) -> str:
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(part)
        size += len(part)
        if size > _MAX_TEXT * 4:
            break
    return " ".join(" ".join(parts).split())[:_MAX_TEXT]
