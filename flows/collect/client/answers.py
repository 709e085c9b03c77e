"""Judges what a server answered: page, listing, unchanged, redirect, or why it is none of these.

In: an `Exchange`, or the error that came instead. Out: `Fetched`, `Unchanged` or `Failed`. No network, no clock.
"""

import os
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urljoin

import aiohttp

from flows.collect.client.addresses import PrivateAddress
from flows.collect.client.exchange import Exchange, Validators
from transforms.collect.listing import listing_kind
from transforms.collect.page import Page
from transforms.outcome import Reason, Reject

TRY_LATER = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529, 530})
"""Answers that may be better the next time; 520 and above are those of Cloudflare and its like."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
WHOLE = frozenset({200, 203})
TAKEN_AWAY = frozenset({404, 410})
KEPT_FROM_US = frozenset({401, 402, 403, 407, 429, 451})
NOT_MODIFIED = 304
SITE_FILES = frozenset({"robots", "tdmrep"})


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page or listing that came in whole, and the Page that names its bytes.

    `validators` are for asking next time whether it changed, None when the server gave none.
    """

    exchange: Exchange
    page: Page
    role: str
    validators: Validators | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server says that what its `validators` stand for is still right. `url` is the address after redirects.

    `page` names the archived bytes that are still right; the answer itself when the archive has lost them.
    """

    url: str
    validators: Validators
    page: Page


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no page; `page` names the bytes that came back instead, when there were any.

    `is_temporary` says whether a later run may have more luck, `is_worth_a_retry` whether another attempt in the same
    run may, `wait_seconds` how long the server asks us to stay away. `host_rests`: nothing was asked, because the host
    is left alone for the rest of this run.
    """

    reject: Reject
    page: Page | None = None
    is_temporary: bool = field(default=False, compare=False)
    wait_seconds: float | None = None
    host_rests: bool = field(default=False, compare=False)
    is_worth_a_retry: bool = field(default=False, compare=False)


def failed(reason: Reason, detail: str, page: Page | None = None) -> Failed:
    """A failure of the collect stage that stays one."""
    return Failed(Reject("collect", reason, detail), page)


def passing(detail: str, page: Page | None = None, *, wait_seconds: float | None = None, retry: bool = True) -> Failed:
    """A failure that may pass; within this run, unless not `retry`."""
    reject = Reject("collect", Reason.NOT_FETCHED, detail)
    return Failed(reject, page, is_temporary=True, wait_seconds=wait_seconds, is_worth_a_retry=retry)


def not_answered(url: str, error: Exception) -> Failed:
    """Nothing came back. What DNS or TLS refuse is not tried again today: somebody has to mend it first."""
    for cause in _causes(error):
        if isinstance(cause, PrivateAddress):
            cure = "a source that means it says `allow_private: true`"
            return failed(Reason.NOT_FETCHED, f"{cause}; {cure}")
        if isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            return passing(f"{url}: the server hung up during the TLS handshake")
        if isinstance(cause, ssl.SSLError):
            return passing(f"{url}: TLS failed: {_tls_reason(cause)}", retry=False)
        if isinstance(cause, socket.gaierror):
            again = cause.errno == socket.EAI_AGAIN
            return passing(f"{url}: the host's name is not known ({cause.strerror})", retry=again)
    if isinstance(error, TimeoutError):
        return passing(f"{url}: no answer in time")
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return passing(f"{url}: the proxy answered {error.status} {error.message}")
    if isinstance(error, aiohttp.ClientResponseError):
        what = " ".join((error.message or "").split())[:120]
        return passing(f"{url}: the answer is not HTTP ({what})", retry=False)
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return passing(f"{url}: the server hung up without an answer")
    if isinstance(error, ValueError):
        return failed(Reason.NOT_FETCHED, f"{url}: {_plain(error)}")
    return passing(f"{url}: {_plain(error)}")


