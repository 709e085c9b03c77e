"""Decides what a run changes in the lake: which rows go where, and which rows that are there they replace.

In: what the run claims for each input, and what the lake holds. Out: a `Plan`: jobs, one for each table and partition.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from transforms.outcome import Reason
from transforms.publish.kept import Claim, Kept, Owner, owner_name
from transforms.publish.merge import owner_string
from transforms.publish.partition import Partition, bucket_of
from transforms.tables import ARTICLE_TABLES, ARTICLES, ENTITIES, REJECTS, SCHEMA_VERSION, TABLES, Rows

DUPLICATES = -1
"""Stands for a batch: the rows of `Plan.duplicates`."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be made: the rows of `batches` join those that are there, less those of the owners that `drop` names.

    `step` says when it is put in place: lower ones first. A `placeholder` is written even without rows.
    """

    step: int
    table: str
    partition: Partition
    batches: tuple[int, ...]
    drop: tuple[str, ...]
    placeholder: bool = False


@dataclass(frozen=True, slots=True)
class Drop:
    """Owners whose rows leave a partition of `articles` (and of all article tables), or of `rejects`."""

    table: str
    partition: Partition
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run changes: `jobs`, and for each batch the inputs whose rows in it are not to be used.

    `duplicates` are rows of `rejects` (with `date`) for inputs whose article another input holds. `published`,
    `rejected` (by reason) and `unchanged` count inputs; together they are all that came in.
    """

    jobs: tuple[Job, ...]
    leave_out: Mapping[int, frozenset[str]]
    duplicates: pa.Table
    published: int
    rejected: Mapping[str, int]
    unchanged: int

    @property
    def drops(self) -> tuple[Drop, ...]:
        """What leaves: a run that dies half way must remember it, for the lake does not say any more."""
        homes = (ARTICLES.name, REJECTS.name)
        return tuple(Drop(job.table, job.partition, job.drop) for job in self.jobs if job.table in homes and job.drop)


@dataclass(slots=True)
class _Change:
    """What happens to one table's partition."""

    batches: set[int] = field(default_factory=set)
    drop: set[str] = field(default_factory=set)
    moved: bool = False


def make_plan(
    claims: Iterable[Claim],
    kept: Mapping[str, Sequence[Kept]],
    holders: Mapping[Owner, Sequence[Kept]],
    buckets: int = 0,
    begun: Iterable[Drop] = (),
) -> Plan:
    """The plan for a run's claims.

    `begun` has the drops of an earlier plan for these claims that was carried out in part.
    `kept` has the rows of the lake for the claimed inputs, `holders` those for the claimed versions of articles. A
    version of an article is published once: the input that holds it in the lake keeps it, else the one fetched first
    has it (of those the one with the smallest id); the others become rejects of the reason `duplicate`.
    """
    chosen, leave_out = _one_claim_each(claims)
    unchanged = [claim for claim in chosen.values() if _still_refused(claim, kept.get(claim.input_id, ()))]
    for claim in unchanged:
        leave_out[claim.batch].add(claim.input_id)
        del chosen[claim.input_id]
    winners = _winners(chosen, holders)
    losers = [claim for claim in chosen.values() if claim.owner and winners[claim.owner].input_id != claim.input_id]
    for claim in losers:
        leave_out[claim.batch].add(claim.input_id)
    changes = _changes(chosen, winners, kept, buckets)
    _drop_again(changes, begun)
    refused = Counter(str(claim.reason) for claim in chosen.values() if not claim.owner)
    return Plan(
        jobs=_jobs(changes),
        leave_out={batch: frozenset(inputs) for batch, inputs in leave_out.items()},
        duplicates=_duplicate_rows(losers, winners),
        published=len(chosen) - len(losers) - refused.total(),
        rejected=refused + Counter({str(Reason.DUPLICATE): len(losers)}),
        unchanged=len(unchanged),
    )


def _one_claim_each(claims: Iterable[Claim]) -> tuple[dict[str, Claim], dict[int, set[str]]]:
    """One claim for each input, and by batch the inputs whose claims in it do not count.

    An input is claimed twice when a run was started again with its inputs in other batches, or with other rules. Batch
    numbers rise with age: the newest claim counts.
    """
    chosen: dict[str, Claim] = {}
    leave_out: dict[int, set[str]] = defaultdict(set)
    for claim in sorted(claims, key=lambda claim: claim.batch):
        if chosen.setdefault(claim.input_id, claim) is not claim:
            leave_out[claim.batch].add(claim.input_id)
    return chosen, leave_out


def _still_refused(claim: Claim, rows: Sequence[Kept]) -> bool:
    """Whether the lake already says the same of an input without bytes; only the time of the attempt is new."""
    return (
        claim.raw_sha256 is None
        and claim.reason is not None
        and [(row.reason, row.rules_version) for row in rows] == [(claim.reason, claim.rules_version)]
    )


