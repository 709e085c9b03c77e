"""What the readers of tables hand on.

In: nothing. Out: `Row`, `BadRow`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from transforms.outcome import Reason


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `number` counts from 1, without the header. `columns` says which column holds which field."""

    number: int
    values: Mapping[str, Any]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read; `fields` is what stood there, where that is known and not too large."""

    number: int
    reason: Reason
    detail: str
    fields: tuple[str, ...] = ()
