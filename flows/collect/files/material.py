"""Bytes under a name: a file, or a member of a `.zip`, ready to be opened as a stream.

In: a path. Out: `Material`, and streams whose errors name their file.
"""

import gzip
import io
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa

from transforms.outcome import Reason

GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"
BROKEN = (EOFError, OSError, zlib.error, pa.ArrowException)
"""What a decompressor raises at data that are damaged or end too early."""


@dataclass(frozen=True, slots=True)
class Material:
    """Something to read. `name` is for people, `kind` one of the values of `files.KINDS`.

    `columns` is what the source's file says of its tables.
    """

    name: str
    url: str
    kind: str
    source: str
    open: Callable[[], BinaryIO]
    columns: Mapping[str, str] = field(default_factory=dict)


class Unreadable(ValueError):
    """The bytes are not what they should be; `reason` is the word for it, the message a sentence."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


def open_file(path: Path) -> BinaryIO:
    """The file as a stream; an error of the disk names the file, which read errors lack."""
    return cast(BinaryIO, io.BufferedReader(_Named(path.open("rb"), str(path)), 1 << 16))


def unpacked(stream: BinaryIO) -> BinaryIO:
    """What gzip or zstd holds, told by the first bytes, else the stream itself. Reading may raise one of `BROKEN`."""
    head = cast(io.BufferedReader, stream).peek(4)[:4]
    if head.startswith(GZIP):
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    if head == ZSTD:
        return cast(BinaryIO, io.BufferedReader(_Zstd(stream)))
    return stream


def uri(path: Path) -> str:
    """The `file:` address of a path."""
    return path.resolve().as_uri()


class _Named(io.RawIOBase):
    """A file whose errors know its name."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._file.seekable()

    def readinto(self, buffer: Any) -> int:
        return self._do(lambda: cast(io.RawIOBase, self._file).readinto(buffer) or 0)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._do(lambda: self._file.seek(offset, whence))

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
        super().close()

    def _do(self, act: Callable[[], int]) -> int:
        try:
            return act()
        except OSError as error:
            raise OSError(error.errno, error.strerror, self._name) from None


class _Zstd(io.RawIOBase):
    """The bytes that zstd frames hold, one frame after the other."""

    PORTION = 4096  # when the data break off, what pyarrow had read of this portion is lost

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = pa.CompressedInputStream(pa.PythonFile(cast(io.IOBase, stream), "r"), "zstd")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(min(len(buffer), self.PORTION))
        buffer[: len(data)] = data
        return len(data)
