"""`copydesk annotate`: JSONL of texts in, JSONL of what they hold out. The text is taken as it is, without cleaning."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from flows.entities.read_entities import read_own_entities
from flows.gazetteer import is_built, open_gazetteer
from flows.jsonl import BadLine, Line, error_row, rewrite
from flows.settings import Settings
from flows.time_limit import Crashed, InTime, TooSlow
from transforms.annotate import Annotation, Story, annotate
from transforms.extract.language import detect_language
from transforms.find.model import load_model
from transforms.link.directory import Directory, packaged_directory
from transforms.link.gazetteer import Gazetteer

CPU_SECONDS = 300.0
"""Computing time for a chunk of lines, some 60,000 words: thirty times what is usual."""

FIELDS = {
    "sentences": ("start", "end"),
    "dates": ("start", "end", "text", "type", "value", "mod", "range_start", "range_end"),
    "quantities": (
        *("start", "end", "text", "value", "low", "high", "comparator", "change", "kind", "unit", "unit_text"),
        *("counted", "concept"),
    ),
    "mentions": (
        *("start", "end", "text", "label", "entity_id", "name", "latitude", "longitude", "geonames_id"),
        "country_code",
    ),
    "statements": (
        *("start", "end", "text", "speaker_start", "speaker_end", "speaker", "speaker_entity_id"),
        *("speaker_affiliation_id", "cue", "direct"),
    ),
    "claims": (
        *("start", "end", "text", "metric", "low", "high", "comparator", "who", "tally", "place", "place_entity_id"),
        *("event_start", "event_end", "source", "source_entity_id", "part_of", "hypothetical"),
    ),
}
"""Keys of the output, by kind of span: the public interface, which does not change without notice."""


def annotate_file(source: str, target: str, settings: Settings, advance: Callable[[int], None]) -> int:
    """Annotate a JSONL file; gives the number of lines that could not be used."""
    directory = packaged_directory().with_own(read_own_entities(settings.entities))
    model = load_model(settings.find.model)
    if not is_built(settings.storage.gazetteer):
        print("building the gazetteer, once, in about half a minute …", file=sys.stderr, flush=True)
    gazetteer = open_gazetteer(settings.storage.gazetteer)
    # What is loaded here is shared with the process that works: it is forked from this one.
    answer = InTime(
        partial(_answer, model=model, gazetteer=gazetteer, directory=directory), CPU_SECONDS, memory_bytes=None
    )
    return rewrite(source, target, partial(_answer_in_time, answer), advance=advance)


def _answer_in_time(
    answer: Callable[[Sequence[Line]], list[dict[str, Any]]], lines: Sequence[Line]
) -> list[dict[str, Any]]:
    """The answers to a chunk of lines; of one that takes too long or crashes, each line by itself."""
    try:
        return answer(lines)
    except (TooSlow, Crashed) as error:
        if len(lines) == 1:
            return [error_row(lines[0], f"cannot be annotated: {error}; please report it")]
    return [row for line in lines for row in _answer_in_time(answer, [line])]


def _answer(lines: Sequence[Line], *, model: Any, gazetteer: Gazetteer, directory: Directory) -> list[dict[str, Any]]:
    read: list[Story | str] = [_story_or_error(line) for line in lines]
    found = iter(annotate([story for story in read if isinstance(story, Story)], model, gazetteer, directory))
    return [
        _row(line, next(found)) if isinstance(story, Story) else error_row(line, story)
        for line, story in zip(lines, read, strict=True)
    ]


def _story_or_error(line: Line) -> Story | str:
    try:
        return _story(line.values)
    except BadLine as error:
        return str(error)


def _story(values: dict[str, Any]) -> Story:
    text = values.get("text")
    if not isinstance(text, str):
        raise BadLine('"text" is missing' if text is None else '"text" is not a string')
    language = _string_or_null(values, "language")
    return Story(
        text=text,
        published=_read_published(_string_or_null(values, "published_at")),
        # Too little text to tell: English, the language that all rules are written for.
        language=(language or detect_language(text) or "en").lower()[:2],
        country=_string_or_null(values, "source_place"),
    )


def _string_or_null(values: dict[str, Any], key: str) -> str | None:
    value = values.get(key)
    if value is not None and not isinstance(value, str):
        raise BadLine(f'"{key}" is not a string or null')
    return value


def _read_published(text: str | None) -> datetime | date | None:
    """A day or a moment; a moment without zone counts as UTC.

    >>> _read_published("2024-12-01")
    datetime.date(2024, 12, 1)
    """
    if not text:
        return None
    try:
        if len(text) == len("2024-12-01"):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadLine(f'"published_at" is not an ISO 8601 date or time: {text[:40]!r}') from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _row(line: Line, annotation: Annotation) -> dict[str, Any]:
    row: dict[str, Any] = {"id": line.values.get("id")}
    for kind in FIELDS:
        row[kind] = [_span(span, FIELDS[kind]) for span in getattr(annotation, kind, ())]
    return row


def _span(span: Any, names: Sequence[str]) -> dict[str, Any]:
    known = {field.name for field in fields(span)}
    return {name: getattr(span, name) if name in known else None for name in names}
