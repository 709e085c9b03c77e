"""One HTTP request over the network, within limits of size and time. The only place that opens connections.

In: an address. Out: an `Exchange`, or aiohttp's error when nothing came back.
"""

import asyncio
import os
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from importlib.metadata import version
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from flows.collect.client.addresses import Resolver, check_public, is_literal, public_socket
from flows.collect.client.exchange import Exchange, Headers
from flows.collect.client.response import Connector, Response
from flows.collect.sources import is_web_address
from flows.problem import Problem
from flows.settings import Politeness
from transforms.collect.decoding import ACCEPTED
from transforms.collect.wire import host_of

PRODUCT = "copydesk"
CONNECT_SECONDS = 10.0
STALL_SECONDS = 15.0
"""A server that sends nothing for so long is given up before the whole request's time is over."""
MAX_HEADER_BYTES = 32 * 1024
"""Of one header line; publishers' Content-Security-Policy alone is often above aiohttp's 8 KiB."""
MAX_HEADERS = 256
NOT_SENT = (aiohttp.ClientError, TimeoutError, OSError, ValueError)
"""What `send` and `open` raise when nothing came back."""


class NoContact(Problem):
    """Nothing may be fetched, because publishers could not reach us."""

    def __init__(self, contact: str) -> None:
        what = f"{contact!r} is no address" if contact else "no contact address is set"
        super().__init__(
            f"{what}, so nothing is fetched: publishers must be able to reach whoever crawls them. "
            'Set politeness.contact in config/copydesk.toml, e.g. contact = "mailto:you@example.org"'
        )


def user_agent(contact: str) -> str:
    """How we present ourselves: product, version and contact. Raises NoContact."""
    contact = contact.strip()
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    mailbox = contact.removeprefix("mailto:").partition("@")
    is_mail = contact.startswith("mailto:") and all(mailbox)
    is_plain = contact.isascii() and not any(mark.isspace() for mark in contact)
    if not is_plain or not (is_mail or is_web_address(contact)):
        raise NoContact(contact)
    return f"{PRODUCT}/{version('copydesk')} (+{contact})"


class Network:
    """Connections that stay open between requests to the same host. Raises NoContact when made without a contact.

    Cookies are not kept: nobody is to recognise us from an earlier page. With `politeness.proxy` every request goes
    through that proxy, which then looks up the names of hosts: private addresses are refused when they are written as
    such, and when this machine can look up the name, but what the proxy itself finds cannot be checked. Proxies of the
    environment (`HTTP_PROXY`) are not used. To be used in one event loop.
    """

    def __init__(self, politeness: Politeness) -> None:
        self._headers = {
            "User-Agent": user_agent(politeness.contact),
            "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
            "application/feed+json, application/xml;q=0.9, */*;q=0.5",
            "Accept-Encoding": ACCEPTED,
        }
        self._politeness = politeness
        self._proxy = politeness.proxy or None
        self._sessions: dict[bool, aiohttp.ClientSession] = {}
        self._resolvers: list[Resolver] = []
        self._at_once = asyncio.Semaphore(politeness.hosts_at_once)

    async def send(
        self,
        url: str,
        *,
        asked: str,
        verdict: str | None,
        may_be_private: bool,
        headers: Mapping[str, str] | None = None,
    ) -> Exchange:
        """Ask for one address in wire form, without following redirects. A body that is cut off is no error.

        The body is not decoded yet, see `Exchange.decoded`. Raises one of `NOT_SENT` when nothing came back.
        """
        total = self._politeness.timeout_seconds
        timeout = aiohttp.ClientTimeout(
            total=total, connect=min(total, CONNECT_SECONDS), sock_read=min(total, STALL_SECONDS)
        )
        async with self._at_once, self.open(url, timeout, may_be_private, headers) as response:
            sent, truncated = await self._read_body(response)
        return Exchange(
            url=url,
            asked=asked,
            request_headers=_sent_headers(response),
            protocol=f"HTTP/{response.version.major}.{response.version.minor}" if response.version else "HTTP/1.1",
            status=response.status,
            phrase=(response.reason or "").encode("utf-8", "surrogateescape").decode("latin-1"),
            headers=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.raw_headers),
            sent=sent,
            body=None,
            truncated=truncated,
            address=None if self._proxy else response.peer,
            robots_verdict=verdict,
        )

    @asynccontextmanager
    async def open(
        self,
        url: str,
        timeout: aiohttp.ClientTimeout,
        may_be_private: bool,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncIterator[Response]:
        """The response to a request, its body unread. Raises one of `NOT_SENT`."""
        if not may_be_private:
            await self._check(url)
        session = self._session(may_be_private)
        async with session.get(
            URL(url, encoded=True), allow_redirects=False, timeout=timeout, headers=headers, proxy=self._proxy
        ) as response:
            try:
                yield response  # type: ignore[misc]  # of our response_class
            finally:
                if not response.content.at_eof():
                    response.close()

    async def close(self) -> None:
        """Close all connections."""
        for session in self._sessions.values():
            await session.close()
        for resolver in self._resolvers:
            await resolver.close()
        self._sessions.clear()
        self._resolvers.clear()

    async def _check(self, url: str) -> None:
        """Refuse what no connection of ours would show: an address written as such, or any name behind a proxy."""
        host = host_of(url)
        if is_literal(host):
            check_public(host, [host])
        elif self._proxy:
            self._session(False)
            try:
                addresses = await self._resolvers[0].addresses(host, urlsplit(url).port or 80)
            except (socket.gaierror, UnicodeError):
                return
            check_public(host, [address for _, address in addresses])

    def _session(self, may_be_private: bool) -> aiohttp.ClientSession:
        if may_be_private not in self._sessions:
            is_open = may_be_private or self._proxy is not None  # the proxy itself may be in our own network
            resolver = Resolver(is_open)
            self._resolvers.append(resolver)
            self._sessions[may_be_private] = aiohttp.ClientSession(
                connector=Connector(
                    resolver=resolver,
                    socket_factory=None if is_open else public_socket,
                    ssl=_tls(os.environ.get("SSL_CERT_FILE")),
                    limit=0,  # `Pace` and `send` limit what is under way
                ),
                headers=self._headers,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                response_class=Response,
                max_line_size=MAX_HEADER_BYTES,
                max_field_size=MAX_HEADER_BYTES,
                max_headers=MAX_HEADERS,
            )
        return self._sessions[may_be_private]

    async def _read_body(self, response: Response) -> tuple[bytes, str | None]:
        """The body as sent, and the WARC word for why it was cut, if it was."""
        parts: list[bytes] = []
        size = 0
        try:
            async for part in response.content.iter_any():
                parts.append(part)
                size += len(part)
                if size > self._politeness.max_bytes:
                    return b"".join(parts), "length"
        except TimeoutError:
            return b"".join(parts), "time"
        except (aiohttp.ClientError, OSError):
            return b"".join(parts), "disconnect"
        return b"".join(parts), None


@cache
def _tls(_named: str | None) -> ssl.SSLContext:
    """What certificates are checked against: the system's, or those that SSL_CERT_FILE names (OpenSSL reads it)."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def _sent_headers(response: aiohttp.ClientResponse) -> Headers:
    # What the proxy wants of us is no business of the archive.
    sent = response.request_info.headers.items()
    return tuple((name, value) for name, value in sent if name.lower() != "proxy-authorization")
