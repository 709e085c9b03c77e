"""The web is collected source by source: every page once, politely, and again only when it is due."""

import asyncio
import json
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from flows.collect.archive.archive import Archive, ArchiveError
from flows.collect.archive.index import StateError
from flows.collect.client.network import NoContact
from flows.collect.collect import UnknownInput, collect
from flows.collect.discovery.discovery import Discovery
from flows.collect.sources import Source
from flows.settings import Politeness
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason

NOON = datetime(2024, 5, 2, 12, 0, tzinfo=UTC)
HTML = "text/html; charset=utf-8"


@dataclass
class Newsroom:
    """Collects day after day: its clock goes on only when it is told to."""

    folder: Path
    site: Any
    sources: dict[str, Source] = field(default_factory=dict)
    politeness: Politeness = field(
        default_factory=lambda: Politeness(contact="mailto:desk@example.org", max_bytes=50_000, pause_seconds=0)
    )
    moment: datetime = NOON
    seconds: float = 0.0

    def source(self, key: str = "harbour", **keys: Any) -> None:
        self.sources[key] = Source(key=key, **{"allow_private": True, **keys})

    def archive(self) -> Archive:
        return Archive(self.folder / "raw", self.folder / "state.db", clock=lambda: self.moment)

    def discovery(self) -> Discovery:
        return Discovery(f"sqlite:///{self.folder / 'state.db'}", clock=lambda: self.moment)

    def start(self, archive: Archive, *wanted: object, **options: Any) -> Iterator[Page | Refused]:
        return collect(
            [str(item) for item in wanted],
            sources=self.sources,
            archive=archive,
            politeness=self.politeness,
            base=self.folder,
            clock=lambda: self.moment,
            monotonic=lambda: self.seconds,
            sleep=self.nap,
            **options,
        )

    def collect(self, *wanted: object, after: timedelta = timedelta(0), **options: Any) -> list[Page | Refused]:
        """One run, so much later than the last; what was asked for is in `site.asked`."""
        self.moment += after
        self.site.asked.clear()
        self.site.requests.clear()
        with self.archive() as archive:
            return list(self.start(archive, *wanted, **options))

    async def nap(self, seconds: float) -> None:
        self.seconds += seconds
        await asyncio.sleep(0)

    def bytes_of(self, page: Page | Refused) -> bytes:
        assert page.raw_file is not None
        assert page.raw_offset is not None
        with self.archive() as archive:
            return archive.read(page.raw_file, page.raw_offset)

    def rows(self, question: str) -> list[Any]:
        with sqlite3.connect(self.folder / "state.db") as connection:
            return connection.execute(question).fetchall()


@pytest.fixture
def room(tmp_path: Path, site: Any) -> Newsroom:
    (tmp_path / "news").mkdir()
    return Newsroom(tmp_path, site)


def outcomes(found: Sequence[Page | Refused]) -> list[tuple[str, str]]:
    return [
        (item.url.rpartition("/")[2], item.reject.reason if isinstance(item, Refused) else "page") for item in found
    ]


def detail(item: Page | Refused) -> str:
    assert isinstance(item, Refused)
    return item.reject.detail


def sitemap(*links: str, index: bool = False) -> bytes:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    items = "".join(f"<{inner}><loc>{link}</loc></{inner}>" for link in links)
    return (
        f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</{outer}>'.encode()
    )


# ---- what can be collected


def test_a_page_typed_by_itself(room: Newsroom) -> None:
    (page,) = room.collect(room.site.page("/a", "Ferry resumes"))
    assert isinstance(page, Page)
    assert room.bytes_of(page) == b"<html><p>Ferry resumes</p></html>"
    assert (page.source, page.media_type, page.charset) == ("127.0.0.1", "text/html", "utf-8")
    assert page.robots_verdict == "no_robots"
    assert room.site.pages_asked == ["/a"]
    assert room.site.user_agents == {"copydesk/0.1.0 (+mailto:desk@example.org)"}


def test_a_feed_of_pages_each_with_one_outcome(room: Newsroom) -> None:
    site = room.site
    site.say("/robots.txt", {"body": b"User-agent: *\nDisallow: /private\n"})
    site.page("/a", "one")
    site.page("/b", "two")
    site.page("/private", "three")
    feed = site.feed("/rss", "/a", "/b#top", "/private", "/gone", "ftp://example.org/x", "/a?utm_source=rss", "/a")
    room.source(feeds=(feed,), country="PT")
    found = room.collect("harbour")
    assert sorted(outcomes(found)) == [
        ("a", "page"),
        ("b", "page"),
        ("gone", Reason.GONE),
        ("private", Reason.ROBOTS_FORBID),
        ("x", Reason.NOT_FETCHED),
    ]
    pages = [page for page in found if isinstance(page, Page)]
    assert {(page.robots_verdict, page.country, page.source) for page in pages} == {("allowed", "PT", "harbour")}
    assert site.pages_asked == ["/rss", "/a", "/b", "/gone"]


