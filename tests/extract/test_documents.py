"""PDF, Word and e-mail give the same rows as pages, and say truly why when they cannot."""

import io
import zipfile
from datetime import datetime
from email.message import EmailMessage
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from written_documents import Words, down, pdf, word
from written_pages import MAYOR, RIVER, STORY, WAIT, page, paragraphs

from transforms.collect.media_types import DOCX, EML, PDF
from transforms.extract import extract_page
from transforms.extract.article import Article
from transforms.extract.edits import rebuild
from transforms.outcome import Reject

CRANES = (
    "Crane operators in Gdansk walked off the job on Monday, and nineteen ships",
    "were waiting outside the harbour by the evening, the port authority said in a state-",
    "ment. The union spoke of a strike of three weeks.",
)
OWNERS = (
    "The owners said that they had offered a rise of four per cent, and that the well-",
    "known terms of last year would stand until December, when the contract ends",
    "for all of them.",
)
WELL_KNOWN = "Nobody had answered the letter; the well-known terms were agreed upon five years ago."


def read(content: bytes, media_type: str) -> Article:
    article = extract_page(content, url=None, media_type=media_type)
    assert isinstance(article, Article), article
    return article


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def rejected(content: bytes, media_type: str) -> str:
    outcome = extract_page(content, url=None, media_type=media_type)
    assert isinstance(outcome, Reject), outcome
    assert outcome.detail
    return outcome.reason


def test_lines_of_a_pdf_become_paragraphs_and_broken_words_whole() -> None:
    article = read(pdf(down(*CRANES, "", *OWNERS, "", WELL_KNOWN)), PDF)
    assert [text for _, text in blocks(article)] == [
        " ".join(CRANES).replace("state- ment", "statement"),
        " ".join(OWNERS).replace("well- ", "well-"),
        WELL_KNOWN,
    ]
    hyphens = [(row.original, row.text) for row in article.removals if row.rule == "line_end_hyphen"]
    assert hyphens == [("-\n", ""), ("-\n", "-")]


def test_an_indent_opens_a_paragraph() -> None:
    lines = [
        Words("The river rose again on Monday and the ferry across it was stopped", 72, 700),
        Words("for the third time this month, the mayor of Porto Novo announced.", 72, 687),
        Words("People waited on both banks with their bicycles and their baskets", 90, 674),
        Words("and nobody could say for how long they would have to stay there.", 72, 661),
    ]
    assert [text[:6] for _, text in blocks(read(pdf(lines), PDF))] == ["The ri", "People"]


def test_headers_footers_and_page_numbers_go_with_a_record() -> None:
    def framed(number: int, *lines: str) -> list[Words]:
        return [Words("Harbour Review", 72, 805, 9), *down(*lines, top=740), Words(f"Page {number} of 3", 280, 30, 9)]

    content = pdf(framed(1, *OWNERS[:2]), framed(2, OWNERS[2], "", WELL_KNOWN), framed(3, *CRANES))
    article = read(content, PDF)
    assert [text[:10] for _, text in blocks(article)] == ["The owners", "Nobody had", "Crane oper"]
    assert "ends for all" in article.text and "Page" not in article.text and "Review" not in article.text
    removed = " ".join(row.original for row in article.removals)
    assert removed.count("Harbour Review") == 3 and "Page 3 of 3" in removed
    assert "Page 1 of 3" in rebuild(article.text, article.removals)


def test_numbers_in_the_text_of_a_page_are_no_page_numbers() -> None:
    article = read(pdf(down(RIVER[:60], "1887", "was the year of the last such flood, she said.", top=500)), PDF)
    assert "1887" in article.text


def test_two_columns_are_read_one_after_the_other_below_their_headline() -> None:
    left = [f"the left column says in line {number} what came" for number in range(8)]
    right = [f"the right column says in line {number} what came" for number in range(8)]
    both = zip(down(*left, left=60, size=9), down(*right, left=310, size=9), strict=True)
    headline = Words("Two columns stand below one headline", 60, 760, 20, bold=True)
    article = read(pdf([headline, *(words for pair in both for words in pair)]), PDF)
    assert article.headline == headline.text
    assert article.text == " ".join([*left, *right])


