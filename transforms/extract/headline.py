"""The headline of a page, without the name of the site.

In: the page's fields and tree. Out: one line, or None.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from transforms.extract.parse import without_marks
from transforms.extract.structured import PageFields, plain

_SEPARATOR = re.compile(r"\s+[|\-–—·•»:]{1,2}\s+|\s*\|\s*")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})  # as host names spell them
_KICKER_NAMES = re.compile(
    r"kicker|overline|topline|eyebrow|dachzeile|roofline|catchline|surtitle|pre-?title|antetitulo|cintillo|occhiello|spitzmarke",
    re.IGNORECASE,
)
_KICKER_ENDS = re.compile(r"(?::|\s[-–—|•]|[+»])\s*$")
_KICKER = 60
_SHORT = 20
_TRUNCATED = re.compile(r"\s*(?:\.\.\.|…)$")


def find_headline(fields: PageFields, tree: HtmlElement, url: str | None) -> str | None:
    """The headline by the first witness; one that was cut off gives way to the longer form on the page."""
    site = site_name(fields)
    shown = [_headline_text(element) for element in tree.iter("h1")]
    candidates = [_without_kicker(_without_site(text, site, url), shown) for text in _witnesses(fields, tree) if text]
    usable = [text for text in candidates if text and _fold(text) != _fold(site or "")]
    if not usable:
        return None
    first = _TRUNCATED.sub("", usable[0])
    stem = _fold(first)
    longer = (
        text for text in usable[1:] if len(stem) > 20 and _fold(text).startswith(stem) and not _TRUNCATED.search(text)
    )
    return next(longer, usable[0]) if first != usable[0] or len(first) >= 100 else usable[0]


def page_titles(fields: PageFields, tree: HtmlElement) -> tuple[str, ...]:
    """All that the page calls its headline: what stands in its fields, its `<h1>`s and its `<title>`."""
    return tuple(dict.fromkeys(text for text in _witnesses(fields, tree) if text and len(text) > 10))


def site_name(fields: PageFields) -> str | None:
    """What the site calls itself."""
    if name := plain(fields.first("og:site_name", "application-name", "twitter:app:name:iphone")):
        return name
    publisher = fields.article.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    return plain(publisher.get("name")) if isinstance(publisher, dict) else plain(publisher)


def _without_kicker(text: str, shown: Iterable[str]) -> str:
    """The headline as the page shows it, where its fields put a kicker before: "River: ferry stopped"."""
    return next((line for line in shown if _has_kicker(text, line)), text)


def _has_kicker(text: str, shown: str) -> bool:
    before = text.removesuffix(shown)
    return len(shown) > _SHORT and 2 < len(before) < _KICKER and before != text and bool(_KICKER_ENDS.search(before))


def _headline_text(element: HtmlElement) -> str:
    """The text of a heading without the kicker in it."""
    kickers = [part for part in element.iterdescendants() if _KICKER_NAMES.search(str(part.get("class") or ""))]
    text = _text(element)
    for kicker in kickers:
        text = text.removeprefix(_text(kicker))
    return text.strip(" -–—|:•·") if kickers else text


def _witnesses(fields: PageFields, tree: HtmlElement) -> Iterator[str | None]:
    headings = [text for text in (_headline_text(element) for element in tree.iter("h1")) if text]
    title = next((text for text in (_text(element) for element in tree.iter("title")) if text), None)
    yield plain(fields.article.get("headline"))
    yield plain(fields.first("og:title"))
    if len(headings) == 1:
        yield headings[0]
    yield plain(fields.article.get("name"))
    yield plain(fields.first("twitter:title", "dc.title", "title", "headline"))
    yield from headings
    yield title


def _text(element: HtmlElement) -> str:
    return " ".join(without_marks(" ".join(element.itertext())).split())


def _without_site(text: str, site: str | None, url: str | None) -> str:
    """The headline without "| Site" behind or "Site:" before it."""
    names = {_fold(site)} if site else set()
    if url and (host := urlsplit(url).hostname):
        labels = host.removeprefix("www.").split(".")
        names |= {_fold(host.removeprefix("www.")), _fold(labels[0]), _fold(labels[-2] if len(labels) > 1 else "")}
    parts = [match.span() for match in _SEPARATOR.finditer(text)]
    for start, end in reversed(parts):
        if _is_site(text[end:], names):
            return _without_site(text[:start].strip(), site, url)
    for start, end in parts[:1]:
        if _is_site(text[:start], names):
            return text[end:].strip()
    return text.strip()


def _is_site(text: str, names: set[str]) -> bool:
    """Whether a part of a title is the site: its name, a form of it ("Harbour News Online"), or a bare date."""
    folded = _fold(text)
    if not folded or _DATE.fullmatch(text.strip()):
        return bool(folded)
    return any(_is_form_of(folded, name) for name in names if name)


def _is_form_of(folded: str, name: str) -> bool:
    if folded == name:
        return True
    longest = len(name) + 12  # "News", "Online", "International" behind the name
    similar = folded.startswith(name) or name.startswith(folded)
    return similar and len(name) > 3 and 2 < len(folded) <= longest


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold().translate(_UMLAUTS)
