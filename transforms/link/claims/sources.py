"""Who made a claim: the speaker of the statement that contains it, or the subject of "confirmed 12 deaths".

In: claims, mentions, statements. Out: the claims with `source` and `source_entity_id`; both None when the article
itself says it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from transforms.find.claims import Claim
from transforms.find.mentions import Mention
from transforms.find.sentences import Sentence, sentence_at
from transforms.find.statements.statement import Statement
from transforms.link.claims.scenes import WORD

Words = Mapping[str, frozenset[str]]
SPEAKERS = ("PER", "ORG")
REACH = 160
"""Characters to the left that are read for a reporting verb."""


def set_sources(
    text: str,
    claims: Sequence[Claim],
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    sentences: Sequence[Sentence],
    words: Words,
) -> list[Claim]:
    """The claims with their sources."""
    found: list[Claim] = []
    for claim in claims:
        statement = _statement_of(claim, statements)
        if statement is not None:
            found.append(replace(claim, source=statement.speaker, source_entity_id=statement.speaker_entity_id))
            continue
        source, entity_id = _reporter(text, claim, mentions, sentences, words)
        told = source is not None or entity_id is not None
        found.append(replace(claim, source=source, source_entity_id=entity_id) if told else claim)
    return [_with_whole(claim, found, sentences) for claim in found]


def _statement_of(claim: Claim, statements: Sequence[Statement]) -> Statement | None:
    """The innermost statement that contains a claim; one with a speaker is preferred over one without."""
    holding = [s for s in statements if s.start <= claim.start and claim.end <= s.end and not _speaks(s, claim)]
    return min(holding, key=lambda s: (s.speaker is None, s.end - s.start), default=None)


def _speaks(statement: Statement, claim: Claim) -> bool:
    """Whether a count is part of the words for the speaker: "two of the injured said"."""
    if statement.speaker_start is None or statement.speaker_end is None:
        return False
    return statement.speaker_start <= claim.start < statement.speaker_end


def _with_whole(claim: Claim, claims: Sequence[Claim], sentences: Sequence[Sentence]) -> Claim:
    """A part has the source of its whole when both stand in one sentence and it has none of its own."""
    if claim.part_of is None or claim.source is not None:
        return claim
    whole = next((other for other in claims if other.start == claim.part_of), None)
    if whole is None or sentence_at(sentences, whole.start) is not sentence_at(sentences, claim.start):
        return claim
    return replace(claim, source=whole.source, source_entity_id=whole.source_entity_id)


def _reporter(
    text: str, claim: Claim, mentions: Sequence[Mention], sentences: Sequence[Sentence], words: Words
) -> tuple[str | None, str | None]:
    """The subject of a verb of reporting right before the claim: "the mayor put the toll at 40"."""
    sentence = sentence_at(sentences, claim.start)
    if sentence is None:
        return None, None
    begin = max(sentence.start, claim.start - REACH)
    tokens = list(WORD.finditer(text, begin, claim.start))
    place = len(tokens) - 1
    while place >= 0 and _low(tokens[place]) in words["counts"] and _low(tokens[place]) not in words["report"]:
        place -= 1
    if place < 0 or _low(tokens[place]) not in words["report"]:
        return None, None
    place -= 1
    while place >= 0 and _low(tokens[place]) in words["speaker_between"]:
        place -= 1
    if place < 0:
        return None, None
    return _subject(text, tokens, place, mentions, words)


def _low(match: re.Match[str]) -> str:
    return match.group().lower()


def _subject(
    text: str, tokens: Sequence[re.Match[str]], place: int, mentions: Sequence[Mention], words: Words
) -> tuple[str | None, str | None]:
    end = tokens[place].end()
    if _low(tokens[place]) == "," and place > 0:
        end = tokens[place - 1].end()
    ending = [m for m in mentions if m.end == end and m.label in SPEAKERS]
    if ending:
        mention = max(ending, key=lambda m: m.end - m.start)
        return mention.name or mention.text, mention.entity_id
    if _low(tokens[place]) not in words["speakers"]:
        return None, None
    first = place
    while (
        first > 0
        and tokens[first - 1].group()[0].isalpha()
        and place - first < 3
        and _describes(tokens[first - 1], words)
    ):
        first -= 1
    return text[tokens[first].start() : end], None


def _describes(word: re.Match[str], words: Words) -> bool:
    low = word.group().lower()
    return not any(low in words[name] for name in ("clause", "report", "place_before")) and low not in ("and", "that")
