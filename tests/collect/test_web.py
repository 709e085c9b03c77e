"""The web is asked politely, within limits; what comes back is archived and has one outcome."""

import gzip
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest

from flows.collect.addresses import is_public
from flows.collect.answers import Failed
from flows.collect.http import Fetcher
from flows.collect.network import NoContact, user_agent
from flows.collect.sources import Source
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason

ROBOTS = "/robots.txt"


def source(**keys: Any) -> dict[str, Source]:
    return {"harbour": Source(key="harbour", country="PT", **{"allow_private": True, **keys})}


def outcomes(found: Sequence[Page | Refused]) -> list[tuple[str, str]]:
    return [
        (item.url.rpartition("/")[2], item.reject.reason if isinstance(item, Refused) else "page") for item in found
    ]


def detail(item: Page | Refused) -> str:
    assert isinstance(item, Refused)
    return item.reject.detail


def test_a_page_typed_by_itself(desk: Any, site: Any) -> None:
    (page,) = desk.collect(site.page("/a", "Ferry resumes"))
    assert isinstance(page, Page)
    assert desk.read(page) == b"<html><p>Ferry resumes</p></html>"
    assert (page.source, page.media_type, page.charset) == ("127.0.0.1", "text/html", "utf-8")
    assert page.robots_verdict == "no_robots"
    assert site.asked == [ROBOTS, "/a"]
    assert site.user_agents == {"copydesk/0.1.0 (+mailto:desk@example.org)"}


def test_a_feed_of_pages(desk: Any, site: Any) -> None:
    site.say(ROBOTS, {"body": b"User-agent: *\nDisallow: /private\n"})
    site.page("/a", "one")
    site.page("/b", "two")
    site.page("/private", "three")
    feed = site.feed("/rss", "/a", "/b#top", "/private", "/gone", "ftp://example.org/x", "/a")
    desk.sources = source(feeds=(feed,))
    found = desk.collect("harbour")
    assert outcomes(found) == [
        ("a", "page"),
        ("b", "page"),
        ("private", Reason.ROBOTS_FORBID),
        ("gone", Reason.NOT_FETCHED),
        ("x", Reason.NOT_FETCHED),
    ]
    assert [(page.robots_verdict, page.country, page.source) for page in found[:2]] == [
        ("allowed", "PT", "harbour")
    ] * 2
    assert site.asked == [ROBOTS, "/rss", "/a", "/b", "/gone"]


def test_a_feed_typed_by_itself_is_known_by_its_content(desk: Any, site: Any) -> None:
    site.page("/a", "one")
    feed = site.feed("/news", "/a")
    site.answers["/news"].media_type = "text/html"
    assert outcomes(desk.collect(feed)) == [("a", "page")]


def test_what_is_archived_is_not_asked_for_again(desk: Any, site: Any) -> None:
    site.page("/a", "one")
    site.say("/short", {"status": 302, "headers": {"Location": "/a?full"}})
    site.page("/a?full", "one")
    desk.sources = source(feeds=(site.feed("/rss", "/a", "/short"),))
    first = desk.collect("harbour")
    site.asked.clear()
    assert desk.collect("harbour") == first
    assert site.asked == [ROBOTS, "/rss"]
    assert desk.collect(f"{site.url}/a") == first[:1]
    site.asked.clear()
    assert desk.collect(f"{site.url}/a", again=True) == first[:1]
    assert site.asked == [ROBOTS, "/a"]


def test_since_leaves_out_older_entries_and_keeps_undated_ones(desk: Any, site: Any) -> None:
    items = "".join(
        f"<item><link>/{name}</link>{when}</item>"
        for name, when in [
            ("old", "<pubDate>Tue, 30 Apr 2024 23:59:59 GMT</pubDate>"),
            ("new", "<pubDate>Wed, 01 May 2024 00:00:00 GMT</pubDate>"),
            ("undated", ""),
        ]
    )
    feed = site.say("/rss", {"body": f"<rss version='2.0'><channel>{items}</channel></rss>".encode()})
    for path in ("/old", "/new", "/undated"):
        site.page(path, path)
    desk.sources = source(feeds=(feed,))
    assert outcomes(desk.collect("harbour", since=date(2024, 5, 1))) == [("new", "page"), ("undated", "page")]


