"""Reads /.well-known/tdmrep.json (TDMRep, W3C Community Group report of May 2024, 2.2).

In: the file, and a path of its site. Out: what the first rule that fits the path states, as written.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from transforms.collect.path_patterns import fits


def stated_in_file(body: bytes, path: str) -> tuple[str, str] | None:
    """Reservation and policy that the file states for a path (with its query); None when no rule fits.

    >>> stated_in_file(b'[{"location": "/news/*", "tdm-reservation": 1}]', "/news/ferry")
    ('1', '')
    """
    for rule in _rules(body):
        if any(fits(location, path) for location in _locations(rule.get("location"))):
            return _plain(rule.get("tdm-reservation")), _plain(rule.get("tdm-policy"))
    return None


def path_of(url: str) -> str:
    """The path of an address with its query; of what is no address, the root."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "/"
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _rules(body: bytes) -> Iterator[Mapping[str, Any]]:
    try:
        rules = json.loads(body.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError):
        return
    # The report wants a list even of one rule; a site that forgot the brackets still means what it says.
    for rule in rules if isinstance(rules, list) else [rules]:
        if isinstance(rule, dict):
            yield rule


def _plain(value: object) -> str:
    """1, "1" and true are the same to those who write the file."""
    return str(int(value)) if isinstance(value, bool) else str(value) if isinstance(value, (str, int)) else ""


def _locations(value: object) -> Iterator[str]:
    for location in value if isinstance(value, list) else [value]:
        if isinstance(location, str):
            location = location.strip()
            location = path_of(location) if location.startswith(("http://", "https://")) else location
            yield location if location.startswith(("/", "*")) else f"/{location}"