def _winners(chosen: Mapping[str, Claim], holders: Mapping[Owner, Sequence[Kept]]) -> dict[Owner, Kept]:
    """Which input has which version of an article from now on."""
    winners: dict[Owner, Kept] = {}
    for claim in sorted(chosen.values(), key=lambda claim: (claim.fetched_at, claim.input_id)):
        if claim.owner:
            winners.setdefault(claim.owner, claim)
    for owner in winners:
        for holder in holders.get(owner, ()):
            claim_of_holder = chosen.get(holder.input_id)
            if claim_of_holder is None:
                winners[owner] = holder
            elif claim_of_holder.owner == owner:
                winners[owner] = claim_of_holder
    return winners


def _changes(
    chosen: Mapping[str, Claim], winners: Mapping[Owner, Kept], kept: Mapping[str, Sequence[Kept]], buckets: int
) -> dict[tuple[str, Partition], _Change]:
    changes: dict[tuple[str, Partition], _Change] = defaultdict(_Change)
    for claim in chosen.values():
        wins = claim.owner is not None and winners[claim.owner] is claim
        home = _home(claim, buckets) if wins or claim.owner is None else _reject_home(claim, buckets)
        for row in kept.get(claim.input_id, ()):
            old = _home(row, buckets)
            for table in _tables(old[0]):
                changes[table, old[1]].drop.add(_name(row))
                changes[table, old[1]].moved |= old != home
        for table in _tables(home[0]):
            change = changes[table, home[1]]
            change.batches.add(claim.batch if wins or claim.owner is None else DUPLICATES)
            change.drop.add(_name(claim) if home[0] == ARTICLES.name else claim.input_id)
    batches = {claim.batch for claim in chosen.values()}
    if batches:
        changes[ENTITIES.name, Partition()].batches |= batches
    return changes


def _drop_again(changes: dict[tuple[str, Partition], _Change], begun: Iterable[Drop]) -> None:
    for drop in begun:
        for table in _tables(drop.table):
            change = changes[table, drop.partition]
            change.moved |= not change.drop.issuperset(drop.names)
            change.drop.update(drop.names)


def _tables(table: str) -> list[str]:
    return [table.name for table in ARTICLE_TABLES] if table == ARTICLES.name else [table]


def _home(row: Kept, buckets: int) -> tuple[str, Partition]:
    return row.table, Partition(row.day, bucket_of(row.article_id or row.input_id, buckets))


def _reject_home(claim: Claim, buckets: int) -> tuple[str, Partition]:
    return REJECTS.name, Partition(claim.fetched_day, bucket_of(claim.input_id, buckets))


def _name(row: Kept) -> str:
    return owner_string(row.owner) if row.owner else row.input_id


def _jobs(changes: Mapping[tuple[str, Partition], _Change]) -> tuple[Job, ...]:
    jobs = [
        Job(_step(table, change), table, partition, tuple(sorted(change.batches)), tuple(sorted(change.drop)))
        for (table, partition), change in changes.items()
    ]
    order = {name: number for number, name in enumerate(TABLES)}
    return tuple(sorted(jobs, key=lambda job: (job.step, order[job.table], job.partition)))


def _step(table: str, change: _Change) -> int:
    """When a file is put in place, so that a run that dies between two of them leaves the least to wonder about.

    An article's rows in the other tables are there before it is, and leave after it. A row that moves leaves its old
    place before it appears in the new one: for a moment it is nowhere, but it is never counted twice.
    """
    if table == ENTITIES.name:
        return 1
    if table in (ARTICLES.name, REJECTS.name):
        return 2 if change.moved else 3 if table == REJECTS.name else 4
    return 0 if change.batches else 5


def _duplicate_rows(losers: Sequence[Claim], winners: Mapping[Owner, Kept]) -> pa.Table:
    rows = Rows(REJECTS)
    for claim in losers:
        assert claim.owner
        rows.add(**_duplicate(claim, winners[claim.owner], owner_name(claim.owner)))
    days = pa.array([claim.fetched_day for claim in losers], pa.date32())
    return rows.to_arrow().append_column("date", days)


def _duplicate(claim: Claim, winner: Kept, name: str) -> dict[str, Any]:
    return {
        "input_id": claim.input_id,
        "url": claim.url,
        "source": claim.source,
        "stage": "publish",
        "reason": str(Reason.DUPLICATE),
        "detail": f"the same version of the article came from {winner.url}, which is published",
        "duplicate_of": name,
        "fetched_at": claim.fetched_at,
        "raw_file": claim.raw_file,
        "raw_offset": claim.raw_offset,
        "raw_sha256": claim.raw_sha256,
        "schema_version": SCHEMA_VERSION,
        "rules_version": claim.rules_version,
    }
