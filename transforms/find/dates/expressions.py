"""Finds and resolves: a text, its day and its language come in, `DateExpression` rows go out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from transforms.find.dates.chart import LONGEST_RUN, Chart, Reading
from transforms.find.dates.dateline import is_dateline
from transforms.find.dates.interval import Interval, iso
from transforms.find.dates.language import Language
from transforms.find.dates.meanings import RESOLVERS
from transforms.find.dates.rulebook import language_of
from transforms.find.dates.story import NOTHING, Meaning, Story, UndatedError, written
from transforms.find.dates.tokens import Token

NO_DATE = "no_publication_date"
NOT_IN_CALENDAR = "not_in_calendar"


@dataclass(frozen=True, slots=True)
class DateExpression:
    """One time expression: `text[start:end]`, with TIMEX3 `type`, `value` and `mod`.

    `range_start` and `range_end` (exclusive) are ISO 8601 in the story's own clock, with an offset where the text names
    a zone. `anchor` is what a relative expression was counted from. `value` is None with a `reason`, or because what is
    meant is no single unit of the calendar ("Nov. 18-20"), which its range then tells. "From Monday to Friday" has two
    rows, Monday and Friday, each with its value and both with the range from Monday to Friday.
    """

    start: int
    end: int
    text: str
    type: str
    value: str | None
    mod: str | None
    range_start: str | None
    range_end: str | None
    anchor: str | None
    reason: str | None
    rule: str


def find_dates(text: str, published: datetime | date | None, language: str | None = "en") -> list[DateExpression]:
    """The time expressions of a text, in order, none overlapping another.

    Args:
        text: the article's text.
        published: when it was published; an aware time counts with its own date. Without it, and without a full date
            in the dateline, relative expressions have no value, and the reason says so.
        language: ISO 639-1. A language without rules has no expressions.

    >>> [(d.text, d.value) for d in find_dates("Talks began on Wednesday.", date(2024, 12, 1))]
    [('Wednesday', '2024-11-27')]
    """
    rules = language_of((language or "").lower().split("-")[0])
    if rules is None:
        return []
    tokens = rules.notation.tokens_of(text)
    story = Story(tokens, rules, published, text)
    rows: list[DateExpression] = []
    for first, last in _runs(text, tokens, rules):
        for row in _rows(text, story, Chart(tokens, first, last, rules)):
            rows.append(row)
            story.published = story.published or _day_of_dateline(text, row)
    return rows


def _rows(text: str, story: Story, chart: Chart) -> Iterator[DateExpression]:
    """The expressions of a run, from left to right: at each place the longest one that means something."""
    position = chart.first
    while position < chart.last:
        after = position + 1
        for reading in chart.expressions_at(position):
            story.here = reading
            meaning, reason = _settled(story, reading)
            if meaning is not None:
                after = reading.end
                if meaning is not NOTHING:
                    yield from _rows_of(text, story, reading, meaning, reason)
                break
        position = after


def _runs(text: str, tokens: Sequence[Token], language: Language) -> Iterator[tuple[int, int]]:
    """Runs of known words with at least one that tells of time; none crosses a blank line or exceeds `LONGEST_RUN`."""
    first, telling = 0, False
    for position, token in enumerate(tokens):
        known = language.knows(token)
        full = position - first >= LONGEST_RUN
        if not known or full or "\n\n" in text[tokens[position - 1].end if position else 0 : token.start]:
            if telling:
                yield first, position
            first, telling = (position if known else position + 1), False
        telling = telling or (known and language.opens(token))
    if telling:
        yield first, len(tokens)


def _settled(story: Story, reading: Reading) -> tuple[Meaning | None, str | None]:
    """What a reading means in its story, and why it has no value."""
    try:
        return _meaning(story, reading), None
    except UndatedError:
        return _undated(story, reading), NO_DATE
    except (OverflowError, ValueError):
        return Meaning(), NOT_IN_CALENDAR


def _undated(story: Story, reading: Reading) -> Meaning:
    """What is left of an expression that no day is there to count from: of the dateline, its month and day."""
    month, monthday = (reading.parts.get(name) for name in ("month", "monthday"))
    start, end = story.tokens[reading.start].start, story.tokens[reading.end - 1].end
    if reading.category == "day" and month and monthday and is_dateline(story.text, start, end):
        return Meaning("DATE", f"XXXX-{month.value:02d}-{monthday.value:02d}")
    return Meaning("TIME" if reading.category == "moment" else "DATE")


def _rows_of(
    text: str, story: Story, reading: Reading, meaning: Meaning, reason: str | None
) -> Iterator[DateExpression]:
    """One row; of what several words apart name a row for each, all with the range of the whole if it has one."""
    rule = reading.rule.name if reading.rule else ""
    if not meaning.ends:
        story.remember(meaning)
        yield _row(text, story, reading, meaning, meaning, reason, rule)
        return
    for told in (end for _, end in meaning.ends) if meaning.interval is None else (meaning,):
        story.remember(told)
    for name, end in sorted(meaning.ends, key=lambda part: reading.parts[part[0]].start):
        whole = end if meaning.interval is None else meaning
        yield _row(text, story, reading.parts[name], end, whole, reason, rule)


def _row(
    text: str, story: Story, words: Reading, meaning: Meaning, whole: Meaning, reason: str | None, rule: str
) -> DateExpression:
    start, end = story.tokens[words.start].start, story.tokens[words.end - 1].end
    first, last = _range(whole)
    return DateExpression(
        start, end, text[start:end], meaning.type, meaning.value, meaning.mod, first, last,
        written(meaning.anchor), reason, rule,
    )  # fmt: skip


def _meaning(story: Story, reading: Reading) -> Meaning | None:
    """What a reading means: its parts first, then its rule's function over them."""
    rule = reading.rule
    assert rule is not None
    parts: dict[str, Any] = {}
    for name, part in reading.parts.items():
        if part.rule is None:
            parts[name] = part.value
        else:
            inner = _meaning(story, part)
            if inner is None:
                return None
            parts[name] = inner
    return RESOLVERS[rule.resolve](story, **parts, **rule.constants)


def _range(meaning: Meaning) -> tuple[str | None, str | None]:
    interval: Interval | None = meaning.interval
    if interval is None:
        return None, None
    first, last = iso(interval.start), iso(interval.end)
    if meaning.zone:
        first, last = (
            f"{moment.isoformat(timespec='minutes')}{meaning.zone}" for moment in (interval.start, interval.end)
        )
    return None if meaning.before else first, None if meaning.after else last


def _day_of_dateline(text: str, row: DateExpression) -> date | None:
    if row.value and row.range_start and len(row.value) == 10 and is_dateline(text, row.start, row.end):
        return date.fromisoformat(row.range_start)
    return None
