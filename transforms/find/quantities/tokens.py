"""A text as words, numbers and signs with their places: what every other module of the finder walks over.

In: the text and the prefixes that may be glued to a number ("RM120"). Out: `Tokens`, parallel lists, padded at both
ends with empty tokens, so that nobody has to ask whether there is a next word.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

PAD = 24
"""Empty tokens at each end: no rule looks farther than this."""
_NONE = [""] * PAD

SENTENCE_ENDS = frozenset({".", "!", "?", "…", "..."})
QUOTES = frozenset({"”", "’", "»", "'", ")"})
DASHES = frozenset({"-", "–", "—", "--", "―", "|"})
OPENERS = SENTENCE_ENDS | {":", "“", '"', "‘", "«", "„", "(", "[", "•", "*"}
"""Signs after which a capital says nothing: a sentence, a quotation or the story behind a dateline begins."""

VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"

# The repetitions are bounded: a line of a million digits and commas must not make the expression walk back.
_NUMBER = (
    r"(?:[0-9]{1,3}(?:THOUSANDS[0-9]{3}){1,7}(?![0-9])(?:DECIMAL[0-9]+)?"
    r"|[0-9]{1,2}(?:THOUSANDS[0-9]{2}){1,6}THOUSANDS[0-9]{3}(?![0-9])(?:DECIMAL[0-9]+)?"
    r"|[0-9]{1,3}(?:[\u00a0\u202f\u2009][0-9]{3}){1,7}(?![0-9])(?:DECIMAL[0-9]+)?"
    r"|(?<![0-9.,] )[0-9]{1,3}(?: [0-9]{3}){2,7}(?! ?[0-9])(?:DECIMAL[0-9]+)?"
    r"|[0-9]+(?:DECIMAL[0-9]+)?"
    r"|(?<![\w.])DECIMAL[0-9]+)"
    r"(?:[eE][-+−]?[0-9]{1,3}(?!\w)|\s?[x×]\s?10(?:\^[-−+]?|[-−])[0-9]{1,3}(?!\w))?"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text. Token `i` is `text[starts[i]:ends[i]]`; `low[i]` is that in lower case.

    `kinds[i]` is n (number in digits), w (word), f (vulgar fraction), c (currency glued to a number), s (a sign, or
    the same sign several times), or empty for padding. `lines[i]` counts the line breaks before the token.
    `undated` begin right behind a date that does not hold them: the 12 of "in May 12 people died".
    """

    text: str
    raw: list[str]
    low: list[str]
    starts: list[int]
    ends: list[int]
    kinds: list[str]
    lines: list[int]
    undated: frozenset[int] = frozenset()

    def glued(self, index: int) -> bool:
        """Whether token `index` stands right after the one before it, without a space."""
        return self.starts[index] == self.ends[index - 1] and bool(self.kinds[index - 1])

    def same_line(self, index: int) -> bool:
        """Whether no line break parts token `index` from the one before it."""
        return self.lines[index] == self.lines[index - 1]

    def alone(self, first: int, last: int) -> bool:
        """Whether tokens `first` to `last` (exclusive) are all there is on their line."""
        opens = not self.kinds[first - 1] or not self.same_line(first)
        return opens and (not self.kinds[last] or not self.same_line(last))

    def capital(self, index: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.raw[index][:1].isupper()

    def opens_sentence(self, index: int) -> bool:
        """Whether the token is the first of a sentence, a line or the text."""
        before = self.low[index - 1]
        if not before or not self.same_line(index):
            return True
        if before in QUOTES and self.low[index - 2] in SENTENCE_ENDS:
            return True  # He left.” Three others stayed.
        if before in DASHES:
            return before == "—" or not self.glued(index - 1)  # BERLIN — Three; not the Big-Three
        if before == "'":
            return not self.glued(index - 1)
        if before in OPENERS:
            return not (before == "." and len(self.raw[index - 2]) <= 2 and self.capital(index - 2))
        return False


def tokenise(
    text: str, glued: Iterable[str] = (), glued_strict: Iterable[str] = (), thousands: str = ",", decimal: str = "."
) -> Tokens:
    """Words, numbers and signs of the text, in order.

    `glued` are the currencies that may be glued to a number; `glued_strict` may only when the number has decimals,
    a separator or a letter behind it ("R2.5m", but "N95" is a word). `thousands` and `decimal` are
    the marks inside digits.

    >>> [word for word in tokenise("RM1.5m (40%)", ["RM"]).raw if word]
    ['RM', '1.5', 'm', '(', '40', '%', ')']
    """
    pattern = _pattern(tuple(glued), tuple(glued_strict), thousands, decimal)
    raw, starts, ends, kinds = _NONE.copy(), [0] * PAD, [0] * PAD, _NONE.copy()
    add_raw, add_start, add_end, add_kind = raw.append, starts.append, ends.append, kinds.append
    for match in pattern.finditer(text):
        start, end = match.span()
        add_raw(text[start:end])
        add_start(start)
        add_end(end)
        add_kind(match.lastgroup or "s")
    lines = [0] * PAD + _lines(text, starts, ends)
    lines += [lines[-1] + 1] * PAD
    raw += _NONE
    starts += [len(text) + 1] * PAD
    ends += [len(text) + 1] * PAD
    kinds += _NONE
    return Tokens(text, raw, [word.lower() for word in raw], starts, ends, kinds, lines)


def _lines(text: str, starts: list[int], ends: list[int]) -> list[int]:
    """The line breaks before each token; the lists begin with their padding."""
    if "\n" not in text:
        return [0] * (len(starts) - PAD)
    lines, line = [], 0
    for at in range(PAD, len(starts)):
        if starts[at] > ends[at - 1] and "\n" in text[ends[at - 1] : starts[at]]:
            line += 1
        lines.append(line)
    return lines


@lru_cache(maxsize=8)
def _pattern(glued: tuple[str, ...], glued_strict: tuple[str, ...], thousands: str, decimal: str) -> re.Pattern[str]:
    number = _NUMBER.replace("THOUSANDS", re.escape(thousands)).replace("DECIMAL", re.escape(decimal))
    currency = ""
    if glued:
        strict = rf"(?:{_any(glued_strict)})(?=[0-9]{{1,4}}(?:[.,][0-9]|[a-z]))"
        currency = rf"(?P<c>(?<![^\W_])(?:(?:{_any(glued)})(?=[0-9])|{strict}))|"
    return re.compile(
        rf"{currency}(?P<n>{number})|(?P<f>[{VULGAR}])"
        r"|(?P<w>[^\W\d_]\w*(?:['’][^\W\d_]+)*)|(?P<s>(?P<sign>[^\w\s])(?P=sign)*|\w)"
    )


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"
