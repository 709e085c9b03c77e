"""Speakers of one story: its text, statements and names come in; the statements go out with who said them."""

from collections.abc import Sequence
from dataclasses import replace

from transforms.find.mentions import Mention
from transforms.find.statements.statement import Statement
from transforms.link.speakers.actor import Actor
from transforms.link.speakers.cast import cast_of
from transforms.link.speakers.resolution import resolve_unclear, speaker_of
from transforms.link.speakers.story import read_story
from transforms.link.speakers.words import words_of


def link_speakers(
    text: str,
    statements: Sequence[Statement],
    mentions: Sequence[Mention],
    language: str | None = "en",
) -> list[Statement]:
    """The statements of one text in order, each with its speaker's canonical name and id, and whom they speak for.

    Args:
        text: the article's text.
        statements: its statements, from `find_statements`.
        mentions: its names with their ids, from `link_places` and `link_names`.
        language: ISO 639-1. In a language without a folder statements stay as they are.

    `speaker` is None behind a pronoun that may mean several; a phrase that no name of the story answers to stays as
    written, without an id.
    """
    words = words_of(language)
    placed = sorted(
        (each.speaker_start, each.speaker_end, number)
        for number, each in enumerate(statements)
        if each.speaker_start is not None
        and each.speaker_end is not None
        and 0 <= each.speaker_start < each.speaker_end <= len(text)
    )
    if words is None or not placed:
        return list(statements)
    story = read_story(text, statements, mentions, words, language)
    if not story.sentences:
        return list(statements)
    cast = cast_of(story, [start for start, _, _ in placed])
    unclear = iter([*cast.unclear])
    waiting = next(unclear, None)
    speakers: dict[int, Actor | None] = {}
    for start, end, number in placed:
        while waiting is not None and waiting[0] <= start:
            resolve_unclear(cast, *waiting)
            waiting = next(unclear, None)
        before = len(cast.unclear)
        speakers[number] = actor = speaker_of(cast, statements[number], start, end)
        for position, other, phrase in cast.unclear[before:]:
            resolve_unclear(cast, position, other, phrase)
        if actor is not None:
            cast.speaks(start, actor)
    for each in ([waiting] if waiting is not None else []) + list(unclear):
        resolve_unclear(cast, *each)
    return [
        _with_speaker(statement, speakers[number]) if number in speakers else statement
        for number, statement in enumerate(statements)
    ]


def _with_speaker(statement: Statement, actor: Actor | None) -> Statement:
    if actor is None:
        return replace(statement, speaker=None, speaker_entity_id=None, speaker_affiliation_id=None)
    body = actor.body if actor.kind in ("person", "people") else None
    return replace(
        statement,
        speaker=actor.name or statement.speaker,
        speaker_entity_id=actor.entity_id,
        speaker_affiliation_id=body.entity_id if body is not None else None,
    )
