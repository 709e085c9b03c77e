"""Made-up stories for the tests of publish: batches as the workers write them, and a run that publishes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import batched
from pathlib import Path

import pyarrow as pa

from flows.mapper import Mapper
from flows.publish.index import LakeIndex
from flows.publish.publish import Published, publish
from flows.publish.staging import Staging, write_batch
from transforms.collect.page import input_id
from transforms.extract.article import Article
from transforms.tables import ARTICLE_TABLES, ENTITIES, REJECTS, Rows

DAY = date(2024, 12, 1)
NOON = datetime(2024, 12, 9, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    """One input. `words` make its text; with `reason` it is a reject. `url` alone decides the article id."""

    url: str
    words: str = "Rain fell on 12 towns. Trams stopped. Nobody was hurt."
    day: date = DAY
    fetched_at: datetime = NOON
    reason: str | None = None
    rules: str = "1"
    source: str = "harbour_post"
    canonical_url: str | None = None
    precision: str | None = None
    advert: str = ""
    """What is on the page besides the article."""

    @property
    def raw_sha256(self) -> str:
        return sha256(f"{self.url}{self.advert}".encode()).hexdigest()

    @property
    def input_id(self) -> str:
        return input_id(self.url, self.raw_sha256)

    @property
    def article(self) -> Article:
        return Article(text=self.words, headline="A wet day", canonical_url=self.canonical_url)

    @property
    def owner(self) -> tuple[str, str]:
        return self.article.article_id(self.url), self.article.version


def numbered(number: int, **changes: object) -> Story:
    """Story number N: its day is one of seven, its text its own."""
    story = Story(
        f"https://harbour.example/{number}",
        f"Rain fell on {number} towns. Trams stopped. Nobody was hurt in row {number}.",
        DAY + timedelta(days=number % 7),
    )
    return replace(story, **changes)


def shards(stories: Iterable[Story]) -> Mapping[str, pa.Table]:
    """What the workers make of the stories."""
    rows = {table.name: Rows(table) for table in (*ARTICLE_TABLES, REJECTS)}
    filed: dict[str, list[tuple[date, str]]] = {name: [] for name in rows}
    entities = Rows(ENTITIES)
    for story in stories:
        identity = {
            "input_id": story.input_id, "url": story.url, "source": story.source, "fetched_at": story.fetched_at,
            "raw_file": "2024/a.warc.gz", "raw_offset": 0, "raw_sha256": story.raw_sha256,
            "schema_version": 1, "rules_version": story.rules,
        }  # fmt: skip
        if story.reason:
            rows["rejects"].add(**identity, stage="extract", reason=story.reason, detail="as the test wants it")
            filed["rejects"].append((story.fetched_at.date(), story.input_id))
            continue
        owner = dict(zip(("article_id", "version"), story.owner, strict=True))
        article = story.article
        rows["articles"].add(
            **owner, **identity, headline=article.headline, authors=[], text=article.text,
            text_sha256=article.text_sha256, canonical_url=story.canonical_url,
            published_at=datetime(story.day.year, story.day.month, story.day.day, 9, tzinfo=UTC),
            published_precision=story.precision,
        )  # fmt: skip
        filed["articles"].append((story.day, story.input_id))
        for start, end in _spans(article.text):
            rows["sentences"].add(
                **owner, start=start, end=end, text=article.text[start:end], kind="sentence", paragraph=0
            )
            filed["sentences"].append((story.day, story.input_id))
        for number in [word for word in article.text.split() if word.isdigit()][:1]:
            start = article.text.index(number)
            rows["quantities"].add(
                **owner, start=start, end=start + len(number), text=number, value=float(number), comparator="=",
                kind="cardinal",
            )  # fmt: skip
            filed["quantities"].append((story.day, story.input_id))
    for number in {story.day.day for story in stories if not story.reason}:
        entities.add(entity_id=f"town:{number}", name="Town", label="LOC", aliases=[], first_seen=DAY, last_seen=DAY)
    answer = {name: _file(table.to_arrow(), filed[name]) for name, table in rows.items()}
    return {**answer, "entities": entities.to_arrow()}


def _spans(text: str) -> list[tuple[int, int]]:
    ends = [place + 1 for place, letter in enumerate(text) if letter == "."]
    starts = [0, *(end + 1 for end in ends[:-1])]
    return list(zip(starts, ends, strict=True))


def _file(rows: pa.Table, filed: list[tuple[date, str]]) -> pa.Table:
    rows = rows.append_column("date", pa.array([day for day, _ in filed], pa.date32()))
    if "input_id" not in rows.schema.names:
        rows = rows.append_column("input_id", pa.array([owner for _, owner in filed], pa.string()))
    return rows


def combine(old: pa.Table | None, new: pa.Table) -> pa.Table:
    """Joins entities: the new row wins."""
    rows = {row["entity_id"]: row for table in (old, new) if table is not None for row in table.to_pylist()}
    return pa.Table.from_pylist([rows[key] for key in sorted(rows)], schema=ENTITIES.schema)


def put(
    lake: Path,
    state: Path,
    *batches: Iterable[Story],
    token: str = "run",
    buckets: int = 0,
    mapper: Mapper | None = None,
) -> Published:
    """Stage and publish batches of stories."""
    with Staging.open(lake, token, buckets=buckets) as staging, LakeIndex(state, lake) as index:
        for number, stories in enumerate(batches):
            stories = list(stories)
            index.register([(story.input_id, story.url) for story in stories], token)
            write_batch(staging.folder, f"{number:04d}", shards(stories))
        return publish(staging, index, combine, mapper, lock_timeout_seconds=30)


def run(lake: Path, state: Path, token: str, first: int, last: int) -> None:
    """Stage and publish the stories of these numbers, ten in a batch, like a run of its own."""
    stories = [numbered(number) for number in range(first, last)]
    put(lake, state, *batched(stories, 10), token=token)
