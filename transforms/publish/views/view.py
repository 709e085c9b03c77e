"""What a view is. In: nothing. Out: `View`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A query over the tables that has a name; `columns` are pairs of a column's name and what it means, in order."""

    name: str
    row: str
    columns: tuple[tuple[str, str], ...]
    query: str
    note: str = ""
