"""From bytes to an article: what text comes out of which page, and the traps on the way."""

import gzip
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from written_pages import MAYOR, RIVER, STORY, WAIT, page, paragraphs

from transforms.extract import extract_page
from transforms.extract.article import Article
from transforms.extract.edits import rebuild
from transforms.outcome import Reject

URL = "https://news.example/porto/ferry-stopped"


def read(content: bytes, media_type: str = "text/html", **more: str | None) -> Article:
    article = extract_page(content, url=URL, media_type=media_type, **more)
    assert isinstance(article, Article), article
    return article


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def test_an_article_reads_as_pasted() -> None:
    article = read(page())
    assert article.text == "\n\n".join(STORY)
    assert kinds(article) == [("sentence", text) for text in STORY]
    assert (article.headline, article.language, article.removals) == ("Ferry stopped", "en", ())


def test_blocks_know_their_kind_and_lists_stand_close() -> None:
    body = (
        f"<article><p>{RIVER}</p><h2>Two bridges</h2><ul><li>The old bridge</li><li>The new bridge</li></ul>"
        f"<blockquote><p>We wait for the water.</p></blockquote><p>{MAYOR}</p><p>{WAIT}</p></article>"
    )
    article = read(page(body))
    assert kinds(article) == [
        ("sentence", RIVER),
        ("heading", "Two bridges"),
        ("list_item", "The old bridge"),
        ("list_item", "The new bridge"),
        ("quote", "We wait for the water."),
        ("sentence", MAYOR),
        ("sentence", WAIT),
    ]
    assert "The old bridge\nThe new bridge\n\nWe wait" in article.text


def test_tables_of_values_have_tabs_and_layout_tables_are_just_text() -> None:
    values = "<table><tr><th>Bridge</th><th>Level</th></tr><tr><td>Old</td><td>4.1</td></tr></table>"
    article = read(page(f"<article>{paragraphs(*STORY)}{values}<p>{WAIT} Again.</p></article>"))
    assert "Bridge\tLevel\nOld\t4.1" in article.text
    layout = f"<table><tr><td>{paragraphs(RIVER, MAYOR)}</td><td>{paragraphs(WAIT * 2)}</td></tr></table>"
    article = read(page(f"<article>{layout}</article>"))
    assert "|" not in article.text and "\t" not in article.text
    assert RIVER in article.text and MAYOR in article.text


