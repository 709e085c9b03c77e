"""What a sentence holds: rows of a text in order come in, those that begin in a stretch go out."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol


class _Placed(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Rows[Row: _Placed]:
    """Rows of a text in order, asked for sentence by sentence."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows: Sequence[Row] = rows
        self._starts = [row.start for row in rows]

    def within(self, stretch: _Placed) -> Sequence[Row]:
        """The rows that begin in a stretch of the text."""
        return self._rows[bisect_left(self._starts, stretch.start) : bisect_left(self._starts, stretch.end)]
