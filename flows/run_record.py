"""Keeps the books of a run: rows of `runs` and `source_health`, the receipt, and the log lines.

In: the run's intake, the receipts of its batches, the lake after publishing. Out: what a person wants to know.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from time import monotonic, process_time
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from flows.batch import BatchReceipt
from flows.collect.sources import Source
from flows.intake import Intake
from flows.publish.index import LakeIndex
from flows.publish.publish import Published
from flows.publish.rows import publish_rows
from flows.receipt import Receipt, RejectNote, SourceAlarm, SourceCount
from flows.rules_version import code_version, rules_version
from flows.settings import Settings
from flows.watch import Known, Memory, NoMemory, look_at, remembered
from transforms.collect.address import normalised
from transforms.outcome import Reason
from transforms.publish.alarms import Fared, alarms
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

    def __init__(
        self,
        intake: Intake,
        index: LakeIndex,
        settings: Settings,
        sources: dict[str, Source],
        memory: Memory | None = None,
        wanted: Sequence[str] | None = None,
    ) -> None:
        """Begin to count the time.

        `memory` knows of visits (None: that of the settings); `wanted` is what the run was asked to take in (empty:
        every enabled source; None: nothing was to be fetched, so nobody can be silent).
        """
        self._given_memory = memory
        self._memory: Memory = NoMemory()
        self._wanted = wanted
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
        with nullcontext(self._given_memory) if self._given_memory else remembered(self._settings) as self._memory:
            receipt = self._receipt(run_id, outcomes, published, self._write_health())
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
        return rules_version(self._settings)

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

    def _write_health(self) -> list[dict[str, Any]]:
        """Write the rows of all days that this run touched; those, and the rows of yesterday."""
        storage = self._settings.storage
        now = datetime.now(UTC)
        days = self._intake.days | {self._started_at.date(), now.date()}
        shown = days | {now.date() - timedelta(days=1)}
        expected = {
            key: source.articles_per_day.at_least for key, source in self._sources.items() if source.articles_per_day
        }
        # The state knows of visits for other lakes too.
        ours = self._keys().union(self._intake.source_of.values(), self._index.first_fetched())
        visits = [visit for visit in self._memory.visit_counts(min(shown), max(shown)) if visit.source in ours]
        rows = self._index.source_health(expected, shown, visits)
        found: list[dict[str, Any]] = rows.to_pylist()
        touched = [row["day"] in days for row in found]
        if any(touched):
            filed: list[date] = [row["day"] for row in found if row["day"] in days]
            rows = rows.filter(pa.array(touched))
            publish_rows(storage.lake, SOURCE_HEALTH, rows, filed, storage.lock_timeout_seconds)
        return found

    def _keys(self) -> set[str]:
        """The sources that this run was to ask."""
        if self._wanted is None:
            return set()
        enabled = {key for key, source in self._sources.items() if source.enabled}
        return {key for key in self._wanted if key in self._sources} if self._wanted else enabled

    def _receipt(
        self, run_id: str, outcomes: dict[str, Kept], published: Published, health: Sequence[dict[str, Any]]
    ) -> Receipt:
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
            alarms=list(self._alarms(outcomes, health)),
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

    def _alarms(self, outcomes: dict[str, Kept], health: Sequence[dict[str, Any]]) -> Iterator[SourceAlarm]:
        """What is wrong with the sources of this run."""
        now = datetime.now(UTC)
        known = Known(now, self._sources, health, self._index.first_fetched(), self._memory)
        of_source: defaultdict[str, list[Kept]] = defaultdict(list)
        for input_id, source in self._intake.source_of.items():
            if input_id in outcomes:
                of_source[source].append(outcomes[input_id])
        asked = look_at(sorted(self._keys()), known)
        for key in sorted(asked.keys() | of_source.keys()):
            fared = _refusals(asked.get(key, Fared(key)), of_source[key], self._sources.get(key))
            yield from (SourceAlarm(**asdict(alarm)) for alarm in alarms(fared, now))


def _refusals(fared: Fared, outcomes: Sequence[Kept], source: Source | None) -> Fared:
    """The same with what this run's inputs say: listings that failed, and reasons when nothing became an article."""
    refused = [outcome for outcome in outcomes if outcome.reason]
    listings = {
        address for listing in (source.listings if source else ()) for address in (listing, normalised(listing))
    }
    # A row without bytes that says "too large" is about the part of a long index of sitemaps that was left out.
    failing = [
        outcome
        for outcome in refused
        if outcome.url in listings and (outcome.raw_sha256 or outcome.reason != Reason.TOO_LARGE)
    ]
    is_nothing = len(refused) == len(outcomes) and not all(outcome.duplicate_of for outcome in refused)
    return replace(
        fared,
        refused=[outcome.reason or "" for outcome in refused] if is_nothing else (),
        detail=next((outcome.detail or "" for outcome in refused if outcome not in failing), ""),
        unreachable=[(outcome.url, outcome.detail or "") for outcome in failing],
    )


def _note(refused: Kept) -> RejectNote:
    return RejectNote(url=refused.url, reason=refused.reason or "", detail=refused.detail or "")


def _log_line(stage: StageCount) -> str:
    """One line as in `extract in=240 out=233 rejected=5 unchanged=2 no_text=5 seconds=3.1`."""
    reasons = "".join(f" {reason}={count}" for reason, count in sorted(stage.rejected.items()))
    return (
        f"{stage.stage} in={stage.came_in} out={stage.went_out} rejected={stage.rejected.total()} "
        f"unchanged={stage.unchanged}{reasons} seconds={stage.seconds:.1f}"
    )
