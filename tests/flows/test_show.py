"""`copydesk show`: which article is meant, what stands beside its spans, and that no text or span breaks the page."""

import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from flows.problem import Problem
from flows.show import Page, Shown, print_article, read_article, show_article
from flows.show.raw import RawPlace, raw_place
from flows.show.spans import Span, spans_of
from transforms.tables import ARTICLE_TABLES, TABLES, Rows

BRIDGE = (
    "More than 412 people crossed the Łódź bridge on Sunday, the Kentucky State Police said.\n\n"
    "Toll rose to between 3 and 4 euros."
)
DAY = datetime(2024, 12, 1, 9, 30, tzinfo=UTC)


class Lake:
    """A lake that is filled one article at a time, each with its own day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.days = 0

    def add(
        self, article_id: str, headline: str | None, text: str = BRIDGE, version: str = "v1", **values: Any
    ) -> None:
        self.days += 1
        row = {"url": f"https://news.example/{article_id}", "source": "test", "published_at": DAY, "fetched_at": DAY}
        row |= {"published_precision": "minute", "authors": ["Ana Ruiz"], "language": "en", "schema_version": 1}
        row |= {"input_id": f"{article_id}{version}", "text_sha256": "", "rules_version": "0"} | values
        self.write("articles", {"article_id": article_id, "version": version, "headline": headline, "text": text} | row)

    def span(self, table: str, words: str, text: str = BRIDGE, **values: Any) -> None:
        """A row for these words of the article about the bridge, in a file of its own."""
        start = text.index(words)
        row = {"article_id": "bbbb0001", "version": "v1", "start": start, "end": start + len(words), "text": words}
        self.write(table, row | values, f"{table}-{start}-{len(words)}")

    def write(self, table: str, row: dict[str, Any], name: str = "") -> None:
        rows = Rows(TABLES[table])
        rows.add(**row)
        day = 1 if name else self.days
        file = self.folder / table / f"date=2024-12-{day:02}" / f"{name or table}.parquet"
        file.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(rows.to_arrow(), file)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bridge with spans, an article in two versions, two with like headlines, one without a headline."""
    lake = Lake(tmp_path_factory.mktemp("lake"))
    lake.add("bbbb0001", "Łódź bridge reopens", raw_file="2024-12-01/a.warc.gz", raw_offset=70431)
    quantity = {"comparator": ">", "kind": "cardinal", "value": 412.0, "low": 412.0, "counted": "people"}
    lake.span("quantities", "More than 412", **quantity)
    lake.span("quantities", "between 3 and 4 euros", comparator="=", kind="money", low=3.0, high=4.0, currency="EUR")
    lake.span("dates", "Sunday", type="DATE", value="2024-12-01", range_start="2024-12-01", range_end="2024-12-02")
    place = {"label": "LOC", "entity_id": "geonames:3093133", "name": "Łódź", "country_code": "PL"}
    lake.span("mentions", "Łódź", **place)
    lake.span("mentions", "Kentucky State Police", label="ORG")
    lake.span("mentions", "Kentucky", label="LOC", entity_id="geonames:6254925", name="Kentucky", country_code="US")
    lake.add("cccc0002", "Sixteen hurt", "Sixteen people were hurt.", "new", modified_at=DAY.replace(hour=12))
    lake.add("cccc0002", "Nineteen hurt", "Nineteen people were hurt.", "old", modified_at=DAY)
    lake.add("dddd0003", "Harvest in Vojvodina")
    lake.add("dddd0004", "Harvest in Backa", canonical_url="https://canonical.example/backa")
    lake.add("eeee0005", None, "No headline here.", published_at=None, published_precision=None)
    return lake.folder


