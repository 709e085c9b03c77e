"""A text as words and signs, cut once for all who read it closely: a text comes in, its `Tokens` go out.

Readers differ in what they call a word: for some "Zeta's" is two. Each gives its own pattern, and only words that hold
a sign or a digit are cut again.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

# The repetitions cannot overlap and give nothing back: each character is looked at once or twice. What is between
# tokens is passed at a glance.
_TOKEN = re.compile(r"(?!\s)(\w++(?:[-'.&,]\w++)*+|[^\w\s.-]|-++|\.++)")
_PLAIN = (("’", "'"), ("‑", "-"))

_LONGEST_KNOWN = 40
"""Characters of a word that is remembered."""
_MOST_KNOWN = 1 << 16

Cut = tuple[list[str], list[str], list[int], list[int]]
"""The tokens of a stretch as they are written and in small letters, where each starts and where it ends."""

Pieces = tuple[tuple[str, str, int, int, bool], ...]
"""Tokens of a word as they are written and in small letters, where each starts and ends, and whether it is `mixed`."""


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
        cut: Cut = ([], [], [], [])
        (known, cut_anew), done = _cutters(token), 0
        for place in self.mixed_between(first, last):
            at, after = place - first, place - first + 1
            if at < done:  # the ".." behind "U.N"
                continue
            word = raw[at]
            if after < len(raw) and starts[after] == ends[at] and _goes_on(word, raw[after]):
                word, after = word + raw[after], after + 1
            pieces = known(word) if len(word) <= _LONGEST_KNOWN else cut_anew(word)
            if len(pieces) > 1 or after > at + 1:
                cut[0].extend(raw[done:at])
                cut[1].extend(low[done:at])
                cut[2].extend(starts[done:at])
                cut[3].extend(ends[done:at])
                begin, done = starts[at], after
                for written, small, first_sign, last_sign, _ in pieces:
                    cut[0].append(written)
                    cut[1].append(small)
                    cut[2].append(begin + first_sign)
                    cut[3].append(begin + last_sign)
        if not done:
            return raw, low, starts, ends
        return cut[0] + raw[done:], cut[1] + low[done:], cut[2] + starts[done:], cut[3] + ends[done:]


def _goes_on(word: str, following: str) -> bool:
    """Whether some readers take two tokens for one, or a part of the second: "U.N" and "..", "'" and "s"."""
    return (word[-2:-1] == "." and following[0] == ".") or (word == "'" and following == "s")


@cache
def _cutters(token: re.Pattern[str]) -> tuple[Callable[[str], Pieces], Callable[[str], Pieces]]:
    """What gives the tokens of a word as a pattern cuts it: one way remembers them, one is for long words."""

    def cut(word: str) -> Pieces:
        # What is between tokens and the tokens come in turn, in a third of the time of a match each.
        found = token.split(word)
        edges = list(accumulate(map(len, found)))
        return tuple(
            (raw, raw.lower(), start, end, not raw.isalpha() and (len(raw) > 1 or raw == "'"))
            for raw, start, end in zip(found[1::2], edges[:-1:2], edges[1::2], strict=True)
        )

    return lru_cache(maxsize=1 << 15)(cut), cut


class _InSmall(dict[str, str]):
    """Words as they are written, with the same in small letters: one string for all places at which a word stands.

    Readers ask of nearly every word whether it is in one list or another. When all "the" are one string, it stays
    where the processor is quickest, and its hash is known.
    """

    def __missing__(self, word: str) -> str:
        small = word.lower()
        if len(word) > _LONGEST_KNOWN:
            return small
        if len(self) >= _MOST_KNOWN:
            self.clear()
        small = self.setdefault(small, small)
        self[word] = small
        return small


_IN_SMALL = _InSmall()


@lru_cache(maxsize=64)
def tokens_of(text: str) -> Tokens:
    """The tokens of a text."""
    for sign, plain in _PLAIN:
        text = text.replace(sign, plain)
    raw, starts, ends, mixed = list[str](), list[int](), list[int](), list[int]()
    (known, cut_anew), at = _cutters(_TOKEN), 0
    for word in text.split(" "):  # no token holds a space, and most words are one token
        if word.isalpha():
            raw.append(word)
            starts.append(at)
            at += len(word)
            ends.append(at)
        elif word:
            pieces = known(word) if len(word) <= _LONGEST_KNOWN else cut_anew(word)
            for written, _, start, end, is_mixed in pieces:
                if is_mixed:
                    mixed.append(len(raw))
                raw.append(written)
                starts.append(at + start)
                ends.append(at + end)
            at += len(word)
        at += 1
    return Tokens(raw, list(map(_IN_SMALL.__getitem__, raw)), starts, ends, mixed)
