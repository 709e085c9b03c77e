"""Reads the directives of X-Robots-Tag headers and robots meta elements.

In: their values. Out: the directives one by one, those that are meant for us.
"""

import re
from collections.abc import Iterable, Iterator

# Directives that have a colon of their own; any other word before a colon is a crawler's name.
_WITH_VALUE = frozenset(("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"))
_NAMED = re.compile(r"\s*([A-Za-z*][\w.*-]*)\s*:(?!//)\s*(.*)", re.DOTALL)
_UNFINISHED_DATE = re.compile(r"unavailable_after\s*:\s*[A-Za-z]{3,9}", re.IGNORECASE)


def directives(values: Iterable[str]) -> Iterator[str]:
    """The directives of a robots statement, one by one. A date after `unavailable_after` may hold a comma.

    >>> list(directives(["noindex, unavailable_after: Sat, 25 May 2024 15:00:00 GMT"]))
    ['noindex', 'unavailable_after: Sat, 25 May 2024 15:00:00 GMT']
    """
    for value in values:
        pending = ""
        for part in value.split(","):
            part = f"{pending}, {part.strip()}" if pending else " ".join(part.split())
            pending = part if _UNFINISHED_DATE.fullmatch(part) else ""
            if part and not pending:
                yield part
        if pending:
            yield pending


def directives_for(values: Iterable[str], product: str) -> Iterator[str]:
    """The directives that are meant for every crawler or for us; those before a crawler's name are for all.

    >>> list(directives_for(["noarchive, otherbot: noindex, nofollow", "copydesk: noai"], "copydesk"))
    ['noarchive', 'noai']
    """
    for value in values:
        is_ours = True
        for directive in directives([value]):
            named = _NAMED.fullmatch(directive)
            if named and named[1].lower() not in _WITH_VALUE:
                is_ours = named[1].lower() in ("*", product.lower())
                directive = named[2]
            if is_ours and directive:
                yield directive
