"""Who wrote it: people as authors, agencies apart from them.

In: the page's fields and tree. Out: `Byline`. Staff, desks and the site itself are nobody's name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from transforms.extract.lines import fold
from transforms.extract.people import PREFIX, SPLIT, people_in, words
from transforms.extract.rules import agencies
from transforms.extract.structured import PageFields, plain

__all__ = ["Byline", "find_byline", "people_in"]

_META = (
    *("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl"),
    *("authors",),
    *("cxenseparse:author", "og:article:author", "article.author", "article_author", "citation_author", "creator"),
    *("og:author", "book:author", "dc.contributor", "bylinename"),
)


@dataclass(frozen=True, slots=True)
class Byline:
    """People in the order they are named, and the agency that is named among or instead of them.

    `credits` is whom the byline credits: the people and the agencies beside them, or the desk or site instead of them.
    """

    authors: tuple[str, ...] = ()
    agency: str | None = None
    credits: tuple[str, ...] = ()


def find_byline(fields: PageFields, tree: HtmlElement, site: str | None) -> Byline:
    """The byline by the first witness that names a person; an agency that any of them names is kept.

    Links marked as authors that name the same people and some more know the byline better.
    """
    agency = None
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    for names in _witnesses(fields, tree):
        written = list(names)
        agency = agency or _agency(written)
        credits = credits or _credits(written)
        authors = tuple(dict.fromkeys(name for value in written for name in people_in(value, site)))[:_MOST]
        if authors:
            break
    marked = tuple(dict.fromkeys(name for value in _marked(tree, _MARKED[0]) for name in people_in(value, site)))
    if authors and {fold(name) for name in authors} < {fold(name) for name in marked} and len(marked) <= _FEW:
        authors = marked
    return Byline(authors, agency, _with_agencies(authors, credits))


def _with_agencies(authors: tuple[str, ...], credits: tuple[str, ...]) -> tuple[str, ...]:
    """The people with the agencies beside them; when there are none, whoever is named."""
    if not authors:
        return credits
    known = {fold(name) for name in authors}
    return (*authors, *(name for name in credits if fold(name) not in known and name in agencies()))


def _credits(written: Iterable[str]) -> tuple[str, ...]:
    parts = (part.strip(" .") for value in written for part in SPLIT.split(PREFIX.sub("", value)))
    return tuple(
        dict.fromkeys(part for part in parts if 1 < len(part) <= 60 and not re.search(r"@|\bwww\.|://", part))
    )[:_MOST]


_MOST = 20
_FEW = 4
_LINE = 100
_OPENINGS = (
    *("by", "von", "par ", "por", "di ", "door", "af ", "av ", "från", "fra ", "eftir", "oleh", "penulis", "yazan"),
    *("ein", "text", "propos", "escrito", "scritto", "a cura", "written", "words", "story", "report", "posted"),
    *("autor", "auteur", "autrice", "author", "автор", "kirjoittaja", "tekst"),
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
    named = {node["@id"]: node for node in fields.nodes if isinstance(node.get("@id"), str) and node.get("name")}
    yield _names(fields.article.get("author"), named)
    yield _names(fields.article.get("creator"), named)
    for name in _META:
        yield [value for value in fields.meta.get(name, ()) if not value.startswith(("http", "/"))]
    yield _labelled(fields)
    for path in _MARKED:
        yield _marked(tree, path)
    yield from ([line] for line in _spoken(tree))
    for node in fields.nodes:
        if node is not fields.article:
            yield _names(node.get("author"), named)


def _labelled(fields: PageFields) -> Iterator[str]:
    """Pairs of meta tags for link previews: the label "Written by" and its value."""
    yield from fields.meta.get("twitter:misc:written by", ())
    for number in ("1", "2"):
        if (fields.first(f"twitter:label{number}") or "").casefold() in _WRITTEN_BY:
            yield from fields.meta.get(f"twitter:data{number}", ())[:1]


def _names(value: Any, named: dict[str, Any]) -> Iterator[str]:
    for author in value if isinstance(value, list) else [value]:
        if isinstance(author, list):
            yield from _names(author, named)
        elif isinstance(author, str):
            if text := plain(author):
                yield text
        elif isinstance(author, dict):
            # "Organization" is often said of people too; whether a name is a person's is decided by the name
            name = author.get("name") or " ".join(
                str(author[key]) for key in ("givenName", "familyName") if author.get(key)
            )
            name = name or named.get(str(author.get("@id")), {}).get("name")
            for one in name if isinstance(name, list) else [name]:
                if text := plain(one):
                    yield text


def _spoken(tree: HtmlElement) -> Iterator[str]:
    """Short lines that open with "By" and the like."""
    for element in tree.iter("p", "div", "li", "span", "small", "h3", "h4", "h5", "h6", "em", "strong", "b", "i"):
        opening = (element.text or "").lstrip()[:40].casefold()
        if not opening.startswith(_OPENINGS):
            continue
        if len(opening.split()) == 1 and not len(element) and (parent := element.getparent()) is not None:
            element = parent  # the label is set apart from the name
        text = " ".join("".join(element.itertext()).split())
        if len(text) <= _LINE and PREFIX.match(text) and not any(map(_is_aside, element.iterancestors())):
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
        for part in SPLIT.split(PREFIX.sub("", name)):
            for written, agency in agencies().items():
                rest = part.strip(" ().")[len(written) :].split()
                if part.strip(" ().").startswith(written) and all(
                    word.casefold() in words("not_people.csv") for word in rest
                ):
                    return agency
    return None