def listings(site: Any) -> dict[str, dict[str, Any]]:
    """Listings that each name /2024/boats-return-home and /2024/storm-warning-for-the-coast-lifted."""
    boats, storm = "/2024/boats-return-home", "/2024/storm-warning-for-the-coast-lifted"
    site.page(boats, "Boats")
    site.page(storm, "Storm")
    titles = {boats: "The boats return home after nine days", storm: "The storm warning for the coast is lifted"}
    links = " ".join(f'<a href="{link}">{title}</a>' for link, title in titles.items())
    html = f"<!doctype html><html><body><main>{links}</main></body></html>".encode()
    site.feed("/rss", boats, storm)
    entries = "".join(f'<entry><link href="{link}"/></entry>' for link in (boats, storm))
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title>{entries}</feed>'
    site.say("/atom", {"body": atom.encode(), "media_type": "application/atom+xml"})
    items = [{"id": link, "url": link} for link in (boats, storm)]
    json_feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "f", "items": items})
    site.say("/feed.json", {"body": json_feed.encode(), "media_type": "application/feed+json"})
    site.say("/sitemap.xml", {"body": sitemap(site.url + boats, site.url + storm), "media_type": "application/xml"})
    site.say("/index.xml", {"body": sitemap(f"{site.url}/sitemap.xml", index=True), "media_type": "application/xml"})
    site.say("/politics", {"body": html})
    return {
        "/rss": {"feeds": (f"{site.url}/rss",)},
        "/atom": {"feeds": (f"{site.url}/atom",)},
        "/feed.json": {"feeds": (f"{site.url}/feed.json",)},
        "/sitemap.xml": {"sitemaps": (f"{site.url}/sitemap.xml",)},
        "/index.xml": {"sitemaps": (f"{site.url}/index.xml",)},
        "/politics": {"sections": (f"{site.url}/politics",)},
    }


KINDS = ["/rss", "/atom", "/feed.json", "/sitemap.xml", "/index.xml", "/politics"]
BOTH = [("boats-return-home", "page"), ("storm-warning-for-the-coast-lifted", "page")]


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_listing_of_a_source(room: Newsroom, path: str) -> None:
    room.source(**listings(room.site)[path])
    assert outcomes(room.collect("harbour")) == BOTH


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_listing_typed_by_itself(room: Newsroom, path: str) -> None:
    listings(room.site)
    prefix = "section:" if path == "/politics" else ""
    typed = f"{prefix}{room.site.url}{path}"
    assert outcomes(room.collect(typed)) == BOTH
    assert outcomes(room.collect(typed)) == BOTH
    assert not [asked for asked in room.site.pages_asked if "/2024/" in asked]


def test_a_feed_is_known_by_its_content(room: Newsroom) -> None:
    room.site.page("/a", "one")
    feed = room.site.feed("/news", "/a")
    room.site.answers["/news"].media_type = HTML
    assert outcomes(room.collect(feed)) == [("a", "page")]


def test_a_site_is_followed_to_the_feed_its_front_page_names(room: Newsroom) -> None:
    site = room.site
    site.page("/a", "one")
    site.feed("/rss", "/a")
    site.say("/", {"body": b'<html><link rel="alternate" type="application/rss+xml" href="/rss"><p>Hello</p></html>'})
    assert outcomes(room.collect(f"{site.url}/")) == [("a", "page")]
    assert site.pages_asked == ["/", "/rss", "/a"]
    assert outcomes(room.collect(site.url)) == [("a", "page")]
    assert site.pages_asked == ["/", "/rss"]


def test_a_front_page_that_names_no_feed_is_a_page(room: Newsroom) -> None:
    room.site.page("/", "Hello")
    assert outcomes(room.collect(f"{room.site.url}/")) == [("", "page")]


def test_only_links_that_match_are_followed(room: Newsroom) -> None:
    listings(room.site)
    room.source(sitemaps=(f"{room.site.url}/index.xml",), follow="boats")
    assert outcomes(room.collect("harbour")) == BOTH[:1]


