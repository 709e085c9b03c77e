"""A claim in the making comes in, its row goes out."""

from transforms.find.claims.claim import Claim
from transforms.find.claims.sentence import Found

SPAN = "range_from_to", "range_to"


def row_of(text: str, found: Found) -> Claim:
    """The row of a claim; of a toll that rose "from 12 to 60" the count is the 60."""
    group = found.group
    start, low = group.start, group.low
    if found.tally == "total" and found.rule == "toll" and group.rule in SPAN:
        start, low = group.start + _last_word(text[group.start : group.end]), group.high
    return Claim(
        start,
        group.end,
        text[start : group.end],
        found.metric,
        low,
        group.high,
        group.comparator,
        group.who or "people",
        found.tally,
        event_start=found.days[0],
        event_end=found.days[1],
        part_of=found.parent.group.start if found.parent is not None else None,
        hypothetical=found.doubt,
        rule=f"{found.rule}:{found.metric}",
    )


def _last_word(written: str) -> int:
    return max(written.rfind(" "), written.rfind("\n"), written.rfind("-"), written.rfind("–")) + 1
