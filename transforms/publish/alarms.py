"""Tells when a source is not well: silent, blocked, not to be reached, or bringing too little or too much.

In: what is known of a source, and the time. Out: `Alarm`s, a sentence each that says what is wrong and where to look.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

SHORTEST_SILENCE = timedelta(hours=1)
"""Nobody is silent sooner, however busy they were: runs do not come more often."""
_A_DAY, _A_WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is wrong with a source; `kind` is the last word of the event `copydesk.source.<kind>`."""

    source: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class DayCount:
    """The articles of one UTC day, new and changed."""

    day: date
    articles: int


@dataclass(frozen=True, slots=True)
class Fared:
    """What is known of a source.

    `last_new` (UTC) is when it last brought a page nobody knew, `longest` its `longest_silence` until then (None: too
    little is known to say), `unwatched` how much of the time since then nobody asked it. `silent_after`, `at_least` and
    `at_most` are what its file says. `yesterday` is None unless it was asked on that day and known before it.
    `refused` are the reasons of all inputs of a run when none of them became an article, `detail` one of their details,
    `unreachable` the listings that could not be read, with the reasons.
    """

    source: str
    last_new: datetime | None = None
    longest: timedelta | None = None
    unwatched: timedelta = timedelta()
    silent_after: timedelta | None = None
    at_least: int | None = None
    at_most: int | None = None
    yesterday: DayCount | None = None
    today: DayCount | None = None
    refused: Sequence[str] = ()
    detail: str = ""
    unreachable: Sequence[tuple[str, str]] = ()


BLOCKED = frozenset({"robots_forbid", "robots_unreachable", "blocked", "tdm_reserved"})
"""Reasons that keep a whole source from us."""


def alarms(fared: Fared, now: datetime) -> Iterator[Alarm]:
    """All that is wrong with a source, the worst first."""
    for kind, message in (*_refused(fared), *_silent(fared, now), *_too_few_or_many(fared)):
        yield Alarm(fared.source, kind, message)


def longest_silence(longest: timedelta, known_for: timedelta) -> timedelta | None:
    """The longest silence that is usual for a source, given the longest there was in the time it is known for.

    Only a week has seen all nights and the weekend; before that a day of silence may be usual, and on the first day
    nothing can be said.

    >>> hour, day = timedelta(hours=1), timedelta(days=1)
    >>> longest_silence(9 * hour, 30 * day), longest_silence(9 * hour, 3 * day), longest_silence(9 * hour, 20 * hour)
    (datetime.timedelta(seconds=32400), datetime.timedelta(days=1), None)
    """
    if known_for < _A_DAY:
        return None
    return max(longest, SHORTEST_SILENCE if known_for >= _A_WEEK else _A_DAY)


def silent_for(fared: Fared, now: datetime) -> timedelta | None:
    """How long a source has been silent, when that is longer than its file says, or than it ever was; else None.

    >>> hour = timedelta(hours=1)
    >>> fared = Fared("gazette", datetime(2026, 11, 22, tzinfo=UTC), longest=9 * hour)
    >>> silent_for(fared, datetime(2026, 11, 22, 10, tzinfo=UTC))
    datetime.timedelta(seconds=36000)
    >>> silent_for(fared, datetime(2026, 11, 22, 8, tzinfo=UTC))
    """
    if fared.last_new is None:
        return None
    watched = now - fared.last_new - fared.unwatched
    limit = fared.silent_after or fared.longest
    return now - fared.last_new if limit is not None and watched > limit else None


def in_words(length: timedelta) -> str:
    """A length of time in its two largest units.

    >>> in_words(timedelta(days=2, hours=3, minutes=59)), in_words(timedelta(minutes=90))
    ('2 d 3 h', '1 h 30 min')
    """
    seconds = max(0, round(length.total_seconds()))
    units = (("d", seconds // 86_400), ("h", seconds // 3600 % 24), ("min", seconds // 60 % 60), ("s", seconds % 60))
    first = next((place for place, (_, count) in enumerate(units) if count), 3)
    return " ".join(f"{count} {unit}" for unit, count in units[first : first + 2] if count) or "0 s"


def _silent(fared: Fared, now: datetime) -> Iterator[tuple[str, str]]:
    silence = silent_for(fared, now)
    if silence is None or fared.last_new is None:
        return
    since = fared.last_new.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    if fared.silent_after:
        limit = f"its file says that {in_words(fared.silent_after)} is too long"
    else:
        limit = f"it never was for longer than {in_words(fared.longest or timedelta())}"
    what = f"{fared.source} is silent: nothing new since {since} ({in_words(silence)}), and {limit}"
    yield "silent", f"{what}; see whether its feeds moved, or set silent_after in {_file(fared)}"


def _refused(fared: Fared) -> Iterator[tuple[str, str]]:
    for url, why in fared.unreachable:
        yield "unreachable", f"{url} of {fared.source} cannot be read: {why}"
    if not fared.refused or len(fared.refused) == len(fared.unreachable):
        return
    if BLOCKED.issuperset(fared.refused):
        yield "blocked", f"{fared.source} keeps all its {len(fared.refused)} pages from us: {fared.detail}"
    else:
        yield "nothing", f"nothing of {fared.source or 'what was named'} could be published; see the rejects"


def _too_few_or_many(fared: Fared) -> Iterator[tuple[str, str]]:
    days = [one for one in (fared.yesterday, fared.today) if one]
    for one in days:
        brought = f"{fared.source} brought {_articles(one.articles)} on {one.day}"
        if one is fared.yesterday and fared.at_least is not None and one.articles < fared.at_least:
            yield "too_few", f"{brought}; its file expects at least {fared.at_least}"
        if fared.at_most is not None and one.articles > fared.at_most:
            yield "too_many", f"{brought}; its file expects at most {fared.at_most}: do its feeds name more than news?"


def _file(fared: Fared) -> str:
    return f"config/sources/{fared.source}.yaml"


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"
