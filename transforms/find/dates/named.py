"""Dates beside those the story has named: the same day, the following week. Parts and story in, `Meaning` out."""

from transforms.find.dates.candidates import point
from transforms.find.dates.interval import containing, shifted
from transforms.find.dates.story import Meaning, Story


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


def vague(_story: Story, value: str) -> Meaning:
    """Now, recently, soon."""
    return Meaning("DATE", value)
