"""What a page says about itself in fields made for machines: JSON-LD, meta tags, links.

In: the parsed page. Out: `PageFields`, values as written and not yet believed.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

Json = dict[str, Any]

ARTICLE_TYPES = frozenset(
    (
        *("article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "backgroundnewsarticle"),
        *("opinionnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "satiricalarticle", "blogposting"),
        *("advertisercontentarticle", "liveblogposting", "socialmediaposting", "scholarlyarticle", "techarticle"),
        *("medicalscholarlyarticle", "report"),
    )
)
_MAX_NODES = 5_000
_MAX_SCRIPT = 2_000_000
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")


@dataclass(frozen=True, slots=True)
class PageFields:
    """The fields of a page: `article` is its JSON-LD article node, `nodes` all of them, `meta` the meta tags."""

    article: Json
    nodes: list[Json]
    meta: dict[str, list[str]]
    links: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> str | None:
        """The first meta tag of these names that has a value."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), None)

    @property
    def is_live_blog(self) -> bool:
        """Whether the page calls itself a live blog."""
        return "liveblogposting" in types(self.article)


def read_fields(tree: HtmlElement, url: str | None) -> PageFields:
    """The fields of a page; `url` chooses among several JSON-LD articles."""
    meta = _read_meta(tree)
    links: dict[str, list[str]] = {}
    for link in tree.iter("link", "a"):
        rel = link.get("rel")
        if rel and link.get("href"):
            for name in rel.lower().split():
                links.setdefault(name, []).append(link.get("href", "").strip())
    nodes = list(_read_json_ld(tree))
    return PageFields(_choose_article(nodes, url), nodes, meta, links)


def types(node: Json) -> frozenset[str]:
    """The schema.org types of a node, lower case, without the address before them."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return frozenset(name.rsplit("/", 1)[-1].lower() for name in names if isinstance(name, str))


def plain(value: Any) -> str | None:
    """A string of a field as a reader would see it: entities resolved, tags and doubled spaces gone."""
    if not isinstance(value, str):
        return None
    text = html.unescape(value)
    if "<" in text:
        text = re.sub(r"<[^<>]{0,200}>", "", text)
    text = html.unescape(text) if "&" in text else text
    return " ".join(text.split()) or None


def web_address(value: Any, base: str | None = None) -> str | None:
    """An absolute http(s) address, or None.

    >>> web_address("/a", "https://example.org/b"), web_address("mailto:a@b"), web_address("a")
    ('https://example.org/a', None, None)
    """
    if not isinstance(value, str) or not value.strip() or len(value) > 2000:
        return None
    try:
        address = urljoin(base, value.strip()) if base and base.startswith("http") else value.strip()
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname and " " not in address else None


def _read_meta(tree: HtmlElement) -> dict[str, list[str]]:
    meta: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        content = (tag.get("content") or "").strip()
        if content:
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if name := tag.get(attribute):
                    meta.setdefault(name.strip().lower(), []).append(content)
    return meta


def _read_json_ld(tree: HtmlElement) -> Iterator[Json]:
    left = _MAX_NODES
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            for node in _walk(_load(script.text), 0):
                yield node
                left -= 1
                if not left:
                    return


def _load(source: str) -> Any:
    if len(source) > _MAX_SCRIPT:
        return None
    source = (
        source.strip().removeprefix("<![CDATA[").removeprefix("//<![CDATA[").removesuffix("//]]>").removesuffix("]]>")
    )
    for candidate in (source, _TRAILING_COMMA.sub("", source).strip().rstrip(";")):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any, depth: int) -> Iterator[Json]:
    """The nodes of a JSON-LD value: lists, `@graph` and the main entity are looked into, and nothing else."""
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value[:500]:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "liveBlog"):
            if isinstance(value.get(key), (dict, list)):
                yield from _walk(value[key], depth + 1)


def _choose_article(nodes: list[Json], url: str | None) -> Json:
    """The node about this page: an article whose address is the page's, else the fullest of them."""
    articles = [node for node in nodes if types(node) & ARTICLE_TYPES]
    own = [node for node in articles if url and _same_page(url, node)]
    return max(own or articles, key=lambda node: sum(key in node for key in _TELLING), default={})


_TELLING = ("headline", "datePublished", "author", "articleBody", "dateModified")


def _same_page(url: str, node: Json) -> bool:
    page = node.get("mainEntityOfPage")
    candidates = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    return any(isinstance(value, str) and _path(value) == _path(url) for value in candidates)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return url