def test_a_list_of_addresses_in_a_file(room: Newsroom) -> None:
    site = room.site
    port = site.url.rpartition(":")[2]
    site.page("/a", "one")
    room.source(paths=("news",))
    (room.folder / "news" / "today.urls").write_text(f"# two of them\n{site.url}/a\n\n{site.url}/b\n")
    assert sorted(outcomes(room.collect("harbour"))) == [("a", "page"), ("b", Reason.GONE)]
    room.sources.clear()
    (room.folder / "trap.txt").write_text(f"http://localhost:{port}/a\n")
    (refused,) = room.collect(room.folder / "trap.txt")
    assert "private network" in detail(refused)


def test_a_feed_among_the_files(room: Newsroom) -> None:
    site = room.site
    site.page("/a", "one")
    (room.folder / "news" / "near.html").write_text("<p>near</p>")
    feed = f"<rss version='2.0'><channel><item><link>near.html</link></item><item><link>{site.url}/a</link></item>"
    (room.folder / "news" / "feed.xml").write_text(feed)
    room.source(paths=("news/feed.xml",))
    assert outcomes(room.collect("harbour")) == [("near.html", "page"), ("a", "page")]


def test_files_go_on_beside_the_web_and_without_a_contact(room: Newsroom) -> None:
    site = room.site
    (room.folder / "news" / "b.txt").write_text("A letter from the harbour.")
    (room.folder / "news" / "a.xml").write_text(
        f"<rss version='2.0'><channel><item><link>{site.url}/a</link></item></channel></rss>"
    )
    room.politeness = room.politeness.model_copy(update={"contact": ""})
    found = room.collect(room.folder / "news")
    assert outcomes(found) == [("a", Reason.NOT_FETCHED), ("b.txt", "page")]
    assert "politeness.contact" in detail(found[0])
    assert site.asked == []


@pytest.mark.parametrize("contact", ["", "  ", "nobody"])
def test_without_a_contact_nothing_is_asked_of_the_web(room: Newsroom, contact: str) -> None:
    room.politeness = room.politeness.model_copy(update={"contact": contact})
    with pytest.raises(NoContact, match=r"politeness\.contact in config/copydesk\.toml"):
        room.collect(room.site.page("/a", "one"))
    assert room.site.asked == []


def test_what_does_not_exist(room: Newsroom) -> None:
    room.source(feeds=(room.site.feed("/rss"),))
    with pytest.raises(UnknownInput, match="did you mean harbour"):
        room.collect("harbor")


# ---- what listings get wrong: one row each, and the others go on


BAD_LISTINGS = [
    ({"status": 404}, Reason.GONE, "answered 404"),
    ({"status": 403}, Reason.BLOCKED, "answered 403"),
    ({"status": 503}, Reason.NOT_FETCHED, "answered 503"),
    ({"body": b""}, Reason.NOT_A_FEED, "no RSS or Atom feed"),
    ({"body": b"<rss version='2.0'><channel></channel></rss>"}, Reason.EMPTY, "names no page"),
    ({"body": b"<html><p>Hello</p></html>"}, Reason.NOT_A_FEED, "an HTML page"),
    ({"body": b"<rss version='2.0'>" + b"junk " * 20_000}, Reason.TOO_LARGE, "larger than politeness.max_bytes"),
    ({"body": b"<rss version='2.0'>", "cut": 5}, Reason.NOT_FETCHED, "broke off"),
    ({"body": b"<rss>", "headers": {"Content-Encoding": "gzip"}}, Reason.NOT_FETCHED, "damaged"),
]


@pytest.mark.parametrize(("answer", "reason", "cause"), BAD_LISTINGS, ids=[cause for *_, cause in BAD_LISTINGS])
def test_a_bad_listing_is_one_row(room: Newsroom, answer: dict[str, Any], reason: Reason, cause: str) -> None:
    site = room.site
    site.page("/a", "one")
    room.source("bad", feeds=(site.say("/rss", answer),))
    room.source("good", feeds=(site.feed("/good", "/a"),))
    found = room.collect()
    assert sorted(outcomes(found)) == [("a", "page"), ("rss", reason)]
    assert cause in detail(next(item for item in found if isinstance(item, Refused)))
    with room.discovery() as discovery:
        (bad, good) = discovery.visit_counts(date(2024, 5, 2), date(2024, 5, 2))
    assert (good.source, good.new, good.failed) == ("good", 1, 0)
    assert (bad.source, bad.gone + bad.blocked + bad.failed) == ("bad", 1)


def test_a_feed_that_names_a_feed_is_not_followed_into_it(room: Newsroom) -> None:
    room.site.feed("/inner", "/a")
    room.site.page("/a", "one")
    assert outcomes(room.collect(room.site.feed("/rss", "/inner"))) == [("inner", Reason.UNKNOWN_KIND)]
    assert outcomes(room.collect(f"{room.site.url}/inner")) == [("a", "page")]


