"""Reads marked stories for the tests here: `[surface|key]` in, the plain text and the span of each key out."""

import re
from collections.abc import Callable

import pytest

from transforms.find.mentions import Mention

_MARK = re.compile(r"\[([^\]|]+)\|([^\]]+)\]")

type Named = tuple[int, int, str]


def plain_story(marked: str) -> tuple[str, list[Named]]:
    """The text without marks, and start, end and key of each marked name.

    >>> plain_story("[Ana Ruiz|ana] left.")
    ('Ana Ruiz left.', [(0, 8, 'ana')])
    """
    text, names, last = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        names.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        last = match.end()
    return text + marked[last:], names


def labelled_story(marked: str) -> tuple[str, list[Mention]]:
    """The text of a story whose marks are `[surface|LABEL]`, and its mentions."""
    text, names = plain_story(marked)
    return text, [_mention(text, *name) for name in names]


def _mention(text: str, start: int, end: int, mark: str) -> Mention:
    label, _, country = mark.partition("=")
    if not country:
        return Mention(start, end, text[start:end], label, rule="model:X")
    kind = "country" if label in {"LOC", "NORP"} else None
    return Mention(
        start, end, text[start:end], label, f"geonames:{country}", country, country_code=country, place_kind=kind
    )


@pytest.fixture(scope="session")
def unmarked() -> Callable[[str], tuple[str, list[Named]]]:
    """`plain_story`, for tests."""
    return plain_story


@pytest.fixture(scope="session")
def labelled() -> Callable[[str], tuple[str, list[Mention]]]:
    """`labelled_story`, for tests."""
    return labelled_story
