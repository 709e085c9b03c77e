"""Publishes a run's finished batches: plans, has workers make the new files, and puts them in place in a burst.

In: a staging folder with finished batches. Out: the lake's files, and `Published`, which says what changed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import batched, groupby
from pathlib import Path

from flows.mapper import Mapper
from flows.publish.groups import Combine, Group, Prepared, ShardFile, prepare_group
from flows.publish.index import LakeIndex
from flows.publish.locks import Publishing, publishing
from flows.publish.problems import LakeBusy, explained
from flows.publish.shards import read_claims
from flows.publish.staging import Staging, interrupted, write_shard
from flows.publish.storage import LocalStorage, stored_files
from transforms.publish.partition import Partition
from transforms.publish.plan import DUPLICATES, Job, Plan, make_plan
from transforms.tables import ARTICLE_TABLES, ENTITIES, REJECTS, Table

_WITH_PLACEHOLDER = (*ARTICLE_TABLES, ENTITIES, REJECTS)  # every run gives the others rows of its own
_JOBS_IN_GROUP = 48
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: inputs published, rejected (by reason) and unchanged, and files by what became of them.

    `rows` counts this run's rows in the files that were written, by table; a file that was right already is not.
    """

    published: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    unchanged: int = 0
    files_written: int = 0
    files_same: int = 0
    files_removed: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)


def publish(
    staging: Staging,
    index: LakeIndex,
    combine: Combine,
    mapper: Mapper | None = None,
    lock_timeout_seconds: float = 60,
) -> Published:
    """Publish all finished batches of a staging and discard it. `combine` joins the rows of `entities`.

    What dead runs left half published is finished first. Raises LakeBusy, other LakeProblems, and WrongRows; readers
    then see the lake as it was, and the same call on the same token goes on where this one stopped.
    """
    with explained(staging.lake), publishing(staging.lake, staging.token, lock_timeout_seconds) as turn:
        for dead in interrupted(staging.lake):
            _publish(dead, index, combine, mapper, turn, lock_timeout_seconds)
            dead.discard()
        done = _publish(staging, index, combine, mapper, turn, lock_timeout_seconds)
        staging.discard()
        return done


def _publish(
    staging: Staging, index: LakeIndex, combine: Combine, mapper: Mapper | None, turn: Publishing, timeout: float
) -> Published:
    index.refresh()
    batches = dict(enumerate(reversed(staging.batches)))
    plan = _plan(staging, batches, index)
    if not plan.jobs:
        return Published(unchanged=plan.unchanged)
    groups = _Groups(staging, plan, batches, combine)
    prepared: list[Prepared] = []
    for done in _map(mapper, groups.of(plan.jobs)):
        prepared += done
        turn.progress()
    for job in _placeholders(staging.lake, prepared):
        prepared = [done for done in prepared if (done.job.table, done.job.partition) != (job.table, job.partition)]
        prepared += groups.prepare(job)
    staging.begin_publishing(plan.drops)
    storage = LocalStorage(staging.lake, staging.scratch, timeout)
    committed = [_commit(storage, groups, job) for job in sorted(prepared, key=lambda done: done.job.step)]
    storage.settle()
    index.refresh()
    return _published(plan, committed)


def _plan(staging: Staging, batches: Mapping[int, Path], index: LakeIndex) -> Plan:
    claims = list(read_claims(batches))
    kept = index.kept({claim.input_id for claim in claims})
    holders = index.holders({claim.owner for claim in claims if claim.owner})
    return make_plan(claims, kept, holders, staging.layout.buckets, staging.begun)


class _Groups:
    """Gathers jobs into groups, with the shards that each group needs."""

    def __init__(self, staging: Staging, plan: Plan, batches: Mapping[int, Path], combine: Combine) -> None:
        self._staging = staging
        self._combine = combine
        self._batches = {**batches, DUPLICATES: staging.scratch / "duplicates"}
        self._leave_out = plan.leave_out
        write_shard(self._batches[DUPLICATES], REJECTS, plan.duplicates, staging.layout.buckets)

    def of(self, jobs: Iterable[Job]) -> list[Group]:
        """All jobs of a table that are close in time share a group, which reads each shard once."""
        ordered = sorted(jobs, key=lambda job: (job.table, job.partition))
        return [
            self._group(table, some)
            for table, of_table in groupby(ordered, key=lambda job: job.table)
            for some in batched(of_table, _JOBS_IN_GROUP)
        ]

    def prepare(self, job: Job) -> list[Prepared]:
        """Do one job here."""
        return [done for group in self.of([job]) for done in prepare_group(group)]

    def _group(self, table: str, jobs: tuple[Job, ...]) -> Group:
        shards = [
            ShardFile((number,), file, self._leave_out.get(number, frozenset()))
            for number in sorted({batch for job in jobs for batch in job.batches})
            if (file := self._batches[number] / f"{table}.parquet").exists()
        ]
        combine = self._combine if table == ENTITIES.name else None
        return Group(self._staging.lake, self._staging.scratch, table, jobs, tuple(shards), combine)


def _map(mapper: Mapper | None, groups: Sequence[Group]) -> Iterator[list[Prepared]]:
    if mapper is None or len(groups) == 1:
        return map(prepare_group, groups)
    return mapper.map(prepare_group, groups, name="publish")


def _placeholders(lake: Path, prepared: Sequence[Prepared]) -> list[Job]:
    """Jobs for files without rows: a table that has no file would not be found by readers."""
    first = min(done.job.partition for done in prepared if done.job.partition.day)
    return [
        replace(removed[0], placeholder=True)
        if (removed := [done.job for done in prepared if done.job.table == table.name and _removes(done)])
        else Job(0, table.name, first if table.partitioned else Partition(), (), (), placeholder=True)
        for table in _WITH_PLACEHOLDER
        if not _will_have_file(lake, table, prepared)
    ]


def _will_have_file(lake: Path, table: Table, prepared: Sequence[Prepared]) -> bool:
    drafts = [done.draft for done in prepared if done.job.table == table.name and done.draft]
    gone = {draft.path for draft in drafts if not draft.file}
    return len(gone) < len(drafts) or any(file.path not in gone for file in stored_files(lake, table.name))


def _removes(done: Prepared) -> bool:
    return done.draft is not None and done.draft.file is None


def _commit(storage: LocalStorage, groups: _Groups, prepared: Prepared) -> Prepared:
    for _ in range(_ATTEMPTS):
        if prepared.draft is None or storage.commit(prepared.draft):
            return prepared
        # Somebody replaced the file since it was read, with locks that do not work (a network disk?): merge again.
        (prepared,) = groups.prepare(prepared.job)
    raise LakeBusy(
        f"{prepared.job.partition.path(prepared.job.table)} was replaced by others {_ATTEMPTS} times while it was "
        "being merged; let one process at a time publish to this lake and run the same again"
    )


def _published(plan: Plan, committed: Sequence[Prepared]) -> Published:
    changed = [done for done in committed if done.draft]
    written = [done for done in changed if done.draft and done.draft.file]
    rows: Counter[str] = Counter()
    for done in written:
        rows[done.job.table] += done.rows
    return Published(
        published=plan.published,
        rejected=dict(plan.rejected),
        unchanged=plan.unchanged,
        files_written=len(written),
        files_same=len(committed) - len(changed),
        files_removed=len(changed) - len(written),
        rows=dict(rows),
    )
