"""Undoes an HTTP Content-Encoding within a limit.

In: bytes as they were sent and the header's value. Out: the bytes meant, or `CannotDecode`. No more than the limit is
ever decompressed, whatever the bytes would grow to.
"""

import zlib

import brotli
import pyarrow as pa

GZIP = 16 + zlib.MAX_WBITS
ACCEPTED = "gzip, deflate, br, zstd"
"""The value of Accept-Encoding: what `decode` can undo."""
LAYERS = 4
"""Encodings on top of each other; nobody honest uses more than two."""
PIECE_BYTES = 1 << 16
# RFC 9659: what is sent over HTTP needs no more memory than this; a frame may ask for gigabytes.
ZSTD_WINDOW_BYTES = 8 << 20
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


class CannotDecode(ValueError):
    """The bytes are not what the header says, end too early, or grow beyond the limit. The message is a sentence."""


def decode(sent: bytes, encoding: str | None, limit: int) -> bytes:
    """The bytes that were meant, at most `limit` of them. Raises CannotDecode.

    >>> decode(b"plain", None, 100)
    b'plain'
    """
    names = [name for part in (encoding or "").split(",") if (name := part.strip().lower())]
    if len(names) > LAYERS:
        raise CannotDecode(f"the body is encoded {len(names)} times over")
    for name in reversed(names):  # listed in the order they were applied, so undone from the last
        if name == "identity" or not sent:  # an empty body is sent with any encoding
            continue
        if name in ("gzip", "x-gzip"):
            sent = _inflate(sent, GZIP, limit)
        elif name == "deflate":
            # RFC 9110 means zlib by it; some servers send the bare stream.
            is_zlib = len(sent) > 1 and sent[0] & 0x0F == 8 and int.from_bytes(sent[:2]) % 31 == 0
            sent = _inflate(sent, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS, limit)
        elif name == "br":
            sent = _unbrotli(sent, limit)
        elif name == "zstd":
            sent = _unzstd(sent, limit)
        else:
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
            raise _too_large(limit)
        if not stream.eof:
            raise CannotDecode("the compressed body ends too early")
        parts.append(part)
        room -= len(part)
        sent = stream.unused_data
    return b"".join(parts)


def _unbrotli(sent: bytes, limit: int) -> bytes:
    stream = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    try:
        waiting = sent
        while not stream.is_finished():
            part = stream.process(waiting, output_buffer_limit=PIECE_BYTES)
            waiting = b""
            parts.append(part)
            size += len(part)
            if size > limit:
                raise _too_large(limit)
            if not part and not stream.is_finished():
                raise CannotDecode("the compressed body ends too early")
    except brotli.error as error:
        raise CannotDecode(f"the compressed body is damaged ({error})") from None
    return b"".join(parts)


def _unzstd(sent: bytes, limit: int) -> bytes:
    if _zstd_window(sent) > ZSTD_WINDOW_BYTES:
        raise CannotDecode(f"the compressed body asks for more than {ZSTD_WINDOW_BYTES:,} bytes of memory")
    try:
        with pa.CompressedInputStream(pa.BufferReader(sent), "zstd") as stream:
            body: bytes = stream.read(limit + 1)
    except OSError as error:
        early = "truncated" in str(error).lower()
        what = "ends too early" if early else f"is damaged ({error})"
        raise CannotDecode(f"the compressed body {what}") from None
    if len(body) > limit:
        raise _too_large(limit)
    return body


def _zstd_window(sent: bytes) -> int:
    """The memory in bytes that the first frame asks for (RFC 8878, 3.1.1.1); 0 when that is only its own size."""
    if sent[:4] != _ZSTD_MAGIC or len(sent) < 6 or sent[4] & 0x20:
        return 0
    exponent, mantissa = sent[5] >> 3, sent[5] & 7
    base = 1 << (10 + exponent)
    return base + (base >> 3) * mantissa


def _too_large(limit: int) -> CannotDecode:
    return CannotDecode(f"the body is larger than {limit:,} bytes once decompressed")
