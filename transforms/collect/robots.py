"""Reads a robots.txt by RFC 9309.

In: the answer to the request for /robots.txt. Out: `Robots`, which tells for an address whether we may ask for it.
"""

from dataclasses import dataclass

from protego import Protego

PARSED_BYTES = 500 * 1024
"""RFC 9309, 2.5: a crawler reads at least 500 KiB; what lies beyond is ignored."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for one product token; `rules` is None when the host has no robots.txt.

    `usage` is the file again where it has Content-Usage lines (IETF AIPREF), which the parser passes over.
    """

    product: str
    rules: Protego | None
    usage: bytes = b""

    def verdict(self, url: str) -> str:
        """`no_robots`, `allowed` or `forbidden`."""
        if self.rules is None:
            return "no_robots"
        return "allowed" if self.rules.can_fetch(url, self.product) else "forbidden"

    @property
    def pause_seconds(self) -> float:
        """The Crawl-delay asked of us in seconds; 0 when there is none."""
        delay = self.rules.crawl_delay(self.product) if self.rules else None
        return float(delay or 0)


def read_robots(status: int, body: bytes, product: str) -> Robots | None:
    """The rules an answer gives, or None when it forbids everything because the server fails.

    4xx means that there is no robots.txt (RFC 9309, 2.3.1.3), but 429 asks us to hold back, so it counts as a failure;
    so does every 5xx (2.3.1.4).
    """
    if status == 429 or status >= 500:
        return None
    if not 200 <= status < 300:
        return Robots(product, None)
    text = body[:PARSED_BYTES].decode("utf-8-sig", errors="replace")
    if len(body) > PARSED_BYTES:
        text = text[: text.rfind("\n") + 1]  # half a line is not a rule
    usage = text.encode() if "content-usage" in text.lower() else b""
    return Robots(product, Protego.parse(text), usage)
