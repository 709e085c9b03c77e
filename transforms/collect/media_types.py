"""Which media types may hold an article: one list for files, WARC records and answers of the web.

In: a media type as its sender wrote it, or a file's name. Out: whether extract reads it.
"""

from collections.abc import Mapping

HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EML = "message/rfc822"
JSON = "application/json"
UNKNOWN = "application/octet-stream"
"""What a sender that does not know calls everything."""

ENDINGS: Mapping[str, str] = {
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": "application/xhtml+xml",
    ".html.gz": HTML,
    ".htm.gz": HTML,
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".pdf": PDF,
    ".docx": DOCX,
    ".eml": EML,
}
"""Endings of files that hold one page. An `.html.gz` is archived compressed, as it is."""

READABLE = frozenset({"application/xhtml+xml", "application/xml", "application/x-pdf", UNKNOWN, JSON, PDF, DOCX, EML})
"""Besides text/…: what may be a page."""

NEVER = frozenset(
    {"text/css", "text/javascript", "text/ecmascript", "text/x-javascript", "text/csv", "text/calendar", "text/vcard"}
    | {"text/x-component", "text/cache-manifest", "text/vtt", "text/x-vcard", "text/directory", "text/event-stream"}
)
"""Kinds of text that no article is written in."""


def bare(media_type: str | None) -> str:
    """A media type without its parameters, in lower case.

    >>> bare("Text/HTML; charset=utf-8")
    'text/html'
    """
    return (media_type or "").partition(";")[0].strip().lower()


def may_be_page(media_type: str) -> bool:
    """Whether an answer of this type may hold an article. One without a type may.

    >>> may_be_page("text/html; charset=utf-8"), may_be_page("application/pdf"), may_be_page("text/css")
    (True, True, False)
    """
    name = bare(media_type)
    return name in READABLE or (name.startswith("text/") and name not in NEVER) or not name


def charset_of(content_type: str | None) -> str | None:
    """The charset parameter of a Content-Type, in lower case.

    >>> charset_of('text/html; Charset="UTF-8"')
    'utf-8'
    """
    for part in (content_type or "").split(";")[1:]:
        key, _, value = part.partition("=")
        if key.strip().lower() == "charset" and value.strip(" \t\"'"):
            return value.strip(" \t\"'").lower()
    return None


def looks_like_html(head: bytes) -> bool:
    """Whether bytes begin as a page does, whatever their sender or their name says."""
    start = head[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html"))
