"""WARC files of any origin: their pages, once each, and one refusal for each place where a file is damaged."""

import gzip
import io
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import brotli
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.collect.archive.archive import Archive
from flows.collect.client.exchange import Exchange
from flows.collect.files.find_files import Found, find_files
from flows.collect.files.read_files import FileReader
from flows.collect.warcs.warc_records import WarcRecord, read_records
from transforms.annotate import Annotation
from transforms.collect.page import Page, Refused
from transforms.collect.rights import Rights
from transforms.extract import extract_page
from transforms.extract.article import Article
from transforms.link.directory import packaged_directory
from transforms.outcome import Reason
from transforms.rows import BatchRows

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
DATE = "2023-11-05T06:07:08Z"
HTML = b"<!doctype html><html><p>news</p></html>"
SITE = "https://harbour.example"
PAGE_KINDS = {"text/html", "text/plain", "text/markdown"}


class Warc:
    """Writes a WARC file as another crawler would; each record notes where it begins."""

    def __init__(self, path: Path, *, packed: bool = True) -> None:
        self.path = path
        self.starts: list[int] = []
        self._file = path.open("wb")
        self._writer = WARCWriter(self._file, gzip=packed)

    def response(
        self,
        url: str = SITE + "/a",
        body: bytes = HTML,
        *,
        status: str = "200 OK",
        kind: str = "text/html; charset=utf-8",
        headers: Iterable[tuple[str, str]] = (),
        **fields: str,
    ) -> "Warc":
        http = StatusAndHeaders(status, [("Content-Type", kind), *headers], protocol="HTTP/1.1")
        return self.record("response", url, body, http=http, **fields)

    def record(
        self, type_: str, url: str, body: bytes = b"", *, http: Any = None, kind: str = "", **fields: str
    ) -> "Warc":
        self.starts.append(self._file.tell())
        named = {"WARC-Date": DATE} | {name.replace("_", "-"): value for name, value in fields.items()}
        record = self._writer.create_warc_record(
            url, type_, io.BytesIO(body), len(body), kind, http_headers=http, warc_headers_dict=named
        )
        self._writer.write_record(record)
        return self

    def close(self) -> Path:
        self._file.close()
        return self.path


@pytest.fixture
def warc(desk: Any) -> Callable[..., Warc]:
    return lambda name="a.warc.gz": Warc(desk.folder / "news" / name, packed=name.endswith(".gz"))


def outcomes(found: Iterable[Page | Refused]) -> list[tuple[str, str]]:
    return [
        (item.url.rpartition("/")[2], item.reject.reason if isinstance(item, Refused) else "page") for item in found
    ]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_pages_of_a_crawl(desk: Any, warc: Callable[..., Warc], name: str) -> None:
    crawl = warc(name)
    crawl.record("warcinfo", "", b"software: x\r\n", kind="application/warc-fields")
    crawl.record("response", "dns:harbour.example", b"20231105\n127.0.0.1\n", kind="text/dns")
    crawl.response(SITE + "/robots.txt", b"User-agent: *", kind="text/plain")
    crawl.response(SITE + "/a")
    crawl.response(SITE + "/a.txt", b"Rain.", kind="Text/Plain;charset=ISO-8859-1")
    crawl.response(SITE + "/a.pdf", b"%PDF-1.7", kind="application/pdf")
    crawl.response(SITE + "/unnamed", HTML, kind="application/octet-stream")
    crawl.response(SITE + "/program", b"MZ\0\0", kind="application/octet-stream")
    crawl.response(SITE + "/api", b'{"text": "x"}', kind="application/json")
    crawl.response(SITE + "/feed", b"<?xml version='1.0'?><rss version='2.0'></rss>", kind="text/xml")
    crawl.response(SITE + "/a.css", b"p {}", kind="text/css")
    crawl.response(SITE + "/a.png", b"\x89PNG", kind="image/png")
    crawl.response(SITE + "/moved", b"moved", status="301 Moved", headers=[("Location", "/a")])
    crawl.response(SITE + "/gone", b"<p>gone", status="404 Not Found")
    crawl.response(SITE + "/empty", b"")
    crawl.record("request", SITE + "/a", http=StatusAndHeaders("GET /a HTTP/1.1", [], is_http_request=True))
    crawl.record("metadata", SITE + "/a", b"via: x", kind="application/warc-fields")
    crawl.record("resource", "https://harbour.example/shot", b"<p>kept</p>", kind="text/html")
    crawl.record("resource", "urn:pageinfo:x", b"{}", kind="application/json")
    crawl.record("conversion", SITE + "/a", b"news", kind="text/plain")
    found = desk.collect(crawl.close())
    assert outcomes(found) == [
        ("a", "page"),
        ("a.txt", "page"),
        ("a.pdf", "page"),
        ("unnamed", "page"),
        ("empty", Reason.EMPTY),
        ("shot", "page"),
    ]
    first = found[0]
    assert desk.read(first) == HTML
    assert (first.url, first.source, first.media_type, first.charset) == (
        SITE + "/a",
        "harbour.example",
        "text/html",
        "utf-8",
    )
    assert {item.fetched_at for item in found} == {datetime(2023, 11, 5, 6, 7, 8, tzinfo=UTC)}
    assert found[1].charset == "iso-8859-1"
    assert desk.collect(crawl.path) == found