def printed(lake: Path, wanted: str, width: int = 120) -> str:
    console = Console(width=width, file=StringIO(), highlight=False)
    console.print(show_article(lake, wanted))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("bbbb0001", "bbbb0001/v1"),
        ("bbbb", "bbbb0001/v1"),
        ("BBBB0001/v1", "bbbb0001/v1"),
        ("https://news.example/bbbb0001", "bbbb0001/v1"),
        ("https://canonical.example/backa", "dddd0004/v1"),
        ("  łódź BRIDGE ", "bbbb0001/v1"),
        ("reopens bridge", "bbbb0001/v1"),
        ("cccc0002", "cccc0002/new"),
        ("cccc0002/old", "cccc0002/old"),
        ("nineteen", "cccc0002/old"),
    ],
)
def test_an_article_is_named_in_many_ways(lake: Path, wanted: str, found: str) -> None:
    article = read_article(lake, wanted).article
    assert f"{article['article_id']}/{article['version']}" == found


@pytest.mark.parametrize(
    ("wanted", "messages"),
    [
        ("Harvest", ["2 articles fit 'Harvest'", "dddd0003  2024-12-04  Harvest in Vojvodina", "dddd0004"]),
        ("dddd", ["2 articles fit"]),
        ("Lodz brigde reopens", ["no article of 6", "Łódź bridge reopens"]),
        ("0000111122223333", ["no article of 6"]),
        ("%", ["no article of 6"]),
        ("   ", ["no article of 6"]),
        ("'; drop view articles", ["no article of 6"]),
    ],
)
def test_what_fits_nothing_or_too_much_is_explained(lake: Path, wanted: str, messages: list[str]) -> None:
    with pytest.raises(Problem) as caught:
        read_article(lake, wanted)
    assert [message for message in messages if message not in str(caught.value)] == []


def test_an_empty_lake_says_how_to_fill_it(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="copydesk ingest"):
        read_article(tmp_path, "anything")


def test_the_page_has_the_article_and_the_values(lake: Path) -> None:
    page = printed(lake, "bbbb0001")
    for words in (
        "Łódź bridge reopens",
        "test · 2024-12-01 09:30 UTC · Ana Ruiz · en",
        "https://news.example/bbbb0001",
    ):
        assert words in page
    for value in (
        "More than 412 → > 412 people",
        "Sunday → 2024-12-01",
        "Łódź → geonames:3093133 PL",
        "Kentucky State Police → organisation",
        "Kentucky → geonames:6254925 US",
        "between 3 and 4 euros → 3–4 EUR",
        "■ 1 date   ■ 2 quantities   ■ 2 places   ■ 1 organisation",
    ):
        assert value in page, value


@pytest.mark.parametrize("width", [20, 60, 80, 100, 120, 250])
def test_no_line_is_wider_than_the_terminal(lake: Path, width: int) -> None:
    lines = printed(lake, "bbbb0001", width).splitlines()
    assert max(map(len, lines)) <= width


def test_values_stand_beside_the_text_where_there_is_room(lake: Path) -> None:
    def first_line(width: int) -> str:
        return next(line for line in printed(lake, "bbbb0001", width).splitlines() if line.startswith("More than"))

    assert "→ > 412 people" in first_line(120)
    assert "→" not in first_line(80)


def test_other_versions_are_mentioned(lake: Path) -> None:
    assert "cccc0002/new · other versions: old" in printed(lake, "cccc0002")


def test_an_article_without_headline_and_date_says_so(lake: Path) -> None:
    page = printed(lake, "eeee0005")
    assert "(no headline)" in page
    assert "undated" in page


def test_nested_names_keep_their_own_colours(lake: Path) -> None:
    console = Console(width=120, file=StringIO(), force_terminal=True, color_system="standard", highlight=False)
    console.print(show_article(lake, "bbbb0001"))
    assert isinstance(console.file, StringIO)
    assert "\x1b[94mKentucky\x1b[0m\x1b[36m State Police\x1b[0m" in console.file.getvalue()


