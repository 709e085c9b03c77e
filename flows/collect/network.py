"""One HTTP request over the network, within limits of size and time. The only place that opens connections.

In: an address. Out: an `Exchange`, or httpx's error when nothing came back.
"""

import time
from collections.abc import Callable
from importlib.metadata import version
from urllib.parse import urlsplit

import httpx

from flows.collect.addresses import PublicTransport
from flows.collect.exchange import Exchange
from flows.collect.sources import is_web_address
from flows.problem import Problem
from flows.settings import Politeness
from transforms.collect.decoding import ACCEPTED, CannotDecode, decode

PRODUCT = "copydesk"
CONNECT_SECONDS = 10.0


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
    """Connections that stay open between requests to the same host. Raises NoContact when made without a contact."""

    def __init__(self, politeness: Politeness, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._headers = {
            "User-Agent": user_agent(politeness.contact),
            "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
            "Accept-Encoding": ACCEPTED,
        }
        self._politeness = politeness
        self._monotonic = monotonic
        self._clients: dict[bool, httpx.Client] = {}

    def send(self, url: str, *, asked: str, verdict: str | None, may_be_private: bool) -> Exchange:
        """Ask for one address, without following redirects. A body that is cut off is no error.

        Raises httpx.HTTPError, httpx.InvalidURL or ValueError when nothing came back.
        """
        client = self._client(may_be_private)
        client.cookies.clear()  # nobody is to recognise us from an earlier page
        with client.stream("GET", url) as response:
            address = _peer(response)
            sent, truncated = self._read_body(response)
        body, undecodable = None, None
        try:
            body = decode(sent, response.headers.get("content-encoding"), self._politeness.max_bytes)
        except CannotDecode as error:
            undecodable = str(error)
        return Exchange(
            url=url,
            asked=asked,
            request_headers=_pairs(response.request.headers),
            protocol=response.http_version,
            status=response.status_code,
            phrase=response.reason_phrase,
            headers=_pairs(response.headers),
            sent=sent,
            body=body,
            undecodable=undecodable,
            truncated=truncated,
            address=address,
            robots_verdict=verdict,
        )

    def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def _client(self, may_be_private: bool) -> httpx.Client:
        if may_be_private not in self._clients:
            seconds = self._politeness.timeout_seconds
            self._clients[may_be_private] = httpx.Client(
                transport=httpx.HTTPTransport(trust_env=False) if may_be_private else PublicTransport(),
                headers=self._headers,
                timeout=httpx.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS)),
                follow_redirects=False,
                trust_env=False,
            )
        return self._clients[may_be_private]

    def _read_body(self, response: httpx.Response) -> tuple[bytes, str | None]:
        """The body as sent, and the WARC word for why it was cut, if it was."""
        parts: list[bytes] = []
        size = 0
        deadline = self._monotonic() + self._politeness.timeout_seconds
        truncated = None
        try:
            for part in response.iter_raw():
                parts.append(part)
                size += len(part)
                if size > self._politeness.max_bytes or self._monotonic() > deadline:
                    truncated = "length" if size > self._politeness.max_bytes else "time"
                    break
        except httpx.TimeoutException:
            truncated = "time"
        except httpx.HTTPError:
            truncated = "disconnect"
        return b"".join(parts), truncated


def host_of(url: str) -> str:
    """The host of an address, in lower case."""
    return (urlsplit(url).hostname or "").lower()


def _peer(response: httpx.Response) -> str | None:
    """The IP address that answered; to be asked before the body is read, which may close the connection."""
    try:
        return str(response.extensions["network_stream"].get_extra_info("server_addr")[0])
    except (OSError, KeyError, TypeError):
        return None


def _pairs(headers: httpx.Headers) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw)
