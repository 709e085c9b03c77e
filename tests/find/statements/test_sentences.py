"""Sentences in the shape of news, and what is said in them: `sentences.txt`, `silent.txt`."""

import pytest
from statement_examples import Example, read_examples, shown

EXAMPLES = [*read_examples("sentences.txt"), *read_examples("silent.txt")]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.text[:60])
def test_sentence_says(example: Example) -> None:
    assert shown(example.text) == example.statements
