"""Parts of a page that stand in or beside its story and are not the story: they are taken out before it is read.

In: the tree of a page. Out: the same tree without them, and how many there were. Nothing that holds much of the page's
prose is ever taken out, whatever it is called.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from lxml.html import HtmlElement

from transforms.extract.lines import BLOCKS
from transforms.extract.rules import EVERYWHERE

_PROSE = ("p", "li", "blockquote", "td", "dd", "div")
_UNREAD = frozenset(("script", "style", "template", "noscript", "svg", "head", "iframe", "select", "button"))
_NEVER = frozenset(("html", "body", "main", "head"))

MOST = 0.25
"""Share of the page's prose that a part may hold and still be clutter."""
_LINKED = 0.8
"""Share of a block's letters from which it is a link rather than a sentence with one."""
_PARTLY_LINKED = 0.3
_LABEL = re.compile(r"^[^.!?:|]{2,40}[:|]\s")
_WORDS_OF_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_FEWEST_WORDS = 4
_MOST_WORDS = 40
_HIDDEN_LETTERS = 120
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_POST = re.compile(r"^(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|reddit-\w+|mastodon)")
_EMBED = re.compile(r"embed|social|tweet|twitter|instagram", re.IGNORECASE)
_WRAPPERS = 4


@dataclass(frozen=True, slots=True)
class _Part:
    part: str
    needs_links: bool


@dataclass(slots=True)
class _Sizes:
    """Letters of an element with all it contains: all of them, those in links, those of prose outside links."""

    letters: int = 0
    linked: int = 0
    prose: int = 0
    has_blocks: bool = False


def take_out_clutter(tree: HtmlElement, *, is_live_blog: bool = False) -> int:
    """Take newsletter boxes, other stories, share buttons and the like out of the tree; gives how many.

    Args:
        tree: the page; it is changed.
        is_live_blog: whether articles inside the article are its entries.
    """
    _keep_posts(tree)
    sizes = _measure(tree)
    most = MOST * sizes[tree].prose
    doomed = [
        element
        for element in tree.iter()
        if isinstance(element.tag, str)
        and element.tag not in _NEVER
        and element.tag not in _UNREAD
        and (size := sizes[element]).letters
        and size.prose <= most
        and (_is_named(element, size) or _is_link(element, size) or (not is_live_blog and _is_other_story(element)))
    ]
    headings = {above for heading in tree.iter("h1") for above in (heading, *heading.iterancestors())}
    doomed = [element for element in doomed if element not in headings and element.getparent() is not None]
    for element in doomed:
        element.drop_tree()
    return len(doomed)


def _keep_posts(tree: HtmlElement) -> None:
    """Posts that a story quotes are part of it, though the library drops what is called "embed" or "social"."""
    for quote in tree.iter("blockquote"):
        if _POST.search(quote.get("class") or ""):
            for element in (quote, *list(quote.iterancestors())[:_WRAPPERS]):
                if element is quote or len(element) == 1 or _EMBED.search(element.get("class") or ""):
                    element.attrib.pop("class", None)
                    element.attrib.pop("id", None)
                    element.tag = "div" if element.tag in ("figure", "aside") else element.tag
                else:
                    break


def _measure(tree: HtmlElement) -> dict[HtmlElement, _Sizes]:
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    sizes = {element: _Sizes() for element in elements}
    for element in reversed(elements):  # what an element contains comes before itself
        size, tag = sizes[element], element.tag
        if (text := element.text) and tag not in _UNREAD:
            size.letters += len(text.strip())
        if tag == "a":
            size.linked = size.letters
        if not size.has_blocks and tag in _PROSE:
            size.prose = size.letters - size.linked
        if (above := sizes.get(element.getparent())) is not None:
            above.letters += size.letters + (len(tail.strip()) if (tail := element.tail) else 0)
            if size.letters:
                above.linked += size.linked
                above.prose += size.prose
                above.has_blocks = above.has_blocks or size.has_blocks or tag in BLOCKS
    return sizes


def _is_named(element: HtmlElement, size: _Sizes) -> bool:
    """Whether class or id say that it is a part of another kind."""
    name = f"{element.get('class') or ''} . {element.get('id') or ''}"
    part = _part(name) if len(name) > 3 else None
    if part is None:
        return False
    if part.part == "screen readers":
        return size.letters < _HIDDEN_LETTERS
    return not part.needs_links or size.linked >= _PARTLY_LINKED * size.letters


def _is_link(element: HtmlElement, size: _Sizes) -> bool:
    """Whether a block is all link ("Five towns cut off"), perhaps behind a label ("Related: five towns cut off").

    Handles and credits ("Account: @ana", "[The Ferry]") are shorter, and a table of contents links into its own page.
    """
    if element.tag not in BLOCKS or size.has_blocks or not size.linked:
        return False
    if size.linked < _LINKED * size.letters and size.linked + 45 < size.letters:
        return False
    text = " ".join("".join(element.itertext()).split())
    links = list(element.iter("a"))
    linked_words = len(" ".join("".join(link.itertext()) for link in links).split())
    if linked_words < _FEWEST_WORDS or text.count(" ") >= _MOST_WORDS:
        return False
    if any((link.get("href") or "").startswith("#") for link in links):
        return False
    label = _LABEL.match(text)
    labelled = bool(label) and not (element.text is None and element[0].tag == "a")
    return size.linked >= _LINKED * (size.letters - (len(label[0]) if label and labelled else 0))


def _is_other_story(element: HtmlElement) -> bool:
    """An article inside an article is another story when its picture or its headline leads there."""
    if element.tag != "article" or next(element.iterancestors("article"), None) is None:
        return False
    return any(
        not link.get("href", "#").startswith("#") and (len(link) or link.getparent().tag in _HEADINGS)
        for link in element.iter("a")
    )


def part_named(name: str) -> str | None:
    """What a class or an id says that its element is, if that is no part of a story.

    >>> part_named("Newsletter-stateSent"), part_named("article-body")
    ('newsletter', None)
    """
    part = _part(name)
    return part.part if part else None


@lru_cache(maxsize=20_000)
def _part(name: str) -> _Part | None:
    words = " ".join(_WORDS_OF_NAME.findall(name)).lower()
    match = _names().search(words)
    return _parts()[match[1]] if match else None


@cache
def _names() -> re.Pattern[str]:
    longest_first = sorted(_parts(), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(longest_first)})\b")


@cache
def _parts() -> dict[str, _Part]:
    with (files("transforms.extract") / EVERYWHERE / "page_parts.csv").open(encoding="utf-8") as lines:
        return {row["words"]: _Part(row["part"], row["links"] == "yes") for row in csv.DictReader(lines)}
