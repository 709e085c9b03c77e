"""Reads RSS and Atom feeds.

In: a feed's bytes and its address. Out: the pages it names, in its order, or why it is not a feed.
"""

# mypy: disable-error-code="no-untyped-call, attr-defined"
# (feedparser has no types)

import calendar
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import feedparser

from transforms.collect.address import normalised
from transforms.collect.entry import Entry
from transforms.collect.lean_feed import LARGE_BYTES, lean_feed
from transforms.outcome import Reason, Reject

__all__ = ["HEAD_BYTES", "MAX_ENTRIES", "Entry", "is_feed", "read_feed", "resolved", "unique"]

HEAD_BYTES = 4096
MAX_ENTRIES = 10_000
"""A feed has some tens of entries; the largest archives have thousands."""

_BEFORE_ROOT = rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*"
_FEED = re.compile(_BEFORE_ROOT + rb"<(?:rss|feed|(?:[\w-]+:)?RDF|[\w-]+:feed)[\s>]", re.DOTALL)
_ALTERNATE = re.compile(rb"<link\b[^>]*application/(?:rss|atom|feed)\+(?:xml|json)[^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_BREAKS = dict.fromkeys(map(ord, "\t\r\n"))


def is_feed(data: bytes) -> bool:
    """Whether the bytes begin like an RSS or Atom feed.

    >>> is_feed(b'<?xml version="1.0"?><rss version="2.0">'), is_feed(b"<!doctype html><html>")
    (True, False)
    """
    return _FEED.match(xml_head(data)) is not None


def xml_head(data: bytes) -> bytes:
    """The first bytes of an XML document in UTF-8, without what may stand before them."""
    head = data[:HEAD_BYTES]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", errors="ignore").encode()
    return head.removeprefix(b"\xef\xbb\xbf")


def read_feed(data: bytes, url: str, charset: str | None = None) -> tuple[Entry, ...] | Reject:
    """The entries of the feed at `url`: links absolute and without fragment, each once, in the feed's order.

    An entry without a link is left out: it leads to no page; so is one that leads to the feed itself. `charset` is what
    an HTTP header said. Malformed XML is read as far as it goes; entities that the feed declares are not expanded.
    """
    media_type = f"application/xml; charset={charset}" if charset else "application/xml"
    # feedparser is not told where the feed lies: it would make an address of every guid ("4711"), and it takes slashes
    # away from file: addresses. So it only applies `xml:base`, and `resolved` does the rest.
    headers = {"content-type": media_type}
    lean = lean_feed(data) if len(data) > LARGE_BYTES else data
    feed = feedparser.parse(BytesIO(lean), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version") and not (is_feed(data) and feed.entries):
        return Reject("collect", Reason.NOT_A_FEED, not_a_feed(data, url))
    return unique((_entry(item, url) for item in feed.entries), url)


def unique(entries: Iterable[Entry | None], url: str, limit: int = MAX_ENTRIES) -> tuple[Entry, ...]:
    """The entries that lead to a page other than the listing at `url`, each page once, at most `limit` of them."""
    found: dict[str, Entry] = {}
    itself = normalised(url)
    for entry in entries:
        if entry and (key := normalised(entry.link)) != itself:
            found.setdefault(key, entry)
            if len(found) == limit:
                break
    return tuple(found.values())


def resolved(link: object, base: str) -> str | None:
    """A link as a browser follows it: absolute, without fragment, no breaks in it; None when it cannot be followed.

    >>> resolved(" /a b.html#top ", "https://example.org/x/")
    'https://example.org/a%20b.html'
    """
    if not isinstance(link, str) or not (link := link.strip().translate(_BREAKS)):
        return None
    try:
        return urldefrag(urljoin(base, link))[0].replace(" ", "%20") or None
    except ValueError:  # such as an unfinished IPv6 address; the caller cannot fetch it either
        return None


def not_a_feed(data: bytes, url: str) -> str:
    """A sentence on what the bytes are instead of a feed, and what to do."""
    head = data[: 64 * HEAD_BYTES]
    named = _ALTERNATE.search(head)
    href = _HREF.search(named.group()) if named else None
    if href:
        feed = resolved(href.group(1).decode("utf-8", "replace"), url)
        return f"this is no RSS or Atom feed, but it names one: use {feed}"
    what = "an HTML page" if re.search(rb"<(?:!doctype )?html", data[:HEAD_BYTES], re.IGNORECASE) else "something else"
    return f"this is no RSS or Atom feed but {what}; list a page under `urls` and a feed under `feeds`"


def _entry(item: Any, url: str) -> Entry | None:
    link = resolved(_link(item), url)
    return Entry(link, item.get("title") or None, _published(item)) if link else None


def _link(item: Any) -> str | None:
    """Where the page is: before it was rewritten to count clicks, else the link, else an id that is an address."""
    original = item.get("feedburner_origlink")
    if original and _is_web(original):
        return str(original)
    link, identifier = item.get("link"), item.get("id") or ""
    # feedparser takes any guid for a link when there is no other; one like "tag:…" or "1234" leads nowhere
    is_only_id = item.get("guidislink") and link == identifier
    return link if link and not (is_only_id and not _is_web(identifier)) else None


def _is_web(address: str) -> bool:
    try:
        return urlsplit(address.strip()).scheme in ("http", "https")
    except ValueError:
        return False


def _published(item: Any) -> datetime | None:
    parsed = item.get("published_parsed") or item.get("updated_parsed")
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None
