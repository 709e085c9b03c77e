"""What can be told of a news site from a first look: its name, country, language, and how much it publishes.

In: its address, its front page, the entries of a listing. Out: values for a source file; None where nothing is sure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

import courlan
from babel import Locale

from transforms.collect.html_links import read_html
from transforms.collect.rights import Rights, page_rights

LOOKED_BACK = timedelta(days=7)
"""A week has all weekdays in it."""
SHORTEST_SPAN = timedelta(hours=6)
FEWEST = 10
"""A list that reaches back less than `SHORTEST_SPAN` says something if it names so many articles."""

# Used by anybody anywhere, or sold as a word.
_NOT_OF_A_COUNTRY = frozenset((
    "ac", "ag", "ai", "am", "as", "bz", "cc", "cd", "cf", "co", "cx", "dj", "eu", "fm", "ga", "gd", "gg", "gq",
    "im", "io", "la", "ly", "md", "me", "ml", "ms", "mu", "nu", "pm", "pn", "pw", "re", "sc", "sh", "so", "st",
    "su", "tf", "tk", "to", "tv", "vc", "vg", "vu", "wf", "ws", "yt",
))  # fmt: skip
_TWO_PART_ENDINGS = frozenset(("ac", "co", "com", "edu", "gob", "gov", "gv", "net", "ne", "nom", "or", "org"))
_NO_NAME = frozenset(("www", "m", "mobile", "amp", "rss", "feed", "feeds", "news"))

_SHAPES = (
    r"/20[0-9]{2}/[0-9]{1,2}/",
    r"/20[0-9]{2}-[0-9]{2}-[0-9]{2}",
    r"[-/_][0-9]{5,}(?:[./_-]|$)",
    r"/[^/]+(?:-[^/-]+){4,}/?$",
)
"""What the addresses of articles look like: a date, a number, a headline."""


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What a page says of its site. `language` is ISO 639-1."""

    name: str | None = None
    language: str | None = None
    rights: Rights = field(default_factory=Rights)


def read_front_page(html: bytes, url: str, charset: str | None) -> FrontPage:
    """The site's name as it calls itself, its language as declared, and the rights it reserves in meta elements."""
    tree = read_html(html, charset)
    if tree is None:
        return FrontPage()
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        meta.setdefault(name, []).append(element.get("content") or "")
    name = " ".join(next((value for value in meta.get("og:site_name", ()) if value.strip()), "").split())
    declared = re.match(r"[a-z]{2}(?![a-z])", (tree.get("lang") or "").strip().lower())
    return FrontPage(name[:80] or None, declared[0] if declared else None, page_rights(meta, (), url))


def articles_per_day(published: Sequence[datetime], now: datetime) -> float | None:
    """How many articles a day a listing names, over the last week or as far back as it reaches.

    None when it says too little: no dates, a few of the last hours, or the same for all (which is when it was made).

    >>> now = datetime(2026, 11, 22, 12)
    >>> articles_per_day([now - timedelta(hours=2 * number) for number in range(25)], now)
    12.0
    """
    past = sorted(moment for moment in published if moment <= now + timedelta(hours=1))
    recent = [moment for moment in past if now - moment <= LOOKED_BACK]
    if not past or (len(past) > 2 and len(set(past)) == 1):
        return None
    if len(recent) < len(past):  # it reaches further back than a week
        return len(recent) / LOOKED_BACK.days
    span = now - recent[0]
    if span < SHORTEST_SPAN and len(recent) < FEWEST:
        return None
    # The oldest only says since when we count.
    return (len(recent) - 1) / max(span / timedelta(days=1), 1 / 24)


def country_of(url: str) -> str | None:
    """The country whose top-level domain an address has, ISO 3166-1 alpha-2.

    >>> country_of("https://www.gazette.co.uk/"), country_of("https://gazette.io/"), country_of("https://gazette.com/")
    ('GB', None, None)
    """
    ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    if ending == "uk":
        return "GB"
    return ending.upper() if ending not in _NOT_OF_A_COUNTRY and ending.upper() in _countries() else None


def source_key(url: str) -> str:
    """A name for the source of an address, fit for a file's name.

    >>> source_key("https://www.the-gazette.co.uk/rss"), source_key("https://edition.gazette.com/")
    ('the_gazette', 'edition_gazette')
    >>> source_key("http://127.0.0.1:8000/"), source_key("https://harbour.example")
    ('127.0.0.1', 'harbour')
    """
    host = (urlsplit(url).hostname or "site").lower()
    if re.fullmatch(r"[0-9.]+|.*:.*|[^.]+", host):
        return re.sub(r"[^\w.-]+", "_", host).strip("_") or "site"
    domain = courlan.extract_domain(f"https://{host}", fast=True) or host
    labels = host.removesuffix(f".{domain}").split(".") if host != domain else []
    own = domain.split(".")
    name = own[-3] if len(own) > 2 and own[-2] in _TWO_PART_ENDINGS and len(own[-1]) == 2 else own[-2]
    if domain == host and len(own) > 2 and name != own[0]:  # an ending the library does not know
        labels = own[: own.index(name)]
    return re.sub(r"[^\w.]+", "_", "_".join([*(label for label in labels if label not in _NO_NAME), name]))


def shape_of_articles(links: Sequence[str]) -> str | None:
    """A regular expression that is found in most of these addresses of articles; None when they have none in common.

    >>> shape_of_articles([f"https://gazette.example/2026/11/0{day}/storm" for day in range(1, 8)])
    '/20[0-9]{2}/[0-9]{1,2}/'
    """
    for shape in _SHAPES:
        if len(links) >= 3 and sum(bool(re.search(shape, link)) for link in links) >= 0.6 * len(links):
            return shape
    return None


@cache
def _countries() -> Mapping[str, str]:
    return {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
