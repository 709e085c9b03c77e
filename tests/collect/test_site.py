"""What a first look tells of a site: how much it publishes, where it sits, what its articles are called."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.collect.site import articles_per_day, country_of, read_front_page, shape_of_articles, source_key

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = 24 * HOUR


@pytest.mark.parametrize(
    ("ages", "per_day"),
    [
        ([], None),
        ([HOUR], None),  # of one we cannot tell
        ([number * HOUR for number in range(1, 6)], None),  # some hours, a few articles
        ([number * HOUR / 4 for number in range(1, 21)], pytest.approx(91.2)),  # five hours, but twenty articles
        ([number * 2 * HOUR for number in range(1, 25)], pytest.approx(11.5)),
        ([number * DAY / 3 for number in range(1, 100)], pytest.approx(3.0)),  # a long list: the last week counts
        ([40 * DAY, 50 * DAY], 0.0),  # asleep
        ([3 * HOUR] * 500, None),  # a sitemap that dates everything by when it was made
        (
            [-9 * HOUR, *(number * 2 * HOUR for number in range(1, 25))],
            pytest.approx(11.5),
        ),  # not the future
    ],
)
def test_articles_a_day(ages: list[timedelta], per_day: float | None) -> None:
    assert articles_per_day([NOW - age for age in ages], NOW) == per_day


@given(st.lists(st.timedeltas(min_value=-2 * DAY, max_value=99 * DAY), max_size=60))
def test_a_rate_is_never_negative_nor_more_than_there_is(ages: list[timedelta]) -> None:
    rate = articles_per_day([NOW - age for age in ages], NOW)
    assert rate is None or 0 <= rate <= 24 * len(ages)


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://gazette.co.uk", "GB"),
        ("https://www.gazette.de/politik", "DE"),
        ("https://gazette.com.br", "BR"),
        ("https://gazette.com", None),
        ("https://gazette.io", None),
        ("https://gazette.tv", None),
        ("http://127.0.0.1/", None),
        ("https://localhost/", None),
    ],
)
def test_country(url: str, country: str | None) -> None:
    assert country_of(url) == country


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.gazette.com/world", "gazette"),
        ("https://news.gazette.co.uk", "gazette"),
        ("https://edition.gazette.com", "edition_gazette"),
        ("https://the-gazette.example", "the_gazette"),
        ("https://gazette.com.example", "gazette_com"),
        ("http://127.0.0.1:8000/rss", "127.0.0.1"),
        ("http://[::1]/rss", "1"),
        ("http://localhost:8000/rss", "localhost"),
    ],
)
def test_names_of_sources(url: str, key: str) -> None:
    assert source_key(url) == key


@pytest.mark.parametrize(
    ("links", "shape"),
    [
        (["https://g.example/2026/11/a", "https://g.example/2026/11/b", "https://g.example/2025/1/c"], "/20[0-9]{2}/"),
        (["https://g.example/a-1234567", "https://g.example/b-1234568", "https://g.example/about"], "[0-9]{5,}"),
        ([f"https://g.example/the-ferry-to-the-islands-{word}" for word in ("sails", "stops", "sinks")], "-"),
        (["https://g.example/a", "https://g.example/b", "https://g.example/c"], None),
        (["https://g.example/2026/11/a"], None),
    ],
)
def test_shapes_of_addresses(links: list[str], shape: str | None) -> None:
    found = shape_of_articles(links)
    assert found is shape is None or (found is not None and shape is not None and shape in found)


def test_a_front_page() -> None:
    html = (
        b'<html lang="pt-BR"><head><meta property="og:site_name" content=" A  Gazeta ">'
        b'<meta name="tdm-reservation" content="1"></head></html>'
    )
    page = read_front_page(html, "https://gazeta.example/", None)
    assert (page.name, page.language, page.rights.tdm_reservation) == ("A Gazeta", "pt", True)
    assert read_front_page(b"", "https://gazeta.example/", None).name is None
    assert read_front_page(b"<html lang='english'>", "https://gazeta.example/", None).language is None
