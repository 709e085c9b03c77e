"""Batches as tasks, on the real server: bounded, tried twice, and never stopped by one bad batch."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import marks
import pytest

from flows.orchestration.tasks import BatchesFailed, TaskMapper
from flows.problem import Problem


@pytest.fixture
def in_flow(desk: Any) -> Iterator[Callable[[Callable[[TaskMapper], Any]], Any]]:
    """Runs a function of a mapper within a flow run."""
    from prefect import flow
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.orchestration.tasks import task_mapper
    from flows.settings import Engine

    @flow(name="test")
    def run(work: Callable[[TaskMapper], Any]) -> Any:
        with task_mapper(Engine(workers=2), preload="marks") as mapper:
            return work(mapper)

    with temporary_settings({PREFECT_API_URL: desk.api_url}):
        yield lambda work: run(work)


def pieces(folder: Path, count: int) -> list[marks.Piece]:
    return [marks.Piece(folder, number) for number in range(count)]


def tries(folder: Path, number: int) -> int:
    return len(list(folder.glob(f"try-{number}-*")))


def test_items_are_taken_a_few_ahead_of_the_work(in_flow: Any, tmp_path: Path) -> None:
    taken = 0

    def items() -> Iterator[marks.Piece]:
        nonlocal taken
        for piece in pieces(tmp_path, 20):
            taken += 1
            yield piece

    def work(mapper: TaskMapper) -> list[int]:
        return [taken - answered for answered, _ in enumerate(mapper.map(marks.mark, items(), name="mark"))]

    ahead = in_flow(work)
    assert len(ahead) == 20
    assert max(ahead) <= 2 * 2
    assert len(list(tmp_path.iterdir())) == 20


def test_a_worker_that_dies_is_replaced_and_its_batch_done_again(in_flow: Any, tmp_path: Path) -> None:
    assert in_flow(lambda mapper: sorted(mapper.map(marks.die_once, pieces(tmp_path, 8), name="x"))) == [*range(8)]


def test_a_batch_that_fails_twice_fails_the_run_after_all_the_others(in_flow: Any, tmp_path: Path) -> None:
    def work(mapper: TaskMapper) -> None:
        for _ in mapper.map(marks.fail_at_two, pieces(tmp_path, 8), name="read"):
            pass

    with pytest.raises(BatchesFailed, match=r"one batch of “read” failed twice .*the moon is full.*kept in staging"):
        in_flow(work)
    assert [tries(tmp_path, number) for number in range(8)] == [1, 1, 2, 1, 1, 1, 1, 1]


def test_what_waits_for_the_user_is_not_tried_again(in_flow: Any, tmp_path: Path) -> None:
    def work(mapper: TaskMapper) -> None:
        for _ in mapper.map(marks.disk_full, pieces(tmp_path, 50), name="read"):
            pass

    with pytest.raises(Problem, match="no space left on the disk; free some"):
        in_flow(work)
    assert max(tries(tmp_path, number) for number in range(50)) == 1
    assert sum(tries(tmp_path, number) for number in range(50)) <= 8
