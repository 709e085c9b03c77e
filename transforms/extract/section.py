"""The section that an article stands in ("World"), and the other labels that the page gives it.

In: the page's fields. Out: one section or None; all labels, sections and keywords.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from transforms.extract.structured import PageFields, plain, types

_META = ("article:section", "parsely-section", "sailthru.section", "section", "cxenseparse:section", "dcterms.subject")
_KEYWORDS = ("keywords", "news_keywords", "article:tag", "parsely-tags", "sailthru.tags")
_LONGEST = 60
_HOME = frozenset(("home", "homepage", "startseite", "start", "accueil", "inicio", "início", "etusivu", "forside"))


def find_section(fields: PageFields) -> str | None:
    """The section by the first witness: JSON-LD, meta tags, the breadcrumb behind the front page.

    >>> find_section(PageFields({"articleSection": ["World", "Europe"]}, [], {}))
    'World'
    """
    return next(_sections(fields), None)


def page_labels(fields: PageFields) -> tuple[str, ...]:
    """All sections and keywords of the page, in the order they are found."""
    keywords = (value for name in _KEYWORDS for value in fields.meta.get(name, ()))
    parts = (part for value in (*keywords, *_texts(fields.article.get("keywords"))) for part in value.split(","))
    return tuple(dict.fromkeys(filter(None, (*_sections(fields), *(" ".join(part.split()) for part in parts)))))[:100]


def _sections(fields: PageFields) -> Iterator[str]:
    for value in (
        *_texts(fields.article.get("articleSection")),
        *(value for name in _META for value in fields.meta.get(name, ())),
        *_breadcrumb(fields),
    ):
        text = plain(value)
        if text and len(text) <= _LONGEST and not text.startswith(("http", "/")) and text.casefold() not in _HOME:
            yield text


def _texts(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item


def _breadcrumb(fields: PageFields) -> Iterator[str]:
    """The names of the breadcrumb between the front page and the article."""
    for node in fields.nodes:
        if "breadcrumblist" not in types(node) or not isinstance(node.get("itemListElement"), list):
            continue
        steps = [step for step in node["itemListElement"] if isinstance(step, dict)]
        for step in steps[:-1]:
            item = step.get("item")
            name = step.get("name") or (item.get("name") if isinstance(item, dict) else None)
            address = item.get("@id") if isinstance(item, dict) else item
            if isinstance(name, str) and not _is_front(address):
                yield name


def _is_front(address: Any) -> bool:
    try:
        return isinstance(address, str) and not re.sub(r"\W", "", urlsplit(address).path)
    except ValueError:
        return False