def test_what_is_readable_of_a_broken_feed_is_read(room: Newsroom) -> None:
    room.site.page("/a", "one")
    body = b"<rss version='2.0'><channel><item><title>AT&T & co</title><link>/a</link></item><item><link>/"
    assert outcomes(room.collect(room.site.say("/rss", {"body": body}))) == [("a", "page")]


def test_an_index_of_more_sitemaps_than_are_read_says_so(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.collect.crawl.listing_reader.MOST_CHILDREN", 5)
    site = room.site
    site.page("/a", "one")
    children = [f"{site.url}/map-{number}.xml" for number in range(8)]
    for number in range(8):
        site.say(f"/map-{number}.xml", {"body": sitemap(f"{site.url}/a"), "media_type": "application/xml"})
    room.source(sitemaps=(site.say("/index.xml", {"body": sitemap(*children, index=True)}),))
    found = room.collect("harbour")
    assert sorted(outcomes(found)) == [("a", "page"), ("index.xml", Reason.TOO_LARGE)]
    assert "names 8 sitemaps; the 5 that changed last are read" in detail(found[0])
    assert len(site.pages_asked) == 7


def test_of_an_index_only_what_changed_is_asked_for(room: Newsroom) -> None:
    site = room.site
    days = {"old": "2023-01-31T10:00:00Z", "now": "2024-05-02T13:30:00Z", "undated": ""}
    for name in days:
        site.page(f"/{name}", name)
        site.say(f"/{name}.xml", {"body": sitemap(f"{site.url}/{name}"), "media_type": "application/xml"})
    items = "".join(
        f"<sitemap><loc>{site.url}/{name}.xml</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
        for name, day in days.items()
    )
    site.say("/index.xml", {"body": f"<sitemapindex>{items}</sitemapindex>".encode(), "media_type": "application/xml"})
    room.source(sitemaps=(f"{site.url}/index.xml",), revisit_after=("7d",))
    assert len(room.collect("harbour")) == 3
    assert {name for name, _ in outcomes(room.collect("harbour", after=3 * HOUR))} == {"now", "undated"}
    assert site.pages_asked == ["/index.xml", "/undated.xml", "/now.xml"]


def test_sitemaps_that_name_each_other_end(room: Newsroom) -> None:
    site = room.site
    site.say("/one.xml", {"body": sitemap(f"{site.url}/two.xml", index=True)})
    site.say("/two.xml", {"body": sitemap(f"{site.url}/one.xml", index=True)})
    assert room.collect(f"sitemap:{site.url}/one.xml") == []
    assert site.pages_asked == ["/one.xml", "/two.xml"]


ANSWERS = [
    ({"body": b""}, Reason.EMPTY, "empty body"),
    ({"status": 204}, Reason.NOT_FETCHED, "answered 204"),
    ({"body": b"\x89PNG", "media_type": "image/png"}, Reason.UNKNOWN_KIND, "is image/png"),
    ({"body": b"a { color: red }", "media_type": "text/css"}, Reason.UNKNOWN_KIND, "is text/css"),
    ({"body": b"<html><p>in disguise", "media_type": "image/png"}, "page", ""),
    ({"body": b"%PDF-1.7", "media_type": "application/pdf"}, "page", ""),
]


@pytest.mark.parametrize(("answer", "reason", "cause"), ANSWERS)
def test_answers_that_are_pages_and_answers_that_are_not(
    room: Newsroom, answer: dict[str, Any], reason: str, cause: str
) -> None:
    feed = room.site.feed("/rss", room.site.say("/a", answer))
    (found,) = first = room.collect(feed)
    assert outcomes(first) == [("a", reason)]
    assert found.raw_file is not None
    assert isinstance(found, Page) or cause in found.reject.detail
    assert room.collect(feed) == first
    assert room.site.pages_asked == ["/rss"]


def test_one_bad_source_does_not_stop_the_others(room: Newsroom) -> None:
    room.source("bad", feeds=("http://127.0.0.1:9/rss",))
    room.source(urls=(room.site.page("/a", "one"),))
    assert sorted(outcomes(room.collect())) == [("a", "page"), ("rss", Reason.ROBOTS_UNREACHABLE)]


def test_loopback_is_refused_unless_the_source_says_so(room: Newsroom) -> None:
    room.source(feeds=(room.site.feed("/rss", "/a"),), allow_private=False)
    (refused,) = room.collect("harbour")
    assert "an address of this machine or a private network; a source that means it says" in detail(refused)
    assert room.site.asked == []


def test_a_typed_private_address_opens_no_other_private_host(room: Newsroom) -> None:
    port = room.site.url.rpartition(":")[2]
    found = room.collect(room.site.feed("/rss", f"http://localhost:{port}/a", "/b"))
    assert sorted(outcomes(found)) == [("a", Reason.ROBOTS_UNREACHABLE), ("b", Reason.GONE)]
    assert "private network" in next(detail(item) for item in found if item.url.endswith("/a"))
    assert room.site.pages_asked == ["/rss", "/b"]


# ---- what is asked for again, and when


@dataclass
class _Answer:
    body: bytes
    status: int
    media_type: str
    headers: dict[str, str]
    cut: int | None = None


class _Conditional(list[Any]):
    """Answers of a `Site`: 304 to whoever has this version, the page to all others."""

    def __init__(self, site: Any, body: bytes, media_type: str) -> None:
        super().__init__([None, None])
        self.site, self.body, self.media_type = site, body, media_type

    def pop(self, _: Any = 0) -> _Answer:
        etag = f'"{len(self.body)}"'
        has_it = self.site.requests[-1].get("if-none-match") == etag
        return _Answer(b"" if has_it else self.body, 304 if has_it else 200, self.media_type, {"ETag": etag})


def versioned(site: Any, path: str, body: bytes, media_type: str = HTML) -> str:
    """A page or listing with an ETag."""
    site.answers[path] = _Conditional(site, body, media_type)
    return str(site.url + path)


def rss(*links: str) -> bytes:
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_a_feed_that_has_not_changed_costs_one_conditional_request(room: Newsroom) -> None:
    site = room.site
    versioned(site, "/a", b"<p>one</p>")
    room.source(feeds=(versioned(site, "/rss", rss("/a", "/gone")),))
    first = room.collect("harbour")
    assert room.collect("harbour", after=timedelta(minutes=15)) == first
    assert site.asked == ["/rss"]
    assert site.headers_of("/rss")[0]["if-none-match"] == f'"{len(rss("/a", "/gone"))}"'


def test_a_page_is_looked_at_again_after_an_hour_a_day_and_a_week(room: Newsroom) -> None:
    site = room.site
    versioned(site, "/a", b"<p>one</p>")
    room.source(feeds=(versioned(site, "/rss", rss("/a")),))
    first = room.collect("harbour")
    asked = []
    for after in (HOUR / 2, HOUR / 2, HOUR, 10 * HOUR, 12 * HOUR, 3 * DAY, 3 * DAY, 30 * DAY):
        assert room.collect("harbour", after=after) == first
        asked.append(len(site.headers_of("/a")))
    assert asked == [0, 1, 0, 0, 1, 0, 1, 0]
    with room.discovery() as discovery:
        counts = discovery.visit_counts(date(2024, 5, 2), date(2024, 6, 30))
    assert [(str(count.day), count.new, count.unchanged, count.changed) for count in counts] == [
        ("2024-05-02", 1, 1, 0),
        ("2024-05-03", 0, 1, 0),
        ("2024-05-09", 0, 1, 0),
    ]


def test_a_source_has_its_own_times(room: Newsroom) -> None:
    room.site.page("/a", "one")
    room.source(feeds=(room.site.feed("/rss", "/a"),), revisit_after=("15m",))
    first = room.collect("harbour")
    assert room.collect("harbour", after=timedelta(minutes=16)) == first
    assert room.site.pages_asked == ["/rss", "/a"]


def test_a_changed_page_is_handed_on_anew_and_the_same_page_is_not_archived_twice(room: Newsroom) -> None:
    site = room.site
    room.source(feeds=(site.feed("/rss", site.page("/a", "Three dead")),))
    (first,) = room.collect("harbour")
    (same,) = room.collect("harbour", after=HOUR)
    site.page("/a", "Five dead")
    (changed,) = room.collect("harbour", after=DAY)
    assert same == first
    assert isinstance(changed, Page)
    assert changed.raw_sha256 != first.raw_sha256
    assert room.bytes_of(changed) == b"<html><p>Five dead</p></html>"
    with room.discovery() as discovery:
        counts = discovery.visit_counts(date(2024, 5, 2), date(2024, 5, 3))
    assert [(count.new, count.unchanged, count.changed) for count in counts] == [(1, 1, 0), (0, 0, 1)]
    assert room.rows("SELECT count(*) FROM archive WHERE role = 'page'") == [(2,)]


def test_what_no_listing_names_any_more_is_looked_at_again_but_handed_on_only_when_changed(room: Newsroom) -> None:
    site = room.site
    site.page("/a", "one")
    site.page("/b", "two")
    room.source(feeds=(site.feed("/rss", "/a"),))
    room.collect("harbour")
    site.feed("/rss", "/b")
    assert outcomes(room.collect("harbour", after=HOUR)) == [("b", "page")]
    assert sorted(site.pages_asked) == ["/a", "/b", "/rss"]
    site.page("/a", "changed")
    assert sorted(outcomes(room.collect("harbour", after=DAY))) == [("a", "page"), ("b", "page")]


def test_a_page_that_is_taken_away_stays_in_the_lake_and_is_not_asked_for_again(room: Newsroom) -> None:
    site = room.site
    room.source(feeds=(site.feed("/rss", site.page("/a", "one")),))
    first = room.collect("harbour")
    site.say("/a", {"status": 410})
    assert room.collect("harbour", after=HOUR) == first
    assert room.collect("harbour", after=DAY) == first
    assert site.pages_asked == ["/rss"]
    with room.discovery() as discovery:
        assert [count.gone for count in discovery.visit_counts(date(2024, 5, 2), date(2024, 5, 3))] == [1]


def test_a_page_that_was_never_there_is_a_tombstone(room: Newsroom) -> None:
    feed = room.site.feed("/rss", "/a")
    first = room.collect(feed)
    assert outcomes(first) == [("a", Reason.GONE)]
    room.site.page("/a", "late")
    assert room.collect(feed, after=DAY) == first
    assert room.site.pages_asked == ["/rss"]
    assert outcomes(room.collect(feed, again=True)) == [("a", "page")]


def test_what_failed_is_tried_again_later_and_ever_more_rarely(room: Newsroom) -> None:
    site = room.site
    room.source(feeds=(site.feed("/rss", site.say("/a", {"status": 503})),))
    tries = []
    for _ in range(20):
        assert outcomes(room.collect("harbour", after=timedelta(minutes=5))) == [("a", Reason.NOT_FETCHED)]
        tries.append(bool(site.headers_of("/a")))
    assert [number for number, was_tried in enumerate(tries) if was_tried] == [0, 2, 6, 14]
    site.page("/a", "at last")
    assert outcomes(room.collect("harbour", after=2 * HOUR)) == [("a", "page")]


def test_what_failed_at_a_second_look_keeps_its_page(room: Newsroom) -> None:
    site = room.site
    room.source(feeds=(site.feed("/rss", site.page("/a", "one")),))
    first = room.collect("harbour")
    for answer in ({"status": 500}, {"status": 403}, {"body": b""}):
        site.say("/a", answer)
        assert room.collect("harbour", after=DAY) == first


def test_two_feeds_that_name_the_same_page(room: Newsroom) -> None:
    site = room.site
    site.page("/a", "one")
    room.source("first", feeds=(site.feed("/one", "/a?utm_source=one#top"),))
    room.source("second", feeds=(site.feed("/two", "/a"),))
    (page,) = room.collect()
    assert (page.source, page.url) == ("first", f"{site.url}/a")
    assert sorted(site.pages_asked) == ["/a", "/one", "/two"]
    assert room.collect("second") == [page]


def test_again_asks_for_what_is_listed_once(room: Newsroom) -> None:
    site = room.site
    site.page("/a", "one")
    room.source("first", feeds=(site.feed("/one", "/a"),))
    room.source("second", feeds=(site.feed("/two", "/a"),))
    first = room.collect()
    assert room.collect(again=True) == first
    assert sorted(site.pages_asked) == ["/a", "/one", "/two"]


def test_since_leaves_out_older_entries_and_keeps_undated_ones(room: Newsroom) -> None:
    site = room.site
    dates = {"old": "2024-04-30", "new": "2024-05-01", "future": "2031-01-01", "undated": ""}
    urls = "".join(
        f"<url><loc>{site.page(f'/{name}', name)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for name, day in dates.items()
    )
    site.say("/sitemap.xml", {"body": f"<urlset>{urls}</urlset>".encode(), "media_type": "application/xml"})
    room.source(sitemaps=(f"{site.url}/sitemap.xml",))
    names = {name for name, _ in outcomes(room.collect("harbour", since=date(2024, 5, 1)))}
    assert names == {"new", "future", "undated"}
    assert {name for name, _ in outcomes(room.collect("harbour"))} == dates.keys()


def test_what_the_archive_has_is_not_asked_for_again_though_the_state_is_lost(room: Newsroom) -> None:
    site = room.site
    room.source(feeds=(site.feed("/rss", site.page("/a", "one")),))
    first = room.collect("harbour")
    for file in room.folder.glob("state.db*"):
        file.unlink()
    assert room.collect("harbour") == first
    assert site.pages_asked == ["/rss"]


def test_what_the_archive_has_lost_is_asked_for_again(room: Newsroom) -> None:
    site = room.site
    versioned(site, "/a", b"<p>one</p>")
    room.source(feeds=(versioned(site, "/rss", rss("/a")),))
    room.collect("harbour")
    for file in room.folder.glob("raw/*/*.gz"):
        file.unlink()
    (page,) = room.collect("harbour")
    assert room.bytes_of(page) == b"<p>one</p>"
    assert [headers.get("if-none-match") for headers in site.requests] == [None, None]


# ---- hosts that ask for patience


def test_a_host_that_asks_for_a_long_rest_gets_it_in_the_next_runs_too(room: Newsroom) -> None:
    site = room.site
    site.say("/a", {"status": 429, "headers": {"Retry-After": "7200"}})
    room.source(feeds=(site.feed("/rss", "/a", "/b", "/c"),))
    site.page("/b", "two")
    site.page("/c", "three")
    assert outcomes(room.collect("harbour")) == [("a", Reason.BLOCKED)]
    assert site.pages_asked == ["/rss", "/a"]
    (refused,) = room.collect("harbour", after=HOUR)
    assert (refused.url, detail(refused)) == (
        f"{site.url}/rss",
        "127.0.0.1 asks us to wait 3600 seconds; run again after that",
    )
    assert site.asked == []
    site.page("/a", "one")
    assert sorted(outcomes(room.collect("harbour", after=HOUR))) == [("a", "page"), ("b", "page"), ("c", "page")]


def test_whoever_names_a_page_of_a_resting_host_is_told(room: Newsroom) -> None:
    site = room.site
    site.say("/a", {"status": 429, "headers": {"Retry-After": "7200"}})
    found = room.collect(f"{site.url}/a", site.page("/b", "two"))
    assert outcomes(found) == [("a", Reason.BLOCKED), ("b", Reason.NOT_FETCHED)]
    assert "asks us to wait 7200 seconds" in detail(found[1])
    assert site.pages_asked == ["/a"]


def test_a_host_that_keeps_us_too_long_is_left_for_the_next_run(room: Newsroom) -> None:
    site = room.site
    pages = [site.page(f"/{number}", f"page {number}") for number in range(8)]
    room.source(feeds=(site.feed("/rss", *pages),), pause_seconds=10)
    room.politeness = room.politeness.model_copy(update={"host_seconds": 55.0})
    first = room.collect("harbour")
    assert 0 < len(first) < 8
    room.politeness = room.politeness.model_copy(update={"host_seconds": 1000.0})
    second = room.collect("harbour")
    assert len(second) == 8
    assert set(first) < set(second)
    assert len(set(site.pages_asked)) == 8 - len(first) + 1


# ---- the caller


def test_pages_come_before_the_last_listing_is_read(room: Newsroom) -> None:
    site = room.site
    feeds = [site.feed(f"/rss-{number}", site.page(f"/{number}", f"page {number}")) for number in range(5)]
    room.source(feeds=tuple(feeds))
    room.collect("harbour")
    assert site.pages_asked[:4] == ["/rss-0", "/0", "/rss-1", "/1"]


def test_the_order_of_one_host_is_that_of_its_listings(room: Newsroom) -> None:
    names = [f"{number:02}" for number in range(50)]
    for name in names:
        room.site.page(f"/{name}", name)
    room.source(feeds=(room.site.feed("/rss", *(f"/{name}" for name in names)),))
    assert [name for name, _ in outcomes(room.collect("harbour"))] == names


def crawl_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("copydesk-")]


