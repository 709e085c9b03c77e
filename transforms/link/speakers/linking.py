"""Speakers of one story: its text, statements and names come in; the statements go out with who said them."""

from collections.abc import Mapping, Sequence

from transforms.find.mentions import Mention
from transforms.find.sentences import Sentence, find_sentences
from transforms.find.statements.statement import Statement
from transforms.link.speakers.actor import Actor
from transforms.link.speakers.bodies import resolve_unclear
from transforms.link.speakers.cast import Cast, cast_of
from transforms.link.speakers.late_names import name_late
from transforms.link.speakers.leads import name_lead
from transforms.link.speakers.resolution import speaker_of
from transforms.link.speakers.story import read_story
from transforms.link.speakers.words import words_of

type Span = tuple[int, int]


def link_speakers(
    text: str,
    statements: Sequence[Statement],
    mentions: Sequence[Mention],
    language: str | None = "en",
    *,
    sentences: Sequence[Sentence] | None = None,
) -> list[Statement]:
    """The statements of one text in order, each with its speaker's canonical name and id, and whom they speak for.

    Args:
        text: the article's text.
        statements: its statements, from `find_statements`.
        mentions: its names with their ids, from `link_places` and `link_names`.
        language: ISO 639-1. In a language without a folder statements stay as they are.
        sentences: those of the text, from `find_sentences`, when they were found before.

    `speaker` is None behind a pronoun that may mean several; a phrase that no name of the story answers to stays as
    written, without an id.
    """
    words = words_of(language)
    spans = _spans(text, statements)
    if words is None or not spans:
        return list(statements)
    if sentences is None:
        sentences = find_sentences(text, (), language)
    story = read_story(text, sentences, statements, mentions, words)
    if not story.sentences:
        return list(statements)
    cast = cast_of(story, [start for start, _ in spans])
    name_lead(cast, spans)
    name_late(cast, spans)
    speakers = _speakers(cast, spans)
    return [
        _with_speaker(statement, speakers[span]) if (span := _span(statement)) in speakers else statement
        for statement in statements
    ]


def _span(statement: Statement) -> Span:
    """Where the words for the speaker stand; (-1, -1) when there are none."""
    start, end = statement.speaker_start, statement.speaker_end
    return (-1, -1) if start is None or end is None else (start, end)


def _spans(text: str, statements: Sequence[Statement]) -> dict[Span, Span]:
    """For each place where a speaker stands, in text order, the stretch of what is said there."""
    found: dict[Span, Span] = {}
    for each in statements:
        start, end = span = _span(each)
        if 0 <= start < end <= len(text):
            first, last = found.get(span, (each.start, each.end))
            found[span] = (min(first, each.start), max(last, each.end))
    return dict(sorted(found.items()))


def _speakers(cast: Cast, spans: Mapping[Span, Span]) -> dict[Span, Actor | None]:
    """Who speaks at each place. Whom people speak for is found in text order too."""
    done = 0
    speakers: dict[Span, Actor | None] = {}
    for (start, end), own in spans.items():
        while done < len(cast.unclear) and cast.unclear[done][0] <= start:
            resolve_unclear(cast, *cast.unclear[done])
            done += 1
        actor = speakers[start, end] = speaker_of(cast, start, end, own)
        if actor is not None:
            cast.speaks(start, actor)
    for each in cast.unclear[done:]:
        resolve_unclear(cast, *each)
    return speakers


def _with_speaker(statement: Statement, actor: Actor | None) -> Statement:
    if actor is None:
        return _spoken_by(statement, None, None, None)
    body = actor.body if actor.kind in ("person", "people") else None
    if body is not None and not body.is_named:
        body = body.body
    affiliation = body.entity_id if body is not None else None
    return _spoken_by(statement, actor.name or statement.speaker, actor.entity_id, affiliation)


def _spoken_by(said: Statement, speaker: str | None, entity_id: str | None, affiliation_id: str | None) -> Statement:
    """The statement with its speaker, made anew at once: `replace` takes four times as long."""
    return Statement(
        said.start, said.end, said.text, said.speaker_start, said.speaker_end,
        speaker, entity_id, affiliation_id, said.cue, said.direct, said.rule,
    )  # fmt: skip