@pytest.mark.parametrize(
    ("robots", "reason"),
    [
        ({"body": b"User-agent: *\nDisallow: /\n"}, Reason.ROBOTS_FORBID),
        ({"status": 500}, Reason.ROBOTS_UNREACHABLE),
        ({"status": 501}, Reason.ROBOTS_UNREACHABLE),
        ({"status": 429}, Reason.ROBOTS_UNREACHABLE),
        ({"body": b"User-agent: *", "headers": {"Content-Length": "99"}, "cut": 5}, Reason.ROBOTS_UNREACHABLE),
        ({"body": b"User-agent: *", "headers": {"Content-Encoding": "gzip"}}, Reason.ROBOTS_UNREACHABLE),
        ({"body": b"User-agent: *\nDisallow: /\n" + b"#" * 60_000}, Reason.ROBOTS_FORBID),
        ({"status": 403}, "page"),
        ({"status": 301, "headers": {"Location": "/other/robots.txt"}}, Reason.ROBOTS_FORBID),
        ({"status": 301, "headers": {"Location": "/robots.txt"}}, "page"),
    ],
)
def test_robots(desk: Any, site: Any, robots: dict[str, Any], reason: str) -> None:
    site.say(ROBOTS, robots)
    site.say("/other/robots.txt", {"body": b"User-agent: copydesk\nDisallow: /a\n"})
    page = site.page("/a", "one")
    found = desk.collect(page)
    assert outcomes(found) == [("a", reason)]
    assert ("/a" in site.asked) is (reason == "page")


def test_a_redirect_to_a_forbidden_path_is_not_followed(desk: Any, site: Any) -> None:
    site.say(ROBOTS, {"body": b"User-agent: *\nDisallow: /private\n"})
    site.page("/private/a", "secret")
    found = desk.collect(site.say("/a", {"status": 301, "headers": {"Location": "/private/a"}}))
    assert outcomes(found) == [("a", Reason.ROBOTS_FORBID)]
    assert site.asked == [ROBOTS, "/a"]


@pytest.mark.parametrize(
    ("location", "cause"),
    [
        ("/a", "redirects more than 5 times"),
        ("file:///etc/passwd", "not an http or https"),
        ("http://[x", "not an http"),
    ],
)
def test_redirects_that_lead_nowhere(desk: Any, site: Any, location: str, cause: str) -> None:
    (refused,) = desk.collect(site.say("/a", {"status": 302, "headers": {"Location": location}}))
    assert cause in detail(refused)


def test_an_error_page_is_archived_too(desk: Any, site: Any) -> None:
    (refused,) = desk.collect(f"{site.url}/gone")
    assert isinstance(refused, Refused)
    assert refused.reject.reason is Reason.NOT_FETCHED
    assert "answered 404 Not Found" in refused.reject.detail
    assert desk.read(refused) == b"nothing here"
    assert site.asked == [ROBOTS, "/gone"]
    assert desk.collect(f"{site.url}/gone") == [refused]


def test_a_server_error_is_tried_again(desk: Any, site: Any) -> None:
    page = site.say(
        "/a", {"status": 500}, {"status": 503, "headers": {"Retry-After": "17"}}, {"body": b"<p>at last</p>"}
    )
    assert outcomes(desk.collect(page)) == [("a", "page")]
    assert site.asked == [ROBOTS, "/a", "/a", "/a"]
    assert desk.slept == [2.0, 2.0, 17.0]


def test_a_server_that_keeps_failing(desk: Any, site: Any) -> None:
    (refused,) = desk.collect(site.say("/a", {"status": 503, "body": b"busy"}))
    assert site.asked.count("/a") == 3
    assert "answered 503" in detail(refused)
    assert desk.read(refused) == b"busy"


def test_a_host_that_asks_for_a_long_rest_gets_it(desk: Any, site: Any) -> None:
    site.say("/a", {"status": 429, "headers": {"Retry-After": "Thu, 02 May 2024 13:00:00 GMT"}})
    found = desk.collect(f"{site.url}/a", site.page("/b", "two"))
    assert outcomes(found) == [("a", Reason.NOT_FETCHED), ("b", Reason.NOT_FETCHED)]
    assert "asks us to wait 3600 seconds" in detail(found[1])
    assert site.asked == [ROBOTS, "/a"]


