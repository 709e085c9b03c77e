"""Puts what was read into the archive, or says why it was not.

In: the bytes of one input. Out: `Page`, `Refused`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flows.collect.archive.archive import Archive
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason, Reject


@dataclass(frozen=True, slots=True)
class Filing:
    """The archive, the time of day for what does not get there, and the size in bytes that an input may have."""

    archive: Archive
    clock: Callable[[], datetime]
    max_bytes: int

    def keep(self, url: str, body: bytes, *, source: str, media_type: str, role: str = "page") -> Page:
        """Archive one input. Raises ArchiveError and StateError."""
        return self.archive.put(url, body, source=source, media_type=media_type, role=role)

    def refuse(self, url: str, source: str, reason: Reason, detail: str, page: Page | None = None) -> Refused:
        """One input that is not handed on; `page` names its bytes when they are in the archive."""
        reject = Reject("collect", reason, detail)
        return refused_with(page, reject) if page else Refused(url, source, reject, self.clock())


def refused_with(page: Page, reject: Reject) -> Refused:
    """A refusal of bytes that are in the archive."""
    return Refused(
        page.url, page.source, reject, page.fetched_at, page.raw_file, page.raw_offset, page.raw_sha256
    )  # fmt: skip
