"""Find and link for a batch of texts: text and its day in, sentences, dates, quantities and linked mentions out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from transforms.extract.article import Block
from transforms.find.dates import DateExpression, find_dates
from transforms.find.mentions import Mention, find_mentions
from transforms.find.quantities import Quantity, find_quantities
from transforms.find.sentences import Sentence, find_sentences
from transforms.link import link_places
from transforms.link.gazetteer import Gazetteer

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


def annotate(stories: Sequence[Story], model: Any, gazetteer: Gazetteer) -> list[Annotation]:
    """One annotation for each story, in order: `find`, then `link`."""
    return link(stories, find(stories, model), gazetteer)


def find(stories: Sequence[Story], model: Any) -> list[Annotation]:
    """What each story holds, its names without ids.

    `model` is a spaCy pipeline (see `find.model.load_model`); it reads all stories in one go, which is what makes it
    fast.
    """
    return [_find_one(story, mentions) for story, mentions in zip(stories, _mentions_of(stories, model), strict=True)]


def link(stories: Sequence[Story], found: Sequence[Annotation], gazetteer: Gazetteer) -> list[Annotation]:
    """The same annotations, with the ids of the names that are known."""
    return [
        replace(
            annotation,
            mentions=tuple(link_places(story.text, annotation.mentions, gazetteer, source_country=story.country)),
        )
        for story, annotation in zip(stories, found, strict=True)
    ]


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