def test_json_has_the_rows_of_all_tables(lake: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_article(lake, "bbbb0001", as_json=True)
    shown = json.loads(capsys.readouterr().out)
    assert set(shown) == {"article"} | {table.name for table in ARTICLE_TABLES} - {"articles"}
    assert shown["article"]["published_at"] == "2024-12-01T09:30:00+00:00"
    assert [row["text"] for row in shown["mentions"]] == ["Łódź", "Kentucky", "Kentucky State Police"]
    text = shown["article"]["text"]
    for table in ("dates", "quantities", "mentions"):
        assert [row["text"] for row in shown[table]] == [text[row["start"] : row["end"]] for row in shown[table]]


def test_the_bytes_are_where_the_archive_says(lake: Path) -> None:
    assert raw_place(lake, "bbbb0001") == RawPlace("bbbb0001/v1", "2024-12-01/a.warc.gz", 70431, None)
    with pytest.raises(Problem, match="dddd0003/v1 are not in the archive"):
        raw_place(lake, "dddd0003")


NUMBER = {
    "start": 0,
    "end": 1,
    "text": "x",
    "value": None,
    "low": None,
    "high": None,
    "comparator": "=",
    "change": None,
}
NUMBER |= {"kind": "cardinal", "unit": None, "currency": None, "counted": None}


@pytest.mark.parametrize(
    ("values", "meaning"),
    [
        ({"value": 412.0, "low": 412.0, "comparator": ">", "counted": "dead"}, "> 412 dead"),
        ({"value": 34.0, "low": 34.0, "comparator": ">="}, "≥ 34"),
        ({"high": 20.0, "comparator": "<="}, "≤ 20"),
        ({"low": 20.0, "high": 25.0, "comparator": "~"}, "~ 20–25"),
        ({"value": 3.2, "kind": "percent", "unit": "percent", "change": "down"}, "▼ 3.2%"),
        ({"value": 2.0, "kind": "percent", "unit": "percentage point"}, "2 percentage point"),
        ({"value": 1_100_000_000.0, "kind": "money", "currency": "EUR", "unit": "euro"}, "1.1 billion EUR"),
        ({"value": 11.0, "kind": "ordinal"}, "11th"),
        ({"value": 22.0, "kind": "ordinal", "counted": "match"}, "22nd match"),
        ({"counted": "dozens"}, "some dozens"),
    ],
)
def test_a_quantity_is_said_in_a_few_characters(values: dict[str, Any], meaning: str) -> None:
    assert [span.meaning for span in spans_of({"quantities": [NUMBER | values]})] == [meaning]


@pytest.mark.parametrize(
    ("values", "meaning"),
    [
        ({"value": "2024-11", "mod": "APPROX", "reason": None}, "2024-11 APPROX"),
        ({"value": None, "mod": None, "reason": "no_publication_date"}, "? no publication date"),
        ({"value": None, "mod": None, "reason": None}, "?"),
    ],
)
def test_a_date_is_its_value_or_why_there_is_none(values: dict[str, Any], meaning: str) -> None:
    row = {"start": 0, "end": 1, "text": "x"} | values
    assert spans_of({"dates": [row]}) == [Span(0, 1, "date", "x", meaning)]


texts = st.text(st.sampled_from("ab \n\t\x1b\x07[]/\\東🚢é́ ­"), max_size=60)


@given(texts, st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=8), st.sampled_from([12, 80, 120]))
@settings(max_examples=60, deadline=None)
def test_no_text_and_no_spans_break_the_page(text: str, places: list[tuple[int, int]], width: int) -> None:
    """Spans may overlap, nest, repeat, cross paragraphs and be empty; a page must not steer the terminal."""
    rows = [
        {"start": start, "end": end, "text": text[start:end], "value": None, "mod": None, "reason": None}
        for start, end in ((min(place), max(place)) for place in places)
    ]
    article = dict.fromkeys(TABLES["articles"].schema.names) | {"headline": text, "text": text, "authors": []}
    article |= {"source": "test", "url": "https://news.example/a", "article_id": "a", "version": "v"}
    console = Console(width=width, file=StringIO(), highlight=False)
    console.print(Page(Shown(article, {"dates": rows})))
    assert isinstance(console.file, StringIO)
    assert not {"\x1b", "\x07"} & set(console.file.getvalue())
    letters = [letter for letter in text if letter.isprintable() and not letter.isspace()]
    assert [letter for letter in letters if letter not in console.file.getvalue()] == []
