"""Places and peoples that the model missed: a text with its mentions comes in, further mentions go out.

They stand outside all mentions, or inside the name of an organisation ("Kentucky" in "Kentucky State Police").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transforms.find.mentions import Mention
from transforms.link.bearers import is_contained, is_distinctive, is_known_town, is_large_region
from transforms.link.countries import country_by_demonym, country_by_name, peoples
from transforms.link.gazetteer import Gazetteer
from transforms.link.wording import (
    container_after,
    ends_in_feature_word,
    feature_word_after,
    is_after_preposition,
    is_common_noun,
    is_dateline,
    is_not_place,
)
from transforms.link.words import abbreviations, doubtful_words, news_place_names

CIVIC_NAME = "civic_name"
"""Rule of a town inside the name of its police, school or court; it needs the company of other places."""

_LONGEST = 5  # words of a name that is looked for
_SHORTEST = 4  # letters
_SHORTEST_SHOUTED, _AROUND = 5, 20  # letters
_LARGE = 100_000  # people
_WORD = re.compile(r"(?<![^\W\d_])(?:(?:[A-Z]\.){2,}|[^\W\d_a-z][^\W\d_]*)")  # few of them have no capital
_JOINT = re.compile(r"[ \-.'’]{1,2}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_FREE, _NAMED, _NESTING = 0, 1, 2
_NEST = frozenset({"ORG", "FAC", "EVENT", "LAW"})

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Story:
    """A text, which of its letters are in a mention (and in one that others may nest in), and its known places."""

    text: str
    cover: bytearray
    spans: frozenset[Span]
    places: frozenset[str]
    gazetteer: Gazetteer


def missed_places(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """The missed places and peoples of one text, in no particular order."""
    cover = bytearray(len(text))
    for mention in mentions:
        width = mention.end - mention.start
        cover[mention.start : mention.end] = bytes([_NESTING if mention.label in _NEST else _NAMED]) * width
    for address in _ADDRESS.finditer(text):
        cover[address.start() : address.end()] = bytes([_NAMED]) * (address.end() - address.start())
    added = [*_containers(text, mentions, cover, gazetteer), *_news_places(text, cover)]
    for mention in added:
        cover[mention.start : mention.end] = bytes([_NAMED]) * (mention.end - mention.start)
    spans = frozenset((mention.start, mention.end) for mention in mentions)
    known = frozenset(each.text for each in mentions if each.label == "LOC" and gazetteer.holds(each.text))
    return [*added, *_names(_Story(text, cover, spans, known, gazetteer))]


def _containers(text: str, mentions: Sequence[Mention], cover: bytearray, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Regions after the comma of a place that lies there: "S.C." in "Charleston, S.C."."""
    for mention in mentions:
        if mention.label == "LOC":
            container = container_after(text, mention.end, gazetteer)
            start, end = container.start, container.end
            if is_contained(gazetteer.lookup(mention.text), container.places) and not any(cover[start:end]):
                yield Mention(start, end, text[start:end], "LOC", rule="container")


def _news_places(text: str, cover: bytearray) -> Iterator[Mention]:
    """Places that every newsroom knows."""
    for found in news_place_names().finditer(text):
        if not any(cover[found.start() : found.end()]):
            yield Mention(found.start(), found.end(), found[0], "LOC", rule="news_place")


def _names(story: _Story) -> Iterator[Mention]:
    """The longest names among words with a capital, from left to right."""
    end = 0
    for run in _runs(story.text):
        for first, (start, _) in enumerate(run):
            if start < end or story.cover[start] == _NAMED:
                continue
            for _, last in reversed(run[first:]):
                mention = _mention(story, start, last)
                if mention is not None:
                    yield mention
                    end = last
                    break


def _runs(text: str) -> Iterator[list[Span]]:
    """Words with a capital that stand together, at most five at once."""
    run: list[Span] = []
    for found in _WORD.finditer(text):
        start, end = found.span()
        is_name = text[start].isupper()
        if run and not (is_name and len(run) < _LONGEST and _JOINT.fullmatch(text, run[-1][1], start)):
            yield run
            run = []
        if is_name:
            run.append((start, end))
    if run:
        yield run


def _mention(story: _Story, start: int, end: int) -> Mention | None:
    cover = story.cover[start]
    if cover == _NAMED or cover != story.cover[end - 1] or (start, end) in story.spans:
        return None
    name = story.text[start:end].replace("’", "'")
    if cover == _FREE and name in peoples():
        return Mention(start, end, story.text[start:end], "NORP", rule="people")
    if is_not_place(story.text, start, name) or story.text.startswith("$", end):
        return None
    if end - start < _SHORTEST_SHOUTED and _is_shouted(story.text, start, end):
        return None
    label, rule = _sense(story, name, start, end, nested=cover == _NESTING)
    return Mention(start, end, story.text[start:end], label, rule=rule) if rule else None


def _is_shouted(text: str, start: int, end: int) -> bool:
    """Whether all around is in capitals too, where "US" is a pronoun and "MOST" no town."""
    return text[start:end].isupper() and f"{text[max(0, start - _AROUND) : start]}{text[end : end + _AROUND]}".isupper()


def _sense(story: _Story, name: str, start: int, end: int, *, nested: bool) -> tuple[str, str | None]:
    doubtful = name in doubtful_words() or (nested and name in doubtful_words("inside"))
    if not doubtful and name in country_by_name() and not is_common_noun(story.text, start, end):
        return "LOC", "country_name"
    if not doubtful and name in country_by_demonym():
        return "NORP", "demonym"
    if name in story.places:
        return "LOC", "one_sense"
    return "LOC", _nested_rule(story, name, end) if nested else _place_rule(story, name, start, end)


def _nested_rule(story: _Story, name: str, end: int) -> str | None:
    """Why a name inside that of an organisation is a place, or None."""
    if name.count(".") > 1 and name in abbreviations():
        return "region_abbreviation"
    if len(name) < _SHORTEST or not story.gazetteer.holds(name):
        return None
    places = [place for place in story.gazetteer.lookup(name) if place.is_own_name]
    if places and is_large_region(places):
        return "region_name"
    is_civic = feature_word_after(story.text, end, "place") or ends_in_feature_word(name)
    return CIVIC_NAME if is_civic and is_known_town(places) else None


def _place_rule(story: _Story, name: str, start: int, end: int) -> str | None:
    """Why a name that the model did not see is a place, or None."""
    if len(name) < _SHORTEST or not story.gazetteer.holds(name):
        return None
    places = [place for place in story.gazetteer.lookup(name) if place.is_own_name]
    if places:
        if is_contained(places, container_after(story.text, end, story.gazetteer).places):
            return "container_after_comma"
        if ends_in_feature_word(name):
            return "feature_word"
        if is_dateline(story.text, start, end) and is_known_town(places):
            return "dateline"
        if places[0].population >= _LARGE and is_after_preposition(story.text, start):
            return "preposition"
    return "distinctive_name" if is_distinctive(name, None, story.gazetteer) else None
