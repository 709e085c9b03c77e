"""Content-Encodings are undone within a limit."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.collect.decoding import ACCEPTED, CannotDecode, decode

BODY = b"<p>Seven boats left the harbour.</p>" * 50


def bare_deflate(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(body) + stream.flush()


def zstd(body: bytes) -> bytes:
    """As a server sends it: a stream, whose size its head does not tell."""
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(body)
    return bytes(sink.getvalue())


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd,
}


def test_what_is_accepted_can_be_undone() -> None:
    assert ACCEPTED.split(", ") == list(PACKERS)


@pytest.mark.parametrize(
    ("sent", "encoding"),
    [
        (BODY, None),
        (BODY, "identity"),
        (BODY, " , "),
        (gzip.compress(BODY, mtime=0), "gzip"),
        (gzip.compress(BODY, mtime=0), " X-GZIP "),
        (gzip.compress(BODY[:100], mtime=0) + gzip.compress(BODY[100:], mtime=0), "gzip"),
        (gzip.compress(BODY, mtime=0) + b"\0\0\0\0", "gzip"),
        (zlib.compress(BODY), "deflate"),
        (bare_deflate(BODY), "deflate"),
        (brotli.compress(BODY), "br"),
        (zstd(BODY), "zstd"),
        (bytes(pa.compress(BODY, codec="zstd", asbytes=True)), "zstd"),
        (zstd(BODY[:100]) + zstd(BODY[100:]), "zstd"),
        (gzip.compress(zlib.compress(BODY), mtime=0), "deflate, gzip"),
        (gzip.compress(brotli.compress(BODY), mtime=0), "br, identity, gzip"),
    ],
)
def test_the_bytes_meant(sent: bytes, encoding: str | None) -> None:
    assert decode(sent, encoding, len(BODY)) == BODY


@pytest.mark.parametrize("encoding", PACKERS)
def test_an_empty_body_needs_no_encoding(encoding: str) -> None:
    assert decode(b"", encoding, 10) == b""
    assert decode(PACKERS[encoding](b""), encoding, 10) == b""


@pytest.mark.parametrize(
    ("sent", "encoding", "problem"),
    [
        (b"<html>", "gzip", "damaged"),
        (b"<html>", "br", "damaged|too early"),
        (b"<html>", "zstd", "damaged"),
        (brotli.compress(BODY) + b"junk", "br", "damaged"),
        (zstd(BODY) + b"junk", "zstd", "damaged"),
        # The head asks for a window of 2 GiB.
        (b"\x28\xb5\x2f\xfd\x00\xa8" + b"\0" * 20, "zstd", "asks for more than 8,388,608 bytes of memory"),
        (b"x", "compress", r"compress is not one we asked for \(gzip, deflate, br, zstd\)"),
        (b"x", "gzip, gzip, gzip, gzip, gzip", "encoded 5 times over"),
    ],
)
def test_what_cannot_be_decoded(sent: bytes, encoding: str, problem: str) -> None:
    with pytest.raises(CannotDecode, match=problem):
        decode(sent, encoding, 10_000)


@pytest.mark.parametrize("encoding", PACKERS)
@pytest.mark.parametrize("missing", [1, 9, 20])
def test_a_stream_that_ends_too_early(encoding: str, missing: int) -> None:
    with pytest.raises(CannotDecode, match="ends too early"):
        decode(PACKERS[encoding](bytes(range(256)) * 9)[:-missing], encoding, 10_000)


BOMB = bytes(30_000_000)


@pytest.mark.parametrize(
    ("sent", "encoding"),
    [
        (gzip.compress(BOMB, mtime=0), "gzip"),
        (zlib.compress(BOMB), "deflate"),
        (brotli.compress(BOMB, quality=1), "br"),
        (zstd(BOMB), "zstd"),
        (gzip.compress(gzip.compress(BOMB, mtime=0), mtime=0), "gzip, gzip"),
        (gzip.compress(bytes(9000), mtime=0) * 2, "gzip"),
    ],
)
def test_a_bomb_is_stopped_early(sent: bytes, encoding: str) -> None:
    tracemalloc.start()
    with pytest.raises(CannotDecode, match="larger than 10,000 bytes once decompressed"):
        decode(sent, encoding, 10_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000


def test_a_body_of_just_the_limit_is_allowed() -> None:
    for encoding, pack in PACKERS.items():
        assert len(decode(pack(bytes(10_000)), encoding, 10_000)) == 10_000


@given(st.binary(max_size=200), st.sampled_from([*PACKERS, "gzip, deflate", "br, zstd", "", "x"]))
def test_junk_is_refused_never_an_accident(junk: bytes, encoding: str) -> None:
    try:
        assert len(decode(junk, encoding, 1000)) <= 1000
    except CannotDecode as error:
        assert str(error)


@given(st.binary(max_size=300), st.sampled_from(list(PACKERS)), st.data())
def test_a_damaged_stream_is_refused_never_an_accident(body: bytes, encoding: str, data: st.DataObject) -> None:
    sent = bytearray(PACKERS[encoding](body))
    place = data.draw(st.integers(0, len(sent) - 1))
    sent[place] ^= data.draw(st.integers(1, 255))
    try:
        assert len(decode(bytes(sent), encoding, 1000)) <= 1000
    except CannotDecode as error:
        assert str(error)
