"""What publishers say about mining and indexing, in headers, in tdmrep.json and in pages."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.collect.rights import (
    Rights,
    header_rights,
    merged,
    page_rights,
    reserved_reject,
    robots_rights,
    tdmrep_rights,
)
from transforms.outcome import Reason

PAGE = "https://news.example.org/2024/ferry?page=2"
POLICY = "https://news.example.org/tdm.json"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([], Rights()),
        ([("Content-Type", "text/html")], Rights()),
        ([("TDM-Reservation", "1")], Rights(tdm_reservation=True)),
        ([("tdm-reservation", " 0 ")], Rights(tdm_reservation=False)),
        ([("tdm-reservation", "yes")], Rights()),
        ([("tdm-reservation", "2")], Rights()),
        ([("tdm-reservation", "0"), ("tdm-reservation", "1")], Rights(tdm_reservation=True)),
        ([("tdm-reservation", "1"), ("tdm-policy", "/tdm.json")], Rights(tdm_reservation=True, tdm_policy=POLICY)),
        ([("tdm-policy", "javascript:alert(1)")], Rights()),
        ([("tdm-policy", "see our terms")], Rights()),
        ([("Content-Usage", "train-ai=n")], Rights(content_usage="train-ai=n")),
        ([("Content-Usage", "search=y"), ("Content-Usage", "train-ai=n")],
         Rights(content_usage="search=y, train-ai=n")),
        ([("X-Robots-Tag", "noarchive, max-snippet:20")], Rights(robots_tag="noarchive, max-snippet:20")),
        ([("X-Robots-Tag", "otherbot: noindex, nofollow")], Rights()),
        ([("X-Robots-Tag", "CopyDesk: noindex")], Rights(robots_tag="noindex")),
        ([("X-Robots-Tag", "noarchive, otherbot: noindex, copydesk: noai")], Rights(robots_tag="noarchive, noai")),
        ([("X-Robots-Tag", "noindex"), ("x-robots-tag", "noindex"), ("X-Robots-Tag", "noai")],
         Rights(robots_tag="noindex, noai")),
        ([("X-Robots-Tag", "unavailable_after: Sat, 25 May 2024 15:00:00 GMT, noarchive")],
         Rights(robots_tag="unavailable_after: Sat, 25 May 2024 15:00:00 GMT, noarchive")),
        ([("Link", '</a.css>; rel=preload, <https://licenses.example/by>; rel="license"')],
         Rights(license="https://licenses.example/by")),
    ],
)  # fmt: skip
def test_headers(headers: list[tuple[str, str]], expected: Rights) -> None:
    assert header_rights(headers, PAGE) == expected


RULES = [
    {"location": "/open/", "tdm-reservation": 0},
    {"location": "/pictures/*.jpg$", "tdm-reservation": 0},
    {"location": "/news/", "tdm-reservation": 1, "tdm-policy": POLICY},
    {"location": "/exact$", "tdm-reservation": 1},
    {"location": "/a/*/c", "tdm-reservation": 1},
    {"location": "/costs-%24", "tdm-reservation": 1},
    {"location": "/news/late", "tdm-reservation": 0},
]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/open/1", False), ("/open", None), ("/Open/1", None),
        ("/pictures/a/b.jpg", False), ("/pictures/a.jpg?x", None), ("/pictures/a.jpeg", None),
        ("/news/1", True), ("/news/late/1", True),
        ("/exact", True), ("/exactly", None),
        ("/a/b/c/d", True), ("/a/c", None), ("/a//c", True),
        ("/costs-%24", True), ("/n%65ws/1", True), ("/", None), ("", None),
        ("https://news.example.org/news/1?x=/open/", True),
    ],
)  # fmt: skip
def test_the_first_location_that_fits_decides(path: str, expected: bool | None) -> None:
    rights = tdmrep_rights(json.dumps(RULES).encode(), path)
    assert rights.tdm_reservation is expected
    assert rights.tdm_policy == (POLICY if path.startswith("/n") else None if "://" not in path else POLICY)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'[{"location": "/", "tdm-reservation": 1}]', True),
        (b'\xef\xbb\xbf[{"location": "*", "tdm-reservation": "1"}]', True),
        (b'[{"location": "https://news.example.org/", "tdm-reservation": true}]', True),
        (b'[{"location": ["/x", "/2024"], "tdm-reservation": 1}]', True),
        (b'{"location": "/", "tdm-reservation": 1}', True),
        (b'[{"location": "2024", "tdm-reservation": 0}]', False),
        (b'[{"location": "/", "tdm-reservation": 3}]', None),
        (b'[{"location": "/", "tdm-reservation": null}]', None),
        (b'[{"location": 5, "tdm-reservation": 1}, "x", null]', None),
        (b"<html>not found</html>", None),
        (b'[{"location": "/", ', None),
        (b"[" * 100_000, None),
        (b"", None),
    ],
)
def test_the_file_of_a_site(body: bytes, expected: bool | None) -> None:
    assert tdmrep_rights(body, "/2024/ferry").tdm_reservation is expected


def test_a_pattern_of_stars_takes_no_time() -> None:
    body = json.dumps([{"location": "/" + "*a" * 2000 + "$", "tdm-reservation": 1}]).encode()
    assert tdmrep_rights(body, "/" + "a" * 1999 + "b").tdm_reservation is None


ROBOTS = b"""User-agent: otherbot
User-Agent: *
Content-Usage: search=y, train-ai=n   # for all of it
Content-Usage: /open/ train-ai=y
Allow: /

