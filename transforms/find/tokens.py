"""A text as words and signs, cut once for all who read it closely: a text comes in, its `Tokens` go out.

Readers differ in what they call a word: for some "Zeta's" is two. Each gives its own pattern, and only words that hold
a sign or a digit are cut again.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

# The repetitions cannot overlap and give nothing back: each character is looked at once or twice. What is between
# tokens, and that is nearly always a space, is passed at a glance, and so are plain words before a space.
_TOKEN = re.compile(r"(?!\s)([a-zA-Z]++(?= )|\w++(?:[-'.&,]\w++)*+|[^\w\s.-]|-++|\.++)")
_PLAIN = (("’", "'"), ("‑", "-"))

Cut = tuple[list[str], list[str], list[int], list[int]]
"""The tokens of a stretch as they are written and in small letters, where each starts and where it ends."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token `i` is `text[starts[i]:ends[i]]`; `raw[i]` is that with straight apostrophes and plain hyphens.

    `low[i]` is `raw[i]` in small letters. `mixed` are the places of longer tokens that are not only letters, and of
    apostrophes.
    """

    raw: list[str]
    low: list[str]
    starts: list[int]
    ends: list[int]
    mixed: list[int]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The first and last token (exclusive) that characters touch."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return first, last if last > first else first

    def touched(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The same for many stretches."""
        return [self.between(start, end) for start, end in spans]

    def mixed_between(self, first: int, last: int) -> list[int]:
        """The places in `mixed` from one token to another (exclusive)."""
        return self.mixed[bisect_left(self.mixed, first) : bisect_left(self.mixed, last)]

    def cut(self, token: re.Pattern[str]) -> Cut:
        """All tokens as `token` cuts them; see `cut_again`, which does the same for one stretch."""
        cut: Cut = ([], [], [], [])
        mine = self.raw, self.low, self.starts, self.ends
        done = 0
        for place in self.mixed:
            word, after = self.raw[place], place + 1
            if after < len(self.raw) and self.starts[after] == self.ends[place] and _goes_on(word, self.raw[after]):
                word, after = word + self.raw[after], after + 1
            pieces, edges = _pieces(token, word)
            if len(pieces) > 1 or after > place + 1:
                begin = self.starts[place]
                starts, ends = [begin + edge for edge in edges[1:-1:2]], [begin + edge for edge in edges[2::2]]
                for to, before, new in zip(cut, mine, (pieces, map(str.lower, pieces), starts, ends), strict=True):
                    to += before[done:place]
                    to += new
                done = after
        for to, before in zip(cut, mine, strict=True):
            to += before[done:]
        return cut

    def cut_again(self, token: re.Pattern[str], start: int, end: int) -> Cut:
        """The tokens of a stretch as `token` cuts it.

        `token` has one group, around all of it, and finds nothing longer than ours, but for "U.N." and a lone "'s".
        """
        first, last = self.between(start, end)
        raw, low = self.raw[first:last], self.low[first:last]
        starts, ends = self.starts[first:last], self.ends[first:last]
        if raw and (starts[0] < start or ends[-1] > end):  # "He left.She", cut into two sentences
            raw[0], starts[0] = raw[0][max(0, start - starts[0]) :], max(start, starts[0])
            raw[-1], ends[-1] = raw[-1][: min(end, ends[-1]) - starts[-1]], min(end, ends[-1])
            low[0], low[-1] = raw[0].lower(), raw[-1].lower()
        for place in reversed(self.mixed_between(first, last)):
            at, after = place - first, place - first + 1
            word = raw[at]
            if after < len(raw) and starts[after] == ends[at] and _goes_on(word, raw[after]):
                word, after = word + raw[after], after + 1
            pieces, edges = _pieces(token, word)
            if len(pieces) > 1 or after > at + 1:
                begin = starts[at]
                raw[at:after] = pieces
                low[at:after] = map(str.lower, pieces)
                starts[at:after] = [begin + edge for edge in edges[1:-1:2]]
                ends[at:after] = [begin + edge for edge in edges[2::2]]
        return raw, low, starts, ends


def _goes_on(word: str, following: str) -> bool:
    """Whether some readers take two tokens for one: "U.N" and ".", "'" and "s"."""
    return (word[-2:-1] == "." and following == ".") or (word == "'" and following == "s")


@lru_cache(maxsize=1 << 14)
def _pieces(token: re.Pattern[str], word: str) -> tuple[list[str], list[int]]:
    """The tokens of a word, and where they and what is between them begins and ends."""
    # What is between tokens and the tokens come in turn, in a third of the time of a match each.
    pieces = token.split(word)
    return pieces[1::2], list(accumulate(map(len, pieces), initial=0))


@lru_cache(maxsize=64)
def tokens_of(text: str) -> Tokens:
    """The tokens of a text."""
    for sign, plain in _PLAIN:
        text = text.replace(sign, plain)
    pieces = _TOKEN.split(text)
    edges = list(accumulate(map(len, pieces)))  # where what is between tokens ends, and where tokens do, in turn
    raw = pieces[1::2]
    low = list(map(str.lower, raw))
    odd = [place for place, is_plain in enumerate(map(str.isalpha, raw)) if not is_plain]
    mixed = [place for place in odd if len(raw[place]) > 1 or raw[place] == "'"]
    return Tokens(raw, low, edges[:-1:2], edges[1::2], mixed)
