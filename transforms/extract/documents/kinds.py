"""Which kind of document some bytes are: by their own signs, whatever the sender called them.

In: bytes and a media type. Out: one of `DOCUMENT_TYPES`, or None.
"""

import re

from transforms.collect.media_types import DOCX, EML, PDF

DOCUMENT_TYPES = (PDF, DOCX, EML)
"""Media types of the documents that are read."""

_TEXT_TYPES = ("", "text/plain", "application/octet-stream")
_HEADER = re.compile(
    rb"(?:return-path|received|delivered-to|mime-version|message-id|from|to|subject|date|reply-to|x-[\w-]+|list-[\w-]+"
    rb"|content-type|sender|dkim-signature|authentication-results|arc-[\w-]+|references|in-reply-to|cc):[ \t]",
    re.IGNORECASE,
)
_FEWEST_HEADERS = 4


def document_kind(content: bytes, media_type: str) -> str | None:
    """The kind of document.

    >>> document_kind(b"%PDF-1.7 ...", "text/html"), document_kind(b"<html>", "application/pdf")
    ('application/pdf', None)
    """
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return DOCX if _is_word(content) or media_type == DOCX else None
    if media_type == EML:
        return None if content[:1024].lstrip().startswith(b"<") else EML
    return EML if media_type in _TEXT_TYPES and _has_headers(content) else None


def _is_word(content: bytes) -> bool:
    # a name stands before each part, and all of them in the directory at the end, which a cut file has lost
    return b"word/document.xml" in content or b"word/_rels/document.xml.rels" in content


def _has_headers(content: bytes) -> bool:
    """Whether the first lines are those of a message; a "From:" above a text is not enough."""
    head = re.split(rb"\r?\n\r?\n", content[:32_768].lstrip(), maxsplit=1)[0]
    lines = re.split(rb"\r?\n(?![ \t])", head)
    known = sum(bool(_HEADER.match(line)) for line in lines)
    return known >= _FEWEST_HEADERS and known > 0.6 * len(lines)
