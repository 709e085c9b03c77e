"""Judges what a server answered: page, feed, redirect, or why it is neither.

In: an `Exchange`, or the error that came instead. Out: `Fetched` or `Failed`. No network, no clock.
"""

import socket
import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urljoin

import httpx

from flows.collect.addresses import PrivateAddress
from flows.collect.exchange import Exchange
from transforms.collect.feeds import is_feed
from transforms.collect.page import Page
from transforms.outcome import Reason, Reject

TRY_LATER = frozenset({408, 429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
WHOLE = frozenset({200, 203})


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page or feed that came in whole, and the Page that names its bytes."""

    exchange: Exchange
    page: Page
    role: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no page; `page` names the bytes that came back instead, when there were any.

    `wait_seconds` is how long the server asks us to stay away.
    """

    reject: Reject
    page: Page | None = None
    is_temporary: bool = field(default=False, compare=False)
    wait_seconds: float | None = None


def failed(reason: Reason, detail: str, page: Page | None = None, is_temporary: bool = False) -> Failed:
    """A failure of the collect stage."""
    return Failed(Reject("collect", reason, detail), page, is_temporary)


def not_answered(url: str, error: Exception) -> Failed:
    """Nothing came back. What DNS or TLS refuse for good is not tried again."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    for cause in causes:
        if isinstance(cause, PrivateAddress):
            cure = "a source that means it says `allow_private: true`"
            return failed(Reason.NOT_FETCHED, f"{cause}; {cure}")
        if isinstance(cause, ssl.SSLError):
            return failed(Reason.NOT_FETCHED, f"{url}: TLS failed: {cause.reason or cause}")
        if isinstance(cause, socket.gaierror):
            again = cause.errno == socket.EAI_AGAIN
            return failed(Reason.NOT_FETCHED, f"{url}: the host's name is not known ({cause.strerror})", None, again)
    what = "no answer in time" if isinstance(error, httpx.TimeoutException) else str(error) or type(error).__name__
    return failed(Reason.NOT_FETCHED, f"{url}: {what}", None, isinstance(error, httpx.TransportError))


def role_of(exchange: Exchange, wanted: str | None) -> str:
    """What an answer is archived as."""
    if exchange.status in REDIRECTS and exchange.header("location"):
        return "redirect"
    if wanted == "robots" and exchange.status not in TRY_LATER:
        # Of a robots.txt the beginning is enough, but it must be readable.
        is_readable = exchange.truncated in (None, "length") and not exchange.undecodable
        return "robots" if is_readable else "error"
    if exchange.status not in WHOLE or exchange.truncated or exchange.undecodable:
        return "error"
    return wanted or ("feed" if is_feed(exchange.content) else "page")


def next_address(exchange: Exchange) -> str:
    """Where a redirect leads; what is no address comes back as it is."""
    try:
        return urldefrag(urljoin(exchange.url, exchange.header("location") or ""))[0]
    except ValueError:
        return exchange.header("location") or ""


def explain(exchange: Exchange, page: Page, limit: int, moment: datetime) -> Failed:
    """Why an answer archived as `error` is no page; `limit` is the largest size, `moment` the time of day."""
    if exchange.truncated == "length":
        return failed(Reason.TOO_LARGE, f"{exchange.url} is larger than politeness.max_bytes ({limit:,} bytes)", page)
    if exchange.truncated:
        why = {"time": "came too slowly", "disconnect": "broke off"}[exchange.truncated]
        return failed(Reason.NOT_FETCHED, f"{exchange.url} {why} after {len(exchange.sent):,} bytes", page, True)
    if exchange.status in WHOLE and exchange.undecodable:
        too_large = "larger than" in exchange.undecodable
        reason = Reason.TOO_LARGE if too_large else Reason.NOT_FETCHED
        return failed(reason, f"{exchange.url}: {exchange.undecodable}", page)
    temporary = exchange.status in TRY_LATER
    later = "; it may succeed later" if temporary else ""
    detail = f"{exchange.url} answered {exchange.status} {exchange.phrase}".rstrip() + later
    wait = _retry_after(exchange.header("retry-after"), moment) if temporary else None
    return Failed(Reject("collect", Reason.NOT_FETCHED, detail), page, temporary, wait)


def _retry_after(value: str | None, moment: datetime) -> float | None:
    """Seconds to wait as a Retry-After header asks, given as a number or a date; None when it says neither."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - moment).total_seconds())
