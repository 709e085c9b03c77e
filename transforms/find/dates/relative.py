"""Dates counted from other dates: ago, later, the same day, the past three months. Parts and story in, `Meaning` out.

Each function is named in `shapes.yaml`. A function returns None when the words are no date after all.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from transforms.find.dates.interval import DELTAS, Interval, add, containing, part_of, shifted
from transforms.find.dates.pieces import Amount
from transforms.find.dates.points import point
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
        return ago(story, amount, direction)
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


def stretch(story: Story, amount: Amount, shift: int) -> Meaning:
    """The past three months, the next two weeks: a length that ends, or begins, with publication."""
    if story.published is None:
        return Meaning("DURATION", amount.value, None, amount.mod)
    today = story.today
    if amount.count is None or amount.unit in ("weekend", "night"):
        return Meaning("DURATION", amount.value, None, amount.mod, today)
    if amount.unit == "quarter":
        whole = containing(today.start, "quarter")
        first, last = (whole.start, shifted(whole, shift * amount.count, "quarter").start)
        ends = (last, first) if shift < 0 else (whole.end, add(whole.end, amount.count, "quarter"))
    elif amount.unit in ("hour", "minute", "second"):
        ends = tuple(sorted((story.moment, add(story.moment, shift * amount.count, amount.unit))))  # type: ignore[assignment]
    elif shift < 0:
        ends = (add(today.start, -amount.count, amount.unit), today.start)
    else:
        ends = (today.end, add(today.end, amount.count, amount.unit))
    return Meaning("DURATION", amount.value, Interval(ends[0], ends[1], "span"), amount.mod, today)


def stretch_of_one(story: Story, unit: str, shift: int) -> Meaning:
    """The past decade."""
    return stretch(story, Amount(1, unit), shift)


def length_of_one(_story: Story, unit: str) -> Meaning:
    """The year, of which the next words say when it ended."""
    return Meaning("DURATION", Amount(1, unit).value)


def quarter_ended(story: Story) -> Meaning | None:
    """The quarter ended July 31: the calendar quarter that day lies in."""
    month = story.following("month", skip=1)
    monthday = story.following("monthday", skip=2)
    if month is None or monthday is None:
        return None
    year = story.today.start.year
    # Of the three months that end there two lie in the quarter of the middle one.
    ends = [containing(datetime(year + by, month, 1) - timedelta(days=1), "quarter") for by in (-1, 0)]
    return point([end for end in ends if end.start <= story.today.start][-1], story.today)


def length(_story: Story, amount: Amount) -> Meaning | None:
    """Two months."""
    return Meaning("DURATION", amount.value, None, amount.mod)


def vague_length(_story: Story, unit: str) -> Meaning:
    """Years, weeks."""
    return Meaning("DURATION", Amount(None, unit).value)


def part_of_time(_story: Story, shift: int, amount: Amount, time: Meaning) -> Meaning | None:
    """The first two weeks of 2021, the last four months of the year."""
    whole = time.interval
    if (
        whole is None
        or amount.count is None
        or amount.unit not in ("day", "week", "month", "quarter", "year", "decade")
    ):
        return None
    if shift > 0:
        start = whole.start
        if amount.unit == "week" and start.weekday():
            start = containing(start, "week").start + timedelta(days=7 if start.weekday() > 3 else 0)
        span = Interval(start, add(start, amount.count, amount.unit), "span")
        return Meaning("DURATION", amount.value, span, None, time.anchor)
    end = whole.end
    if amount.unit == "week":
        end = containing(end, "week").start
    span = Interval(add(end, -amount.count, amount.unit), end, "span")
    return Meaning("DURATION", amount.value, span, None, time.anchor)


def same_unit(story: Story, unit: str) -> Meaning | None:
    """The same day, that year: the last one the story has named."""
    named = story.last_named(unit)
    if named is None:
        finer = story.last_named()
        named = containing(finer.start, unit) if finer else containing(story.today.start, unit)
    return point(containing(named.start, unit), named)


def same_time(story: Story) -> Meaning:
    """At that time: the last date the story has named."""
    named = story.last_named()
    return point(named, named) if named else Meaning("DATE", "PAST_REF")


def neighbour(story: Story, unit: str, shift: int) -> Meaning:
    """The following week, the next day, the previous year: beside the date the story has named last."""
    named = story.last_named() or story.today
    return point(shifted(containing(named.start, unit), shift, unit), named)


def neighbour_weekday(story: Story, weekday: int, shift: int) -> Meaning:
    """The following Friday, the previous Monday: beside the date the story has named last."""
    named = story.last_named("day") or story.today
    ahead = (weekday - named.start.weekday()) % 7
    moved = (ahead or 7) if shift > 0 else -((-ahead) % 7 or 7)
    return point(shifted(containing(named.start, "day"), moved, "day"), named)


def neighbour_part(story: Story, part: str, shift: int) -> Meaning:
    """The next morning, that night."""
    named = story.last_named() or story.today
    hours = part_of(containing(named.start + timedelta(days=shift), "day"), part)
    return Meaning("TIME", hours.value, hours, None, named)


def year_before(story: Story, unit: str = "quarter") -> Meaning:
    """The year-ago quarter, the year-earlier period: a year before the quarter, else the date, named last."""
    named = story.compared or story.last_named("half", "year", "month")
    if named is None or (story.published is not None and named.end < add(story.today.start, -2, "year")):
        named = containing(story.today.start, unit)
    return point(shifted(named, -1, "year"), named)


def latest_period(story: Story) -> Meaning:
    """The latest quarter, the quarter: the one the story is about, else the last full one."""
    if story.quarter:
        return point(story.quarter, story.quarter)
    return point(shifted(containing(story.today.start, "quarter"), -1, "quarter"), story.today)


def year_of_period(story: Story, year: int) -> Meaning:
    """The 2023 quarter, the 2023 period: the quarter the story is about, in that year."""
    if story.quarter is None:
        return point(containing(story.today.start.replace(year=year, day=1), "year"))
    return point(shifted(story.quarter, year - story.quarter.start.year, "year"), story.quarter)


def vague(_story: Story, value: str) -> Meaning:
    """Now, recently, soon."""
    return Meaning("DATE", value)


RESOLVERS: dict[str, Callable[..., Meaning | None]] = {
    name: function
    for name, function in list(globals().items())
    if callable(function) and getattr(function, "__module__", None) == __name__ and not name.startswith("_")
}