def test_the_source_of_the_file_goes_before_the_host(desk: Any, warc: Callable[..., Warc]) -> None:
    path = warc().response().close()
    (page,) = FileReader(desk.archive, lambda: NOON, 50_000, [(path.parent.resolve(), "crawl")]).read(path, None)
    assert isinstance(page, Page)
    assert page.source == "crawl"


CHUNKED = ("Transfer-Encoding", "chunked")
PACKED = gzip.compress(HTML)


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        (PACKED, [("Content-Encoding", "gzip")]),
        (brotli.compress(HTML), [("Content-Encoding", "br")]),
        (pa.compress(HTML, codec="zstd", asbytes=True), [("Content-Encoding", "zstd")]),
        (HTML, [("Content-Encoding", "gzip")]),  # many archives undo it and keep the header
        (HTML, [("Content-Encoding", "br")]),
        (b"5\r\n<!doc\r\n%x;x=y\r\n%b\r\n0\r\n\r\n" % (len(HTML) - 5, HTML[5:]), [CHUNKED]),
        (HTML, [CHUNKED]),
        (b"%x\r\n%b\r\n0\r\n\r\n" % (len(PACKED), PACKED), [CHUNKED, ("Content-Encoding", "gzip")]),
    ],
)
def test_encodings_are_undone(desk: Any, warc: Callable[..., Warc], sent: bytes, headers: list[Any]) -> None:
    (page,) = desk.collect(warc().response(body=sent, headers=headers).close())
    assert isinstance(page, Page)
    assert desk.read(page) == HTML


def test_what_is_too_large_or_damaged_is_refused_alone(desk: Any, warc: Callable[..., Warc]) -> None:
    crawl = warc()
    crawl.response(SITE + "/long", b"x" * 60_000)
    crawl.response(SITE + "/bomb", gzip.compress(bytes(1_000_000), mtime=0), headers=[("Content-Encoding", "gzip")])
    crawl.response(SITE + "/torn", gzip.compress(HTML)[:-9], headers=[("Content-Encoding", "gzip")])
    crawl.response(SITE + "/cut", WARC_Truncated="length")
    crawl.response(SITE + "/when", WARC_Date="yesterday")
    crawl.response(SITE + "/a")
    found = desk.collect(crawl.close())
    assert [item.reject.reason if isinstance(item, Refused) else "page" for item in found] == [
        Reason.TOO_LARGE,
        Reason.TOO_LARGE,
        Reason.NOT_READABLE,
        Reason.TRUNCATED,
        Reason.NOT_READABLE,
        "page",
    ]
    assert "60,0" in found[0].reject.detail
    assert "the limit (politeness.max_bytes) is 50,000" in found[0].reject.detail
    assert desk.read(found[3]) == HTML


def test_a_large_record_is_not_held_in_memory(desk: Any, warc: Callable[..., Warc]) -> None:
    path = warc().response(SITE + "/video", bytes(60_000_000)).response(SITE + "/a").close()
    tracemalloc.start()
    assert outcomes(desk.collect(path)) == [("video", Reason.TOO_LARGE), ("a", "page")]
    assert tracemalloc.get_traced_memory()[1] < 12_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_a_file_that_ends_too_early(desk: Any, warc: Callable[..., Warc], name: str) -> None:
    crawl = warc(name).response(SITE + "/a").response(SITE + "/b").response(SITE + "/c")
    path = crawl.close()
    path.write_bytes(path.read_bytes()[:-40])
    *pages, refused = desk.collect(path)
    assert outcomes(pages) == [("a", "page"), ("b", "page")]
    assert (refused.reject.reason, refused.url) == (Reason.TRUNCATED, f"{path.as_uri()}#offset={crawl.starts[2]}")
    assert f"{path} at {crawl.starts[2]:,}: the " in refused.reject.detail


