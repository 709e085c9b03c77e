"""How each source fared on each day, asked of the lake index.

In: nothing. Out: the question, in SQL.
"""

from transforms.outcome import Reason

_EMPTY = (Reason.EMPTY, Reason.NO_TEXT)
_NAMED = (*_EMPTY, Reason.TOO_SHORT, Reason.CONSENT_WALL, Reason.PAYWALL, Reason.DUPLICATE)


def _count(*reasons: Reason, others: bool = False) -> str:
    names = ", ".join(f"'{reason}'" for reason in reasons)
    return f"count(*) filter (where reason {'not in' if others else 'in'} ({names}))"


HEALTH_QUERY = f"""
select source,
    date(fetched_at / 1000000, 'unixepoch') as fetched_day,
    count(*) as seen,
    count(article_id) as published,
    {_count(Reason.DUPLICATE)} as duplicate,
    {_count(*_EMPTY)} as empty,
    {_count(Reason.TOO_SHORT)} as too_short,
    {_count(Reason.CONSENT_WALL)} as consent_wall,
    {_count(Reason.PAYWALL)} as paywall,
    {_count(*_NAMED, others=True)} as errors
from lake_outcomes where lake = ? group by source, fetched_day order by source, fetched_day
"""
"""One row for each source and UTC day of fetching; its one value is the lake."""
