"""Words of a text for the date rules: a text and a language's notation come in, `Token`s with exact offsets go out.

A number is one token with all that is glued to it ("7:15", "2018-19", "1/1/2015", "2nd", "1990s"), so that each is
judged as a whole and a line of digits and commas is one token, read once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

SAME_MARK = {"’": "'", "‘": "'", "–": "-", "‑": "-", "‐": "-"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark; `lower` is its folded form, `kind` the alternative of `token_pattern` that made it."""

    start: int
    end: int
    text: str
    lower: str
    kind: str


def token_pattern(ordinals: Iterable[str], decades: Iterable[str], half_days: Iterable[str]) -> re.Pattern[str]:
    """What a token is in a language that writes ordinals and decades with these endings, and these words with stops."""
    return re.compile(
        rf"(?P<decade>['’‘]?\d{{2}}(?:\d0)?['’]?(?:{_any(decades)})\b)"
        rf"|(?P<ordinal>\d{{1,4}}(?:{_any(ordinals)})\b)"
        r"|(?P<number>\d+(?:[,.:/–-]\d+)*)"
        rf"|(?P<halfday>(?:{_any(half_days)})\b\.?)"
        r"|(?P<word>[^\W\d_]{4,}\d\w*|[^\W\d_]+)"
        r"|(?P<mark>[^\w\s])",
        re.IGNORECASE,
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words)) or r"(?!)"


def tokens_of(text: str, pattern: re.Pattern[str], abbreviations: frozenset[str]) -> list[Token]:
    """All tokens of a text, in order. A full stop after an abbreviation belongs to it: "Nov." is one token."""
    tokens: list[Token] = []
    for match in pattern.finditer(text):
        kind = match.lastgroup or "mark"
        start, end = match.span()
        word = match.group()
        lower = word.lower()
        if kind == "halfday":
            lower = lower.rstrip(".")
        elif kind == "mark":
            lower = SAME_MARK.get(word, word)
            if word == "." and tokens and tokens[-1].end == start and tokens[-1].lower in abbreviations:
                before = tokens[-1]
                tokens[-1] = Token(before.start, end, text[before.start : end], before.lower, before.kind)
                continue
        tokens.append(Token(start, end, word, lower, kind))
    return tokens
