"""Reads marked stories for the tests here: `[surface|LABEL]` is a name, `{surface}` stands for a speaker."""

import re
from collections.abc import Callable, Sequence

import pytest

from transforms.find.mentions import Mention
from transforms.find.sentences import find_sentences, sentence_at
from transforms.find.statements.statement import Statement
from transforms.link.directory import Directory
from transforms.link.directory.merging import Entities
from transforms.link.names import link_names
from transforms.link.speakers import link_speakers

_MARK = re.compile(r"\[(?P<name>[^\]|]+)\|(?P<label>[A-Z]+)\]|[{}]")
_QUOTE = re.compile(r'"[^"]*"')

type Span = tuple[int, int]


def read_story(marked: str) -> tuple[str, list[Statement], list[Mention]]:
    """The text, a statement for each speaker and the linked names.

    The words of a statement are the first quotation of its sentence, which makes it direct, else whatever of the
    sentence stands after the speaker, or before when nothing does.
    """
    text, spans, names, last, opened = "", [], [], 0, 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        if match["name"]:
            names.append(Mention(len(text), len(text) + len(match["name"]), match["name"], match["label"], rule="x"))
            text += match["name"]
        elif match[0] == "{":
            opened = len(text)
        else:
            spans.append((opened, len(text)))
    text += marked[last:]
    return (
        text,
        [_statement(text, span) for span in spans],
        link_names(text, _placed(names), Directory(Entities({}, {}))),
    )


def _placed(names: Sequence[Mention]) -> list[Mention]:
    """The names as `link_places` leaves them: places have an id."""
    return [
        Mention(each.start, each.end, each.text, "LOC", f"geonames:{each.text}", each.text)
        if each.label == "LOC"
        else each
        for each in names
    ]


def _statement(text: str, speaker: Span) -> Statement:
    sentence = sentence_at(find_sentences(text, (), "en"), speaker[0])
    assert sentence is not None, (text, speaker)
    quote = _QUOTE.search(text, sentence.start, sentence.end)
    after = (speaker[1], sentence.end) if sentence.end - speaker[1] > len(" said.") else (sentence.start, speaker[0])
    start, end = quote.span() if quote else after
    return Statement(start, end, text[start:end], *speaker, text[slice(*speaker)], direct=bool(quote), rule="test")


def link_story(marked: str) -> tuple[list[str | None], list[str | None], list[str | None]]:
    """Speakers, their ids, and whom they speak for, by name, in the order of the statements."""
    text, statements, mentions = read_story(marked)
    names = {each.entity_id: each.name for each in mentions if each.entity_id}
    linked = link_speakers(text, statements, mentions)
    return (
        [each.speaker for each in linked],
        [each.speaker_entity_id for each in linked],
        [names[each.speaker_affiliation_id] if each.speaker_affiliation_id else None for each in linked],
    )


@pytest.fixture(scope="session")
def linked() -> Callable[[str], tuple[list[str | None], list[str | None], list[str | None]]]:
    """`link_story`, for tests."""
    return link_story


@pytest.fixture(scope="session")
def story_of() -> Callable[[str], tuple[str, list[Statement], list[Mention]]]:
    """`read_story`, for tests."""
    return read_story
