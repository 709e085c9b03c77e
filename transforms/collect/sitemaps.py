"""Reads sitemaps (sitemaps.org), news sitemaps, indexes of sitemaps, and plain lists of addresses.

In: the unpacked bytes and their address. Out: `Sitemap`: the pages it names, and the sitemaps that an index names.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from typing import Any

from lxml import etree

from transforms.collect.entry import Entry
from transforms.collect.feeds import HEAD_BYTES, resolved, unique, xml_head
from transforms.collect.moments import moment

MAX_CHILDREN = 50_000
"""Addresses in a sitemap or sitemaps in an index (sitemaps.org); what follows is not read."""

_BEFORE_ROOT = rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*"
_ROOT = re.compile(_BEFORE_ROOT + rb"<(?:[\w-]+:)?(?:urlset|sitemapindex)[\s>/]", re.DOTALL | re.IGNORECASE)
# An ampersand that begins no entity: libxml2 would drop it together with the name of the parameter that follows.
_BARE_AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|&(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};|(?:amp|lt|gt|quot|apos);)", re.DOTALL
)
_CLOSED = re.compile(rb"</(?:[\w-]+:)?(?:url|sitemap)\s*>", re.IGNORECASE)
_WHOLE = re.compile(rb"<((?:[\w-]+:)?(?:url|sitemap))[\s>].*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAIL = 64 * 1024
_ADDRESS_LINE = re.compile(r"https?://\S+", re.IGNORECASE)
_SAFELY: dict[str, Any] = {
    **{"recover": True, "huge_tree": False, "remove_comments": True, "remove_pis": True},
    **{"resolve_entities": False, "load_dtd": False, "no_network": True},
}
_UNKNOWN = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap names; `kind` is `sitemap`, `news_sitemap` or `sitemap_index`.

    `more` are the sitemaps of an index, the one changed last first: what has no date may be newest and comes before.
    `changed` is when each of `more` was, as far as the index says.
    """

    kind: str
    entries: tuple[Entry, ...] = ()
    more: tuple[str, ...] = ()
    changed: tuple[datetime | None, ...] = field(default=(), compare=False)


def is_sitemap(data: bytes) -> bool:
    """Whether the bytes begin like an XML sitemap or an index of them.

    >>> is_sitemap(b'<?xml version="1.0"?><urlset>'), is_sitemap(b"<url>")
    (True, False)
    """
    return _ROOT.match(xml_head(data)) is not None


def is_address_list(data: bytes) -> bool:
    """Whether the bytes are a plain text sitemap: lines that are addresses and nothing else.

    >>> is_address_list(b"https://a.example/1"), is_address_list(b"https://a.example/1 is the first")
    (True, False)
    """
    lines = data[:HEAD_BYTES].decode("utf-8-sig", errors="replace").splitlines()
    if len(data) > HEAD_BYTES:
        del lines[-1:]  # cut off
    lines = [line.strip() for line in lines if line.strip()]
    return bool(lines) and all(_ADDRESS_LINE.fullmatch(line) for line in lines)


def read_sitemap(data: bytes, url: str) -> Sitemap:
    """The pages a sitemap at `url` names, in its order, each once; XML is read as far as it goes.

    Namespaces and prefixes are not looked at, because many sites get them wrong. Entities are not expanded, nothing is
    fetched, and memory does not grow with the size of the file.
    """
    if not is_sitemap(data) and is_address_list(data):
        return Sitemap("sitemap", unique(_listed(data, url), url, MAX_CHILDREN))
    pages: list[Entry] = []
    children: list[tuple[datetime, str]] = []
    is_news = False
    for element in _elements(data):
        link = resolved(_child_text(element, "loc"), url)
        if not link:
            continue
        changed = moment(_child_text(element, "lastmod"))
        if _name(element) == "sitemap":
            children.append((changed or _UNKNOWN, link))
        else:
            news = _child(element, "news")
            is_news = is_news or news is not None
            pages.append(_entry(link, news, changed))
    if children and not pages:
        children.sort(key=lambda child: child[0], reverse=True)
        newest: dict[str, datetime] = {}
        for changed_at, link in children:
            newest.setdefault(link, changed_at)
        dates = (None if changed_at is _UNKNOWN else changed_at for changed_at in newest.values())
        return Sitemap("sitemap_index", more=tuple(newest), changed=tuple(dates))
    return Sitemap(
        "news_sitemap" if is_news else "sitemap", unique(pages, url, MAX_CHILDREN), tuple(link for _, link in children)
    )


def _entry(link: str, news: etree._Element | None, changed: datetime | None) -> Entry:
    if news is None:
        return Entry(link, None, changed)
    published = moment(_child_text(news, "publication_date"))
    return Entry(link, _child_text(news, "title"), published or changed)


def _listed(data: bytes, url: str) -> Iterator[Entry]:
    for line in data.decode("utf-8-sig", errors="replace").splitlines()[:MAX_CHILDREN]:
        link = resolved(line, url) if _ADDRESS_LINE.fullmatch(line.strip()) else None
        if link:
            yield Entry(link)


def _elements(data: bytes) -> Iterator[etree._Element]:
    """The `url` and `sitemap` elements one after the other; each is forgotten when the next is asked for.

    After a tag that closes nothing libxml2 gives up. Then each whole element is read by itself.
    """
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        data = _without_unfinished(data)
        if b"&" in data:
            data = _BARE_AMPERSAND.sub(lambda found: b"&amp;" if found[0] == b"&" else found[0], data)
    events = etree.iterparse(BytesIO(data.lstrip()), events=("end",), **_SAFELY)
    count = 0
    with suppress(etree.XMLSyntaxError):  # beyond recovery: what came before is kept
        for _, element in events:
            if _name(element) in ("url", "sitemap"):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
                count += 1
                if count == MAX_CHILDREN:
                    return
    if any(error.level == etree.ErrorLevels.FATAL for error in events.error_log):
        for whole in islice(_WHOLE.finditer(data), MAX_CHILDREN):
            with suppress(etree.XMLSyntaxError):
                element = etree.fromstring(whole[0], etree.XMLParser(**_SAFELY))
                yield from () if element is None else (element,)


def _without_unfinished(data: bytes) -> bytes:
    """The file up to the last element that is closed: half an address leads nowhere."""
    start = max(len(data) - _TAIL, 0)
    ends = [found.end() for found in _CLOSED.finditer(data, start)]
    return data[: ends[-1]] if ends else data


def _name(element: etree._Element) -> str:
    """The name of an element without namespace and prefix, in lower case."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if _name(child) == name), None)


def _child_text(element: etree._Element, name: str) -> str | None:
    child = _child(element, name)
    text = " ".join((child.text or "").split()) if child is not None else ""
    return text or None
