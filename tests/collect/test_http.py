"""The HTTP client is polite, keeps its limits, archives what comes back, and bears any server."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from flows.collect.client.answers import Failed, Fetched, Unchanged, retry_after
from flows.collect.client.exchange import EVERY_HOST, Errand, Validators
from flows.collect.client.fetcher import Fetcher
from flows.collect.client.hosts import Remembered, ShortMemory
from flows.collect.client.network import NoContact, user_agent
from transforms.outcome import Reason

ROBOTS = "/robots.txt"
TDMREP = "/.well-known/tdmrep.json"
FORBID_ALL = b"User-agent: *\nDisallow: /\n"
STORY = b"<p>seven boats</p>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LOCAL = frozenset({"127.0.0.1"})


def failure(outcome: Any) -> str:
    assert isinstance(outcome, Failed)
    return outcome.reject.detail


# --- one page ---------------------------------------------------------------------------------------------------------


def test_a_page(desk: Any, site: Any) -> None:
    (found,) = desk.fetch(site.page("/a", "Ferry resumes"))
    assert isinstance(found, Fetched)
    assert desk.read(found.page) == b"<html><p>Ferry resumes</p></html>"
    assert (found.role, found.page.source, found.page.media_type) == ("page", "harbour", "text/html")
    assert (found.page.charset, found.page.robots_verdict) == ("utf-8", "no_robots")
    assert found.exchange.address == "127.0.0.1"
    assert site.asked == [ROBOTS, TDMREP, "/a"]


def test_how_we_present_ourselves(desk: Any, site: Any) -> None:
    site.say("/a", {"body": STORY, "headers": {"Set-Cookie": "reader=17; Path=/"}})
    desk.fetch(f"{site.url}/a", f"{site.url}/a")
    asked = site.headers_of("/a")[1]
    assert asked["user-agent"] == "copydesk/0.1.0 (+mailto:desk@example.org)"
    assert asked["accept-encoding"] == "gzip, deflate, br, zstd"
    assert not {"cookie", "referer", "authorization", "from"} & asked.keys()


@pytest.mark.parametrize("contact", ["desk@example.org", "mailto:desk@example.org", "https://example.org/bot"])
def test_contacts(contact: str) -> None:
    assert user_agent(contact).startswith("copydesk/")
    assert contact in user_agent(contact)


@pytest.mark.parametrize("contact", ["", "  ", "nobody", "mailto:", "mailto:@", "ftp://example.org", "a b@example.org"])
def test_without_a_contact_nothing_is_fetched(desk: Any, contact: str) -> None:
    with pytest.raises(NoContact, match=r"politeness\.contact in config/copydesk\.toml"):
        desk.fetcher(contact=contact)


@pytest.mark.parametrize(
    ("body", "role"),
    [
        (b"<html><p>x</p></html>", "page"),
        (b"<rss version='2.0'><channel></channel></rss>", "feed"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></urlset>", "feed"),
    ],
)
def test_a_listing_is_told_from_a_page_by_its_content(desk: Any, site: Any, body: bytes, role: str) -> None:
    url = site.say("/a", {"body": body})
    found, wanted = desk.fetch(url, Errand(url, "harbour", EVERY_HOST, role="page"))
    assert (found.role, wanted.role) == (role, "page")


# --- robots.txt -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("robots", "reason"),
    [
        ({"body": FORBID_ALL}, Reason.ROBOTS_FORBID),
        ({"body": b"User-agent: *\nDisallow: /a\n"}, Reason.ROBOTS_FORBID),
        ({"body": FORBID_ALL + b"User-agent: copydesk\nAllow: /\n"}, None),
        ({"status": 500}, Reason.ROBOTS_UNREACHABLE),
        ({"status": 501}, Reason.ROBOTS_UNREACHABLE),
        ({"status": 429}, Reason.ROBOTS_UNREACHABLE),
        ({"body": b"User-agent: *", "headers": {"Content-Length": "99"}, "cut": 5}, Reason.ROBOTS_UNREACHABLE),
        ({"body": b"User-agent: *", "headers": {"Content-Encoding": "gzip"}}, Reason.ROBOTS_UNREACHABLE),
        ({"body": FORBID_ALL + b"#" * 60_000}, Reason.ROBOTS_FORBID),
        ({"status": 403}, None),
        ({"status": 404}, None),
        ({"body": b""}, None),
        ({"body": b"<html>Not found</html>"}, None),
        ({"status": 301, "headers": {"Location": "/other/robots.txt"}}, Reason.ROBOTS_FORBID),
        ({"status": 301, "headers": {"Location": "/robots.txt"}}, None),
        ({"status": 301, "headers": {"Location": "ftp://example.org/robots.txt"}}, None),
    ],
)
def test_robots(desk: Any, site: Any, robots: dict[str, Any], reason: Reason | None) -> None:
    site.say(ROBOTS, robots)
    site.say("/other/robots.txt", {"body": b"User-agent: copydesk\nDisallow: /a\n"})
    (found,) = desk.fetch(site.page("/a", "one"))
    assert (found.reject.reason if isinstance(found, Failed) else None) == reason, found
    assert ("/a" in site.asked) is (reason is None)
    assert getattr(found, "is_temporary", False) is (reason is Reason.ROBOTS_UNREACHABLE)


def test_five_redirects_of_robots_are_followed_and_six_are_none(desk: Any, site: Any) -> None:
    for number in range(7):
        site.say(f"/r{number}", {"status": 302, "headers": {"Location": f"/r{number + 1}"}})
    site.say(ROBOTS, {"status": 302, "headers": {"Location": "/r1"}})
    site.say("/r5", {"body": FORBID_ALL})
    assert desk.fetch(site.page("/a", "one"))[0].reject.reason is Reason.ROBOTS_FORBID
    site.say("/r5", {"status": 302, "headers": {"Location": "/r6"}})
    site.say("/r6", {"body": FORBID_ALL})
    assert isinstance(desk.fetch(f"{site.url}/a")[0], Fetched)


def test_a_redirect_to_a_forbidden_path_is_not_followed(desk: Any, site: Any) -> None:
    site.say(ROBOTS, {"body": b"User-agent: *\nDisallow: /private\n"})
    site.page("/private/a", "secret")
    (found,) = desk.fetch(site.say("/a", {"status": 301, "headers": {"Location": "/x/../private/a"}}))
    assert found.reject.reason is Reason.ROBOTS_FORBID
    assert site.pages_asked == ["/a"]


def test_site_files_are_asked_for_once_a_day(desk: Any, site: Any) -> None:
    memory = ShortMemory(desk.clock)
    desk.fetch(site.page("/a", "one"), site.page("/b", "two"), at_once=True, memory=memory)
    desk.fetch(site.page("/c", "three"), memory=memory)
    assert sorted(site.asked) == [TDMREP, "/a", "/b", "/c", ROBOTS]
    assert memory.recall(site.url, ROBOTS) == Remembered(404, b"nothing here", desk.moment)
    desk.moment += timedelta(hours=24)
    desk.fetch(f"{site.url}/c", memory=memory)
    assert site.asked.count(ROBOTS) == site.asked.count(TDMREP) == 2


def test_what_was_remembered_counts(desk: Any, site: Any) -> None:
    memory = ShortMemory(desk.clock)
    memory.remember(site.url, ROBOTS, Remembered(200, FORBID_ALL, desk.moment))
    assert desk.fetch(site.page("/a", "one"), memory=memory)[0].reject.reason is Reason.ROBOTS_FORBID
    assert site.asked == []


def test_a_robots_txt_that_cannot_be_read_is_asked_for_again_by_the_next_run(desk: Any, site: Any) -> None:
    memory = ShortMemory(desk.clock)
    site.say(ROBOTS, {"status": 503}, {"status": 503}, {"status": 503}, {"status": 404})
    url = site.page("/a", "one")
    first, second = desk.fetch(url, url, memory=memory)
    assert (first.reject.reason, second.reject.reason) == (Reason.ROBOTS_UNREACHABLE,) * 2
    assert isinstance(desk.fetch(url, memory=memory)[0], Fetched)


# --- rights -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tdmrep", "headers", "reserved", "policy"),
    [
        ({"body": b'[{"location": "/a", "tdm-reservation": 1}]'}, {}, True, None),
        ({"body": b'[{"location": "/b", "tdm-reservation": 1}]'}, {}, None, None),
        ({"body": b'[{"location": "/", "tdm-reservation": 1}]'}, {"TDM-Reservation": "0"}, False, None),
        ({"status": 404}, {"TDM-Reservation": "1", "TDM-Policy": "/p"}, True, "/p"),
        ({"status": 404, "body": b'[{"location": "/", "tdm-reservation": 1}]'}, {}, None, None),
        ({"status": 500}, {}, None, None),
        ({"status": 301, "headers": {"Location": "/"}}, {}, None, None),
        ({"body": b"<html>no such page</html>"}, {}, None, None),
        ({"body": b"[[[["}, {}, None, None),
        ({"body": b"x", "headers": {"Content-Length": "9"}, "cut": 1}, {}, None, None),
    ],
)
def test_reservations_travel_with_the_page(
    desk: Any, site: Any, tdmrep: dict[str, Any], headers: dict[str, str], reserved: bool | None, policy: str | None
) -> None:
    site.say(TDMREP, tdmrep)
    url = site.say("/a", {"body": STORY, "headers": {"X-Robots-Tag": "noarchive", **headers}})
    (found,) = desk.fetch(url)
    assert found.page.rights.tdm_reservation is reserved
    assert found.page.rights.tdm_policy == (site.url + policy if policy else None)
    assert found.page.rights.robots_tag == "noarchive"
    assert desk.archive.page_at(found.page.raw_file, found.page.raw_offset) == found.page
    assert site.asked.count(TDMREP) == 1


def test_the_content_usage_of_robots_txt_is_recorded(desk: Any, site: Any) -> None:
    site.say(ROBOTS, {"body": b"User-agent: *\nContent-Usage: train-ai=n\nContent-Usage: /open train-ai=y\nAllow: /\n"})
    found = desk.fetch(site.page("/a", "one"), site.page("/open/a", "one"))
    stated = [item.page.rights.content_usage for item in found]
    assert stated == ["train-ai=n", "train-ai=y"]


def test_a_tdmrep_that_robots_forbid_is_not_asked_for(desk: Any, site: Any) -> None:
    site.say(ROBOTS, {"body": b"User-agent: *\nDisallow: /.well-known/\n"})
    assert isinstance(desk.fetch(site.page("/a", "one"))[0], Fetched)
    assert TDMREP not in site.asked


def test_a_listing_needs_no_tdmrep(desk: Any, site: Any) -> None:
    desk.fetch(Errand(site.feed("/rss", "/a"), "harbour", EVERY_HOST, role="feed"))
    assert site.asked == [ROBOTS, "/rss"]


# --- has it changed? --------------------------------------------------------------------------------------------------


def test_an_unchanged_page_is_asked_for_conditionally(desk: Any, site: Any) -> None:
    modified = "Wed, 01 May 2024 08:00:00 GMT"
    url = site.say(
        "/a",
        {"body": STORY, "headers": {"ETag": '"v1"', "Last-Modified": modified}},
        {"status": 304, "headers": {"ETag": '"v2"'}},
    )
    (first,) = desk.fetch(url)
    assert first.validators == Validators(url, '"v1"', modified)
    (again,) = desk.fetch(Errand(url, "harbour", EVERY_HOST, validators=first.validators))
    assert again == Unchanged(url, Validators(url, '"v2"', modified), first.page)
    headers = site.headers_of("/a")[1]
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"v1"', modified)


def test_validators_go_only_to_the_address_that_gave_them(desk: Any, site: Any) -> None:
    site.say("/old", {"status": 301, "headers": {"Location": "/new"}})
    site.say("/new", {"body": STORY, "headers": {"ETag": '"v1"'}}, {"status": 304})
    (first,) = desk.fetch(f"{site.url}/old")
    assert first.validators == Validators(f"{site.url}/new", '"v1"', None)
    (again,) = desk.fetch(Errand(f"{site.url}/old", "harbour", EVERY_HOST, validators=first.validators))
    assert isinstance(again, Unchanged)
    assert again.page == first.page
    assert "if-none-match" not in site.headers_of("/old")[1]
    assert not any("if-none-match" in headers for headers in site.headers_of(ROBOTS))


def test_an_unchanged_that_nobody_asked_about_is_an_error(desk: Any, site: Any) -> None:
    (found,) = desk.fetch(site.say("/a", {"status": 304}))
    assert "answered 304" in failure(found)
    assert found.page is not None


def test_validators_that_no_header_can_hold_are_left_out(desk: Any, site: Any) -> None:
    url = site.page("/a", "one")
    desk.fetch(Errand(url, "harbour", EVERY_HOST, validators=Validators(url, '"a\r\nX: y"', "café")))
    assert not {"if-none-match", "if-modified-since"} & site.headers_of("/a")[0].keys()


# --- redirects and addresses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("location", "cause"),
    [
        ("/a", "redirects in a circle"),
        ("/a#again", "redirects in a circle"),
        ("/loop", "redirects in a circle"),
        ("/chain/0", "redirects more than 10 times"),
        ("file:///etc/passwd", "file:///etc/passwd is not an http or https address"),
        ("ftp://example.org/a", "is not an http or https address"),
        ("javascript:alert(1)", "is not an http or https address"),
        ("data:text/html,x", "is not an http or https address"),
        ("http://[x", "is not an address"),
        ("http://example.org:port/", "is not an address"),
        ("http://reader:secret@127.0.0.1/a", "a user name or password, which copydesk never sends"),
        ("/" + "a" * 9000, "at most 8,192 are asked for"),
    ],
)
def test_redirects_that_lead_nowhere(desk: Any, site: Any, location: str, cause: str) -> None:
    site.say("/loop", {"status": 302, "headers": {"Location": "/a"}})
    for number in range(12):
        site.say(f"/chain/{number}", {"status": 302, "headers": {"Location": f"/chain/{number + 1}"}})
    (found,) = desk.fetch(site.say("/a", {"status": 302, "headers": {"Location": location}}))
    assert cause in failure(found)
    assert "secret" not in failure(found)
    assert not found.is_temporary
    assert desk.read(found.page) == b""
    assert site.asked.count("/a") == 1


@pytest.mark.parametrize(
    ("location", "asked"),
    [
        ("/b", "/b"),
        ("b?x=1&y=%7E", "/b?x=1&y=%7E"),
        ("/b#part", "/b"),
        ("/b c", "/b%20c"),
        ("  /b ", "/b"),
        ("/caf\u00e9".encode().decode("latin-1"), "/caf%C3%A9"),
        ("/caf\u00e9", "/caf%C3%A9"),
        ("/x/./y/../b", "/x/b"),
        ("/x/%2e%2e/b", "/b"),
        ("?page=2", "/a?page=2"),
        ("//127.0.0.1:{port}/b", "/b"),
        ("HTTP://127.0.0.1:{port}/b", "/b"),
    ],
)
def test_where_a_redirect_leads(desk: Any, site: Any, location: str, asked: str) -> None:
    site.say(asked, {"body": STORY})
    location = location.format(port=site.url.rpartition(":")[2])
    (found,) = desk.fetch(site.say("/a", {"status": 308, "headers": {"Location": location}}))
    assert isinstance(found, Fetched), found
    assert found.page.url == site.url + asked
    assert found.exchange.asked == f"{site.url}/a"
    assert site.pages_asked == ["/a", asked]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "news.html", "http://reader:secret@127.0.0.1/", "http://", "http://a b/", ""]
)
def test_addresses_that_are_not_asked_for(desk: Any, address: str) -> None:
    (found,) = desk.fetch(address)
    assert found.reject.reason is Reason.NOT_FETCHED
    assert "secret" not in failure(found)


# --- pauses, retries, budgets -----------------------------------------------------------------------------------------


def test_the_pause_between_requests(desk: Any, site: Any) -> None:
    site.say(ROBOTS, {"body": b"User-agent: *\nCrawl-delay: 9\n"})
    desk.fetch(site.page("/a", "one"), site.page("/b", "two"))
    assert desk.slept == [2.0, 9.0, 9.0]


def test_a_source_has_its_own_pause(desk: Any, site: Any) -> None:
    url = site.page("/a", "one")
    desk.fetch(*[Errand(url, "harbour", EVERY_HOST, "page", pause_seconds=0.5)] * 2)
    assert desk.slept == [0.5] * 3


@dataclass
class Crowd:
    """How many requests are under way at each host, and the most there ever were."""

    under_way: list[str] = field(default_factory=list)
    most: dict[str, int] = field(default_factory=dict)
    most_together: int = 0

    def attend(self, host: str) -> list[Any]:
        return [self._come(host), 0.03, self._go(host)]

    def _come(self, host: str) -> Iterator[bytes]:
        self.under_way.append(host)
        self.most[host] = max(self.most.get(host, 0), self.under_way.count(host))
        self.most_together = max(self.most_together, len(self.under_way))
        yield OK + b"Content-Length: 1\r\nConnection: close\r\n\r\n"

    def _go(self, host: str) -> Iterator[bytes]:
        self.under_way.remove(host)
        yield b"x"


@pytest.mark.parametrize("hosts_at_once", [1, 40])
def test_one_request_at_a_time_for_each_host_and_many_hosts_at_once(desk: Any, liars: Any, hosts_at_once: int) -> None:
    """Three ports of one host name are one host; another host does not wait for it."""
    crowd = Crowd()
    errands = []
    for host in ("127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.3"):
        server = liars(host)
        for path in ("/a", "/b"):
            server.steps[path] = partial(crowd.attend, host)
            errands.append(Errand(server.url + path, "harbour", EVERY_HOST, "page"))
    found = desk.fetch(*errands, at_once=True, pause_seconds=0.0, hosts_at_once=hosts_at_once)
    assert all(isinstance(item, Fetched) for item in found)
    assert crowd.most == {"127.0.0.1": 1, "127.0.0.2": 1, "127.0.0.3": 1}
    assert crowd.most_together == 1 if hosts_at_once == 1 else crowd.most_together > 1


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 522])
def test_what_may_pass_is_tried_again(desk: Any, site: Any, status: int) -> None:
    (found,) = desk.fetch(site.say("/a", {"status": status}, {"status": status}, {"body": STORY}), pause_seconds=0.0)
    assert isinstance(found, Fetched)
    assert desk.slept == [1.0, 2.0]


@pytest.mark.parametrize("status", [204, 206, 300, 302, 400, 405, 406, 418, 501, 505, 999])
def test_what_will_not_pass_is_asked_once(desk: Any, site: Any, status: int) -> None:
    (found,) = desk.fetch(site.say("/a", {"status": status, "body": b"" if status == 204 else b"no"}))
    assert f"answered {status}" in failure(found)
    assert found.reject.reason is Reason.NOT_FETCHED
    assert not found.is_temporary
    assert found.page is not None
    assert site.asked.count("/a") == 1


@pytest.mark.parametrize("status", [401, 402, 403, 451])
def test_a_server_that_will_not_have_us(desk: Any, site: Any, status: int) -> None:
    (found,) = desk.fetch(site.say("/a", {"status": status, "body": b"no"}))
    assert (found.reject.reason, found.is_temporary) == (Reason.BLOCKED, False)
    assert desk.read(found.page) == b"no"
    assert site.asked.count("/a") == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone(desk: Any, site: Any, status: int) -> None:
    (found,) = desk.fetch(site.say("/a", {"status": status, "body": b"nothing here"}))
    assert found.reject.reason is Reason.GONE
    assert f"answered {status}" in failure(found)
    assert desk.read(found.page) == b"nothing here"
    assert not found.is_temporary


def test_jitter_spreads_the_retries(desk: Any, site: Any) -> None:
    fetcher = Fetcher(
        desk.politeness,
        desk.archive,
        monotonic=lambda: desk.seconds,
        sleep=desk.nap,
        jitter=iter([0.25, 0.5, 0]).__next__,
    )
    url = site.say("/a", {"status": 500})
    asyncio.run(_fetch_and_close(fetcher, Errand(url, "harbour", EVERY_HOST, "feed", pause_seconds=0.0)))
    assert desk.slept == [1.25, 3.0]


async def _fetch_and_close(fetcher: Fetcher, errand: Errand) -> Any:
    try:
        return await fetcher.fetch(errand)
    finally:
        await fetcher.close()


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("17", 17.0),
        (" 0 ", 0.0),
        ("Thu, 02 May 2024 12:00:30 GMT", 30.0),
        ("Thu, 02 May 2024 11:00:00 GMT", 0.0),
        ("Thursday, 02-May-24 12:01:00 GMT", 60.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("9" * 400, 999999999999.0),
    ],
)
def test_retry_after(desk: Any, value: str | None, seconds: float | None) -> None:
    assert retry_after(value, desk.moment) == seconds


def test_a_server_says_when_to_come_again(desk: Any, site: Any) -> None:
    url = site.say("/a", {"status": 503, "headers": {"Retry-After": "17"}}, {"body": STORY})
    assert isinstance(desk.fetch(url, pause_seconds=0.0)[0], Fetched)
    assert desk.slept == [17.0]


def test_a_host_that_asks_for_a_long_rest_gets_it(desk: Any, site: Any) -> None:
    site.say("/a", {"status": 429, "headers": {"Retry-After": "Thu, 02 May 2024 13:00:00 GMT"}})
    first, second = desk.fetch(f"{site.url}/a", site.page("/b", "two"))
    assert "answered 429" in failure(first)
    assert "asks us to wait 3600 seconds" in failure(second)
    assert (first.wait_seconds, second.wait_seconds) == (3600.0, 3600.0)
    assert (first.host_rests, second.host_rests) == (False, True)
    assert site.pages_asked == ["/a"]


def test_a_host_has_so_many_seconds_in_one_run(desk: Any, site: Any, liars: Any) -> None:
    other = liars("127.0.0.2")
    pages = [site.page(f"/{number}", "x") for number in range(5)]
    found = desk.fetch(*pages, other.say("/a", OK + b"\r\n" + STORY), host_seconds=6.0)
    assert [type(item) for item in found] == [Fetched, Fetched, Failed, Failed, Failed, Fetched]
    assert "has kept this run for politeness.host_seconds (6 seconds)" in failure(found[2])
    assert (found[2].is_temporary, found[2].host_rests) == (True, True)
    assert site.pages_asked == ["/0", "/1"]