def test_the_pause_between_requests(desk: Any, site: Any) -> None:
    site.say(ROBOTS, {"body": b"User-agent: *\nCrawl-delay: 9\n"})
    desk.collect(site.page("/a", "one"), site.page("/b", "two"))
    assert desk.slept == [2.0, 9.0]


def test_a_body_that_breaks_off_is_tried_again_and_archived(desk: Any, site: Any) -> None:
    (refused,) = desk.collect(site.say("/a", {"body": b"<p>half a story", "cut": 7}))
    assert isinstance(refused, Refused)
    assert refused.reject.reason is Reason.NOT_FETCHED
    assert "broke off after 7 bytes" in refused.reject.detail
    assert desk.read(refused) == b"<p>half"
    assert site.asked.count("/a") == 3


def test_a_page_that_is_too_large(desk: Any, site: Any) -> None:
    (refused,) = desk.collect(site.say("/a", {"body": bytes(400_000)}))
    assert isinstance(refused, Refused)
    assert refused.reject.reason is Reason.TOO_LARGE
    assert 50_000 < len(desk.read(refused)) < 400_000
    assert site.asked.count("/a") == 1


def test_a_page_that_is_too_large_once_decompressed(desk: Any, site: Any) -> None:
    bomb = gzip.compress(bytes(10_000_000))
    (refused,) = desk.collect(site.say("/a", {"body": bomb, "headers": {"Content-Encoding": "gzip"}}))
    assert isinstance(refused, Refused)
    assert refused.reject.reason is Reason.TOO_LARGE
    assert desk.read(refused) == bomb


def test_a_compressed_page_is_read_decoded(desk: Any, site: Any) -> None:
    body = b"<p>one</p>" * 30
    (page,) = desk.collect(site.say("/a", {"body": gzip.compress(body), "headers": {"Content-Encoding": "gzip"}}))
    assert desk.read(page) == body


@pytest.mark.parametrize(
    ("answer", "reason", "cause"),
    [
        ({"body": b""}, Reason.EMPTY, "empty body"),
        ({"status": 204}, Reason.NOT_FETCHED, "answered 204"),
        ({"status": 302}, Reason.NOT_FETCHED, "answered 302"),
        ({"body": b"%PDF", "media_type": "application/pdf"}, Reason.UNKNOWN_KIND, "is application/pdf"),
        ({"body": b"<html>", "headers": {"Content-Encoding": "gzip"}}, Reason.NOT_FETCHED, "damaged"),
        ({"body": b"x", "headers": {"Content-Encoding": "br"}}, Reason.NOT_FETCHED, "not one we asked for"),
    ],
)
def test_answers_that_are_no_pages(desk: Any, site: Any, answer: dict[str, Any], reason: Reason, cause: str) -> None:
    url = site.say("/a", answer)
    (refused,) = desk.collect(url)
    assert isinstance(refused, Refused)
    assert refused.reject.reason is reason
    assert cause in refused.reject.detail
    assert refused.raw_file is not None
    assert desk.collect(url) == [refused]


def test_a_feed_that_is_a_page(desk: Any, site: Any) -> None:
    html = b'<html><link rel="alternate" type="application/atom+xml" href="/atom.xml"></html>'
    desk.sources = source(feeds=(site.say("/rss", {"body": html}),), urls=(site.page("/b", "two"),))
    found = desk.collect("harbour")
    assert outcomes(found) == [("b", "page"), ("rss", Reason.NOT_A_FEED)]
    assert f"use {site.url}/atom.xml" in detail(found[1])
    assert desk.read(found[1]) == html


def test_a_feed_that_names_a_feed_and_one_that_names_nothing(desk: Any, site: Any) -> None:
    site.feed("/empty")
    assert outcomes(desk.collect(site.feed("/rss", "/empty"))) == [("empty", Reason.UNKNOWN_KIND)]
    assert outcomes(desk.collect(f"{site.url}/empty")) == [("empty", Reason.EMPTY)]


def test_one_bad_source_does_not_stop_the_others(desk: Any, site: Any) -> None:
    desk.sources = {
        "bad": Source(key="bad", feeds=("http://127.0.0.1:9/rss",), allow_private=True),
        **source(urls=(site.page("/a", "one"),)),
    }
    assert outcomes(desk.collect()) == [("rss", Reason.ROBOTS_UNREACHABLE), ("a", "page")]


