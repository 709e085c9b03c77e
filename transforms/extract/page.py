"""From the bytes of one input to one article, or to a reject with its true reason.

In: bytes, and what is known about them: address, media type, charset, time of fetching. Out: `Article` or `Reject`.
Nothing here raises: what goes wrong is a reject, so that the rest of a batch goes on.
"""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from transforms.extract.article import Article
from transforms.extract.bylines import people_in
from transforms.extract.decode import WHAT_IS_READ, decode, mend_surrogates, unpack
from transforms.extract.documents import DOCUMENT_TYPES, article_of_document, document_kind
from transforms.extract.published import parse_given
from transforms.extract.structured import web_address
from transforms.extract.text import article_of_text, fixed_text, front_matter
from transforms.extract.web import article_of_html
from transforms.outcome import Reason, Reject

HTML_TYPES = frozenset(("text/html", "application/xhtml+xml", "application/xml", "text/xml"))
JSON_TYPES = frozenset(("application/json", "application/jsonl", "application/x-ndjson", "application/x-jsonlines"))


def extract_page(
    content: bytes,
    *,
    url: str | None,
    media_type: str,
    charset: str | None = None,
    fetched_at: datetime | None = None,
) -> Article | Reject:
    """Read one input.

    Args:
        content: the bytes, perhaps gzip-compressed.
        url: where they came from; used to resolve links and to choose among several articles of a page.
        media_type: "text/html", "text/plain", "text/markdown", "application/json" (one object with "text" or "html"),
            or one of `documents.DOCUMENT_TYPES` (PDF, Word, e-mail). Bytes that are plainly a document or a page are
            read as what they are, whatever they are called.
        charset: what an HTTP header said.
        fetched_at: when the bytes were fetched (UTC); a publication date more than a day later is refused.

    Returns:
        The article; or a `Reject` of stage "extract".
    """
    try:
        return _extract(content, url, media_type.partition(";")[0].strip().lower(), charset, fetched_at)
    except MemoryError:
        return Reject("extract", Reason.TOO_LARGE, "reading it takes more memory than a page may; give its text alone")
    except Exception as error:  # the input is odd in a way nobody foresaw: one reject, and the batch goes on
        return Reject("extract", Reason.FAILED, f"{type(error).__name__}: {error}"[:500])


def _extract(
    content: bytes, url: str | None, media_type: str, charset: str | None, fetched_at: datetime | None
) -> Article | Reject:
    unpacked = unpack(content)
    if isinstance(unpacked, Reject):
        return unpacked
    if kind := document_kind(unpacked, media_type):
        return article_of_document(unpacked, kind, fetched_at=fetched_at)
    text = decode(unpacked, charset)
    if isinstance(text, Reject):
        return text
    if media_type in JSON_TYPES:
        return _article_of_json(text, url, fetched_at)
    if media_type in HTML_TYPES or _looks_like_html(text):
        return article_of_html(text, url=url, fetched_at=fetched_at)
    if media_type.startswith("text/") or media_type in ("", "application/octet-stream", *DOCUMENT_TYPES):
        article = article_of_text(text, markdown=media_type == "text/markdown")
        if isinstance(article, Reject) or media_type != "text/markdown":
            return article
        return _with_given(article, {**front_matter(text)}, None, fetched_at)
    return Reject("extract", Reason.NOT_TEXT, f"{media_type} is not read; {WHAT_IS_READ} is")


def _looks_like_html(text: str) -> bool:
    start = text[:1000].lstrip().lower()
    return start.startswith(("<!doctype html", "<html", "<?xml")) and "<html" in text[:5000].lower()


def _article_of_json(source: str, url: str | None, fetched_at: datetime | None) -> Article | Reject:
    """One object of a JSONL file. Its own fields go before what is found in its HTML."""
    try:
        record = json.loads(source)
    except (ValueError, RecursionError) as error:
        return Reject("extract", Reason.NOT_JSON, f"not a JSON object: {error}"[:300])
    if not isinstance(record, dict):
        return Reject("extract", Reason.NOT_JSON, f"a JSON {type(record).__name__}; give an object with text or html")
    given: dict[str, Any] = {key: _safe(value) for key, value in record.items()}
    address = web_address(given.get("url"))
    if isinstance(given.get("text"), str) and given["text"].strip():
        read = fixed_text(given["text"])
    elif isinstance(given.get("html"), str) and given["html"].strip():
        read = article_of_html(given["html"], url=address or url, fetched_at=fetched_at)
    else:
        return Reject("extract", Reason.NO_TEXT, 'the object has neither "text" nor "html"')
    return read if isinstance(read, Reject) else _with_given(read, given, address, fetched_at)


def _with_given(article: Article, given: dict[str, Any], address: str | None, fetched_at: datetime | None) -> Article:
    headline = next((given[key] for key in ("title", "headline") if isinstance(given.get(key), str)), None)
    names = given.get("authors") or given.get("author") or []
    names = [names] if isinstance(names, str) else names
    authors = tuple(dict.fromkeys(person for name in names if isinstance(name, str) for person in people_in(name)))
    language = given.get("language")
    article = replace(
        article,
        headline=" ".join(headline.split()) or None if headline else article.headline,
        authors=authors or article.authors,
        language=article.language or (language.lower() if isinstance(language, str) and len(language) == 2 else None),
        canonical_url=address or article.canonical_url,
    )
    if moment := parse_given(given.get("published_at") or given.get("date"), fetched_at):
        article = replace(
            article, published_at=moment.at, published_precision=moment.precision, published_method=moment.method
        )
    return article


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return mend_surrogates(value)
    return [_safe(item) for item in value] if isinstance(value, list) else value
