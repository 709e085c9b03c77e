"""A flow of the tests. It uses the same mapper as the real flows and nothing else of copydesk, so it starts quickly."""

from pathlib import Path

from marks import Piece, mark
from prefect import flow

from flows.orchestration.tasks import task_mapper
from flows.settings import Engine


@flow
def slow(folder: str, pieces: int = 2, seconds: float = 1.0) -> list[int]:
    """Marks pieces, a second each."""
    todo = [Piece(Path(folder), number, seconds) for number in range(pieces)]
    with task_mapper(Engine(workers=2), preload="marks") as mapper:
        return sorted(mapper.map(mark, todo, name="mark"))
