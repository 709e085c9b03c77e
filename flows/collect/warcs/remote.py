"""Opens large files that lie elsewhere, over HTTP or in S3, as streams.

In: an address. Out: the pages of the WARC file there, read as it comes; nothing of it is held but one record.
"""

import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

import pyarrow as pa
from pyarrow import fs

from flows.collect.client.stream import StreamFailed
from flows.collect.files.read_files import FileReader
from transforms.collect.page import Page, Refused
from transforms.outcome import Reason, Reject

ENDINGS = (".warc", ".warc.gz")
BUFFER_BYTES = 1 << 20
_CREDENTIALS = (
    *("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE"),
    *("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"),
)
Pieces = Callable[[str], Iterator[bytes]]
"""Fetches a web address politely, a piece at a time; may raise StreamFailed."""


def is_remote_warc(text: str) -> bool:
    """Whether a text is the address of a WARC file that is not on this machine.

    >>> is_remote_warc("https://example.org/a.warc.gz"), is_remote_warc("s3://b/a.warc"), is_remote_warc("a.warc")
    (True, True, False)
    """
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https", "s3") and parts.path.lower().endswith(ENDINGS)


def read_remote_warc(
    address: str, source: str | None, reader: FileReader, fetch: Pieces, environment: Mapping[str, str] = os.environ
) -> Iterator[Page | Refused]:
    """The pages of a WARC file at an http(s) or s3 address; one refusal when it cannot be had, or not to its end."""
    try:
        with open_remote(address, fetch, environment) as stream:
            yield from reader.read_stream(stream, address, source)
    except StreamFailed as error:
        yield reader.refuse(address, source, error.failure.reject)
    except (OSError, pa.ArrowException) as error:
        if getattr(error, "filename", None) or not _is_s3(address):
            raise
        yield reader.refuse(address, source, Reject("collect", Reason.NOT_FETCHED, _explain(address, error)))


def open_remote(address: str, fetch: Pieces, environment: Mapping[str, str] = os.environ) -> BinaryIO:
    """The bytes at an http(s) or s3 address as a stream that is read once, from the beginning.

    Buckets are asked with the credentials of the usual AWS_ variables or `~/.aws`, without any as anybody;
    AWS_ENDPOINT_URL names another store that speaks S3. Raises StreamFailed, OSError.
    """
    if _is_s3(address):
        parts = urlsplit(address)
        return cast(BinaryIO, io.BufferedReader(_open_s3(parts.netloc + parts.path, environment), BUFFER_BYTES))
    return cast(BinaryIO, io.BufferedReader(_Pieces(fetch(address)), BUFFER_BYTES))


def _is_s3(address: str) -> bool:
    return address[:3].lower() == "s3:"


def _open_s3(path: str, environment: Mapping[str, str]) -> Any:
    endpoint = urlsplit(environment.get("AWS_ENDPOINT_URL_S3") or environment.get("AWS_ENDPOINT_URL") or "")
    has_credentials = any(environment.get(name) for name in _CREDENTIALS) or _credentials_file(environment).exists()
    options: dict[str, Any] = {"anonymous": not has_credentials}
    if endpoint.netloc:
        options |= {"endpoint_override": endpoint.netloc, "scheme": endpoint.scheme}
    if region := environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION"):
        options["region"] = region
    elif endpoint.netloc:
        options["region"] = "us-east-1"  # asking for a bucket's region works at Amazon alone
    return _S3(fs.S3FileSystem(**options).open_input_stream(path))


def _credentials_file(environment: Mapping[str, str]) -> Path:
    return Path(environment.get("AWS_SHARED_CREDENTIALS_FILE") or "~/.aws/credentials").expanduser()


def _explain(address: str, error: Exception) -> str:
    what = " ".join(str(error).split())[:300]
    if address.startswith("s3://commoncrawl/"):
        web = f"https://data.commoncrawl.org{urlsplit(address).path}"
        return f"{address}: {what}. Common Crawl gives its bucket only to users of AWS; write {web}"
    cure = "check address and region (AWS_REGION); a private bucket asks for AWS_ACCESS_KEY_ID and its like"
    return f"{address}: {what}; {cure}"


class _Pieces(io.RawIOBase):
    """What an iterator of bytes gives, as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._waiting = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._waiting:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._waiting = memoryview(piece)
        size = min(len(buffer), len(self._waiting))
        buffer[:size], self._waiting = self._waiting[:size], self._waiting[size:]
        return size

    def close(self) -> None:
        if not self.closed:
            with closing(cast(Any, self._pieces)):  # ends the request
                super().close()


class _S3(io.RawIOBase):
    """A stream of pyarrow as one of Python."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()
