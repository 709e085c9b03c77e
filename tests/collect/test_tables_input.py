"""Rows of tables are inputs: of any delimiter and encoding, in order, and one bad row is one refusal."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.collect.files.csv_rows import csv_rows
from flows.collect.files.csv_text import delimiter_of
from flows.collect.files.read_files import FileReader
from flows.collect.files.rows import Row
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
Read = Callable[..., list[Any]]


@pytest.fixture
def read(desk: Any) -> Read:
    """Writes a file and reads it: of a page its JSON, of a refusal its reason."""

    def read(name: str, body: bytes, columns: Mapping[str, str] | None = None) -> list[Any]:
        path = desk.folder / "news" / name
        path.write_bytes(body)
        desk.found = list(FileReader(desk.archive, lambda: NOON, 50_000, [], {"news": columns or {}}).read(path, None))
        return [json.loads(desk.read(one)) if isinstance(one, Page) else one.reject.reason for one in desk.found]

    return read


def parquet(**columns: Any) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), sink, row_group_size=2)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize(
    "body",
    [
        b"title,text\nRain,Rain fell. It rained.\n",
        b"title;text\r\nRain;Rain fell. It rained.\r\n",
        b"title\ttext\nRain\tRain fell. It rained.",
        b'text|id|title\n"Rain fell. It rained."||Rain',
        b'sep=;\ntitle;text\nRain;"Rain fell. It rained."\n',
        "\ufefftitle,text\nRain,Rain fell. It rained.\n\n , \n".encode(),
        "title;text\nRain;Rain fell. It rained.\n".encode("utf-16"),
        b"Title,Body,Link\rRain,Rain fell. It rained.,\r",
        b'title,text,n\nRain,"Rain fell. It rained.",1,,\n',
        gzip.compress(b"title,text\nRain,Rain fell. It rained.\n", mtime=0),
        pa.compress(b"title,text\nRain,Rain fell. It rained.\n", codec="zstd", asbytes=True),
    ],
)  # fmt: skip
def test_a_csv_by_any_habit(read: Read, body: bytes) -> None:
    assert read("a.csv", body) == [{"text": "Rain fell. It rained.", "title": "Rain"}]


def test_a_row_is_an_input_of_its_own(desk: Any, read: Read) -> None:
    body = "id,text,published,by line,lang\n7,One.,2024-05-02T08:00:00Z,Ana Sousa,pt\n8,Two.,,,\n"
    assert read("a.csv", body.encode()) == [
        {
            "text": "One.",
            "published_at": "2024-05-02T08:00:00Z",
            "authors": "Ana Sousa",
            "language": "pt",
            "id": "7",
        },
        {"text": "Two.", "id": "8"},
    ]
    page = desk.found[1]
    assert page.url == (desk.folder / "news" / "a.csv").as_uri() + "#row=2"
    assert (page.media_type, page.source) == ("application/json", "news")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Açúcar e café: preços sobem", "cp1252"),
        ("Żółw zjadł źdźbło trawy w Łodzi i pojechał dalej do Gdańska, gdzie było źle", "cp1250"),
        ("Москва и Санкт-Петербург ждут сильного снега в эту пятницу", "cp1251"),
    ],
)
def test_the_encoding_is_found_out(read: Read, text: str, encoding: str) -> None:
    (found,) = read("a.csv", f"title;text\n;{text}\n".encode(encoding))
    assert found == {"text": text}


def test_a_letter_of_another_encoding_among_utf_8(read: Read) -> None:
    summers = "\u00e9t\u00e9 " * 6
    assert read("a.csv", f"text\n{summers}".encode() + b"caf\xe9\n") == [{"text": summers + "caf\u00e9"}]


def test_line_ends_quotes_and_nuls_in_a_field(read: Read) -> None:
    body = b'title,text\n"He said ""no""","One.\r\n\r\nTwo, three.\0"\nB,Four.\n'
    assert read("a.csv", body) == [
        {"text": "One.\n\nTwo, three.\0", "title": 'He said "no"'},
        {"text": "Four.", "title": "B"},
    ]


def test_a_bad_row_does_not_stop_the_others(desk: Any, read: Read) -> None:
    huge = '"' + 'one ""two"",\n' * 5_000 + '"'
    body = f"title,text\na,1\nb\nc,3,4\n{huge},x\nd,{'y' * 60_000}\ne,5\n"
    kinds = [{"text": "1", "title": "a"}, Reason.NOT_A_TABLE, Reason.NOT_A_TABLE, Reason.TOO_LARGE, Reason.TOO_LARGE]
    assert read("a.csv", body.encode()) == [*kinds, {"text": "5", "title": "e"}]
    assert desk.found[2].reject.detail.startswith(f"{desk.folder}/news/a.csv row 3 has 3 fields, the header 2; put")
    assert json.loads(desk.read(desk.found[2])) == {"row": ["c", "3", "4"]}


def test_a_quote_that_is_never_closed(desk: Any, read: Read) -> None:
    assert read("a.csv", b'title,text\na,1\nb,"2\nc,3\nd,4\n') == [{"text": "1", "title": "a"}, Reason.NOT_A_TABLE]
    assert "row 2 opens a quote that is never closed" in desk.found[1].reject.detail


def test_a_packed_csv_that_breaks_off(desk: Any, read: Read) -> None:
    rows = "".join(f"{n},{sha256(str(n).encode()).hexdigest() * 10}\n" for n in range(1000))
    *before, last = read("a.csv.gz", gzip.compress(f"id,text\n{rows}".encode())[:-4000])
    assert 700 < len(before) < 1000
    assert before[-1]["id"] == str(len(before) - 1)
    assert last is Reason.TRUNCATED
    assert f"the {len(before):,} rows before are read" in desk.found[-1].reject.detail