def role_of(exchange: Exchange, wanted: str | None) -> str:
    """What an answer is archived as."""
    status = exchange.status
    if status in REDIRECTS and exchange.header("location"):
        return "redirect"
    if wanted in SITE_FILES and status not in TRY_LATER:
        # Of a robots.txt the beginning is enough, but it must be readable.
        is_readable = exchange.truncated in (None, "length") and not exchange.undecodable
        return str(wanted) if is_readable else "error"
    if status == NOT_MODIFIED and exchange.is_conditional:
        return "not_modified"
    if status not in WHOLE or exchange.truncated or exchange.undecodable:
        return "error"
    return wanted or ("feed" if listing_kind(exchange.content, exchange.media_type) else "page")


def validators_of(exchange: Exchange, before: Validators | None = None) -> Validators | None:
    """What a good answer says of its state; an answer of 304 may leave out what stayed (RFC 9110, 15.4.5)."""
    etag, last_modified = exchange.header("etag"), exchange.header("last-modified")
    if before:
        etag, last_modified = etag or before.etag, last_modified or before.last_modified
    return Validators(exchange.url, etag, last_modified) if etag or last_modified else None


def conditions(url: str, validators: Validators | None) -> dict[str, str]:
    """The headers that ask for an address only if it changed; none for another address than gave the validators."""
    if validators is None or validators.url != url:
        return {}
    wanted = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in wanted.items() if value and value.isascii() and value.isprintable()}


def next_address(exchange: Exchange) -> str:
    """Where a redirect leads; what is no address comes back as it is."""
    location = exchange.header("location") or ""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")  # many servers send it unescaped
    return resolved(exchange.url, location)


def resolved(url: str, location: str) -> str:
    """An address that a page or header at `url` names; what is no address comes back as it is."""
    try:
        return urldefrag(urljoin(url, location.strip()))[0]
    except ValueError:
        return location


def explain(exchange: Exchange, page: Page, limit: int, moment: datetime) -> Failed:
    """Why an answer archived as `error` is no page; `limit` is the largest size, `moment` the time of day."""
    if exchange.status in WHOLE:
        return _spoilt(exchange, page, limit)
    temporary = exchange.status in TRY_LATER
    later = "; it may succeed later" if temporary else ""
    phrase = "".join(mark for mark in exchange.phrase if mark.isprintable())[:100]
    detail = f"{exchange.url} answered {exchange.status} {phrase}".rstrip() + later
    reason = Reason.NOT_FETCHED
    if exchange.status in TAKEN_AWAY | KEPT_FROM_US:
        reason = Reason.GONE if exchange.status in TAKEN_AWAY else Reason.BLOCKED
    wait = retry_after(exchange.header("retry-after"), moment) if temporary else None
    return Failed(Reject("collect", reason, detail), page, temporary, wait, is_worth_a_retry=temporary)


def _spoilt(exchange: Exchange, page: Page, limit: int) -> Failed:
    """Why a good answer has no whole body."""
    if exchange.truncated == "length":
        return failed(Reason.TOO_LARGE, f"{exchange.url} is larger than politeness.max_bytes ({limit:,} bytes)", page)
    if exchange.truncated:
        why = {"time": "came too slowly", "disconnect": "broke off"}[exchange.truncated]
        return passing(f"{exchange.url} {why} after {len(exchange.sent):,} bytes", page)
    undecodable = exchange.undecodable or "cannot be read"
    reason = Reason.TOO_LARGE if "larger than" in undecodable else Reason.NOT_FETCHED
    return failed(reason, f"{exchange.url}: {undecodable}", page)


def retry_after(value: str | None, moment: datetime) -> float | None:
    """Seconds to wait as a Retry-After header asks, given as a number or a date; None when it says neither."""
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value[:12])
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - moment).total_seconds())


def _causes(error: BaseException) -> list[BaseException]:
    """What led to an error, itself first; aiohttp's own TLS errors are left out for the one of `ssl` behind them."""
    causes: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        cause = waiting.pop(0)
        if cause is None or cause in causes:
            continue
        causes.append(cause)
        waiting += [cause.__cause__, cause.__context__, getattr(cause, "os_error", None)]
        if isinstance(cause, BaseExceptionGroup):
            waiting += cause.exceptions
    return [cause for cause in causes if not isinstance(cause, aiohttp.ClientSSLError)]


def _tls_reason(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return (error.reason or str(error)).replace("_", " ").lower()


def _plain(error: Exception) -> str:
    code = getattr(error, "errno", None)
    return os.strerror(code) if code else str(error) or type(error).__name__
