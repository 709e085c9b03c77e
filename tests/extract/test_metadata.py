"""Headline, byline, dates, dateline, address and the rest of what a page says about itself."""

from datetime import UTC, datetime
from typing import Any

import pytest
from written_pages import MAYOR, RIVER, STORY, news, page, paragraphs

from transforms.extract import extract_page, extract_row
from transforms.extract.article import Article
from transforms.extract.bylines import people_in
from transforms.extract.dateline import Dateline, find_dateline
from transforms.extract.published import parse_moment
from transforms.outcome import Reason, Reject

URL = "https://www.harbour-news.example/porto/ferry-stopped"
FETCHED = datetime(2024, 6, 1, 12, tzinfo=UTC)


def read(content: bytes, *, url: str | None = URL, fetched_at: datetime | None = FETCHED) -> Article:
    article = extract_page(content, url=url, media_type="text/html", fetched_at=fetched_at)
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize(
    ("title", "head", "ld", "expected"),
    [
        ("Ferry stopped | Harbour News", "", None, "Ferry stopped"),
        ("Ferry stopped - Harbour News Online", "", None, "Ferry stopped"),
        ("Ferry stopped - what now?", "", None, "Ferry stopped - what now?"),
        (
            "x",
            '<meta property="og:title" content="Ferry &amp; bridge stopped | 03.05.2024">',
            None,
            "Ferry & bridge stopped",
        ),
        ("x", "", news(headline="Ferry &#8216;stopped&#8217;"), "Ferry ‘stopped’"),
        ("x", "", {"@context": "https://schema.org", "@graph": [news(headline="In a graph")]}, "In a graph"),
        (
            "Ferry stopped on the river for good",
            "",
            news(headline="Ferry stopped on the river..."),
            "Ferry stopped on the river for good",
        ),
        ("Harbour News", '<meta property="og:site_name" content="Harbour News">', None, None),
        ("x", "", news(headline="The ferryman&#039;s day"), "The ferryman's day"),
    ],
)
def test_headline(title: str, head: str, ld: dict[str, Any] | None, expected: str | None) -> None:
    assert read(page(title=title, head=head, ld=ld)).headline == expected


@pytest.mark.parametrize(
    ("shown", "stated"),
    [
        ("<h1>Ferry stopped for the third time</h1>", "River: Ferry stopped for the third time"),
        ("<h1>Ferry stopped for the third time</h1>", "River | Ferry stopped for the third time"),
        ("<h1><span class=kicker>River</span> Ferry stopped for the third time</h1>", None),
        ("<h1><span class=dachzeile>River</span> - <span>Ferry stopped for the third time</span></h1>", None),
    ],
)
def test_a_kicker_is_no_part_of_the_headline(shown: str, stated: str | None) -> None:
    body = f"<article>{shown}{paragraphs(*STORY)}</article>"
    assert read(page(body, title="x", ld=news(headline=stated))).headline == "Ferry stopped for the third time"


def test_a_headline_that_has_a_colon_of_its_own_keeps_it() -> None:
    assert read(page(title="x", ld=news(headline="Flood: ferry stopped"))).headline == "Flood: ferry stopped"


def test_a_headline_repeated_in_the_body_is_not_in_the_text() -> None:
    article = read(page(f"<article><h1>Ferry stopped</h1>{paragraphs('Ferry stopped', *STORY)}</article>"))
    assert article.text == "\n\n".join(STORY)
    assert {row.rule for row in article.removals} == {"headline_repeated"}


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("By Ana Ruiz and Li Wei", ["Ana Ruiz", "Li Wei"]),
        ("Ana Ruiz, Harbour News Staff", ["Ana Ruiz"]),
        ("Von Karl von Berg", ["Karl von Berg"]),
        ("ANA RUIZ in Porto Novo", ["Ana Ruiz"]),
        ("Dr. Ana Ruiz", ["Ana Ruiz"]),
        ("Reuters Staff", []),
        ("Associated Press", []),
        ("admin", []),
        ("News Desk", []),
        ("desk@harbour.example", []),
        ("https://harbour.example/ana", []),
        ("大渡美咲", ["大渡美咲"]),
    ],
)
def test_people_in_a_byline(byline: str, people: list[str]) -> None:
    assert list(people_in(byline)) == people


