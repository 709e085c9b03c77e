"""What a page says about mining and indexing goes with its article."""

import pytest

from transforms.collect.rights import Rights
from transforms.extract import extract_page
from transforms.extract.article import Article

AT = "https://news.example.org/2024/ferry"
STORY = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "The ferry between the two islands has resumed service after a storm kept it in harbour for three days.",
        "About 400 passengers were waiting on the quay when the first boat of the morning came in, the operator said.",
        "The harbour master expects the timetable to be back to normal by the weekend, when the wind should drop.",
    )
)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", Rights()),
        ('<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="/tdm.json">',
         Rights(tdm_reservation=True, tdm_policy="https://news.example.org/tdm.json")),
        ('<meta name="TDM-Reservation" content=" 0 ">', Rights(tdm_reservation=False)),
        ('<meta name="tdm-reservation" content="no">', Rights()),
        ('<meta name="robots" content="noarchive, max-image-preview:large"><meta name="googlebot" content="noindex">',
         Rights(robots_tag="noarchive, max-image-preview:large")),
        ('<link rel="license" href="https://licenses.example/by">', Rights(license="https://licenses.example/by")),
    ],
)  # fmt: skip
def test_rights_of_a_page(head: str, expected: Rights) -> None:
    html = (
        f"<html><head><title>Ferry resumes</title>{head}</head><body><article><h1>Ferry resumes</h1>{STORY}</article>"
    )
    article = extract_page(html.encode(), url=AT, media_type="text/html")
    assert isinstance(article, Article)
    assert article.rights == expected
    assert article.license == expected.license
