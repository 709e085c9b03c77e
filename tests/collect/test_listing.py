"""Feeds, sitemaps and section pages are known by their bytes, and give the pages they name."""

import gzip
import json
from datetime import UTC, datetime
from functools import partial

import pytest
from growth import grows_with_length
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.collect.feeds import Entry
from transforms.collect.listing import Listing, listing_kind, read_listing
from transforms.outcome import Reason, Reject

AT = "https://news.example.org/maps/list"
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)


def listing(data: bytes | str, media_type: str = "application/xml", **how: str) -> Listing:
    found = read_listing(data.encode() if isinstance(data, str) else data, AT, media_type, None, **how)
    assert isinstance(found, Listing), found
    return found


def links(found: Listing) -> list[str]:
    return [entry.link.removeprefix("https://news.example.org") for entry in found.entries]


@pytest.mark.parametrize(
    ("data", "media_type", "kind"),
    [
        (b'<?xml version="1.0"?><rss version="2.0">', "text/html", "rss"),
        (b'<rdf:RDF xmlns="http://purl.org/rss/1.0/">', "", "rss"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "application/xml", "atom"),
        (b"<urlset><url>", "text/xml", "sitemap"),
        (f"<urlset {SITEMAP} {NEWS}>".encode(), "text/xml", "news_sitemap"),
        (b'\xef\xbb\xbf\n<!-- made -->\n<sm:urlset xmlns:sm="x">', "text/html", "sitemap"),
        (b'<?xml-stylesheet href="a.xsl"?><sitemapindex>', "", "sitemap_index"),
        ('<?xml version="1.0" encoding="utf-16"?><urlset>'.encode("utf-16"), "", "sitemap"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "text/plain", "json_feed"),
        (b'{"items": [], "version": "https:\\/\\/jsonfeed.org\\/version\\/1.1"}', "application/json", "json_feed"),
        (b'{"items": []}', "application/feed+json", "json_feed"),
        (b'{"items": []}', "application/json", None),
        (b"https://a.example/1\r\nhttps://a.example/2\r\n", "text/plain", "sitemap"),
        (b"https://a.example/1 was down\n", "text/plain", None),
        (b"https://a.example/1", "text/html", None),
        (gzip.compress(b"<urlset><url>", mtime=0), "application/x-gzip", "sitemap"),
        (gzip.compress(b"<urlset><url>" + bytes(99999))[:-20], "", "sitemap"),
        (b"\x1f\x8bdamaged", "", None),
        (b"<!DOCTYPE html><html><body>about <urlset>", "text/html", None),
        (b"", "", None),
    ],
)
def test_a_listing_is_known_by_how_it_begins(data: bytes, media_type: str, kind: str | None) -> None:
    assert listing_kind(data, media_type) == kind


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"id": "1", "url": "/1", "title": " A ", "date_published": "2024-05-02T14:00:00+02:00"},
         Entry("https://news.example.org/1", "A", NOON)),
        ({"id": "https://news.example.org/2"}, Entry("https://news.example.org/2")),
        ({"id": 3, "external_url": "https://b.example/3", "date_modified": "2024-05-02T12:00:00Z"},
         Entry("https://b.example/3", None, NOON)),
        ({"id": "4", "url": "#top"}, None),
        ({"id": "5", "url": None, "title": 5}, None),
        ({"url": "/6", "title": "", "date_published": "yesterday"}, Entry("https://news.example.org/6")),
        ("7", None),
    ],
)  # fmt: skip
def test_items_of_a_json_feed(item: object, expected: Entry | None) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}
    assert listing(json.dumps(feed)).entries == ((expected,) if expected else ())


def test_a_json_feed_goes_on_elsewhere() -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "next_url": "/feed?page=2", "items": [{"url": "/1"}]}
    assert listing(json.dumps(feed)) == Listing(
        "json_feed", (Entry("https://news.example.org/1"),), ("https://news.example.org/feed?page=2",)
    )


def test_a_json_feed_that_ends_too_early_is_read_up_to_there() -> None:
    feed = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "/1"}, {"url": "/2"}, {"url": "/3'
    assert links(listing(feed)) == ["/1", "/2"]


def urlset(*urls: str, head: str = f"{SITEMAP} {NEWS}") -> str:
    return f'<?xml version="1.0"?><urlset {head}>' + "".join(f"<url>{url}</url>" for url in urls) + "</urlset>"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-02T14:00:00+02:00", NOON), ("2024-05-02T12:00Z", NOON), ("2024-05-02T12:00:00.000Z", NOON),
        ("2024-05-02", datetime(2024, 5, 2, tzinfo=UTC)), ("Thu, 02 May 2024 12:00:00 GMT", NOON),
        (" 2024-05-02T12:00:00Z\n", NOON), ("2024-05", None), ("2024", None), ("soon", None), ("", None),
    ],
)  # fmt: skip
def test_every_form_of_a_time(written: str, expected: datetime | None) -> None:
    found = listing(urlset(f"<loc>/1</loc><lastmod>{written}</lastmod>"))
    assert found.entries == (Entry("https://news.example.org/1", None, expected),)


