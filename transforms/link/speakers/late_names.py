"""Speakers named after their first words: '... the minister said. "...," Ana Ruiz said' is one person who speaks twice.

A cast and the places of its speakers come in; phrases get the actor whose name follows.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from transforms.link.speakers.actor import Actor
from transforms.link.speakers.called import Called, actor_called, read_called
from transforms.link.speakers.cast import Cast
from transforms.link.speakers.heads import name_of_head
from transforms.link.speakers.leads import unite
from transforms.link.speakers.phrases import is_age
from transforms.link.speakers.story import NONE, Story, Tokens
from transforms.link.speakers.stretches import OWNS

_FAR = 3
"""Sentences from a phrase to the name of who it means."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase at some tokens, of a speaker whom nothing names so far."""

    tokens: Tokens
    first: int
    last: int
    called: Called
    sentence: int


def name_late(cast: Cast, spans: Iterable[tuple[int, int]]) -> None:
    """Gives speakers without a name the one that the next speaker bears, when nothing else tells who that is."""
    story = cast.story
    first_names: dict[int, int] = {}
    for number, actor in enumerate(cast.named):
        first_names.setdefault(id(actor), number)
    waiting: _Phrase | None = None
    for start, end in spans:
        sentence = story.sentence_at(start)
        tokens = story.tokens(sentence)
        first, last = tokens.first_at(start), min(tokens.first_at(end - 1) + 1, len(tokens.low))
        if first >= last or (last - first == 1 and tokens.low[first] in story.words.pronouns):
            continue
        name = cast.heads[start, end] = name_of_head(story, tokens, first, last)
        if name == NONE:
            found = _unnamed(cast, tokens, first, last, sentence)
            waiting = waiting if waiting and found and found.called.noun == waiting.called.noun else found
            continue
        actor = cast.named[name]
        is_new = first_names[id(actor)] == name and _stands_alone(story, tokens, first, last, name)
        if waiting is not None and is_new and _may_be(cast, waiting, actor, sentence):
            unite(cast, waiting.tokens, waiting.first, waiting.last, waiting.called, actor)
        waiting = None


def _unnamed(cast: Cast, tokens: Tokens, first: int, last: int, sentence: int) -> _Phrase | None:
    """The phrase when it is of one person the reader should know, or opens the story."""
    words = cast.story.words
    called = read_called(cast.story, tokens, first, last)
    if called is None or not words.is_person(called.noun) or called.noun in words.lists["speaks_for"]:
        return None
    is_owned = tokens.low[first] in words.pronouns or any(low in OWNS for low in tokens.low[first:last])
    is_known = called.is_definite or is_owned or (sentence == 0 and tokens.low[first] in words.lists["articles"])
    if not is_known or tokens.starts[first] in cast.unnamed or actor_called(cast, called) is not None:
        return None
    return _Phrase(tokens, first, last, called, sentence)


def _stands_alone(story: Story, tokens: Tokens, first: int, last: int, name: int) -> bool:
    """Whether a full name is all that is said of somebody there."""
    mention = story.mentions[name]
    if " " not in mention.text or tokens.starts[first] != mention.start or tokens.ends[last - 1] != mention.end:
        return False
    after = tokens.at(last)
    if after in story.words.lists["prepositions"] or after == "(":
        return False
    return after != "," or tokens.at(last + 1).endswith("ing")


def _may_be(cast: Cast, phrase: _Phrase, actor: Actor, sentence: int) -> bool:
    gender = cast.story.words.gender_of(phrase.called.noun)
    is_near = sentence - phrase.sentence <= _FAR
    return is_near and actor.may_be("person", gender) and all(is_age(head) for head in actor.heads)
