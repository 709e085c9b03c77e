"""Finds the feeds and sitemaps of a site.

In: a page of it, its robots.txt. Out: addresses worth asking, best first.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from protego import Protego

from transforms.collect.feeds import resolved
from transforms.collect.html_links import page_base, read_html
from transforms.collect.robots import PARSED_BYTES

GUESSES = (
    *("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/feeds/posts/default"),
    *("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/googlenews.xml"),
    *("/sitemap_index.xml", "/sitemap.xml", "/sitemap-index.xml", "/wp-sitemap.xml", "/sitemap.txt"),
)
"""Paths where sites that name no feed often have one: feeds, then news sitemaps, then all others."""

_FEED_TYPES = {
    "application/rss+xml": 0,
    "application/atom+xml": 0,
    "application/rdf+xml": 1,
    "application/feed+json": 1,
}
# Sites also say text/xml or application/json for a feed, and for much else
_VAGUE_TYPES = frozenset(
    ("text/xml", "application/xml", "application/json", "text/rss+xml", "application/x.atom+xml", "")
)
_LOOKS_LIKE_FEED = re.compile(r"(?:^|[/._-])(?:rss|atom|feeds?|rdf)(?:$|[/._\d-])|\.(?:rss|atom|rdf)$", re.IGNORECASE)
_NO_FEED = re.compile(r"/wp-json/|oembed", re.IGNORECASE)
_OF_COMMENTS = re.compile(
    r"comment|kommentar|comentario|comentário|commenti|reacties|yorum|комментари|评论|تعليق", re.IGNORECASE
)


def named_listings(html: bytes, url: str, charset: str | None) -> tuple[str, ...]:
    """The feeds that the page at `url` names, each once, best first.

    First those in `<link rel="alternate">`: of articles before of comments, the page's own order otherwise. Then
    addresses of feeds that the page only links to.
    """
    tree = read_html(html, charset)
    if tree is None:
        return ()
    ranked = sorted(_ranked(tree, page_base(tree, url)), key=lambda found: found[0])
    return tuple(dict.fromkeys(link for _, link in ranked))


def sitemaps_of_robots(body: bytes, url: str | None = None) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, news sitemaps first. Relative ones need the file's address, `url`."""
    text = body[:PARSED_BYTES].decode("utf-8-sig", errors="replace")
    links = [resolved(link, url or "") for link in Protego.parse(text).sitemaps]
    found = dict.fromkeys(link for link in links if link and link.startswith(("http://", "https://")))
    return tuple(sorted(found, key=lambda link: "news" not in urlsplit(link).path.lower()))


def _ranked(tree: HtmlElement, base: str) -> Iterator[tuple[int, str]]:
    for element in tree.iter("link", "a"):
        link = resolved(element.get("href"), base)
        if not link or not link.startswith(("http://", "https://", "file:")) or _NO_FEED.search(link):
            continue
        rank = _rank(element, link)
        if rank is not None:
            is_comments = _OF_COMMENTS.search(f"{link} {element.get('title') or ''} {element.text or ''}")
            yield rank + (5 if is_comments else 0), link


def _rank(element: HtmlElement, link: str) -> int | None:
    relations = (element.get("rel") or "").lower().split()
    media_type = (element.get("type") or "").partition(";")[0].strip().lower()
    looks_so = _LOOKS_LIKE_FEED.search(urlsplit(link).path) is not None
    if element.tag == "a":
        is_feed_file = re.search(
            r"(?:rss|atom|feed|rdf)[^/]*\.(?:xml|json)$|\.(?:rss|atom|rdf)$|/(?:feed|rss)/?$", link
        )
        return 10 if is_feed_file else None
    if "alternate" not in relations and "feed" not in relations:
        return None
    if media_type in _FEED_TYPES:
        return _FEED_TYPES[media_type]
    return 2 if looks_so and media_type in _VAGUE_TYPES else None
