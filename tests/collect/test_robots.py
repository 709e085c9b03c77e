"""robots.txt by RFC 9309."""

import pytest

from transforms.collect.robots import read_robots

FORBID_ALL = b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("text", "path", "verdict"),
    [
        (b"", "/a", "allowed"),
        (FORBID_ALL, "/a", "forbidden"),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: copydesk\nDisallow: /private\n", "/a", "allowed"),
        (b"User-agent: *\nAllow: /\n\nUser-agent: CopyDesk\nDisallow: /\n", "/a", "forbidden"),
        (b"User-agent: otherbot\nDisallow: /\n", "/a", "allowed"),
        (b"User-agent: *\nDisallow: /news\nAllow: /news/open\n", "/news/open/1", "allowed"),
        (b"User-agent: *\nAllow: /news\nDisallow: /news/open\n", "/news/open/1", "forbidden"),
        (b"User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", "allowed"),
        (b"User-agent: copydesk\nDisallow: /a\n\nUser-agent: copydesk\nDisallow: /b\n", "/a", "forbidden"),
        (b"User-agent: copydesk\nDisallow: /a\n\nUser-agent: copydesk\nDisallow: /b\n", "/b", "forbidden"),
        (b"User-agent: otherbot\nUser-agent: copydesk\nDisallow: /\n", "/a", "forbidden"),
        (b"User-agent: desk\nDisallow: /\n", "/a", "allowed"),
        (b"User-agent: *\nDisallow:\n", "/a", "allowed"),
        (b"User-agent: *\nDisallow: /a # the archive\n", "/a/1", "forbidden"),
        (b"User-agent: *\rDisallow: /a\r", "/a", "forbidden"),
        (b"user-agent:*\r\ndisallow:/a\r\n", "/a", "forbidden"),
        (b"User-agent: *\nDisallow: /*?print=\n", "/a?print=1", "forbidden"),
        ("User-agent: *\nDisallow: /caf\u00e9\n".encode(), "/caf%C3%A9", "forbidden"),
        (b"User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf", "forbidden"),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", "/a", "forbidden"),
        (b"<html><body>Not a robots file</body></html>", "/a", "allowed"),
        (b"#" * 600 * 1024 + b"\n" + FORBID_ALL, "/a", "allowed"),
        (FORBID_ALL + b"#" * 600 * 1024, "/a", "forbidden"),
        (b"User-agent: *\nDisallow: /\xff\xfe\n", "/a", "allowed"),
    ],
)
def test_what_a_robots_file_says(text: bytes, path: str, verdict: str) -> None:
    robots = read_robots(200, text, "copydesk")
    assert robots is not None
    assert robots.verdict(f"https://example.org{path}") == verdict


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_host_without_robots_file_allows(status: int) -> None:
    robots = read_robots(status, FORBID_ALL, "copydesk")
    assert robots is not None
    assert robots.verdict("https://example.org/a") == "no_robots"


@pytest.mark.parametrize("status", [429, 500, 503, 599])
def test_a_server_that_fails_forbids(status: int) -> None:
    assert read_robots(status, b"", "copydesk") is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (b"User-agent: *\nCrawl-delay: 7\n", 7.0),
        (b"User-agent: *\nCrawl-delay: 0.5\n", 0.5),
        (b"User-agent: otherbot\nCrawl-delay: 7\n", 0.0),
        (b"User-agent: *\nCrawl-delay: 7\n\nUser-agent: copydesk\nCrawl-delay: 2\n", 2.0),
        (b"User-agent: *\nCrawl-delay: soon\n", 0.0),
        (b"User-agent: *\nCrawl-delay: -7\n", 0.0),
        (b"User-agent: *\nCrawl-delay: nan\n", 0.0),
        (b"", 0.0),
    ],
)
def test_the_pause_a_host_asks_for(text: bytes, seconds: float) -> None:
    robots = read_robots(200, text, "copydesk")
    assert robots is not None
    assert robots.pause_seconds == seconds
