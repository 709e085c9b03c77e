"""Where sentences end: tables of text → sentences, and laws that hold for any text."""

from itertools import pairwise

import pytest
from growth import text_grows
from hypothesis import given
from hypothesis import strategies as st

from transforms.extract.article import Block
from transforms.find.sentence_rules import languages, rules_for
from transforms.find.sentences import find_sentences, sentence_at
from transforms.tables import SENTENCE_KINDS

TEXTS = [
    "The port closed. | Ships waited outside.",
    "J. K. Rowling opened the fair. | She left early.",
    "Mr. Hall met U.S. officials in St. Louis. | Talks go on.",
    "He now lives in the U.S. | The family followed.",
    "Prices rose 3.5 percent. | No. 5 was sold.",
    "Exhibit No. 5 was lost. | No one knew why.",
    "It ended at 9 p.m. | Police said two people were hurt.",
    "It ended at 9 p.m. Friday in Lima.",
    "“We stay.” | The crowd cheered.",
    '"We stay." | "No, we go."',
    '"Why now?" he asked. | Nobody answered.',
    '"Stop!" Ana Ruiz shouted. | The bus stopped.',
    '"Stop!" | The bus stopped.',
    "He waited ... and waited. | Then he left.",
    "He waited… | Then he left.",
    "Is it over? | Yes! | It is.",
    "(The port was closed.) | Ships waited.",
    "The Hall v. Reid case ended. | Both sides appealed.",
    "He works for Orion Inc. | The company declined to comment.",
    "Orion Inc. Chairman Lee resigned. | Shares fell.",
    "Visit www.example.org/a.b for more. | It is free.",
    "1. Boil the water. | Add salt.",
    "On Nov. 30 the bridge fell. | It was old.",
    "He came in November. | 30 people waited.",
    "She earned a Ph.D. | Her brother did not.",
    "你好。|他们走了！|为什么？",
    "हम गए। | वे आए।",
    "هل ذهب؟ | نعم.",
]


def expected(marked: str) -> list[str]:
    return [piece.strip() for piece in marked.split("|")]


@pytest.mark.parametrize("marked", TEXTS)
def test_a_sentence_ends_where_a_reader_pauses(marked: str) -> None:
    text = marked.replace(" | ", " ").replace("|", "")
    assert [s.text for s in find_sentences(text)] == expected(marked)


def test_a_missing_space_does_not_join_two_sentences() -> None:
    found = find_sentences("The army withdrew.The rebels stayed.")
    assert [s.text for s in found] == ["The army withdrew.", "The rebels stayed."]


EXAMPLES = [(language, *example) for language in languages() for example in rules_for(language).examples]


@pytest.mark.parametrize(("language", "word", "example"), EXAMPLES, ids=[f"{lang}-{w}" for lang, w, _ in EXAMPLES])
def test_every_abbreviation_has_an_example_it_does_not_end(language: str, word: str, example: str) -> None:
    assert f"{word}." in example
    assert [s.text for s in find_sentences(example, language=language)] == [example]


def test_german_ordinals_end_nothing() -> None:
    found = find_sentences("Am 3. Mai begann es. Danach war Ruhe.", language="de")
    assert [s.text for s in found] == ["Am 3. Mai begann es.", "Danach war Ruhe."]


def test_blocks_are_walls_and_give_their_kind() -> None:
    text = "Two bridges\n\nThe first fell. It was old\n\nA photo of it"
    blocks = [Block(0, 11, "heading"), Block(13, 39, "sentence"), Block(41, 54, "caption")]
    assert [(s.text, s.kind, s.paragraph) for s in find_sentences(text, blocks)] == [
        ("Two bridges", "heading", 0),
        ("The first fell.", "sentence", 1),
        ("It was old", "sentence", 1),
        ("A photo of it", "caption", 2),
    ]


def test_text_outside_the_blocks_is_not_lost() -> None:
    found = find_sentences("Before. Inside. After.", [Block(8, 15, "quote")])
    assert [(s.text, s.kind) for s in found] == [("Before.", "sentence"), ("Inside.", "quote"), ("After.", "sentence")]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A new beginning\n\nThe talks resumed on Monday in the capital.", ["heading", "sentence"]),
        ("The talks resumed.\n\nThey ended at noon in the capital.", ["sentence", "sentence"]),
        ("A line without an end\n\nAnother one without", ["sentence", "sentence"]),
        ("and then nothing\n\nThe talks resumed on Monday in the capital.", ["sentence", "sentence"]),
    ],
)
def test_without_blocks_only_a_clear_heading_is_one(text: str, kinds: list[str]) -> None:
    assert [s.kind for s in find_sentences(text)] == kinds


def test_wrapped_lines_are_one_paragraph() -> None:
    line = "The council of the small town by the river met for the third time to"
    found = find_sentences(f"{line}\nOslo and back. It rained.")
    assert [s.paragraph for s in found] == [0, 0]


def test_lines_are_paragraphs_of_their_own() -> None:
    found = find_sentences("The council met.\nIt rained.\nNobody came.")
    assert [s.paragraph for s in found] == [0, 1, 2]


def test_sentence_at_a_position() -> None:
    found = find_sentences("One left. Two stayed.")
    assert sentence_at(found, 12) == found[1]
    assert sentence_at(found, 9) is None


PROSE = st.text(alphabet=st.sampled_from(list("aZé1 .!?…\"'”)(\n\t,-।。")), max_size=80)


@given(PROSE)
def test_sentences_quote_the_text_in_order_and_lose_nothing(text: str) -> None:
    found = find_sentences(text)
    assert all(text[s.start : s.end] == s.text == s.text.strip() != "" for s in found)
    assert all(a.end <= b.start and a.paragraph <= b.paragraph for a, b in pairwise(found))
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())
    assert {s.kind for s in found} <= set(SENTENCE_KINDS)


@given(PROSE)
def test_a_moved_text_moves_its_sentences(text: str) -> None:
    moved = find_sentences("Nobody came.\n\n" + text)
    assert [(s.start - 14, s.end - 14) for s in moved[1:]] == [(s.start, s.end) for s in find_sentences(text)]


@given(st.text(), st.sampled_from(["en", "de", "xx", "zh-Hant", None, "", "../en"]))
def test_no_text_and_no_language_raises(text: str, language: str | None) -> None:
    find_sentences(text, language=language)


@pytest.mark.parametrize("piece", ["1. ", ".", "A. ", "\n", '." ', "a\n", "(", '!" Ann ', "。"])
def test_long_runs_of_anything_take_time_in_proportion(piece: str) -> None:
    assert text_grows(find_sentences, piece, 300_000)
