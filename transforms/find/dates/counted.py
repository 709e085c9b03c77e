"""Dates counted from other dates: ago, later, two weeks before Christmas. Parts and story in, `Meaning` out."""

from datetime import datetime, timedelta

from transforms.find.dates.candidates import point
from transforms.find.dates.interval import DELTAS, Interval, add, containing, shifted
from transforms.find.dates.pieces import Amount
from transforms.find.dates.story import Meaning, Story

AT_LEAST = {
    "MORE_THAN": "BEFORE",
    "LESS_THAN": "AFTER",
    "EQUAL_OR_MORE": "ON_OR_BEFORE",
    "EQUAL_OR_LESS": "ON_OR_AFTER",
}
"""More than a decade *ago* is before that point, less than a decade ago is after it."""
VAGUE = {-1: "PAST_REF", 1: "FUTURE_REF"}


def ago(story: Story, amount: Amount, direction: int = -1) -> Meaning:
    """Two weeks ago, in two weeks: the calendar unit that lies so far from publication."""
    if amount.count is None:
        return Meaning("DATE", VAGUE[direction])
    if amount.unit in ("hour", "minute", "second"):
        return _moment(story, amount, direction)
    if story.compared and amount == Amount(1, "year", None, amount.plural) and direction < 0:
        return point(shifted(story.compared, -1, "year"), story.compared)
    return _counted(story.today, amount, direction)


def ahead(story: Story, amount: Amount) -> Meaning | None:
    """In three weeks: a date when the verb looks ahead, else a length ("built in three weeks")."""
    if amount.count is None or story.direction(weak=True) <= 0:
        return None
    return ago(story, amount, 1)


def earlier(story: Story, amount: Amount, direction: int = -1) -> Meaning:
    """A year earlier, two weeks later: counted from the date the story has named last."""
    anchor = story.last_named()
    if amount.count is None:
        return Meaning("DURATION", amount.value, None, amount.mod)
    if amount.unit in ("hour", "minute", "second"):
        return _moment(story, amount, direction) if anchor is None else _moments_from(anchor, amount, direction)
    if anchor is None:
        return ago(story, amount) if direction < 0 else Meaning("DURATION", amount.value, None, amount.mod)
    if anchor.grain == "quarter" and amount.unit == "year":
        anchor = story.compared or containing(anchor.start, "year")
    if amount.unit == "year" and anchor.grain in ("quarter", "month", "half", "year"):
        return point(shifted(anchor, direction * amount.count, "year"), anchor)
    return _counted(anchor, amount, direction)


def _counted(anchor: Interval, amount: Amount, direction: int) -> Meaning:
    moved = add(anchor.start, direction * (amount.count or 0), amount.unit if amount.unit != "night" else "day")
    unit = {"night": "day", "fortnight": "week", "decade": "year", "century": "year", "millennium": "year"}.get(
        amount.unit, amount.unit
    )
    there = containing(moved, unit)
    mod = AT_LEAST.get(amount.mod or "", amount.mod) if direction < 0 else amount.mod
    if mod in ("BEFORE", "ON_OR_BEFORE"):
        return Meaning("DATE", there.value, Interval(there.start, moved, "span"), mod, anchor, before=True)
    if mod in ("AFTER", "ON_OR_AFTER"):
        return Meaning("DATE", there.value, Interval(moved, anchor.end, "span"), mod, anchor)
    return point(there, anchor, mod)


def _moment(story: Story, amount: Amount, direction: int) -> Meaning:
    if not isinstance(story.published, datetime):
        return point(story.today, story.today, amount.mod)
    moment = add(story.moment, direction * (amount.count or 0), amount.unit)
    there = containing(moment, "minute" if amount.unit == "hour" else amount.unit)
    return Meaning("TIME", there.value, there, amount.mod, story.today)


def _moments_from(anchor: Interval, amount: Amount, direction: int) -> Meaning:
    """An hour later: a time of day when the story has just named one, else only a length."""
    if anchor.grain != "minute":
        return Meaning("DURATION", amount.value, None, amount.mod)
    there = containing(add(anchor.start, direction * (amount.count or 0), amount.unit), "minute")
    return Meaning("TIME", there.value, there, amount.mod, anchor)


def from_time(_story: Story, amount: Amount, time: Meaning, direction: int = 1) -> Meaning | None:
    """Two weeks before Christmas, three days from Tuesday."""
    if time.interval is None or amount.count is None:
        return None
    count = direction * amount.count
    unit = "day" if amount.unit == "night" else amount.unit
    if unit == "weekend" or (unit in DELTAS and DELTAS[unit] < timedelta(days=1)):
        return None
    if amount.mod == "LESS_THAN":
        ends = sorted((time.interval.start, add(time.interval.start, count, unit)))
        return Meaning("DATE", None, Interval(ends[0], ends[1], "span"), "LESS_THAN", time.interval)
    return point(shifted(time.interval, count, unit), time.interval, amount.mod)


def beside_time(_story: Story, unit: str, time: Meaning, direction: int = 1) -> Meaning | None:
    """The day before Thanksgiving, the week after Easter."""
    if time.interval is None or unit not in ("day", "week", "weekend", "month", "quarter", "year"):
        return None
    whole = containing(time.interval.start, unit)
    if time.interval.end - time.interval.start > whole.end - whole.start:
        return None
    moment = time.interval.start if direction < 0 else time.interval.end - timedelta(microseconds=1)
    return point(shifted(containing(moment, unit), direction, unit), time.interval)
