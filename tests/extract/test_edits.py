"""Edits compose, move blocks along, and can be undone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.extract.article import Block
from transforms.extract.edits import Edit, apply, compose, disjoint, move_blocks, rebuild, removals


@st.composite
def text_and_edits(draw: st.DrawFn, text: str | None = None) -> tuple[str, list[Edit]]:
    text = draw(st.text("ab \n", max_size=20)) if text is None else text
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    spans = zip(cuts[::2], cuts[1::2], strict=False)
    return text, [Edit(start, end, draw(st.text("xy", max_size=3)), "rule") for start, end in spans]


@given(st.data())
def test_two_passes_are_one_set_of_edits(data: st.DataObject) -> None:
    original, earlier = data.draw(text_and_edits())
    current = apply(original, earlier)
    _, later = data.draw(text_and_edits(current))
    both = compose(original, earlier, current, later)
    assert apply(original, both) == apply(current, later)
    assert all(before.end <= after.start for before, after in pairwise(both))


@given(text_and_edits(), text_and_edits())
def test_text_and_removals_rebuild_the_original(made: tuple[str, list[Edit]], other: tuple[str, list[Edit]]) -> None:
    original, edits = made
    text = apply(original, edits)
    flags = [Edit(edit.start, min(edit.end, len(text)), "", "flag") for edit in other[1] if edit.start < len(text)]
    rows = removals(original, edits, [flag for flag in flags if flag.start < flag.end])
    assert rebuild(text, rows) == original
    assert all(text[row.start : row.end] == row.text for row in rows)
    assert all(original[row.position : row.position + len(row.original)] == row.original for row in rows)
    assert len({row.position for row in rows}) == len(rows)
    assert all(row.text == row.original for row in rows if row.action == "flagged")


@given(text_and_edits())
def test_moved_blocks_lie_in_the_text_in_order(made: tuple[str, list[Edit]]) -> None:
    text, edits = made
    middle = len(text) // 2
    blocks = [Block(0, middle, "sentence"), Block(middle, len(text), "quote")]
    moved = move_blocks([block for block in blocks if block.start < block.end], edits)
    assert all(0 <= block.start < block.end <= len(apply(text, edits)) for block in moved)
    assert all(before.end <= after.start for before, after in pairwise(moved))


@pytest.mark.parametrize(
    ("edits", "kept"),
    [
        ([Edit(0, 2, "", "a"), Edit(1, 3, "", "b")], ["a"]),
        ([Edit(0, 2, "", "a"), Edit(0, 3, "", "b")], ["b"]),
        ([Edit(2, 3, "", "a"), Edit(0, 2, "", "b")], ["b", "a"]),
    ],
)
def test_of_overlapping_edits_the_first_or_longer_is_kept(edits: list[Edit], kept: list[str]) -> None:
    assert [edit.rule for edit in disjoint(edits)] == kept
