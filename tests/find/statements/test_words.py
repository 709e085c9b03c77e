"""Every line of the word lists shows what it does, and does it."""

import pytest
from statement_examples import statements_of

from transforms.find.statements.words import read_rows, words_of

VERBS = read_rows("en", "verbs.csv")
NOUNS = read_rows("en", "nouns.csv")


@pytest.mark.parametrize("row", VERBS, ids=lambda row: row["past"])
def test_verb_says_what_its_example_shows(row: dict[str, str]) -> None:
    found = [(said.speaker, said.text) for said in statements_of(row["example"])]
    assert found == [(row["speaker"], row["words"])]


@pytest.mark.parametrize("row", NOUNS, ids=lambda row: row["noun"])
def test_noun_is_somebody_who_can_claim(row: dict[str, str]) -> None:
    """A weak verb needs a speaker that is known, so the line is what makes this a statement."""
    speaker = row["example"][0].upper() + row["example"][1:]
    found = [(said.speaker, said.text) for said in statements_of(f"{speaker} insisted that it was over.")]
    assert found == [(speaker, "it was over")]


def test_no_line_comes_twice() -> None:
    nouns = [row["noun"] for row in NOUNS]
    verbs = [row["past"] for row in VERBS]
    assert sorted(set(nouns)) == sorted(nouns)
    assert sorted(set(verbs)) == sorted(verbs)


def test_every_list_of_the_grammar_has_words() -> None:
    words = words_of("en")
    assert words is not None
    assert all(words.lists.values())
