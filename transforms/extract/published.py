"""When an article was published and changed, by the best witness on its page.

In: the page's fields and tree, its address, when it was fetched. Out: a `Moment` with its precision and where it was
read. A time is believed only with a zone; a day without one keeps its day. Later than the fetch or before 1990 is
refused, and the next witness is heard.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from htmldate import find_date
from lxml.html import HtmlElement

from transforms.extract.structured import PageFields

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
TOLERANCE = timedelta(days=1)
"""How far a publisher's clock or zone may run ahead of the fetch."""

_PUBLISHED_META = (
    *("article:published_time", "og:article:published_time", "og:published_time", "article:published"),
    *("datepublished", "rnews:datepublished", "parsely-pub-date", "cxenseparse:recs:publishtime", "sailthru.date"),
    *("publish-date", "publish_date", "publishdate", "pubdate", "bt:pubdate", "cre-pubdate", "publication_date"),
    *("published_time", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date"),
    *("dcterms.date", "date.issued", "datecreated", "article.published", "article:post_date", "date"),
    *("iso-8601-publish-date",),
)
_MODIFIED_META = (
    *("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "article:modified"),
    *("lastmod", "last-modified", "dc.date.modified", "revision_date"),
)
_ISO = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2})(?:[T\s]+(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*"
    r"(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}\b)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?$")
_URL_DAY = re.compile(r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/_-]|$)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in the page's own zone. Of precision `day` it is midnight (UTC) of the day as the page states it."""

    at: datetime
    precision: str
    method: str

    @property
    def zone(self) -> str | None:
        """Where the zone is from: a time of day is only believed with the zone that the page states."""
        return "stated" if self.precision in ("second", "minute") else None


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published, if that is known, and how: the witness, and which dates were not believed."""

    moment: Moment | None
    method: str | None


def find_published(fields: PageFields, tree: HtmlElement, *, url: str | None, fetched_at: datetime | None) -> Published:
    """When the article was published, by the first witness that is believable.

    `method` names the witness, and in brackets a date that was refused: "meta (json-ld 2031-01-01 refused)".
    """
    refused: list[Moment] = []
    believed = list(_believable(_witnesses(fields, tree), fetched_at, refused))
    if believed:
        moment: Moment | None = _most_precise(believed)
    else:
        moment = next(_believable(_weak_witnesses(tree, url), fetched_at, refused), None)
    note = f"({refused[0].method} {refused[0].at.date()} refused)" if refused else None
    return Published(moment, " ".join(filter(None, (moment.method if moment else None, note))) or None)


def _believable(moments: Iterable[Moment], fetched_at: datetime | None, refused: list[Moment]) -> Iterator[Moment]:
    for moment in moments:
        if _plausible(moment, fetched_at):
            yield moment
        else:
            refused.append(moment)


def find_modified(fields: PageFields, fetched_at: datetime | None) -> datetime | None:
    """When the page says it was last changed; None without a zone."""
    values = [("json-ld", fields.article.get("dateModified"))]
    values += [("meta", value) for name in _MODIFIED_META for value in fields.meta.get(name, ())]
    for method, value in values:
        moment = parse_moment(value, method)
        if moment and moment.precision != "day" and _plausible(moment, fetched_at):
            return moment.at
    return None


def parse_given(value: Any, fetched_at: datetime | None) -> Moment | None:
    """The time that an input states beside its text (`published_at` of a JSON object)."""
    moment = parse_moment(value, "given")
    return moment if moment and _plausible(moment, fetched_at) else None


def parse_moment(value: Any, method: str) -> Moment | None:
    """A time as pages write it for machines: ISO 8601 and its sloppy forms, RFC 2822, seconds since 1970.

    >>> parse_moment("2024-05-03T14:24:00+02:00", "meta").at.isoformat()
    '2024-05-03T14:24:00+02:00'
    >>> parse_moment("2024-05-03T14:24:00", "meta").precision
    'day'
    """
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str | int) or isinstance(value, bool):
        return None
    text = str(value).strip()
    try:
        return _parse_iso(text, method) or _parse_compact(text, method) or _parse_other(text, method)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _parse_iso(text: str, method: str) -> Moment | None:
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day = map(int, match["day"].split("-"))
    zone, time = match["zone"], match["time"]
    if not zone or not time:
        return Moment(datetime(year, month, day, tzinfo=UTC), "day", method)
    zone = "+00:00" if zone.upper() in ("Z", "UTC", "GMT") else zone
    hour, *rest = time.replace(",", ".").split(":")
    at = datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}T{int(hour):02}:{':'.join(rest)}{zone}")
    return _moment(at, method)


def _moment(at: datetime, method: str) -> Moment:
    """Midnight to the second is a day written as a time; a time without seconds was known to the minute."""
    if (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0):
        return Moment(at.replace(tzinfo=UTC), "day", method)
    precision = "second" if at.second or at.microsecond else "minute"
    return Moment(at, precision, method)


def _parse_compact(text: str, method: str) -> Moment | None:
    """20240503, 20240503T142400Z, or seconds or milliseconds since 1970."""
    if match := _COMPACT.match(text):
        year, month, day, hour, minute, second, zone = match.groups()
        if "01" <= month <= "12" and "01" <= day <= "31" and "1990" <= year <= "2100":
            if not zone:
                return Moment(datetime(int(year), int(month), int(day), tzinfo=UTC), "day", method)
            moment = datetime(
                int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=UTC
            )
            return _moment(moment, method)
    if text.isdigit() and len(text) in (10, 13):
        return _moment(datetime.fromtimestamp(int(text[:10]), UTC), method)
    return None


def _parse_other(text: str, method: str) -> Moment | None:
    if not re.match(r"[A-Za-z]{3,9},?\s|\d{1,2}\s+[A-Za-z]{3}", text):
        return None
    at = parsedate_to_datetime(text)
    if at.tzinfo is None:
        return Moment(at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC), "day", method)
    return _moment(at, method)


def _witnesses(fields: PageFields, tree: HtmlElement) -> Iterator[Moment]:
    yield from _parsed("json-ld", [fields.article.get("datePublished")])
    yield from _parsed("meta", (value for name in _PUBLISHED_META for value in fields.meta.get(name, ())))
    pages = (node.get("datePublished") for node in fields.nodes if node is not fields.article)
    yield from _parsed("json-ld", pages)
    yield from _parsed("time", _time_elements(tree))


def _parsed(method: str, values: Iterable[Any]) -> Iterator[Moment]:
    for value in values:
        if value and (moment := parse_moment(value, method)):
            yield moment


def _time_elements(tree: HtmlElement) -> Iterator[str]:
    """`<time datetime>`: those marked as publication, then the only one, or the first that stands in the article."""
    times = [element for element in tree.iter("time") if element.get("datetime")][:200]
    marked = [
        time
        for time in times
        if "datepublished" in (time.get("itemprop") or "").lower() or time.get("pubdate") is not None
    ]
    marked += [element for element in tree.iter("span", "div", "abbr") if element.get("itemprop") == "datePublished"][
        :3
    ]
    inside = [time for time in times if next(time.iterancestors("article", "main", "header"), None) is not None]
    for element in marked + (times if len(times) == 1 else inside[:1]):
        yield element.get("datetime") or element.get("content") or ""


def _weak_witnesses(tree: HtmlElement, url: str | None) -> Iterator[Moment]:
    """The address, then what htmldate reads off the page: days only."""
    if url and (match := _URL_DAY.search(url)):
        yield from _parsed("url", ["-".join(match.groups())])
    try:
        found = find_date(tree, original_date=True, extensive_search=True, url=url)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return
    yield from _parsed("text", [found])


def _plausible(moment: Moment, fetched_at: datetime | None) -> bool:
    return moment.at >= EARLIEST and (fetched_at is None or moment.at <= fetched_at + TOLERANCE)


def _most_precise(moments: list[Moment]) -> Moment:
    """The first witness; or, when it only knows the day, the first other one who knows the hour of that day."""
    first = moments[0]
    if first.precision == "day":
        near = (
            other for other in moments if other.precision != "day" and abs(other.at - first.at) < timedelta(hours=38)
        )
        return next(near, first)
    return first
