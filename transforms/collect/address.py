"""One form for one page: what the discovery state and the listings know an address by.

In: an address as somebody wrote it. Out: the same address in one form. Nothing is changed that a server may answer
differently for, but for the parameters of `tracking.csv`, which say where a reader came from and not what he reads.
"""

import csv
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import SplitResult, unquote_plus, urlsplit, urlunsplit

import idna

_PORTS = {"http": 80, "https": 443}
_CONTROLS = dict.fromkeys((*range(32), 127))
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# What RFC 3986 allows in a path and a query; everything else is escaped, as a browser does before it asks.
_NOT_IN_PATH = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]")
_NOT_IN_QUERY = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%\[\]|]")
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tracker:
    """A query parameter that says nothing about the page: its name (`*` ends a prefix) and, if need be, its values."""

    name: str
    value: re.Pattern[str] | None
    example: str
    answer: str

    def covers(self, name: str, value: str) -> bool:
        """Whether this parameter is one."""
        same = name.startswith(self.name[:-1]) if self.name.endswith("*") else name == self.name
        return same and (self.value is None or self.value.fullmatch(value) is not None)


def normalised(url: str) -> str:
    """The one form of a web address; of anything else, the same without space around it. Normalising twice is once.

    Scheme and host are lower case, the host in punycode; default port, fragment, dot segments, session ids and tracking
    parameters are gone; escapes are in their one form. The order of parameters stays, and so do `www.`, `http:` and a
    slash at the end: servers may tell them apart.

    >>> normalised("HTTPS://News.Example.org:443/a/../%62?utm_source=x&id=7#top")
    'https://news.example.org/b?id=7'
    """
    url = url.strip().translate(_CONTROLS).strip()
    try:
        parts = urlsplit(_forward_slashes(url))
        host = _host(parts)
    except ValueError:  # such as an unfinished IPv6 address or a port of letters
        return url
    if parts.scheme not in _PORTS or not host:
        return url
    return urlunsplit((parts.scheme, host, normalised_path(parts.path), _query(parts.query), ""))


def normalised_path(path: str) -> str:
    """The one form of a path: escapes mended, dot segments and session ids gone.

    >>> normalised_path("/a/./b/../%7Ec;jsessionid=1F")
    '/a/~c'
    """
    path = _SESSION.sub("", escapes_mended(path))
    return _without_dots(_escaped(_NOT_IN_PATH, path)) if path else "/"


def escapes_mended(text: str) -> str:
    """Percent escapes in capitals, those of plain letters undone (RFC 3986, 6.2.2), and a lone `%` escaped.

    >>> escapes_mended("%7euser/%c3%a9/50%")
    '~user/%C3%A9/50%25'
    """
    return _ESCAPE.sub(_mend, text)


@cache
def trackers() -> tuple[Tracker, ...]:
    """The parameters that are dropped, from `tracking.csv`."""
    with (files("transforms.collect") / "tracking.csv").open(encoding="utf-8") as lines:
        return tuple(
            Tracker(
                row["parameter"],
                re.compile(row["value"], re.IGNORECASE) if row["value"] else None,
                row["example"],
                row["answer"],
            )
            for row in csv.DictReader(lines)
        )


@cache
def _trackers_by_start() -> dict[str, list[Tracker]]:
    found: dict[str, list[Tracker]] = {}
    for tracker in trackers():
        found.setdefault(tracker.name[:1], []).append(tracker)
    return found


def _forward_slashes(url: str) -> str:
    """Browsers read a backslash before the query as a slash."""
    end = next((place for place, character in enumerate(url) if character in "?#"), len(url))
    return url[:end].replace("\\", "/") + url[end:]


def _host(parts: SplitResult) -> str:
    user, at, _ = parts.netloc.rpartition("@")
    name = (parts.hostname or "").rstrip(".")
    if ":" in name:
        name = f"[{name}]"
    elif not name.isascii():
        with suppress(idna.IDNAError, UnicodeError):  # what is no name of a host stays as it is
            name = idna.encode(name, uts46=True).decode().rstrip(".")
    port = parts.port
    return f"{user}{at}{name}" + (f":{port}" if name and port not in (None, _PORTS.get(parts.scheme)) else "")


def _mend(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return "%25"
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def _escaped(forbidden: re.Pattern[str], text: str) -> str:
    return forbidden.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), text)


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    ends_in_folder = segments[-1] in (".", "..")
    return "/" + "/".join(kept) + ("/" if ends_in_folder and kept else "")


def _query(query: str) -> str:
    parts = [_escaped(_NOT_IN_QUERY, escapes_mended(part)) for part in query.split("&") if part]
    return "&".join(part for part in parts if not _is_tracking(part))


def _is_tracking(part: str) -> bool:
    name, _, value = part.partition("=")
    name = unquote_plus(name).lower()
    return any(tracker.covers(name, unquote_plus(value)) for tracker in _trackers_by_start().get(name[:1], ()))