def test_a_table_without_text_says_what_to_write(desk: Any, read: Read) -> None:
    for name, body in [
        ("a.csv", b"kop;tekst\nRegen;Het regent.\n"),
        ("a.parquet", parquet(kop=["Regen"], tekst=["Het regent."])),
    ]:
        assert read(name, body) == [Reason.NOT_A_TABLE]
        detail = desk.found[0].reject.detail
        assert detail.startswith(
            f"{desk.folder}/news/{name}: no column is called text or body or content or article or html"
        )
        assert "the columns are: kop, tekst." in detail
        assert "\ncolumns:\n  text: kop\n" in detail
        assert read(name, body, {"text": "tekst", "title": "kop"}) == [{"text": "Het regent.", "title": "Regen"}]
        assert read(name, body, {"text": "teks"}) == [Reason.NOT_A_TABLE]
        assert "names 'teks', which is not there" in desk.found[0].reject.detail
        assert read(name, body, {"body": "tekst"}) == [Reason.NOT_A_TABLE]
        assert "names 'body', which is none of text, html, title" in desk.found[0].reject.detail


def test_the_html_that_is_named_goes_before_a_text_that_is_not(read: Read) -> None:
    assert read("a.csv", b"text,page\nteaser,<p>Rain.</p>\n", {"html": "page"}) == [{"html": "<p>Rain.</p>"}]


def test_the_rows_of_a_parquet(desk: Any, read: Read) -> None:
    body = parquet(
        content=pa.array(["One.", None, "Three."]).dictionary_encode(),
        headline=["a", "b", "c"],
        published=pa.array([datetime(2024, 5, 2, 8, tzinfo=UTC), None, None], pa.timestamp("ns", "Europe/Lisbon")),
        authors=pa.array([["Ana Sousa"], [], None], pa.list_(pa.string())),
        url=pa.array(["https://example.org/a", "", None]),
        views=[1, 2, 3],
    )
    moment = datetime(2024, 5, 2, 9, tzinfo=ZoneInfo("Europe/Lisbon")).isoformat()
    first = {
        "text": "One.",
        "title": "a",
        "url": "https://example.org/a",
        "published_at": moment,
        "authors": ["Ana Sousa"],
    }
    assert read("a.parquet", body) == [first, {"title": "b"}, {"text": "Three.", "title": "c"}]
    assert [item.url.rpartition("#")[2] for item in desk.found] == ["row=1", "row=2", "row=3"]


def test_columns_inside_columns_and_bytes(read: Read) -> None:
    page = {"raw": "<p>Caf\u00e9</p>".encode("cp1252"), "meta": {"by": [{"name": "Ana"}]}}
    body = parquet(page=pa.array([page]), day=[date(2024, 5, 2)])
    columns = {"html": "page.raw", "authors": "page.meta.by", "published_at": "day"}
    found = {"html": "<p>Caf\u00e9</p>", "published_at": "2024-05-02", "authors": ["Ana"]}
    assert read("a.parquet", body, columns) == [found]


def test_a_parquet_that_is_damaged(desk: Any, read: Read) -> None:
    texts = [f"{n} " + "rain " * n for n in range(200)]
    body = parquet(text=texts)
    assert read("a.parquet", body)[199] == {"text": texts[199].rstrip() + " "}
    assert read("a.parquet", body[:-300]) == [Reason.NOT_READABLE]
    middle = len(body) // 4
    *before, last = read("a.parquet", body[:middle] + bytes(4000) + body[middle + 4000 :])
    assert all("text" in row for row in before)
    assert last is Reason.NOT_READABLE
    assert "not a whole Parquet file" in desk.found[-1].reject.detail


def test_a_row_of_a_parquet_that_is_too_large(read: Read) -> None:
    assert read("a.parquet", parquet(text=["One.", "y" * 60_000, "Three."])) == [
        {"text": "One."},
        Reason.TOO_LARGE,
        {"text": "Three."},
    ]


def test_reading_again_gives_the_same_pages(desk: Any, read: Read) -> None:
    read("a.csv", b"text\nOne.\nTwo.\n")
    first = desk.found
    read("a.csv", b"text,views\nOne.,1\nTwo.,2\n")
    assert desk.found == first  # a column that nobody reads makes no new input
    assert not any(isinstance(item, Refused) for item in first)


@pytest.mark.parametrize(
    ("head", "delimiter"),
    [
        ("text\nOne, two, three.\nFour, five.\n", ";"),
        ("datum;titel;tekst\n1,5;2,5;3,5\n", ";"),
        ("a,b\n1;2;3,4\n", ","),
        ('text,url\n"a;b;c;d;e",x\n', ","),
        ("id\ttext\n1\tOne, two; three | four\n", "\t"),
    ],
)
def test_the_delimiter_is_found_out(head: str, delimiter: str) -> None:
    found = delimiter_of(head, {})
    assert found == delimiter or (delimiter == ";" and "text\n" in head[:5] and found != ",")


TEXTS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\0\ufeff")), min_size=1)


@given(TEXTS, st.sampled_from(",;\t|"))
def test_whatever_a_csv_writer_wrote_comes_back(texts: list[str], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([["id", "text"], *([n, text] for n, text in enumerate(texts))])
    rows = list(csv_rows(io.BytesIO(out.getvalue().encode()), {}, 100_000))
    assert [row.values["text"] for row in rows if isinstance(row, Row)] == texts
