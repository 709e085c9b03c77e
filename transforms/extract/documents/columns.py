"""The reading order of a page: down the first column, then down the next; what crosses the gutter parts the page.

In: the lines of one page, in any order. Out: stretches of lines that are read down, each of one column.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_GUTTER = 0.6
"""Width of a gutter, in heights of a line."""
_FEWEST_LINES = 4
_WORDY = 18
"""Letters of the middling line of a column of text; cells of a table are shorter."""
_CROSSING = 0.25
_CANDIDATES = 150


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of a page. Points count from the lower left corner; `size` is the height of its letters."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    page: int
    page_width: float
    page_height: float
    bold: bool = False

    @property
    def middle(self) -> float:
        """Half way up the line."""
        return (self.bottom + self.top) / 2


def in_reading_order(lines: Sequence[Line]) -> list[list[Line]]:
    """The columns of a page, one after the other."""
    gutter = _find_gutter(lines)
    if gutter is None:
        return [_down(lines)] if lines else []
    ordered: list[list[Line]] = []
    crossing = sorted((line for line in lines if line.left < gutter < line.right), key=lambda line: -line.middle)
    rest = [line for line in lines if not line.left < gutter < line.right]
    for line in crossing:
        ordered += _sides([other for other in rest if other.middle > line.middle], gutter)
        rest = [other for other in rest if other.middle <= line.middle]
        if ordered and len(ordered[-1]) and _crosses(ordered[-1][-1], gutter):
            ordered[-1].append(line)
        else:
            ordered.append([line])
    return ordered + _sides(rest, gutter)


def _sides(lines: Sequence[Line], gutter: float) -> list[list[Line]]:
    left = [line for line in lines if line.middle is not None and line.right <= gutter]
    right = [line for line in lines if line.right > gutter]
    return [column for side in (left, right) if side for column in in_reading_order(side)]


def _crosses(line: Line, gutter: float) -> bool:
    return line.left < gutter < line.right


def _find_gutter(lines: Sequence[Line]) -> float | None:
    """Where white runs down between two columns of text."""
    best, found = 0, None
    for edge in sorted({round(line.right, 1) for line in lines})[:_CANDIDATES]:
        left = [line for line in lines if line.right <= edge + 0.1]
        right = [line for line in lines if line.left >= edge + _GUTTER * line.size]
        crossing = len(lines) - len(left) - len(right)
        value = min(len(left), len(right)) - crossing
        if value > best and crossing <= _CROSSING * len(lines) and _are_columns(left, right):
            best, found = value, edge + 0.2
    return found


def _are_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    if min(len(left), len(right)) < _FEWEST_LINES:
        return False
    tops = [max(line.top for line in side) for side in (left, right)]
    bottoms = [min(line.bottom for line in side) for side in (left, right)]
    shared = min(tops) - max(bottoms)
    return shared > 0.4 * min(tops[0] - bottoms[0], tops[1] - bottoms[1]) and all(map(_is_wordy, (left, right)))


def _is_wordy(lines: Sequence[Line]) -> bool:
    return sorted(len(line.text) for line in lines)[len(lines) // 2] >= _WORDY


def _down(lines: Sequence[Line]) -> list[Line]:
    """From top to bottom; those of one height from left to right, as the cells of a row."""
    ordered = sorted(lines, key=lambda line: -line.middle)
    rows: list[list[Line]] = []
    for line in ordered:
        if rows and abs(rows[-1][0].middle - line.middle) < 0.4 * min(rows[-1][0].size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]
