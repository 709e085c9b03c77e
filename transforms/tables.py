"""The tables, defined once: names, types, meanings and keys. Everything that reads or writes a table asks here.

In: nothing. Out: `TABLES`, Arrow schemas, and `problems(table, rows)`, which says in sentences what is wrong with rows
before they are written. `data/TABLES.md` is made from this file by `make docs`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

SCHEMA_VERSION = 3
"""Rises by one with each additive change, which `data/CHANGES.md` describes."""

TIMESTAMP = pa.timestamp("us", tz="UTC")
STRINGS = pa.list_(pa.field("element", pa.string(), nullable=False))


@dataclass(frozen=True)
class Column:
    """One column: what it holds, in which type and unit, and what it may not hold."""

    name: str
    type: pa.DataType
    meaning: str
    example: Any = None
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    unit: str | None = None
    filled: bool = True
    """False while no stage fills the column yet: it is null in every row and the dictionary says so."""


@dataclass(frozen=True)
class Table:
    """One table: a folder of Parquet files, each sorted by `key`.

    `owner` is the leading part of the key by which rows are replaced: what a new version of the owner no longer has
    (a date that better rules do not find) leaves the table together with the rest of the owner's old rows.
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    owner: tuple[str, ...]
    partitioned: bool = True
    note: str = ""

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema as written, with column descriptions and the schema version in its metadata."""
        fields = [
            pa.field(
                column.name,
                column.type,
                nullable=column.nullable,
                metadata={"description": column.meaning, **({"unit": column.unit} if column.unit else {})},
            )
            for column in self.columns
        ]
        return pa.schema(
            fields,
            metadata={
                "copydesk.table": self.name,
                "copydesk.schema_version": str(SCHEMA_VERSION),
                "description": self.row,
            },
        )

    @property
    def quotes_text(self) -> bool:
        """Whether each row holds `start`, `end` and the `text` that stands there in its article."""
        return {"start", "end", "text"} <= {column.name for column in self.columns}

    @property
    def of_article(self) -> bool:
        """Whether rows belong to one version of an article."""
        return self.owner == OWNER

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name}")


OWNER = ("article_id", "version")

ARTICLE_ID = Column(
    "article_id",
    pa.string(),
    "The article, the same in all its versions: 16 hex digits of the SHA-256 of its canonical address, "
    "or of its text when it has no address.",
    "9f86d081884c7d65",
)
VERSION = Column(
    "version",
    pa.string(),
    "This wording of the article: 8 hex digits of the SHA-256 of headline and text.",
    "60303ae2",
)
START = Column("start", pa.int32(), "Where the span begins in `articles.text`.", 118, unit="code points, from 0")
END = Column("end", pa.int32(), "Where the span ends in `articles.text`, exclusive.", 131, unit="code points, from 0")
TEXT = Column("text", pa.string(), "The exact characters of the span: `articles.text[start:end]`.", "more than 412")
RULE = Column("rule", pa.string(), "Name of the rule that made the row.", "weekday", nullable=True)
RAW_FILE = Column(
    "raw_file",
    pa.string(),
    "WARC file in the archive that holds the bytes, relative to the archive's folder.",
    "2026-11-22/copydesk-20261122-61a9c0.warc.gz",
    nullable=True,
)
RAW_OFFSET = Column(
    "raw_offset", pa.int64(), "Where the WARC record begins in `raw_file`.", 70431, nullable=True, unit="bytes"
)
RAW_SHA256 = Column(
    "raw_sha256", pa.string(), "SHA-256 of the bytes as they came in.", "2c26b46b68ffc68f…", nullable=True
)
INPUT_ID = Column(
    "input_id",
    pa.string(),
    "What came in: 16 hex digits of the SHA-256 of its address and bytes. Each input has one row in `articles` or one "
    "in `rejects`.",
    "b5bb9d8014a0f9b1",
)
SOURCE = Column("source", pa.string(), "Name of the source it came from, as in `config/sources/`.", "samples")
URL = Column(
    "url",
    pa.string(),
    "Where the bytes came from: the address after redirects, or a `file:` address (`#line=N`: one line of it).",
    "https://example.org/a",
)
RULES_VERSION = Column(
    "rules_version",
    pa.string(),
    "Code version and a hash of all rule files: the same bytes under the same rules give the same rows.",
    "0.1.0+5e884898da28",
)
ENTITY_ID = Column("entity_id", pa.string(), "Id of the entity, a key of `entities`.", "geonames:170063", nullable=True)
GEONAMES_ID = Column("geonames_id", pa.int64(), "GeoNames id of the place.", 170063, nullable=True)
ORGANISATION = "org:syrian-observatory-for-human-rights"
COUNTRY_CODE = Column("country_code", pa.string(), "Country, ISO 3166-1 alpha-2.", "SY", nullable=True)

SENTENCE_KINDS = ("sentence", "heading", "caption", "list_item", "quote", "live_entry")
LABELS = ("PER", "ORG", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "WORK")
PLACE_KINDS = ("continent", "country", "region", "city", "town", "village", "water", "facility", "other")
COMPARATORS = ("=", "~", "<", "<=", ">", ">=")
CHANGES = ("up", "down")
QUANTITY_KINDS = ("cardinal", "ordinal", "money", "percent", "measure", "ratio", "age", "score", "temperature")
METRICS = (
    *("killed", "injured", "missing", "displaced", "detained", "kidnapped", "rescued", "infected", "hospitalised"),
    "evacuated",
)
TALLIES = ("event", "total", "period")
PRECISIONS = ("second", "minute", "day", "month", "year")
STAGES = ("collect", "extract", "find", "link", "publish")

ARTICLES = Table(
    "articles",
    "One row for each version of an article.",
    (
        ARTICLE_ID,
        VERSION,
        INPUT_ID,
        URL,
        Column("canonical_url", pa.string(), "The address the page itself declares.", "https://example.org/a", True),
        SOURCE,
        Column("headline", pa.string(), "The headline, without the site's name.", "Bridge reopens", True),
        Column("authors", STRINGS, "People who signed it; empty when none is named.", ["Ana Ruiz"]),
        Column("credits", STRINGS, "All that the byline names: people, agencies, desks.", ["Ana Ruiz", "AP"], True),
        Column("agency", pa.string(), "News agency that supplied it.", "Reuters", True),
        Column("dateline", pa.string(), "Place and day that open a wire story, as written.", "BEIRUT, Nov. 30", True),
        Column("sign_off", pa.string(), "Credit that ends a story, as written.", "— With files from Reuters", True),
        Column("section", pa.string(), "Section of the publication that the page states.", "World", True),
        Column("language", pa.string(), "Language of the text, ISO 639-1, detected.", "en", True),
        Column("published_at", TIMESTAMP, "When it was published.", "2024-12-01T09:30:00Z", True),
        Column(
            "published_precision",
            pa.string(),
            "How exact `published_at` is; of a `day` the time of day (00:00 UTC) means nothing.",
            "minute",
            True,
            PRECISIONS,
        ),
        Column("published_method", pa.string(), "Where the time was read.", "json-ld", True),
        Column("published_zone", pa.string(), "Where the zone of the time is from; null: none known.", "stated", True),
        Column("modified_at", TIMESTAMP, "When the page says it was last changed.", "2024-12-01T11:00:00Z", True),
        Column("fetched_at", TIMESTAMP, "When these bytes were first archived.", "2024-12-01T12:00:03Z"),
        Column("text", pa.string(), "The article's text. Every offset in every table counts in it.", "BEIRUT — …"),
        Column("text_sha256", pa.string(), "SHA-256 of `text` in UTF-8.", "fcde2b2edba56bf4…"),
        RAW_FILE,
        RAW_OFFSET,
        RAW_SHA256,
        Column("story_id", pa.string(), "Cluster of the same story, a key of `stories`.", None, True, filled=False),
        Column(
            "robots_verdict",
            pa.string(),
            "What robots.txt said when it was fetched; null for files.",
            "allowed",
            True,
            ("allowed", "no_robots"),
        ),
        Column("tdm_reservation", pa.bool_(), "Text and data mining reserved (TDMRep).", False, True),
        Column("tdm_policy", pa.string(), "Address of the TDMRep policy.", "https://example.org/tdm.json", True),
        Column("content_usage", pa.string(), "Content-Usage (IETF AIPREF), as stated.", "train-ai=n", True),
        Column("robots_tag", pa.string(), "X-Robots-Tag and robots meta, as stated.", "max-image-preview:large", True),
        Column("license", pa.string(), "Licence address the page states.", None, True),
        Column("is_accessible_for_free", pa.bool_(), "What the page states (schema.org).", True, True),
        Column("schema_version", pa.int16(), "Version of these tables that the row was written under.", 1),
        RULES_VERSION,
    ),
    key=OWNER,
    owner=OWNER,
)

REMOVALS = Table(
    "removals",
    "One row for each stretch that cleaning removed, mended or flagged; with `articles.text` it gives back the text "
    "before cleaning.",
    (
        ARTICLE_ID,
        VERSION,
        Column("position", pa.int32(), "Where `original` began before cleaning.", 0, unit="code points, from 0"),
        START,
        END,
        Column("text", pa.string(), "What stands there now; empty when it was removed.", ""),
        Column("original", pa.string(), "The characters that stood there before cleaning.", "AFP."),
        Column("action", pa.string(), "What was done.", "removed", allowed=("removed", "mended", "flagged")),
        Column("rule", pa.string(), "Name of the cleaning rule.", "agency_tag"),
    ),
    key=(*OWNER, "position"),
    owner=OWNER,
)

SENTENCES = Table(
    "sentences",
    "One row for each sentence, heading, caption or list item.",
    (
        ARTICLE_ID,
        VERSION,
        START,
        END,
        TEXT,
        Column("kind", pa.string(), "What it is on the page.", "sentence", allowed=SENTENCE_KINDS),
        Column("paragraph", pa.int32(), "Number of its paragraph.", 0, unit="from 0"),
    ),
    key=(*OWNER, "start", "end"),
    owner=OWNER,
)

MENTIONS = Table(
    "mentions",
    "One row for each name in the text; names may nest.",
    (
        ARTICLE_ID,
        VERSION,
        START,
        END,
        TEXT,
        Column("label", pa.string(), "Kind of name.", "LOC", allowed=LABELS),
        ENTITY_ID,
        Column("name", pa.string(), "Canonical name of the entity.", "Aleppo", True),
        Column("latitude", pa.float64(), "Latitude, WGS 84.", 36.2, True, unit="degrees"),
        Column("longitude", pa.float64(), "Longitude, WGS 84.", 37.16, True, unit="degrees"),
        GEONAMES_ID,
        COUNTRY_CODE,
        Column("place_kind", pa.string(), "Kind of place.", "city", True, PLACE_KINDS),
        Column("metonymy", pa.bool_(), "A place that stands for its government or team.", None, True, filled=False),
        Column("score", pa.float64(), "How sure the link is, 0 to 1.", 0.93, True),
        RULE,
    ),
    key=(*OWNER, "start", "end", "label"),
    owner=OWNER,
)

QUANTITIES = Table(
    "quantities",
    "One row for each number in the text, as stated and as derived.",
    (
        ARTICLE_ID,
        VERSION,
        START,
        END,
        TEXT,
        Column("value", pa.float64(), "The number; null for a range or a vague amount.", 412.0, True),
        Column("low", pa.float64(), "Lower bound, when the text gives one.", 412.0, True),
        Column("high", pa.float64(), "Upper bound, when the text gives one.", None, True),
        Column("comparator", pa.string(), "How the text qualifies the number.", ">", allowed=COMPARATORS),
        Column("change", pa.string(), "Direction, when the number is a change.", None, True, CHANGES),
        Column("kind", pa.string(), "Kind of quantity.", "cardinal", allowed=QUANTITY_KINDS),
        Column("unit", pa.string(), "Canonical name of the unit.", "kilometre", True),
        Column("unit_text", pa.string(), "The unit as written.", "km", True),
        Column("si_value", pa.float64(), "`value` in `si_unit`.", 230000.0, True),
        Column("si_unit", pa.string(), "SI unit.", "m", True),
        Column("currency", pa.string(), "Currency, ISO 4217; null when the text leaves it open.", "USD", True),
        Column("counted", pa.string(), "What is counted, as written.", "civilians", True),
        RULE,
    ),
    key=(*OWNER, "start", "end"),
    owner=OWNER,
)

DATES = Table(
    "dates",
    "One row for each time expression (TIMEX3).",
    (
        ARTICLE_ID,
        VERSION,
        START,
        END,
        TEXT,
        Column("type", pa.string(), "TIMEX3 type.", "DATE", allowed=("DATE", "TIME", "DURATION", "SET")),
        Column("value", pa.string(), "TIMEX3 value; null when it cannot be resolved.", "2024-11-27", True),
        Column("mod", pa.string(), "TIMEX3 modifier.", "APPROX", True),
        Column("range_start", pa.string(), "First moment meant, ISO 8601.", "2024-11-27", True),
        Column("range_end", pa.string(), "First moment after it, ISO 8601.", "2024-11-28", True),
        Column("anchor", pa.string(), "What a relative expression was counted from, ISO 8601.", "2024-12-01", True),
        Column("reason", pa.string(), "Why `value` is null.", "no_publication_date", True),
        RULE,
    ),
    key=(*OWNER, "start", "end"),
    owner=OWNER,
)

STATEMENTS = Table(
    "statements",
    "One row for each stretch of text that somebody is responsible for.",
    (
        ARTICLE_ID,
        VERSION,
        START,
        END,
        TEXT,
        Column(
            "speaker_start",
            pa.int32(),
            "Where the words for the speaker begin; null when the text names none.",
            20,
            True,
            unit="code points, from 0",
        ),
        Column("speaker_end", pa.int32(), "Where they end, exclusive.", 35, True, unit="code points, from 0"),
        Column("speaker_text", pa.string(), "The speaker as written at that place.", "the Observatory", True),
        Column(
            "speaker",
            pa.string(),
            "Who that is: the canonical name when the story tells it, else as written; null behind a pronoun that may "
            "mean several.",
            "Syrian Observatory for Human Rights",
            True,
        ),
        Column("speaker_entity_id", pa.string(), "Who that is, a key of `entities`.", ORGANISATION, True),
        Column("speaker_affiliation_id", pa.string(), "Whom they speak for, a key of `entities`.", None, True),
        Column("cue", pa.string(), "The words that attribute it.", "according to", True),
        Column("direct", pa.bool_(), "Whether the words are the speaker's own.", False),
        RULE,
    ),
    key=(*OWNER, "start", "end"),
    owner=OWNER,
)

CLAIMS = Table(
    "claims",
    "One row for each count of people affected, as reported.",
    (
        ARTICLE_ID,
        VERSION,
        START,
        END,
        TEXT,
        Column("metric", pa.string(), "What happened to them.", "killed", allowed=METRICS),
        Column("low", pa.float64(), "Lower bound.", 412.0, True),
        Column("high", pa.float64(), "Upper bound.", None, True),
        Column("comparator", pa.string(), "How the text qualifies the number.", ">", allowed=COMPARATORS),
        Column("who", pa.string(), "Which people, in the words of the text.", "civilians", True),
        Column(
            "tally",
            pa.string(),
            "Whether the count is of the event told, the running total of one (the toll so far), or of a longer period "
            "in the background.",
            "event",
            allowed=TALLIES,
        ),
        Column("place", pa.string(), "Where, by its canonical name when known.", "Aleppo", True),
        Column("place_entity_id", pa.string(), "Where, a key of `entities`.", "geonames:170063", True),
        Column("event_start", pa.string(), "First day of the event, ISO 8601.", "2024-11-27", True),
        Column("event_end", pa.string(), "First day after it, ISO 8601.", "2024-12-02", True),
        Column(
            "source",
            pa.string(),
            "Who counted, by the canonical name when known; null when the article itself says it.",
            "Syrian Observatory for Human Rights",
            True,
        ),
        Column("source_entity_id", pa.string(), "Who counted, a key of `entities`.", ORGANISATION, True),
        Column("part_of", pa.int32(), "`start` of the claim that includes these people.", 2210, True),
        Column("hypothetical", pa.bool_(), "Feared, threatened or denied rather than reported.", False),
        RULE,
    ),
    key=(*OWNER, "start", "end", "metric"),
    owner=OWNER,
    note="To add them up, leave out rows with `part_of` (they are counted in another row) and `hypothetical` ones; the "
    "view `reports` does.",
)

STORIES = Table(
    "stories",
    "One row for each article in a cluster of the same story.",
    (
        ARTICLE_ID,
        VERSION,
        Column("story_id", pa.string(), "The cluster.", "a3c65c2974270fd0"),
        Column("is_original", pa.bool_(), "Whether the others copied this one.", True, True),
        Column("agency", pa.string(), "Agency the cluster comes from.", "AFP", True),
        Column("similarity", pa.float64(), "Share of the original's words it has, 0 to 1.", 0.92, True),
        Column("independent_sources", pa.int32(), "Sources in the cluster that wrote their own text.", 3, True),
    ),
    key=(*OWNER, "story_id"),
    owner=OWNER,
    note="No stage fills this table yet; it exists and is empty.",
)

ENTITIES = Table(
    "entities",
    "One row for each entity known to the lake.",
    (
        Column("entity_id", pa.string(), "Id of the entity.", "geonames:170063"),
        Column("name", pa.string(), "Canonical name.", "Aleppo"),
        Column("label", pa.string(), "Kind of entity.", "LOC", allowed=LABELS),
        Column("aliases", STRINGS, "Every way it was written in the lake, sorted.", ["Alep", "Aleppo"]),
        Column("wikidata_id", pa.string(), "Wikidata id.", None, True),
        GEONAMES_ID,
        COUNTRY_CODE,
        Column("first_seen", pa.date32(), "First day (partition) it was mentioned.", "2024-11-30"),
        Column("last_seen", pa.date32(), "Last day (partition) it was mentioned.", "2024-12-01"),
    ),
    key=("entity_id",),
    owner=("entity_id",),
    partitioned=False,
    note="One file for the whole lake: an entity belongs to no single day.",
)

REJECTS = Table(
    "rejects",
    "One row for each input that did not become an article.",
    (
        INPUT_ID,
        URL,
        SOURCE,
        Column("stage", pa.string(), "Stage that refused it.", "extract", allowed=STAGES),
        Column("reason", pa.string(), "What was so, in one word.", "no_text"),
        Column("detail", pa.string(), "What was wrong and what would help.", "the page has no article body"),
        Column("duplicate_of", pa.string(), "`article_id/version` that holds the same text.", None, True),
        Column("fetched_at", TIMESTAMP, "When the bytes were archived, or the failed attempt was made.", None),
        RAW_FILE,
        RAW_OFFSET,
        RAW_SHA256,
        Column("schema_version", pa.int16(), "Version of these tables that the row was written under.", 1),
        RULES_VERSION,
    ),
    key=("input_id",),
    owner=("input_id",),
)

RUNS = Table(
    "runs",
    "One row for each run that changed the lake, and stage.",
    (
        Column("run_id", pa.string(), "The run: a hash of what came in and of the rules.", "d7a8fbb307d78094"),
        Column("stage", pa.string(), "Stage of the run.", "extract", allowed=STAGES),
        Column("started_at", TIMESTAMP, "When the run began.", "2026-11-22T10:00:00Z"),
        Column("seconds", pa.float64(), "Working time of the stage, all workers together.", 3.1, unit="seconds"),
        Column("came_in", pa.int64(), "Inputs that reached the stage.", 240),
        Column("went_out", pa.int64(), "Inputs that left it for the next stage or the lake.", 233),
        Column("rejected", pa.int64(), "Inputs it refused.", 5),
        Column("unchanged", pa.int64(), "Inputs whose outcome was already in the lake.", 2),
        Column("code_version", pa.string(), "Version of copydesk.", "0.1.0"),
        RULES_VERSION,
    ),
    key=("run_id", "stage"),
    owner=("run_id",),
)

SOURCE_HEALTH = Table(
    "source_health",
    "One row for each source and day of fetching.",
    (
        SOURCE,
        Column("day", pa.date32(), "UTC day of fetching.", "2026-11-22"),
        Column("expected_at_least", pa.int32(), "Articles a day that the source file expects.", 40, True),
        Column(
            "seen",
            pa.int32(),
            "Inputs that came in, and known pages that were asked for again: the sum of `published`, `unchanged` and "
            "all columns from `duplicate` to `errors`.",
            61,
        ),
        Column("published", pa.int32(), "Inputs that became articles: `new + changed`.", 53),
        Column("new", pa.int32(), "Articles the lake did not have.", 52, True),
        Column("changed", pa.int32(), "New versions of articles it had.", 1, True),
        Column("unchanged", pa.int64(), "Known pages asked for again whose text was the same.", 2, True),
        Column("duplicate", pa.int32(), "Inputs that repeat an article of the lake under another address.", 3),
        Column("empty", pa.int32(), "Inputs without bytes or without text.", 1),
        Column("too_short", pa.int32(), "Texts too short to be an article.", 0),
        Column("consent_wall", pa.int32(), "Pages that only ask for consent.", 1),
        Column("paywall", pa.int32(), "Pages cut off by a paywall.", 1),
        Column(
            "blocked",
            pa.int32(),
            "Kept from us: robots.txt, answers 401, 403, 429 and 451, text and data mining reserved.",
            0,
            True,
        ),
        Column("gone", pa.int32(), "Pages the publisher took away (404, 410).", 0, True),
        Column("errors", pa.int32(), "What failed for any other reason.", 0),
        Column(
            "median_delay_seconds",
            pa.int64(),
            "Median time from publication to fetching, over new articles that say the hour of their publication.",
            1260,
            True,
            unit="seconds",
        ),
    ),
    key=("source", "day"),
    owner=("source", "day"),
)

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            ARTICLES,
            REMOVALS,
            SENTENCES,
            MENTIONS,
            ENTITIES,
            QUANTITIES,
            DATES,
            STATEMENTS,
            CLAIMS,
            STORIES,
            REJECTS,
            RUNS,
            SOURCE_HEALTH,
        )
    }
)

ARTICLE_TABLES: tuple[Table, ...] = tuple(table for table in TABLES.values() if table.of_article)
"""The tables whose rows belong to an article, `articles` itself among them."""


def problems(table: Table, rows: pa.Table) -> list[str]:
    """What is wrong with rows of a table, one sentence each; an empty list when they may be written.

    >>> problems(STORIES, pa.table({"article_id": ["a"]}))[0]
    'stories: column version is missing'
    """
    return list(_schema_problems(table, rows)) or list(_row_problems(table, rows))


def _schema_problems(table: Table, rows: pa.Table) -> Iterator[str]:
    names = rows.schema.names
    for column in table.columns:
        if column.name not in names:
            yield f"{table.name}: column {column.name} is missing"
        elif rows.schema.field(column.name).type != column.type:
            found = rows.schema.field(column.name).type
            yield f"{table.name}.{column.name}: type is {found}; it should be {column.type}"
    known = {column.name for column in table.columns}
    for name in names:
        if name not in known:
            yield f"{table.name}: column {name} is not in transforms/tables.py"


def _row_problems(table: Table, rows: pa.Table) -> Iterator[str]:
    for column in table.columns:
        values = rows[column.name]
        if not column.nullable and values.null_count:
            yield f"{table.name}.{column.name}: null in {values.null_count} rows; it may not be null"
        if column.allowed:
            present = {value for value in pc.unique(values).to_pylist() if value is not None}
            for value in sorted(present - set(column.allowed)):
                yield f"{table.name}.{column.name}: not allowed: {value}"
        if not column.filled and values.null_count != len(values):
            yield f"{table.name}.{column.name}: filled, but transforms/tables.py says that no stage fills it yet"
    if table.quotes_text and len(rows):
        lengths = pc.utf8_length(rows["text"])
        wrong = pc.not_equal(pc.subtract(rows["end"], rows["start"]), lengths).to_pylist().count(True)
        if wrong:
            yield f"{table.name}: {wrong} rows whose `text` is not as long as `end - start`"
    repeated = len(rows) - len(rows.select(list(table.key)).group_by(list(table.key)).aggregate([]))
    if repeated:
        yield f"{table.name}: {repeated} rows repeat the key {', '.join(table.key)}"


@dataclass(frozen=True)
class Rows:
    """Rows of one table on their way to Arrow, column by column."""

    table: Table
    values: dict[str, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for column in self.table.columns:
            self.values.setdefault(column.name, [])

    def add(self, **row: Any) -> None:
        """Add one row; columns that are not named are null. KeyError names a column the table does not have."""
        for name in row:
            if name not in self.values:
                raise KeyError(f"{self.table.name} has no column {name}")
        for name, values in self.values.items():
            values.append(row.get(name))

    def to_arrow(self) -> pa.Table:
        """The rows as an Arrow table with the table's schema."""
        return pa.table(self.values, schema=self.table.schema)
