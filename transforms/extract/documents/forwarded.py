"""The message inside a message that somebody sent on: where it begins, and what its headers said.

In: the plain text of a message. Out: the text of the inner message, and `Inner`. The words that programs use are data,
in `all_languages/email.yaml`.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_LINE = re.compile(r"^[ \t>*]*([^\n:]{1,20}?)\*?[ \t]*:\*?[ \t]*([^\n]*)$")
_MOST_HEADERS = 12


@dataclass(frozen=True, slots=True)
class Inner:
    """What the forwarded message said of itself; `removed` are the stretches around its headers."""

    sender: str = ""
    date: str = ""
    subject: str = ""
    removed: tuple[str, ...] = ()


def take_out_forwarding(text: str, *, is_forward: bool) -> tuple[str, Inner | None]:
    """The text of the message that was sent on, and its headers; the text itself when none was.

    A line that says "Original Message" may as well stand above what is answered: only the subject tells.
    """
    opening = _opening().search(text)
    if not opening or not (is_forward or not text[: opening.start()].strip()):
        return text, None
    lines = text[opening.end() :].lstrip("\n").split("\n")
    values: dict[str, str] = {}
    taken = 0
    for line in lines[:_MOST_HEADERS]:
        match = _LINE.match(line)
        name = _header_names().get(match[1].strip().casefold()) if match else None
        if name and match:
            values.setdefault(name, match[2].strip())
        elif line.strip() or (values and taken):
            break
        taken += 1
    if len(values) < 2:
        return text, None
    before, headers = text[: opening.start()].strip(), "\n".join(lines[:taken]).strip()
    removed = tuple(part for part in (before, f"{opening[0].strip()}\n{headers}") if part)
    body = "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines[taken:])
    return body, Inner(values.get("from", ""), values.get("date", ""), values.get("subject", ""), removed)


def strip_prefixes(subject: str | None) -> str | None:
    """A subject without "Fwd:", "WG:" and the like, and without the name of a list in brackets.

    >>> strip_prefixes("Fwd: [harbour-news] Cranes stand still")
    'Cranes stand still'
    """
    if not subject:
        return None
    return _prefixes().sub("", subject).strip() or subject


def names_no_person(name: str) -> bool:
    """Whether the name of a sender is that of an office or a letter.

    >>> names_no_person("Harbour Letter"), names_no_person("Ana Ruiz")
    (True, False)
    """
    return not _office_words().isdisjoint(re.findall(r"\w+", name.casefold()))


@cache
def _office_words() -> frozenset[str]:
    return frozenset(word for line in _words()["not_people"] for word in line)


@cache
def _words() -> dict[str, Any]:
    file = files("transforms.extract") / "all_languages" / "email.yaml"
    words: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return words


@cache
def _opening() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_words()["forwarded"], key=len, reverse=True))
    return re.compile(rf"^[ \t>]*(?:-{{2,}}[ \t]*)?(?:{words})[ \t]*:?[ \t]*(?:-{{2,}})?[ \t]*$", re.I | re.M)


@cache
def _header_names() -> dict[str, str]:
    return {written.casefold(): name for name, all_of in _words()["headers"].items() for written in all_of}


@cache
def _prefixes() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _words()["subject_prefixes"]))
    return re.compile(rf"^(?:\s*(?:(?:{words})(?:\[\d+\])?\s*:|\[[^\[\]]{{1,40}}\](?=\s*\S)))+\s*", re.I)
