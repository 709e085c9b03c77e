"""Keeps the HTTP client away from this machine and its private network.

In: a host name. Out: a connection to one of its public addresses, or `PrivateAddress`. The check is made on the very
address that is connected to, so a name that resolves differently a moment later (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for the IPv4 address in their last 32 bits (RFC 6052)."""


class PrivateAddress(httpcore.ConnectError):
    """The host is on this machine or in a private network."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet.

    >>> is_public("8.8.8.8"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class PublicNetwork(httpcore.NetworkBackend):
    """Connects to public addresses only."""

    def __init__(self) -> None:
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that answers; PrivateAddress when one of them is private."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        private = [address for address in addresses if not is_public(address)]
        if private:
            raise PrivateAddress(f"{host} is {private[0]}, an address of this machine or a private network")
        for address in addresses[:-1]:
            try:
                return self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._network.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    def sleep(self, seconds: float) -> None:
        """Wait; httpcore asks for it between its own attempts, which we do not use."""
        self._network.sleep(seconds)


class PublicTransport(httpx.HTTPTransport):
    """An httpx transport that connects to public addresses only."""

    def __init__(self) -> None:
        super().__init__(trust_env=False)
        # httpx has no public way to set httpcore's network; `test_loopback_is_refused` fails when this one ends.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=PublicNetwork(), keepalive_expiry=5
        )
