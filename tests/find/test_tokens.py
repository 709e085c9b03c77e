"""A text is cut into words once; readers that cut finer get what they would have cut themselves."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.find.claims.tokens import TOKEN as CLAIMS
from transforms.find.tokens import tokens_of
from transforms.link.speakers.story import TOKEN as SPEAKERS

CUTS = [
    ("Zeta’s boss left.", ["Zeta's", "boss", "left", "."]),
    ("a well‑known man", ["a", "well-known", "man"]),
    ("1,200 of the U.N. staff", ["1,200", "of", "the", "U.N", ".", "staff"]),
    ("It rained -- hard...", ["It", "rained", "--", "hard", "..."]),
    ("“Go!” (she said)", ["“", "Go", "!", "”", "(", "she", "said", ")"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), CUTS)
def test_cuts_words_and_signs(text: str, words: list[str]) -> None:
    tokens = tokens_of(text)
    assert tokens.raw == words
    assert [end - start for start, end in zip(tokens.starts, tokens.ends, strict=True)] == list(map(len, words))


def test_offsets_are_those_of_the_text() -> None:
    text = "Zeta’s 12th well‑known U.N. man"
    tokens = tokens_of(text)
    quoted = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert quoted == ["Zeta’s", "12th", "well‑known", "U.N", ".", "man"]


def test_a_word_in_small_letters_is_one_string_wherever_it_stands() -> None:
    low = tokens_of("The port of the town. THE END").low
    assert low[0] is low[3] is low[6]


FINER = [
    (SPEAKERS, "Zeta’s boss", ["Zeta", "'s", "boss"]),
    (SPEAKERS, "the U.N. chief", ["the", "U.N.", "chief"]),
    (SPEAKERS, "the U.N.'s chief", ["the", "U.N.", "'s", "chief"]),
    (SPEAKERS, "the U.N... chief", ["the", "U.N.", ".", ".", "chief"]),
    (SPEAKERS, "Ana,U.N.", ["Ana", ",", "U.N."]),
    (SPEAKERS, "won 1,200", ["won", "1", ",", "200"]),
    (CLAIMS, "the 12th of 1,200", ["the", "12", "th", "of", "1,200"]),
    (CLAIMS, "the U.N. chief", ["the", "U", ".", "N", ".", "chief"]),
    (CLAIMS, "killed--12", ["killed", "-", "-", "12"]),
]


@pytest.mark.parametrize(("pattern", "text", "words"), FINER)
def test_cuts_finer_where_a_reader_asks_for_it(pattern: re.Pattern[str], text: str, words: list[str]) -> None:
    assert tokens_of(text).cut_again(pattern, 0, len(text))[0] == words


def test_a_word_across_two_sentences_is_cut_at_their_border() -> None:
    text = "He left.She stayed."
    cut = tokens_of(text).cut_again(SPEAKERS, 8, len(text))
    assert cut == (["She", "stayed", "."], ["she", "stayed", "."], [8, 12, 18], [11, 18, 19])


SIGNS = ("-", "--", ".", ",", "’", "“", "‑", "&", " ", " ", "\n")
WORDS = ("Ana", "zeta's", "12", "1,200", "U.N.", "p.m.", "é", "İ", "x" * 60, "7" * 60)
WRITTEN = st.lists(st.sampled_from([*WORDS, *SIGNS]))


@settings(max_examples=300, deadline=None)
@given(WRITTEN, st.sampled_from([SPEAKERS, CLAIMS]))
def test_cutting_again_is_cutting(pieces: list[str], pattern: re.Pattern[str]) -> None:
    text = "".join(pieces)
    plain = text.replace("’", "'").replace("‑", "-")
    expected = [(match[0], match[0].lower(), *match.span()) for match in pattern.finditer(plain)]
    assert list(zip(*tokens_of(text).cut_again(pattern, 0, len(text)), strict=True)) == expected
