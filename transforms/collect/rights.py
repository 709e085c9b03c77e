"""What a publisher says about mining and indexing a page.

In: headers, a site's tdmrep.json, the meta elements of a page. Out: `Rights`. What is malformed counts as not said
(TDMRep, W3C Community Group report of May 2024), and nothing here raises.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from transforms.collect.robots_tag import directives, directives_for
from transforms.collect.robots_usage import usage_in_robots
from transforms.collect.tdmrep import path_of, stated_in_file
from transforms.outcome import Reason, Reject

TDMREP_PATH = "/.well-known/tdmrep.json"
"""Where a site says what it reserves, asked for once a day."""

_LONGEST = 1000
_RESERVED = {"1": True, "0": False}
_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:\"[^\"]*\"|[^\s,;\"]+))*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s,;\"]+))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rights:
    """The signals as stated; None where nothing is said.

    `tdm_reservation` and `tdm_policy` are those of TDMRep (W3C Community Group, 2024), `content_usage` is the value of
    the Content-Usage header (IETF AIPREF), `robots_tag` of X-Robots-Tag and `<meta name="robots">`, `license` the
    address of a `rel="license"` link. `tdm_stated_in` is where the reservation was read: `header`, `tdmrep.json` or
    `meta`.
    """

    tdm_reservation: bool | None = None
    tdm_policy: str | None = None
    content_usage: str | None = None
    robots_tag: str | None = None
    license: str | None = None
    tdm_stated_in: str | None = field(default=None, compare=False)


UNSTATED = Rights()
"""Of somebody who says nothing."""


def header_rights(headers: Iterable[tuple[str, str]], url: str | None = None, *, product: str = "copydesk") -> Rights:
    """What the headers of an answer say. `url` makes a relative policy absolute, `product` is our robots token.

    >>> header_rights([("TDM-Reservation", "1"), ("X-Robots-Tag", "otherbot: noindex"), ("X-Robots-Tag", "noarchive")])
    Rights(tdm_reservation=True, tdm_policy=None, content_usage=None, robots_tag='noarchive', license=None, \
tdm_stated_in='header')
    """
    said: dict[str, list[str]] = {}
    for name, value in headers:
        said.setdefault(name.strip().lower(), []).append(value.strip())
    reservation = _reservation(said.get("tdm-reservation", ()))
    return Rights(
        tdm_reservation=reservation,
        tdm_policy=_first_address(said.get("tdm-policy", ()), url),
        content_usage=_joined(said.get("content-usage", ())),
        robots_tag=_joined(directives_for(said.get("x-robots-tag", ()), product)),
        license=_first_address(_linked_licenses(said.get("link", ())), url),
        tdm_stated_in=None if reservation is None else "header",
    )


def tdmrep_rights(body: bytes, path: str, url: str | None = None) -> Rights:
    """What a site's /.well-known/tdmrep.json says about a path (with its query): the first location that fits decides.

    A location is a pattern as in robots.txt: it fits what begins so, `*` stands for anything, `$` for the end. `path`
    may be a whole address. A file that is no JSON says nothing.
    """
    if "://" in path:
        url = url or path
        path = path_of(path)
    stated = stated_in_file(body, path or "/")
    if stated is None:
        return UNSTATED
    reservation = _reservation(stated[:1])
    policy = _first_address(stated[1:], url)
    return Rights(reservation, policy, tdm_stated_in=None if reservation is None else "tdmrep.json")


def robots_rights(body: bytes, path: str, *, product: str = "copydesk") -> Rights:
    """What a site's robots.txt says about the use of a path (with its query): its `Content-Usage` lines."""
    return Rights(
        content_usage=_joined([usage_in_robots(body, path_of(path) if "://" in path else path, product) or ""])
    )