def test_a_table_keeps_its_rows_and_a_cross_heading_is_one() -> None:
    rows = [("Port", "Wheat", "Barley"), ("Odesa", "210", "180"), ("Varna", "214", "179"), ("Burgas", "211", "181")]
    cells = [
        Words(cell, left, 600 - 13 * number)
        for number, row in enumerate(rows)
        for cell, left in zip(row, (72, 200, 300), strict=True)
    ]
    article = read(pdf([*down(*CRANES), Words("What grain costs", 72, 640, bold=True), *cells]), PDF)
    assert blocks(article)[1:] == [("heading", "What grain costs"), *(("list_item", "\t".join(row)) for row in rows)]
    assert "Barley\nOdesa" in article.text


@pytest.mark.parametrize(
    ("about", "headline", "authors", "published"),
    [
        ({"Title": "Cranes stand still in Gdansk"}, "Cranes stand still in Gdansk", (), None),
        ({"Title": "Microsoft Word - cranes.doc", "Author": "jsmith"}, None, (), None),
        ({"Author": "Ana Ruiz; Li Wei"}, None, ("Ana Ruiz", "Li Wei"), None),
        ({"CreationDate": "D:20240503142400+02'00'"}, None, (), "2024-05-03T14:24:00+02:00"),
        ({"CreationDate": "D:19700101000000Z"}, None, (), None),
        ({"CreationDate": "yesterday"}, None, (), None),
    ],
)
def test_properties_of_a_pdf_count_where_they_are_plausible(
    about: dict[str, str], headline: str | None, authors: tuple[str, ...], published: str | None
) -> None:
    article = read(pdf(down(*CRANES), about=about), PDF)
    assert (article.headline, article.authors) == (headline, authors)
    assert (article.published_at.isoformat() if article.published_at else None) == published
    assert article.published_method == ("document" if published else None)


def test_styles_of_a_word_document_become_kinds() -> None:
    content = word(
        ("Title", "Ferry stopped"),
        ("Normal", RIVER),
        ("Heading 1", "Two bridges"),
        ("List Bullet", "The old bridge"),
        ("List Bullet", "The new bridge"),
        ("Quote", MAYOR),
        ("Caption", "The ferry in May."),
        ("Normal", "They waited.\nThen they left."),
        rows=[("Bridge", "Level"), ("Old", "4.1")],
        author="Ana Ruiz",
        created=datetime(2024, 5, 3, 10, 15),
    )
    article = read(content, DOCX)
    assert (article.headline, article.authors, article.published_method) == ("Ferry stopped", ("Ana Ruiz",), "document")
    assert blocks(article) == [
        ("sentence", RIVER),
        ("heading", "Two bridges"),
        ("list_item", "The old bridge"),
        ("list_item", "The new bridge"),
        ("quote", MAYOR),
        ("caption", "The ferry in May."),
        ("sentence", "They waited."),
        ("sentence", "Then they left."),
        ("list_item", "Bridge\tLevel"),
        ("list_item", "Old\t4.1"),
    ]
    assert "The old bridge\nThe new bridge\n\n" in article.text and "waited.\nThen" in article.text


def test_tracked_changes_are_read_as_accepted() -> None:
    name = "word/document.xml"
    source = zipfile.ZipFile(io.BytesIO(word(("Normal", RIVER), ("Normal", "MARK"))))
    target = io.BytesIO()
    run = "<w:r><w:{0} xml:space='preserve'>{1}</w:{0}></w:r>"
    changed = (
        "<w:del w:id='1' w:author='x'>" + run.format("delText", "One bridge. ") + "</w:del>"
        "<w:ins w:id='2' w:author='x'>" + run.format("t", "Two bridges stay closed.") + "</w:ins>"
    )
    with zipfile.ZipFile(target, "w") as out:
        for part in source.namelist():
            body = source.read(part)
            out.writestr(part, body.replace(b"<w:r><w:t>MARK</w:t></w:r>", changed.encode()) if part == name else body)
    assert read(target.getvalue(), DOCX).text == f"{RIVER}\n\nTwo bridges stay closed."


