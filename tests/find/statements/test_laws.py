"""Laws for any text: spans quote it, statements do not overlap, nothing raises, time grows with length."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from growth import grows_with_length
from hypothesis import given, settings
from hypothesis import strategies as st
from statement_examples import NAMES, statements_of

from transforms.find.sentences import find_sentences
from transforms.find.statements import find_statements

CUES = (
    "said|told|added|warned that|denied|according to|citing|called|put the toll at|adding|was quoted as saying|"
    "in her view"
)
WORDS = (
    "the mayor|he|she|police|a spokesman for|who|that|and|but|while|if|not|to|on Monday|in a statement|twelve|died|was"
)
SIGNS = '“|”|"|‘|’|«|»|„|:|,|;|.|?|—|(|)|\n\n|\n'
PIECES = [*f"{CUES}|{WORDS}|{SIGNS}".split("|"), *NAMES]

newslike = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=150), newslike))
def test_spans_quote_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for row in statements_of(text):
        assert end <= row.start < row.end <= len(text)
        assert text[row.start : row.end] == row.text == row.text.strip()
        if row.speaker_start is not None:
            assert text[row.speaker_start : row.speaker_end] == row.speaker != ""
        else:
            assert row.speaker is None
        end = row.end


@settings(max_examples=100, deadline=None)
@given(newslike, st.sampled_from(["Nothing happened.\n\n", "It rained.\n\n"]))
def test_moving_a_paragraph_moves_its_spans(text: str, before: str) -> None:
    text = f"It was cold. It is dark. The sky is clear. {text}"
    shift = len(before)
    here = [
        replace(
            row,
            start=row.start + shift,
            end=row.end + shift,
            speaker_start=None if row.speaker_start is None else row.speaker_start + shift,
            speaker_end=None if row.speaker_end is None else row.speaker_end + shift,
        )
        for row in statements_of(text)
    ]
    assert statements_of(before + text) == here


@pytest.mark.parametrize(
    "piece",
    [
        "he said, ",
        "said that ",
        "“",
        "“ ” ",
        '" ',
        "‘he said ’",
        "according to ",
        "the mayor, ",
        "and adding that ",
        "who said ",
        "called it a ",
        "\n\n“It rained.",
        "He said it rained. ",
        "a b c d e f g, ",
    ],
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def story(length: int) -> Callable[[], object]:
        text = (piece * (length // len(piece) + 1))[:length]
        return partial(find_statements, text, find_sentences(text, (), "en"), [], "en")

    assert grows_with_length(story, 80_000)


def test_a_language_without_rules_has_no_statements() -> None:
    text = "„Es regnet“, sagte der Bürgermeister."
    assert find_statements(text, find_sentences(text, (), "de"), [], "de") == []
    assert find_statements(text, find_sentences(text, (), None), [], None) == []


def test_a_heading_says_nothing() -> None:
    text = "Mayor says bridge is safe\n\nThe mayor said the bridge was safe."
    assert [row.text for row in statements_of(text)] == ["the bridge was safe"]
