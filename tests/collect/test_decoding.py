"""Content-Encodings are undone within a limit."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.collect.decoding import CannotDecode, decode

BODY = b"<p>Seven boats left the harbour.</p>" * 50


def bare_deflate(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(body) + stream.flush()


@pytest.mark.parametrize(
    ("sent", "encoding"),
    [
        (BODY, None),
        (BODY, "identity"),
        (gzip.compress(BODY), "gzip"),
        (gzip.compress(BODY), " X-GZIP "),
        (gzip.compress(BODY[:100]) + gzip.compress(BODY[100:]), "gzip"),
        (gzip.compress(BODY) + b"\0\0\0\0", "gzip"),
        (zlib.compress(BODY), "deflate"),
        (bare_deflate(BODY), "deflate"),
        (gzip.compress(zlib.compress(BODY)), "deflate, gzip"),
    ],
)
def test_the_bytes_meant(sent: bytes, encoding: str | None) -> None:
    assert decode(sent, encoding, len(BODY)) == BODY


@pytest.mark.parametrize(
    ("sent", "encoding", "problem"),
    [
        (gzip.compress(BODY)[:-9], "gzip", "ends too early"),
        (b"<html>", "gzip", "damaged"),
        (gzip.compress(bytes(50_000_000)), "gzip", "larger than 10,000 bytes"),
        (b"x", "br", "not one we asked for"),
    ],
)
def test_what_cannot_be_decoded(sent: bytes, encoding: str, problem: str) -> None:
    with pytest.raises(CannotDecode, match=problem):
        decode(sent, encoding, 10_000)


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", "gzip, deflate", "", "x"]))
def test_junk_is_refused_never_an_accident(junk: bytes, encoding: str) -> None:
    try:
        assert len(decode(junk, encoding, 1000)) <= 1000
    except CannotDecode as error:
        assert str(error)
