"""Keeps the books of a run: rows of `runs` and `source_health`, the receipt, and the log lines.

In: the run's intake, the receipts of its batches, the lake after publishing. Out: what a person wants to know.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from time import monotonic, process_time

import pyarrow.parquet as pq

from flows.batch import BatchReceipt
from flows.collect.sources import Source
from flows.intake import Intake
from flows.publish.index import LakeIndex
from flows.publish.publish import Published
from flows.publish.rows import publish_rows
from flows.receipt import Receipt, RejectNote, SourceCount
from flows.rules_version import code_version, rules_version
from flows.settings import Settings
from transforms.publish.kept import Kept
from transforms.tables import RUNS, SOURCE_HEALTH, STAGES, Rows

REJECTS_TOLD = 50
"""Rejects that a receipt describes; all of them are in the table."""


@dataclass(frozen=True, slots=True)
class StageCount:
    """What one stage did with the inputs that reached it: `came_in = went_out + rejected + unchanged`."""

    stage: str
    came_in: int
    rejected: Counter[str]
    unchanged: int = 0
    seconds: float = 0.0

    @property
    def went_out(self) -> int:
        """Inputs that went on to the next stage."""
        return self.came_in - self.rejected.total() - self.unchanged


class RunRecord:
    """The books of one run, opened when it begins."""

    def __init__(self, intake: Intake, index: LakeIndex, settings: Settings, sources: dict[str, Source]) -> None:
        """Begin to count the time."""
        self._intake = intake
        self._index = index
        self._settings = settings
        self._sources = sources
        self._started_at = datetime.now(UTC)
        self._started = monotonic()
        self._own_seconds = process_time()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._peak_bytes = 0

    def add(self, receipt: BatchReceipt) -> None:
        """Count what a batch cost."""
        for stage, seconds in receipt.seconds.items():
            self._seconds[stage] += seconds
        self._peak_bytes = max(self._peak_bytes, receipt.peak_bytes)

    def collected(self) -> None:
        """Everything has come in; what the main process does from here on is publishing."""
        self._seconds["collect"] = process_time() - self._own_seconds

    def close(self, published: Published) -> tuple[Receipt, list[str]]:
        """Write `runs` and `source_health`; the receipt, and a log line for each stage."""
        self._seconds["publish"] = process_time() - self._own_seconds - self._seconds["collect"]
        outcomes = self._index.outcomes(self._intake.source_of)
        stages = list(self._stages(outcomes))
        run_id = self._run_id()
        # A run that found nothing new leaves no row, nor does one that repeats a run: the lake keeps its bytes.
        if self._intake.new and not self._is_recorded(run_id):
            self._write_runs(run_id, stages)
        self._write_health()
        receipt = self._receipt(run_id, outcomes, published)
        return receipt, [_log_line(stage) for stage in stages]

    def _stages(self, outcomes: dict[str, Kept]) -> Iterator[StageCount]:
        """Counted from what the lake says of each input, so that a run that went on where another died counts all."""
        came_in, unchanged = len(self._intake.source_of), len(self._intake.unchanged)
        rejected: dict[str, Counter[str]] = {stage: Counter() for stage in STAGES}
        for input_id in self._intake.new:
            outcome = outcomes.get(input_id)
            if outcome and outcome.stage and outcome.reason:
                rejected[outcome.stage][outcome.reason] += 1
        for stage in STAGES:
            count = StageCount(stage, came_in, rejected[stage], unchanged, self._seconds[stage])
            yield count
            came_in, unchanged = count.went_out, 0

    def _run_id(self) -> str:
        parts = (self._rules, *sorted(self._intake.source_of))
        return sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def _rules(self) -> str:
        return rules_version(self._settings.find.model)

    def _is_recorded(self, run_id: str) -> bool:
        files = (self._settings.storage.lake / RUNS.name).rglob(f"{RUNS.name}.parquet")
        return any(run_id in pq.read_table(file, columns=["run_id"])["run_id"].to_pylist() for file in files)

    def _write_runs(self, run_id: str, stages: Iterable[StageCount]) -> None:
        rows = Rows(RUNS)
        for stage in stages:
            rows.add(
                run_id=run_id,
                stage=stage.stage,
                started_at=self._started_at,
                seconds=round(stage.seconds, 3),
                came_in=stage.came_in,
                went_out=stage.went_out,
                rejected=stage.rejected.total(),
                unchanged=stage.unchanged,
                code_version=code_version(),
                rules_version=self._rules,
            )
        storage = self._settings.storage
        publish_rows(storage.lake, RUNS, rows.to_arrow(), self._started_at.date(), storage.lock_timeout_seconds)

    def _write_health(self) -> None:
        storage = self._settings.storage
        expected = {
            key: source.articles_per_day.at_least for key, source in self._sources.items() if source.articles_per_day
        }
        rows = self._index.source_health(expected, self._intake.days)
        if len(rows):
            days: list[date] = rows["day"].to_pylist()  # type: ignore[assignment]
            publish_rows(storage.lake, SOURCE_HEALTH, rows, days, storage.lock_timeout_seconds)

    def _receipt(self, run_id: str, outcomes: dict[str, Kept], published: Published) -> Receipt:
        new = [outcomes[input_id] for input_id in sorted(self._intake.new) if input_id in outcomes]
        refused = [outcome for outcome in new if outcome.reason]
        return Receipt(
            run_id=run_id,
            lake=str(self._settings.storage.lake),
            started_at=self._started_at,
            seconds=round(monotonic() - self._started, 1),
            came_in=len(self._intake.source_of),
            published=len(new) - len(refused),
            rejected=dict(sorted(Counter(outcome.reason or "" for outcome in refused).items())),
            unchanged=len(self._intake.unchanged),
            rows=dict(published.rows),
            sources=list(self._source_counts(new)),
            rejects=list(map(_note, refused[:REJECTS_TOLD])),
            warnings=list(self._warnings(new)),
            rules_version=self._rules,
            peak_worker_bytes=self._peak_bytes,
        )

    def _source_counts(self, new: Iterable[Kept]) -> Iterator[SourceCount]:
        came_in = self._intake.count(self._intake.source_of)
        unchanged = self._intake.count(self._intake.unchanged)
        published = Counter(self._intake.source_of[outcome.input_id] for outcome in new if not outcome.reason)
        for source in sorted(came_in):
            refused = came_in[source] - unchanged[source] - published[source]
            yield SourceCount(
                source=source,
                came_in=came_in[source],
                published=published[source],
                rejected=refused,
                unchanged=unchanged[source],
            )

    def _warnings(self, new: Iterable[Kept]) -> Iterator[str]:
        for count in self._source_counts(new):
            if count.rejected and not count.published and not count.unchanged:
                yield f"nothing of {count.source or 'what was named'} could be published; see the rejects"


def _note(refused: Kept) -> RejectNote:
    return RejectNote(url=refused.url, reason=refused.reason or "", detail=refused.detail or "")


def _log_line(stage: StageCount) -> str:
    """One line as in `extract in=240 out=233 rejected=5 unchanged=2 no_text=5 seconds=3.1`."""
    reasons = "".join(f" {reason}={count}" for reason, count in sorted(stage.rejected.items()))
    return (
        f"{stage.stage} in={stage.came_in} out={stage.went_out} rejected={stage.rejected.total()} "
        f"unchanged={stage.unchanged}{reasons} seconds={stage.seconds:.1f}"
    )
