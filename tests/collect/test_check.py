"""A first look at a site: a real one on loopback, and what a newcomer is told of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.collect.archive.archive import Archive
from flows.collect.client.network import NoContact
from flows.collect.sources import read_sources
from flows.settings import Politeness, Settings, Storage
from flows.sources.advice import cure
from flows.sources.check import BadAddress, check_site
from flows.sources.report import SiteReport, print_report
from flows.sources.source_file import FileIsThere
from transforms.outcome import Reason, Reject

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STORY = """<!doctype html><html lang="en"><head><title>Ferry {number} sails again</title>{head}
<meta property="og:site_name" content="The Harbour Gazette">
<meta property="article:published_time" content="2026-11-22T0{number}:00:00Z"></head><body><article>
<h1>Ferry {number} sails again</h1>
<p>The ferry to the northern islands sailed again on Sunday after nine days in port, its operator said at noon.</p>
<p>More than 400 people had waited in the harbour hall since dawn, many of them with goods for the market.</p>
<p>The council wants to know by Friday why the pumps of the old ship had failed for the third time since September.</p>
</article></body></html>"""
FRONT = """<!doctype html><html lang="en-GB"><head><title>Gazette</title>{head}
<meta property="og:site_name" content="The Harbour Gazette"></head><body>{body}</body></html>"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    storage = Storage(lake=tmp_path / "lake", raw=tmp_path / "raw", state=tmp_path / "state.db")
    politeness = Politeness(contact="mailto:desk@example.org", pause_seconds=0)
    return Settings(home=tmp_path, storage=storage, politeness=politeness)


def check(url: str, settings: Settings, **options: Any) -> SiteReport:
    return check_site(url, settings, clock=lambda: NOW, **{"name": "gazette"} | options)


def stories(site: Any, count: int = 3, head: str = "", path: str = "/2026/11/story-{}") -> list[str]:
    for number in range(count):
        body = STORY.format(number=number, head=head).encode()
        site.say(path.format(number), {"body": body})
    return [site.url + path.format(number) for number in range(count)]


def rss(site: Any, path: str, links: list[str], every: timedelta = HOUR) -> str:
    moments = [NOW - (place + 1) * every for place in range(len(links))]
    items = "".join(
        f"<item><title>t</title><link>{link}</link><pubDate>{moment:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for link, moment in zip(links, moments, strict=True)
    )
    body = f'<rss version="2.0"><channel><title>f</title>{items}</channel></rss>'.encode()
    return str(site.say(path, {"body": body, "media_type": "application/rss+xml"}))


def front(site: Any, head: str = "", body: str = "") -> str:
    return str(site.say("/", {"body": FRONT.format(head=head, body=body).encode()}))


ALTERNATE = '<link rel="alternate" type="application/rss+xml" href="/rss">'


