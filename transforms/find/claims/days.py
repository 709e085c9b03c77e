"""When it happened: the time expressions around a claim come in; its days, and whether it counts over a period, go out.

The day of a report ("police said on Tuesday") is not the day of the event.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from transforms.find.claims.calendar_days import day, days_of
from transforms.find.claims.report_days import is_beside_the_event, of_report
from transforms.find.claims.sentence import Found, Sentence
from transforms.find.claims.tokens import Tokens
from transforms.find.dates import DateExpression

PERIOD_DAYS = 27
"""A count over more days than this is a background count over a period, not one event."""
SINCE_DAYS = 62
"""An event told "since" a day may go on this long: a siege, an outbreak."""
LONG_AGO = timedelta(days=20)
"""Bodies found so long ago are of another event."""
LASTING_REACH = 9
LONGEST_SINCE = 9
"""Tokens from "since" to its day: "since the first cases were detected on July 25"."""
Span = tuple[str | None, str | None]
EVENT, PERIOD, IN_HOSPITAL = "event", "period", "hospitalised"


def set_days(sentence: Sentence, dates: Sequence[DateExpression], published: date | None) -> None:
    """Fill in the days of each claim from the time expression that governs it, and mark counts over a period."""
    tokens = sentence.tokens
    for found in sentence.found:
        governing = _governing(tokens, found, dates, published)
        if governing is not None:
            since = _since(tokens, governing, found)
            span = _night_told(tokens, governing, dates) or _span(tokens, governing, published, since)
            found.days = span
            lasting = governing.type == "SET" or (_long(span, since) and not (since and found.rule == "state"))
            if found.tally == EVENT and not found.doubt and lasting:
                found.tally = PERIOD
        if found.tally == EVENT and not found.doubt and _over_time(tokens, found, governing):
            found.tally = PERIOD
        if found.tally == EVENT and not found.doubt and found.rule != "state" and _lasted(tokens, found, dates):
            found.tally = PERIOD
        if found.tally == EVENT and tokens.places_of(tokens.words.phrases["total_words"]):
            found.tally = "total"


def _governing(
    tokens: Tokens, found: Found, dates: Sequence[DateExpression], published: date | None
) -> DateExpression | None:
    """The time expression nearest to what happened, in its own clause."""
    best, nearest = None, 10**6
    # bodies are found days after the event
    later = found.group.noun is not None and found.group.noun.needs in tokens.words.lists["found_later"]
    for expression in dates:
        if expression.range_start is None and expression.type != "SET":
            continue
        if found.metric == IN_HOSPITAL and expression.text.lower() in tokens.words.lists["night_ends"]:
            continue  # "kept in hospital overnight"
        place = tokens.first_at(expression.start)
        start = day(expression.range_start)
        if published is not None and start is not None and start > published and not found.doubt:
            continue
        if later and not (published is not None and start is not None and published - start > LONG_AGO):
            continue
        if is_beside_the_event(tokens, place, tokens.first_at(expression.end)):
            continue
        if found.rule == "toll" and place == found.group.last + (
            tokens.at(found.group.last) in tokens.words.lists["date_on"]
        ):
            continue  # "rose to 24 on Sunday"
        low, high = sorted(
            (place, max(found.at, found.group.core) if place > found.at else min(found.at, found.group.core))
        )
        between = tokens.low[low + 1 : high]
        # What stands after a verb belongs to it rather than what stands before.
        cost = (
            len(between)
            + (4 if place < found.at else 0)
            + 12 * sum(word in tokens.words.lists["breaks"] for word in between)
        )
        cost += 9 * sum(word in tokens.words.lists["subordinators"] for word in between)
        reduced = found.rule == "reduced" and any(
            word in tokens.words.lists["be"] for word in tokens.low[found.at + 1 : place]
        )
        if reduced or any(word in tokens.words.lists["date_breaks"] for word in between):
            continue
        cost += 9 * sum(
            1 for other in tokens.words.verbs.keys() & set(between) if other not in tokens.words.lists["and"]
        )
        if cost < nearest and not any(word in tokens.words.lists["breaks"] for word in between):
            best, nearest = expression, cost
    return best


def _night_told(tokens: Tokens, governing: DateExpression, dates: Sequence[DateExpression]) -> Span | None:
    """The day of an "overnight" that somebody reports on a day: "killed 40 overnight, police said on Monday"."""
    if governing.text.lower() not in tokens.words.lists["night_ends"]:
        return None
    told = [d for d in dates if of_report(tokens, tokens.first_at(d.start), tokens.first_at(d.end))]
    start, end = days_of(told[0], tokens.words) if told else (None, None)
    return None if start is None or end is None else (start.isoformat(), end.isoformat())


def _span(tokens: Tokens, expression: DateExpression, published: date | None, since: bool) -> Span:
    """First day and first day after; a period that has not ended ends with the day of the story."""
    start, end = days_of(expression, tokens.words)
    today = published + timedelta(days=1) if published is not None and published < date.max else None
    if start is not None and end is None and not since:
        end = _unit_after(start, expression.value)
    if start is not None and (since or end is None):
        end = today if today is not None and today > start else end
    if start is not None and end is not None and today is not None and start < today < end:
        end = today
    if start is None or end is None or end <= start:
        return (start.isoformat(), None) if start is not None else (None, None)
    return start.isoformat(), end.isoformat()


def _unit_after(start: date, value: str | None) -> date | None:
    """The first day after a year, month or day that is named by its TIMEX3 value."""
    length = len(value or "")
    if length == len("2014") and start.year < date.max.year:
        return start.replace(year=start.year + 1, month=1, day=1)
    if length == len("2014-05") and start < date(9999, 12, 1):
        return (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    return start + timedelta(days=1) if length == len("2014-05-01") and start < date.max else None


def _since(tokens: Tokens, expression: DateExpression, found: Found) -> bool:
    """Whether people are counted since a day, but not in "the worst since four agents died on Monday"."""
    place, after = tokens.first_at(expression.start), tokens.first_at(expression.end)
    if tokens.at(after + (tokens.at(after) == ",")) in tokens.words.lists["subordinators"]:
        return False  # "the worst since 2014, when 132 died"
    for at in range(place, max(-1, place - LONGEST_SINCE), -1):
        if tokens.at(at) in tokens.words.lists["since"]:
            return not at < found.group.first < place
        if at < place and (not tokens.is_word(at) or tokens.low[at] in tokens.words.lists["breaks"]):
            break
    return False


def _long(span: Span, since: bool) -> bool:
    if span[0] is None or span[1] is None:
        return False
    days = (date.fromisoformat(span[1]) - date.fromisoformat(span[0])).days
    return days > (SINCE_DAYS if since else PERIOD_DAYS)


def _lasted(tokens: Tokens, found: Found, dates: Sequence[DateExpression]) -> bool:
    """Whether they were counted over a length of time: "61 people have died on it in ten years"."""
    for expression in dates:
        value = expression.value or ""
        if (
            expression.type != "DURATION"
            or not value.startswith("P")
            or not value[1:-1].isdigit()
            or value[-1] not in "YM"
        ):
            continue
        place = tokens.first_at(expression.start)
        between = tokens.low[found.at : place]
        if place > found.at and tokens.at(place - 1) in tokens.words.lists["lasting"] and len(between) <= LASTING_REACH:
            return tokens.words.lists["breaks"].isdisjoint(between) and "," not in between
    return False


def _over_time(tokens: Tokens, found: Found, governing: DateExpression | None) -> bool:
    """Whether words that are no date say so: "since the war began", "every year"."""
    if governing is not None and found.days[0] is not None:
        return False
    if found.group.rate or (
        tokens.at(found.group.last) in tokens.words.lists["article"]
        and tokens.at(found.group.last + 1) in tokens.words.lists["rates"]
    ):
        return True
    breaks = tokens.words.lists["breaks"]
    return any(
        breaks.isdisjoint(tokens.low[min(place, found.at) : max(place, found.at)])
        for place in tokens.places_of(tokens.words.phrases["by_period"])
    )
