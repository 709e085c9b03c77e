"""What is known of an input's outcome: the row that the lake holds for it, or the row that a run claims for it.

In: nothing. Out: `Kept` and `Claim`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

type Owner = tuple[str, str]
"""`(article_id, version)`: whose rows they are."""


def owner_name(owner: Owner) -> str:
    """How `rejects.duplicate_of` names an article: "article_id/version"."""
    return "/".join(owner)


@dataclass(frozen=True, slots=True)
class Kept:
    """The row of `articles` (with `article_id` and `version`) or of `rejects` (with `reason`) of one input.

    `day` is the partition it is filed under.
    """

    input_id: str
    day: date
    url: str
    source: str
    fetched_at: datetime
    raw_sha256: str | None
    rules_version: str
    article_id: str | None = None
    version: str | None = None
    stage: str | None = None
    reason: str | None = None
    detail: str | None = None
    duplicate_of: str | None = None

    @property
    def owner(self) -> Owner | None:
        """The version of an article it became; None for a reject."""
        return (self.article_id, self.version) if self.article_id and self.version else None

    @property
    def table(self) -> str:
        """The table that holds its row."""
        return "rejects" if self.owner is None else "articles"

    @property
    def repeats(self) -> Owner | None:
        """The version of an article that a duplicate repeats; None for anything else."""
        if self.duplicate_of is None:
            return None
        article_id, _, version = self.duplicate_of.partition("/")
        return article_id, version


@dataclass(frozen=True, slots=True)
class Claim(Kept):
    """The outcome that batch number `batch` of a run found for an input."""

    batch: int = 0
    raw_file: str | None = None
    raw_offset: int | None = None

    @property
    def fetched_day(self) -> date:
        """The UTC day of fetching, under which a reject is filed."""
        return self.fetched_at.astimezone(UTC).date()