def test_a_caller_who_wants_no_more_leaves_nothing_running(room: Newsroom) -> None:
    site = room.site
    pages = [site.page(f"/{number}", f"page {number}") for number in range(60)]
    room.source(feeds=(site.feed("/rss", *pages),))
    with room.archive() as archive, room.discovery() as discovery:
        run = room.start(archive, "harbour", discovery=discovery)
        assert len(list(islice(run, 3))) == 3
        run.close()
        assert crawl_threads() == []
        assert discovery.settle() == 0
        assert room.rows("SELECT count(*) FROM web_pages WHERE claimed_by IS NOT NULL") == [(0,)]
    assert len(room.collect("harbour")) == 60


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_error_of_the_caller_leaves_nothing_running(room: Newsroom, error: type[BaseException]) -> None:
    room.source(feeds=(room.site.feed("/rss", *(room.site.page(f"/{number}", "x") for number in range(60))),))
    with room.archive() as archive, pytest.raises(error):
        for _ in room.start(archive, "harbour"):
            raise error
    assert crawl_threads() == []


def test_a_state_that_is_closed_ends_the_crawl_whoever_still_holds_its_iterator(room: Newsroom) -> None:
    room.source(feeds=(room.site.feed("/rss", *(room.site.page(f"/{number}", "x") for number in range(60))),))
    held = []
    with room.archive() as archive, pytest.raises(ValueError), room.discovery() as discovery:
        held.append(room.start(archive, "harbour", discovery=discovery))
        next(held[0])
        raise ValueError
    assert crawl_threads() == []