@pytest.mark.parametrize(
    ("head", "body", "ld", "authors", "agency"),
    [
        ("", "", news(author={"@type": "Person", "name": "Ana Ruiz"}), ("Ana Ruiz",), None),
        ("", "", news(author=[{"name": "Ana Ruiz"}, {"name": "Reuters"}]), ("Ana Ruiz",), "Reuters"),
        ("", "", news(author={"@type": "Organization", "name": "Reuters Staff"}), (), "Reuters"),
        ("", "", news(author={"name": "Michael Bloomberg"}), ("Michael Bloomberg",), None),
        ('<meta name="author" content="Li Wei">', "", news(author={"name": "Harbour News"}), ("Li Wei",), None),
        (
            '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Li Wei">',
            "",
            None,
            ("Li Wei",),
            None,
        ),
        ("", '<p class="byline">By Ana Ruiz</p>', None, ("Ana Ruiz",), None),
        ("", "<li>Von: <a href=/ana>Ana Ruiz</a>, <a href=/li>Li Wei</a></li>", None, ("Ana Ruiz", "Li Wei"), None),
        ("", "<li><strong>Autorin/Autor</strong> Ana Ruiz</li>", None, ("Ana Ruiz",), None),
        ("", "<p>By the river stood a house</p>", None, (), None),
        ('<meta name="author" content="Harbour Radio (www.harbour.example)">', "", None, (), None),
        (
            "",
            '<a rel="author" href="/ana">Ana Ruiz</a> <a rel="author" href="/li">Li Wei</a>',
            news(author={"name": "Li Wei"}),
            ("Ana Ruiz", "Li Wei"),
            None,
        ),
        (
            "",
            "",
            {
                "@context": "https://schema.org",
                "@graph": [news(author={"@id": "#ana"}), {"@type": "Person", "@id": "#ana", "name": "Ana Ruiz"}],
            },
            ("Ana Ruiz",),
            None,
        ),
        ("", '<a rel="author" href="/ana">Ana Ruiz</a>', None, ("Ana Ruiz",), None),
        ("", '<aside><a rel="author" href="/x">Max Other</a></aside>', None, (), None),
    ],
)
def test_byline(head: str, body: str, ld: dict[str, Any] | None, authors: tuple[str, ...], agency: str | None) -> None:
    site = '<meta property="og:site_name" content="Harbour News">'
    article = read(page(f"{body}<article>{paragraphs(*STORY)}</article>", head=site + head, ld=ld))
    assert (article.authors, article.agency) == (authors, agency)


@pytest.mark.parametrize(
    ("author", "credits"),
    [
        ([{"name": "Ana Ruiz"}, {"name": "Reuters"}], ("Ana Ruiz", "Reuters")),
        ([{"name": "Ana Ruiz"}, {"name": "Web Desk"}], ("Ana Ruiz",)),
        ({"name": "Harbour Newsroom"}, ("Harbour Newsroom",)),
        ({"name": "dpa"}, ("dpa",)),
        (None, ()),
    ],
)
def test_whom_a_byline_credits(author: Any, credits: tuple[str, ...]) -> None:
    assert read(page(ld=news(author=author))).credits == credits


