"""Brings an address into the form that is sent over the wire.

In: an address as a feed, a page or a redirect wrote it. Out: the same in ASCII, or `NotAskable`, a sentence.
"""

import re
from urllib.parse import quote, urlsplit

from yarl import URL

LONGEST = 8192
"""Characters of an address; servers refuse longer ones (414), and junk in a feed may be megabytes."""
SHOWN = 120
"""Characters of an address in a message."""
DEFAULT_PORTS = {"http": 80, "https": 443}
# What RFC 3986 allows in a path and a query, and "%": an escape that is there already is left as it was written.
_PATH = "/%:@!$&'()*+,;=~[]|^"
_QUERY = _PATH + "?"
_NO_HOST = re.compile(r"[\s/\\<>^`{|}%\"\x00-\x20\x7f]")
_CREDENTIALS = re.compile(r"//[^/?#]*@")
_DOT = re.compile(r"\.|%2e", re.IGNORECASE)


class NotAskable(ValueError):
    """No request can be made of this address; the message is a sentence."""


def wire_address(url: str) -> str:
    """An address as it is asked for: host in lower case and punycode, no fragment, no dot segments, all in ASCII.

    Nothing that a server could tell apart is changed otherwise. Raises NotAskable, also for an address with a user name
    or password: credentials are never sent, and leaving them out silently would ask for another page than was meant.

    >>> wire_address("HTTP://Example.ORG:80/a/../café?q=1 2#top")
    'http://example.org/caf%C3%A9?q=1%202'
    >>> wire_address("https://bücher.example")
    'https://xn--bcher-kva.example/'
    """
    if len(url) > LONGEST:
        raise NotAskable(f"{_shown(url)} is an address of {len(url):,} characters; at most {LONGEST:,} are asked for")
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").removesuffix(".")
    except ValueError as error:
        raise NotAskable(f"{_shown(url)} is not an address ({error})") from None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not host:
        raise NotAskable(f"{_shown(url)} is not an http or https address")
    if "@" in parts.netloc:
        raise NotAskable(
            f"{_shown(url)} was given with a user name or password, which copydesk never sends; "
            "take them out of the address"
        )
    place = _host(host, url) + (f":{port}" if port not in (None, DEFAULT_PORTS[scheme]) else "")
    query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    return f"{scheme}://{place}{_without_dots(quote(parts.path, safe=_PATH))}{query}"


def origin_of(url: str) -> str:
    """Scheme, host and port of an address in wire form.

    >>> origin_of("http://example.org:8080/a?b")
    'http://example.org:8080'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def host_of(url: str) -> str:
    """The host of an address, in lower case; empty when there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _host(host: str, url: str) -> str:
    wire = host.lower()
    try:
        if not host.isascii():
            wire = URL.build(scheme="http", host=host).raw_host or ""
    except ValueError:
        wire = ""
    # yarl refuses underscores in a plain name, which hosts in use do have.
    if not wire or (_NO_HOST.search(wire + host) and ":" not in host):
        raise NotAskable(f"{_shown(url)} is not an address ({_shown(host)} is no host)")
    return f"[{wire}]" if ":" in host else wire


def _without_dots(path: str) -> str:
    """The path without `.` and `..`, also written `%2e`: robots.txt is asked about the path that is meant."""
    if "." not in path and "%2" not in path:
        return path or "/"
    kept: list[str] = []
    segments = path.removeprefix("/").split("/")
    for number, segment in enumerate(segments):
        plain = _DOT.sub(".", segment)
        if plain in (".", ".."):
            if plain == "..":
                kept = kept[:-1]
            if number == len(segments) - 1:
                kept.append("")
        else:
            kept.append(segment)
    return "/" + "/".join(kept)


def _shown(text: str) -> str:
    """An address as a message shows it: in one line, not too long, without password."""
    plain = "".join(mark if mark.isprintable() else "\ufffd" for mark in _CREDENTIALS.sub("//", text[:LONGEST]))
    return (f"{plain[:SHOWN]}\u2026" if len(plain) > SHOWN else plain) or "an empty text"