def test_live_entries_are_known_on_a_live_blog() -> None:
    body = f"<article>{paragraphs(RIVER, '14:05 ' + MAYOR, WAIT)}</article>"
    blog = read(page(body, ld={"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "Flood live"}))
    assert [kind for kind, _ in kinds(blog)] == ["sentence", "live_entry", "sentence"]
    assert [kind for kind, _ in kinds(read(page(body)))] == ["sentence"] * 3


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(f"<div>{RIVER}<br>{MAYOR}<br><br>{WAIT}</div>", [RIVER, MAYOR, WAIT], id="words-before-a-break"),
        pytest.param(f"<div>{RIVER} <b>Now.</b><br>{MAYOR}</div>", [RIVER + " Now.", MAYOR], id="bold-before-a-break"),
        pytest.param(paragraphs(RIVER, MAYOR, RIVER), [RIVER, MAYOR, RIVER], id="paragraph-repeated-later"),
        pytest.param(paragraphs("No.", "No.", *STORY), ["No.", "No.", *STORY], id="refrain"),
        pytest.param(paragraphs(RIVER + "\x00", MAYOR), [RIVER, MAYOR], id="nul"),
        pytest.param(paragraphs(RIVER, "\f" + MAYOR), [RIVER, MAYOR], id="form-feed"),
        pytest.param(paragraphs(f"A &#55357; {RIVER}", MAYOR), [f"A \ufffd {RIVER}", MAYOR], id="lone-surrogate"),
        pytest.param(paragraphs(f"&#55357;&#56832; {RIVER}", MAYOR), [f"😀 {RIVER}", MAYOR], id="surrogate-pair"),
        pytest.param(f"{'<div>' * 300}{paragraphs(*STORY)}{'</div>' * 300}", list(STORY), id="300-levels"),
        pytest.param(f"<p>{RIVER}</p>{'<br>' * 60_000}<p>{MAYOR}</p>", [RIVER, MAYOR], id="60000-breaks"),
        pytest.param(
            f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>{RIVER}</p><p>{MAYOR}</p>",
            [RIVER, MAYOR],
            id="attributes",
        ),
        pytest.param(
            f"<p {' '.join(f'a{n}="x>y"' for n in range(100_000))}>{RIVER}</p><p>{MAYOR}</p>",
            [RIVER, MAYOR],
            id="quoted-attributes",
        ),
        pytest.param(f"<p>{RIVER}</p><p>{'<i>a</i> ' * 15_000}</p>", [RIVER, " ".join("a" * 15_000)], id="inline"),
    ],
)
def test_traps_of_the_library(body: str, expected: list[str]) -> None:
    started = time.process_time()
    article = read(page(f"<article>{body}</article>"))
    assert [text for _, text in kinds(article)] == expected
    assert time.process_time() - started < 5


def test_a_paragraph_twice_in_a_row_is_removed_with_a_record() -> None:
    article = read(page(f"<article>{paragraphs(RIVER, RIVER, MAYOR)}</article>"))
    assert article.text == f"{RIVER}\n\n{MAYOR}"
    assert [(row.rule, row.original) for row in article.removals] == [("doubled_paragraph", RIVER + "\n\n")]


def test_a_body_cut_by_advertisements_is_joined() -> None:
    parts = [paragraphs(f"{RIVER} Day {n}.", f"{MAYOR} Day {n}.") for n in range(6)]
    blocks = '<div class="ad">Advertisement</div>'.join(
        f'<div class="row"><div class="article-body">{part}</div></div>' for part in parts
    )
    voices = paragraphs(f"{WAIT} I say.", f"{WAIT} So do I.")
    comments = f'<div class="comments"><div class="comment-body">{voices}</div></div>'
    article = read(page(f"<main><div class='page'>{blocks}</div>{comments * 2}</main>"))
    assert [f"{RIVER} Day {n}." in article.text for n in range(6)] == [True] * 6
    assert WAIT not in article.text


def test_gzip_is_recognised_by_its_bytes() -> None:
    assert read(gzip.compress(page())) == read(page())
    two = gzip.compress(page()[:200]) + gzip.compress(page()[200:])
    assert read(two) == read(page())


GREEK = "Ο ποταμός ανέβηκε ξανά τη Δευτέρα και το πλοίο σταμάτησε για τρίτη φορά αυτόν τον μήνα, είπε ο δήμαρχος."
GERMAN = "Am Montag stieg der Fluss erneut, und die Fähre über die Mündung blieb zum dritten Mal im März geschlossen."


@pytest.mark.parametrize(
    ("text", "encoding", "meta", "header"),
    [
        (GERMAN, "utf-8", "utf-8", None),
        (GERMAN, "utf-8", "iso-8859-1", "iso-8859-1"),  # both lie
        (GERMAN, "cp1252", "iso-8859-1", None),
        (GERMAN, "cp1252", "utf-8", "utf-8"),  # both lie
        (GERMAN, "cp1252", None, None),
        (GERMAN, "utf-16", None, None),
        (GERMAN, "utf-16-le", None, None),
        (GERMAN, "utf-8-sig", "windows-1251", None),
        (GREEK, "cp1253", "windows-1253", None),
        (GREEK, "iso-8859-7", None, "iso-8859-7"),
        (GREEK, "utf-8", None, "klingon-7"),
        (
            "川の水位は月曜日に再び上昇し、渡し船は今月三度目の運休となったと市長が述べた。" * 2,
            "shift_jis",
            "shift_jis",
            None,
        ),
        (
            "川の水位は月曜日に再び上昇し、渡し船は今月三度目の運休となったと市長が述べた。" * 2,
            "iso-2022-jp",
            "iso-2022-jp",
            None,
        ),
    ],
)
def test_charsets_true_and_lying(text: str, encoding: str, meta: str | None, header: str | None) -> None:
    tag = f'<meta charset="{meta}">' if meta else ""
    html = f"<!doctype html><html><head>{tag}<title>t</title></head><body>{paragraphs(text)}</body></html>"
    assert text in read(html.encode(encoding), charset=header).text


def test_plain_text_keeps_its_words_and_loses_the_tag() -> None:
    source = f"{RIVER} AFP.\r\n\r\nTwo bridges\r\n\r\n{MAYOR}\r\n"
    article = read(source.encode(), "text/plain")
    assert article.text == f"{RIVER}\n\nTwo bridges\n\n{MAYOR}"
    assert (article.agency, article.headline) == ("AFP", None)
    assert [kind for kind, _ in kinds(article)] == ["sentence", "heading", "sentence"]
    assert rebuild(article.text, article.removals) == source.replace("\r\n", "\n")


def test_a_title_above_plain_text_is_the_headline() -> None:
    article = read(f"Ferry stopped in Porto Novo\n\n{RIVER}\n\n{MAYOR}".encode(), "text/plain")
    assert (article.headline, article.text) == ("Ferry stopped in Porto Novo", f"{RIVER}\n\n{MAYOR}")


def test_markdown_signs_become_kinds() -> None:
    source = f"# Ferry stopped\n\n{RIVER}\n\n## Bridges\n- old bridge\n- new bridge\n\n> {MAYOR}\n"
    article = read(source.encode(), "text/markdown; charset=utf-8")
    assert article.headline == "Ferry stopped"
    assert kinds(article) == [
        ("sentence", RIVER),
        ("heading", "Bridges"),
        ("list_item", "old bridge"),
        ("list_item", "new bridge"),
        ("quote", MAYOR),
    ]
    assert rebuild(article.text, article.removals) == source


def test_fields_above_markdown_are_the_headline_and_the_day() -> None:
    fields = "---\ntitle: 'Ferry: stopped'\nauthor: Ana Ruiz\ndate: 2024-05-03\n---\n\n"
    source = f"{fields}# Ferry: stopped\n\n{RIVER}\n"
    article = read(source.encode(), "text/markdown")
    assert (article.headline, article.authors, str(article.published_at)[:10]) == (
        "Ferry: stopped",
        ("Ana Ruiz",),
        "2024-05-03",
    )
    assert article.text == RIVER
    assert rebuild(article.text, article.removals) == source


def test_a_json_text_is_taken_as_it_is() -> None:
    text = f"{RIVER}  AFP.\\n\\nRead more: nothing\\ud800"
    source = (
        f'{{"text": "{text}", "title": "Ferry", "published_at": "2024-05-03T10:15:00+02:00", "authors": ["Ana Ruiz"]}}'
    )
    article = read(source.encode(), "application/json")
    assert article.text == f"{RIVER}  AFP.\n\nRead more: nothing\ufffd"
    assert (article.headline, article.authors, article.published_method) == ("Ferry", ("Ana Ruiz",), "given")
    assert (str(article.published_at), article.removals) == ("2024-05-03 10:15:00+02:00", ())


def test_json_may_hold_html_and_its_own_headline() -> None:
    source = f'{{"html": "{paragraphs(*STORY)}", "headline": "Given", "url": "https://news.example/x"}}'
    article = read(source.encode(), "application/json")
    assert (article.headline, article.canonical_url, article.text) == (
        "Given",
        "https://news.example/x",
        "\n\n".join(STORY),
    )


def test_html_is_recognised_when_the_type_is_wrong() -> None:
    assert read(page(), "text/plain").text == "\n\n".join(STORY)


DATA = '{"@type":["NewsArticle",1],"author":[[{}],3],"datePublished":[]}'
TAGS = (
    *("<p>", "</p>", "<div>", "<br>", "<ul><li>", "<table><tr><td>", "<!--", "<script>", "<h1>", "<a href='x'>"),
    *("&#0;", "&#xd800;", "\x00", "\ufdd0", "<article>", RIVER, MAYOR, " AFP.", "<time datetime='x'>"),
    *("<meta name='author' content=':'>", f'<script type="application/ld+json">{DATA}</script>'),
)
SOUP = st.lists(st.one_of(st.sampled_from(TAGS), st.text(max_size=12)), max_size=25).map("".join)


@given(
    st.one_of(st.binary(max_size=200), SOUP.map(lambda text: text.encode("utf-8", "surrogatepass"))),
    st.sampled_from(["text/html", "text/plain", "text/markdown", "application/json", "image/png", ""]),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_have_one_outcome(content: bytes, media_type: str) -> None:
    outcome = extract_page(content, url=URL, media_type=media_type)
    if isinstance(outcome, Reject):
        assert outcome.reason != "failed", outcome.detail
        return
    outcome.text.encode()
    assert all(outcome.text[row.start : row.end] == row.text for row in outcome.removals)
    assert all(before.end <= after.start for before, after in pairwise(outcome.blocks))
    assert all(outcome.text[block.start : block.end].strip() for block in outcome.blocks)
    assert outcome == extract_page(content, url=URL, media_type=media_type)