@pytest.mark.parametrize(
    ("head", "ld", "section"),
    [
        ("", news(articleSection=["World", "Europe"]), "World"),
        ('<meta property="article:section" content="Sport">', None, "Sport"),
        ('<meta property="article:section" content="https://news.example/sport">', None, None),
        (
            "",
            {
                "@context": "https://schema.org",
                "@graph": [
                    news(),
                    {
                        "@type": "BreadcrumbList",
                        "itemListElement": [
                            {"name": "Harbour", "item": "https://news.example/"},
                            {"name": "River", "item": "https://news.example/river"},
                            {"name": "Ferry stopped"},
                        ],
                    },
                ],
            },
            "River",
        ),
        ("", None, None),
    ],
)
def test_section(head: str, ld: dict[str, Any] | None, section: str | None) -> None:
    assert read(page(head=head, ld=ld)).section == section


MAY = '<meta property="article:published_time" content="2024-05-03T14:24:00+02:00">'


@pytest.mark.parametrize(
    ("head", "body", "ld", "expected"),
    [
        ("", "", news(datePublished="2024-05-03T14:24:10+02:00"), ("2024-05-03T14:24:10+02:00", "second", "json-ld")),
        (MAY, "", None, ("2024-05-03T14:24:00+02:00", "minute", "meta")),
        (MAY, "", news(datePublished="2024-05-03"), ("2024-05-03T14:24:00+02:00", "minute", "meta")),
        (MAY, "", news(datePublished="2024-05-01"), ("2024-05-01", "day", "json-ld")),
        (
            MAY,
            "",
            news(datePublished="2034-05-03T10:00:00Z"),
            ("2024-05-03T14:24:00+02:00", "minute", "meta (json-ld 2034-05-03 refused)"),
        ),
        (
            MAY,
            "",
            news(datePublished="1970-01-01T00:00:01Z"),
            ("2024-05-03T14:24:00+02:00", "minute", "meta (json-ld 1970-01-01 refused)"),
        ),
        ("", "", news(datePublished="2034-05-03T10:00:00Z"), (None, None, "(json-ld 2034-05-03 refused)")),
        ("", '<time datetime="2024-05-03T14:24:00Z">May</time>', None, ("2024-05-03T14:24:00Z", "minute", "time")),
        ("", '<time datetime="2024-05-03T14:24:00">May</time>', None, ("2024-05-03", "day", "time")),
        ("", "", news(datePublished="2024-05-03T00:00:00+09:00"), ("2024-05-03", "day", "json-ld")),
        ("", "", None, (None, None, None)),
    ],
)
def test_when_it_was_published(
    head: str, body: str, ld: dict[str, Any] | None, expected: tuple[str | None, str | None, str | None]
) -> None:
    article = read(page(f"{body}<article>{paragraphs(*STORY)}</article>", head=head, ld=ld))
    row = extract_row(article, "1")
    assert (row["published_at"], row["published_precision"], article.published_method) == expected


@pytest.mark.parametrize(
    ("written", "zone"), [("2024-05-03T14:24:10+02:00", "stated"), ("2024-05-03T14:24:10", None), ("2024-05-03", None)]
)
def test_a_zone_is_stated_or_unknown(written: str, zone: str | None) -> None:
    assert read(page(ld=news(datePublished=written))).published_zone == zone


def test_the_address_tells_the_day_when_nothing_else_does() -> None:
    article = read(page(), url="https://news.example/2024/05/03/ferry")
    assert (str(article.published_at), article.published_method) == ("2024-05-03 00:00:00+00:00", "url")


@pytest.mark.parametrize(
    ("written", "at", "precision"),
    [
        ("2024-05-03T14:24:00.000+0200", "2024-05-03T14:24:00+02:00", "minute"),
        ("2024-05-03 14:24:05 UTC", "2024-05-03T14:24:05+00:00", "second"),
        ("2024-05-03T14:24Z", "2024-05-03T14:24:00+00:00", "minute"),
        ("2024-5-3", "2024-05-03T00:00:00+00:00", "day"),
        ("20240503T142405Z", "2024-05-03T14:24:05+00:00", "second"),
        ("1714746245", "2024-05-03T14:24:05+00:00", "second"),
        ("1714746245000", "2024-05-03T14:24:05+00:00", "second"),
        ("Fri, 03 May 2024 14:24:05 +0200", "2024-05-03T14:24:05+02:00", "second"),
        ("2024-05-03T14:24:05", "2024-05-03T00:00:00+00:00", "day"),
    ],
)
def test_times_as_pages_write_them(written: str, at: str, precision: str) -> None:
    moment = parse_moment(written, "meta")
    assert moment and (moment.at.isoformat(), moment.precision) == (at, precision)


