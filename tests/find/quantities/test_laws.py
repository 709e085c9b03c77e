"""Laws that hold for any text: spans quote it, moving it moves them, nothing raises, time grows with length."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.find.quantities import find_quantities
from transforms.find.quantities.lexicon import read_rules
from transforms.tables import CHANGES, COMPARATORS, QUANTITY_KINDS

WORDS = (
    "more than|at least|between|and|or more|from|to|percent|five|twenty|hundred|million|half|a|a third of|dozens of|"
    "first|22nd|1,200|3.5|12|2019|911|km|m|bn|people|Boeing|years old|a month|per|minus|rose|up|by|one|in"
)
SIGNS = "-|$|€|US$|RM|%|,|.|(|)|/|\n|½|×10−30|'|’s|°C|\u00a0|٣|²|&"
PIECES = f"{WORDS}|{SIGNS}".split("|")

newslike = st.lists(st.one_of(st.sampled_from(PIECES), st.integers(0, 10**7).map(str)), max_size=25).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces))
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), newslike))
def test_spans_quote_the_text_in_order_and_values_are_allowed(text):
    last = 0
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text != ""
        assert quantity.start >= last
        last = quantity.end
        assert quantity.kind in QUANTITY_KINDS
        assert quantity.comparator in COMPARATORS
        assert quantity.change in (None, *CHANGES)
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
        assert quantity.rule in read_rules("en")


@settings(max_examples=150, deadline=None)
@given(newslike, st.sampled_from(["Nothing happened.\n", "It rained.\n\n", "\n"]))
def test_moving_a_paragraph_moves_its_spans(text, before):
    moved = find_quantities(before + text)
    shift = len(before)
    assert [replace(found, start=found.start - shift, end=found.end - shift) for found in moved] == find_quantities(
        text
    )


@pytest.mark.parametrize(
    "piece", ["7", "1,", "11,", "and ", "1 ", "1-", "1/", "$", "half a ", "more than ", "1.", "of ", "'", "x10-"]
)
def test_time_grows_with_length_alone(piece):
    text = piece * (1_000_000 // len(piece))
    began = time.process_time()
    find_quantities(text)
    # Measured below 1.5 s; a rule that walks back over a line takes minutes.
    assert time.process_time() - began < 15
