"""Phrases without a name: "the governor" comes in, the actor so called goes out; "a doctor" makes a new one."""

from dataclasses import dataclass

from transforms.link.speakers.actor import Actor
from transforms.link.speakers.cast import Cast
from transforms.link.speakers.phrases import read_phrase
from transforms.link.speakers.story import NONE, Story, Tokens
from transforms.link.speakers.stretches import OWNS


@dataclass(slots=True)
class Called:
    """A phrase taken apart: its noun, and the words that tell which of its bearers is meant.

    `named` are those of the words that names of places and peoples hold. "The singer's lawyer" is owned.
    """

    noun: str
    others: frozenset[str]
    is_definite: bool
    named: frozenset[str] = frozenset()
    is_owned: bool = False


def read_called(story: Story, tokens: Tokens, start: int, end: int) -> Called | None:
    """The phrase of some tokens taken apart; None when a name is its head."""
    words = story.words
    core = start
    while core < end and (tokens.is_word(core) or tokens.at(core) in (*OWNS, "-")):
        if core > start and tokens.names[core] == NONE and _ends_core(story, tokens.low[core]):
            break
        core += 1
    while core > start + 1 and not tokens.is_word(core - 1):
        core -= 1
    if core == start or tokens.name(core - 1) != NONE:
        return None
    if core > start + 1 and _is_adjective(story, tokens, core):
        core -= 1  # "a person close to the talks"
    noun = tokens.low[core - 1]
    said = {tokens.low[index] for index in range(start, end) if tokens.is_word(index)}
    named = {
        tokens.low[index]
        for index in range(start, end)
        if tokens.names[index] != NONE and story.mentions[tokens.names[index]].label in ("NORP", "LOC")
    }
    others = frozenset(said - words.small - {noun})
    is_owned = any(tokens.low[index] in OWNS for index in range(start, core))
    return Called(noun, others, tokens.low[start] in words.lists["definite"], others & named, is_owned)


def _is_adjective(story: Story, tokens: Tokens, core: int) -> bool:
    """Whether a core ends with a word that describes the person before it."""
    words, low, before = story.words, tokens.low[core - 1], tokens.low[core - 2]
    is_noun = words.is_person(low) or words.is_people(low) or words.is_body(low) or words.is_document(low)
    is_before = tokens.names[core - 2] == NONE and (words.is_person(before) or words.is_people(before))
    return is_before and not is_noun and tokens.at(core) in words.lists["to"] | words.lists["joined_to"]


def _ends_core(story: Story, low: str) -> bool:
    return low in story.words.lists["prepositions"] or low in story.words.lists["relatives"]


def actor_called(cast: Cast, called: Called) -> Actor | None:
    """The only actor of the story whom a definite phrase fits."""
    fitting = [
        actor
        for actor in cast.by_noun.get(called.noun, ())
        if called.others <= actor.words and not actor.qualified.get(called.noun, set()) - called.others
    ]
    return fitting[0] if called.is_definite and len(fitting) == 1 else None


def unnamed_actor(cast: Cast, tokens: Tokens, start: int, end: int, called: Called) -> Actor:
    """The actor whom the story does not name but calls by the phrase at some tokens."""
    actor = cast.unnamed.get(tokens.starts[start])
    if actor is None:
        text = cast.story.text[tokens.starts[start] : tokens.ends[end - 1]]
        actor = Actor(text, None, _kind(cast, tokens, start, called.noun), is_named=False)
        actor.gender = cast.story.words.gender_of(called.noun) if actor.kind != "people" else ""
        actor.words |= called.others
        if actor.kind == "body":
            actor.body = _owner(cast, tokens, start, end)
        phrase = read_phrase(cast.story, tokens, start, end)
        are_several = any(low in cast.story.words.lists["and"] for low in tokens.low[start:end])
        if phrase is not None and phrase.noun == called.noun and not are_several:
            cast.describe(actor, phrase, tokens.starts[start])
        cast.call(actor, called.noun)
        cast.unnamed[tokens.starts[start]] = actor
    return actor


def _owner(cast: Cast, tokens: Tokens, start: int, end: int) -> Actor | None:
    """The body that a part of it is called by: Zeta of "the Zeta secretariat"."""
    names = (name for name in tokens.names[start:end] if name != NONE)
    return next((cast.named[name] for name in names if cast.story.mentions[name].label == "ORG"), None)


def _kind(cast: Cast, tokens: Tokens, start: int, noun: str) -> str:
    words = cast.story.words
    if words.is_people(noun):
        return "people"
    if words.is_body(noun) and not (tokens.low[start] in words.lists["one"] and words.is_person(noun)):
        return "body"
    if words.is_document(noun):
        return "document"
    if words.is_person(noun) or words.gender_of(noun) or tokens.low[start] in words.lists["one"]:
        return "person"
    return "people" if tokens.low[start] in words.lists["many"] or noun.endswith("s") else ""
