"""What a run did, for people and scripts.

In: counts of the stages. Out: `Receipt`; its JSON is what `copydesk ingest --json` prints.
"""

from datetime import datetime

from pydantic import BaseModel, computed_field


class SourceCount(BaseModel):
    """What one source brought: `came_in = published + rejected + unchanged`."""

    source: str
    came_in: int = 0
    published: int = 0
    rejected: int = 0
    unchanged: int = 0


class RejectNote(BaseModel):
    """One reject of this run: which input, why, and what would help."""

    url: str
    reason: str
    detail: str


class SourceAlarm(BaseModel):
    """Something is wrong with a source; `kind` is one of silent, too_few, too_many, blocked, unreachable, nothing."""

    source: str
    kind: str
    message: str


class Receipt(BaseModel):
    """What one run did: `came_in = published + rejected + unchanged`, where `rejected` sums over its reasons.

    `rows` counts the rows this run wrote, by table. `unchanged` inputs had their outcome in the lake before.
    """

    run_id: str
    lake: str
    started_at: datetime
    seconds: float
    came_in: int
    published: int
    rejected: dict[str, int]
    unchanged: int
    rows: dict[str, int]
    sources: list[SourceCount]
    rejects: list[RejectNote]
    alarms: list[SourceAlarm] = []
    rules_version: str
    peak_worker_bytes: int = 0

    @computed_field  # type: ignore[prop-decorator]
    @property
    def warnings(self) -> list[str]:
        """What a person should look at, a sentence each."""
        return [alarm.message for alarm in self.alarms]

    @property
    def changed(self) -> bool:
        """Whether the run wrote anything."""
        return any(self.rows.values())

    @property
    def summary(self) -> str:
        """One line: what came in and what became of it."""
        refused = sum(self.rejected.values())
        return f"{self.came_in} came in: {self.published} published, {refused} rejected, {self.unchanged} already there"
