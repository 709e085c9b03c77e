"""Reads JSON Feed 1.0 and 1.1 (jsonfeed.org).

In: a feed's bytes and its address. Out: the pages it names and the address of its next part, or None.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from transforms.collect.entry import Entry
from transforms.collect.feeds import HEAD_BYTES, MAX_ENTRIES, resolved, unique
from transforms.collect.moments import moment

_VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version', re.IGNORECASE)
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


def is_json_feed(data: bytes) -> bool:
    """Whether the bytes are a JSON Feed: an object that names the version of the format.

    >>> is_json_feed(b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'), is_json_feed(b'{"items": []}')
    (True, False)
    """
    start = data[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    # the version comes first by custom; in a feed with its keys in order it stands at the end
    return start.startswith(b"{") and bool(_VERSION.search(start) or _VERSION.search(data[-HEAD_BYTES:]))


def read_json_feed(data: bytes, url: str) -> tuple[tuple[Entry, ...], str | None]:
    """The entries of a JSON Feed, and where it goes on (`next_url`). One that ends too early is read up to there."""
    text = data.decode("utf-8-sig", errors="replace")
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        feed = {"items": list(_items_before_damage(text))}
    if not isinstance(feed, dict):
        return (), None
    items = feed.get("items")
    entries = (_entry(item, url) for item in (items if isinstance(items, list) else ()))
    following = resolved(feed.get("next_url"), url)
    return unique(entries, url), following if following != resolved(url, url) else None


def _entry(item: Any, url: str) -> Entry | None:
    if not isinstance(item, dict):
        return None
    identifier = item.get("id")
    is_address = isinstance(identifier, str) and identifier.startswith(("http://", "https://"))
    candidates = (item.get("url"), item.get("external_url"), identifier if is_address else None)
    link = next((link for value in candidates if (link := resolved(value, url))), None)
    title = item.get("title")
    published = moment(item.get("date_published")) or moment(item.get("date_modified"))
    return Entry(link, title.strip() or None if isinstance(title, str) else None, published) if link else None


def _items_before_damage(text: str) -> Iterator[Any]:
    begin = _ITEMS.search(text)
    decoder = json.JSONDecoder()
    place = begin.end() if begin else len(text)
    for _ in range(MAX_ENTRIES):
        between = _BETWEEN.match(text, place)
        try:
            item, place = decoder.raw_decode(text, between.end() if between else place)
        except (ValueError, RecursionError):
            return
        yield item
