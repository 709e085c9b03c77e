"""Reads a large file of the web, such as a WARC, a piece at a time, and goes on where a connection breaks off.

In: an `Errand`. Out: its bytes as they are sent, or `StreamFailed`. Nothing of it is archived here: what is in the file
is archived by whoever reads it.
"""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from flows.collect.client.answers import (
    REDIRECTS,
    TRY_LATER,
    Failed,
    failed,
    not_answered,
    passing,
    resolved,
    retry_after,
)
from flows.collect.client.exchange import Errand
from flows.collect.client.network import CONNECT_SECONDS, NOT_SENT, Network
from flows.collect.client.pace import LONGEST_WAIT_SECONDS, HostRests, Pace
from flows.collect.client.response import Response
from flows.problem import Problem
from transforms.collect.wire import NotAskable, host_of, wire_address
from transforms.outcome import Reason

MAX_REDIRECTS = 10
ATTEMPTS = 5
"""In a row without a byte gained."""
_RANGE = re.compile(r"bytes\s+(\d+)-")


class StreamFailed(Problem):
    """The file cannot be had, or not to its end; `failure` says why and whether a later run may have more luck."""

    def __init__(self, failure: Failed) -> None:
        super().__init__(failure.reject.detail)
        self.failure = failure


@dataclass(slots=True)
class _Progress:
    """How far a file has come; `version` is the validator that a continuation must match."""

    url: str
    at: int = 0
    version: str | None = None
    redirects: int = 0
    failures: int = 0

    def headers(self) -> dict[str, str]:
        """Ask for what is missing, in the bytes as they lie there."""
        headers = {"Accept-Encoding": "identity", "Accept": "*/*"}
        if self.at:
            headers |= {"Range": f"bytes={self.at}-", "If-Range": self.version or ""}
        return headers


class Streams:
    """The large files of one run. `permit` says why an address may not be asked for, None when it may."""

    def __init__(
        self,
        network: Network,
        pace: Pace,
        permit: Callable[[str, Errand], Awaitable[Failed | None]],
        pause: Callable[[str, Errand, Failed | None, int], None],
        clock: Callable[[], datetime],
        stall_seconds: float,
    ) -> None:
        self._network = network
        self._pace = pace
        self._permit = permit
        self._pause = pause
        self._clock = clock
        self._timeout = aiohttp.ClientTimeout(
            total=None, connect=min(stall_seconds, CONNECT_SECONDS), sock_read=stall_seconds
        )

    async def read(self, errand: Errand) -> AsyncGenerator[bytes]:
        """The bytes of a file. Raises StreamFailed."""
        try:
            progress = _Progress(wire_address(errand.asked))
        except NotAskable as problem:
            raise StreamFailed(failed(Reason.NOT_FETCHED, str(problem))) from None
        while True:
            refusal = await self._permit(progress.url, errand)
            if refusal:
                raise StreamFailed(refusal)
            try:
                async with self._pace.turn(host_of(progress.url), is_counted=False):
                    async with aclosing(self._attempt(progress, errand)) as pieces:
                        async for piece in pieces:
                            yield piece
                    return
            except HostRests as rest:
                raise StreamFailed(passing(str(rest), wait_seconds=rest.wait_seconds)) from None
            except _Redirected:
                progress.redirects += 1
            except _BrokeOff as broke:
                self._may_go_on(progress, broke.failure)

    async def _attempt(self, progress: _Progress, errand: Errand) -> AsyncGenerator[bytes]:
        """What one request gives. Raises _Redirected, _BrokeOff or StreamFailed."""
        url = progress.url
        failure: Failed | None = None
        try:
            async with self._network.open(
                url, self._timeout, errand.may_be_private(url), progress.headers()
            ) as response:
                failure = self._judge(response, progress)
                if failure is None:
                    async for piece in response.content.iter_any():
                        progress.at += len(piece)
                        progress.failures = 0
                        yield piece
        except NOT_SENT as error:
            failure = not_answered(url, error)
        finally:
            self._pause(host_of(url), errand, failure, progress.failures)
        if failure:
            raise _BrokeOff(failure) if failure.is_worth_a_retry else StreamFailed(failure)

    def _judge(self, response: Response, progress: _Progress) -> Failed | None:
        """Whether an answer gives what is missing. Raises _Redirected."""
        url, status, headers = progress.url, response.status, response.headers
        if status in REDIRECTS and "Location" in headers:
            progress.url = _redirected(progress, headers["Location"])
            raise _Redirected
        if status in TRY_LATER:
            wait = retry_after(headers.get("Retry-After"), self._clock())
            return passing(f"{url} answered {status}; it may succeed later", wait_seconds=wait)
        if progress.at:
            found = _RANGE.match(headers.get("Content-Range", ""))
            if status == 206 and found and int(found[1]) == progress.at:
                return None
            return failed(
                Reason.NOT_FETCHED,
                f"{url} broke off after {progress.at:,} bytes and cannot be asked for the rest: it has changed, or its "
                "server does not send parts of a file; download it and give its path",
            )
        if status != 200:
            return failed(Reason.GONE if status in (404, 410) else Reason.NOT_FETCHED, f"{url} answered {status}")
        etag = headers.get("ETag", "")
        progress.version = etag if etag.startswith('"') else headers.get("Last-Modified")
        return None

    def _may_go_on(self, progress: _Progress, failure: Failed) -> None:
        progress.failures += 1
        wait = failure.wait_seconds or 0.0
        if progress.failures >= ATTEMPTS or wait > LONGEST_WAIT_SECONDS:
            raise StreamFailed(failure)
        if progress.at and not progress.version:
            what = f"{progress.url} broke off after {progress.at:,} bytes"
            cure = "its server names no version of it to go on from; download it and give its path"
            raise StreamFailed(passing(f"{what}; {cure}"))


class _Redirected(Exception):
    """The file lies elsewhere."""


class _BrokeOff(Exception):
    """The connection ended too early; another may go on."""

    def __init__(self, failure: Failed) -> None:
        super().__init__()
        self.failure = failure


def _redirected(progress: _Progress, location: str) -> str:
    if progress.redirects >= MAX_REDIRECTS:
        detail = f"{progress.url} redirects more than {MAX_REDIRECTS} times"
        raise StreamFailed(failed(Reason.NOT_FETCHED, detail))
    try:
        return wire_address(resolved(progress.url, location))
    except NotAskable as problem:
        raise StreamFailed(failed(Reason.NOT_FETCHED, str(problem))) from None
