import os
from collections.abc import Iterator

import pytest

from flows.mapper import ProcessMapper
from flows.workers import WorkerDied


def square(number: int) -> int:
    return number * number


def die(number: int) -> int:
    os._exit(number)


def test_every_item_gives_its_result() -> None:
    with ProcessMapper(2, preload="flows.mapper") as mapper:
        assert sorted(mapper.map(square, range(20), name="squares")) == [number * number for number in range(20)]


def test_items_are_taken_only_a_little_ahead_of_the_work() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with ProcessMapper(2, preload="flows.mapper") as mapper:
        next(results := mapper.map(square, items(), name="squares"))
        assert len(taken) <= 8
        assert len(list(results)) == 99


def test_a_worker_that_dies_is_told_with_a_cure() -> None:
    with (
        ProcessMapper(1, preload="flows.mapper") as mapper,
        pytest.raises(WorkerDied, match="run the same again"),
    ):
        list(mapper.map(die, [7], name="extract"))