def page_rights(
    meta: Mapping[str, Sequence[str]],
    licenses: Iterable[str] = (),
    url: str | None = None,
    *,
    product: str = "copydesk",
) -> Rights:
    """What a page says of itself.

    Args:
        meta: the contents of its meta elements by name, in lower case.
        licenses: addresses in `rel="license"` links and structured data, best first.
        url: the page's address, which makes relative ones absolute.
        product: our robots token: `<meta name="copydesk">` is meant for us as `<meta name="robots">` is.
    """
    reservation = _reservation(meta.get("tdm-reservation", ()))
    return Rights(
        tdm_reservation=reservation,
        tdm_policy=_first_address(meta.get("tdm-policy", ()), url),
        content_usage=_joined(meta.get("content-usage", ())),
        robots_tag=_joined(directives((*meta.get("robots", ()), *meta.get(product, ())))),
        license=_first_address(licenses, url),
        tdm_stated_in=None if reservation is None else "meta",
    )


def merged(*rights: Rights) -> Rights:
    """One statement of several, the more specific first: page, header, site. What one does not say the next may.

    A policy belongs to a reservation; where the deciding statement says that nothing is reserved, the policy of a less
    specific one does not count (TDMRep, 2.1 and 3.5). Robots directives add up.
    """
    decides = next((item for item in rights if item.tdm_reservation is not None), UNSTATED)
    policies = [decides] if decides.tdm_reservation is False else rights
    return Rights(
        tdm_reservation=decides.tdm_reservation,
        tdm_policy=next((item.tdm_policy for item in policies if item.tdm_policy), None),
        content_usage=next((item.content_usage for item in rights if item.content_usage), None),
        robots_tag=_joined(directives(item.robots_tag for item in rights if item.robots_tag)),
        license=next((item.license for item in rights if item.license), None),
        tdm_stated_in=decides.tdm_stated_in,
    )


def reserved_reject(rights: Rights, url: str) -> Reject | None:
    """Why a page stays out of the lake although it could be read: its publisher reserves text and data mining."""
    if not rights.tdm_reservation:
        return None
    host = (_host_of(url) or url).removeprefix("www.")
    where = {
        "header": "in the header tdm-reservation",
        "tdmrep.json": f"in {TDMREP_PATH}",
        "meta": 'in <meta name="tdm-reservation"> of the page',
    }.get(rights.tdm_stated_in or "", "by TDMRep")
    policy = f"; its policy is {rights.tdm_policy}" if rights.tdm_policy else ""
    return Reject(
        "collect",
        Reason.TDM_RESERVED,
        f"{host} reserves text and data mining {where}{policy}. Ask the publisher; when you have an agreement, write "
        "`respect_tdm: false` in the source's file, and `copydesk reprocess` takes in what was kept out",
    )


def _reservation(values: Iterable[str]) -> bool | None:
    """1 or 0; of several that contradict each other the reservation counts."""
    read = {_RESERVED[value.strip()] for value in values if value.strip() in _RESERVED}
    return any(read) if read else None


def _first_address(values: Iterable[str], base: str | None) -> str | None:
    return next((address for value in values if (address := _address(value, base))), None)


def _address(value: str, base: str | None) -> str | None:
    """An http(s) address, or a path on the site when the site is not known."""
    value = value.strip().strip("<>\"'")
    if not value or len(value) > _LONGEST * 2 or any(character.isspace() for character in value):
        return None
    try:
        address = urljoin(base, value) if base and base.startswith("http") else value
        parts = urlsplit(address)
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and bool(parts.netloc)
    return address if is_web or (address.startswith("/") and not parts.netloc) else None


def _joined(values: Iterable[str]) -> str | None:
    return ", ".join(dict.fromkeys(value for value in values if value))[:_LONGEST] or None


def _linked_licenses(values: Iterable[str]) -> Iterator[str]:
    """Targets of `Link: <…>; rel="license"` (RFC 8288)."""
    for value in values:
        for link in _LINK.finditer(value[: _LONGEST * 8]):
            relations = _REL.search(link[2])
            if relations and "license" in (relations[1] or relations[2] or "").lower().split():
                yield link[1]


def _host_of(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
