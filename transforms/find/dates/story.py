"""What an expression may be counted from: the day of publication and the days the story has named.

In: the tokens of one text and its day. Out: `Story`, which remembers, and which the functions of `meanings` ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import takewhile

from transforms.find.dates.chart import Reading
from transforms.find.dates.interval import Interval, at, containing, day_of, iso
from transforms.find.dates.language import Language
from transforms.find.dates.tense import Tense
from transforms.find.dates.tokens import Token

REPORTED_LENGTHS = ("P9M", "P6M")
"""Lengths of a report other than a quarter and a year."""


QUOTES = frozenset("\"“”‘’'«»")


class UndatedError(Exception):
    """The expression needs a day of publication, or an earlier date, and there is none."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means. `interval` is the stretch of calendar; `value` the TIMEX3 value.

    `anchor` is what it was counted from. `before` and `after` leave the beginning or the end of the range open.
    `zone` is the offset of a clock time, `loose` says that no words give its day. `ends` are the dates that the parts
    of a shape name, by part, the one the story goes on from last: each becomes a row of its own. They bound the
    `interval` ("from Monday to Friday"); where there is none each has its own.
    """

    type: str = "DATE"
    value: str | None = None
    interval: Interval | None = None
    mod: str | None = None
    anchor: Interval | None = None
    before: bool = False
    after: bool = False
    zone: str = ""
    loose: bool = False
    ends: "tuple[tuple[str, Meaning], ...]" = ()


NOTHING = Meaning("")
"""What words mean that only look like a date."""


@dataclass
class Story:
    """The text around the expressions, as far as they have been read."""

    tokens: Sequence[Token]
    language: Language
    published: date | datetime | None
    text: str = ""
    here: Reading | None = None
    named: list[Interval] = field(default_factory=list)
    quarter: Interval | None = None
    compares_years: bool = False

    @property
    def today(self) -> Interval:
        """The day of publication."""
        if self.published is None:
            raise UndatedError
        return day_of(self.published)

    @property
    def dated(self) -> Interval | None:
        """The day of publication, when there is one."""
        return None if self.published is None else day_of(self.published)

    @property
    def moment(self) -> datetime:
        """The moment of publication, as exact as it is known."""
        if isinstance(self.published, datetime):
            return self.published.replace(tzinfo=None, microsecond=0)
        return self.today.start

    def last_named(self, *grains: str) -> Interval | None:
        """The last date the story has named, in one of these grains when any are given."""
        for interval in reversed(self.named[-12:]):
            if not grains or interval.grain in grains:
                return interval
        return None

    def remember(self, meaning: Meaning) -> None:
        """Adds a date to those that "the same day" may refer to."""
        if meaning.type == "DURATION" and meaning.value in REPORTED_LENGTHS:
            self.compares_years = True
        if meaning.type not in ("DATE", "TIME") or meaning.interval is None:
            return
        self.named.append(meaning.interval)
        if meaning.interval.grain == "quarter":
            self.compares_years = False
            compared = meaning.anchor is not None and meaning.anchor.grain == "quarter"
            over = self.published is None or meaning.interval.end - timedelta(days=1) <= at(self.published)
            if over and not compared:  # the one reported on: neither the year-ago quarter nor one that is forecast
                self.quarter = meaning.interval

    @property
    def compared(self) -> Interval | None:
        """The quarter that "a year earlier" goes back from, when the story last spoke of one and not of nine months."""
        return None if self.compares_years else self.quarter

    def comes_after(self, group: str) -> bool:
        """Whether the word before the expression is one of a group."""
        return self.here is not None and self._word(self.here.start - 1) in self.language.groups[group]

    def following(self, category: str, skip: int) -> int | None:
        """What a token after the expression means in a category; `skip` tokens lie between."""
        position = (self.here.end if self.here else 0) + skip
        if position >= len(self.tokens):
            return None
        return dict(self.language.meanings_of(self.tokens[position])).get(category)

    def counts_a_noun(self) -> bool:
        """Whether the expression ends in a spelled ordinal that belongs to the next word: "the fourth decline"."""
        if self.here is None or self.here.end >= len(self.tokens):
            return False
        last, follows = self.tokens[self.here.end - 1], self.tokens[self.here.end]
        is_word = follows.text.isalpha() and follows.lower not in self.language.groups["pauses"]
        return last.text.isalpha() and last.text.islower() and is_word

    def stands_alone(self) -> bool:
        """Whether the expression opens its line and nothing but marks follows there: the clock of a live blog."""
        if self.here is None:
            return False
        start, end = self.here.start, self.here.end
        opens = start == 0 or self.breaks(start - 1)
        return opens and (end == len(self.tokens) or self.breaks(end - 1))

    def breaks(self, position: int) -> bool:
        """Whether the line ends after a token."""
        if position + 1 >= len(self.tokens):
            return True
        return "\n" in self.text[self.tokens[position].end : self.tokens[position + 1].start]

    def is_name_or_number(self) -> bool:
        """Whether a number is that of a house, a firm or a telephone, or a whole quotation: "1984" is a novel."""
        if self.here is None:
            return False
        start, end, groups = self.here.start, self.here.end, self.language.groups
        if self._word(start - 1) in QUOTES and self._word(end) in QUOTES:
            return True
        if any(len(word) > 2 and word.isdigit() for word in (self._word(start - 1), self._word(end))):
            return True
        names = list(takewhile(lambda token: token.text[:1].isupper(), self.tokens[end : end + 3]))
        return bool(names) and (names[0].lower in groups["firms"] or any(n.lower in groups["streets"] for n in names))

    def moves(self) -> bool:
        """Whether a verb of movement stands before the expression, with a word between at most."""
        if self.here is None:
            return False
        near = (self._word(self.here.start - 1), self._word(self.here.start - 2))
        return any(word in self.language.groups["moves"] for word in near)

    def is_level(self) -> bool:
        """Whether a number is what something moved to: "fell to 1998", but not "fell to 1998 levels"."""
        if self.here is None or not self.comes_after("moved_to"):
            return False
        start, groups = self.here.start, self.language.groups
        moved = any(self._word(at) in groups["moves"] for at in (start - 2, start - 3))
        return moved and self._word(self.here.end) not in groups["levels"]

    def near_day(self) -> Interval:
        """The day a bare clock time belongs to: the last one named, else the day of publication."""
        named = self.last_named("day", "minute", *("MO", "AF", "EV", "NI", "DT", "MI"))
        return containing(named.start, "day") if named else self.today

    def direction(self, weak: bool = False) -> int:
        """-1 when the words around speak of the past, 1 of the future, 0 when they do not say (see `Tense`)."""
        if self.here is None:
            return 0
        return Tense(self.tokens, self.language).direction(self.here.start, self.here.end, weak)

    def _word(self, position: int) -> str:
        return self.tokens[position].lower if 0 <= position < len(self.tokens) else ""


def written(interval: Interval | None) -> str | None:
    """How an anchor is written: the value of its calendar unit."""
    return None if interval is None else interval.value or iso(interval.start)
