"""Who wrote it: people as authors, agencies apart from them.

In: the page's fields and tree. Out: `Byline`. Staff, desks and the site itself are nobody's name.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from lxml.html import HtmlElement

from transforms.extract.rules import EVERYWHERE, agencies
from transforms.extract.structured import PageFields, plain

_META = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "cxenseparse:author",
)
_PREFIX = re.compile(
    r"^(?:(?:written|words|story|text|reported|reporting)\s+)?(?:by|von|par|por|di|door|af|av|från|fra|autor(?:in|a)?:|text:|ein\w*\s\w+\s+von)\b[:\s]*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[,;|/•·、]|\s&\s|\band\b|\bund\b|\bet\b|\by\b|\bog\b|\boch\b|\n)\s*", re.IGNORECASE)
_AFTER = re.compile(r"\s+(?:in|for|at|from|via|aus|für|pour|[-–—|])\s+.*$|\s*[(\[].*$|\s+@\w+.*$")
_TITLE = re.compile(r"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame)\.?\s+)+(?=\S+\s+\S)")
_NAME = re.compile(r"^(?=.{3,50}$)[^\W\d_][^\d@:/<>{}#=]*$")


@dataclass(frozen=True, slots=True)
class Byline:
    """People in the order they are named, and the agency that is named among or instead of them."""

    authors: tuple[str, ...] = ()
    agency: str | None = None


def find_byline(fields: PageFields, tree: HtmlElement, site: str | None) -> Byline:
    """The byline by the first witness that names a person; an agency that any of them names is kept."""
    agency = None
    for names in _witnesses(fields, tree):
        written = list(names)
        agency = agency or _agency(written)
        if people := tuple(dict.fromkeys(name for value in written for name in people_in(value, site))):
            return Byline(people[:20], agency)
    return Byline((), agency)


def people_in(value: str, site: str | None = None) -> Iterator[str]:
    """The names of people in a byline.

    >>> list(people_in("By Ana Ruiz and Li Wei, Reuters Staff"))
    ['Ana Ruiz', 'Li Wei']
    """
    text = _PREFIX.sub("", " ".join(value.split())).strip()
    for part in _SPLIT.split(text):
        name = _TITLE.sub("", _AFTER.sub("", part).strip(' .*\u200b-–—"'))
        if is_person(name, site):
            yield _titled(name)


def is_person(name: str, site: str | None = None) -> bool:
    """Whether a name may be that of a person: not an agency, a desk, a staff or the site itself."""
    words = name.split()
    if not _NAME.match(name) or not 1 <= len(words) <= 6 or name in agencies() or name.endswith(_DOMAINS):
        return False
    if site and _fold(name) and (_fold(name) in _fold(site) or _fold(site) in _fold(name)):
        return False
    if any(word.strip(".,-").casefold() in _words("not_people.csv") for word in words) or words[0] in agencies():
        return False
    if any(
        word[0].islower() and word not in _words("name_particles.csv") and "'" not in word and "’" not in word
        for word in words
    ):
        return False
    # a single word in a script with capitals is a desk, a handle or a column far more often than a person
    return len(words) > 1 or (not name.isascii() and name[0].lower() == name[0].upper())


_DOMAINS = (
    ".com",
    ".de",
    ".org",
    ".net",
    ".is",
    ".tr",
    ".uk",
    ".fr",
    ".it",
    ".es",
    ".ch",
    ".at",
    ".no",
    ".tv",
    ".news",
)


_WRITTEN_BY = frozenset(
    (
        "written by",
        "author",
        "by",
        "verfasst von",
        "geschrieben von",
        "autor",
        "écrit par",
        "auteur",
        "escrito por",
        "scritto da",
    )
)


def _witnesses(fields: PageFields, tree: HtmlElement) -> Iterator[Iterable[str]]:
    yield _names(fields.article.get("author"))
    yield _names(fields.article.get("creator"))
    for name in _META:
        yield [value for value in fields.meta.get(name, ()) if not value.startswith(("http", "/"))]
    yield _labelled(fields)
    for path in _MARKED:
        yield _marked(tree, path)


def _labelled(fields: PageFields) -> Iterator[str]:
    """Pairs of meta tags for link previews: the label "Written by" and its value."""
    yield from fields.meta.get("twitter:misc:written by", ())
    for number in ("1", "2"):
        if (fields.first(f"twitter:label{number}") or "").casefold() in _WRITTEN_BY:
            yield from fields.meta.get(f"twitter:data{number}", ())[:1]


def _names(value: Any) -> Iterator[str]:
    for author in value if isinstance(value, list) else [value]:
        if isinstance(author, list):
            yield from _names(author)
        elif isinstance(author, str):
            if text := plain(author):
                yield text
        elif isinstance(author, dict):
            # "Organization" is often said of people too; whether a name is a person's is decided by the name
            name = author.get("name") or " ".join(
                str(author[key]) for key in ("givenName", "familyName") if author.get(key)
            )
            for one in name if isinstance(name, list) else [name]:
                if text := plain(one):
                    yield text


def _marked(tree: HtmlElement, path: str) -> Iterator[str]:
    """The short texts of elements that are marked as the author, outside of comments and lists of other stories."""
    for element in tree.xpath(path)[:8]:
        named = element.xpath(".//*[@itemprop='name']")
        text = " ".join(" ".join((named[0] if named else element).itertext()).split())
        if 0 < len(text) <= 100 and not any(map(_is_aside, element.iterancestors())):
            yield text


_MARKED = (
    "//*[@itemprop='author' or @rel='author'][not(self::link or self::meta)]",
    "//a[contains(@href, '/author/') or contains(@href, '/autor/')"
    " or contains(@href, '/authors/') or contains(@href, '/autoren/')]",
    "//*[self::a or self::address or self::div or self::li or self::p or self::span][contains(@class, 'author')"
    " or contains(@class, 'byline') or contains(@class, 'Author') or contains(@class, 'Byline')]",
)
_ASIDE = re.compile(r"comment|related|teaser|recommend|sidebar|newsletter|most-read|trending", re.IGNORECASE)


def _is_aside(element: HtmlElement) -> bool:
    return element.tag in ("aside", "footer", "nav") or bool(_ASIDE.search(element.get("class") or ""))


def _agency(names: Iterable[str]) -> str | None:
    """The agency that a byline names: by itself, or with "Staff" and the like behind it."""
    for name in names:
        for part in _SPLIT.split(_PREFIX.sub("", name)):
            for written, agency in agencies().items():
                rest = part.strip(" ().")[len(written) :].split()
                if part.strip(" ().").startswith(written) and all(
                    word.casefold() in _words("not_people.csv") for word in rest
                ):
                    return agency
    return None


@cache
def _words(file: str) -> frozenset[str]:
    with (files("transforms.extract") / EVERYWHERE / file).open(encoding="utf-8") as lines:
        return frozenset(row["word"] for row in csv.DictReader(lines))


def _titled(name: str) -> str:
    """NAMES IN CAPITALS as they are otherwise written."""
    return name.title() if name.isupper() and len(name) > 4 and name.isascii() else name


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
