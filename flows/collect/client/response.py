"""What aiohttp would forget of a response: the address it came from, and the bytes of one that is no HTTP.

In: a connection. Out: `Response`, or aiohttp's error with the bytes that had come (`what_came`).
"""

import asyncio
from functools import partial
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler

KEPT_BYTES = 64 * 1024
"""Of a response whose headers cannot be read."""


class Listener(ResponseHandler):
    """Keeps the first bytes of each response until its headers are read."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self.came: list[bytes] = []
        self._room = KEPT_BYTES

    def data_received(self, data: bytes) -> None:
        """Take bytes from the network."""
        if self._room > 0:
            self.came.append(data[: self._room])
            self._room -= len(data)
        super().data_received(data)

    def forget(self) -> None:
        """Make room for the next response."""
        self.came, self._room = [], KEPT_BYTES


class Connector(aiohttp.TCPConnector):
    """Connects with a `Listener` at the end."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # aiohttp has no public way to set it; `test_a_server_that_misbehaves` fails when this one ends.
        self._factory = partial(Listener, loop=self._loop)  # type: ignore[assignment]


class Response(aiohttp.ClientResponse):
    """A response that knows which IP address it came from."""

    peer: str | None = None

    async def start(self, connection: Any) -> "Response":
        """Read status line and headers. An error takes along what had come."""
        name = connection.transport.get_extra_info("peername") if connection.transport else None
        self.peer = str(name[0]) if name else None
        listener: Listener = connection.protocol
        try:
            await super().start(connection)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            error.what_came = b"".join(listener.came)  # type: ignore[union-attr]
            raise
        finally:
            listener.forget()
        return self


def what_came(error: BaseException | None) -> bytes:
    """The bytes that had come before an error; empty when nothing had, or nothing is known of them."""
    while error:
        if came := getattr(error, "what_came", b""):
            return bytes(came)
        error = error.__cause__ or error.__context__
    return b""
