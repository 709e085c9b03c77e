"""Lengths of time, and those that lie beside publication: the past three months. Parts and story in, `Meaning` out."""

from datetime import timedelta

from transforms.find.dates.interval import Interval, add, containing, season_of, shifted
from transforms.find.dates.pieces import Amount
from transforms.find.dates.story import Meaning, Story


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


def stretch_of_one(story: Story, unit: str, shift: int, number: float = 1) -> Meaning:
    """The past decade, the three coming days."""
    return stretch(story, Amount(number, unit), shift)


def length_of_one(_story: Story, unit: str) -> Meaning:
    """The year, of which the next words say when it ended."""
    return Meaning("DURATION", Amount(1, unit).value)


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


def past_seasons(story: Story, number: float, season: str) -> Meaning | None:
    """The past three summers: from the beginning of the first to the end of the last that is over."""
    if not 1 < number < 100 or number != int(number):
        return None
    over = [season_of(story.today.start.year - back, season) for back in (0, 1, 2)]
    last = next(one for one in over if one.end <= story.today.end)
    span = Interval(add(last.start, 1 - number, "year"), last.end, "span")
    return Meaning("DURATION", f"P{int(number)}{season}", span, None, story.today)
