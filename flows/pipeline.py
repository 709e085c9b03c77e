"""The road from inputs to tables, without Prefect: collect → extract → find → link → publish.

In: checked parameters, settings, a mapper that runs tasks. Out: the lake, changed, and a `Receipt`. The Prefect flows
and the command line both call this; only the mapper and the reporter differ.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import chain
from pathlib import Path

from flows.batch import Batch, process_batch
from flows.collect.archive.archive import Archive
from flows.collect.collect import collect, with_source
from flows.collect.discovery.discovery import Discovery, discovery_address
from flows.collect.sources import Source, read_sources
from flows.entities.affected import Affected, affected_articles
from flows.entities.read_entities import read_own_entities
from flows.gazetteer import is_built, open_gazetteer
from flows.intake import Intake
from flows.mapper import Mapper
from flows.parameters import IngestParameters, ReprocessParameters
from flows.progress import Reporter
from flows.publish.index import LakeIndex
from flows.publish.publish import publish
from flows.publish.staging import Staging
from flows.receipt import Receipt
from flows.rules_version import own_part, rules_version
from flows.run_record import RunRecord
from flows.settings import Settings
from transforms.collect.page import Page, Refused
from transforms.link.entities import merge_entities


def run(
    parameters: IngestParameters | ReprocessParameters, settings: Settings, mapper: Mapper, reporter: Reporter
) -> Receipt:
    """Do what the parameters ask for: `run_ingest` or `run_reprocess`."""
    if isinstance(parameters, IngestParameters):
        return run_ingest(parameters, settings, mapper, reporter)
    return run_reprocess(parameters, settings, mapper, reporter)


def run_ingest(parameters: IngestParameters, settings: Settings, mapper: Mapper, reporter: Reporter) -> Receipt:
    """Take in what the parameters ask for, and publish what is new.

    Raises a Problem, before anything is done, when nothing of what is wanted exists or the lake cannot be used.
    """
    sources, storage = read_sources(settings.sources), settings.storage
    own = read_own_entities(settings.entities)  # a mistake in them is told before anything is done
    reread = affected_articles(storage.lake, own, own_part(settings))
    with (
        _archive(settings) as archive,
        LakeIndex(storage.state, storage.lake) as index,
        Discovery(discovery_address(storage.discovery, storage.state)) as discovery,
    ):
        inputs = collect(
            parameters.sources,
            sources=sources,
            archive=archive,
            politeness=settings.politeness,
            base=settings.home,
            since=parameters.since,
            discovery=discovery,
        )
        if reread:
            reporter.say(f"entities: config/entities has changed; reading {len(reread)} articles again")
        inputs = chain(_again(reread, archive, sources, settings), inputs)
        intake = Intake(inputs, index, again=False, reread=(article.input_id for article in reread))
        _build_gazetteer(storage.gazetteer, reporter)
        record = RunRecord(intake, index, settings, sources, discovery, parameters.sources)
        receipt = _run(record, intake, index, _token("ingest", parameters, settings), settings, mapper, reporter)
        # Only now: what a run that dies before has collected is handed on again by the next.
        discovery.settle()
        return receipt


def run_reprocess(parameters: ReprocessParameters, settings: Settings, mapper: Mapper, reporter: Reporter) -> Receipt:
    """Read again what lies in the partitions of some days, from the archive, and publish what comes out otherwise."""
    sources = read_sources(settings.sources)
    read_own_entities(settings.entities)
    with _archive(settings) as archive, LakeIndex(settings.storage.state, settings.storage.lake) as index:
        index.refresh()
        inputs = (with_source(page, sources, settings.politeness) for page in _archived(parameters, archive, index))
        intake = Intake(inputs, index, again=True)
        _build_gazetteer(settings.storage.gazetteer, reporter)
        record = RunRecord(intake, index, settings, sources)
        return _run(record, intake, index, _token("reprocess", parameters, settings), settings, mapper, reporter)


def _run(
    record: RunRecord,
    intake: Intake,
    index: LakeIndex,
    token: str,
    settings: Settings,
    mapper: Mapper,
    reporter: Reporter,
) -> Receipt:
    storage = settings.storage
    with Staging.open(storage.lake, token, buckets=storage.buckets, keep_days=storage.keep_staging_days) as staging:
        index.refresh()
        batches = _batches(intake, staging, settings, reporter)
        reporter.advance("collect", 0)
        reporter.advance("read", 0)
        for done in mapper.map(process_batch, _unfinished(batches, staging), name="extract, find, link"):
            record.add(done)
            reporter.advance("read", done.inputs, len(intake.new))
        record.collected()
        reporter.advance("publish", 0)
        published = publish(staging, index, merge_entities, mapper, storage.lock_timeout_seconds)
        reporter.advance("publish", published.files_written, published.files_written)
    reporter.advance("collect", 0, len(intake.new))
    receipt, lines = record.close(published)
    for line in lines:
        reporter.say(line)
    return receipt


def _build_gazetteer(folder: Path, reporter: Reporter) -> None:
    """Build it here when it is missing: the workers would wait for one another, and nobody would know what for."""
    if not is_built(folder):
        reporter.say(f"gazetteer: building {folder}, once, in about half a minute")
        reporter.advance("gazetteer", 0, 1)
        open_gazetteer(folder)
        reporter.advance("gazetteer", 1, 1)


def _archive(settings: Settings) -> Archive:
    return Archive(settings.storage.raw, settings.storage.state)


def _archived(parameters: ReprocessParameters, archive: Archive, index: LakeIndex) -> Iterator[Page]:
    # A duplicate whose article was changed by the last reprocessing is none any more.
    for kept in [*index.published(parameters.start, parameters.end, parameters.sources), *index.dangling()]:
        page = archive.find(kept.url, kept.raw_sha256) if kept.raw_sha256 else None
        if page:
            yield page
    if parameters.missing:
        for page in archive.pages(parameters.start, parameters.end):
            wanted = not parameters.sources or page.source in parameters.sources
            if wanted and page.input_id not in index.outcomes([page.input_id]):
                yield page


def _again(
    articles: Iterable[Affected], archive: Archive, sources: Mapping[str, Source], settings: Settings
) -> Iterator[Page]:
    """What the archive has of these articles."""
    for article in articles:
        page = archive.find(article.url, article.raw_sha256) if article.raw_sha256 else None
        if page:
            yield with_source(page, sources, settings.politeness)


def _batches(intake: Intake, staging: Staging, settings: Settings, reporter: Reporter) -> Iterator[Batch]:
    """The new inputs, in batches; a batch is named by what is in it and by the rules, so that it is known again."""
    storage, rules = settings.storage, rules_version(settings)
    for inputs in intake.in_batches(settings.engine.batch_size, staging.token):
        reporter.advance("collect", len(inputs))
        yield Batch(
            batch_id=_hash(rules, *map(_named, inputs)),
            pages=tuple(item for item in inputs if isinstance(item, Page)),
            refused=tuple(item for item in inputs if isinstance(item, Refused)),
            staging=staging.folder,
            raw=storage.raw,
            state=storage.state,
            gazetteer=storage.gazetteer,
            model=settings.find.model,
            own_entities=read_own_entities(settings.entities),
            rules_version=rules,
        )


def _named(item: Page | Refused) -> str:
    """The input and what is decided by its source's file, which may have changed since a run died."""
    return f"{item.input_id} {item.country} {item.respect_tdm}" if isinstance(item, Page) else item.input_id


def _unfinished(batches: Iterable[Batch], staging: Staging) -> Iterator[Batch]:
    return (batch for batch in batches if batch.batch_id not in staging.finished)


def _token(kind: str, parameters: IngestParameters | ReprocessParameters, settings: Settings) -> str:
    """Names a run by what it was asked for and by its rules: the next one of the same name finishes its work."""
    return f"{kind}-{_hash(parameters.model_dump_json(exclude={'lake'}), rules_version(settings))}"


def _hash(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
