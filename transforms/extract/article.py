"""What extract hands on: the article, its text fixed once and for all.

In: nothing. Out: `Article`, `Block`, `Removal`, and the ids that an article keeps.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from transforms.collect.rights import UNSTATED, Rights


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text that was one block on the page; `kind` is one of `tables.SENTENCE_KINDS`.

    An ordinary paragraph is of kind `sentence`, because that is what its sentences become.
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Removal:
    """What cleaning did at one place: `original` stood at `position` before; now `text[start:end]` of the article does.

    From an article's text and its removals the text before cleaning can be rebuilt exactly.
    """

    position: int
    start: int
    end: int
    text: str
    original: str
    action: str
    rule: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article. From here on `text` never changes: every span of every table counts in it.

    `authors` are people; `credits` is whom the byline credits: the agencies beside them, or a desk instead of them.
    `sign_off` is the credit that ended the story, as written; `published_zone` says where the zone of the time is from:
    `stated` on the page, or from the place of the `source`; None when there is no time of day.

    `rights` are what the page itself says about mining and indexing; what its server says is with the `Page`.

    `blocks` cover the text in order, without overlap. Times keep the zone of the page: the story's “Sunday” is the
    publisher's Sunday; the tables have them in UTC.
    """

    text: str
    headline: str | None = None
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    agency: str | None = None
    dateline: str | None = None
    sign_off: str | None = None
    section: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    published_precision: str | None = None
    published_method: str | None = None
    published_zone: str | None = None
    modified_at: datetime | None = None
    canonical_url: str | None = None
    license: str | None = None
    is_accessible_for_free: bool | None = None
    rights: Rights = UNSTATED
    blocks: tuple[Block, ...] = ()
    removals: tuple[Removal, ...] = ()

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the text in UTF-8, 64 hex digits."""
        return sha256(self.text.encode()).hexdigest()

    @property
    def version(self) -> str:
        """8 hex digits that name this wording: headline and text."""
        return sha256(f"{self.headline or ''}\n{self.text}".encode()).hexdigest()[:8]

    def article_id(self, url: str) -> str:
        """16 hex digits that name the article in all its versions, given where it came from.

        The address the page declares for itself, else the web address it was fetched from. A file without an address
        is known by its text alone, so that it may be moved.
        """
        address = self.canonical_url or ("" if url.startswith("file:") else url)
        return sha256((address or f"{self.headline or ''}\n{self.text}").encode()).hexdigest()[:16]
