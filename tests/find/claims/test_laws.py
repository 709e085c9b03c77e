"""Laws for any text: spans quote it, parts belong to a claim of it, nothing raises, time grows with length."""

from dataclasses import replace
from datetime import date

import pytest
from growth import text_grows
from hypothesis import given, settings
from hypothesis import strategies as st
from shown_claims import claims_of

from transforms.tables import COMPARATORS, METRICS, TALLIES

FRAMES = (
    "dead|injured|were|was|killed|died|wounded|missing|arrested|the death toll|rose to|bringing|total|to hospital|"
    "taken|cases|cholera|bodies|recovered|police said|denied|could|not|since|2011|on Monday|this year"
)
COUNTS = (
    "12|at least 40|dozens of|two|of them|of the|people|children|soldiers|a man|a woman|no one|both|including|among|"
    "the|and|or|,|.|;|:|(|)|—|\n|\n\n|'|”|who|whom|of|most|from|five|three|others|more|Syrians"
)
PIECES = f"{FRAMES}|{COUNTS}".split("|")

newslike = st.lists(st.one_of(st.sampled_from(PIECES), st.integers(0, 10**6).map(str)), max_size=30).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=150), newslike))
def test_spans_quote_the_text_and_parts_belong_to_a_claim_that_can_hold_them(text: str) -> None:
    found = claims_of(text)
    by_start: dict[int, list] = {}
    for claim in found:
        by_start.setdefault(claim.start, []).append(claim)
    assert len({(claim.start, claim.end, claim.metric) for claim in found}) == len(found)
    for claim in found:
        assert text[claim.start : claim.end] == claim.text != ""
        assert claim.metric in METRICS
        assert claim.comparator in COMPARATORS
        assert claim.tally in TALLIES
        assert claim.low is None or claim.high is None or claim.low <= claim.high
        assert (claim.low, claim.high) != (None, None)
        assert claim.event_end is None or (claim.event_start or "") < claim.event_end
        if claim.part_of is not None:
            assert claim.part_of != claim.start
            assert any(whole.high is None or (claim.low or 0) < whole.high for whole in by_start[claim.part_of])


@settings(max_examples=60, deadline=None)
@given(newslike, st.sampled_from(["Nothing happened.\n\n", "It rained.\n\n"]))
def test_moving_a_paragraph_moves_its_spans(text: str, before: str) -> None:
    text = f"It was cold. {text}"
    moved = claims_of(before + text)
    here = [
        replace(
            claim,
            start=claim.start + len(before),
            end=claim.end + len(before),
            part_of=None if claim.part_of is None else claim.part_of + len(before),
        )
        for claim in claims_of(text)
    ]
    assert [(c.start, c.text, c.metric, c.part_of) for c in moved] == [
        (c.start, c.text, c.metric, c.part_of) for c in here
    ]


@pytest.mark.parametrize("published", [None, date(1, 1, 1), date(9999, 12, 31)])
def test_any_day_of_publication_will_do(published):
    text = "Nine people died on Monday. Forty have been killed since May, 12 of them in May. Two died in 9999."
    assert [claim.low for claim in claims_of(text, published)][:3] == [9.0, 40.0, 12.0]


@pytest.mark.parametrize(
    "piece",
    [
        "12 people, ",
        "12 dead and ",
        "Two of them were killed. ",
        "including ",
        "a man and ",
        "12 were killed, ",
        "of the ",
    ],
)
def test_time_grows_with_length(piece):
    assert text_grows(claims_of, piece, 3_000 * len(piece))