def message(text: str, subject: str = "Ferry stopped", sender: str = "Ana Ruiz <ana@news.example>") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, "desk@copydesk.example", subject
    letter["Date"], letter["Message-ID"] = "Fri, 03 May 2024 10:15:30 +0200", "<1@news.example>"
    letter.set_content(text)
    return letter


def test_a_message_is_an_article_with_its_headers() -> None:
    text = (
        "The river rose again on Monday and the ferry across it was stopped for\nthe third time this month.\n\n"
        "- the old bridge\n- the new bridge\n\n> We wait, they said.\n\n-- \nAna Ruiz\nHarbour News\n"
    )
    article = read(message(text).as_bytes(), EML)
    assert (article.headline, article.authors, article.published_method) == ("Ferry stopped", ("Ana Ruiz",), "email")
    assert str(article.published_at) == "2024-05-03 10:15:30+02:00"
    assert blocks(article) == [
        ("sentence", RIVER),
        ("list_item", "the old bridge"),
        ("list_item", "the new bridge"),
        ("quote", "We wait, they said."),
    ]
    assert [(row.rule, row.original) for row in article.removals] == [("mail_signature", "\n\nAna Ruiz\nHarbour News")]


def test_the_page_of_a_newsletter_is_read_when_its_text_says_little() -> None:
    letter = message("See this letter in your browser.", "[ferries] Ferry stopped", "Harbour Letter <a@news.example>")
    table = f"<table role=presentation><tr><td>{paragraphs(*STORY)}</td></tr></table>"
    letter.add_alternative(f"<html><body>{table}</body></html>", subtype="html")
    article = read(letter.as_bytes(), EML)
    assert (article.headline, article.authors, article.text) == ("Ferry stopped", (), "\n\n".join(STORY))


@pytest.mark.parametrize(
    ("subject", "opening", "names"),
    [
        ("Fwd: Ferry stopped", "---------- Forwarded message ---------", "From: {}\nDate: {}\nSubject: {}\nTo: x"),
        ("WG: Ferry stopped", "-----Ursprüngliche Nachricht-----", "Von: {}\nGesendet: {}\nBetreff: {}\nAn: x"),
        ("TR: Ferry stopped", "Début du message transféré :", "De: {}\nDate: {}\nObjet: {}\nÀ: x"),
    ],
)
def test_of_a_message_sent_on_the_inner_one_counts(subject: str, opening: str, names: str) -> None:
    headers = names.format("Li Wei <li@news.example>", "Thu, 2 May 2024 09:00", "Ferry stopped again")
    letter = message(f"For you.\n\n{opening}\n\n{headers}\n\n{MAYOR}\n", subject, "Bo Lind <bo@desk.example>")
    article = read(letter.as_bytes(), EML)
    assert (article.headline, article.authors, article.text) == ("Ferry stopped again", ("Li Wei",), MAYOR)
    assert (str(article.published_at)[:10], article.published_precision) == ("2024-05-02", "day")
    assert {row.rule for row in article.removals} == {"forwarding"}


def test_an_attached_message_is_read_in_place_of_its_envelope() -> None:
    outer = message("See below.", "For you", "Bo Lind <bo@desk.example>")
    outer.add_attachment(message(f"{RIVER}\n\n{MAYOR}"))
    article = read(outer.as_bytes(), EML)
    assert (article.headline, article.authors) == ("Ferry stopped", ("Ana Ruiz",))


@pytest.mark.parametrize(
    ("content", "called"),
    [
        (pdf(down(*CRANES)), "text/html"),
        (word(("Normal", RIVER)), "application/octet-stream"),
        (message(RIVER).as_bytes(), "text/plain"),
        (page(), PDF),
        (page(), EML),
        (f"From: the harbour\nTo: the sea\n\n{RIVER}".encode(), "text/plain"),
    ],
)
def test_bytes_are_read_as_what_they_are(content: bytes, called: str) -> None:
    assert read(content, called).text


