"""One sentence under reading: its tokens, its counts, and the claims found so far."""

from dataclasses import dataclass, field

from transforms.find.claims.group import Group
from transforms.find.claims.tokens import Tokens


@dataclass(slots=True)
class Found:
    """A claim in the making: a count and what happened to those it counts; `at` is the token that says so.

    `past` is set when it may have happened already: "feared dead", "may have died".
    """

    group: Group
    metric: str
    rule: str
    at: int
    doubt: bool = False
    past: bool = False
    tally: str = "event"
    parent: "Found | None" = None
    part: bool = False
    of_state: str = ""
    number: int = 0
    days: tuple[str | None, str | None] = (None, None)
    sentence: int = 0


@dataclass(slots=True)
class Sentence:
    """Tokens, groups by their number, where groups begin and end; `disease` when the text is about one.

    `low` are its words in small letters.
    """

    tokens: Tokens
    groups: list[Group]
    disease: bool = False
    found: list[Found] = field(default_factory=list)
    by_first: dict[int, int] = field(default_factory=dict)
    by_last: dict[int, int] = field(default_factory=dict)
    low: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.low = frozenset(self.tokens.low)
        for number, group in enumerate(self.groups):
            for place in range(group.first, group.core + 1):
                self.by_first.setdefault(place, number)
            self.by_last.setdefault(group.last, number)

    def add(self, group: Group, metric: str, rule: str, at: int, doubt: bool = False) -> None:
        """Keep a claim, once for each count and metric; something that is not people is no claim."""
        if group.people is False:
            return
        for found in self.found:
            if found.group is group and found.metric == metric:
                found.doubt |= doubt
                return
        self.found.append(Found(group, metric, rule, at, doubt))

    def claim_of(self, group: Group, metric: str = "") -> Found | None:
        """The claim of a count, of that metric if one is asked."""
        return next((f for f in self.found if f.group is group and metric in ("", f.metric)), None)
