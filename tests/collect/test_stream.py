"""Large files come in pieces, politely, and are taken up where a connection breaks off."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from flows.collect.client.blocking import stream_blocking
from flows.collect.client.exchange import EVERY_HOST, Errand
from flows.collect.client.fetcher import Fetcher
from flows.collect.client.stream import StreamFailed

ROBOTS = "/robots.txt"
FORBID_ALL = b"User-agent: *\nDisallow: /\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LOCAL = frozenset({"127.0.0.1"})


FILE = bytes(range(256)) * 400


def parts_of(*cuts: int, version: bytes = b'ETag: "v1"\r\n') -> Callable[[], list[Any]]:
    """What a server says that breaks off after each cut and sends the rest when it is asked for it."""
    starts = iter([0, *cuts])
    ends = iter([*cuts, len(FILE)])

    def steps() -> list[Any]:
        start, end = next(starts), next(ends)
        size = len(FILE) - start
        status = b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %d-%d/%d\r\n"
        head = status % (start, len(FILE) - 1, len(FILE)) if start else b"HTTP/1.1 200 OK\r\n"
        return [head + version + b"Content-Length: %d\r\n\r\n" % size + FILE[start:end]]

    return steps


def streamed(desk: Any, url: str, private: frozenset[str] = EVERY_HOST, **politeness: Any) -> bytes:
    def make(*_: object) -> Fetcher:
        fetcher: Fetcher = desk.fetcher(**politeness)
        return fetcher

    return b"".join(stream_blocking(Errand(url, "harbour", private), desk.politeness, desk.archive, make_fetcher=make))


def test_a_file_larger_than_any_page(desk: Any, site: Any) -> None:
    url = site.say("/a.warc.gz", {"body": FILE, "media_type": "application/octet-stream"})
    assert len(FILE) > desk.politeness.max_bytes
    assert streamed(desk, url) == FILE
    assert site.asked == [ROBOTS, "/a.warc.gz"]
    assert site.headers_of("/a.warc.gz")[0]["accept-encoding"] == "identity"


def test_a_file_that_breaks_off_is_taken_up_there(desk: Any, liar: Any) -> None:
    liar.steps["/a"] = parts_of(10, 50_000, 50_001)
    assert streamed(desk, f"{liar.url}/a") == FILE
    assert liar.asked.count("/a") == 4


@pytest.mark.parametrize(
    ("again", "cause"),
    [
        ([OK + b"Content-Length: 3\r\n\r\nabc"], "it has changed, or its server does not send parts"),
        ([b"HTTP/1.1 206 X\r\nContent-Range: bytes 0-9/10\r\n\r\n" + FILE], "it has changed, or its server"),
        ([b"HTTP/1.1 416 X\r\n\r\n"], "it has changed, or its server"),
        ([b"HTTP/1.1 404 X\r\n\r\n"], "it has changed, or its server"),
        ([], "hung up without an answer"),
    ],
)
def test_a_file_that_cannot_be_taken_up(desk: Any, liar: Any, again: list[Any], cause: str) -> None:
    answers = iter([[OK + b'ETag: "v1"\r\nContent-Length: 99\r\n\r\nabc']])
    liar.steps["/a"] = lambda: next(answers, again)
    with pytest.raises(StreamFailed, match=cause):
        streamed(desk, f"{liar.url}/a")


@pytest.mark.parametrize("version", [b"", b'ETag: W/"v1"\r\n'])
def test_a_file_without_a_version_is_not_pieced_together(desk: Any, liar: Any, version: bytes) -> None:
    liar.steps["/a"] = parts_of(10, version=version)
    with pytest.raises(StreamFailed, match="broke off after 10 bytes; its server names no version"):
        streamed(desk, f"{liar.url}/a")


def test_a_file_lies_elsewhere(desk: Any, site: Any) -> None:
    site.say("/b", {"body": FILE})
    url = site.say("/a", {"status": 503}, {"status": 302, "headers": {"Location": "/b"}})
    assert streamed(desk, url) == FILE
    assert site.pages_asked == ["/a", "/a", "/b"]


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        ({"status": 404}, "answered 404"),
        ({"status": 503}, "answered 503"),
        ({"status": 429, "headers": {"Retry-After": "4000"}}, "answered 429"),
        ({"status": 302, "headers": {"Location": "/a"}}, "redirects more than 10 times"),
        ({"status": 302, "headers": {"Location": "file:///etc/passwd"}}, "not an http or https address"),
        ({"status": 302, "headers": {"Location": "http://10.0.0.1/"}}, "private network"),
    ],
)
def test_files_that_cannot_be_had(desk: Any, site: Any, answer: dict[str, Any], cause: str) -> None:
    with pytest.raises(StreamFailed, match=cause):
        streamed(desk, site.say("/a", answer), LOCAL)


def test_a_file_that_robots_forbid(desk: Any, site: Any) -> None:
    site.say(ROBOTS, {"body": FORBID_ALL})
    with pytest.raises(StreamFailed, match="forbids copydesk"):
        streamed(desk, f"{site.url}/a")
    assert site.asked == [ROBOTS]


def test_a_file_that_stalls(desk: Any, liar: Any) -> None:
    url = liar.say("/a", OK + b"Content-Length: 9\r\n\r\nabc", 5.0)
    with pytest.raises(StreamFailed, match="broke off after 3 bytes"):
        streamed(desk, url, timeout_seconds=0.1)


def test_a_file_that_is_left_in_the_middle(desk: Any, liar: Any) -> None:
    url = liar.say("/a", OK + b"\r\n", itertools.repeat(b"x" * 10_000))
    pieces = stream_blocking(
        Errand(url, "harbour", EVERY_HOST), desk.politeness, desk.archive, make_fetcher=lambda *_: desk.fetcher()
    )
    assert next(pieces).startswith(b"xx")
    pieces.close()
