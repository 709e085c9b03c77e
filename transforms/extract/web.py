"""From the HTML of a page to an article.

In: the characters of a page, its address and the time of its fetching. Out: `Article` or `Reject`.
"""

from datetime import datetime
from urllib.parse import urlsplit

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from transforms.extract.article import Article
from transforms.extract.body import Piece, mark_captions, mark_live_entries, read_body
from transforms.extract.bylines import find_byline
from transforms.extract.clean import clean
from transforms.extract.dateline import first_dateline
from transforms.extract.headline import find_headline, site_name
from transforms.extract.language import detect_language
from transforms.extract.layout import lay_out
from transforms.extract.parse import parse, prepare
from transforms.extract.published import find_modified, find_published
from transforms.extract.split import join_split_body
from transforms.extract.structured import PageFields, read_fields, web_address
from transforms.extract.text import too_long
from transforms.extract.verdict import judge
from transforms.outcome import Reason, Reject

_MANY_LETTERS = 600
"""Letters in paragraphs from which a page has text, so that finding none means that the library failed."""


def article_of_html(html: str, *, url: str | None, fetched_at: datetime | None) -> Article | Reject:
    """Read a page: once parsed, its fields first (they are needed to judge it), then its body."""
    tree = parse(html)
    if isinstance(tree, Reject):
        return tree
    fields = read_fields(tree, url)
    headline = find_headline(fields, tree, url)
    byline = find_byline(fields, tree, site_name(fields))
    published = find_published(fields, tree, url=url, fetched_at=fetched_at)
    pieces = _read_pieces(tree, fields, url)
    if isinstance(pieces, Reject):
        return pieces
    free = _is_free(fields)
    if reject := judge(pieces, tree, fields, headline=headline, url=url, free=free):
        return reject
    text, blocks = lay_out(pieces)
    if reject := too_long(text):
        return reject
    language = detect_language(text)
    cleaned = clean(text, blocks, headline=headline, language=language)
    if not cleaned.text:
        return Reject("extract", Reason.NO_TEXT, "all there is are links, buttons and the headline")
    dateline = first_dateline(cleaned.text, cleaned.blocks)
    return Article(
        text=cleaned.text,
        headline=headline,
        authors=byline.authors,
        agency=(dateline and dateline.agency) or cleaned.agency or byline.agency,
        dateline=dateline.text if dateline else None,
        language=language,
        published_at=published.at if published else None,
        published_precision=published.precision if published else None,
        published_method=published.method if published else None,
        modified_at=find_modified(fields, fetched_at),
        canonical_url=_canonical(fields, url),
        license=_license(fields, url),
        is_accessible_for_free=free,
        blocks=cleaned.blocks,
        removals=cleaned.removals,
    )


def _read_pieces(tree: HtmlElement, fields: PageFields, url: str | None) -> list[Piece] | Reject:
    captions = frozenset(" ".join("".join(caption.itertext()).split()) for caption in tree.iter("figcaption"))
    prepare(tree)
    pieces = _read_body(tree, url)
    if not isinstance(pieces, Reject) and join_split_body(tree, "\n".join(piece.text for piece in pieces)):
        pieces = _read_body(tree, url)
    if isinstance(pieces, Reject):
        return pieces
    pieces = mark_captions(pieces, captions)
    return mark_live_entries(pieces) if fields.is_live_blog else pieces


def _read_body(tree: HtmlElement, url: str | None) -> list[Piece] | Reject:
    # the library works on a copy of the tree and gives None both for "no article" and for its own errors
    document = trafilatura.bare_extraction(tree, url=url, include_comments=False, with_metadata=False)
    if isinstance(document, Document) and document.body is not None:
        return read_body(document.body)
    letters = sum(len("".join(paragraph.itertext())) for paragraph in tree.iter("p"))
    if letters > _MANY_LETTERS:
        return Reject("extract", Reason.FAILED, f"trafilatura gave nothing for {letters:,} letters in paragraphs")
    return []


def _is_free(fields: PageFields) -> bool | None:
    value = fields.article.get("isAccessibleForFree")
    if value is None:
        value = next((node["isAccessibleForFree"] for node in fields.nodes if "isAccessibleForFree" in node), None)
    if isinstance(value, bool):
        return value
    tier = (fields.first("article:content_tier") or "").lower()
    word = (
        str(value).strip().rsplit("/", 1)[-1].lower()
        if value is not None
        else {"locked": "false", "free": "true"}.get(tier)
    )
    return {"true": True, "false": False}.get(word or "")


def _canonical(fields: PageFields, url: str | None) -> str | None:
    """The address the page declares; not the front page, which some sites declare on all their pages."""
    for value in (*fields.links.get("canonical", ()), *fields.meta.get("og:url", ())):
        address = web_address(value, url)
        if address and (urlsplit(address).path.strip("/") or urlsplit(address).query):
            return address
    return None


def _license(fields: PageFields, url: str | None) -> str | None:
    declared = fields.article.get("license")
    for value in (declared, *fields.links.get("license", ()), *fields.meta.get("dcterms.license", ())):
        if address := web_address(value, url):
            return address
    return None