def test_a_site_with_a_feed_gets_its_file(site: Any, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    rules = b"User-agent: *\nCrawl-delay: 0.01\nDisallow: /admin\n"
    site.say("/robots.txt", {"body": rules, "media_type": "text/plain"})
    links = stories(site)
    rss(site, "/rss", links + [f"{site.url}/old-{number}" for number in range(27)])
    report = check(front(site, ALTERNATE), settings)

    assert (report.robots, report.crawl_delay_seconds, report.can_be_collected) == ("allowed", 0.01, True)
    assert report.verdict == "It can be collected by its RSS feed, about 25 articles a day."
    assert [(note.kind, note.entries) for note in report.listings] == [("rss", 30)]
    assert report.listings[0].newest == NOW - HOUR
    assert [article.headline for article in report.articles] == [f"Ferry {number} sails again" for number in range(3)]
    assert all(article.words > 40 and article.published_at for article in report.articles)

    source = read_sources(settings.sources)["gazette"]
    assert (source.name, source.language, source.country) == ("The Harbour Gazette", "en", None)
    assert (source.feeds, source.enabled, source.allow_private) == ((site.url + "/rss",), True, True)
    assert source.articles_per_day is not None
    assert (source.articles_per_day.at_least, source.articles_per_day.at_most) == (7, 93)

    with Archive(settings.storage.raw, settings.storage.state) as archive:
        assert {page.url for page in archive.pages()} >= set(links)
    print_report(report)
    told = capsys.readouterr().out
    for words in (
        "allows copydesk",
        "asks for 0.01 s",
        "RSS feed, named by the page, 30 entries",
        "copydesk ingest gazette",
    ):
        assert words in told


def test_nothing_is_replaced_unasked(site: Any, settings: Settings) -> None:
    rss(site, "/rss", stories(site))
    url = front(site, ALTERNATE)
    report = check(url, settings, write=False)
    assert report.file is None
    assert report.yaml is not None
    assert not settings.sources.exists()
    check(url, settings)
    with pytest.raises(FileIsThere, match=r"gazette\.yaml is there already; --force"):
        check(url, settings)
    assert check(url, settings, force=True).file
    assert check(url, settings, name="gazette_world").file
    assert list(read_sources(settings.sources)) == ["gazette", "gazette_world"]


def test_a_sitemap_that_robots_names_and_its_index(site: Any, settings: Settings) -> None:
    links = stories(site)
    moments = [f"{NOW - 12 * place * HOUR:%Y-%m-%dT%H:%M:%SZ}" for place in range(3)]
    pages = "".join(
        f"<url><loc>{link}</loc><lastmod>{at}</lastmod></url>" for link, at in zip(links, moments, strict=True)
    )
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.say("/s1.xml", {"body": f"<urlset {space}>{pages}</urlset>".encode(), "media_type": "text/xml"})
    index = f"<sitemapindex {space}><sitemap><loc>{site.url}/s1.xml</loc></sitemap></sitemapindex>"
    site.say("/index.xml", {"body": index.encode(), "media_type": "text/xml"})
    site.say("/robots.txt", {"body": f"Sitemap: {site.url}/index.xml\n".encode(), "media_type": "text/plain"})
    report = check(front(site), settings)
    assert report.can_be_collected
    assert (report.best, report.listings[0].found) == (site.url + "/index.xml", "named by robots.txt")
    assert (report.listings[0].kind, report.listings[0].entries, report.listings[0].more) == ("sitemap_index", 3, 1)
    assert read_sources(settings.sources)["gazette"].sitemaps == (site.url + "/index.xml",)
    assert any("--since" in advice for advice in report.advice)


def test_a_feed_that_nobody_names_is_guessed(site: Any, settings: Settings) -> None:
    rss(site, "/rss.xml", stories(site))
    report = check(front(site), settings)
    assert (report.best, report.can_be_collected) == (site.url + "/rss.xml", True)
    assert [note.found for note in report.listings] == ["guessed"]


def test_the_address_may_be_the_feed_itself(site: Any, settings: Settings) -> None:
    report = check(rss(site, "/world.rss", stories(site)), settings)
    assert (report.best, report.can_be_collected) == (site.url + "/world.rss", True)
    assert report.name == "The Harbour Gazette"


def test_a_feed_goes_before_a_sitemap_and_a_feed_that_is_awake_before_one_that_sleeps(
    site: Any, settings: Settings
) -> None:
    links = stories(site)
    rss(site, "/sleepy", links, every=30 * 24 * HOUR)
    rss(site, "/rss", [*links, *(f"{site.url}/{number}" for number in range(9))])
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{links[0]}</loc></url></urlset>'
    site.say("/sitemap.xml", {"body": sitemap.encode(), "media_type": "text/xml"})
    site.say("/robots.txt", {"body": f"Sitemap: {site.url}/sitemap.xml\n".encode(), "media_type": "text/plain"})
    report = check(front(site, ALTERNATE.replace('"/rss"', '"/sleepy"') + ALTERNATE), settings)
    assert len(report.listings) == 3
    assert report.best == site.url + "/rss"


def test_without_a_feed_the_links_of_the_page_are_followed(site: Any, settings: Settings) -> None:
    paths = [f"/2026/11/the-ferry-to-the-islands-sails-again-{number}" for number in range(6)]
    stories(site, 6, path="/2026/11/the-ferry-to-the-islands-sails-again-{}")
    links = "".join(
        f'<li><h2><a href="{path}">The ferry to the islands sails again, day {number}</a></h2></li>'
        for number, path in enumerate(paths)
    )
    report = check(front(site, body=f"<nav><a href='/about'>About us</a></nav><main><ul>{links}</ul></main>"), settings)
    assert (report.best, report.section, report.can_be_collected) == (None, site.url + "/", True)
    source = read_sources(settings.sources)["gazette"]
    assert source.sections == (site.url + "/",)
    assert source.follow == "/20[0-9]{2}/[0-9]{1,2}/"
    assert any("Check `follow`" in advice for advice in report.advice)


def test_a_site_of_nothing(site: Any, settings: Settings) -> None:
    report = check(front(site, body="<p>Under construction.</p>"), settings)
    assert (report.can_be_collected, report.file, report.yaml) == (False, None, None)
    assert report.verdict == "No feed, no sitemap and no links to articles were found."
    assert "list" in report.advice[0]


@pytest.mark.parametrize(
    ("headers", "meta"),
    [({"tdm-reservation": "1", "tdm-policy": "https://gazette.example/tdm.json"}, ""),
     ({}, '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://gazette.example/tdm.json">')],
    ids=["in a header", "in the page"],
)  # fmt: skip
def test_mining_that_is_reserved(site: Any, settings: Settings, headers: dict[str, str], meta: str) -> None:
    links = stories(site, head=meta)
    for link in links:
        site.answer(link.removeprefix(site.url)).headers.update(headers)
    rss(site, "/rss", links)
    report = check(front(site, ALTERNATE), settings)
    assert (report.tdm_reserved, report.tdm_policy) == (True, "https://gazette.example/tdm.json")
    assert not report.can_be_collected
    assert "reserves text and data mining" in report.verdict
    assert "respect_tdm: false" in report.advice[0]
    assert not read_sources(settings.sources)["gazette"].enabled


@pytest.mark.parametrize(
    ("answers", "verdict", "advice"),
    [
        ({"/robots.txt": {"body": b"User-agent: copydesk\nDisallow: /\n"}}, "forbids copydesk", "ask for leave"),
        ({"/": {"status": 403}}, "answered 403", "The server refuses us; write to the publisher"),
        ({"/": {"status": 404}}, "answered 404", "give the address it has now"),
    ],
)
def test_what_keeps_us_out_is_told_with_a_cure(
    site: Any, settings: Settings, answers: dict[str, Any], verdict: str, advice: str
) -> None:
    front(site, ALTERNATE)
    for path, answer in answers.items():
        site.say(path, {"media_type": "text/plain"} | answer)
    report = check(site.url, settings)
    assert (report.can_be_collected, report.file) == (False, None)
    assert verdict in report.verdict
    assert advice in report.advice[0]


def test_a_server_that_fails_may_be_better_later() -> None:
    detail = "https://gazette.example/robots.txt cannot be read, which forbids everything (RFC 9309): it answered 500"
    advice = cure(Reject("collect", Reason.ROBOTS_UNREACHABLE, detail))
    assert advice == "See whether gazette.example opens in a browser, and try again later."


def test_walls_are_named(site: Any, settings: Settings) -> None:
    rss(site, "/rss", [site.url + path for path in ("/a", "/b", "/c")])
    shell = b"<html><head><script src='app.js'></script></head><body><div id='root'></div></body></html>"
    for path in ("/a", "/b", "/c"):
        site.say(path, {"body": shell})
    report = check(front(site, ALTERNATE), settings)
    assert not report.can_be_collected
    assert report.verdict.endswith("but only 0 of 3 articles could be read.")
    assert {article.reason for article in report.articles} <= {"needs_javascript", "no_text", "empty"}
    source = read_sources(settings.sources)["gazette"]
    assert not source.enabled


def test_a_host_that_is_unknown(settings: Settings) -> None:
    report = check("https://harbour-gazette.invalid", settings)
    assert not report.can_be_collected
    assert "harbour-gazette.invalid" in report.verdict
    assert "spelt right" in report.advice[0]


@pytest.mark.parametrize("url", ["gazette", "ftp://gazette.example/", "https://", "data/samples", "https://a b.org"])
def test_what_is_no_address(settings: Settings, url: str) -> None:
    with pytest.raises(BadAddress):
        check(url, settings)


def test_nobody_is_asked_without_a_contact(site: Any, settings: Settings) -> None:
    anonymous = settings.model_copy(update={"politeness": Politeness()})
    with pytest.raises(NoContact, match=r"politeness\.contact"):
        check(site.url, anonymous)
    assert site.asked == []
