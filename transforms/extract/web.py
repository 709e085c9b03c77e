"""From the HTML of a page to an article.

In: the characters of a page, its address and the time of its fetching. Out: `Article` or `Reject`.
"""

from datetime import datetime
from urllib.parse import urlsplit

from transforms.collect.rights import page_rights
from transforms.extract.article import Article
from transforms.extract.bylines import find_byline
from transforms.extract.clean import Stated, clean
from transforms.extract.dateline import first_dateline
from transforms.extract.headline import find_headline, page_titles, site_name
from transforms.extract.language import detect_language
from transforms.extract.layout import lay_out
from transforms.extract.parse import parse
from transforms.extract.published import find_modified, find_published
from transforms.extract.reading import read_pieces
from transforms.extract.section import find_section, page_labels
from transforms.extract.structured import PageFields, read_fields, web_address
from transforms.extract.text import too_long
from transforms.extract.verdict import judge
from transforms.outcome import Reason, Reject


def article_of_html(html: str, *, url: str | None, fetched_at: datetime | None) -> Article | Reject:
    """Read a page: once parsed, its fields first (they are needed to judge it), then its body."""
    tree = parse(html)
    if isinstance(tree, Reject):
        return tree
    fields = read_fields(tree, url)
    headline = find_headline(fields, tree, url)
    byline = find_byline(fields, tree, site_name(fields))
    published = find_published(fields, tree, url=url, fetched_at=fetched_at)
    free = _is_free(fields)
    pieces = read_pieces(tree, fields, url=url, headline=headline, free=free)
    if isinstance(pieces, Reject):
        return pieces
    if reject := judge(pieces, tree, fields, headline=headline, url=url, free=free):
        return reject
    text, blocks = lay_out(pieces)
    if reject := too_long(text):
        return reject
    language = detect_language(text)
    stated = Stated(page_titles(fields, tree), byline.authors, page_labels(fields))
    cleaned = clean(text, blocks, headline=headline, language=language, stated=stated)
    if not cleaned.text:
        return Reject("extract", Reason.NO_TEXT, "all there is are links, buttons and the headline")
    dateline = first_dateline(cleaned.text, cleaned.blocks)
    license_address = _license(fields, url)
    moment = published.moment
    return Article(
        text=cleaned.text,
        headline=headline,
        authors=byline.authors,
        credits=byline.credits,
        agency=(dateline and dateline.agency) or cleaned.agency or byline.agency,
        dateline=dateline.text if dateline else None,
        sign_off=cleaned.sign_off,
        section=find_section(fields),
        language=language,
        published_at=moment.at if moment else None,
        published_precision=moment.precision if moment else None,
        published_method=published.method,
        published_zone=moment.zone if moment else None,
        modified_at=find_modified(fields, fetched_at),
        canonical_url=_canonical(fields, url),
        license=license_address,
        is_accessible_for_free=free,
        rights=page_rights(fields.meta, [license_address] if license_address else [], url),
        blocks=cleaned.blocks,
        removals=cleaned.removals,
    )


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