def test_a_slow_caller_makes_the_crawl_wait(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.collect.crawl.crawl.HANDED_AT_ONCE", 5)
    monkeypatch.setattr("flows.collect.crawl.clerk.RECORDED_AT_ONCE", 5)
    site = room.site
    room.source(feeds=(site.feed("/rss", *(site.page(f"/{number}", "x") for number in range(50))),))
    with room.archive() as archive:
        run = room.start(archive, "harbour")
        next(run)
        time.sleep(0.5)
        assert len(site.pages_asked) < 35
        assert len(list(run)) == 49


@pytest.mark.parametrize(("place", "problem"), [("put_response", ArchiveError), ("find", StateError)])
def test_an_archive_that_fails_ends_the_run(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, place: str, problem: type[Exception]
) -> None:
    site = room.site
    room.source(feeds=(site.feed("/rss", site.page("/a", "one")),))
    if place == "find":
        room.collect("harbour")

    def fail(*_: Any, **__: Any) -> None:
        raise problem("the disk is full; make room")

    monkeypatch.setattr(Archive, place, fail)
    with pytest.raises(problem, match="make room"):
        room.collect("harbour")
    assert crawl_threads() == []


def test_a_state_that_is_no_database(room: Newsroom) -> None:
    (room.folder / "state.db").write_bytes(b"this is a letter, not a database\n" * 40)
    with pytest.raises(StateError, match=r"state\.db: .*move it away"):
        room.collect(room.site.page("/a", "one"))


# ---- runs that die, and runs side by side


def test_what_was_not_published_is_handed_on_again(room: Newsroom) -> None:
    site = room.site
    room.source(feeds=(site.feed("/rss", site.page("/a", "one")),))
    with room.archive() as archive, room.discovery() as discovery:
        first = list(room.start(archive, "harbour", discovery=discovery))
    site.feed("/rss", site.page("/b", "two"))
    with room.archive() as archive, room.discovery() as discovery:
        second = list(room.start(archive, "harbour", discovery=discovery))
        assert discovery.settle() == 2
    assert first[0] in second
    assert sorted(outcomes(second)) == [("a", "page"), ("b", "page")]
    assert outcomes(room.collect("harbour")) == [("b", "page")]


def test_two_runs_at_once_fetch_each_page_once(room: Newsroom) -> None:
    site = room.site
    pages = [site.page(f"/{number}", f"page {number}") for number in range(40)]
    room.source(feeds=(site.feed("/rss", *pages),))
    found: list[list[Page | Refused]] = [[], []]

    def run(number: int) -> None:
        with room.archive() as archive:
            found[number] = list(room.start(archive, "harbour"))

    threads = [threading.Thread(target=run, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asked = [path for path in site.pages_asked if path != "/rss"]
    assert sorted(asked) == sorted(f"/{number}" for number in range(40))
    assert {item.url for run in found for item in run} == set(pages)


KILLED = """
import sys, os, signal
from pathlib import Path
from flows.collect.archive.archive import Archive
from flows.collect.collect import collect
from flows.collect.discovery.discovery import Discovery
from flows.collect.sources import Source
from flows.settings import Politeness
folder, feed, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
politeness = Politeness(contact="mailto:desk@example.org", pause_seconds=0)
sources = {"harbour": Source(key="harbour", feeds=(feed,), allow_private=True)}
archive = Archive(folder / "raw", folder / "state.db")
discovery = Discovery(f"sqlite:///{folder / 'state.db'}")
for number, page in enumerate(collect([], sources=sources, archive=archive, politeness=politeness, base=folder,
                                      discovery=discovery)):
    if number == count:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_run_is_gone_on_with(room: Newsroom) -> None:
    site = room.site
    pages = [site.page(f"/{number}", f"page {number}") for number in range(40)]
    feed = site.feed("/rss", *pages)
    room.source(feeds=(feed,))
    process = subprocess.run(
        [sys.executable, "-c", KILLED, str(room.folder), feed, "20"], cwd=Path(__file__).parents[2], check=False
    )
    assert process.returncode == -signal.SIGKILL
    before = site.pages_asked
    room.moment = datetime.now(UTC)
    assert {item.url for item in room.collect("harbour")} == set(pages)
    twice = set(before) & set(site.pages_asked) - {"/rss"}
    assert len(twice) <= 1  # the one that was on its way
    assert room.rows("SELECT count(*) FROM archive WHERE role = 'page'") == [(40,)]
