"""The days that the sentences around claims tell, for claims that tell none.

In: a text's sentences, its time expressions, and the numbers of the sentences with claims. Out: days by sentence.
"""

from collections.abc import Sequence
from datetime import date

from transforms.find.claims.calendar_days import days_of
from transforms.find.claims.days import PERIOD_DAYS, Span
from transforms.find.claims.report_days import is_beside_the_event
from transforms.find.claims.tokens import Tokens, tokens_of
from transforms.find.claims.within import Rows
from transforms.find.claims.words import Words
from transforms.find.dates import DateExpression
from transforms.find.sentences import Sentence as Stretch

LEAD, AFTER = 3, 2
"""Sentences at the head of a story, and behind those, whose days count for its first claims."""
CLAUSE = 10
"""Tokens before a day that are read for what is to come."""


def days_told(
    text: str,
    sentences: Sequence[Stretch],
    dates: Sequence[DateExpression],
    numbers: Sequence[int],
    words: Words,
    today: date | None,
) -> list[tuple[int, Span]]:
    """The days up to the story's own that a sentence with claims, or one near it, tells."""
    near_by = {near for number in numbers for near in range(number - 2, number + 1) if near >= 0}
    opens = bool(numbers) and numbers[0] < LEAD
    behind = set(range(numbers[0], min(LEAD + AFTER, len(sentences)))) - near_by if opens else set()
    wanted = sorted({*near_by, *behind, *range(min(AFTER, len(sentences)))})
    found: list[tuple[int, Span]] = []
    rows = Rows(dates)
    for number in wanted:
        stretch = sentences[number]
        here = rows.within(stretch)
        if not here or stretch.end - stretch.start > 3000:
            continue
        tokens = tokens_of(text, stretch.start, stretch.end, words)
        if not words.lists["not_the_event"].isdisjoint(tokens.low):
            continue  # "they were buried on Friday"
        if number in behind and words.lists["happenings"].isdisjoint(tokens.low):
            continue  # "the mayor flew home on Monday"
        before = [expression for expression in here if expression.text.lower() in words.lists["day_before"]]
        for expression in before or here:
            start, end = days_of(expression, words)
            if start is None or end is None or end <= start or (today is not None and start > today):
                continue
            first = tokens.first_at(expression.start)
            if tokens.at(tokens.first_at(expression.end)) in words.lists["sequel"]:
                continue  # "help arrived on Monday after a storm had hit"
            if _is_to_come(tokens, first):
                continue
            counted = tokens.at(first - 1) in words.lists["date_on"] and tokens.at(first - 2)[:1].isdigit()
            if counted and tokens.at(first - 3) in words.lists["toll_links"]:
                continue  # "rose to 24 on Sunday"
            if (end - start).days <= PERIOD_DAYS and not is_beside_the_event(
                tokens, tokens.first_at(expression.start), tokens.first_at(expression.end)
            ):
                found.append((number, (start.isoformat(), end.isoformat())))
    return found


def _is_to_come(tokens: Tokens, place: int) -> bool:
    """Whether the clause before a day tells what is to happen: "it was due to make landfall on Tuesday"."""
    for at in range(place - 1, max(-1, place - CLAUSE), -1):
        if tokens.low[at] in tokens.words.lists["to_come"]:
            return True
        if tokens.low[at] in tokens.words.lists["breaks"] or tokens.low[at] == ",":
            return False
    return False
