"""The archive gives back exactly what came in, once, whoever died meanwhile."""

import gzip
import os
import pickle
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.collect.archive.archive import Archive, ArchiveError
from flows.collect.archive.index import StateError
from flows.collect.client.exchange import Exchange
from transforms.collect.page import Page
from transforms.collect.rights import Rights

NOON = datetime(2024, 5, 2, 12, 0, 0, 123456, tzinfo=UTC)
URL = "https://example.org/a"


def open_archive(folder: Path, moment: datetime = NOON, rotate_bytes: int = 1 << 30) -> Archive:
    return Archive(folder / "raw", folder / "state.db", clock=lambda: moment, rotate_bytes=rotate_bytes)


def put(archive: Archive, url: str = URL, body: bytes = b"<p>one</p>") -> Page:
    return archive.put(url, body, source="desk", media_type="text/html")


def exchange(sent: bytes, body: bytes | None, asked: str = URL, **headers: str) -> Exchange:
    fields = (("Content-Type", "text/html; charset=utf-8"), *((k.replace("_", "-"), v) for k, v in headers.items()))
    return Exchange(
        url=URL,
        asked=asked,
        request_headers=(("Host", "example.org"), ("User-Agent", "copydesk")),
        protocol="HTTP/1.1",
        status=200,
        phrase="OK",
        headers=fields,
        sent=sent,
        body=body,
        address="192.0.2.1",
        robots_verdict="allowed",
    )


def warc_files(folder: Path) -> list[Path]:
    return sorted((folder / "raw").glob("*/*.warc.gz"))


def records(file: Path) -> list[str]:
    with file.open("rb") as stream:
        kinds = []
        for record in ArchiveIterator(stream, check_digests="raise"):
            record.raw_stream.read()
            kinds.append(record.rec_type)
        return kinds


def test_a_page_says_where_its_bytes_lie(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        page = put(archive)
        assert page.fetched_at == NOON
        assert page.raw_file.startswith("2024-05-02/copydesk-20240502-")
        assert archive.read(page.raw_file, page.raw_offset) == b"<p>one</p>"
        assert archive.check(page.raw_file, page.raw_offset, page.raw_sha256) is None
        assert archive.page_at(page.raw_file, page.raw_offset) == page
        assert archive.find(URL, page.raw_sha256) == page
        assert archive.find(URL, "0" * 64) is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=6, unique=True), st.text(max_size=20))
def test_any_bytes_come_back_and_other_tools_can_read_the_file(bodies: list[bytes], source: str) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with open_archive(folder) as archive:
            pages = [archive.put(f"file:///{i}", b, source=source, media_type="x/y") for i, b in enumerate(bodies)]
            assert [archive.read(page.raw_file, page.raw_offset) for page in pages] == bodies
        (file,) = warc_files(folder)
        assert records(file) == ["warcinfo", *["resource"] * len(bodies)]
        (folder / "state.db").unlink()
        with open_archive(folder) as again:
            assert [again.page_at(page.raw_file, page.raw_offset) for page in pages] == pages
            assert sorted(again.pages(), key=lambda page: page.raw_offset) == pages


