"""Sentences of one article: the text and its blocks come in, `Sentence` rows go out in text order.

A full stop ends a sentence unless the words around it say otherwise; the words are data, one folder a language in
`sentence_rules/`: `abbreviations.csv` and `words.yaml`. Nothing here needs a model, and each character is
looked at a bounded number of times.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.extract.article import Block
from transforms.find.sentence_rules import Rules, rules_for

WIDE_STOPS = "。！？｡"  # no space follows these
STOPS = ".!?…؟۔।॥։።" + WIDE_STOPS
CLOSERS = "\"'”’»›)]}）」』】》"
OPENERS = "\"'“‘„«‹([{（「『【《¿¡-–—*•_`"

CANDIDATE = re.compile(rf"[{re.escape(STOPS)}]+[{re.escape(CLOSERS)}]{{0,4}}")
NEXT_WORD = re.compile(rf"[\s{re.escape(OPENERS)}]*([^\W_]+)?")
NAME_WORD = re.compile(r"\s*([^\W\d_][\w.'’-]*)")
ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
# 12 words, 90 characters: longer lines without a full stop are as often captions or cut-off paragraphs as headings.
HEADING_WORDS, HEADING_CHARACTERS = 12, 90
LONGEST_WORD = 40
"""How far back a word before a full stop is read; longer ones are no abbreviation."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading, caption or list item: `text[start:end]`, without spaces at its ends.

    `kind` is one of `tables.SENTENCE_KINDS`; `paragraph` counts from 0.
    """

    start: int
    end: int
    text: str
    kind: str
    paragraph: int


def find_sentences(text: str, blocks: Sequence[Block] = (), language: str | None = None) -> list[Sentence]:
    """The sentences of a text, in order; together they hold every character of it that is not white space.

    Args:
        text: the article's text.
        blocks: its blocks on the page. Without any, lines or paragraphs between blank lines take their place.
        language: ISO 639-1; a language without a folder of its own is split by the common rules.

    >>> [s.text for s in find_sentences("Dr. Lee left. He met U.S. officials.")]
    ['Dr. Lee left.', 'He met U.S. officials.']
    """
    rules = rules_for(language)
    found: list[Sentence] = []
    paragraph = 0
    for start, end, kind in _stretches(text, blocks):
        number = len(found)
        for first, last in _split(text, start, end, rules):
            found.append(Sentence(first, last, text[first:last], kind, paragraph))
        paragraph += len(found) > number
    return found


def _stretches(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    """Stretches no sentence crosses, with their kind: the blocks, and whatever lies between them."""
    if not blocks:
        yield from _paragraphs(text)
        return
    position = 0
    for block in blocks:
        if block.start > position:
            yield position, block.start, "sentence"
        start, end = max(block.start, position), min(block.end, len(text))
        if start < end:
            yield start, end, block.kind
        position = max(position, block.end)
    if position < len(text):
        yield position, len(text), "sentence"


def _paragraphs(text: str) -> Iterator[tuple[int, int, str]]:
    """Paragraphs of a plain text; a short line without punctuation that is followed by prose is a heading."""
    lines = list(_blank_line_separated(text))
    for index, (start, end) in enumerate(lines):
        follows = text[lines[index + 1][0] : lines[index + 1][1]].rstrip() if index + 1 < len(lines) else ""
        yield start, end, "heading" if follows and _is_heading(text[start:end], follows) else "sentence"


def _blank_line_separated(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between blank lines; where a line ends and the next begins like a new paragraph, a line is one too."""
    position = 0
    for gap in [*(match.span() for match in BLANK_LINE.finditer(text)), (len(text), len(text))]:
        start = position
        while (line_end := text.find("\n", start, gap[0])) >= 0:
            if _line_is_whole(text, position, line_end, gap[0]):
                yield position, line_end
                position = line_end + 1
            start = line_end + 1
        if position < gap[0]:
            yield position, gap[0]
        position = gap[1]


def _line_is_whole(text: str, start: int, line_end: int, end: int) -> bool:
    """Whether a line is a paragraph of its own rather than wrapped prose."""
    following = NEXT_WORD.match(text, line_end, min(end, line_end + LONGEST_WORD))
    word = following.group(1) if following else None
    if word and word[0].islower():
        return False
    last = text[max(start, line_end - 5) : line_end].rstrip().rstrip(CLOSERS)
    line_start = text.rfind("\n", start, line_end) + 1
    wrapped = 55 <= line_end - max(start, line_start) <= 85  # the width of text wrapped for a terminal or e-mail
    return not wrapped or last.endswith(tuple(STOPS + ":"))


