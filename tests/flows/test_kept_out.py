"""What a publisher reserves stays out of the lake, unless the source's file says that there is an agreement."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from flows.batch import extract_archived
from flows.collect.archive.archive import Archive
from flows.settings import Settings
from transforms.annotate import Annotation
from transforms.collect.page import Page
from transforms.collect.rights import Rights
from transforms.extract.article import Article
from transforms.link.directory import packaged_directory
from transforms.outcome import Reason, Reject
from transforms.rows import BatchRows

STORY = """<html><head><title>Ferry resumes</title>{head}</head><body><article><h1>Ferry resumes service</h1>
<p>The ferry between the two islands has resumed service after a storm kept it in harbour for three days.</p>
<p>About 400 passengers were waiting on the quay when the first boat of the morning came in, the operator said.</p>
<p>The harbour master expects the timetable to be back to normal by the weekend, when the wind should drop.</p>
</article></body></html>"""
RESERVED = '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="/tdm.json">'
OPEN = '<meta name="tdm-reservation" content="0">'
BY_HEADER = Rights(tdm_reservation=True, robots_tag="noarchive", content_usage="train-ai=n", tdm_stated_in="header")


class Desk:
    def __init__(self, settings: Settings) -> None:
        self.archive = Archive(settings.storage.raw, settings.storage.state)

    def page(self, head: str, rights: Rights = Rights()) -> Page:  # noqa: B008
        return self.archive.put(
            "https://news.example.org/ferry",
            STORY.format(head=head).encode(),
            source="news",
            media_type="text/html",
            rights=rights,
        )


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    desk = Desk(settings)
    with desk.archive:
        yield desk


@pytest.mark.parametrize(
    ("head", "said", "where"),
    [
        (
            RESERVED,
            Rights(),
            'in <meta name="tdm-reservation"> of the page; its policy is https://news.example.org/tdm',
        ),
        (RESERVED, Rights(tdm_reservation=False), "of the page"),
        ("", BY_HEADER, "in the header tdm-reservation"),
        ("", Rights(tdm_reservation=True, tdm_stated_in="tdmrep.json"), "in /.well-known/tdmrep.json"),
    ],
)
def test_a_reserved_page_is_a_reject_that_says_where_and_the_cure(
    desk: Desk, head: str, said: Rights, where: str
) -> None:
    page = desk.page(head, said)
    reject = extract_archived(desk.archive, page)
    assert isinstance(reject, Reject)
    assert (reject.stage, reject.reason) == ("collect", Reason.TDM_RESERVED)
    assert where in reject.detail
    assert "respect_tdm: false" in reject.detail
    assert isinstance(extract_archived(desk.archive, replace(page, respect_tdm=False)), Article)


@pytest.mark.parametrize(("head", "said"), [("", Rights()), (OPEN, BY_HEADER), (OPEN, Rights())])
def test_a_page_that_is_not_reserved_is_an_article(desk: Desk, head: str, said: Rights) -> None:
    assert isinstance(extract_archived(desk.archive, desk.page(head, said)), Article)


def test_the_row_of_an_article_has_what_page_and_server_say(desk: Desk) -> None:
    head = OPEN + '<meta name="robots" content="noai"><link rel="license" href="https://licenses.example/by">'
    page = desk.page(head, BY_HEADER)
    article = extract_archived(desk.archive, page)
    assert isinstance(article, Article)
    rows = BatchRows("rules", packaged_directory())
    rows.add_article(page, article, Annotation())
    articles = rows.shards()["articles"]
    names = ["tdm_reservation", "tdm_policy", "content_usage", "robots_tag", "license"]
    assert articles.select(names).to_pylist() == [
        {
            "tdm_reservation": False,
            "tdm_policy": None,
            "content_usage": "train-ai=n",
            "robots_tag": "noai, noarchive",
            "license": "https://licenses.example/by",
        }
    ]
