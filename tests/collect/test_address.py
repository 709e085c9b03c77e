"""One page has one address."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transforms.collect.address import Tracker, normalised, trackers


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://news.example.org/a", "https://news.example.org/a"),
        ("  https://news.example.org/a\n", "https://news.example.org/a"),
        ("HTTPS://News.Example.ORG/Path", "https://news.example.org/Path"),
        ("https://news.example.org", "https://news.example.org/"),
        ("https://news.example.org./a", "https://news.example.org/a"),
        ("https://news.example.org:443/a", "https://news.example.org/a"),
        ("http://news.example.org:80/a", "http://news.example.org/a"),
        ("http://news.example.org:443/a", "http://news.example.org:443/a"),
        ("https://news.example.org:/a", "https://news.example.org/a"),
        ("https://news.example.org/a#comments", "https://news.example.org/a"),
        ("https://news.example.org/a?", "https://news.example.org/a"),
        ("https://news.example.org/a?&b=1&", "https://news.example.org/a?b=1"),
        ("https://news.example.org/a?b=2&a=1&b=3", "https://news.example.org/a?b=2&a=1&b=3"),
        ("https://news.example.org/x/./y/../z", "https://news.example.org/x/z"),
        ("https://news.example.org/../a", "https://news.example.org/a"),
        ("https://news.example.org/a/..", "https://news.example.org/"),
        ("https://news.example.org/a/b/%2e%2E/", "https://news.example.org/a/"),
        ("https://news.example.org\\a\\b", "https://news.example.org/a/b"),
        ("https://news.example.org/%7eana/caf%c3%a9", "https://news.example.org/~ana/caf%C3%A9"),
        ("https://news.example.org/café zwei", "https://news.example.org/caf%C3%A9%20zwei"),
        ("https://news.example.org/a%2Fb", "https://news.example.org/a%2Fb"),
        ("https://news.example.org/50%", "https://news.example.org/50%25"),
        ("https://news.example.org/%%341", "https://news.example.org/%2541"),
        ("https://news.example.org/a?q=é&r=a+b", "https://news.example.org/a?q=%C3%A9&r=a+b"),
        ("https://news.example.org/a?u=https://b.example/?c=d", "https://news.example.org/a?u=https://b.example/?c=d"),
        ("https://zürich.example.ch/a", "https://xn--zrich-kva.example.ch/a"),
        ("https://straße.example/a", "https://xn--strae-oqa.example/a"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
        ("https://news.example.org/a.jsp;jsessionid=1F2E?id=3", "https://news.example.org/a.jsp?id=3"),
        ("https://news.example.org/a?utm_source=rss&id=3&UTM_Medium=feed", "https://news.example.org/a?id=3"),
        ("https://user:secret@News.example.org/a", "https://user:secret@news.example.org/a"),
        ("https://news.exa\tmple.org/a\nb", "https://news.example.org/ab"),
    ],
)  # fmt: skip
def test_one_form(written: str, expected: str) -> None:
    assert normalised(written) == expected


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example.org/a/", "https://www.news.example.org/a", "http://news.example.org/a",
        "https://news.example.org/A", "https://news.example.org//a", "https://news.example.org/a?page=2",
        "https://news.example.org/a?id=1&id=2", "https://news.example.org/a?id=", "https://news.example.org/a?id",
        "https://news.example.org/a/amp", "https://news.example.org/a?ref=4711", "https://news.example.org/a?source=12",
        "https://news.example.org/a?from=2024-05-02", "https://news.example.org/a?cmp=12", "https://news.example.org/a?sid=9",
        "https://news.example.org/a?partner=nato", "https://news.example.org/a?p=12345", "https://news.example.org/a;b=1",
        "https://news.example.org/a?tab=utm_source", "https://news.example.org/index.html",
    ],
)  # fmt: skip
def test_what_may_be_another_page_stays(address: str) -> None:
    assert normalised(address) == address


@pytest.mark.parametrize(
    "text", ["", "a", "mailto:desk@example.org", "file:///news/a.html#line=3", "https://[broken", "https://a:b/", "https://"]
)  # fmt: skip
def test_what_is_no_web_address_is_left_alone(text: str) -> None:
    assert normalised(text) == text


@pytest.mark.parametrize("tracker", trackers(), ids=lambda tracker: tracker.name)
def test_every_tracking_parameter_has_its_example(tracker: Tracker) -> None:
    assert tracker.name.rstrip("*") in tracker.example.lower()
    assert normalised(tracker.example) == tracker.answer
    assert normalised(tracker.answer) == tracker.answer


def test_no_parameter_is_listed_twice() -> None:
    names = [tracker.name for tracker in trackers()]
    assert sorted(names) == sorted(set(names))


ODD = st.text(alphabet=st.sampled_from(list("htps:/?#&=;%41eE.aB\\@[]é。 ~+*")), max_size=40)


@settings(max_examples=400, deadline=None)
@given(st.one_of(ODD, ODD.map("https://a.example/".__add__), st.text(max_size=40).map("http://".__add__)))
@example("http://a。/")
@example("https://a.example/%%341/%2E%2e/;jsessionid=;jsessionid=")
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once
