"""The records are those of the standard, whatever a server sends; other people's readers find what we find."""

import gzip
import os
import sqlite3
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from flows.collect.archive.archive import Archive
from flows.collect.client.exchange import EVERY_HOST, Errand, Exchange
from transforms.collect.page import Page
from transforms.collect.rights import Rights

sys.path.insert(0, str(Path(__file__).parent))  # for warc_standard.py
from warc_standard import kinds, problems

NOON = datetime(2024, 5, 2, 12, 0, 0, 123456, tzinfo=UTC)
URL = "https://example.org/a?b=1"
BODY = b"<p>The bridge at Konin is open again.</p>" * 40
HTML = (("Content-Type", "text/html; charset=utf-8"), ("Server", "nginx"), ("ETag", '"k1"'))
RIGHTS = Rights(tdm_reservation=True, tdm_policy="https://example.org/p?a=1&b=\u00e9", robots_tag="noai, noindex")
GZIPPED = (*HTML, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))

ANSWER = Exchange(
    url=URL,
    asked=URL,
    request_headers=(("Host", "example.org"), ("User-Agent", "copydesk (+mailto:desk@example.org)")),
    protocol="HTTP/1.1",
    status=200,
    phrase="OK",
    headers=HTML,
    sent=BODY,
    body=BODY,
    address="192.0.2.1",
    robots_verdict="allowed",
)
CUT = replace(ANSWER, url=f"{URL}&cut", sent=b"<p>Th", body=b"<p>Th", truncated="disconnect")
NOT_MODIFIED = replace(ANSWER, status=304, phrase="Not Modified", sent=b"", body=b"")


