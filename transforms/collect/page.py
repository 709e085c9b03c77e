"""What collect hands to extract: one input, its bytes archived.

In: nothing. Out: `Page` and the id that an input keeps for ever.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from transforms.collect.rights import UNSTATED, Rights
from transforms.outcome import Reject


@dataclass(frozen=True, slots=True)
class Page:
    """One input whose bytes are in the archive. It is small: tasks pass it about and read the bytes where they work.

    `url` is the address after redirects, or a `file:` address (`#line=N`: one line of it). `media_type` is what the
    sender said or the file name says ("text/html"), `charset` what an HTTP header said. `raw_sha256` is of the bytes as
    they came in. `fetched_at` (UTC) is when these bytes were first archived: reading them again gives the same rows.
    """

    url: str
    source: str
    media_type: str
    charset: str | None
    fetched_at: datetime
    raw_file: str
    raw_offset: int
    raw_sha256: str
    robots_verdict: str | None = None
    rights: Rights = UNSTATED
    """What the server said about mining and indexing; what the page itself says is added by extract."""
    country: str | None = None
    """Where the source sits, ISO 3166-1 alpha-2, from its file in `config/sources/`."""
    respect_tdm: bool = True
    """Whether a reservation of text and data mining keeps the page out of the lake; from the source's file."""

    @property
    def input_id(self) -> str:
        """The id of this input, see `input_id`."""
        return input_id(self.url, self.raw_sha256)


def input_id(url: str, raw_sha256: str | None) -> str:
    """16 hex digits that name an input: its address and its bytes. An input nobody could read has no bytes.

    >>> input_id("https://example.org/a", None)
    'e1a8a3c4071fcfc8'
    """
    return sha256(f"{url}\n{raw_sha256 or ''}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Refused:
    """One input that collect could not hand on; it becomes a row of `rejects`.

    The bytes are named when there were any (`raw_file`, `raw_offset`, `raw_sha256`), else these are None.
    """

    url: str
    source: str
    reject: Reject
    fetched_at: datetime
    raw_file: str | None = None
    raw_offset: int | None = None
    raw_sha256: str | None = None

    @property
    def input_id(self) -> str:
        """The id of this input, see `input_id`."""
        return input_id(self.url, self.raw_sha256)
