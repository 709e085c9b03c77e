"""What passes between the HTTP client, the archive and whoever wants a page.

In: nothing. Out: `Errand`, what is wanted; `Exchange`, one request and what came back.
"""

from dataclasses import dataclass, replace

from transforms.collect.decoding import CannotDecode, decode
from transforms.collect.wire import host_of

Headers = tuple[tuple[str, str], ...]

EVERY_HOST = frozenset({"*"})
"""For `Errand.private`: every host may have a private address."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What the last good answer said of its state, to ask whether it changed. `url` is the address that gave them."""

    url: str
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Errand:
    """One page that is wanted.

    `asked` is the address as it was found, `private` the hosts that may have a private address. `role` is what a good
    answer is archived as; without it a feed is told from a page by its content. `pause_seconds` is the source's own
    pause, which stands in for the one of the settings. With `validators` the answer may be `Unchanged`.
    """

    asked: str
    source: str
    private: frozenset[str] = frozenset()
    role: str | None = None
    pause_seconds: float | None = None
    validators: Validators | None = None

    def may_be_private(self, url: str) -> bool:
        """Whether an address on the way may lie in a private network."""
        return bool(self.private & EVERY_HOST) or host_of(url) in self.private


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response, whole or cut off.

    `asked` is where the chain of redirects began, `url` what was asked here. `sent` is the body as it came over the
    wire (without chunking), `body` the same without its Content-Encoding; None when it could not be decoded, and
    `undecodable` says why. `truncated` is the WARC word for a body that was cut: `length`, `time` or `disconnect`.
    """

    url: str
    asked: str
    request_headers: Headers
    protocol: str
    status: int
    phrase: str
    headers: Headers
    sent: bytes
    body: bytes | None
    undecodable: str | None = None
    truncated: str | None = None
    address: str | None = None
    robots_verdict: str | None = None

    def header(self, name: str) -> str | None:
        """The first value of a response header, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def decoded(self, limit: int) -> "Exchange":
        """The same with the body's Content-Encoding undone, at most `limit` bytes of it, or why it cannot be."""
        # Several lines of a header are one list (RFC 9110, 5.3).
        encoding = ",".join(value for key, value in self.headers if key.lower() == "content-encoding")
        try:
            return replace(self, body=decode(self.sent, encoding, limit) if encoding else self.sent)
        except CannotDecode as error:
            return replace(self, body=None, undecodable=str(error))

    @property
    def is_conditional(self) -> bool:
        """Whether the request asked for a page only if it had changed."""
        return any(key.lower() in ("if-none-match", "if-modified-since") for key, _ in self.request_headers)

    @property
    def media_type(self) -> str:
        """What Content-Type says, without parameters and in lower case; "application/octet-stream" without one."""
        return (self.header("content-type") or "").split(";")[0].strip().lower() or "application/octet-stream"

    @property
    def charset(self) -> str | None:
        """The charset parameter of Content-Type."""
        for part in (self.header("content-type") or "").split(";")[1:]:
            key, _, value = part.partition("=")
            if key.strip().lower() == "charset" and value.strip(" \t\"'"):
                return value.strip(" \t\"'").lower()
        return None

    @property
    def content(self) -> bytes:
        """The bytes that later stages read and `raw_sha256` names: the decoded body, else the body as sent."""
        return self.sent if self.body is None else self.body
