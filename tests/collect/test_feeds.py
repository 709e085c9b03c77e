"""Feeds give the addresses they name."""

from datetime import UTC, datetime
from time import process_time

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
        ("<item><link><![CDATA[ https://a.example/1?a=1&b=2 ]]></link></item>", ["https://a.example/1?a=1&b=2"]),
        ("<item><link>https://a.example/old ferry.html</link></item>", ["https://a.example/old%20ferry.html"]),
        ("<item><link>https://a.exam\nple/1</link></item>", ["https://a.example/1"]),
        ("<item><link>#comments</link></item><item><link></link></item>", []),
        ("<item><link>https://news.example.org/world/feed.xml?utm_source=rss</link></item>", []),
        ("<item><guid>https://a.example/g</guid></item>", ["https://a.example/g"]),
        ("<item><guid>tag:a.example,2024:7</guid></item><item><guid>4711</guid></item>", []),
        ('<item><guid isPermaLink="false">https://a.example/g</guid></item>', []),
        ('<item><link>https://a.example/1</link><guid isPermaLink="true">https://a.example/g</guid></item>',
         ["https://a.example/1"]),
        ("<item><link>https://feeds.example/~r/7</link>"
         '<feedburner:origLink xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">https://a.example/1'
         "</feedburner:origLink></item>", ["https://a.example/1"]),
        ("<item><link>https://a.example/1?utm_source=rss</link></item><item><link>https://A.example/1</link></item>",
         ["https://a.example/1?utm_source=rss"]),
        ('<item xml:base="https://b.example/x/"><link>1.html</link></item>', ["https://b.example/x/1.html"]),
        ('<item xml:base="/x/"><link>1.html</link></item>', ["https://news.example.org/x/1.html"]),
        ("<item><guid>4711</guid><link>/4711</link></item>", ["https://news.example.org/4711"]),
        ("<item><link>mailto:desk@a.example</link></item>", ["mailto:desk@a.example"]),
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


@pytest.mark.parametrize(
    ("links_of_entry", "expected"),
    [
        ('<link rel="self" href="/self"/><link rel="alternate" href="/page"/><link rel="enclosure" href="/a"/>',
         "/page"),
        ('<link href="/page"/><link rel="related" href="/other"/>', "/page"),
        ('<link rel="replies" href="/replies"/><id>https://news.example.org/page</id>', "/page"),
        ('<id>urn:uuid:60a76c80</id>', None),
    ],
)  # fmt: skip
def test_the_link_of_an_atom_entry_is_its_page(links_of_entry: str, expected: str | None) -> None:
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry>{links_of_entry}</entry></feed>'
    assert links(atom.encode()) == ([f"https://news.example.org{expected}"] if expected else [])


@pytest.mark.parametrize(
    "feed",
    [
        '<rss version="0.91"><channel><item><title>A</title><link>/1</link></item></channel></rss>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
        "<channel><title>T</title></channel><item><title>A</title><link>/1</link></item></rdf:RDF>",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<item rdf:about="/x"><title>A</title><link>/1</link></item></rdf:RDF>',
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>A</title>'
        '<link rel="alternate" type="text/html" href="/1"/></entry></feed>',
    ],
)  # fmt: skip
def test_old_kinds_of_feed(feed: str) -> None:
    assert read_feed(feed.encode(), AT) == (Entry("https://news.example.org/1", "A"),)


def test_a_date_in_the_future_is_kept() -> None:
    (entry,) = read_feed(rss("<item><link>/1</link><pubDate>Tue, 02 Feb 2112 10:00:00 GMT</pubDate></item>"), AT)
    assert entry.published == datetime(2112, 2, 2, 10, tzinfo=UTC)


BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b "{a}"><!ENTITY c "{b}"><!ENTITY d "{c}"><!ENTITY e "{d}">'
    '<!ENTITY f "{e}"><!ENTITY g "{f}"><!ENTITY h "{g}"><!ENTITY x SYSTEM "file:///etc/passwd">'
    '<!ENTITY % y SYSTEM "http://127.0.0.1:9/evil.dtd"> %y;]>'
).format(**{name: f"&{name};" * 20 for name in "abcdefg"})


@pytest.mark.parametrize("entity", ["&h;", "&x;", "&y;", "&lt;"])
def test_entities_are_not_expanded_nor_fetched(entity: str) -> None:
    feed = rss(f"<item><title>t {entity}</title><link>/1</link></item><item><link>/2</link></item>")
    entries = read_feed(feed.replace(b"<rss", BOMB.encode() + b"<rss"), AT)
    assert [entry.link for entry in entries] == ["https://news.example.org/1", "https://news.example.org/2"]
    assert len(entries[0].title or "") < 20
    assert "root" not in str(entries)


LONG = "<description>" + "<![CDATA[<title>no</title><link>/no</link>]]>" * 40 + "</description>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_a_large_feed_reads_as_a_small_one_does(encoding: str) -> None:
    items = "".join(
        f"<item>{LONG}<title>Müller {n}</title><link>/{n}</link><pubDate>Thu, 02 May 2024 10:00:00 GMT</pubDate></item>"
        for n in range(400)
    )
    entries = read_feed(rss(items, encoding), AT)
    day = datetime(2024, 5, 2, 10, tzinfo=UTC)
    assert entries == tuple(Entry(f"https://news.example.org/{n}", f"Müller {n}", day) for n in range(400))


@pytest.mark.parametrize(
    "junk",
    ["<a><b>", "<<<&&&", "<item><title>", '<a href="', "<![CDATA[", "<!-- ", "<!DOCTYPE [", "\0\1\2", "x", "&lol;"],
)  # fmt: skip
def test_ten_megabytes_of_junk_neither_hang_nor_hide_what_came_before(junk: str) -> None:
    data = rss("<item><link>/1</link></item>").removesuffix(b"</channel></rss>") + junk.encode() * (10**7 // len(junk))
    started = process_time()
    assert links(data) == ["https://news.example.org/1"]
    assert process_time() - started < 5


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
