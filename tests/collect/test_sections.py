"""Of the links on a section page those to articles are followed."""

import re
from urllib.parse import quote

import pytest

from transforms.collect.listing import Listing, read_listing
from transforms.collect.sections import MAX_LINKS, not_articles, read_section

AT = "https://www.news.example.org/world"


def section(body: str, follow: str | None = None, url: str = AT) -> list[tuple[str, str | None]]:
    found = read_section(body.encode(), url, "utf-8", follow=re.compile(follow) if follow else None)
    return [(entry.link, entry.title) for entry in found]


FERRY = "Ferry resumes service after the storm"


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/2024/05/02/ferry-resumes", FERRY),
        ("/world/ferry-resumes-service-after-storm", "Ferry resumes its service"),
        ("/world/ferry-resumes-service-after-storm-12345678", FERRY),
        ("/articles/c4gl9zyw1x2o", FERRY),
        ("/story.php?id=48213", FERRY),
        ("/?p=48213", FERRY),
        ("/nachrichten/fähre_fährt_nach_sturm.html", "Die Fähre fährt wieder nach dem Sturm"),
        (quote("/новости/паром-снова-ходит-после-шторма"), "Паром снова ходит после шторма"),
        ("/news/20240502/48213.html", "台风过后渡轮恢复运营服务"),
        ("https://sport.news.example.org/2024-05-02/harbour-wins-cup", "Harbour wins the cup again"),
        ("/tagebuch/ferry-resumes-service-after-storm", FERRY),
    ],
)
def test_an_article(address: str, text: str) -> None:
    found = section(f'<main><a href="{address}">{text}</a></main>')
    assert found == [(address if "://" in address else f"https://www.news.example.org{address}", text)]


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/", "All the news of the day in one place"),
        ("/world", "The world in words and in pictures"),
        ("/world/europe", "Europe"),
        ("/about-us", "Read more about who we are"),
        ("/2024/05/", "Everything that we wrote in May"),
        ("/tag/storms-and-other-weather", "All about storms and other weather"),
        ("/author/ana-maria-ruiz-lopez", "More stories by Ana Maria Ruiz Lopez"),
        ("/login?next=/2024/05/02/ferry-resumes-service", "Log in to read this whole story"),
        ("/share/2024/05/02/ferry-resumes-after-storm", "Share this story with your friends"),
        ("/media/2024/05/02/ferry-resumes-after-storm.jpg", "Picture of the ferry in the storm"),
        ("/reports/ferry-resumes-service-after-storm.pdf", "The report on the ferry as a file"),
        ("mailto:desk@news.example.org", "Write to the desk about this story"),
        ("tel:+44123456", "Call the desk about this story now"),
        ("javascript:void(0)", "Show more of the stories of today"),
        ("#ferry-resumes-service-after-storm", "Jump to the story about the ferry"),
        ("https://other.example.com/2024/05/02/ferry-resumes-service", FERRY),
        ("https://[broken/2024/05/02/ferry-resumes-service", FERRY),
    ],
)
def test_no_article(address: str, text: str) -> None:
    assert section(f'<main><h2><a href="{address}">{text}</a></h2></main>') == []


@pytest.mark.parametrize(
    "around",
    [
        "<nav>{}</nav>", "<footer>{}</footer>", '<div role="navigation">{}</div>', '<div class="site-footer">{}</div>',
        '<ul id="main_menu"><li>{}</li></ul>', "{}",
    ],
)  # fmt: skip
def test_a_short_link_in_the_navigation_is_no_article(around: str) -> None:
    assert (
        section(around.format('<a href="/world/africa-and-middle-east">Africa and Middle East</a>')) == []
        or around == "{}"
    )
    assert section(around.format('<a href="/how-we-work-every-day">Our work</a>')) == []


def test_links_to_the_same_page_are_one_with_the_longest_title_in_the_order_of_the_page() -> None:
    ferry, bridge = "/2024/05/02/ferry-resumes", "/2024/05/01/bridge-opens"
    page = f"""<a href="{ferry}?utm_source=front"><img src="f.jpg"></a>
    <article><h3><a href="{bridge}">The bridge over the strait has opened</a></h3></article>
    <a href="{ferry}#comments">12 comments</a><h2><a href="{ferry}">{FERRY}</a></h2>"""
    assert section(page) == [
        (f"https://www.news.example.org{ferry}?utm_source=front", FERRY),
        (f"https://www.news.example.org{bridge}", "The bridge over the strait has opened"),
    ]


def test_follow_replaces_the_judgement() -> None:
    page = f'<nav><a href="/n/1">1</a></nav><a href="/2024/05/02/ferry-resumes-after-storm">{FERRY}</a>'
    assert section(page, follow=r"/n/\d") == [("https://www.news.example.org/n/1", "1")]


def test_relative_links_count_from_the_base() -> None:
    page = f'<base href="https://www.news.example.org/2024/05/"><a href="02/ferry-resumes-after-storm">{FERRY}</a>'
    assert section(page) == [("https://www.news.example.org/2024/05/02/ferry-resumes-after-storm", FERRY)]


def test_a_page_gives_at_most_so_many() -> None:
    page = "".join(f'<p><a href="/2024/05/02/ferry-{n}-resumes-after-storm">{FERRY}</a>' for n in range(MAX_LINKS + 9))
    assert len(section(page)) == MAX_LINKS


def test_a_section_that_is_a_feed_is_read_as_one() -> None:
    feed = b'<rss version="2.0"><channel><item><link>/1</link></item></channel></rss>'
    found = read_listing(feed, AT, "text/html", None, kind="section")
    assert isinstance(found, Listing)
    assert (found.kind, len(found.entries)) == ("rss", 1)


@pytest.mark.parametrize(("segment", "example"), not_articles().items())
def test_every_segment_that_is_no_article_has_its_example(segment: str, example: str) -> None:
    link = f'<h2><a href="{example}">What readers of this page may want to see</a></h2>'
    assert segment in example.split("/")
    assert section(link) == []
