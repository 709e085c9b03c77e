"""Every word of the data files has an example, and the example comes out as the line says."""

import pytest
from shown_claims import claims_of, meaning

from transforms.find.claims.words import read_rows, words_of
from transforms.tables import METRICS

FRAMES = ("verbs.csv", "states.csv", "nouns.csv", "tolls.csv", "leads.csv")
ROWS = [(name, row) for name in FRAMES for row in read_rows("en", name)]
DOUBTS = read_rows("en", "doubt.csv")


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name}-{row['example']}" for name, row in ROWS])
def test_an_example_gives_its_answer(name, row):
    assert "; ".join(map(meaning, claims_of(row["example"]))) == row["answer"], name


@pytest.mark.parametrize("row", DOUBTS, ids=[row["word"] for row in DOUBTS])
def test_a_word_of_doubt_makes_a_claim_hypothetical(row):
    assert row["word"] in row["example"].lower()
    assert {claim.hypothetical for claim in claims_of(row["example"])} == {True}


def test_every_metric_of_the_table_has_a_word():
    words = words_of("en")
    assert words is not None
    assert {verb.metric for verbs in words.verbs.values() for verb in verbs} == set(METRICS)
