"""Whom the words for a speaker mean: their place in a story comes in, an `Actor` goes out, or None in doubt."""

from transforms.link.speakers.actor import Actor
from transforms.link.speakers.appositions import apposed_name, apposed_words
from transforms.link.speakers.bodies import any_body, body_speaking, lone_name
from transforms.link.speakers.called import Called, actor_called, read_called, unnamed_actor
from transforms.link.speakers.cast import Cast
from transforms.link.speakers.described import described
from transforms.link.speakers.peoples import bearers, one_of_people
from transforms.link.speakers.salience import NOWHERE, Wanted, nearest, subject_of_lead
from transforms.link.speakers.story import NONE, Tokens
from transforms.link.speakers.words import Pronoun

_WRITTEN = {"body": "document"}
"""What "it" may stand for besides, although it does not act."""


def speaker_of(cast: Cast, start: int, end: int, own: tuple[int, int]) -> Actor | None:
    """Who the characters `start` to `end` mean, whose words are in the stretch `own`."""
    story = cast.story
    tokens = story.tokens(story.sentence_at(start))
    first, last = tokens.first_at(start), tokens.first_at(end - 1) + 1
    last = min(last, len(tokens.low))
    if first and tokens.low[first - 1] in story.words.lists["definite"] and tokens.name(first) == NONE:
        first -= 1
    if first >= last:
        return Actor(story.text[start:end], None, "", is_named=False)
    pronoun = story.words.pronouns.get(story.text[start:end].lower())  # the "he" of "he'd said" too
    if pronoun is not None:
        return _behind_pronoun(cast, pronoun, start, own)
    name = cast.heads.get((start, end), NONE)
    if name != NONE:
        before = first if last - first > 1 else first - 1
        before = _past_places(cast, tokens, before, last - 1)
        is_one = last - before == 2 and tokens.at(first - (last - first == 1)) in story.words.lists["definite"]
        return (one_of_people(cast, name, own) if is_one else None) or cast.named[name]
    apposed = _apposed(cast, tokens, first, last)
    if apposed is not None:
        return apposed
    return _behind_phrase(cast, tokens, first, last, own)


def _past_places(cast: Cast, tokens: Tokens, first: int, last: int) -> int:
    """The last token of "the Oregon" before a token: what stands there is one of the place."""
    while first + 1 < last and tokens.name(first + 1) != tokens.name(last) and _is_place(cast, tokens.name(first + 1)):
        first += 1
    return first


def _is_place(cast: Cast, name: int) -> bool:
    return name != NONE and cast.story.mentions[name].label == "LOC"


def _behind_pronoun(cast: Cast, pronoun: Pronoun, start: int, own: tuple[int, int]) -> Actor | None:
    kind, gender = pronoun.kind, pronoun.gender
    wanted = Wanted(
        lambda actor: actor.may_be(kind, gender),
        lambda actor: actor.kind in (kind, _WRITTEN.get(kind)) and actor.may_be(kind, gender),
    )
    found = nearest(cast, start, own, wanted) or subject_of_lead(cast, start, own, wanted)
    if found is None and kind == "body":
        return lone_name(cast, start, own)
    if found is not None and found.kind == "person":
        found.gender = found.gender or pronoun.gender
    return found


def _apposed(cast: Cast, tokens: Tokens, first: int, last: int) -> Actor | None:
    """Whoever is named right behind a definite phrase: "the state buyer, GASC,", "his lawyer, Ana Ruiz,"."""
    story, words = cast.story, cast.story.words
    comma = next((at for at in range(first, last) if tokens.low[at] == "," and tokens.names[at] == NONE), last)
    called = read_called(story, tokens, first, comma)
    if called is None or tokens.low[first] in words.lists["one"]:
        return None
    # "According to the bank, Zeta, a rival, fell"
    is_last = comma == last and tokens.at(first - 1) in words.lists["to"]
    may_be_body = words.is_body(called.noun) or called.noun in words.lists["either"]
    if words.is_people(called.noun) or words.is_document(called.noun):
        return None
    name = apposed_name(story, tokens, comma, is_last=is_last)
    if name != NONE:
        actor = cast.named[name]
        if actor.kind != "person" and not (may_be_body and actor.kind in ("body", "place")):
            return None
        cast.call(actor, called.noun)
        return actor
    span = apposed_words(story, tokens, comma, is_last=is_last)
    if span is None or not (may_be_body or words.is_person(called.noun)):
        return None
    actor = unnamed_actor(cast, tokens, first, comma, called)
    actor.name, actor.is_named = story.text[slice(*span)], True
    return actor


def _behind_phrase(cast: Cast, tokens: Tokens, first: int, last: int, own: tuple[int, int]) -> Actor:
    called = read_called(cast.story, tokens, first, last)
    if called is None:
        return Actor(cast.story.text[tokens.starts[first] : tokens.ends[last - 1]], None, "people", is_named=False)
    found = (
        actor_called(cast, called)
        or _same(cast, tokens, first, called)
        or _by_country(cast, tokens, first, last, called)
        or described(cast, tokens.starts[first], own, called, tokens.at(last))
        or any_body(cast, tokens.starts[first], called)
    )
    if found is None:
        found = unnamed_actor(cast, tokens, first, last, called)
        if called.noun in cast.story.words.lists["speaks_for"] and not called.others and found.body is None:
            found.body = body_speaking(cast, tokens.starts[first])
    return found


def _by_country(cast: Cast, tokens: Tokens, first: int, last: int, called: Called) -> Actor | None:
    """The one of Germany's people whom "the German minister" means."""
    if not called.is_definite or not called.named:
        return None
    found = {id(actor): actor for name in tokens.names[first:last] if name != NONE for actor in bearers(cast, name)}
    gender = cast.story.words.gender_of(called.noun)
    actor = next(iter(found.values())) if len(found) == 1 else None
    return actor if actor is not None and actor.may_be("person", gender) else None


def _same(cast: Cast, tokens: Tokens, first: int, called: Called) -> Actor | None:
    """The unnamed speaker that "the same source" is."""
    if not called.is_definite or not called.others & cast.story.words.lists["same"]:
        return None
    return nearest(cast, tokens.starts[first], NOWHERE, Wanted(_is_unnamed, _is_unnamed))


def _is_unnamed(actor: Actor) -> bool:
    return actor.kind == "person" and not actor.is_named