@pytest.mark.parametrize("written", ["", "soon", "2024-13-40", "2024-05-03T99:99:99Z", None, [], {}, True, "9" * 40])
def test_no_time(written: object) -> None:
    assert parse_moment(written, "meta") is None


def test_modified_needs_a_zone() -> None:
    assert str(read(page(ld=news(dateModified="2024-05-03T14:00:00+02:00"))).modified_at) == "2024-05-03 14:00:00+02:00"
    assert read(page(ld=news(dateModified="2024-05-03T14:00:00"))).modified_at is None


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("BEIRUT (AP) — The road", Dateline("BEIRUT", "AP")),
        ("BEIRUT, Lebanon, Nov. 30 (Reuters) - The road", Dateline("BEIRUT, Lebanon, Nov. 30", "Reuters")),
        ("Porto Novo (AFP) – The road", Dateline("Porto Novo", "AFP")),
        ("(Reuters) - Shares", Dateline(None, "Reuters")),
        ("NAIROBI, Kenya — The road", Dateline("NAIROBI, Kenya", None)),
        ("KAMPALA, Sept 17 (Meridian) - The road", Dateline("KAMPALA, Sept 17", None)),
        ("GENEVA — The road", Dateline("GENEVA", None)),
        ("The mayor (AP Photo) said", None),
        ("NATO – the alliance – met", None),
        ("He said – and left", None),
    ],
)
def test_dateline(paragraph: str, expected: Dateline | None) -> None:
    assert find_dateline(paragraph) == expected


def test_the_dateline_stays_in_the_text() -> None:
    article = read(page(f"<article>{paragraphs('BEIRUT (AP) — ' + RIVER, MAYOR)}</article>"))
    assert (article.dateline, article.agency) == ("BEIRUT", "AP")
    assert article.text.startswith("BEIRUT (AP) — ")


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="https://news.example/a">', "https://news.example/a"),
        ('<link rel="canonical" href="/a">', "https://www.harbour-news.example/a"),
        ('<link rel="canonical" href="https://news.example/">', None),
        (
            '<link rel="canonical" href="file:///a"><meta property="og:url" content="https://news.example/b">',
            "https://news.example/b",
        ),
        ("", None),
    ],
)
def test_canonical_address(head: str, canonical: str | None) -> None:
    assert read(page(head=head)).canonical_url == canonical


def test_licence_and_access() -> None:
    ld = news(license="https://creativecommons.org/licenses/by/4.0/", isAccessibleForFree="True")
    article = read(page(ld=ld))
    assert (article.license, article.is_accessible_for_free) == ("https://creativecommons.org/licenses/by/4.0/", True)
    assert read(page(head='<meta property="article:content_tier" content="locked">')).is_accessible_for_free is False
    assert read(page()).is_accessible_for_free is None


@pytest.mark.parametrize(
    "ld", ['{"@type": "NewsArticle", "headline": "Kept",}', '{"@type": "NewsArticle", "headline": "Kept"};']
)
def test_sloppy_json_ld_is_still_read(ld: str) -> None:
    assert read(page(head=f'<script type="application/ld+json">{ld}</script>')).headline == "Kept"


def test_the_row_of_a_reject_says_what_was_wrong() -> None:
    row = extract_row(Reject("extract", Reason.EMPTY, "there are no characters in it"), 7)
    assert row == {
        "id": 7, "title": None, "authors": [], "published_at": None, "published_precision": None,
        "language": None, "text": None, "error": "empty: there are no characters in it",
    }  # fmt: skip
    assert list(row) == list(extract_row(read(page()), 7))
