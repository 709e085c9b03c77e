"""Who says what in one text: sentences and names come in, `Statement` rows go out in text order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms.find.mentions import Mention
from transforms.find.sentences import Sentence
from transforms.find.statements.attribution import Attribution
from transforms.find.statements.cues import read_cue
from transforms.find.statements.datelines import past_dateline
from transforms.find.statements.marked import NONE, Marked, mark
from transforms.find.statements.named_sources import author, read_according, read_cited, read_quoted, read_view
from transforms.find.statements.nouns_of_saying import read_conviction, read_noun, read_told_by
from transforms.find.statements.passages import Passage, passages_of
from transforms.find.statements.quotations import lone_quotations, read_colon, read_quoting
from transforms.find.statements.scopes import independent
from transforms.find.statements.shared_subjects import read_shared
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
        if sentences[number].kind != "heading" and highest - start <= _LONGEST_SENTENCE:
            lowest = past_dateline(marked, number)
            found = independent(marked, list(_attributions(marked, lowest, highest)))
            passages.extend(passages_of(marked, found, lowest, highest))
    passages.extend(lone_quotations(marked, passages))
    return [_statement(text, passage, marked) for passage in _apart(passages)]


def _attributions(marked: Marked, lowest: int, highest: int) -> Iterator[Attribution]:
    """The attributions of a sentence in text order, a cited source in place of the outlet that cites it."""
    low, words = marked.low, marked.words
    last: Attribution | None = None
    cited = None
    for token in range(lowest, highest):
        if (
            marked.quote_of[token] != NONE
            or marked.mention_of[token] != NONE
            or (last is not None and token < last.cue_last)
        ):
            continue
        found = None
        if low[token] in words["according"]:
            found = read_according(marked, token, lowest, highest)
        elif low[token] in words["citing"]:
            cited = read_cited(marked, token, highest)
            if cited is not None and last is not None and token <= last.last + 2 and _is_outlet(last):
                last = replace(
                    last,
                    speaker=cited,
                    cue_first=token,
                    cue_last=token + 1,
                    last=max(last.last, cited.last),
                    rule="citing",
                )
                cited = None
            continue
        elif low[token] == ":" and (last is None or last.begin != token + 1):
            found = read_colon(marked, token, lowest, highest)
        elif low[token] in words["convictions"]:
            found = read_conviction(marked, token, lowest, highest)
        elif low[token] in words["views"]:
            found = read_view(marked, token, lowest, highest) or read_noun(marked, token, lowest, highest)
        elif low[token] in words["quoted_as"]:
            found = read_quoted(marked, token, lowest, highest)
        elif low[token] in words["sayings"]:
            found = read_noun(marked, token, lowest, highest)
        if found is None and low[token] in words.verbs:
            found = read_cue(marked, token, lowest, highest) or read_shared(marked, token, lowest, highest, last)
        if found is None and low[token] in words["told_by"]:
            found = read_told_by(marked, token, lowest, highest)
        if found is None:
            found = read_quoting(marked, token, lowest, highest)
        if found is not None:
            if last is not None:
                yield last
            speaker = author(marked, found.speaker) if found.speaker is not None else None
            last = replace(found, speaker=cited or speaker)
            cited = None
    if last is not None:
        yield last


def _is_outlet(attribution: Attribution) -> bool:
    """Whether who cites a source is no person: a person who cites figures still speaks for herself."""
    return attribution.speaker is None or attribution.speaker.name not in ("PER", "pronoun")


def _apart(passages: Sequence[Passage]) -> list[Passage]:
    """Passages in text order; of two that overlap, the one that begins first and is longer."""
    kept: list[Passage] = []
    for passage in sorted(passages, key=lambda passage: (passage.start, -passage.end)):
        if not kept or passage.start >= kept[-1].end:
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
