"""From the bytes of a document to an article.

In: bytes and their kind. Out: `Article` or `Reject`. What a document says about itself in its properties is weak: it
counts only where it is plausible, and `published_method` says that it is from there.
"""

from datetime import datetime

from transforms.collect.media_types import DOCX, PDF
from transforms.extract.article import Article
from transforms.extract.documents.docx import read_docx
from transforms.extract.documents.eml import read_eml
from transforms.extract.documents.pdf import read_pdf
from transforms.outcome import Reason, Reject

MAX_BYTES = 64 * 2**20
"""Size of a document that is still read; the limit of what is fetched is usually lower."""


def article_of_document(content: bytes, kind: str, *, fetched_at: datetime | None) -> Article | Reject:
    """Read a document of a kind from `DOCUMENT_TYPES`."""
    if len(content) > MAX_BYTES:
        return Reject("extract", Reason.TOO_LARGE, f"{len(content):,} bytes; up to {MAX_BYTES:,} are read")
    if kind == PDF:
        return read_pdf(content, fetched_at)
    return read_docx(content, fetched_at) if kind == DOCX else read_eml(content, fetched_at)
