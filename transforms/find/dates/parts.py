"""Parts of a day, and the beginning, middle and end of anything: parts and story in, a `Meaning` out."""

from datetime import timedelta

from transforms.find.dates.interval import containing, part_of, shifted
from transforms.find.dates.story import NOTHING, Meaning, Story


def with_mod(_story: Story, time: Meaning, mod: str) -> Meaning | None:
    """Early Tuesday, the end of the year, about Nov. 1: the same date with a modifier."""
    clock = time.interval is not None and time.interval.grain == "minute"
    if time.value is None or time.mod is not None or (clock and mod in ("START", "MID", "END")):
        return None
    return Meaning(time.type, time.value, time.interval, mod, time.anchor)


def day_part(_story: Story, day: Meaning, part: str, mod: str | None = None) -> Meaning | None:
    """Wednesday night."""
    if day.interval is None or day.interval.grain != "day" or day.mod:
        return None
    hours = part_of(day.interval, part)
    return Meaning("TIME", hours.value, hours, mod, day.anchor)


def shifted_part(story: Story, part: str, shift: int, mod: str | None = None) -> Meaning:
    """This morning, last night."""
    hours = part_of(shifted(story.today, shift, "day"), part)
    return Meaning("TIME", hours.value, hours, mod, story.today)


def neighbour_part(story: Story, part: str, shift: int, mod: str | None = None) -> Meaning:
    """The next morning, that night."""
    named = story.last_named() or story.today
    hours = part_of(containing(named.start + timedelta(days=shift), "day"), part)
    return Meaning("TIME", hours.value, hours, mod, named)


def not_a_date(_story: Story, **_: object) -> Meaning:
    """An age, a name: the words are taken, and nothing is said of them."""
    return NOTHING
