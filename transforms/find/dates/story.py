"""What an expression may be counted from: the day of publication, the days the story has named, and its tense.

In: the tokens of one text and its day. Out: `Story`, which the functions of `meanings.py` ask, and which remembers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from transforms.find.dates.chart import Reading
from transforms.find.dates.interval import Interval, containing, day_of, iso
from transforms.find.dates.language import Language
from transforms.find.dates.tokens import Token

LOOKS = 14
"""How many tokens away a verb may stand; further off it is seldom the verb of this expression."""
NOUN_ENDINGS = ("s", "ing", "th", "tion", "ness", "ity", "ship", "ment")
REPORTED_LENGTHS = ("P9M", "P6M")
"""Lengths of a report other than a quarter and a year."""
STOPS = frozenset('.!?;:"”“')


class UndatedError(Exception):
    """The expression needs a day of publication, or an earlier date, and there is none."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means. `interval` is the stretch of calendar; `value` the TIMEX3 value.

    `anchor` is what it was counted from. `before` and `after` leave the beginning or the end of the range open. `ends`
    are the two dates that bound a stretch, by the parts of the shape that name them: each becomes a row of its own.
    """

    type: str = "DATE"
    value: str | None = None
    interval: Interval | None = None
    mod: str | None = None
    anchor: Interval | None = None
    before: bool = False
    after: bool = False
    zone: str = ""
    ends: "tuple[tuple[str, Meaning], ...]" = ()


NOTHING = Meaning("")
"""What words mean that only look like a date."""


@dataclass
class Story:
    """The text around the expressions, as far as they have been read."""

    tokens: Sequence[Token]
    language: Language
    published: date | datetime | None
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
            over = self.published is None or meaning.interval.end <= self.today.end
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

    def near_day(self) -> Interval:
        """The day a bare clock time belongs to: the last one named, else the day of publication."""
        named = self.last_named("day", "minute", *("MO", "AF", "EV", "NI", "DT", "MI"))
        return containing(named.start, "day") if named else self.today

    def direction(self, weak: bool = False) -> int:
        """-1 when the words around speak of the past, 1 of the future, 0 when they do not say.

        The nearest verb before the expression counts, else the nearest one after it in the same sentence. `weak` lets
        infinitives count ("agreed to sell it in May"): they point ahead for months, and hardly for weekdays.
        """
        if self.here is None:
            return 0
        start, end = self.here.start, self.here.end
        if self._as_soon_as(start):
            return 1
        if self._word(start - 1) in self.language.groups["until"]:
            return -1 if self._says(start - 1, "lasted") else 1
        for position in range(start - 1, max(-1, start - 1 - LOOKS), -1):
            if self.tokens[position].lower in STOPS:
                break
            if tense := self._tense_before(position, start - position, weak):
                return tense
        for position in range(end, min(len(self.tokens), end + LOOKS)):
            word = self.tokens[position].lower
            if word in STOPS:
                break
            if word in self.language.groups["future"]:
                return 1
            if word in self.language.groups["past"] or self._is_past_form(position):
                return -1
        return 0

    def _as_soon_as(self, start: int) -> bool:
        words = [token.lower for token in self.tokens[max(0, start - 4) : start]]
        return any(words[i : i + 3] in (["as", "soon", "as"], ["as", "early", "as"]) for i in range(len(words) - 2))

    def _tense_before(self, position: int, distance: int, weak: bool) -> int:
        groups = self.language.groups
        word, before = self._word(position), self._word(position - 1)
        if word in groups["future"]:
            return 1
        if word in groups["planned"]:
            return -1 if self._had_been(position) else 1
        if word in groups["on_the_calendar"] and self._has_subject(position):
            return 1
        if word in groups["be"]:
            return 1 if before in groups["opens_future"] or before in groups["future"] else 0
        if word == "to" and (before in groups["bound"] or (weak and self._is_infinitive(position + 1))):
            return -1 if self._had_been(position) else 1
        if word in groups["ahead"]:
            return 1 if weak and distance == 1 else 0
        if word in groups["saying"]:
            return -1 if distance <= 2 or not weak else 0
        if before in groups["be"]:
            return 0  # "will be held": what stands before decides
        return -1 if word in groups["past"] or self._is_past_form(position) else 0

    def _says(self, end: int, group: str) -> bool:
        """Whether a word of a group stands shortly before a token, in its sentence."""
        for position in range(end - 1, max(-1, end - 1 - LOOKS), -1):
            if self.tokens[position].lower in STOPS:
                return False
            if self.tokens[position].lower in self.language.groups[group]:
                return True
        return False

    def _had_been(self, position: int) -> bool:
        """Whether a plan was already past when the story was written: "had previously been due to expire"."""
        before = {self._word(position - back) for back in (1, 2, 3, 4)}
        return bool(before & self.language.groups["had"])

    def _has_subject(self, position: int) -> bool:
        """Whether a word that may be a verb follows what can be its subject: a plural, a name, a pronoun."""
        if position == 0:
            return False
        before = self.tokens[position - 1]
        is_plural = before.text.islower() and before.lower.endswith("s") and not before.lower.endswith(("ss", "'s"))
        is_name = before.text[:1].isupper() and before.lower not in self.language.groups["articles"]
        return is_name or is_plural or before.lower in self.language.groups["subjects"]

    def _is_past_form(self, position: int) -> bool:
        token = self.tokens[position]
        return len(token.text) > 4 and token.text.islower() and token.text.endswith("ed")

    def _is_infinitive(self, position: int) -> bool:
        text = self.tokens[position].text if position < len(self.tokens) else ""
        is_noun = text.endswith(NOUN_ENDINGS) or text in self.language.groups["no_verbs"]
        return text.isalpha() and text.islower() and not is_noun

    def _word(self, position: int) -> str:
        return self.tokens[position].lower if 0 <= position < len(self.tokens) else ""


def written(interval: Interval | None) -> str | None:
    """How an anchor is written: the value of its calendar unit."""
    return None if interval is None else interval.value or iso(interval.start)