def test_a_news_sitemap() -> None:
    news = "<news:news><news:publication><news:name>N</news:name></news:publication>"
    found = listing(urlset(
        f"<loc>/1</loc><lastmod>2024-05-03</lastmod>{news}<news:publication_date>2024-05-02T12:00:00Z"
        "</news:publication_date><news:title>Ferry &amp; train</news:title></news:news>",
        "<loc>/2</loc><image:image xmlns:image='i'><image:loc>/2.jpg</image:loc></image:image>",
    ))  # fmt: skip
    assert found == Listing("news_sitemap", (
        Entry("https://news.example.org/1", "Ferry & train", NOON),
        Entry("https://news.example.org/2"),
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (urlset("<loc>/1</loc>", "<loc>/2</loc>", "<loc>/1#a</loc>"), ["/1", "/2"]),
        (urlset("<loc>/1</loc>", head='xmlns="https://wrong.example/"'), ["/1"]),
        (urlset("<loc>/1</loc>", head=""), ["/1"]),
        ("<s:urlset><s:url><s:loc>/1</s:loc></s:url></s:urlset>", ["/1"]),
        (urlset("<loc>/1?a=1&b=2&amp;c=3</loc>"), ["/1?a=1&b=2&c=3"]),
        (urlset("<loc><![CDATA[/1?a=1&b=2]]></loc>"), ["/1?a=1&b=2"]),
        (urlset("<loc>\n  /1\n  </loc>"), ["/1"]),
        (urlset("<loc></loc>", "<lastmod>2024-05-02</lastmod>", "<loc>/1</loc>"), ["/1"]),
        (urlset("<loc>/1</loc>", "<loc>/2</loc>")[:-20], ["/1"]),
        (urlset("<loc>/1</loc>", "<loc>/2</b></loc>", "<loc>/3</loc>"), ["/1", "/2", "/3"]),
        (urlset("<loc>/1</loc>", "<loc>/2&nbsp;x</loc>")[:-5], ["/1", "/2&nbsp;x"]),
        (urlset(), []),
        (urlset("<loc>/é 1</loc>"), ["/é%201"]),
    ],
)
def test_pages_of_a_sitemap(data: str, expected: list[str]) -> None:
    assert links(listing(data)) == expected
    assert links(listing(gzip.compress(data.encode()))) == expected


def test_an_index_names_its_sitemaps_the_one_changed_last_first() -> None:
    index = f"""<sitemapindex {SITEMAP}><sitemap><loc>/old.xml</loc><lastmod>2020-01</lastmod></sitemap>
    <sitemap><loc>/1.xml</loc><lastmod>2024-05-01</lastmod></sitemap><sitemap><loc>/2.xml.gz</loc>
    <lastmod>2024-05-02</lastmod></sitemap></sitemapindex>"""
    more = tuple(f"https://news.example.org/{name}" for name in ("old.xml", "2.xml.gz", "1.xml"))
    assert listing(index) == Listing("sitemap_index", (), more)


def test_a_sitemap_of_plain_lines() -> None:
    found = listing("https://news.example.org/1\nhttps://news.example.org/2\n\n", "text/plain")
    assert (found.kind, links(found)) == ("sitemap", ["/1", "/2"])


def test_only_addresses_that_follow_is_found_in() -> None:
    data = urlset("<loc>/news/1</loc>", "<loc>/sport/2</loc>")
    assert links(listing(data, follow="/news/")) == ["/news/1"]


def test_entities_of_a_sitemap_are_not_expanded_nor_fetched() -> None:
    bomb = '<!DOCTYPE urlset [<!ENTITY a "boom"><!ENTITY x SYSTEM "file:///etc/passwd">' + "".join(
        f'<!ENTITY {name} "{f"&{inner};" * 20}">' for inner, name in zip("abcdefg", "bcdefgh", strict=True)
    ) + "]>"  # fmt: skip
    data = urlset("<loc>/1</loc>", "<loc>/2&h;</loc>", "<loc>/3&x;</loc>").replace("<urlset", bomb + "<urlset")
    assert links(listing(data)) == ["/1", "/2&h", "/3&x"]


def long_sitemap(size: int) -> str:
    return urlset(*(f"<loc>/{number}?page=1</loc><lastmod>2024-05-02</lastmod>" for number in range(size)))


def test_of_a_sitemap_that_is_too_long_the_first_50_000_are_read() -> None:
    assert len(listing(long_sitemap(50_100)).entries) == 50_000


def test_a_long_sitemap_takes_time_in_proportion() -> None:
    assert grows_with_length(lambda size: partial(listing, long_sitemap(size)), 4_000)


@pytest.mark.parametrize(
    ("data", "reason", "cure"),
    [
        (b"<!doctype html><html>", Reason.NOT_A_FEED, "under `urls`"),
        (gzip.compress(b"<urlset>" + b" " * 80_000_000, 1), Reason.TOO_LARGE, "67,108,864"),
        (b"\x1f\x8b" + bytes(30), Reason.TRUNCATED, "send it again"),
        (b'<html><link rel="alternate" type="application/feed+json" href="/f.json">', Reason.NOT_A_FEED, "/f.json"),
    ],
)
def test_what_is_no_listing(data: bytes, reason: Reason, cure: str) -> None:
    outcome = read_listing(data, AT, "text/html", None)
    assert isinstance(outcome, Reject)
    assert outcome.reason is reason
    assert cure in outcome.detail
    if reason is Reason.NOT_A_FEED:
        assert read_listing(data, AT, "text/html", None, kind="sitemap") == outcome


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([b"", b"<urlset>", b"<sitemapindex>", b"<rss><channel>", b'{"version":"https://jsonfeed.org/version/1",'
                     b'"items":[', b"\x1f\x8b", b"<html>"]),
    st.one_of(st.binary(max_size=60),
              st.text(st.sampled_from(list('<>/&;:[]{}",? abcurlocitem')), max_size=60).map(str.encode)),
    st.sampled_from(["section", "sitemap", None]),
)  # fmt: skip
def test_no_input_raises(start: bytes, rest: bytes, kind: str | None) -> None:
    found = read_listing(start + rest, AT, "text/html", None, kind=kind)
    assert isinstance(found, Reject) or all(entry.link for entry in found.entries)
