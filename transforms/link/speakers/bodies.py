"""Bodies meant without their names: "the company", "its head", "the union's secretary" come in, an `Actor` goes out."""

from functools import partial

from transforms.link.names.body_name import body_name
from transforms.link.names.short_names import is_company
from transforms.link.speakers.actor import Actor
from transforms.link.speakers.called import Called
from transforms.link.speakers.cast import Cast
from transforms.link.speakers.phrases import Phrase
from transforms.link.speakers.salience import NOWHERE, Fits, Wanted, nearest
from transforms.link.speakers.story import NONE

_PUBLIC = "public"
_BUSINESS = "business"
_KIND = "kind"
_MOST_NAMES = 12
_NEAR, _FAR = 4, 15
"""Sentences before "the Swedish company", and before "the company", in which it is named."""


def _is_body(actor: Actor) -> bool:
    return actor.kind == "body"


def any_body(cast: Cast, position: int, called: Called) -> Actor | None:
    """The body just named, when nothing else in the story is "the company" or "the organisation"."""
    words = cast.story.words
    breadth = words.bodies.get(called.noun)
    if not breadth or not called.is_definite or cast.by_noun.get(called.noun):
        return None
    if breadth == _KIND:
        return None if called.is_owned else _of_kind(cast, position, called)
    told = {word for word in called.others - called.named if word.rpartition("-")[2] not in words.lists["seated"]}
    if told and breadth != _PUBLIC:
        return None
    fits = partial(_may_be_any, cast, breadth)
    found = nearest(cast, position, NOWHERE, Wanted(fits, fits), sentences=_NEAR if called.others else _FAR)
    return found or _only_body(cast, position, fits) or lone_name(cast, position, NOWHERE)


def _of_kind(cast: Cast, position: int, called: Called) -> Actor | None:
    """The body just named of which the story did not say what it is: "Zeta fell. The airline"."""
    story = cast.story
    if story.is_used_before(called.noun, position - 1):
        return None  # "an airline" of which the story spoke is meant
    fits = partial(_may_be_called, cast, called.noun)
    like = {id(actor): actor for actor in cast.named if fits(actor) and actor.heads & story.words.bodies.keys()}
    if len(like) == 1 and not called.others:
        return next(iter(like.values()))
    return nearest(cast, position, NOWHERE, Wanted(fits, fits), sentences=_NEAR)


def _may_own(cast: Cast, noun: str, actor: Actor) -> bool:
    """Whether "the police" may be a body so called: no police federation is."""
    words = cast.story.words
    heads = actor.heads & words.bodies.keys() - {noun}
    return actor.kind != "person" and (not words.like[noun] or heads <= words.like[noun])


def _may_be_called(cast: Cast, noun: str, actor: Actor) -> bool:
    words = cast.story.words
    return actor.label == "ORG" and actor.heads & words.bodies.keys() <= words.like[noun]


def lone_name(cast: Cast, position: int, own: tuple[int, int]) -> Actor | None:
    """Who spoke last and may be a body although the name was taken for a person's: "Zeta said"."""
    wanted = Wanted(lambda actor: actor.may_be_body, lambda actor: actor.may_be_body)
    return nearest(cast, position, own, wanted, sentences=_NEAR)


def _only_body(cast: Cast, position: int, fits: Fits) -> Actor | None:
    """The only body that the sentence before names, though it does nothing there: "It belongs to Zeta. The company"."""
    number = cast.story.sentence_at(position) - 1
    if number < 0:
        return None
    sentence = cast.story.sentences[number]
    named = (cast.named[name] for name in cast.story.names_between(sentence.start, sentence.end)[:_MOST_NAMES])
    found = {id(actor): actor for actor in named if fits(actor)}
    return next(iter(found.values())) if len(found) == 1 else None


def _may_be_any(cast: Cast, breadth: str, actor: Actor) -> bool:
    """Whether a body may be called by such a general noun: no ministry is a company."""
    words = cast.story.words
    if breadth == _PUBLIC:
        return actor.label == "ORG" and any(words.bodies.get(word) == _PUBLIC for word in actor.words)
    if actor.label != "ORG":
        is_place = actor.label == "LOC" and actor.entity_id
        return bool(actor.heads & words.lists["either"]) and not actor.gender and not is_place
    return not (breadth == _BUSINESS and actor.heads & words.bodies.keys() - words.businesses)


def _is_business(cast: Cast, actor: Actor) -> bool:
    """Whether the story or the name says that a body is a company."""
    is_called = bool(actor.heads & cast.story.words.businesses)
    return actor.label == "ORG" and (is_called or is_company(body_name(actor.name)))


def _the_company(cast: Cast, position: int) -> Actor | None:
    """Who "the company" would be at a position, when the story speaks of one anywhere."""
    story = cast.story
    for noun, breadth in story.words.bodies.items():
        if breadth == _BUSINESS and story.is_used_before(noun, len(story.text)):
            return any_body(cast, position, Called(noun, frozenset(), True))
    return None


def body_speaking(cast: Cast, position: int) -> Actor | None:
    """The body that "its head" or a mere "spokeswoman" is of: the one in this sentence or the one before."""
    return nearest(cast, position, NOWHERE, Wanted(_is_body, _is_body), sentences=2)


def resolve_unclear(cast: Cast, position: int, actor: Actor, phrase: Phrase) -> None:
    """Finds the body of "its head" and of "the union's secretary"."""
    if actor.body is not None:
        return
    if phrase.its_at != NONE:
        actor.body = body_speaking(cast, phrase.its_at)
        if actor.body is None and phrase.noun not in cast.story.words.lists["speaks_for"]:
            actor.body = _only_body(cast, phrase.its_at, _is_body)
        return
    if phrase.is_of_company:
        fits = partial(_is_business, cast)
        actor.body = nearest(cast, position, NOWHERE, Wanted(fits, fits)) or _the_company(cast, position)
        return
    bodies = [each for each in cast.by_noun.get(phrase.body_noun, ()) if _may_own(cast, phrase.body_noun, each)]
    called = Called(phrase.body_noun, frozenset(), True)
    actor.body = bodies[0] if len(bodies) == 1 else any_body(cast, position, called)
