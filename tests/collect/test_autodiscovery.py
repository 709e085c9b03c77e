"""Feeds and sitemaps that a site names."""

import pytest

from transforms.collect.autodiscovery import GUESSES, named_listings, sitemaps_of_robots

AT = "https://news.example.org/world/"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/rss.xml">', ["/rss.xml"]),
        ('<link href="feed" type="application/atom+xml; charset=utf-8" rel="ALTERNATE nofollow">', ["/world/feed"]),
        ('<link rel=alternate type=application/feed+json href=/feed.json>'
         '<link rel=alternate type=application/rss+xml href=/feed>', ["/feed", "/feed.json"]),
        ('<link rel="alternate" type="application/rss+xml" title="News » Comments" href="/comments/feed/">'
         '<link rel="alternate" type="application/rss+xml" title="News" href="/feed/">', ["/feed/", "/comments/feed/"]),
        ('<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">', []),
        ('<link rel="alternate" type="application/json+oembed" href="/oembed?url=x">', []),
        ('<link rel="alternate" type="text/xml" href="/rss/world">', ["/rss/world"]),
        ('<link rel="alternate" hreflang="de" href="/de/">', []),
        ('<link rel="stylesheet" type="text/css" href="/feed.css">', []),
        ('<base href="https://news.example.org/"><link rel=alternate type=application/rss+xml href=a.rss>', ["/a.rss"]),
        ('<link rel=alternate type=application/rss+xml href="/f">'
         '<link rel=alternate type=application/rss+xml href="/f#x">', ["/f"]),
        ('<a href="/world/rss.xml">RSS</a><a href="/feedback">Feedback</a><a href="/rss">About RSS</a>',
         ["/world/rss.xml", "/rss"]),
        ('<link rel=alternate type=application/rss+xml href="https://[broken">', []),
        ("", []),
    ],
)  # fmt: skip
def test_feeds_that_a_page_names(html: str, expected: list[str]) -> None:
    assert named_listings(html.encode(), AT, None) == tuple(f"https://news.example.org{path}" for path in expected)


def test_sitemaps_that_robots_names_news_first() -> None:
    robots = b"""User-agent: *
Disallow: /private
Sitemap: https://news.example.org/sitemap.xml
sitemap: https://news.example.org/news-sitemap.xml
Sitemap: /more.xml
Sitemap: https://news.example.org/sitemap.xml
"""
    absolute = ("https://news.example.org/news-sitemap.xml", "https://news.example.org/sitemap.xml")
    assert sitemaps_of_robots(robots) == absolute
    assert sitemaps_of_robots(robots, AT) == (*absolute, "https://news.example.org/more.xml")
    assert sitemaps_of_robots(b"\xff\xfe<html>") == ()


def test_guesses_are_paths_each_once() -> None:
    assert all(path.startswith("/") for path in GUESSES)
    assert len(set(GUESSES)) == len(GUESSES)
