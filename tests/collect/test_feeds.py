"""Feeds give the addresses they name."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.collect.feeds import Entry, is_feed, read_feed
from transforms.outcome import Reason, Reject

AT = "https://news.example.org/world/feed.xml"
RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0"><channel><title>World</title><link>https://news.example.org/</link>{items}</channel></rss>"""


def rss(items: str, encoding: str = "utf-8") -> bytes:
    return RSS.format(items=items, encoding=encoding).encode(encoding)


def links(data: bytes, url: str = AT) -> list[str]:
    entries = read_feed(data, url)
    assert not isinstance(entries, Reject)
    return [entry.link for entry in entries]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("<item><link>https://a.example/1</link></item>", ["https://a.example/1"]),
        ("<item><link>/1.html</link></item>", ["https://news.example.org/1.html"]),
        ("<item><link>1.html</link></item>", ["https://news.example.org/world/1.html"]),
        ("<item><link>https://a.example/1#top</link></item>", ["https://a.example/1"]),
        ("<item><link>/1</link></item><item><link>/2</link></item><item><link>/1</link></item>",
         ["https://news.example.org/1", "https://news.example.org/2"]),
        ("<item><link>https://a.example/?a=1&amp;b=2</link></item>", ["https://a.example/?a=1&b=2"]),
        ('<item><guid isPermaLink="true">https://a.example/g</guid></item>', ["https://a.example/g"]),
        ("<item><title>no link</title></item>", []),
        ("<item><link> https://a.example/1\n</link></item>", ["https://a.example/1"]),
        ("<item><link>https://[broken</link></item><item><link>/2</link></item>", ["https://news.example.org/2"]),
        ("", []),
    ],
)  # fmt: skip
def test_links_of_rss(items: str, expected: list[str]) -> None:
    assert links(rss(items)) == expected


def test_relative_links_of_a_feed_on_disk_are_files_beside_it() -> None:
    assert links(rss("<item><link>a.html</link></item>"), "file:///news/f.xml") == ["file:///news/a.html"]


def test_an_atom_entry_with_its_date() -> None:
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>Ferry resumes</title>
    <link rel="edit" href="/edit/1"/><link href="/1"/><updated>2024-05-02T10:00:00+02:00</updated></entry></feed>"""
    assert read_feed(atom, AT) == (
        Entry("https://news.example.org/1", "Ferry resumes", datetime(2024, 5, 2, 8, tzinfo=UTC)),
    )


def test_encodings() -> None:
    item = "<item><title>Müller à Nîmes</title><link>/1</link></item>"
    for encoding in ("utf-8", "iso-8859-1", "utf-16"):
        entries = read_feed(rss(item, encoding), AT)
        assert not isinstance(entries, Reject)
        assert [entry.title for entry in entries] == ["Müller à Nîmes"]


def test_malformed_xml_is_read_as_far_as_it_goes() -> None:
    assert links(rss("<item><title>A & B <b></title><link>/1</link></item><item><link>/2")) [:1] == [
        "https://news.example.org/1"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "cure"),
    [
        (b"<!doctype html><html><body>hello</body></html>", "under `urls`"),
        (b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>',
         "use https://news.example.org/rss.xml"),
        (b"%PDF-1.4 ...", "something else"),
        (b"", "something else"),
    ],
)  # fmt: skip
def test_what_is_no_feed(data: bytes, cure: str) -> None:
    outcome = read_feed(data, AT)
    assert isinstance(outcome, Reject)
    assert outcome.reason is Reason.NOT_A_FEED
    assert cure in outcome.detail


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- by hand --><rss version="2.0">', True),
        (b'<?xml-stylesheet href="x"?><feed xmlns="http://www.w3.org/2005/Atom">', True),
        (b'<rdf:RDF xmlns="http://purl.org/rss/1.0/">', True),
        ('<?xml version="1.0" encoding="utf-16"?><rss version="2.0">'.encode("utf-16"), True),
        (b"<!DOCTYPE html><html><body>about <rss> feeds", False),
        (b"<feedback>", False),
        (b"rss", False),
    ],
)
def test_a_feed_is_known_by_how_it_begins(data: bytes, expected: bool) -> None:
    assert is_feed(data) is expected


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("<>/&;:[]#?. abcitemlnk\"'")), max_size=80))
def test_no_junk_in_a_feed_raises(junk: str) -> None:
    entries = read_feed(rss(f"<item><link>{junk}</link></item>"), AT)
    assert isinstance(entries, Reject) or all(entry.link for entry in entries)