User-agent: greedybot
Content-Usage: train-ai=n, search=n
User-agent: *
Content-Usage: /*.pdf$ search=n
"""


@pytest.mark.parametrize(
    ("path", "product", "expected"),
    [
        ("/news/1", "copydesk", "search=y, train-ai=n"),
        ("/open/1", "copydesk", "train-ai=y"),
        ("https://news.example.org/a/b.pdf", "copydesk", "search=n"),
        ("/open/1", "GreedyBot", "train-ai=n, search=n"),
        ("/news/1", "otherbot", "search=y, train-ai=n"),
    ],
)
def test_usage_in_robots(path: str, product: str, expected: str) -> None:
    assert robots_rights(ROBOTS, path, product=product) == Rights(content_usage=expected)


@pytest.mark.parametrize("body", [b"", b"<html>", b"Content-Usage: train-ai=n", b"User-agent: x\nContent-Usage: a=n"])
def test_robots_without_a_line_for_us(body: bytes) -> None:
    assert robots_rights(body, "/") == Rights()


@pytest.mark.parametrize(
    ("meta", "licenses", "expected"),
    [
        ({"tdm-reservation": ["1"], "tdm-policy": ["/tdm.json"]}, [], Rights(tdm_reservation=True, tdm_policy=POLICY)),
        ({"robots": ["index, follow, max-image-preview:large"], "copydesk": ["noai"], "otherbot": ["none"]}, [],
         Rights(robots_tag="index, follow, max-image-preview:large, noai")),
        ({}, ["see below", "https://licenses.example/by"], Rights(license="https://licenses.example/by")),
        ({"tdm-reservation": ["true"]}, [], Rights()),
    ],
)  # fmt: skip
def test_pages(meta: dict[str, list[str]], licenses: list[str], expected: Rights) -> None:
    assert page_rights(meta, licenses, PAGE) == expected


@pytest.mark.parametrize(
    ("page", "header", "site", "expected"),
    [
        (Rights(), Rights(), Rights(tdm_reservation=True), Rights(tdm_reservation=True)),
        (Rights(tdm_reservation=False), Rights(), Rights(True, POLICY), Rights(tdm_reservation=False)),
        (Rights(tdm_policy=POLICY), Rights(tdm_reservation=True), Rights(), Rights(True, POLICY)),
        (Rights(), Rights(tdm_reservation=True), Rights(False, None), Rights(tdm_reservation=True)),
        (Rights(robots_tag="noai, noarchive"), Rights(robots_tag="noarchive, nofollow"), Rights(),
         Rights(robots_tag="noai, noarchive, nofollow")),
        (Rights(license="https://a.example"), Rights(license="https://b.example", content_usage="train-ai=n"),
         Rights(content_usage="train-ai=y"), Rights(license="https://a.example", content_usage="train-ai=n")),
    ],
)  # fmt: skip
def test_the_more_specific_decides(page: Rights, header: Rights, site: Rights, expected: Rights) -> None:
    assert merged(page, header, site) == expected
    assert merged(merged(page, header), site) == expected


@pytest.mark.parametrize(
    ("rights", "where"),
    [
        (header_rights([("tdm-reservation", "1"), ("tdm-policy", POLICY)]), "in the header tdm-reservation; its po"),
        (tdmrep_rights(b'[{"location": "/", "tdm-reservation": 1}]', "/"), "in /.well-known/tdmrep.json. Ask"),
        (page_rights({"tdm-reservation": ["1"]}), 'in <meta name="tdm-reservation"> of the page. Ask'),
        (Rights(tdm_reservation=True), "news.example.org reserves text and data mining by TDMRep. Ask"),
    ],
)  # fmt: skip
def test_the_reject_says_who_reserved_it_where_and_the_cure(rights: Rights, where: str) -> None:
    reject = reserved_reject(merged(Rights(), rights), "https://www.news.example.org/a")
    assert reject is not None
    assert (reject.stage, reject.reason) == ("collect", Reason.TDM_RESERVED)
    assert where in reject.detail
    assert "`respect_tdm: false`" in reject.detail


def test_what_is_not_reserved_is_no_reject() -> None:
    assert reserved_reject(Rights(), PAGE) is None
    assert reserved_reject(Rights(tdm_reservation=False), PAGE) is None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["tdm-reservation", "tdm-policy", "x-robots-tag", "link", "content-usage"]),
                          st.text(max_size=30))), st.binary(max_size=60), st.text(max_size=20))  # fmt: skip
def test_nothing_raises(headers: list[tuple[str, str]], body: bytes, path: str) -> None:
    header = header_rights(headers, PAGE)
    assert merged(header, tdmrep_rights(body, path), robots_rights(body, path)) is not None
    assert merged(header, header) == merged(header)
    meta = {name: [value] for name, value in headers} | {"robots": [path]}
    assert page_rights(meta, [path], PAGE).tdm_stated_in in (None, "meta")
