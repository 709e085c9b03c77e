"""Whatever a server does, it ends in one outcome, in time, and what came is in the archive."""

import gzip
import itertools
from typing import Any

import brotli
import pytest

from flows.collect.client.answers import Failed, Fetched
from transforms.outcome import Reason

STORY = b"<p>seven boats</p>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def failure(outcome: Any) -> str:
    assert isinstance(outcome, Failed)
    return outcome.reject.detail


def endless(part: bytes) -> Any:
    return itertools.repeat(part)


LASTING = ("larger than", "answered", "the compressed body", "rot13")
SAID = b"Content-Length: 18\r\n\r\n" + STORY
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n12\r\n" + STORY + b"\r\n"


@pytest.mark.parametrize(
    ("steps", "cause", "attempts", "kept"),
    [
        # the length is wrong
        ([OK + b"Content-Length: 99\r\n\r\n" + STORY], "broke off after 18 bytes", 3, STORY),
        ([OK + b"Content-Length: 5\r\n\r\n" + STORY], "the answer is not HTTP", 1, b"HTTP/1.1 200"),
        ([OK + b"Content-Length: -5\r\n\r\n" + STORY], "the answer is not HTTP", 1, b"HTTP/1.1 200"),
        ([OK + b"Content-Length: many\r\n\r\n" + STORY], "the answer is not HTTP", 1, b"HTTP/1.1 200"),
        (
            [OK + b"Content-Length: 5\r\nContent-Length: 18\r\n\r\n" + STORY],
            "the answer is not HTTP",
            1,
            b"HTTP/1.1 200 OK",
        ),
        ([OK + b"Content-Length: 99\r\n\r\n" + STORY, 0.05, "reset"], "broke off after 18 bytes", 3, STORY),
        # chunks
        ([CHUNKED], "broke off after 18 bytes", 3, STORY),
        ([CHUNKED[:-9]], "broke off after 11 bytes", 3, STORY[:11]),
        ([CHUNKED + b"xyz\r\n"], "the answer is not HTTP", 1, b"HTTP/1.1 200"),
        ([CHUNKED.replace(b"12", b"f" * 20)], "the answer is not HTTP", 1, b"HTTP/1.1 200"),
        # not HTTP
        ([STORY], "the answer is not HTTP", 1, STORY),
        ([b"SSH-2.0-OpenSSH_9.6\r\n"], "the answer is not HTTP", 1, b"SSH-2.0"),
        ([b"HTTP/9.9 200 OK\r\n" + SAID], "the answer is not HTTP", 1, b"HTTP/9.9"),
        ([b"HTTP/1.1 abc\r\n" + SAID], "the answer is not HTTP", 1, b"HTTP/1.1 abc"),
        ([OK + b"what is this\r\n" + SAID], "the answer is not HTTP", 1, b"HTTP/1.1 200"),
        ([OK + b"X-Nul: a\0b\r\n" + SAID], "the answer is not HTTP", 1, b"HTTP/1.1 200"),
        ([b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"], "answered 101", 1, b""),
        # nothing at all; a connection that ends at once is opened anew by aiohttp before it counts as an attempt
        ([], "hung up without an answer", 6, None),
        (["reset"], "reset by peer", 6, None),
        # no end
        ([OK + b"\r\n", endless(b"x" * 10_000)], "larger than politeness.max_bytes", 1, b"x"),
        ([OK, endless(b"X-More: headers\r\n")], "Too many headers", 1, b"HTTP/1.1 200 "),
        ([OK + b"X-More: ", endless(b"x" * 10_000)], "more than 32768 bytes", 1, b"HTTP/1.1 200 "),
        ([b"HTTP/1.1 200 ", endless(b"x" * 10_000)], "more than 32768 bytes", 1, b"HTTP/1.1 200 "),
        ([endless(b"x" * 10_000)], "the answer is not HTTP", 1, b"xxx"),
        # too slow
        ([5.0], "no answer in time", 3, None),
        ([b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n", 0.05] * 9], "no answer in time", 3, b"HTTP/1.1 "),
        ([endless(b"HTTP/1.1 100 Continue\r\n\r\n")], "no answer in time", 3, b"HTTP/1.1 "),
        ([OK + b"\r\n", *[b"x", 0.05] * 9], "came too slowly", 3, b"x"),
        ([OK + b"Content-Length: 50\r\n\r\nxx", 5.0], "came too slowly after 2 bytes", 3, b"x"),
        # encodings
        ([OK + b"Content-Encoding: gzip\r\n" + SAID], "the compressed body is damaged", 1, STORY),
        ([OK + b"Content-Encoding: rot13\r\n" + SAID], "rot13 is not one we asked for", 1, STORY),
    ],
)
def test_a_server_that_misbehaves(
    desk: Any, liar: Any, steps: list[Any], cause: str, attempts: int, kept: bytes | None
) -> None:
    seconds = 0.2 if "time" in cause or "slowly" in cause else 5.0
    (found,) = desk.fetch(liar.say("/a", *steps), timeout_seconds=seconds, pause_seconds=0.0)
    assert cause in failure(found)
    assert found.reject.reason in (Reason.NOT_FETCHED, Reason.TOO_LARGE)
    assert liar.asked.count("/a") == attempts
    assert found.is_temporary is not cause.startswith(LASTING)
    if kept is None:
        assert found.page is None
    else:
        assert found.page is not None
        assert desk.read(found.page).startswith(kept)
        assert len(desk.read(found.page)) < 400_000


@pytest.mark.parametrize(
    "head",
    [
        b"\r\n",
        b"Transfer-Encoding: identity\r\n\r\n",
        b"X-Long: " + b"x" * 20_000 + b"\r\n" + SAID[: -len(STORY)],
        b"X-Odd: caf\xe9 \xff\r\n\r\n",
        b"X-Folded: a\r\n  b\r\n\r\n",
        b"Content-Type: text/plain\r\n\r\n",
        b"Content-Encoding: identity\r\n\r\n",
    ],
)
def test_oddities_that_are_borne(desk: Any, liar: Any, head: bytes) -> None:
    (found,) = desk.fetch(liar.say("/a", OK + head + STORY))
    assert isinstance(found, Fetched), found
    assert desk.read(found.page) == STORY


def test_a_status_line_in_any_bytes(desk: Any, liar: Any) -> None:
    (found,) = desk.fetch(liar.say("/a", b"HTTP/1.1 404 pas trouv\xe9\x01\r\n" + SAID))
    assert "answered 404 pas trouvé" in failure(found)
    assert desk.read(found.page) == STORY


def test_an_empty_page_is_a_page(desk: Any, site: Any) -> None:
    (found,) = desk.fetch(site.say("/a", {"body": b""}))
    assert (found.role, desk.read(found.page)) == ("page", b"")


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [("gzip", gzip.compress(bytes(20_000_000), mtime=0)), ("br", brotli.compress(bytes(20_000_000), quality=1))],
)
def test_a_page_that_is_too_large_once_decompressed(desk: Any, site: Any, encoding: str, bomb: bytes) -> None:
    url = site.say("/a", {"body": bomb, "headers": {"Content-Encoding": encoding}})
    (found,) = desk.fetch(url)
    assert found.reject.reason is Reason.TOO_LARGE
    assert desk.read(found.page) == bomb


@pytest.mark.parametrize(
    ("encoding", "sent"), [("gzip", gzip.compress(STORY, mtime=0)), ("br", brotli.compress(STORY)), ("identity", STORY)]
)
def test_a_compressed_page_is_read_decoded_and_kept_as_sent(desk: Any, site: Any, encoding: str, sent: bytes) -> None:
    (found,) = desk.fetch(site.say("/a", {"body": sent, "headers": {"Content-Encoding": encoding}}))
    assert desk.read(found.page) == STORY
    assert found.exchange.sent == sent
