"""What a run can be asked for, checked before anything is done; the same by hand, by schedule and over REST.

In: values from the command line, the Prefect page or a deployment. Out: `IngestParameters`, `ReprocessParameters`.
"""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Parameters(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class IngestParameters(_Parameters):
    """What to take in: names of sources, paths or addresses; none means every enabled source."""

    sources: list[str] = Field(
        default=[],
        description="Names from config/sources, files, folders or addresses. Empty: every enabled source.",
    )
    since: date | None = Field(default=None, description="Leave out what a feed dates before this day (YYYY-MM-DD).")
    lake: str | None = Field(default=None, description="Folder of the tables. Empty: the one in config/copydesk.toml.")


class ReprocessParameters(_Parameters):
    """Which days to read again from the archive, with the rules of today."""

    start: date = Field(description="First day (partition of the tables), YYYY-MM-DD.")
    end: date = Field(description="Last day, included, YYYY-MM-DD.")
    sources: list[str] = Field(default=[], description="Only these sources. Empty: all of them.")
    missing: bool = Field(
        default=False,
        description="Also what was fetched on these days and the lake lacks: brings back a lake that was lost.",
    )
    lake: str | None = Field(default=None, description="Folder of the tables. Empty: the one in config/copydesk.toml.")

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"end {self.end} lies before start {self.start}; give the earlier day as start")
        return self
