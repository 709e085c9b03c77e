"""Finds the articles that a section page or front page links to.

In: the bytes of an HTML page and its address. Out: `Entry`s, in the page's order. What is an article is judged by
general marks of its address and of the words of its link, each worth some points; `follow` in the source's file
replaces the judgement where a site is different.
"""

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from urllib.parse import SplitResult, unquote, urlsplit

from courlan.filters import extension_filter, is_not_crawlable, path_filter, type_filter
from tld import get_fld

from transforms.collect.address import normalised
from transforms.collect.entry import Entry
from transforms.collect.html_links import Anchor, anchors, read_html

MAX_LINKS = 500
"""A front page names some hundred articles."""

ENOUGH = 4
"""Points from which a link is taken for an article: a headline in the address and one in the link are enough, neither
alone is."""

CERTAIN = 5
"""Points from which an address speaks for itself, such as a day and a long headline: the story that a menu teases."""

_WORDS = re.compile(r"[^\W\d_]{2,}")
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_DAY = re.compile(
    r"(?:^|/)(?:19|20)\d\d[/.-]?(?:0?[1-9]|1[0-2]|[a-z]{3,9})[/.-]?(?:0?[1-9]|[12]\d|3[01])?(?:/|-|_|$)", re.I
)
_NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_CODE = re.compile(r"(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{8,}", re.IGNORECASE)
_QUERY_ID = re.compile(r"(?:^|&)(?:p|id|aid|nid|article|articleid|story|storyid|newsid|doc|contentid)=\w*\d", re.I)


def read_section(
    data: bytes, url: str, charset: str | None, *, follow: re.Pattern[str] | None = None
) -> tuple[Entry, ...]:
    """The articles that the page at `url` links to, each once, in its order, at most `MAX_LINKS`.

    The title is the longest text of the links to the same page. With `follow`, the links it is found in and no others.
    """
    tree = read_html(data, charset)
    found: dict[str, list[Anchor]] = {}
    for anchor in anchors(tree, url) if tree is not None else ():
        if anchor.link.startswith(("http://", "https://", "file:")):
            found.setdefault(normalised(anchor.link), []).append(anchor)
    itself = normalised(url)
    entries = (
        Entry(same[0].link, _title(same))
        for key, same in found.items()
        if key != itself and (follow.search(same[0].link) if follow else looks_like_article(key, same, itself))
    )
    return tuple(entry for entry, _ in zip(entries, range(MAX_LINKS), strict=False))


def looks_like_article(link: str, same: Iterable[Anchor], page: str) -> bool:
    """Whether an address, and the links to it on a page, look like an article of the page's site."""
    try:
        parts, home = urlsplit(link), urlsplit(page)
    except ValueError:
        return False
    if not _is_same_site(parts, home) or _is_above(parts, home) or _is_something_else(link, parts):
        return False
    address = address_points(parts)
    return address >= CERTAIN or (address > 0 and address + max(link_points(anchor) for anchor in same) >= ENOUGH)


def address_points(parts: SplitResult) -> int:
    """How much an address looks like an article's: a headline, a day, a number or code at its end.

    >>> [address_points(urlsplit(path)) for path in ("/2024/05/02/ferry-resumes-after-storm", "/world")]
    [4, 0]
    """
    path = unquote(parts.path)
    segments = [segment for segment in path.split("/") if segment]
    slug = max((len(_WORDS.findall(segment)) for segment in segments[-2:]), default=0)
    points = min(max(slug - 2, 0), 3)
    has_more = bool(segments) and not segments[-1].isdigit()
    points += 2 if _DAY.search(path) and has_more else 0
    last = segments[-1] if segments else ""
    has_number = bool(_NUMBER.search(last) or _CODE.search(last) or _QUERY_ID.search(parts.query))
    return points + (2 if has_number else 0)


def link_points(anchor: Anchor) -> int:
    """How much a link looks like a headline: its words, a heading or article around it; navigation speaks against."""
    words = _word_count(anchor.text)
    points = 3 if words >= 7 else 2 if words >= 4 else 0
    return points + int(anchor.in_heading) + int(anchor.in_article) - (3 if anchor.is_around else 0)


@cache
def not_articles() -> dict[str, str]:
    """Path segments that stand for something else than articles, and an example of each, from `not_articles.csv`."""
    with (files("transforms.collect") / "not_articles.csv").open(encoding="utf-8") as lines:
        return {row["segment"]: row["example"] for row in csv.DictReader(lines)}


def _is_something_else(link: str, parts: SplitResult) -> bool:
    """Lists of articles, forms, pictures and files. courlan keeps the rules that hold for every kind of site."""
    path = parts.path
    if (
        not extension_filter(path)
        or not path_filter(path, parts.query)
        or not type_filter(link)
        or is_not_crawlable(link)
    ):
        return True
    segments = [segment for segment in unquote(path).lower().split("/") if segment]
    named = not_articles()
    return any(segment in named for segment in segments) or (bool(segments) and segments[-1].partition(".")[0] in named)


def _is_same_site(link: SplitResult, page: SplitResult) -> bool:
    """The same host, or hosts of one registered domain (`www.` and `sport.` of one publisher)."""
    if link.hostname == page.hostname:
        return True
    return bool(link.hostname and page.hostname) and _domain(link.hostname or "") == _domain(page.hostname or "")


@cache
def _domain(host: str) -> str:
    found = get_fld(f"http://{host}", fail_silently=True, search_private=True)
    return found if isinstance(found, str) else host.removeprefix("www.")


def _is_above(link: SplitResult, page: SplitResult) -> bool:
    """The front page and the sections that the page itself lies in."""
    return f"{page.path.rstrip('/')}/".startswith(f"{link.path.rstrip('/')}/") and not link.query


def _word_count(text: str) -> int:
    # Chinese, Japanese, Thai and Lao write no spaces; two characters make about a word
    return len(text.split()) + len(_WITHOUT_SPACES.findall(text)) // 2


def _title(same: Iterable[Anchor]) -> str | None:
    return max((anchor.text for anchor in same), key=len, default="") or None
