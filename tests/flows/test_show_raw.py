"""`copydesk show --raw`: the bytes an article was read from, exactly, or what to do when they are not there."""

import gzip
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.collect.archive.archive import Archive, ArchiveError
from flows.collect.client.exchange import Exchange
from flows.problem import Problem
from flows.settings import Settings
from flows.show.raw import print_headers, print_raw
from transforms.collect.page import Page
from transforms.tables import ARTICLES, Rows

COPYDESK = Path(sys.executable).with_name("copydesk")
DAY = datetime(2024, 12, 1, 9, 30, tzinfo=UTC)
PAGE = "<h1>Łódź bridge</h1>\r\n<p>Open\x1b]0;gotcha\x07 again.</p>".encode()
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 3
PRESSED = Exchange(
    url="https://news.example/web",
    asked="https://news.example/web",
    request_headers=(("Host", "news.example"),),
    protocol="HTTP/1.1",
    status=200,
    phrase="OK",
    headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("X-Name", "caf\xe9")),
    sent=gzip.compress(PAGE),
    body=PAGE,
)


@pytest.fixture
def archive(settings: Settings) -> Archive:
    return Archive(settings.storage.raw, settings.storage.state)


@pytest.fixture
def lake(settings: Settings, archive: Archive) -> Path:
    """Articles read from a web page, from a PDF, from bytes that others took the place of, and from a lost file."""
    with archive:
        web = archive.put_response(PRESSED, source="s", role="page")
        pdf = archive.put("file:///report.pdf", PDF, source="s", media_type="application/pdf")
    swapped = replace(pdf, raw_sha256=sha256(b"others").hexdigest())
    lost = replace(pdf, raw_file="2024-01-01/copydesk-20240101-00000000.warc.gz")
    pages = {"aaaa0001": web, "bbbb0002": pdf, "cccc0003": swapped, "dddd0004": lost}
    for day, (article_id, page) in enumerate(pages.items(), start=1):
        write_article(settings.storage.lake / "articles" / f"date=2024-12-{day:02}", article_id, page)
    return settings.storage.lake


def write_article(folder: Path, article_id: str, page: Page) -> None:
    rows = Rows(ARTICLES)
    row = {"url": page.url, "source": "s", "fetched_at": DAY, "authors": [], "headline": article_id, "text": "Text."}
    row |= {"input_id": article_id, "text_sha256": "", "rules_version": "0", "schema_version": 1, "version": "v1"}
    place = {"raw_file": page.raw_file, "raw_offset": page.raw_offset, "raw_sha256": page.raw_sha256}
    rows.add(article_id=article_id, **row, **place)
    folder.mkdir(parents=True)
    pq.write_table(rows.to_arrow(), folder / "articles.parquet")


def command(settings: Settings, *words: str) -> tuple[list[str], dict[str, str]]:
    environment = {**os.environ, "COPYDESK_CONFIG": str(settings.file), "PREFECT_API_URL": ""}
    return [str(COPYDESK), "show", *words], environment


@pytest.mark.parametrize(("wanted", "content"), [("aaaa0001", PAGE), ("bbbb0002", PDF)])
def test_a_pipe_gets_exactly_the_bytes(
    lake: Path, archive: Archive, capsysbinary: pytest.CaptureFixture[bytes], wanted: str, content: bytes
) -> None:
    print_raw(lake, archive, wanted)
    assert capsysbinary.readouterr().out == content


def test_the_headers_as_they_were_sent(
    lake: Path, archive: Archive, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    print_headers(lake, archive, "aaaa0001")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nX-Name: caf\xe9\r\n"
    assert capsysbinary.readouterr().out == head
    with pytest.raises(Problem, match="bbbb0002/v1 was read from a file, so no HTTP headers"):
        print_headers(lake, archive, "bbbb0002")


def test_other_bytes_are_not_passed_off_as_the_articles(lake: Path, archive: Archive) -> None:
    with pytest.raises(ArchiveError, match=r"not the bytes that cccc0003/v1 was read from .*restore the file"):
        print_raw(lake, archive, "cccc0003")


def test_lost_bytes_name_the_cure(lake: Path, archive: Archive) -> None:
    with pytest.raises(ArchiveError, match=r"20240101-00000000\.warc\.gz: No such file .*restore the archive folder"):
        print_raw(lake, archive, "dddd0004")


def test_the_command_in_a_pipe(settings: Settings, lake: Path) -> None:  # noqa: ARG001
    words, environment = command(settings, "bbbb0002", "--raw")
    assert subprocess.run(words, env=environment, capture_output=True, check=True, timeout=60).stdout == PDF


def test_an_unknown_article(lake: Path, archive: Archive) -> None:
    with pytest.raises(Problem, match="no article of 4 has the id, address or headline 'aaaa0009'"):
        print_raw(lake, archive, "aaaa0009")


def at_a_terminal(words: list[str], environment: dict[str, str]) -> tuple[int, bytes, bytes]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(words, env=environment, stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:  # Linux says so when nobody writes to the terminal any more
        pass
    finally:
        os.close(ours)
    return process.wait(60), shown, process.communicate()[1]


def test_a_page_cannot_steer_the_terminal(settings: Settings, lake: Path) -> None:  # noqa: ARG001
    exit_code, shown, _ = at_a_terminal(*command(settings, "aaaa0001", "--raw"))
    assert exit_code == 0
    assert shown.decode() == "<h1>Łódź bridge</h1>\r\n<p>Open ]0;gotcha  again.</p>\r\n"


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("show", [print_raw, print_headers])
def test_a_terminal_gets_no_binary(
    lake: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch, show: Callable[[Path, Archive, str], None]
) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    with pytest.raises(Problem, match=r"777 bytes of application/pdf.*--raw 'bbbb0002' > FILE|no HTTP headers"):
        show(lake, archive, "bbbb0002")
    assert screen.getvalue() == ""
