"""Names in English text: texts and a spaCy model come in, one list of mentions for each text goes out.

The labels and what is trimmed from a span are data: `mention_rules/en/*.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span

# A piece of text the model reads at once. 10,000 letters are some 2,000 words: longer ones read no better, and the
# memory of a batch grows with them.
_PIECE_LENGTH = 10_000
_PIECES_IN_BATCH = 8
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


def find_mentions(texts: Sequence[str], model: Language) -> list[list[Mention]]:
    """The names in each text, in text order and without overlap; a batch of texts at once is the quickest.

    The texts must be English. Text without small letters (or without capitals) tells nothing about names: the model
    does not read it.
    """
    found: list[list[Mention]] = [[] for _ in texts]
    pieces = ((text[start:end], (number, start)) for number, text in enumerate(texts) for start, end in _pieces(text))
    # Words the model has not seen before are forgotten after each call, so that a long run does not grow.
    with model.memory_zone():
        for document, (number, offset) in model.pipe(pieces, as_tuples=True, batch_size=_PIECES_IN_BATCH):
            for span in document.ents:
                mention = _mention(span, texts[number], offset)
                if mention is not None:
                    found[number].append(mention)
    return found


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
    capitals = sum(letter.isupper() for letter in piece)
    smalls = sum(letter.islower() for letter in piece)
    return 0 < capitals <= smalls


def _mention(span: Span, text: str, offset: int) -> Mention | None:
    label = _labels().get(span.label_)
    if label is None:
        return None
    start, end = trim_name(text, offset + span.start_char, offset + span.end_char)
    if not 0 < end - start <= _LONGEST_NAME or not any(letter.isalnum() for letter in text[start:end]):
        return None
    return Mention(start, end, text[start:end], label, rule=f"model:{span.label_}")


def trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the name proper: its first line, without article, quotation marks and possessive ending.

    >>> trim_name("the UN's report", 0, 8)
    (4, 6)
    """
    line = text.find("\n", start + 1, end)
    end = line if line >= 0 else end
    starts, ends = _trims()
    while found := starts.match(text, start, end):
        start = found.end()
    while start < end and (found := ends.search(text, start, end)):
        end = found.start()
    return start, end


@cache
def _trims() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = read_mention_rules("trims.csv")
    starts = "|".join(row["pattern"] for row in rows if row["side"] == "start")
    ends = "|".join(row["pattern"] for row in rows if row["side"] == "end")
    return re.compile(f"(?:{starts})"), re.compile(f"(?:{ends})$")


@cache
def _labels() -> Mapping[str, str]:
    return {row["model_label"]: row["label"] for row in read_mention_rules("labels.csv")}


def read_mention_rules(name: str) -> list[dict[str, str]]:
    """The rows of a file in `mention_rules/en/`, each with its example."""
    text = (files("transforms.find") / "mention_rules" / "en" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
