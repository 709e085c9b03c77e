"""What happens again and again: every Friday, twice a week, annually. Parts in, `Meaning` of type SET out.

Each function is named in `shapes.yaml`. None of them needs the story.
"""

from transforms.find.dates.pieces import Amount
from transforms.find.dates.story import Meaning, Story


def every(_story: Story, unit: str, number: float = 1) -> Meaning:
    """Every day, every other week, each year."""
    return Meaning("SET", Amount(number, unit).value)


def every_amount(_story: Story, amount: Amount) -> Meaning:
    """Every two weeks."""
    return Meaning("SET", amount.value)


def every_weekday(_story: Story, weekday: int, part: str = "") -> Meaning:
    """Every Friday, Tuesday nights."""
    return Meaning("SET", f"XXXX-WXX-{weekday + 1}" + (f"T{part}" if part else ""))


def every_month(_story: Story, month: int) -> Meaning:
    """Every March."""
    return Meaning("SET", f"XXXX-{month:02d}")


def every_part(_story: Story, part: str) -> Meaning:
    """Every night."""
    return Meaning("SET", f"XXXX-XX-XXT{part}")


def every_season(_story: Story, season: str) -> Meaning:
    """Every summer."""
    return Meaning("SET", f"XXXX-{season}")


def every_monthday(_story: Story, monthday: int) -> Meaning:
    """The 19th of every month."""
    return Meaning("SET", f"XXXX-XX-{monthday:02d}")


def frequency(_story: Story, frequency: str) -> Meaning:
    """Daily, annually."""
    return Meaning("SET", frequency)
