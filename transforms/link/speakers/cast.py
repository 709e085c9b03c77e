"""Everybody who acts in a story: a `Story` comes in; its actors by name, by noun and by sentence go out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from transforms.link.speakers.actor import Actor, actors_of
from transforms.link.speakers.body_nouns import body_nouns
from transforms.link.speakers.genders import gender_behind
from transforms.link.speakers.introductions import introductions_of
from transforms.link.speakers.phrases import Phrase
from transforms.link.speakers.story import NONE, Story

_MOST_NAMESAKES = 20
"""Actors of one noun that are compared; with more, "the resident" is nobody's anyway."""


@dataclass(slots=True)
class Cast:
    """The actors of a story.

    `named[i]` bears `story.mentions[i]`, `unnamed[i]` is called by the phrase that begins at character `i`. `by_noun`
    has those called a noun. `spoken` has by sentence who speaks there, with the position, filled in text order.
    `unclear`: the positions of people whose body is still to be found. `heads`: the name that heads the words for a
    speaker at characters `start` and `end`.
    """

    story: Story
    named: Sequence[Actor]
    unnamed: dict[int, Actor] = field(default_factory=dict)
    by_noun: dict[str, list[Actor]] = field(default_factory=lambda: defaultdict(list))
    spoken: dict[int, list[tuple[int, Actor]]] = field(default_factory=lambda: defaultdict(list))
    unclear: list[tuple[int, Actor, Phrase]] = field(default_factory=list)
    heads: dict[tuple[int, int], int] = field(default_factory=dict)

    def call(self, actor: Actor, noun: str) -> None:
        """Notes that a noun is said of an actor."""
        known = self.by_noun[noun]
        if noun not in actor.heads and len(known) <= _MOST_NAMESAKES:
            known.append(actor)
        actor.heads.add(noun)

    def speaks(self, position: int, actor: Actor) -> None:
        """Notes who speaks at a position."""
        self.spoken[self.story.sentence_at(position)].append((position, actor))

    def describe(self, actor: Actor, phrase: Phrase, position: int) -> None:
        """Notes what a phrase says of somebody; whose "its head" is is left for later."""
        if phrase.noun and not phrase.is_over:
            actor.words |= phrase.words
            others = phrase.words & self.story.words.lists["distinct"]
            actor.qualified[phrase.noun] = actor.qualified.get(phrase.noun, others) & others
            self.call(actor, phrase.noun)
            actor.gender = actor.gender or self.story.words.gender_of(phrase.noun)
        if actor.kind not in ("person", "people") or actor.body is not None or phrase.is_over:
            return
        if phrase.owner != NONE:
            actor.body = self.named[phrase.owner]
        elif phrase.its_at != NONE or phrase.body_noun or phrase.is_of_company:
            self.unclear.append((position, actor, phrase))


def cast_of(story: Story, speaking: Sequence[int]) -> Cast:
    """The cast of a story, everybody with what the story says of them; `speaking` are the starts of its speakers."""
    cast = Cast(story, actors_of(story.text, story.mentions))
    at_cue = {story.name_over(position) for position in speaking}
    for number, mention in enumerate(story.mentions):
        actor = cast.named[number]
        if mention.label == "PER":
            for phrase in introductions_of(story, number, speaks=number in at_cue):
                cast.describe(actor, phrase, mention.start)
            actor.gender = actor.gender or gender_behind(story, number)
        elif actor.kind == "body":
            for noun in _nouns(story, actor, number):
                cast.call(actor, noun)
    cast.unclear.sort(key=lambda each: each[0])
    return cast


def _nouns(story: Story, actor: Actor, number: int) -> Iterator[str]:
    noun, words = body_nouns(story, number)
    if noun:
        actor.words |= words
        yield noun
    yield from (word for word in actor.words & story.words.bodies.keys() if word not in actor.heads)