@pytest.mark.parametrize(
    ("content", "media_type", "expected"),
    [
        pytest.param(pdf(down(*CRANES), encrypted=True), PDF, "encrypted", id="pdf-with-password"),
        pytest.param(pdf([], []), PDF, "no_text", id="pdf-of-pictures"),
        pytest.param(pdf(down(*CRANES))[:500], PDF, "damaged", id="cut-pdf"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", PDF, "damaged", id="pdf-of-one-line"),
        pytest.param(pdf(*([down("x")] * 401)), PDF, "too_large", id="401-pages"),
        pytest.param(word(("Normal", RIVER))[:-300], "text/plain", "damaged", id="cut-docx"),
        pytest.param(word(), DOCX, "no_text", id="empty-docx"),
        pytest.param(b"PK\x03\x04 zip", DOCX, "damaged", id="no-docx"),
        pytest.param(
            b"\xd0\xcf\x11\xe0" + bytes(99) + "EncryptedPackage".encode("utf-16-le"),
            DOCX,
            "encrypted",
            id="locked-docx",
        ),
        pytest.param(b"\xd0\xcf\x11\xe0" + bytes(99), "application/msword", "not_text", id="doc"),
        pytest.param(b"From: a\n\n", EML, "no_text", id="empty-message"),
    ],
)
def test_the_reason_is_true(content: bytes, media_type: str, expected: str) -> None:
    assert rejected(content, media_type) == expected


def test_a_document_that_unpacks_to_far_too_much_is_not_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("word/document.xml", bytes(60 * 2**20))
    assert rejected(target.getvalue(), DOCX) == "too_large"


SEEDS = (pdf(down(*CRANES)), word(("Normal", WAIT)), message(RIVER).as_bytes())


@given(st.sampled_from(SEEDS), st.integers(0, 4000), st.binary(min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_damage_has_one_outcome(seed: bytes, position: int, damage: bytes) -> None:
    content = seed[:position] + damage + seed[position + len(damage) :]
    outcome = extract_page(content, url=None, media_type="application/octet-stream")
    assert outcome == extract_page(content, url=None, media_type="application/octet-stream")
    if isinstance(outcome, Reject):
        assert outcome.reason != "failed", outcome.detail
        return
    outcome.text.encode()
    assert all(before.end <= after.start for before, after in pairwise(outcome.blocks))
    assert all(outcome.text[row.start : row.end] == row.text for row in outcome.removals)


def test_of_a_page_sent_on_the_inner_headers_count() -> None:
    letter = message("x", "Fwd: Ferry stopped", "Bo Lind <bo@desk.example>")
    headers = "<div>---------- Forwarded message ---------<br>From: <b>Li Wei</b> &lt;li@news.example&gt;<br>"
    headers += "Date: Thu, 2 May 2024 09:00:00 +0100<br>Subject: Ferry stopped again<br>To: x<br></div><br>"
    letter.set_content(f"<html><body>{headers}{paragraphs(*STORY)}</body></html>", subtype="html")
    article = read(letter.as_bytes(), EML)
    assert (article.headline, article.authors) == ("Ferry stopped again", ("Li Wei",))
    assert str(article.published_at) == "2024-05-02 09:00:00+01:00"


def test_a_line_that_begins_with_a_bold_name_is_no_heading() -> None:
    first = [Words("Ewa Nowak", 72, 660, bold=True), Words("chairs the union and has worked on the cranes", 136, 660)]
    rest = Words("since she was nineteen, as her mother did before her.", 72, 647)
    article = read(pdf([*down(*CRANES), *first, rest]), PDF)
    assert [kind for kind, _ in blocks(article)] == ["sentence", "sentence"]
    assert article.text.endswith(f"Ewa Nowak chairs the union and has worked on the cranes {rest.text}")
