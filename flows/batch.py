"""The work of one task: a batch of archived pages in, their rows on disk as shards, a receipt out.

Extract, find and link happen here, one after the other for the whole batch, in whatever process the task lands.
"""

import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from flows.collect.archive.archive import Archive
from flows.gazetteer import open_gazetteer
from flows.publish.staging import write_batch
from flows.time_limit import computing_seconds, extract_in_time
from transforms.annotate import Annotation, Story, find, link
from transforms.collect.page import Page, Refused
from transforms.collect.rights import merged, reserved_reject
from transforms.extract.article import Article
from transforms.find.model import load_model
from transforms.link.directory import Directory, OwnEntity, packaged_directory
from transforms.link.gazetteer import Gazetteer
from transforms.outcome import Reason, Reject
from transforms.rows import BatchRows


@cache
def directory_with(own: tuple[OwnEntity, ...]) -> Directory:
    """The packaged directory with the user's own entities; made once in a process."""
    return packaged_directory().with_own(own)


open_once: Callable[[Path], Gazetteer] = cache(open_gazetteer)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pages to be worked on, and all that the worker needs to know; small enough to send anywhere."""

    batch_id: str
    pages: tuple[Page, ...]
    refused: tuple[Refused, ...]
    staging: Path
    raw: Path
    state: Path
    gazetteer: Path
    model: str
    own_entities: tuple[OwnEntity, ...]
    rules_version: str


@dataclass(frozen=True, slots=True)
class BatchReceipt:
    """What the work on a batch cost: CPU seconds by stage, and the most memory the worker ever had in use."""

    batch_id: str
    inputs: int
    seconds: dict[str, float] = field(default_factory=dict)
    peak_bytes: int = 0


class Extracted(NamedTuple):
    """A page, its article, and what was found in it so far."""

    page: Page
    article: Article
    annotation: Annotation = Annotation()


def process_batch(batch: Batch) -> BatchReceipt:
    """Extract, find and link a batch and write its shards; the same batch gives the same shards."""
    receipt = BatchReceipt(batch.batch_id, len(batch.pages) + len(batch.refused))
    directory = directory_with(batch.own_entities)
    rows = BatchRows(batch.rules_version, directory)
    for refused in batch.refused:
        rows.add_reject(refused, refused.reject)
    with _stage(receipt, "extract"):
        articles = list(_extract(batch, rows))
    with _stage(receipt, "find"):
        found = _each(articles, partial(_find, model=load_model(batch.model)), rows, "find")
    with _stage(receipt, "link"):
        linked = _each(found, partial(_link, gazetteer=open_once(batch.gazetteer), directory=directory), rows, "link")
    for item in linked:
        rows.add_article(item.page, item.article, item.annotation)
    write_batch(batch.staging, batch.batch_id, rows.shards())
    return replace(receipt, peak_bytes=peak_bytes())


def peak_bytes() -> int:
    """Most memory this process ever had in use."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024  # Linux counts in KiB


@contextmanager
def _stage(receipt: BatchReceipt, stage: str) -> Iterator[None]:
    started = computing_seconds()
    yield
    receipt.seconds[stage] = computing_seconds() - started


def _extract(batch: Batch, rows: BatchRows) -> Iterator[Extracted]:
    archive = Archive(batch.raw, batch.state)
    for page in batch.pages:
        outcome = extract_archived(archive, page)
        if isinstance(outcome, Article):
            yield Extracted(page, outcome)
        else:
            rows.add_reject(page, outcome)


def extract_archived(archive: Archive, page: Page) -> Article | Reject:
    """The article of an archived page; a `Reject` when it has none or its publisher reserves it (`respect_tdm`)."""
    content = archive.read(page.raw_file, page.raw_offset)
    url = None if page.url.startswith("file:") else page.url
    try:
        outcome = extract_in_time(
            content, url=url, media_type=page.media_type, charset=page.charset, fetched_at=page.fetched_at
        )
    except Exception as error:
        # Whatever a page brings up in us must not stop the other pages; the row says what to report.
        return _our_mistake("extract", error)
    # The page has the last word on what its server says, so it is read before it is kept out.
    if page.respect_tdm and isinstance(outcome, Article):
        return reserved_reject(merged(outcome.rights, page.rights), page.url) or outcome
    return outcome


def _each(
    articles: Sequence[Extracted],
    step: Callable[[Sequence[Extracted]], list[Annotation]],
    rows: BatchRows,
    stage: str,
) -> list[Extracted]:
    """The articles with what the step found; one that makes it fail becomes a reject, the others go on."""
    try:
        return [item._replace(annotation=found) for item, found in zip(articles, step(articles), strict=True)]
    except Exception as error:
        if len(articles) > 1:
            return [done for item in articles for done in _each([item], step, rows, stage)]
        rows.add_reject(articles[0].page, _our_mistake(stage, error))
        return []


def _find(articles: Sequence[Extracted], model: Any) -> list[Annotation]:
    return find([_story(item) for item in articles], model)


def _link(articles: Sequence[Extracted], gazetteer: Gazetteer, directory: Directory) -> list[Annotation]:
    return link([_story(item) for item in articles], [item.annotation for item in articles], gazetteer, directory)


def _story(item: Extracted) -> Story:
    article = item.article
    return Story(article.text, article.published_at, article.language, item.page.country, article.blocks)


def _our_mistake(stage: str, error: Exception) -> Reject:
    return Reject(stage, Reason.FAILED, f"our mistake, please report it: {type(error).__name__}: {error}")