@pytest.mark.parametrize("shift", [0, 2, 40, 150, -6])
def test_reading_goes_on_after_a_damaged_member(desk: Any, warc: Callable[..., Warc], shift: int) -> None:
    crawl = warc().response(SITE + "/a").response(SITE + "/b").response(SITE + "/c").response(SITE + "/d")
    path = crawl.close()
    data = bytearray(path.read_bytes())
    at = crawl.starts[1 if shift >= 0 else 2] + shift
    data[at : at + 4] = b"\xff\x00\xff\x55"
    path.write_bytes(data)
    found = desk.collect(path)
    assert outcomes(found) == [
        ("a", "page"),
        (f"a.warc.gz#offset={crawl.starts[1]}", Reason.NOT_READABLE),
        ("c", "page"),
        ("d", "page"),
    ]


def test_reading_goes_on_after_a_wrong_length(desk: Any, warc: Callable[..., Warc]) -> None:
    path = warc("a.warc").response(SITE + "/a").response(SITE + "/b").response(SITE + "/c").close()
    data = path.read_bytes()
    second = data.index(b"Content-Length: ", data.index(b"harbour.example/b"))
    path.write_bytes(data[:second] + b"Content-Length: 1" + data[second + 17 :])
    found = desk.collect(path)
    assert [name for name, reason in outcomes(found) if reason == "page"][-1] == "c"
    assert Reason.NOT_READABLE in [reason for _, reason in outcomes(found)]


