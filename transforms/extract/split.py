"""Bodies that advertisements cut into sibling blocks, of which the library takes only the first.

In: the prepared page and the text that was read from it. Out: whether blocks were joined, so that reading again pays.
"""

import re
from collections import defaultdict

from lxml.html import HtmlElement

from transforms.extract.parse import without_marks

_LONG = 15
"""Words of a paragraph that is surely running text."""

_OTHER = re.compile(r"comment|related|teaser|recommend|sidebar|newsletter|promo|footer|reply", re.IGNORECASE)
_REACH = 5


def join_split_body(tree: HtmlElement, text: str) -> bool:
    """Move the paragraphs of blocks that were missed into their twin that was read.

    Blocks are twins when tag and class are the same, each holds at least two long paragraphs of its own, and they
    stand near each other on the page. Blocks of comments or other stories are left alone.
    """
    joined = False
    for blocks in _twins(tree):
        read = [_was_read(block, text) for block in blocks]
        if not read[0] or all(read):
            continue
        last = blocks[0]
        for block, done in zip(blocks, read, strict=True):
            if done:
                last = block
            elif _near(blocks[0], block):
                last.extend(list(block))
                joined = True
    return joined


def _twins(tree: HtmlElement) -> list[list[HtmlElement]]:
    groups: defaultdict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
    for element in tree.iter("div", "section"):
        name = element.get("class")
        if name and not _OTHER.search(name) and len(_long_paragraphs(element)) >= 2:
            groups[element.tag, name].append(element)
    return [group for group in groups.values() if len(group) > 1]


def _long_paragraphs(element: HtmlElement) -> list[str]:
    texts = (" ".join(without_marks("".join(child.itertext())).split()) for child in element if child.tag == "p")
    return [text for text in texts if text.count(" ") >= _LONG]


def _was_read(block: HtmlElement, text: str) -> bool:
    return any(paragraph in text for paragraph in _long_paragraphs(block))


def _near(first: HtmlElement, other: HtmlElement) -> bool:
    """Whether a common ancestor is a few levels up, and nothing on the way says that this is another story."""
    above = list(first.iterancestors())[:_REACH]
    for ancestor in list(other.iterancestors())[:_REACH]:
        if ancestor in above:
            return True
        if ancestor.tag in ("article", "aside", "footer", "nav", "li") or _OTHER.search(ancestor.get("class") or ""):
            return False
    return False
