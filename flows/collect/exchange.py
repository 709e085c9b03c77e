"""What passes between the HTTP client and the archive: one request and what came back.

In: nothing. Out: `Exchange`.
"""

from dataclasses import dataclass

Headers = tuple[tuple[str, str], ...]


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
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

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