def member(number: int) -> bytes:
    http = b"HTTP/1.1 200 OK\r\n\r\n" + sha256(b"%d" % number).hexdigest().encode() * (number + 1)
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {SITE}/{number}\r\n"
    return gzip.compress(f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n", mtime=0)


MEMBERS = [member(number) for number in range(9)]
STARTS = [sum(map(len, MEMBERS[:number])) for number in range(10)]


@given(st.integers(0, STARTS[-1] - 1), st.binary(max_size=40), st.integers(0, 40))
def test_damage_costs_the_records_it_hits_and_no_others(at: int, put: bytes, taken: int) -> None:
    whole = b"".join(MEMBERS)
    stream = io.BufferedReader(io.BytesIO(whole[:at] + put + whole[at + taken :]))
    found = [item for item in read_records(stream, 10_000, lambda *_: True) if isinstance(item, WarcRecord)]
    bodies = {record.url: record.body for record in found}
    for number in range(9):
        is_hit = STARTS[number] <= at + taken and at <= STARTS[number + 1]
        expected = sha256(b"%d" % number).hexdigest().encode() * (number + 1)
        assert bodies.pop(f"{SITE}/{number}", expected if is_hit else None) == expected
    assert not bodies


def test_a_record_with_junk_after_it_is_in_doubt(desk: Any, warc: Callable[..., Warc]) -> None:
    first = warc("a.warc").response(SITE + "/a").close().read_bytes()
    path = desk.folder / "news" / "b.warc.gz"
    path.write_bytes(gzip.compress(first + b"\r\n\r\njunk\r\n" + first.replace(b"/a", b"/b")) + bytes(700))
    found = desk.collect(path)
    assert outcomes(found) == [("b.warc.gz#offset=0", Reason.NOT_READABLE), ("b", "page")]


def test_one_member_for_all_records_and_padding(desk: Any, warc: Callable[..., Warc]) -> None:
    path = warc("a.warc").response(SITE + "/a").response(SITE + "/b").close()
    packed = desk.folder / "news" / "b.warc.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()) + bytes(700))
    path.write_bytes(path.read_bytes() + bytes(700))
    assert outcomes(desk.collect(packed)) == outcomes(desk.collect(path)) == [("a", "page"), ("b", "page")]


def test_headers_without_end_are_not_held(desk: Any) -> None:
    path = desk.folder / "news" / "a.warc"
    path.write_bytes(b"WARC/1.0\r\n" + b"X: y\r\n" * 200_000)
    (refused,) = desk.collect(path)
    assert refused.reject.reason is Reason.NOT_READABLE
    assert "the header of the record is longer than 262,144 bytes" in refused.reject.detail


def test_a_revisit_is_the_page_it_refers_to(desk: Any, warc: Callable[..., Warc]) -> None:
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    crawl = warc()
    crawl.response(SITE + "/a", WARC_Payload_Digest="sha1:AAAA")
    for url, digest in ((SITE + "/a", "sha1:AAAA"), (SITE + "/copy", "sha1:AAAA"), (SITE + "/x", "sha1:BBBB")):
        crawl.record("revisit", url, http=http, WARC_Payload_Digest=digest)
    found = desk.collect(crawl.close())
    assert outcomes(found) == [("a", "page"), ("copy", "page")]
    assert desk.read(found[1]) == HTML


def test_a_revisit_of_what_an_earlier_file_had(desk: Any, warc: Callable[..., Warc]) -> None:
    (page,) = desk.collect(warc("first.warc.gz").response(SITE + "/a").close())
    later = warc("later.warc.gz")
    not_modified = StatusAndHeaders("304 Not Modified", [], protocol="HTTP/1.1")
    for date in (DATE, "2023-11-04T00:00:00Z"):
        later.record(
            "revisit", SITE + "/a", http=not_modified, WARC_Refers_To_Target_URI=SITE + "/a", WARC_Refers_To_Date=date
        )
    assert desk.collect(later.close()) == [page]


def test_what_the_headers_say_of_rights_is_kept(desk: Any, warc: Callable[..., Warc]) -> None:
    (page,) = desk.collect(warc().response(headers=[("TDM-Reservation", "1"), ("X-Robots-Tag", "noarchive")]).close())
    assert (page.rights.tdm_reservation, page.rights.robots_tag) == (True, "noarchive")


def test_our_own_archive_is_read_like_any_other(desk: Any, tmp_path: Path) -> None:
    url, rights = SITE + "/a", Rights(tdm_reservation=False)
    with Archive(tmp_path / "other", tmp_path / "other.db", clock=lambda: NOON) as other:
        one = Exchange(url, url, (), "HTTP/1.1", 200, "OK", (("content-type", "text/html"),), HTML, HTML)
        first = other.put_response(one, source="harbour", role="page", rights=rights)
        other.put_response(one, source="harbour", role="page")  # archived as a revisit
        other.put_response(one, source="harbour", role="feed")
        line = other.put("file:///news/a.jsonl#line=1", b'{"text": "x"}', source="news", media_type="application/json")
    found = desk.collect(tmp_path / "other")
    assert [replace(item, raw_file="", raw_offset=0) for item in found] == [
        replace(item, raw_file="", raw_offset=0) for item in (first, line)
    ]


def test_a_warc_of_the_samples_gives_the_rows_of_the_folder(tmp_path: Path) -> None:
    """Only where the bytes lie, and when they were archived, may differ (an undated page is kept by its day)."""
    crawl = Warc(tmp_path / "a.warc.gz")
    pages = [found for found in find_files(SAMPLES) if isinstance(found, Found) and found.kind in PAGE_KINDS]
    for page in pages:
        body = page.path.read_bytes()
        crawl.record("resource", page.path.as_uri(), body, kind=page.kind, WARC_Date="2026-01-05T06:00:00Z")
    assert len(pages) > 20
    by_folder = rows(tmp_path / "folder", *(page.path for page in pages))
    assert rows(tmp_path / "warc", crawl.close()) == by_folder


def rows(folder: Path, *paths: Path) -> list[dict[str, Any]]:
    """The rows of articles and rejects, without the columns that say where and when the bytes were archived."""
    batch, clock = BatchRows("rules", packaged_directory()), lambda: datetime(2026, 1, 5, tzinfo=UTC)
    with Archive(folder, folder / "state.db", clock=clock) as archive:
        reader = FileReader(archive, clock, 1_000_000, [])
        for page in (page for path in paths for page in reader.read(path, None)):
            assert isinstance(page, Page)
            content = archive.read(page.raw_file, page.raw_offset)
            outcome = extract_page(content, url=None, media_type=page.media_type, fetched_at=page.fetched_at)
            if isinstance(outcome, Article):
                batch.add_article(page, outcome, Annotation())
            else:
                batch.add_reject(page, outcome)
    shards = batch.shards()
    found = [row for table in ("articles", "removals", "rejects") for row in shards[table].to_pylist()]
    places = {"raw_file", "raw_offset", "fetched_at"}
    return sorted(({key: row[key] for key in row if key not in places} for row in found), key=str)
