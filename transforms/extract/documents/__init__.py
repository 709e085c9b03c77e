"""Text from documents: PDF, Word (.docx) and e-mail (.eml), one module each, with what they share beside them."""

from transforms.extract.documents.kinds import DOCUMENT_TYPES, document_kind
from transforms.extract.documents.read import article_of_document

__all__ = ["DOCUMENT_TYPES", "article_of_document", "document_kind"]
