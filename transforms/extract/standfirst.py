"""The standfirst: the sentences under the headline that say what the story is about, which readers take for its start.

In: the lines of a page, its fields, the pieces that were read. Out: the pieces, the standfirst first. It is believed
only when the page's own description is the same sentence: what stands under a headline may as well be a kicker, a
caption or an offer.
"""

import re
from collections.abc import Iterator, Sequence

from transforms.extract.body import Piece
from transforms.extract.lines import Line, fold
from transforms.extract.structured import PageFields, plain

_CUT = re.compile(r"\s*(?:\.\.\.|…|\[…\]|\[\.\.\.\])$")
_FEWEST = 30
"""Letters and digits from which a description is a sentence rather than a slogan."""
_LONG = 60
"""Letters and digits of a paragraph by which it is known that the body has begun."""
_ELSEWHERE = frozenset(("nav", "footer", "aside", "figcaption", "figure"))


def with_standfirst(
    pieces: Sequence[Piece], lines: Sequence[Line], fields: PageFields, headline: str | None
) -> list[Piece]:
    """The pieces with the standfirst before them, if the page has one that was not read."""
    read = fold("".join(piece.text for piece in pieces))
    known = fold(headline or "")
    wanted = [text for text in _descriptions(fields) if text not in read and text not in known]
    if not wanted or not pieces:
        return list(pieces)
    opening = next((fold(piece.text) for piece in pieces if len(fold(piece.text)) > _LONG), None)
    for line in lines:
        if line.folded == opening:
            break
        if any(_is_same(line.folded, one) for one in wanted) and line.folded not in read and not _is_elsewhere(line):
            return [Piece("sentence", line.text), *pieces]
    return list(pieces)


def _descriptions(fields: PageFields) -> Iterator[str]:
    written = (
        plain(fields.article.get("description")),
        *(plain(value) for name in _NAMES for value in fields.meta.get(name, ())),
    )
    for text in dict.fromkeys(filter(None, written)):
        if len(folded := fold(_CUT.sub("", text))) >= _FEWEST:
            yield folded


_NAMES = ("og:description", "description", "twitter:description", "dcterms.abstract", "dc.description")


def _is_same(line: str, description: str) -> bool:
    """Whether a line is the description, which may be cut off but not by much."""
    return line == description or (
        len(description) > 2 * _FEWEST and line.startswith(description) and len(line) < 2 * len(description)
    )


def _is_elsewhere(line: Line) -> bool:
    return line.element.tag in _ELSEWHERE or any(above.tag in _ELSEWHERE for above in line.element.iterancestors())
