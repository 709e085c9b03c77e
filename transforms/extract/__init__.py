"""From the bytes of one input to one article, its text fixed once; or to a reject."""

from transforms.extract.page import extract_page
from transforms.extract.row import extract_row

__all__ = ["extract_page", "extract_row"]
