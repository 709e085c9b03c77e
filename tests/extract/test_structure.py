"""Paragraphs, cross-headings, lists, quotes, tables and the entries of live blogs keep their boundaries and kinds."""

import pytest
from written_pages import MAYOR, RIVER, STORY, WAIT, page, paragraphs

from transforms.extract import extract_page
from transforms.extract.article import Article
from transforms.find.sentences import find_sentences

LIVE = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": "Flood: as it happened"}


def read(body: str, **more: object) -> Article:
    article = extract_page(page(body, **more), url=None, media_type="text/html")  # type: ignore[arg-type]
    assert isinstance(article, Article), article
    return article


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def entry(stamp: str, heading: str, *texts: str, tag: str = "article") -> str:
    return f"<{tag} class=entry>{stamp}<h2>{heading}</h2>{paragraphs(*texts)}</{tag}>"


ENTRIES = (
    ("18:05", "Ferry runs again", f"{RIVER} So it was at six."),
    ("15:30", "Bridges closed", MAYOR),
    ("11:42", "Water rises", WAIT),
)


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ('<time datetime="2025-08-19T{0}:00-04:00">{0}</time>', "{0}"),
        ('<time datetime="2025-08-19T{0}:00-04:00">2 hours ago</time>', "{0}"),
        ('<time datetime="2025-08-19T{0}:00Z"></time>', "{0} UTC"),
        ("<header><time>Aug 19, {0} local time</time></header>", "Aug 19, {0} local time"),
        ('<span data-timestamp="2025-08-19T{0}:00+02:00">just now</span>', "{0}"),
    ],
)
@pytest.mark.parametrize("tag", ["article", "div", "li"])
def test_each_entry_of_a_live_blog_opens_with_its_time(stamp: str, expected: str, tag: str) -> None:
    body = "".join(entry(stamp.format(clock), heading, text, tag=tag) for clock, heading, text in ENTRIES)
    if tag == "li":
        body = f"<ul>{body}</ul>"
    found = blocks(
        read(f"<main>{paragraphs('Follow the flood with us, hour by hour.')}<div>{body}</div></main>", ld=LIVE)
    )
    assert [text for kind, text in found if kind == "live_entry"] == [expected.format(clock) for clock, _, _ in ENTRIES]
    texts = [text for _, text in found]
    for clock, heading, text in ENTRIES:
        place = texts.index(expected.format(clock))
        assert heading in texts[place + 1]
        assert text in texts[place + 1 : place + 3]


def test_sentences_know_that_a_line_is_the_time_of_an_entry() -> None:
    body = "".join(entry(f"<time>{clock}</time>", heading, text) for clock, heading, text in ENTRIES)
    article = read(f"<main>{body}</main>", ld=LIVE)
    rows = [(row.kind, row.text) for row in find_sentences(article.text, article.blocks)]
    assert rows[:2] == [("live_entry", "18:05"), ("heading", "Ferry runs again")]


def test_times_on_other_pages_are_no_entries() -> None:
    body = "".join(entry(f"<time>{clock}</time>", heading, text, tag="div") for clock, heading, text in ENTRIES)
    assert "live_entry" not in {kind for kind, _ in blocks(read(f"<article>{body}</article>"))}


def test_a_page_laid_out_with_tables_gives_its_story_alone() -> None:
    menu = "<br>".join(f'<a href="/{word}">{word}</a>' for word in ("News", "Sport", "Farming", "Jobs", "Notices"))
    story = f"<td><h1>Ferry stopped</h1><div>{paragraphs(*STORY, f'{RIVER} Again.')}</div></td>"
    article = read(f"<table width=100%><tr><td colspan=2>Harbour News</td></tr><tr><td>{menu}</td>{story}</tr></table>")
    assert article.text == "\n\n".join((*STORY, f"{RIVER} Again."))


def test_a_table_of_values_in_a_table_of_layout_stays_one() -> None:
    values = "<table><tr><th>Bridge</th><th>Level</th></tr><tr><td>Old</td><td>4.1</td></tr></table>"
    article = read(f"<table role=presentation><tr><td>{paragraphs(*STORY)}{values}{paragraphs(WAIT)}</td></tr></table>")
    assert "\n\nBridge\tLevel\nOld\t4.1\n\n" in article.text


def test_captions_are_not_part_of_the_text() -> None:
    """Of 235 captions on 186 pages that people marked, none was marked as text."""
    figure = "<figure><img src=a.jpg><figcaption>The ferry at its berth in May. Photo: Li Wei</figcaption></figure>"
    assert read(f"<article>{paragraphs(RIVER)}{figure}{paragraphs(MAYOR, WAIT)}</article>").text == "\n\n".join(STORY)


def test_breaks_part_lines_and_empty_lines_part_paragraphs() -> None:
    article = read(f"<article><p>{RIVER}<br>{MAYOR}<br><br>{WAIT}</p></article>")
    assert article.text == f"{RIVER}\n{MAYOR}\n\n{WAIT}"


def test_paragraphs_are_counted_from_block_to_block() -> None:
    article = read(f"<article>{paragraphs(RIVER)}<h2>Two bridges</h2>{paragraphs(MAYOR + ' ' + WAIT)}</article>")
    rows = find_sentences(article.text, article.blocks)
    assert [(row.kind, row.paragraph) for row in rows] == [
        ("sentence", 0),
        ("heading", 1),
        ("sentence", 2),
        ("sentence", 2),
    ]