def test_loopback_is_refused_unless_the_source_says_so(desk: Any, site: Any) -> None:
    feed = site.feed("/rss", "/a")
    desk.sources = source(feeds=(feed,), allow_private=False)
    (refused,) = desk.collect("harbour")
    assert "an address of this machine or a private network; a source that means it says" in detail(refused)
    assert site.asked == []


def test_a_typed_private_address_opens_no_other_private_host(desk: Any, site: Any) -> None:
    port = site.url.rpartition(":")[2]
    found = desk.collect(site.feed("/rss", f"http://localhost:{port}/a", "/b"))
    assert outcomes(found) == [("a", Reason.ROBOTS_UNREACHABLE), ("b", Reason.NOT_FETCHED)]
    assert "private network" in detail(found[0])
    assert site.asked == [ROBOTS, "/rss", "/b"]


@pytest.mark.parametrize("contact", ["", "  ", "nobody", "mailto:", "mailto:@", "ftp://example.org", "a b@example.org"])
def test_without_a_contact_nothing_is_fetched(desk: Any, site: Any, contact: str) -> None:
    desk.politeness = desk.politeness.model_copy(update={"contact": contact})
    with pytest.raises(NoContact, match=r"politeness\.contact in config/copydesk\.toml"):
        desk.collect(site.page("/a", "one"))
    assert site.asked == []


@pytest.mark.parametrize("contact", ["desk@example.org", "mailto:desk@example.org", "https://example.org/bot"])
def test_how_we_present_ourselves(contact: str) -> None:
    assert user_agent(contact).startswith("copydesk/")
    assert contact in user_agent(contact)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("64:ff9b::5db8:d822", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses(address: str, expected: bool) -> None:
    assert is_public(address) is expected


def test_a_name_that_does_not_exist_is_asked_once(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []

    def unknown(host: str, *_: object, **__: object) -> None:
        calls.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    (refused,) = desk.collect("http://nowhere.invalid/a")
    assert "the host's name is not known" in detail(refused)
    assert len(calls) == 1


@pytest.fixture
def mute_server() -> Iterator[str]:
    """Accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_server_that_never_answers(desk: Any, mute_server: str) -> None:
    desk.politeness = desk.politeness.model_copy(update={"timeout_seconds": 0.1})
    (refused,) = desk.collect(f"{mute_server}/a")
    assert isinstance(refused, Refused)
    assert refused.reject.reason is Reason.ROBOTS_UNREACHABLE
    assert "no answer in time" in refused.reject.detail


@pytest.fixture
def dripping_server() -> Iterator[str]:
    """Has no robots.txt, and sends its page a byte every hundredth of a second."""
    stop = threading.Event()

    def drip(server: socket.socket) -> None:
        while not stop.is_set():
            connection, _ = server.accept()
            with connection, suppress(OSError):
                if b"robots.txt" in connection.recv(4096):
                    connection.sendall(b"HTTP/1.1 404 Gone\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    continue
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while not stop.wait(0.01):
                    connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,))
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        stop.set()
        with suppress(OSError), socket.create_connection(server.getsockname(), 1) as last:
            last.sendall(b"robots.txt")
        thread.join()


def test_a_body_that_drips_is_cut_at_the_time_limit(desk: Any, dripping_server: str) -> None:
    politeness = desk.politeness.model_copy(update={"timeout_seconds": 0.2, "pause_seconds": 0.0})
    fetcher = Fetcher(politeness, desk.archive, sleep=lambda _: None)
    outcome = fetcher.fetch(f"{dripping_server}/a", source="s", private=frozenset({"127.0.0.1"}))
    fetcher.close()
    assert isinstance(outcome, Failed)
    assert "came too slowly" in outcome.reject.detail
    assert outcome.page is not None
    assert set(desk.archive.read(outcome.page.raw_file, outcome.page.raw_offset)) == {ord("x")}


def test_a_retry_after_that_means_nothing(desk: Any, site: Any) -> None:
    page = site.say("/a", {"status": 503, "headers": {"Retry-After": "soon"}}, {"body": b"<p>x</p>"})
    assert outcomes(desk.collect(page)) == [("a", "page")]


def test_rows_of_the_second_run_keep_the_first_time(desk: Any, site: Any) -> None:
    (page,) = desk.collect(site.page("/a", "one"))
    assert page.fetched_at == datetime(2024, 5, 2, 12, tzinfo=UTC)
