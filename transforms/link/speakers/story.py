"""A story as linking reads it: text, names and statements come in; sentences go out as tokens when asked for."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from transforms.find.mentions import Mention, outermost
from transforms.find.sentences import Sentence
from transforms.find.statements.statement import Statement
from transforms.find.tokens import tokens_of
from transforms.link.speakers.labels import corrected
from transforms.link.speakers.words import Words

TOKEN = re.compile(r"('s(?!\w)|(?:[^\W\d_]\.){2,}|[^\W_]+(?:(?:'(?!s(?!\w))|[-.&])[^\W_]+)*|[^\w\s]|_)")
NONE = -1
_HEAD = 400
"""Characters of a text in which a dateline stands."""
_DASHES = frozenset(("-", "–", "—", "--"))
ACTORS = frozenset(("PER", "ORG", "LOC", "NORP", "FAC"))


@dataclass(slots=True)
class Tokens:
    """Token `i` of one sentence is `text[starts[i]:ends[i]]`, `low[i]` that in small letters with straight apostrophes.

    `names[i]` is the place in `Story.mentions` of the name it belongs to, or NONE.
    """

    low: list[str]
    starts: list[int]
    ends: list[int]
    names: list[int]

    def at(self, index: int) -> str:
        """The word at a place in small letters, empty outside the sentence."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def name(self, index: int) -> int:
        """The name at a place, NONE outside the sentence."""
        return self.names[index] if 0 <= index < len(self.names) else NONE

    def is_word(self, index: int) -> bool:
        """Whether there is a word or number at a place."""
        return self.at(index)[:1].isalnum()

    def first_at(self, position: int) -> int:
        """The first token that ends behind a position of the text."""
        return bisect_right(self.ends, position)


@dataclass(slots=True)
class Story:
    """A text with its sentences, the outermost of its names that may speak, and the stretches that are quoted."""

    text: str
    words: Words
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    quoted: Sequence[tuple[int, int]]
    _starts: list[int] = field(default_factory=list)
    _all: Tokens | None = None
    _tokens: dict[int, Tokens] = field(default_factory=dict)
    _sentence_starts: list[int] = field(default_factory=list)

    def sentence_at(self, position: int) -> int:
        """The number of the sentence that holds a position, or of the one before it."""
        return (bisect_right(self._sentence_starts, position) or 1) - 1

    def names_between(self, start: int, end: int) -> range:
        """The names that begin in a stretch of the text, as places in `mentions`."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def name_over(self, position: int) -> int:
        """The name that holds a position, or NONE."""
        number = bisect_right(self._starts, position) - 1
        return number if number >= 0 and position < self.mentions[number].end else NONE

    def is_quoted(self, position: int) -> bool:
        """Whether a position lies in words that are somebody's own."""
        number = bisect_right(self.quoted, (position, len(self.text))) - 1
        return number >= 0 and position < self.quoted[number][1]

    def is_used_before(self, word: str, position: int) -> bool:
        """Whether a word in small letters stands before a position."""
        pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])", re.IGNORECASE)
        return pattern.search(self.text, 0, position) is not None

    def tokens(self, number: int) -> Tokens:
        """The tokens of a sentence."""
        if number not in self._tokens:
            sentence = self.sentences[number]
            self._tokens[number] = self._read(sentence.start, sentence.end)
        return self._tokens[number]

    def _read(self, start: int, end: int) -> Tokens:
        if self._all is None:
            self._all = self._named(*tokens_of(self.text).cut_again(TOKEN, 0, len(self.text))[1:])
        low, starts, ends = self._all.low, self._all.starts, self._all.ends
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        if first < last and (starts[first] < start or ends[last - 1] > end):  # "He left.She", cut into two sentences
            return self._named(*tokens_of(self.text).cut_again(TOKEN, start, end)[1:])
        return Tokens(low[first:last], starts[first:last], ends[first:last], self._all.names[first:last])

    def _named(self, low: list[str], starts: list[int], ends: list[int]) -> Tokens:
        """Tokens with the names they belong to."""
        names = [NONE] * len(low)
        if starts:
            near = range(max(0, bisect_right(self._starts, starts[0]) - 1), bisect_left(self._starts, ends[-1]))
            for name in near:
                first, last = (
                    bisect_right(ends, self.mentions[name].start),
                    bisect_left(starts, self.mentions[name].end),
                )
                names[first:last] = [name] * (last - first)
        return Tokens(low, starts, ends, names)


def read_story(
    text: str, sentences: Sequence[Sentence], statements: Sequence[Statement], mentions: Sequence[Mention], words: Words
) -> Story:
    """The story of a text, its sentences, its statements and its names."""
    named = _behind_dateline(text, corrected(text, mentions, words))
    names = outermost(name for name in named if name.label in ACTORS and name.start < name.end)
    story = Story(text, words, sentences, names, _joined(statements))
    story._starts = [name.start for name in names]
    story._sentence_starts = [sentence.start for sentence in sentences]
    return story


def _behind_dateline(text: str, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """The names without bodies in a dateline."""
    heads = takewhile(lambda each: each.start <= _HEAD, mentions)
    news = max((each.end for each in heads if _is_agency(text, each)), default=0)
    return [each for each in mentions if each.start >= news or each.label != "ORG"] if news else mentions


def _opens_with_place(text: str, mention: Mention) -> bool:
    """Whether capitals alone open the paragraph of a name, as a place does: "GOMA, May 3 (Zeta)"."""
    opening = text[text.rfind("\n", 0, mention.start) + 1 : mention.start].split(" ")[0].strip(",")
    return opening.isupper() and len(opening) > 1


def _is_agency(text: str, mention: Mention) -> bool:
    """Whether a name is that of the agency in a dateline: "ROME (Zeta) - A bus …"."""
    around = text[mention.start - 1 : mention.start] + text[mention.end : mention.end + 1]
    is_before_dash = around == "()" and text[mention.end + 1 : mention.end + 3].strip() in _DASHES
    return is_before_dash and _opens_with_place(text, mention)


def _joined(statements: Sequence[Statement]) -> list[tuple[int, int]]:
    """The stretches of direct words, in text order and without overlap."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((each.start, each.end) for each in statements if each.direct):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
