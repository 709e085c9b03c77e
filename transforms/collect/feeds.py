"""Reads RSS and Atom feeds.

In: a feed's bytes and its address. Out: the addresses it names, in its order, or why it is not a feed.
"""

# mypy: disable-error-code="no-untyped-call, attr-defined"
# (feedparser has no types)

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urldefrag, urljoin

import feedparser

from transforms.outcome import Reason, Reject

HEAD_BYTES = 4096
_BEFORE_ROOT = rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*"
_FEED = re.compile(_BEFORE_ROOT + rb"<(?:rss|feed|(?:[\w-]+:)?RDF|[\w-]+:feed)[\s>]", re.DOTALL)
_ALTERNATE = re.compile(rb"<link\b[^>]*application/(?:rss|atom)\+xml[^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed: where its page is, its title, and when it was published (UTC)."""

    link: str
    title: str | None
    published: datetime | None


def is_feed(data: bytes) -> bool:
    """Whether the bytes begin like a feed.

    >>> is_feed(b'<?xml version="1.0"?><rss version="2.0">'), is_feed(b"<!doctype html><html>")
    (True, False)
    """
    head = data[:HEAD_BYTES]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", errors="ignore").encode()
    return _FEED.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read_feed(data: bytes, url: str, charset: str | None = None) -> tuple[Entry, ...] | Reject:
    """The entries of the feed at `url`: links absolute and without fragment, each once, in the feed's order.

    An entry without a link is left out: it leads to no page. `charset` is what an HTTP header said. Malformed XML is
    read as far as it goes.
    """
    media_type = f"application/xml; charset={charset}" if charset else "application/xml"
    # feedparser takes slashes away from file: addresses, so their links are resolved below, by `_link` alone.
    base = {} if url.startswith("file:") else {"content-location": url}
    headers = {**base, "content-type": media_type}
    feed = feedparser.parse(BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version") and not (is_feed(data) and feed.entries):
        return Reject("collect", Reason.NOT_A_FEED, _not_a_feed(data, url))
    entries: dict[str, Entry] = {}
    for item in feed.entries:
        link = _link(item, url)
        if link:
            entries.setdefault(link, Entry(link, item.get("title") or None, _published(item)))
    return tuple(entries.values())


def _link(item: Any, url: str) -> str | None:
    try:
        return urldefrag(urljoin(url, item.get("link", "").strip()))[0] if item.get("link") else None
    except ValueError:  # such as an unfinished IPv6 address; the caller cannot fetch it either
        return None


def _published(item: Any) -> datetime | None:
    parsed = item.get("published_parsed") or item.get("updated_parsed")
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError):
        return None


def _not_a_feed(data: bytes, url: str) -> str:
    named = _ALTERNATE.search(data)
    href = _HREF.search(named.group()) if named else None
    if href:
        feed = urljoin(url, href.group(1).decode("utf-8", "replace"))
        return f"this is no RSS or Atom feed, but it names one: use {feed}"
    what = "an HTML page" if re.search(rb"<(?:!doctype )?html", data[:HEAD_BYTES], re.IGNORECASE) else "something else"
    return f"this is no RSS or Atom feed but {what}; list a page under `urls` and a feed under `feeds`"
