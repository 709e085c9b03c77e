"""Find and link for a batch of texts: a text and its day in; sentences, dates, quantities, names and claims out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from transforms.extract.article import Block
from transforms.find.claims import Claim, find_claims
from transforms.find.dates import DateExpression, find_dates
from transforms.find.mentions import Mention, find_mentions
from transforms.find.quantities import Quantity, find_quantities
from transforms.find.sentences import Sentence, find_sentences
from transforms.find.statements import Statement, find_statements
from transforms.link import link_places
from transforms.link.claims import link_claims
from transforms.link.directory import Directory
from transforms.link.gazetteer import Gazetteer
from transforms.link.names import link_names
from transforms.link.speakers import link_speakers

MODEL_LANGUAGES = ("en",)
"""Languages the statistical model reads. In other languages it would call half the nouns names."""


@dataclass(frozen=True, slots=True)
class Story:
    """A text to be read. `country` is where the publisher sits, ISO 3166-1 alpha-2."""

    text: str
    published: datetime | date | None = None
    language: str | None = None
    country: str | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """What one text holds, each kind in text order."""

    sentences: tuple[Sentence, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()


def annotate(stories: Sequence[Story], model: Any, gazetteer: Gazetteer, directory: Directory) -> list[Annotation]:
    """One annotation for each story, in order: `find`, then `link`."""
    return link(stories, find(stories, model), gazetteer, directory)


def find(stories: Sequence[Story], model: Any) -> list[Annotation]:
    """What each story holds, its names without ids.

    `model` is a spaCy pipeline (see `find.model.load_model`); it reads all stories in one go, which is what makes it
    fast.
    """
    return [_find_one(story, mentions) for story, mentions in zip(stories, _mentions_of(stories, model), strict=True)]


def link(
    stories: Sequence[Story], found: Sequence[Annotation], gazetteer: Gazetteer, directory: Directory
) -> list[Annotation]:
    """The same annotations, with the ids of the names that are known, and with who said and who counted what.

    Statements and claims are found here because they need to know who is a person and what a place.
    """
    return [_link_one(*pair, gazetteer, directory) for pair in zip(stories, found, strict=True)]


def _link_one(story: Story, found: Annotation, gazetteer: Gazetteer, directory: Directory) -> Annotation:
    placed = link_places(story.text, found.mentions, gazetteer, source_country=story.country)
    mentions = [_merged(mention, directory) for mention in link_names(story.text, placed, directory)]
    return replace(found, mentions=tuple(mentions), **_who_said_what(story, found, mentions))


def _merged(mention: Mention, directory: Directory) -> Mention:
    """The mention with the id of the entity that the user says its own is."""
    same = directory.canonical_id(mention.entity_id) if mention.entity_id else None
    return mention if same == mention.entity_id else replace(mention, entity_id=same)


def _who_said_what(story: Story, found: Annotation, mentions: Sequence[Mention]) -> dict[str, tuple[Any, ...]]:
    if story.language not in MODEL_LANGUAGES:
        return {}
    said = find_statements(story.text, found.sentences, mentions, story.language)
    statements = link_speakers(story.text, said, mentions, story.language, sentences=found.sentences)
    claims = find_claims(
        story.text, found.sentences, found.quantities, found.dates, mentions, story.published, story.language
    )
    return {
        "statements": tuple(statements),
        "claims": tuple(link_claims(story.text, claims, mentions, statements, story.language, found.sentences)),
    }


def _mentions_of(stories: Sequence[Story], model: Any) -> list[list[Mention]]:
    readable = [number for number, story in enumerate(stories) if story.language in MODEL_LANGUAGES]
    found = find_mentions([stories[number].text for number in readable], model) if readable else []
    by_number = dict(zip(readable, found, strict=True))
    return [by_number.get(number, []) for number in range(len(stories))]


def _find_one(story: Story, mentions: Sequence[Mention]) -> Annotation:
    dates = find_dates(story.text, story.published, story.language)
    taken = [(date.start, date.end) for date in dates]
    quantities = find_quantities(story.text, language=story.language, country=story.country, taken=taken)
    sentences = find_sentences(story.text, story.blocks, story.language)
    return Annotation(tuple(sentences), tuple(dates), tuple(quantities), tuple(mentions))
