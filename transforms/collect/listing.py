"""Reads whatever names pages: feeds, sitemaps, section pages.

In: the bytes of a listing, its address and media type. Out: `Listing`, or why it is none.
"""

import re
import zlib
from dataclasses import dataclass, field
from datetime import datetime

from transforms.collect.entry import Entry
from transforms.collect.feeds import HEAD_BYTES, is_feed, not_a_feed, read_feed, xml_head
from transforms.collect.json_feed import is_json_feed, read_json_feed
from transforms.collect.sections import read_section
from transforms.collect.sitemaps import is_address_list, is_sitemap, read_sitemap
from transforms.outcome import Reason, Reject

__all__ = ["Entry", "Listing", "listing_kind", "read_listing"]

MAX_UNPACKED_BYTES = 64 * 2**20
"""sitemaps.org allows 50 MB unpacked."""

_GZIP = b"\x1f\x8b"
_ATOM = re.compile(rb"<(?:[\w-]+:)?feed[\s>]")
_SITEMAP_INDEX = re.compile(rb"<(?:[\w-]+:)?sitemapindex[\s>/]", re.IGNORECASE)
_NEWS = re.compile(rb"<(?:[\w-]+:)?news[\s>]|sitemap-news", re.IGNORECASE)
_FORCED = frozenset(("section", "sitemap"))


@dataclass(frozen=True, slots=True)
class Listing:
    """What a listing names.

    `kind` is one of rss, atom, json_feed, sitemap, news_sitemap, sitemap_index, section. `more` are further listings
    that this one names: the sitemaps of an index (changed last first), the next part of a JSON Feed. `changed` is when
    each of `more` was, where the listing says so; it may be shorter.
    """

    kind: str
    entries: tuple[Entry, ...]
    more: tuple[str, ...] = ()
    changed: tuple[datetime | None, ...] = field(default=(), compare=False)


def read_listing(
    data: bytes,
    url: str,
    media_type: str,
    charset: str | None,
    *,
    kind: str | None = None,
    follow: str | None = None,
) -> Listing | Reject:
    """The pages that a listing names: links absolute and without fragment, each page once, in its order.

    Args:
        data: its bytes as they came; gzip is undone.
        url: its address after redirects; relative links count from here.
        media_type: what the sender said; the bytes decide where they can.
        charset: what an HTTP header said.
        kind: `section` takes the links of an HTML page that look like articles, unless the page is a feed or sitemap.
        follow: a regular expression; of a sitemap or section page only addresses it is found in are taken.

    Returns:
        A `Listing`, perhaps without entries; a `Reject` NOT_A_FEED with the cure when the bytes are no listing, or
        TOO_LARGE or TRUNCATED when they cannot be unpacked.
    """
    unpacked = _unpacked(data, MAX_UNPACKED_BYTES)
    if isinstance(unpacked, Reject):
        return unpacked
    found = listing_kind(unpacked, media_type) or (kind if kind in _FORCED else None)
    wanted = re.compile(follow) if follow else None
    match found:
        case "rss" | "atom":
            entries = read_feed(unpacked, url, charset)
            return entries if isinstance(entries, Reject) else Listing(found, entries)
        case "json_feed":
            entries, following = read_json_feed(unpacked, url)
            return Listing(found, entries, (following,) if following else ())
        case "section":
            return Listing(found, read_section(unpacked, url, charset, follow=wanted))
        case None:
            return Reject("collect", Reason.NOT_A_FEED, not_a_feed(unpacked, url))
    sitemap = read_sitemap(unpacked, url)
    if kind == found == "sitemap" and not (sitemap.entries or sitemap.more or is_sitemap(unpacked)):
        return Reject("collect", Reason.NOT_A_FEED, not_a_feed(unpacked, url))
    entries = tuple(entry for entry in sitemap.entries if _is_followed(entry, wanted))
    return Listing(sitemap.kind, entries, sitemap.more, sitemap.changed)


def listing_kind(data: bytes, media_type: str) -> str | None:
    """What the bytes look like: the kind of a listing, or None for a page. gzip is looked into.

    >>> listing_kind(b"<rss version='2.0'>", "text/html"), listing_kind(b"<!doctype html>", "application/rss+xml")
    ('rss', None)
    """
    sample = _unpacked(data, 4 * HEAD_BYTES, is_sample=True)
    if isinstance(sample, Reject):
        return None
    head = sample[: 4 * HEAD_BYTES]
    start = xml_head(head)
    if is_feed(head):
        return "atom" if _ATOM.search(start) else "rss"
    if is_sitemap(head):
        return "sitemap_index" if _SITEMAP_INDEX.search(start) else "news_sitemap" if _NEWS.search(head) else "sitemap"
    if is_json_feed(head if data.startswith(_GZIP) else data) or _says_json_feed(head, media_type):
        return "json_feed"
    if media_type in ("text/plain", "") and is_address_list(head):
        return "sitemap"
    return None


def _says_json_feed(head: bytes, media_type: str) -> bool:
    return media_type == "application/feed+json" and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _is_followed(entry: Entry, wanted: re.Pattern[str] | None) -> bool:
    return wanted is None or wanted.search(entry.link) is not None


def _unpacked(data: bytes, limit: int, *, is_sample: bool = False) -> bytes | Reject:
    """What gzip holds, up to a limit, beyond which it is refused, or cut when a sample will do.

    Data that end too early are read up to there: a listing is worth its first half.
    """
    if not data.startswith(_GZIP):
        return data
    parts: list[bytes] = []
    room = limit
    while data.startswith(_GZIP) and room > 0:
        member = zlib.decompressobj(wbits=31)
        try:
            parts.append(member.decompress(data, room + 1))
        except zlib.error as error:
            if not parts:
                return Reject(
                    "collect", Reason.TRUNCATED, f"damaged gzip data ({error}); the server must send it again"
                )
            break
        room -= len(parts[-1])
        data = member.unused_data
    if room < 0 and not is_sample:
        return Reject(
            "collect", Reason.TOO_LARGE, f"this listing unpacks to more than {limit:,} bytes, the most that is read"
        )
    return b"".join(parts)
