"""Names in English text: texts and a spaCy model come in, one list of mentions for each text goes out.

The labels are data: `mention_rules/en/labels.csv`. What is trimmed from a span, and which spans are no names, is told
by `name_shape`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from transforms.find.name_shape import (
    end_of_word,
    is_built,
    is_name,
    read_mention_rules,
    trim_name,
    trim_owner,
    trim_titles,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

__all__ = ["Mention", "find_mentions", "outermost", "trim_name"]

# A piece of text the model reads at once. 10,000 letters are some 2,000 words: longer ones read no better, and the
# memory of a batch grows with them.
_PIECE_LENGTH = 10_000
# Letters the model reads side by side. It takes as many steps as the longest piece has words, so short pieces are read
# many at once; twice as many save nothing more, and memory grows with them.
_LETTERS_IN_BATCH = 40_000
_KNOWN_WORDS = 60_000  # some 25 MiB
_LETTERS_LEARNT_AT_ONCE = 2_000_000
_LONGEST_NAME = 150
_BREAKS = ("\n\n", "\n", ". ", " ")


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in a text: the columns of the table `mentions`; `text[start:end]` is `self.text`.

    Finding fills the span, `label` and `rule`; linking fills the rest, which is None while unknown. Latitude and
    longitude are WGS 84 degrees, `score` is from 0 to 1.
    """

    start: int
    end: int
    text: str
    label: str
    entity_id: str | None = None
    name: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    country_code: str | None = None
    place_kind: str | None = None
    metonymy: bool | None = None
    score: float | None = None
    rule: str | None = None


def outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """The names that lie in no longer name, in text order."""
    found: list[Mention] = []
    for mention in sorted(mentions, key=attrgetter("start")):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
        elif mention.start == found[-1].start and mention.end > found[-1].end:
            found[-1] = mention
    return found


class _Piece(NamedTuple):
    """A part of one of several texts that the model reads by itself."""

    number: int
    start: int
    end: int


def find_mentions(texts: Sequence[str], model: Language) -> list[list[Mention]]:
    """The names in each text, in text order and without overlap; a batch of texts at once is the quickest.

    The texts must be English. Text without small letters (or without capitals) tells nothing about names: the model
    does not read it.
    """
    found: list[list[Mention]] = [[] for _ in texts]
    pieces = [_Piece(number, start, end) for number, text in enumerate(texts) for start, end in _pieces(text)]
    with _memory(texts, model):
        for batch in _batches(pieces):
            for piece, document in zip(batch, _read(batch, texts, model), strict=True):
                spans = (_mention(span, texts[piece.number], piece.start) for span in document.ents)
                found[piece.number].extend(mention for mention in spans if mention is not None)
    return found


def _read(batch: Sequence[_Piece], texts: Sequence[str], model: Language) -> Iterator[Doc]:
    """The pieces as the model reads them, all at once: of a batch a spaCy parser reads only a fourth at a time."""
    parts = [texts[piece.number][piece.start : piece.end] for piece in batch]
    return model.pipe(parts, batch_size=4 * len(parts))


def _batches(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces of about the same number of letters in all."""
    batch: list[_Piece] = []
    letters = 0
    for piece in pieces:
        letters += piece.end - piece.start
        if batch and letters > _LETTERS_IN_BATCH:
            yield batch
            batch, letters = [], piece.end - piece.start
        batch.append(piece)
    if batch:
        yield batch


def _memory(texts: Sequence[str], model: Language) -> AbstractContextManager[object]:
    """Common words are learnt, which makes cutting texts into words three times as fast; rare ones are forgotten.

    So a long run does not grow.
    """
    learns = len(model.vocab) < _KNOWN_WORDS and sum(map(len, texts)) < _LETTERS_LEARNT_AT_ONCE
    return nullcontext() if learns else model.memory_zone()


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where to cut a text that is too long: after a paragraph if possible, else a line, a sentence, a word."""
    start = 0
    while start < len(text):
        end = min(start + _PIECE_LENGTH, len(text))
        if end < len(text):
            end = next((at + len(mark) for mark in _BREAKS if (at := text.rfind(mark, start, end)) > start), end)
        if _shows_names(text[start:end]):
            yield start, end
        start = end


def _shows_names(piece: str) -> bool:
    """Whether capitals mean anything here."""
    capitals, smalls = sum(map(str.isupper, piece)), sum(map(str.islower, piece))
    return 0 < capitals <= smalls


def _mention(span: Span, text: str, offset: int) -> Mention | None:
    label = _labels().get(span.label_)
    if label is None:
        return None
    start, end = trim_name(text, offset + span.start_char, offset + span.end_char)
    if label == "PER":
        start = trim_owner(text, start, end)
        start, end = trim_titles(text, start, end), end_of_word(text, end)
    if not 0 < end - start <= _LONGEST_NAME or not is_name(text, start, end):
        return None
    if label == "FAC" and not is_built(text[start:end]):
        label = "ORG"
    return Mention(start, end, text[start:end], label, rule=f"model:{span.label_}")


@cache
def _labels() -> Mapping[str, str]:
    return {row["model_label"]: row["label"] for row in read_mention_rules("labels.csv")}
