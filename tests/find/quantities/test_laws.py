"""Laws that hold for any text: spans quote it, moving it moves them, nothing raises, time grows with length."""

from dataclasses import replace

import pytest
from growth import text_grows
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.find.quantities import Quantity, find_quantities
from transforms.find.quantities.word_files import read_rules
from transforms.tables import CHANGES, COMPARATORS, QUANTITY_KINDS

WORDS = (
    "more than|at least|between|and|or more|from|to|percent|five|twenty|hundred|million|half|a|a third of|dozens of|"
    "first|22nd|1,200|3.5|12|2019|911|km|m|bn|people|Boeing|years old|a month|per|minus|rose|up|by|one|in|out of|"
    "life expectancy|the age of|under the age of|Model|F-16|more|another|killed|plus or minus|edged up to|"
    "half the city's|"
    "one of the|doubled|twice as|a couple of|thousands|point|feet|inches|dollars|cents|fifths|over|or equal|drop|"
    "an increase of|of them|who|compared with|hours a week|she is|aged|beat|hundredths|sixfold|twenty-|Rs|lakh"
)
SIGNS = "-|$|€|US$|RM|%|,|.|(|)|/|\n|½|×10−30|'|’s|°C|\u00a0|٣|²|&|^|\"|=<|≥|+|′|–|—|:"
PIECES = f"{WORDS}|{SIGNS}".split("|")

newslike = st.lists(st.one_of(st.sampled_from(PIECES), st.integers(0, 10**7).map(str)), max_size=25).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces))
)


@settings(max_examples=250, deadline=None)
@given(st.one_of(st.text(max_size=200), newslike))
def test_spans_quote_the_text_in_order_and_values_are_allowed(text: str) -> None:
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


@settings(max_examples=100, deadline=None)
@given(newslike)
def test_a_value_a_bound_and_a_range_are_told_apart(text: str) -> None:
    for quantity in find_quantities(text):
        ends = (quantity.low, quantity.high)
        if quantity.value is None:
            assert quantity.kind == "score" or quantity.low is not None
        elif quantity.comparator in {">", ">="}:
            assert ends == (quantity.value, None)
        elif quantity.comparator in {"<", "<="}:
            assert ends == (None, quantity.value)
        else:
            assert ends == (None, None)


@settings(max_examples=100, deadline=None)
@given(newslike, st.sampled_from(["Nothing happened.\n", "It rained.\n\n", "\n", "Prices rose 3%.\n"]))
def test_moving_a_paragraph_moves_its_spans(text: str, before: str) -> None:
    moved = [found for found in find_quantities(before + text) if found.start >= len(before)]
    assert [_shifted(found, -len(before)) for found in moved] == find_quantities(text)


def _shifted(quantity: Quantity, by: int) -> Quantity:
    return replace(quantity, start=quantity.start + by, end=quantity.end + by)


@settings(max_examples=100, deadline=None)
@given(newslike, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_taken_spans_only_take_rows_away(text: str, taken: list[tuple[int, int]]) -> None:
    every = find_quantities(text)
    assert all(found in every for found in find_quantities(text, taken=taken))


@pytest.mark.parametrize("piece", ["7", ",", "and ", "0123456789,", "more than "])
def test_long_runs_of_digits_commas_or_and_take_time_in_proportion(piece: str) -> None:
    assert text_grows(find_quantities, piece, 1_000_000)


@pytest.mark.parametrize("piece", ["1,", "11,", "1 ", "1-", "1/", "$", "half a ", "1.", "of ", "'", "x10-", "1^"])
def test_time_grows_with_length_alone(piece: str) -> None:
    assert text_grows(find_quantities, piece, 200_000)  # a rule that walks back over a line takes minutes


PHRASES = [
    "of the 3 ",
    "by 3, ",
    "age is ",
    "age of 3 ",
    "A-1 ",
    "Boeing 737 ",
    "killed 3 people and killed 4, ",
    "points, 3% to 4 ",
]


@pytest.mark.parametrize("piece", PHRASES)
def test_phrases_that_look_around_stay_linear(piece: str) -> None:
    assert text_grows(find_quantities, piece, 50_000)


@pytest.mark.parametrize("piece", ["one ", "two or ", "5 to ", "12 people and ", "rose 3%, ", "one hundred and "])
def test_twice_the_numbers_take_about_twice_the_time(piece: str) -> None:
    assert text_grows(find_quantities, piece, 12_000 * len(piece))
