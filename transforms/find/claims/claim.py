"""One row of the table `claims`: a count of people affected, as reported."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """A count of people and what happened to them: `text[start:end]` is `self.text`, the count with its bound.

    A definite number has `low == high` and the comparator "="; a bound has one of the two. `tally` is "event" (the
    event told), "total" (the toll so far) or "period" (a background count over a time of its own). `part_of` is the
    `start` of the claim that includes these people. The days are ISO 8601, `event_end` exclusive.

    Finding fills all but place and source; linking fills those.
    """

    start: int
    end: int
    text: str
    metric: str
    low: float | None
    high: float | None
    comparator: str
    who: str | None = None
    tally: str = "event"
    place: str | None = None
    place_entity_id: str | None = None
    event_start: str | None = None
    event_end: str | None = None
    source: str | None = None
    source_entity_id: str | None = None
    part_of: int | None = None
    hypothetical: bool = False
    rule: str | None = None