def test_the_same_bytes_are_archived_once_and_keep_their_first_time(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        first = put(archive)
    with open_archive(tmp_path, datetime(2025, 1, 1, tzinfo=UTC)) as archive:
        assert put(archive) == first
        assert put(archive, body=b"other").fetched_at.year == 2025
        assert put(archive, url="https://example.org/b") != first


def test_the_index_is_rebuilt_from_the_files(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        pages = [put(archive, f"https://example.org/{i}") for i in range(3)]
        answer = archive.put_response(exchange(b"x", b"x", asked="https://example.org/short"), source="s", role="page")
    for file in tmp_path.glob("state.db*"):
        file.unlink()
    with open_archive(tmp_path, datetime(2025, 1, 1, tzinfo=UTC)) as archive:
        assert archive.known("https://example.org/short") == answer
        assert [put(archive, f"https://example.org/{i}") for i in range(3)] == pages
        assert set(archive.pages()) == {*pages, answer}
    assert len(warc_files(tmp_path)) == 1


OLD_TABLES = """
CREATE TABLE archive_version (version INTEGER NOT NULL);
CREATE TABLE archive (
    url TEXT NOT NULL, sha256 TEXT NOT NULL, role TEXT NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL,
    fetched_at TEXT NOT NULL, source TEXT NOT NULL, media_type TEXT NOT NULL, charset TEXT, robots_verdict TEXT,
    sent_sha256 TEXT NOT NULL, PRIMARY KEY (url, sha256, role)) WITHOUT ROWID;
CREATE INDEX archive_by_time ON archive (fetched_at);
CREATE INDEX archive_by_file ON archive (file);
CREATE TABLE archive_files (file TEXT PRIMARY KEY, indexed_to INTEGER NOT NULL, size INTEGER NOT NULL);
CREATE TABLE urls (
    asked TEXT PRIMARY KEY, url TEXT NOT NULL, sha256 TEXT NOT NULL, fetched_at TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO archive_version VALUES (1);
INSERT INTO archive_files VALUES ('2024-05-02/copydesk-20240502-0123abcd.warc.gz', 1, 1);
INSERT INTO archive VALUES ('https://example.org/gone', 'x', 'page', 'f', 0, 't', 's', 'm', NULL, NULL, 'x');
"""
WRITTEN_BY = {
    "WARC-Date": "2024-05-02T12:00:00.123456Z",
    "Copydesk-Source": "desk",
    "Copydesk-Role": "page",
    "Copydesk-Media-Type": "text/html",
}


def write_as_version_1(folder: Path, body: bytes) -> None:
    """An archive as the first version wrote it, with warcio and without the digest of what HTTP had compressed."""
    sent, raw = gzip.compress(body), folder / "raw" / "2024-05-02" / "copydesk-20240502-0123abcd.warc.gz"
    raw.parent.mkdir(parents=True)
    with raw.open("wb") as stream:
        writer: Any = WARCWriter(stream, gzip=True, warc_version="1.1")
        http = StatusAndHeaders("200 OK", [("Content-Encoding", "gzip")], protocol="HTTP/1.1")
        fields = WRITTEN_BY | {
            "Copydesk-Asked": "https://example.org/short",
            "Copydesk-Charset": "utf-8",
            "Copydesk-Robots": "allowed",
            "Copydesk-Content": "decoded",
            "WARC-Payload-Digest": f"sha256:{sha256(sent).hexdigest()}",
        }
        make = writer.create_warc_record
        writer.write_record(
            make(URL, "response", payload=BytesIO(sent), length=len(sent), http_headers=http, warc_headers_dict=fields)
        )
        fields = WRITTEN_BY | {"WARC-Payload-Digest": f"sha256:{sha256(body).hexdigest()}", "Content-Type": "text/html"}
        writer.write_record(
            make("file:///a.html", "resource", payload=BytesIO(body), length=len(body), warc_headers_dict=fields)
        )
    with sqlite3.connect(folder / "state.db") as connection:
        connection.executescript(OLD_TABLES)
        connection.execute("CREATE TABLE lake (day TEXT)")


def test_the_index_of_an_older_version_is_rebuilt(tmp_path: Path) -> None:
    body = b"<p>The old bridge.</p>" * 20
    write_as_version_1(tmp_path, body)
    with open_archive(tmp_path, datetime(2025, 1, 1, tzinfo=UTC)) as archive:
        web = archive.known("https://example.org/short")
        file = archive.find("file:///a.html", sha256(body).hexdigest())
        assert web and file
        assert (web.url, web.charset, web.robots_verdict, web.fetched_at) == (URL, "utf-8", "allowed", NOON)
        assert web.raw_sha256 == sha256(body).hexdigest()
        assert list(archive.pages()) == [file, web]
        assert [archive.read(page.raw_file, page.raw_offset) for page in (web, file)] == [body, body]
        assert put(archive, "file:///a.html", body) == file
        answered = exchange(gzip.compress(body), body, Content_Encoding="gzip")
        assert archive.put_response(answered, source="desk", role="page") == web
        # What was noted of records that are nowhere is gone.
        assert archive.find("https://example.org/gone", "x") is None
    with sqlite3.connect(tmp_path / "state.db") as connection:
        assert connection.execute("SELECT version FROM archive_version").fetchall() == [(2,)]
        assert connection.execute("SELECT * FROM lake").fetchall() == []


def test_rights_come_back_from_the_index_and_from_the_record(tmp_path: Path) -> None:
    rights = Rights(tdm_reservation=False, content_usage="train-ai=n", license="https://example.org/l")
    with open_archive(tmp_path) as archive:
        page = archive.put_response(exchange(b"x", b"x"), source="s", role="page", rights=rights)
        assert page.rights == rights
        assert archive.page_at(page.raw_file, page.raw_offset) == page
    with open_archive(tmp_path) as archive:
        assert archive.known(URL) == page


def test_a_thread_writes_while_others_look(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:

        def write(first: int) -> None:
            for number in range(first, first + 120):
                put(archive, f"https://example.org/{number}", b"%d " % number * 500)

        writers = [Thread(target=write, args=(first,)) for first in (0, 60)]
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            for page in archive.pages():
                assert archive.check(page.raw_file, page.raw_offset, page.raw_sha256) is None
                assert archive.find(page.url, page.raw_sha256) == page
        assert len(list(archive.pages())) == 180
    kinds = [kind for file in warc_files(tmp_path) for kind in records(file)]
    assert kinds.count("resource") == 180


def test_pages_of_some_days(tmp_path: Path) -> None:
    for day in (1, 2, 3):
        with open_archive(tmp_path, datetime(2024, 5, day, 23, 59, 59, tzinfo=UTC)) as archive:
            put(archive, f"https://example.org/{day}")
    with open_archive(tmp_path) as archive:
        found = [page.url[-1] for page in archive.pages(date(2024, 5, 2), date(2024, 5, 3))]
        assert found == ["2", "3"]


def test_other_modules_tables_in_the_state_are_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "state.db") as connection:
        connection.execute("CREATE TABLE lake (day TEXT)")
        connection.execute("INSERT INTO lake VALUES ('monday')")
    with open_archive(tmp_path) as archive:
        put(archive)
    with sqlite3.connect(tmp_path / "state.db") as connection:
        assert connection.execute("SELECT * FROM lake").fetchall() == [("monday",)]


def test_a_state_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"this is a letter, not a database\n" * 40)
    with open_archive(tmp_path) as archive, pytest.raises(StateError, match=r"state\.db: .*move it away"):
        put(archive)


def test_a_state_of_a_newer_copydesk(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        put(archive)
    with sqlite3.connect(tmp_path / "state.db") as connection:
        connection.execute("UPDATE archive_version SET version = 99")
    with open_archive(tmp_path) as archive, pytest.raises(StateError, match="version 99"):
        put(archive)


def test_a_file_that_is_gone_is_archived_again(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        gone = put(archive)
    warc_files(tmp_path)[0].unlink()
    with open_archive(tmp_path) as archive:
        assert "restore the archive" in str(archive.check(gone.raw_file, gone.raw_offset, gone.raw_sha256))
        page = put(archive)
        assert archive.read(page.raw_file, page.raw_offset) == b"<p>one</p>"


def test_what_check_says(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        page = put(archive)
        assert "not " + "0" * 64 in str(archive.check(page.raw_file, page.raw_offset, "0" * 64))
        assert "holds no input" in str(archive.check(page.raw_file, 0, page.raw_sha256))
        assert "is damaged" in str(archive.check(page.raw_file, page.raw_offset + 3, page.raw_sha256))
        with pytest.raises(ArchiveError, match="the file ends before it"):
            archive.read(page.raw_file, 10**9)


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        page = put(archive, body=os.urandom(5000))
        file = tmp_path / "raw" / page.raw_file
        data = bytearray(file.read_bytes())
        data[page.raw_offset + 3000] ^= 1
        file.write_bytes(data)
        assert archive.check(page.raw_file, page.raw_offset, page.raw_sha256) is not None


@pytest.mark.parametrize("lost", [1, 40, 200])
def test_a_torn_tail_is_passed_over(tmp_path: Path, lost: int) -> None:
    with open_archive(tmp_path) as archive:
        kept, torn = put(archive), put(archive, "https://example.org/torn", os.urandom(400))
    file = tmp_path / "raw" / torn.raw_file
    file.write_bytes(file.read_bytes()[:-lost])
    with open_archive(tmp_path, datetime(2025, 1, 1, tzinfo=UTC)) as archive:
        assert put(archive) == kept
        assert "ends too early" in str(archive.check(torn.raw_file, torn.raw_offset, torn.raw_sha256))
        again = put(archive, "https://example.org/torn", b"anew")
        assert again.raw_file != torn.raw_file


def test_files_rotate_by_size(tmp_path: Path) -> None:
    with open_archive(tmp_path, rotate_bytes=2000) as archive:
        pages = [put(archive, f"https://example.org/{i}", os.urandom(900)) for i in range(6)]
        assert len(warc_files(tmp_path)) == 3
        assert {archive.check(page.raw_file, page.raw_offset, page.raw_sha256) for page in pages} == {None}


def test_files_rotate_by_day(tmp_path: Path) -> None:
    moments = [datetime(2024, 5, 2, 23, 59, tzinfo=UTC), datetime(2024, 5, 3, 0, 1, tzinfo=UTC)]
    now = iter([moments[0], moments[0], moments[1], moments[1]])
    with Archive(tmp_path / "raw", tmp_path / "state.db", clock=lambda: next(now)) as archive:
        pages = [put(archive, f"https://example.org/{number}") for number in range(2)]
    assert [page.raw_file[:10] for page in pages] == ["2024-05-02", "2024-05-03"]
    assert [kind for file in warc_files(tmp_path) for kind in records(file)] == ["warcinfo", "resource"] * 2


def test_an_archive_travels_to_another_process_by_pickle(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        page = put(archive)
        travelled = pickle.loads(pickle.dumps(archive))
        assert travelled.read(page.raw_file, page.raw_offset) == b"<p>one</p>"


def test_a_response_is_kept_as_sent_and_read_decoded(tmp_path: Path) -> None:
    body = b"<p>long</p>" * 100
    sent = gzip.compress(body)
    with open_archive(tmp_path) as archive:
        answered = exchange(sent, body, Content_Encoding="gzip", Transfer_Encoding="chunked", X_Odd="caf\u00e9")
        page = archive.put_response(answered, source="desk", role="page")
        assert page.raw_sha256 == sha256(body).hexdigest()
        assert (page.media_type, page.charset, page.robots_verdict) == ("text/html", "utf-8", "allowed")
        assert archive.read(page.raw_file, page.raw_offset) == body
    (file,) = warc_files(tmp_path)
    with file.open("rb") as stream:
        found = {record.rec_type: record.content_stream().read() for record in ArchiveIterator(stream)}
    assert set(found) == {"warcinfo", "request", "response"}
    assert found["response"] == body


def test_a_body_that_cannot_be_decoded_is_its_own_content(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        page = archive.put_response(exchange(b"no gzip", None, Content_Encoding="gzip"), source="s", role="error")
        assert archive.read(page.raw_file, page.raw_offset) == b"no gzip"
        assert archive.known(URL) is None


def test_a_response_seen_before_becomes_a_revisit(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        first = archive.put_response(exchange(b"same", b"same"), source="s", role="page")
        second = archive.put_response(
            exchange(b"same", b"same", asked="https://example.org/b"), source="s", role="page"
        )
        assert second == first
        assert archive.known("https://example.org/b") == first
    assert records(warc_files(tmp_path)[0]) == ["warcinfo", "request", "response", "request", "revisit"]
    for file in tmp_path.glob("state.db*"):
        file.unlink()
    with open_archive(tmp_path) as archive:
        assert archive.known("https://example.org/b") == first


WRITER = """
import sys, os
from pathlib import Path
from flows.collect.archive.archive import Archive
folder, first, count, own = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
archive = Archive(folder / "raw", folder / "state.db")
for number in range(first, first + count):
    archive.put(f"https://example.org/{number}", b"%d " % number * 2000, source=own, media_type="text/html")
    print(number, flush=True)
"""


def start_writer(folder: Path, first: int, count: int, name: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITER, str(folder), str(first), str(count), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def test_two_processes_write_at_once_and_each_page_is_archived_once(tmp_path: Path) -> None:
    writers = [start_writer(tmp_path, 0, 150, "a"), start_writer(tmp_path, 50, 150, "b")]
    assert [writer.communicate(timeout=60) and writer.returncode for writer in writers] == [0, 0]
    kinds = [kind for file in warc_files(tmp_path) for kind in records(file)]
    assert kinds.count("resource") == 200
    with open_archive(tmp_path) as archive:
        pages = list(archive.pages())
        assert {page.url for page in pages} == {f"https://example.org/{number}" for number in range(200)}
        assert {archive.check(page.raw_file, page.raw_offset, page.raw_sha256) for page in pages} == {None}


def test_a_killed_writer_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    writer = start_writer(tmp_path, 0, 100_000, "killed")
    assert writer.stdout is not None
    for line in writer.stdout:
        if int(line) == 60:
            writer.send_signal(signal.SIGKILL)
            break
    told = 60 + len(writer.stdout.readlines())
    writer.wait()
    with warc_files(tmp_path)[0].open("ab") as file:  # SIGKILL seldom hits the middle of a write; make sure it did
        file.write(b"\x1f\x8b\x08\x00 half a record")
    with open_archive(tmp_path) as archive:
        before = {page.url: page for page in archive.pages()}
        assert {f"https://example.org/{number}" for number in range(told + 1)} <= before.keys()
        after = [put(archive, f"https://example.org/{n}", b"%d " % n * 2000) for n in range(told + 5)]
        assert all(before.get(page.url, page) == page for page in after)
    whole = [
        kind
        for file in warc_files(tmp_path)
        if "half a record" not in repr(file.read_bytes())
        for kind in records(file)
    ]
    assert whole.count("resource") == told + 5 - len(before)


def test_a_record_that_nobody_noted_is_found(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        page = put(archive)
    with sqlite3.connect(tmp_path / "state.db") as connection:  # as if killed between the write and the note
        connection.execute("DELETE FROM archive")
        connection.execute("UPDATE archive_files SET indexed_to = ?, size = ?", (page.raw_offset, page.raw_offset))
    with open_archive(tmp_path, datetime(2025, 1, 1, tzinfo=UTC)) as archive:
        assert put(archive) == page


FULL_DISK = """
import os, resource, sys
from pathlib import Path
from flows.collect.archive.archive import Archive, ArchiveError
folder = Path(sys.argv[1])
archive = Archive(folder / "raw", folder / "state.db")
bodies = [os.urandom(100_000) for _ in range(4)]
put = lambda n: archive.put(f"https://example.org/{n}", bodies[n], source="s", media_type="text/html")
put(0)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (250_000, hard))
put(1)
try:
    put(2)
except ArchiveError:
    print("refused")
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
pages = [put(n) for n in range(4)]
print({archive.check(p.raw_file, p.raw_offset, p.raw_sha256) for p in pages}, len({p.raw_file for p in pages}))
"""


def test_a_full_disk_leaves_a_torn_tail_and_no_wrong_row(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path)]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=Path(__file__).parents[2], timeout=60, check=True
    )
    assert done.stdout.splitlines() == ["refused", "{None} 2"]
    with open_archive(tmp_path) as archive:
        assert len(list(archive.pages())) == 4
