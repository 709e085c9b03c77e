"""Who says what in one text: sentences and names come in, `Statement` rows go out in text order."""

from collections.abc import Sequence

from transforms.find.mentions import Mention
from transforms.find.sentences import Sentence
from transforms.find.statements.attributions import attributions_of
from transforms.find.statements.datelines import past_dateline
from transforms.find.statements.marked import NONE, Marked, mark
from transforms.find.statements.passage import Passage
from transforms.find.statements.passages import passages_of
from transforms.find.statements.quotations import lone_quotations
from transforms.find.statements.scopes import independent
from transforms.find.statements.statement import Statement
from transforms.find.statements.words import words_of

_LONGEST_SENTENCE = 600
"""Tokens: lists and tables without a full stop are longer, and nobody speaks in them."""


def find_statements(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], language: str | None = "en"
) -> list[Statement]:
    """The statements of one text, in order; none in a language without rules.

    Args:
        text: the article's text.
        sentences: its sentences, from `find_sentences`.
        mentions: its names, from `find_mentions`; linked ones are better, since there labels are corrected.
        language: ISO 639-1.

    Their `speaker` is as written; `link.speakers` tells who that is.
    """
    words = words_of(language)
    if words is None or not sentences:
        return []
    marked = mark(text, sentences, mentions, words)
    passages: list[Passage] = []
    for number, (start, highest) in enumerate(marked.sentence_tokens):
        if sentences[number].kind != "heading" and _may_say(marked, start, highest):
            lowest = past_dateline(marked, number)
            found = independent(marked, list(attributions_of(marked, lowest, highest)))
            passages.extend(passages_of(marked, found, lowest, highest))
    passages.extend(lone_quotations(marked, passages))
    return [_statement(text, passage, marked) for passage in _apart(passages)]


def _may_say(marked: Marked, start: int, highest: int) -> bool:
    """Whether a sentence has a cue or a quotation, or shows how somebody sees something."""
    if highest - start > _LONGEST_SENTENCE or highest == start:
        return False
    if not marked.words.cues.isdisjoint(marked.low[start:highest]):
        return True
    return marked.low[start] in marked.words.lists["in_the_eyes"] or max(marked.quote_of[start:highest]) != NONE


def _apart(passages: Sequence[Passage]) -> list[Passage]:
    """Passages that have words, in text order; of two that overlap, the one that begins first and is longer."""
    kept: list[Passage] = []
    for passage in sorted(passages, key=lambda passage: (passage.start, -passage.end)):
        if passage.start < passage.end and (not kept or passage.start >= kept[-1].end):
            kept.append(passage)
    return kept


def _statement(text: str, passage: Passage, marked: Marked) -> Statement:
    attribution = passage.attribution
    speaker = attribution.speaker
    start, end = (speaker.start, speaker.end) if speaker is not None else (None, None)
    cue = None
    if attribution.cue_last > attribution.cue_first:
        cue = text[marked.starts[attribution.cue_first] : marked.ends[attribution.cue_last - 1]]
    return Statement(
        passage.start,
        passage.end,
        text[passage.start : passage.end],
        start,
        end,
        None if start is None else text[start:end],
        cue=cue,
        direct=passage.direct,
        rule=attribution.rule,
    )
