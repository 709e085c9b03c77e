"""Keeps the HTTP client away from this machine and its private network.

In: a host name. Out: its public addresses, or `PrivateAddress`. The check is made on every answer of DNS and once more
on the very address that is connected to, so a name that resolves differently a moment later (DNS rebinding), an address
written as numbers, or a redirect gains nothing.
"""

import asyncio
import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for the IPv4 address in their last 32 bits (RFC 6052)."""
LOOKUPS_AT_ONCE = 16
"""A name server that does not answer holds a thread for half a minute; the other hosts must not wait for it."""


class PrivateAddress(OSError):
    """The host is on this machine or in a private network."""

    def __init__(self, host: str, address: str) -> None:
        of = "" if host == address else f"{host} is "
        super().__init__(f"{of}{address}{',' if of else ' is'} an address of this machine or a private network")


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


def is_literal(host: str) -> bool:
    """Whether a host is written as an IP address."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def check_public(host: str, addresses: list[str]) -> None:
    """Raises PrivateAddress when one of a host's addresses is not public."""
    for address in addresses:
        if not is_public(address):
            raise PrivateAddress(host, address)


def public_socket(
    info: tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[Any, ...]],
) -> socket.socket:
    """A socket for an address that is about to be connected to. Raises PrivateAddress."""
    family, kind, protocol, _, address = info
    check_public(str(address[0]), [str(address[0])])
    return socket.socket(family, kind, protocol)


class Resolver(AbstractResolver):
    """Asks the system for the addresses of a host, and refuses private ones unless `may_be_private`."""

    def __init__(self, may_be_private: bool) -> None:
        self._may_be_private = may_be_private
        self._threads = ThreadPoolExecutor(LOOKUPS_AT_ONCE, "copydesk-dns")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host. Raises socket.gaierror, UnicodeError or PrivateAddress."""
        addresses = await self.addresses(host, port, family)
        if not self._may_be_private:
            check_public(host, [address for _, address in addresses])
        flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        return [
            ResolveResult(hostname=host, host=address, port=port, family=found, proto=0, flags=flags)
            for found, address in addresses
        ]

    async def addresses(self, host: str, port: int, family: int = socket.AF_UNSPEC) -> list[tuple[int, str]]:
        """Each address family and address of a host, once."""
        look_up = socket.getaddrinfo
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: look_up(host, port, family=family, type=socket.SOCK_STREAM)
        )
        return list(dict.fromkeys((int(entry[0]), str(entry[4][0])) for entry in found))

    async def close(self) -> None:
        """Let go of the threads; one that still waits for a name server ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)