class Clock:
    """A second later each time it is looked at."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


def open_archive(folder: Path) -> Archive:
    return Archive(folder / "raw", folder / "state.db", clock=Clock())


def only_file(folder: Path) -> Path:
    (file,) = (folder / "raw").glob("*/*.warc.gz")
    return file


def fields(folder: Path, kind: str) -> list[dict[str, str]]:
    """The header fields of the records of one kind, as warcio reads them."""
    with only_file(folder).open("rb") as stream:
        records: Any = ArchiveIterator(stream)
        return [dict(record.rec_headers.headers) for record in records if record.rec_type == kind]


def everything(archive: Archive) -> list[Page]:
    """One of each kind of thing that comes in."""
    respond = archive.put_response
    return [
        respond(ANSWER, source="desk", role="page", rights=RIGHTS),
        respond(replace(ANSWER, asked="https://example.org/short"), source="desk", role="page"),
        respond(NOT_MODIFIED, source="desk", role="not_modified"),
        respond(replace(NOT_MODIFIED, url="https://example.org/never", asked=URL), source="d", role="not_modified"),
        respond(
            replace(ANSWER, url=f"{URL}&z", asked=URL, sent=gzip.compress(BODY, mtime=0), headers=GZIPPED),
            source="desk",
            role="page",
        ),
        respond(replace(ANSWER, url=f"{URL}&no", status=403, phrase="", sent=b"", body=b""), source="d", role="error"),
        respond(CUT, source="d", role="error"),
        respond(replace(ANSWER, url=f"{URL}&odd", sent=b"\x1f\x8bno", body=None), source="d", role="error"),
        respond(replace(ANSWER, url="http://[2001:db8::1]/", address="2001:db8::1"), source="d", role="page"),
        archive.put("file:///Konin%20bridge.html", BODY, source="Gazeta Łódzka", media_type="text/html"),
        archive.put("file:///nothing.html", b"", source="desk", media_type=""),
    ]


def test_everything_that_comes_in_becomes_a_record_of_the_standard(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        pages = everything(archive)
        assert problems(only_file(tmp_path)) == []
        assert {archive.check(page.raw_file, page.raw_offset, page.raw_sha256) for page in pages[4:]} == {None}
    found = [(kind, role) for (kind, role, _), times in kinds(tmp_path / "raw").items() for _ in range(times)]
    assert found.count(("request", "")) == 9
    assert found.count(("response", "page")) == 3
    assert found.count(("response", "error")) == 3
    assert found.count(("revisit", "page")) == 1
    assert found.count(("revisit", "not_modified")) == 2
    assert found.count(("resource", "page")) == 2


def test_request_and_response_belong_together(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        everything(archive)
    answered = [field["WARC-Record-ID"] for kind in ("response", "revisit") for field in fields(tmp_path, kind)]
    asked = [field["WARC-Concurrent-To"] for field in fields(tmp_path, "request")]
    assert sorted(asked) == sorted(answered)


def test_what_the_standard_has_fields_for(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        everything(archive)
    by_target = {field["WARC-Target-URI"]: field for field in fields(tmp_path, "response")}
    assert by_target[f"{URL}&cut"]["WARC-Truncated"] == "disconnect"
    assert by_target["http://[2001:db8::1]/"]["WARC-IP-Address"] == "2001:db8::1"
    assert "WARC-Truncated" not in by_target[URL]
    with only_file(tmp_path).open("rb") as stream:
        info: Any = next(iter(ArchiveIterator(stream)))
        assert info.rec_headers.get_header("WARC-Filename") == only_file(tmp_path).name
        assert b"format: WARC File Format 1.1\r\n" in info.raw_stream.read()


def test_a_revisit_names_the_record_that_has_the_bytes(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        everything(archive)
    first = fields(tmp_path, "response")[0]
    repeated, not_modified, unknown = fields(tmp_path, "revisit")
    for revisit, profile in ((repeated, "identical-payload-digest"), (not_modified, "server-not-modified")):
        assert revisit["WARC-Profile"].endswith(profile)
        assert revisit["WARC-Refers-To"] == first["WARC-Record-ID"]
        assert revisit["WARC-Refers-To-Target-URI"] == first["WARC-Target-URI"]
        assert revisit["WARC-Refers-To-Date"] == first["WARC-Date"]
        assert revisit["WARC-Payload-Digest"] == first["WARC-Payload-Digest"]
    assert unknown["WARC-Profile"].endswith("server-not-modified")
    assert "WARC-Refers-To-Target-URI" not in unknown


def test_not_modified_means_what_came_last(tmp_path: Path) -> None:
    """The address gave A, then B, then A again: that A came first must not hide that it also came last."""
    other = replace(ANSWER, sent=b"other", body=b"other")
    with open_archive(tmp_path) as archive:
        a = archive.put_response(ANSWER, source="s", role="feed")
        b = archive.put_response(other, source="s", role="feed")
        assert archive.put_response(NOT_MODIFIED, source="s", role="not_modified") == b
        archive.put_response(ANSWER, source="s", role="feed")
        assert archive.put_response(NOT_MODIFIED, source="s", role="not_modified") == a
    for file in tmp_path.glob("state.db*"):
        file.unlink()
    with open_archive(tmp_path) as archive:
        assert archive.put_response(NOT_MODIFIED, source="s", role="not_modified") == a


def test_the_headers_of_a_304_are_kept(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        archive.put_response(replace(NOT_MODIFIED, headers=(("ETag", '"k2"'),)), source="s", role="not_modified")
    with only_file(tmp_path).open("rb") as stream:
        records: Any = ArchiveIterator(stream)
        (http,) = [record.http_headers for record in records if record.rec_type == "revisit"]
    assert http.statusline == "304 Not Modified"
    assert http.get_header("etag") == '"k2"'


def test_the_head_of_an_answer_comes_back_as_it_was_sent(tmp_path: Path) -> None:
    odd = (("X-Name", "caf\xe9"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("Transfer-Encoding", "chunked"))
    with open_archive(tmp_path) as archive:
        page = archive.put_response(replace(ANSWER, headers=odd), source="s", role="page")
        assert archive.response_head(page.raw_file, page.raw_offset) == (
            b"HTTP/1.1 200 OK\r\nX-Name: caf\xe9\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
            b"X-Archive-Orig-Transfer-Encoding: chunked\r\n"
        )
        file = archive.put("file:///a.html", BODY, source="s", media_type="text/html")
        assert archive.response_head(file.raw_file, file.raw_offset) is None


HEADER_TEXT = st.text(st.characters(codec="latin-1", exclude_characters="\r\n\x00"), max_size=30)
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,12}", fullmatch=True).filter(
    lambda name: name.lower() not in ("content-encoding", "transfer-encoding")
)
TEXTS = st.none() | st.text(max_size=20)


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300),
    st.lists(st.tuples(NAMES, HEADER_TEXT), max_size=5),
    st.builds(Rights, st.none() | st.booleans(), TEXTS, TEXTS, TEXTS, TEXTS),
    st.text(max_size=20),
)
def test_any_answer_makes_a_valid_record_and_comes_back(
    body: bytes, headers: list[tuple[str, str]], rights: Rights, source: str
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        answer = replace(ANSWER, headers=tuple(headers), sent=body, body=body)
        with open_archive(folder) as archive:
            page = archive.put_response(answer, source=source, role="page", rights=rights)
            assert archive.read(page.raw_file, page.raw_offset) == body
            assert page.rights == rights
            assert archive.page_at(page.raw_file, page.raw_offset) == page
            assert archive.find(URL, page.raw_sha256) == page
        assert problems(only_file(folder)) == []


@pytest.mark.parametrize(
    "value", ["two\r\nX-Forged: yes", "two\nX-Forged: yes", "two\r\n\r\nHTTP/1.1 200 OK", "nul\x00nul", "\u20ac 5"]
)
def test_a_header_cannot_forge_another(tmp_path: Path, value: str) -> None:
    with open_archive(tmp_path) as archive:
        answer = replace(ANSWER, headers=(("X-Odd", value),))
        page = archive.put_response(answer, source=f"s{value}", role="page", rights=Rights(license=value))
        assert archive.read(page.raw_file, page.raw_offset) == BODY
        assert archive.page_at(page.raw_file, page.raw_offset).rights.license == value
        head = archive.response_head(page.raw_file, page.raw_offset) or b""
    assert head.count(b"\r\n") == 2
    assert problems(only_file(tmp_path)) == []


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/two words", "https://example.org/two%20words"),
        ("https://example.org/a\r\nWARC-Type: warcinfo", "https://example.org/a%0D%0AWARC-Type:%20warcinfo"),
        ("https://example.org/Łódź", "https://example.org/Łódź"),
        ("https://example.org/\ud800", "https://example.org/%3F"),
    ],
)
def test_an_address_that_is_none_is_kept_as_one(tmp_path: Path, url: str, kept: str) -> None:
    with open_archive(tmp_path) as archive:
        page = archive.put(url, BODY, source="s", media_type="text/html")
        assert page.url == kept
        assert archive.put(url, BODY, source="s", media_type="text/html") == page
        assert archive.find(url, page.raw_sha256) == archive.page_at(page.raw_file, page.raw_offset) == page
    assert problems(only_file(tmp_path)) == []


def test_a_page_taken_over_from_another_archive_keeps_its_time_and_rights(tmp_path: Path) -> None:
    then = datetime(2019, 3, 4, 5, 6, 7, tzinfo=UTC)
    with open_archive(tmp_path) as archive:
        first = archive.put(
            URL, BODY, source="s", media_type="text/html", charset="latin-1", fetched_at=then, rights=RIGHTS
        )
        archive.put(f"{URL}2", BODY, source="s", media_type="text/html", fetched_at=then.replace(year=2020))
        assert (first.fetched_at, first.charset, first.rights) == (then, "latin-1", RIGHTS)
        assert archive.page_at(first.raw_file, first.raw_offset) == first
        assert [page.url for page in archive.pages(then.date(), then.date())] == [URL]
        # Old pages do not scatter over old days' files.
        assert first.raw_file.startswith("2024-05-02/")
    assert problems(only_file(tmp_path)) == []


def index_rows(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    with sqlite3.connect(folder / "state.db") as connection:
        tables = ("archive", "archive_files", "urls")
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def test_the_records_alone_give_the_same_index(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        everything(archive)
        pages = set(archive.pages())
    before = index_rows(tmp_path)
    for file in tmp_path.glob("state.db*"):
        file.unlink()
    with open_archive(tmp_path) as archive:
        assert set(archive.pages()) == pages
        assert RIGHTS in {page.rights for page in pages}
    assert index_rows(tmp_path) == before


def test_compressed_bodies_are_not_compressed_again(tmp_path: Path) -> None:
    noise = os.urandom(20_000)
    with open_archive(tmp_path) as archive:
        answer = replace(ANSWER, headers=GZIPPED, sent=gzip.compress(noise), body=noise)
        page = archive.put_response(answer, source="s", role="page")
        assert archive.read(page.raw_file, page.raw_offset) == noise
    assert only_file(tmp_path).stat().st_size < 22_000


def test_what_real_servers_answer_becomes_valid_records(desk: Any, site: Any, liar: Any, tmp_path: Path) -> None:
    gzipped = {"body": gzip.compress(BODY, mtime=0), "headers": {"Content-Encoding": "gzip"}}
    unchanged = [{"body": BODY, "headers": {"ETag": '"v1"'}}, {"status": 304}]
    begun = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<p>Th"
    urls = [
        site.say("/a", *unchanged),
        site.say("/gzip", gzipped),
        site.say("/gone", {"status": 404, "body": b"gone"}),
        site.say("/forbidden", {"status": 403}),
        site.say("/moved", {"status": 301, "headers": {"Location": "/a?b=%C3%A9"}}),
        liar.say("/cut", begun),
        liar.say("/junk", b"SSH-2.0-OpenSSH_9.6\r\n"),
        liar.say("/odd", b"HTTP/1.1 200 \xc3\xbcber\r\nX-A: \xe9\r\nX-A: 2\r\nContent-Length: 2\r\n\r\nok"),
        liar.say("/chunks", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
    ]
    (first, *_) = desk.fetch(*urls, pause_seconds=0.0)
    desk.fetch(Errand(urls[0], "harbour", EVERY_HOST, validators=first.validators))
    desk.archive.close()
    assert problems(only_file(tmp_path)) == []
    held = kinds(tmp_path / "raw")
    assert held["revisit", "not_modified", urls[0]] == 1
    assert {url for kind, _, url in held if kind in ("response", "resource")} >= set(urls)
    assert [url for url in urls if not held["request", "", url]] == [f"{liar.url}/junk"]  # what is no HTTP is bytes
