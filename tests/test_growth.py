"""The law of growth itself: what grows like the square of its length is refused, what grows with it is not."""

from functools import partial

from growth import grows_with_length


def test_a_quadratic_way_is_refused() -> None:
    assert not grows_with_length(lambda size: partial(sum, range(size * size)), 12_000)


def test_a_linear_way_is_not() -> None:
    assert grows_with_length(lambda size: partial(sum, range(size * 1_000)), 12_000)
