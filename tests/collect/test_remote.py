"""WARC files that lie elsewhere: over HTTP politely, from S3 as it is, and one refusal when the line breaks."""

import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from flows.collect.client.answers import failed
from flows.collect.client.blocking import stream_blocking
from flows.collect.client.exchange import EVERY_HOST, Errand
from flows.collect.client.stream import StreamFailed
from flows.collect.files.read_files import FileReader
from flows.collect.warcs.remote import is_remote_warc, read_remote_warc
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
KEEP = 50_000


def record(url: str, body: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-11-05T06:07:08Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


CRAWL = b"".join(
    record(f"https://harbour.example/{n}", b"<p>%d %s</p>" % (n, sha256(b"%d" % n).hexdigest().encode() * 200))
    for n in range(60)
)


@pytest.fixture
def read(desk: Any) -> Callable[..., list[Page | Refused]]:
    """Reads the WARC at an address, as a source that may ask this machine."""

    def fetch(address: str) -> Iterator[bytes]:
        errand = Errand(address, "harbour", EVERY_HOST)
        politeness = desk.politeness.model_copy(update={"pause_seconds": 0.0})
        return stream_blocking(errand, politeness, desk.archive)

    def read(address: str, fetch: Callable[[str], Iterator[bytes]] = fetch, **environment: str) -> list[Page | Refused]:
        reader = FileReader(desk.archive, lambda: NOON, KEEP, [])
        return list(read_remote_warc(address, "harbour", reader, fetch, environment))

    return read


def test_a_warc_on_a_web_server(desk: Any, site: Any, read: Callable[..., list[Any]]) -> None:
    address = site.say("/crawl.warc.gz", {"body": CRAWL, "media_type": "application/octet-stream"})
    pages = read(address)
    assert [page.url for page in pages] == [f"https://harbour.example/{n}" for n in range(60)]
    assert {(page.source, page.fetched_at) for page in pages} == {
        ("harbour", datetime(2023, 11, 5, 6, 7, 8, tzinfo=UTC)),
    }
    assert desk.read(pages[0]).startswith(b"<p>0 ")
    assert site.asked == ["/robots.txt", "/crawl.warc.gz"]


@pytest.mark.parametrize(
    ("robots", "status", "reason"),
    [
        (b"User-agent: *\nDisallow: /", 200, Reason.ROBOTS_FORBID),
        (b"", 404, Reason.GONE),
        (b"", 403, Reason.NOT_FETCHED),
    ],
)
def test_a_warc_that_cannot_be_had(
    site: Any, read: Callable[..., list[Any]], robots: bytes, status: int, reason: Reason
) -> None:
    site.say("/robots.txt", {"body": robots, "media_type": "text/plain"})
    address = site.say("/crawl.warc.gz", {"body": CRAWL, "status": status})
    (refused,) = read(address)
    assert isinstance(refused, Refused)
    assert (refused.url, refused.source, refused.reject.reason) == (address, "harbour", reason)


def test_a_connection_that_breaks_for_good(read: Callable[..., list[Any]]) -> None:
    def fetch(address: str) -> Iterator[bytes]:
        yield CRAWL[:1000]
        yield CRAWL[1000 : len(CRAWL) // 2]
        raise StreamFailed(failed(Reason.NOT_FETCHED, f"{address} broke off"))

    *pages, refused = read("https://harbour.example/crawl.warc.gz", fetch)
    assert 28 <= len(pages) <= 30
    assert isinstance(refused, Refused)
    assert refused.reject.detail == "https://harbour.example/crawl.warc.gz broke off"


def test_a_stream_is_read_as_it_comes_and_left_when_nobody_reads(desk: Any) -> None:
    given, closed = [], []

    def fetch(_: str) -> Iterator[bytes]:
        try:
            for at in range(0, 1 << 40, 1 << 16):
                given.append(at)
                yield record("https://harbour.example/a", b"<p>%d" % at)
        finally:
            closed.append(True)

    reader = FileReader(desk.archive, lambda: NOON, KEEP, [])
    pages = read_remote_warc("https://harbour.example/a.warc.gz", None, reader, fetch, {})
    assert isinstance(next(pages), Page)
    assert len(given) < 10_000
    pages.close()  # type: ignore[attr-defined]
    assert closed == [True]


@pytest.fixture
def store() -> Iterator[Any]:
    """An object store that speaks as much S3 as reading takes; what it was asked is in `asked`."""
    asked: list[tuple[str, str, str | None]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.answer(has_body=False)

        def do_GET(self) -> None:
            self.answer(has_body=True)

        def answer(self, *, has_body: bool) -> None:
            asked.append((self.command, self.path, self.headers["Authorization"]))
            body = CRAWL if self.path == "/bucket/deep/crawl.warc.gz" else None
            if body is None:
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            first, _, last = (self.headers["Range"] or "bytes=0-").removeprefix("bytes=").partition("-")
            part = body[int(first) : int(last) + 1 if last else None]
            self.send_response(206 if self.headers["Range"] else 200)
            self.send_header("Content-Length", str(len(part)))
            self.send_header("ETag", '"1"')
            self.send_header("Last-Modified", "Sun, 05 Nov 2023 06:07:08 GMT")
            self.send_header("Content-Range", f"bytes {first}-{int(first) + len(part) - 1}/{len(body)}")
            self.end_headers()
            if has_body:
                self.wfile.write(part)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked = asked  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


def test_a_warc_in_s3(store: Any, read: Callable[..., list[Any]], tmp_path: Any) -> None:
    endpoint = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{store.server_port}",
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
    }
    pages = read("s3://bucket/deep/crawl.warc.gz", **endpoint)
    assert [page.url for page in pages] == [f"https://harbour.example/{n}" for n in range(60)]
    assert {authorization for _, _, authorization in store.asked} == {None}
    (refused,) = read("s3://bucket/gone.warc.gz", **endpoint)
    assert (refused.url, refused.source, refused.reject.reason) == (
        "s3://bucket/gone.warc.gz",
        "harbour",
        Reason.NOT_FETCHED,
    )
    assert "check address and region" in refused.reject.detail


def test_a_private_bucket(store: Any, read: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "desk", "AWS_SECRET_ACCESS_KEY": "secret"}
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    pages = read("s3://bucket/deep/crawl.warc.gz", AWS_ENDPOINT_URL=f"http://127.0.0.1:{store.server_port}", **keys)
    assert len(pages) == 60
    assert all("Credential=desk/" in (authorization or "") for _, _, authorization in store.asked)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://data.example/crawl-data/CC-NEWS/2024/05/x.warc.gz", True),
        ("S3://bucket/x.WARC", True),
        ("https://data.example/x.warc.gz?token=1", True),
        ("https://data.example/warc", False),
        ("file:///x.warc.gz", False),
        ("x.warc.gz", False),
        ("http://[", False),
    ],
)
def test_addresses_of_warcs(text: str, is_one: bool) -> None:
    assert is_remote_warc(text) == is_one