def _is_heading(line: str, follows: str) -> bool:
    line = line.strip()
    if len(line) > HEADING_CHARACTERS or "\n" in line or not line or not line[0].isalnum() or line[0].islower():
        return False
    prose = follows.rstrip(CLOSERS).endswith(tuple(STOPS)) and len(follows) > len(line)
    return prose and line[-1].isalnum() and 1 <= len(line.split()) <= HEADING_WORDS and any(map(str.isalpha, line))


def _split(text: str, start: int, end: int, rules: Rules) -> Iterator[tuple[int, int]]:
    """Bounds of the sentences in `text[start:end]`, trimmed."""
    position = start
    for match in CANDIDATE.finditer(text, start, end):
        if match.start() >= position and (cut := _sentence_end(text, match, position, end, rules)):
            if bounds := _trimmed(text, position, cut):
                yield bounds
            position = cut
    if bounds := _trimmed(text, position, end):
        yield bounds


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return (start, start + len(piece.strip())) if piece.strip() else None


def _sentence_end(text: str, match: re.Match[str], start: int, end: int, rules: Rules) -> int | None:
    """Where the sentence ends when these stops end one, else None."""
    stops = match.group()
    cut = match.end()
    if stops[0] in WIDE_STOPS:
        return cut
    if cut < end and not text[cut].isspace():
        return _glued_end(text, match, end, rules)
    following = NEXT_WORD.match(text, cut, min(end, cut + 200))
    word = following.group(1) if following else None
    if word is None:
        return cut
    quoted = stops[-1] in CLOSERS and _speaker_follows(text, cut, end, rules)
    if word[0].islower() or (quoted and stops.rstrip(CLOSERS)[-1] in "!?…"):
        return None
    if stops.rstrip(CLOSERS) == "." and not _full_stop(text, match.start(), start, word, rules):
        return None
    return cut


def _glued_end(text: str, match: re.Match[str], end: int, rules: Rules) -> int | None:
    """A space may be missing ("left.The army"): only before a word that opens sentences, after a small letter."""
    cut = match.end()
    following = NEXT_WORD.match(text, cut, min(end, cut + LONGEST_WORD))
    word = following.group(1) if following else None
    before = text[max(0, match.start() - 2) : match.start()]
    small = len(before) == 2 and before.isalpha() and before.islower()
    if word and small and word[0].isupper() and word.lower() in rules.starters:
        return cut if "@" not in text[cut : cut + LONGEST_WORD].split(" ", 1)[0] else None
    return cut if text[match.start()] in "؟۔।॥" else None


def _speaker_follows(text: str, cut: int, end: int, rules: Rules) -> bool:
    """Whether "…!" is followed by its speaker, as in: "Stop!" Ana Ruiz shouted."""
    position = cut
    for _ in range(5):
        match = NAME_WORD.match(text, position, min(end, position + LONGEST_WORD))
        if not match:
            return False
        if match.group(1).lower().rstrip(".") in rules.speech:
            return True
        position = match.end()
    return False


def _full_stop(text: str, dot: int, start: int, following: str, rules: Rules) -> bool:
    """Whether one full stop at `dot` ends the sentence, given the word before it and the word after it."""
    word = _word_before(text, dot, start)
    opens = following.lower() in rules.starters and following[0].isupper()
    kind = rules.abbreviations.get(word.lower())
    if kind == "title":
        return False
    if kind == "number":
        return not following[0].isdigit()
    if kind == "other":
        return opens
    if len(word) == 1 and word.isalpha() and word.isupper():
        return opens
    if ACRONYM.fullmatch(word):
        return opens
    if rules.ordinal_stop and word.isdigit() and len(word) <= 2:
        return opens
    numbered_item = word.isdigit() and len(word) <= 2 and not text[max(start, dot - 6) : dot - len(word)].strip()
    return not (numbered_item and dot - start < 6)


def _word_before(text: str, dot: int, start: int) -> str:
    piece = text[max(start, dot - LONGEST_WORD) : dot]
    words = piece.split()
    if not words or piece[-1:].isspace():
        return ""
    return re.split(r"[-–—/]", words[-1])[-1].lstrip(OPENERS)


def sentence_at(sentences: Sequence[Sentence], position: int) -> Sentence | None:
    """The sentence that holds a position of the text, or None between two sentences."""
    index = bisect_right(sentences, position, key=lambda sentence: sentence.start) - 1
    if index >= 0 and sentences[index].start <= position < sentences[index].end:
        return sentences[index]
    return None
