"""What can become of an input: an article, or a reject with its stage, reason and detail.

In: nothing. Out: the vocabulary that all stages share.
"""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why an input did not become an article. A reason states what was so."""

    # collect
    MISSING_PATH = "missing_path"
    NOT_READABLE = "not_readable"  # no permission, or the disk failed
    UNKNOWN_KIND = "unknown_kind"  # a file of a kind nobody reads
    NOT_JSON = "not_json"  # a line of a .jsonl file that is not a JSON object
    TOO_LARGE = "too_large"
    NOT_A_FEED = "not_a_feed"
    ROBOTS_FORBID = "robots_forbid"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    NOT_FETCHED = "not_fetched"  # no answer, or an answer that is no page
    BLOCKED = "blocked"  # 401, 402, 403, 407, 429, 451: the server will not have us
    GONE = "gone"  # 404 or 410: the publisher took the page away
    TDM_RESERVED = "tdm_reserved"  # the publisher reserves text and data mining, and the source respects it
    NOT_A_TABLE = "not_a_table"  # a .csv or .parquet without the columns that are needed
    UNSAFE_ARCHIVE = "unsafe_archive"  # a .zip whose members leave its folder or grow beyond all measure
    # extract
    EMPTY = "empty"
    TRUNCATED = "truncated"  # compressed data that ends too early
    NOT_TEXT = "not_text"  # binary
    TOO_COMPLEX = "too_complex"  # more nodes or deeper nesting than any article
    NO_TEXT = "no_text"  # the page has no article body
    TOO_SHORT = "too_short"
    CONSENT_WALL = "consent_wall"
    PAYWALL = "paywall"
    INDEX_PAGE = "index_page"
    ERROR_PAGE = "error_page"
    NEEDS_JAVASCRIPT = "needs_javascript"
    ENCRYPTED = "encrypted"  # a document that asks for a password
    DAMAGED = "damaged"  # a document whose file is broken
    TOO_SLOW = "too_slow"  # reading it took longer than any article may
    FAILED = "failed"  # our own fault; the detail has the exception
    # publish
    DUPLICATE = "duplicate"  # the same version of the article is already kept


@dataclass(frozen=True, slots=True)
class Reject:
    """One input that did not become an article.

    `detail` is a sentence for a person: what was wrong and what would help.
    """

    stage: str
    reason: Reason
    detail: str
