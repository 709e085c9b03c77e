"""Known names that nobody saw: mentions come in; they go out with those that only the directory shows.

They stand outside all mentions, around them ("Observatory" alone was seen), or inside a law or an event.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from transforms.find.mentions import Mention
from transforms.link.directory import Directory, Known
from transforms.link.folding import fold_name
from transforms.link.names.context import Context
from transforms.link.names.known import KNOWN_NAME, choose, with_known
from transforms.link.names.words import small_words, words_of_kind

_LONGEST = 9  # words of a name that is looked for
_LONGEST_ACRONYM = 12  # letters
_SHORT_WORD = 3  # letters of a word that may be an article
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-'’&][^\W_]+)*")
_POSSESSIVES = ("'s", "’s")
_JOINT = re.compile(r"[ -]|\. ")
_NESTS = frozenset({"LAW", "EVENT"})
_OPEN = frozenset({"PER", "ORG", "FAC", "EVENT", "LAW", "WORK", "PRODUCT"})

type Span = tuple[int, int]


@lru_cache(maxsize=8)
def first_words_of(directory: Directory) -> frozenset[str]:
    """The folded first words of all forms in the directory, so that most words of a story need no look-up."""
    words: set[str] = set()
    for known in directory:
        for form in (known.name, *known.aliases):
            first, _, rest = fold_name(form).partition(" ")
            words.add(first)
            if len(first) <= _SHORT_WORD:  # an article, without which the name is known as well
                words.add(rest.partition(" ")[0])
    return frozenset(words)


def with_missed_known(context: Context, mentions: Sequence[Mention], first_words: frozenset[str]) -> list[Mention]:
    """The mentions and the known names that stand outside them, around them, or inside a law or an event."""
    cover = _Cover(mentions)
    dropped: set[int] = set()
    added: list[Mention] = []
    for start, end, known in _known_spans(context, first_words):
        inside = cover.numbers(start, end)
        if not inside:
            added.append(_missed(context, start, end, known))
            continue
        spans = [mentions[number] for number in inside]
        if any((each.start, each.end) == (start, end) for each in spans):
            continue
        around = [each for each in spans if each.start <= start and end <= each.end]
        if around:
            if all(each.label in _NESTS for each in around):
                added.append(_missed(context, start, end, known))
        elif all(start <= each.start and each.end <= end for each in spans):
            dropped.update(number for number in inside if mentions[number].label in _OPEN)
            added.append(_missed(context, start, end, known))
    kept = [mention for number, mention in enumerate(mentions) if number not in dropped]
    return sorted([*kept, *added], key=lambda mention: (mention.start, mention.end, mention.label))


def _missed(context: Context, start: int, end: int, known: Known) -> Mention:
    return with_known(Mention(start, end, context.text[start:end], known.label, rule=KNOWN_NAME), known)


class _Cover:
    """Which mentions touch a span, asked from left to right."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._by_start = sorted(range(len(mentions)), key=lambda number: mentions[number].start)
        self._mentions = mentions
        self._next = 0
        self._open: list[int] = []

    def numbers(self, start: int, end: int) -> list[int]:
        while self._next < len(self._by_start) and self._mentions[self._by_start[self._next]].start < end:
            self._open.append(self._by_start[self._next])
            self._next += 1
        self._open = [number for number in self._open if self._mentions[number].end > start]
        return [number for number in self._open if self._mentions[number].start < end]


def _known_spans(context: Context, first_words: frozenset[str]) -> Iterator[tuple[int, int, Known]]:
    """The longest known names among words with a capital, from left to right."""
    articles = words_of_kind("article")  # trimmed from all mentions
    for run in _runs(context.text):
        end = 0
        is_shouted = len(run) > 3 and all(context.text[slice(*span)].isupper() for span in run)
        for first, (start, stop) in enumerate(run):
            word = context.text[start:stop]
            if start < end or is_shouted or not word[0].isupper() or word.lower() in articles:
                continue
            if fold_name(word).partition(" ")[0] not in first_words:
                continue
            for _, last in reversed(run[first : first + _LONGEST]):
                known = _known_name(context, start, last)
                if known is not None:
                    yield start, last, known
                    end = last
                    break


def _runs(text: str) -> Iterator[list[Span]]:
    """Words with a capital, and small words between them, that stand together."""
    run: list[Span] = []
    small = small_words()
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        is_name = text[start].isupper() or text[start].isdigit()
        if run and not ((is_name or found[0] in small) and _JOINT.fullmatch(text, run[-1][1], start)):
            yield run
            run = []
        if is_name or run:
            run.append((start, end - 2 if text.startswith(_POSSESSIVES, end - 2) else end))
    if run:
        yield run


def _known_name(context: Context, start: int, end: int) -> Known | None:
    text = context.text
    name = text[start:end]
    if " " not in name and "-" not in name:
        is_acronym = sum(letter.isupper() for letter in name) > 1 and len(name) <= _LONGEST_ACRONYM
        if len(name) < 2 or not (is_acronym or not context.opens_sentence(start)):
            return None
        # "Chad Amnesty" and "Amnesty International Street" are other names.
        if not is_acronym and (_has_capital_neighbour(text, start, end)):
            return None
    known = choose(context, name)
    if known is None or known.label not in _OPEN or (known.label == "PER" and " " not in name):
        return None
    if context.is_elsewhere(known, start, end):
        return None
    return known


def _has_capital_neighbour(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 30) : start].split(" ")
    after = text[end : end + 2]
    return (len(before) > 1 and before[-1] == "" and before[-2][:1].isupper()) or (
        len(after) == 2 and after[0] in " -" and after[1].isupper()
    )
