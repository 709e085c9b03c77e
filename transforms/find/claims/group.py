"""A counted phrase of a sentence: "at least 61 civilians", "a policeman", "three of the dead", "12"."""

from dataclasses import dataclass

from transforms.find.claims.words import Noun


@dataclass(slots=True)
class Group:
    """Tokens `first` to `last` (exclusive) hold a count and what it counts; `text[start:end]` is the count proper.

    `people` is True when people are counted, False when something else is, None when the count stands alone.
    `noun` counts events that each befall one person ("12 deaths"); `state` is what an adjective says ("12 injured
    passengers"). `of_state`, `of_them`, `of_the` and `of_number` are set for a part: "three of the injured", "two of
    them", "two of the pupils", "two of the four". `inner` is the number of a count within this one, `change` a rise or
    fall, `rate` a count a year.
    """

    first: int
    core: int
    last: int
    start: int
    end: int
    low: float | None
    high: float | None
    comparator: str
    rule: str
    who: str | None = None
    people: bool | None = None
    noun: Noun | None = None
    state: str = ""
    of_state: str = ""
    of_them: bool = False
    others: bool = False
    inner: int = -1
    of_the: bool = False
    change: bool = False
    rate: bool = False
    of_number: float | None = None

    @property
    def one(self) -> bool:
        """Whether it counts exactly one."""
        return self.low == self.high == 1 or (self.low == 1 and self.comparator == ">=")

    @property
    def exact(self) -> float | None:
        """The number, when it is one."""
        return self.low if self.low == self.high else None

    @property
    def largest(self) -> float:
        """The most people it may count."""
        return self.high if self.high is not None else float("inf")

    @property
    def human(self) -> bool:
        """Whether it may count people: it does, or it says nothing."""
        return self.people is not False and self.noun is None
