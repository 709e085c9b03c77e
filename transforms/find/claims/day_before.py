"""Days that are told by another: "on Tuesday after a ferry had sunk the evening before" tells of Monday.

In: a text with its sentences and time expressions. Out: the expressions, with one more for each "evening before" whose
sentence names a day.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from transforms.find.claims.calendar_days import day
from transforms.find.claims.within import Rows
from transforms.find.claims.words import Words
from transforms.find.dates import DateExpression
from transforms.find.sentences import Sentence
from transforms.find.tokens import tokens_of


def with_days_before(
    text: str, sentences: Sequence[Sentence], dates: Sequence[DateExpression], words: Words
) -> list[DateExpression]:
    """All expressions in text order."""
    found = list(dates)
    if _signs(words.lists["day_before"]).isdisjoint(tokens_of(text).low):
        return found
    starts, told = [sentence.start for sentence in sentences], Rows(dates)
    for match in _phrases(tuple(sorted(words.lists["day_before"]))).finditer(text):
        number = bisect_right(starts, match.start()) - 1
        if number < 0 or match.end() > sentences[number].end or _is_told(dates, match.start(), match.end()):
            continue
        named = [d for d in told.within(sentences[number]) if day(d.range_start) is not None]
        if named:
            found.append(_before(named[0], match))
    return sorted(found, key=lambda expression: (expression.start, expression.end))


@lru_cache(maxsize=8)
def _signs(phrases: frozenset[str]) -> frozenset[str]:
    """The longest word of each phrase: a text without any of them has none of the phrases."""
    return frozenset(max(phrase.split(), key=len) for phrase in phrases)


@lru_cache(maxsize=8)
def _phrases(written: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, written)) or '(?!)'})\b", re.IGNORECASE)


def _is_told(dates: Sequence[DateExpression], start: int, end: int) -> bool:
    return any(d.start < end and start < d.end for d in dates)


def _before(named: DateExpression, match: re.Match[str]) -> DateExpression:
    first = day(named.range_start)
    assert first is not None
    before = first - timedelta(days=1)
    return replace(
        named,
        start=match.start(),
        end=match.end(),
        text=match.group(),
        value=before.isoformat(),
        range_start=before.isoformat(),
        range_end=first.isoformat(),
    )
