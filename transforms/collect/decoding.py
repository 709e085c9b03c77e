"""Undoes an HTTP Content-Encoding within a limit.

In: bytes as they were sent and the header's value. Out: the bytes meant, or `CannotDecode`.
"""

import zlib

GZIP = 16 + zlib.MAX_WBITS
ACCEPTED = "gzip, deflate"
"""The value of Accept-Encoding: what `decode` can undo."""


class CannotDecode(ValueError):
    """The bytes are not what the header says, end too early, or grow beyond the limit. The message is a sentence."""


def decode(sent: bytes, encoding: str | None, limit: int) -> bytes:
    """The bytes that were meant, at most `limit` of them. Raises CannotDecode.

    >>> decode(b"plain", None, 100)
    b'plain'
    """
    # Encodings are listed in the order they were applied, so they are undone from the last.
    for name in reversed([part.strip().lower() for part in (encoding or "").split(",")]):
        if name in ("gzip", "x-gzip"):
            sent = _inflate(sent, GZIP, limit)
        elif name == "deflate":
            # RFC 9110 means zlib by it; some servers send the bare stream.
            is_zlib = len(sent) > 1 and sent[0] & 0x0F == 8 and int.from_bytes(sent[:2]) % 31 == 0
            sent = _inflate(sent, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS, limit)
        elif name not in ("", "identity"):
            raise CannotDecode(f"the Content-Encoding {name} is not one we asked for ({ACCEPTED})")
    return sent


def _inflate(sent: bytes, window: int, limit: int) -> bytes:
    parts: list[bytes] = []
    room = limit
    while sent:
        stream = zlib.decompressobj(window)
        try:
            part = stream.decompress(sent, room + 1)
        except zlib.error as error:
            if parts:  # what follows a whole gzip member may be padding
                break
            raise CannotDecode(f"the compressed body is damaged ({error})") from None
        if len(part) > room:
            raise CannotDecode(f"the body is larger than {limit:,} bytes once decompressed")
        if not stream.eof:
            raise CannotDecode("the compressed body ends too early")
        parts.append(part)
        room -= len(part)
        sent = stream.unused_data
    return b"".join(parts)
