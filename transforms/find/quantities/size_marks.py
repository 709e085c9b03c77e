"""Marks that are feet and inches beside a word of size, and quotation marks elsewhere: 30' long, 6'2", 12' x 8'.

In: tokens and the mark behind a number. Out: the unit, the token after it and its first token.
"""

from transforms.find.quantities.lexicon import Lexicon
from transforms.find.quantities.tokens import Tokens
from transforms.find.quantities.units import Unit

REACH = 6
"""Words between "altitude" and its number at most: "a height of only about 30'"."""
TALLEST = 9
"""Feet of the tallest who is measured as 6'2"."""
QUOTED = 24
"""Tokens in which a quotation that closes behind a number may have begun."""


def size_mark(tokens: Tokens, at: int, words: Lexicon) -> tuple[Unit, int, int] | None:
    """The unit a mark at a token stands for; None when the mark is none of the kind or closes a quotation."""
    unit = words.size_marks.get(tokens.low[at])
    if unit is None:
        return None
    fits = tokens.low[at + 1] in words.lists["sizes"] or (
        tokens.glued(at)
        and (
            is_height(tokens, at, words)
            or _by_another(tokens, at, words)
            or (_told_by_size(tokens, at - 1, words) and not _closes_quote(tokens, at))
        )
    )
    return (unit, at + 1, at) if fits else None


def is_height(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """Whether a mark parts the feet from the inches: 6'2, 5'11"; the number of inches is below a foot."""
    feet, inches = tokens.raw[at - 1], tokens.raw[at + 1]
    smaller = words.second_units.get(words.size_marks[tokens.low[at]].name) if at and tokens.low[at] else None
    if smaller is None or not (tokens.kinds[at + 1] == "n" and tokens.same_line(at + 1)):
        return False
    near = tokens.glued(at + 1) or tokens.low[at + 2] in smaller.marks
    small = feet.isdigit() and inches.isdigit() and len(feet) < 2 and len(inches) < 3
    return small and near and 0 < int(feet) <= TALLEST and int(inches) < smaller.parts


def _told_by_size(tokens: Tokens, number: int, words: Lexicon) -> bool:
    """An altitude of 30'; a depth of about 12'."""
    for place in range(number - 1, number - REACH, -1):
        if tokens.kinds[place] != "w" or not tokens.same_line(place + 1):
            return False
        if tokens.low[place] in words.lists["size_nouns"]:
            return True
    return False


def _by_another(tokens: Tokens, at: int, words: Lexicon) -> bool:
    """A 12' x 8' shed."""
    mark = tokens.low[at]
    after = tokens.low[at + 1] in words.lists["size_joints"] and tokens.low[at + 3] == mark
    before = tokens.low[at - 2] in words.lists["size_joints"] and tokens.low[at - 3] == mark
    return after or before


def _closes_quote(tokens: Tokens, at: int) -> bool:
    """Whether the same mark opened a quotation before: 'an altitude of 30' he wrote."""
    mark = tokens.low[at]
    opening = {"’": "‘", "”": "“"}.get(mark, mark)
    for place in range(at - 1, max(at - QUOTED, 0), -1):
        if not tokens.same_line(place + 1):
            return False
        if tokens.low[place] == opening and tokens.glued(place + 1) and not tokens.glued(place):
            return True
    return False
