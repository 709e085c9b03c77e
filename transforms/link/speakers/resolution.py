"""Whom the words for a speaker mean: their place in a story comes in, an `Actor` goes out, or None in doubt."""

from functools import partial

from transforms.find.statements.statement import Statement
from transforms.link.names.body_name import body_name
from transforms.link.names.short_names import is_company
from transforms.link.speakers.actor import Actor
from transforms.link.speakers.called import Called, actor_called, new_actor, read_called
from transforms.link.speakers.cast import Cast
from transforms.link.speakers.heads import name_of_head
from transforms.link.speakers.phrases import Phrase
from transforms.link.speakers.salience import NOWHERE, Wanted, nearest
from transforms.link.speakers.story import NONE, Tokens
from transforms.link.speakers.words import Pronoun


def speaker_of(cast: Cast, statement: Statement, start: int, end: int) -> Actor | None:
    """Who the speaker is that a statement has at characters `start` to `end`."""
    story = cast.story
    tokens = story.tokens(story.sentence_at(start))
    first, last = tokens.first_at(start), tokens.first_at(end - 1) + 1
    last = min(last, len(tokens.low))
    if first >= last:
        return Actor(statement.speaker or "", None, "")
    pronoun = story.words.pronouns.get(tokens.low[first]) if last - first == 1 else None
    if pronoun is not None:
        return _behind_pronoun(cast, pronoun, start, (statement.start, statement.end))
    name = name_of_head(story, tokens, first, last)
    if name != NONE:
        return cast.named[name]
    return _behind_phrase(cast, tokens, first, last)


def _behind_pronoun(cast: Cast, pronoun: Pronoun, start: int, own: tuple[int, int]) -> Actor | None:
    kind, gender = pronoun.kind, pronoun.gender
    wanted = Wanted(
        lambda actor: actor.may_be(kind, gender), lambda actor: actor.kind == kind and actor.may_be(kind, gender)
    )
    found = nearest(cast, start, own, wanted)
    if found is not None and found.kind == "person":
        found.gender = found.gender or pronoun.gender
    return found


def _behind_phrase(cast: Cast, tokens: Tokens, first: int, last: int) -> Actor:
    called = read_called(cast.story, tokens, first, last)
    if called is None:
        return Actor(cast.story.text[tokens.starts[first] : tokens.ends[last - 1]], None, "people", is_named=False)
    found = actor_called(cast, called) or _same(cast, tokens, first, called) or any_body(cast, tokens, first, called)
    if found is None:
        found = new_actor(cast, tokens, first, last, called)
        if (
            found.kind == "person"
            and found.body is None
            and called.noun in cast.story.words["speaks_for"]
            and not called.others
        ):
            _take_body(cast, found, tokens.starts[first])
    return found


def _same(cast: Cast, tokens: Tokens, first: int, called: Called) -> Actor | None:
    """The unnamed speaker that "the same source" is."""
    if not called.is_definite or not called.others & cast.story.words["same"]:
        return None
    return nearest(cast, tokens.starts[first], NOWHERE, Wanted(_is_unnamed, _is_unnamed))


def _is_unnamed(actor: Actor) -> bool:
    return actor.kind == "person" and not actor.is_named


def _is_body(actor: Actor) -> bool:
    return actor.kind == "body"


def any_body(cast: Cast, tokens: Tokens, first: int, called: Called) -> Actor | None:
    """The body just named, when nothing else in the story is "the company" or "the organisation"."""
    breadth = cast.story.words.bodies.get(called.noun)
    if not breadth or called.others or not called.is_definite or cast.by_noun.get(called.noun):
        return None
    fits = partial(_may_be_any, cast, breadth)
    return nearest(cast, tokens.starts[first], NOWHERE, Wanted(fits, fits))


def _may_be_any(cast: Cast, breadth: str, actor: Actor) -> bool:
    """Whether a body may be called by such a general noun: no ministry is a company."""
    words = cast.story.words
    return actor.label == "ORG" and not (breadth == "business" and actor.heads & words.bodies.keys() - words.businesses)


def _is_business(cast: Cast, actor: Actor) -> bool:
    """Whether the story or the name says that a body is a company."""
    is_called = bool(actor.heads & cast.story.words.businesses)
    return actor.label == "ORG" and (is_called or is_company(body_name(actor.name)))


def _take_body(cast: Cast, actor: Actor, position: int) -> None:
    """Lets "a spokeswoman" speak for the body that spoke just before."""
    actor.body = nearest(cast, position, NOWHERE, Wanted(_is_body, _is_body), sentences=2)


def resolve_unclear(cast: Cast, position: int, actor: Actor, phrase: Phrase) -> None:
    """Finds the body of "its head" and of "the union's secretary"."""
    if actor.body is not None:
        return
    if phrase.its_at != NONE:
        actor.body = nearest(cast, phrase.its_at, NOWHERE, Wanted(_is_body, _is_body), sentences=2)
        return
    if phrase.is_of_company:
        fits = partial(_is_business, cast)
        actor.body = nearest(cast, position, NOWHERE, Wanted(fits, fits))
        return
    called = Called(phrase.body_noun, frozenset(), True)
    tokens = cast.story.tokens(cast.story.sentence_at(position))
    actor.body = actor_called(cast, called) or any_body(cast, tokens, tokens.first_at(position), called)
