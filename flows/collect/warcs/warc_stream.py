"""The bytes of a WARC file as they come, packed or not, with the place they have in the file.

In: a stream. Out: `Plain` and `Inflated`, which are read alike: the former is one member, the latter many.
"""

import io
import zlib
from abc import ABC, abstractmethod

from transforms.collect.decoding import GZIP

READ_BYTES = 1 << 16
PORTION_BYTES = 1 << 20
"""What is unpacked at once, so that a bomb does not grow in memory."""
MAGIC = b"\x1f\x8b\x08"
BEGINNING = b"WARC/"
RETURNS = 1000
"""How often a damaged file is read again from some place on."""


class Damaged(ValueError):
    """The record at `offset` cannot be read; `is_end` when the file ends in it.

    `is_packed`: the packed data are wrong, so that only `recover` leads on.
    """

    def __init__(self, offset: int, what: str, *, is_end: bool = False, is_packed: bool = False) -> None:
        super().__init__(what)
        self.offset = offset
        self.is_end = is_end
        self.is_packed = is_packed


class Portions(ABC):
    """Bytes that can be read by number and by line up to the end of a member."""

    offset: int
    """Where the next byte stands in the file; of packed bytes, where their member begins."""
    is_at_end = False
    """Whether the file gives no more."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream
        self._waiting = b""
        self._at = 0
        self._returns = 0
        self.offset = 0

    @abstractmethod
    def begin(self) -> bool:
        """Go to the next member; False when there is none."""

    @abstractmethod
    def recover(self, damage: Damaged) -> bool:
        """Go to where the next record is to be looked for; whether that is in another member."""

    @abstractmethod
    def _fill(self) -> bytes:
        """The next bytes of the member, none at its end."""

    @abstractmethod
    def _advance(self, count: int) -> None:
        """Note that so many bytes were read."""

    def read(self, most: int) -> bytes:
        """So many bytes, fewer only at the end of the member."""
        parts: list[bytes] = []
        while most > 0 and (self._at < len(self._waiting) or self._more()):
            part = self._waiting[self._at : self._at + most]
            parts.append(part)
            self._at += len(part)
            most -= len(part)
            self._advance(len(part))
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def readline(self, most: int) -> bytes:
        """A line with its end, or the first `most` bytes of a longer one."""
        line = self.peek_line(most)
        self._at += len(line)
        self._advance(len(line))
        return line

    def peek_line(self, most: int) -> bytes:
        """The line that `readline` would give."""
        end = self._waiting.find(b"\n", self._at) + 1
        while not end and len(self._waiting) - self._at < most:
            rest = self._waiting[self._at :]
            more = self._fill()
            if not more:
                break
            self._waiting, self._at = rest + more, 0
            end = self._waiting.find(b"\n", len(rest)) + 1
        return self._waiting[self._at : min(end or len(self._waiting), self._at + most)]

    def finish(self) -> None:
        """Read what stands between records, and with it the checksum of a member that holds one.

        Raises Damaged also when neither a record follows nor the end: this one is not as long as it says.
        """
        while (line := self.peek_line(len(BEGINNING))) and not line.strip(b"\0\r\n\t "):
            self.readline(len(line))
        if line and line != BEGINNING:
            raise Damaged(self.offset, "what follows the record is none")

    def _goes_back(self, offset: int) -> bool:
        """Whether the file can be read again from a place in it; not without end in one that is all damaged."""
        self._returns += 1
        if self._returns > RETURNS or not self._stream.seekable():
            return False
        self._stream.seek(offset)
        self._waiting, self._at = b"", 0
        return True

    def _more(self) -> bool:
        self._waiting, self._at = self._fill(), 0
        return bool(self._waiting)


class Plain(Portions):
    """A file that is not packed."""

    _has_begun = False

    def begin(self) -> bool:
        """Once."""
        is_first, self._has_begun = not self._has_begun, True
        return is_first or bool(self.peek_line(1))

    def recover(self, damage: Damaged) -> bool:
        """A length that is wrong may have led past the beginning of the next record: look again from this one's on."""
        if self._goes_back(damage.offset + len(BEGINNING)):
            self.offset = damage.offset + len(BEGINNING)
        return False

    def _advance(self, count: int) -> None:
        self.offset += count

    def _fill(self) -> bytes:
        found = self._stream.read1(READ_BYTES)
        self.is_at_end = not found
        return found


class Inflated(Portions):
    """A file of gzip members."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        super().__init__(stream)
        self._raw = b""
        self._raw_at = 0  # where _raw begins in the file
        self._unpacker = _ended()

    @staticmethod
    def fits(stream: io.BufferedIOBase) -> bool:
        """Whether the file is packed, also when its beginning is damaged."""
        head: bytes = stream.peek(READ_BYTES)  # type: ignore[attr-defined]
        return head.startswith(MAGIC) or BEGINNING not in head

    def begin(self) -> bool:
        """Go to the next member; zeros between members are padding."""
        while True:
            self._take(len(self._raw) - len(self._raw.lstrip(b"\0")))
            if self._raw or not self._read_raw():
                break
        self.offset = self._raw_at
        self._unpacker = zlib.decompressobj(GZIP)
        return bool(self._raw)

    def recover(self, damage: Damaged) -> bool:
        """After damage to the packed data: the next member, from the second byte of this one on."""
        if not damage.is_packed:
            return False
        self._waiting, self._at = b"", 0
        self._unpacker = _ended()
        if self._goes_back(self.offset + 1):
            self._raw, self._raw_at = b"", self.offset + 1
        elif self._raw_at <= self.offset:
            self._take(self.offset + 1 - self._raw_at)  # else the same member would be found again
        self._find_member()
        return True

    def _fill(self) -> bytes:
        while not self._unpacker.eof:
            if not self._raw and not self._read_raw():
                raise Damaged(self.offset, "the file ends in the middle of a record", is_end=True, is_packed=True)
            try:
                found = self._unpacker.decompress(self._raw, PORTION_BYTES)
            except zlib.error as error:
                raise Damaged(self.offset, f"the packed data are damaged ({error})", is_packed=True) from None
            rest = self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail
            self._take(len(self._raw) - len(rest))
            if found:
                return found
        return b""

    def _advance(self, count: int) -> None:
        pass  # what was unpacked has no place of its own

    def _read_raw(self) -> bool:
        self._raw_at += len(self._raw)
        self._raw = self._stream.read1(READ_BYTES)
        self.is_at_end = not self._raw
        return bool(self._raw)

    def _take(self, count: int) -> None:
        self._raw_at += count
        self._raw = self._raw[count:]

    def _find_member(self) -> None:
        """Go on to the next bytes that unpack to the beginning of a record, or to the end."""
        while True:
            found = self._raw.find(MAGIC)
            if found < 0:
                kept = self._raw[-2:]
                self._take(len(self._raw) - len(kept))
                if not self._append_raw():
                    return self._take(len(self._raw))
                continue
            self._take(found)
            while len(self._raw) < READ_BYTES and self._append_raw():
                pass
            if _begins_record(self._raw):
                return None
            self._take(1)

    def _append_raw(self) -> bool:
        more = self._stream.read1(READ_BYTES)
        self._raw += more
        self.is_at_end = not more
        return bool(more)


def _begins_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(GZIP).decompress(packed, len(BEGINNING)) == BEGINNING
    except zlib.error:
        return False


def _ended() -> "zlib._Decompress":
    """An unpacker whose member is over."""
    unpacker = zlib.decompressobj(GZIP)
    unpacker.decompress(zlib.compress(b"", wbits=GZIP))
    return unpacker
