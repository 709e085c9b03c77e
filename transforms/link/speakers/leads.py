"""Who a story opens with before it names anybody: the cast of a story comes in, phrases of its lead get their actors.

"A farmer says he was misled." and a paragraph on "Ana Ruiz, 54, lost …" are of one person, as are "A federal judge"
and "Judge Ana Ruiz", and "The head of Zeta was told …" and "Ana Ruiz said …".
"""

from collections.abc import Iterable

from transforms.link.speakers.actor import Actor
from transforms.link.speakers.called import Called, actor_called, read_called
from transforms.link.speakers.cast import Cast
from transforms.link.speakers.phrases import is_age, read_phrase
from transforms.link.speakers.story import NONE, Tokens
from transforms.link.speakers.subjects import phrase_of_subject

_ANYBODY = "*"
_FAR = 4
"""Sentences behind the lead in which whoever it is about is named with an age."""
_NEAR = 2
"""Sentences behind the lead in which the head of a body speaks by name."""


def name_lead(cast: Cast, spans: Iterable[tuple[int, int]]) -> None:
    """Gives the unnamed subject of the first sentence the name that follows, when nothing else tells who it is.

    Of those who speak there, at the places `spans`, "a man" and the like get one too.
    """
    story = cast.story
    tokens = story.tokens(0)
    end = story.sentences[0].end
    for start, last in spans:
        if start >= end:
            break
        first, past = tokens.first_at(start), min(tokens.first_at(last - 1) + 1, len(tokens.low))
        called = _called(cast, tokens, first, past)
        if called is not None and _ANYBODY in story.words.descriptions.get(called.noun, ()):
            _name(cast, tokens, first, past)
    subject = phrase_of_subject(story, 0, end)
    if subject is not None:
        _name(cast, tokens, *subject)
        _name_head(cast, tokens, *subject)


def unite(cast: Cast, tokens: Tokens, first: int, last: int, called: Called, actor: Actor) -> None:
    """Makes a phrase at some tokens one of an actor's descriptions."""
    position = tokens.starts[first]
    said = read_phrase(cast.story, tokens, first, last)
    if said is not None:
        cast.describe(actor, said, position)
    cast.call(actor, called.noun)
    actor.words |= called.others
    cast.unnamed[position] = actor


def _name(cast: Cast, tokens: Tokens, first: int, last: int) -> None:
    words = cast.story.words
    called = _called(cast, tokens, first, last)
    if called is None or tokens.low[first] not in words.lists["one"]:
        return
    actor = _same_noun(cast, called) or _aged(cast, tokens.ends[last - 1])
    if actor is not None and actor.may_be("person", words.gender_of(called.noun)):
        unite(cast, tokens, first, last, called, actor)


def _called(cast: Cast, tokens: Tokens, first: int, last: int) -> Called | None:
    """A phrase of one person at some tokens; None when it is of somebody known or of several."""
    if first >= last or tokens.starts[first] in cast.unnamed:
        return None
    called = read_called(cast.story, tokens, first, last)
    words = cast.story.words
    if called is None or not words.is_person(called.noun) or called.noun in words.lists["speaks_for"]:
        return None
    return None if actor_called(cast, called) else called


def _same_noun(cast: Cast, called: Called) -> Actor | None:
    """The only one whom the story calls by the same noun: "Judge Ana Ruiz"."""
    actors = [actor for actor in cast.by_noun.get(called.noun, ()) if actor.kind == "person"]
    return actors[0] if len(actors) == 1 and actors[0].is_named else None


def _aged(cast: Cast, position: int) -> Actor | None:
    """The first person named behind a position, when the name opens a sentence soon and only an age is told."""
    story = cast.story
    for name in story.names_between(position, len(story.text)):
        if story.mentions[name].label != "PER":
            continue
        mention, number = story.mentions[name], story.sentence_at(story.mentions[name].start)
        actor = cast.named[name]
        is_alone = bool(actor.heads) and all(is_age(head) for head in actor.heads)
        is_opening = mention.start == story.sentences[number].start and 0 < number <= _FAR
        return actor if is_alone and is_opening and " " in mention.text else None
    return None


def _name_head(cast: Cast, tokens: Tokens, first: int, last: int) -> None:
    """The head of a body, when whoever is named first behind the lead opens a sentence without any description."""
    story, words = cast.story, cast.story.words
    called = _called(cast, tokens, first, last)
    if called is None or not called.is_definite or called.noun not in words.offices:
        return
    end = next((at for at in range(last, len(tokens.low)) if words.lists["finite"] & {tokens.low[at]}), NONE)
    phrase = read_phrase(story, tokens, first, end) if end != NONE else None
    if phrase is None or phrase.owner == NONE or any(_is_person(cast, name) for name in tokens.names):
        return
    for name in story.names_between(story.sentences[0].end, len(story.text)):
        mention, actor = story.mentions[name], cast.named[name]
        if mention.label == "PER":
            number = story.sentence_at(mention.start)
            is_opening = mention.start == story.sentences[number].start and number <= _NEAR
            if is_opening and " " in mention.text and not actor.heads and actor.body is None:
                unite(cast, tokens, first, end, called, actor)
            return


def _is_person(cast: Cast, name: int) -> bool:
    return name != NONE and cast.story.mentions[name].label == "PER"
