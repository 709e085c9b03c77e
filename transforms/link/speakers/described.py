"""Whom a description means that does not repeat the introduction: a phrase comes in, an `Actor` goes out, or None.

"The officer" is the colonel who spoke, "the 61-year-old" the woman named last.
"""

from functools import partial

from transforms.link.speakers.actor import Actor
from transforms.link.speakers.called import Called
from transforms.link.speakers.cast import Cast
from transforms.link.speakers.phrases import is_age
from transforms.link.speakers.salience import Wanted, nearest

_ANYBODY, _UNTOLD = "*", "?"
_NEAR = 8
"""Sentences before a description in which its bearer is looked for."""


def described(cast: Cast, position: int, own: tuple[int, int], called: Called, after: str) -> Actor | None:
    """The person nearest before a position whom a definite phrase may describe; None in doubt.

    `after` is the word behind the phrase: "the man behind her" is somebody new.
    """
    if not called.is_definite or called.is_owned:
        return None
    words = cast.story.words
    if (after in words.lists["prepositions"] or after in words.lists["relatives"]) and not is_age(called.noun):
        return None
    heads = _heads(cast, position, called)
    if not heads:
        return None
    age = next((word for word in (called.noun, *called.others) if is_age(word)), "")
    fits = partial(_fits, cast, called.noun, heads, age)
    return nearest(cast, position, own, Wanted(fits, fits), sentences=_NEAR)


def _heads(cast: Cast, position: int, called: Called) -> frozenset[str]:
    """What a person must have been introduced as; empty when the phrase tells too little or is of somebody else."""
    words = cast.story.words
    if is_age(called.noun) or called.others & words.lists["not_for"]:
        return frozenset(_ANYBODY)
    if any(called.noun in actor.heads and actor.is_named for actor in cast.by_noun.get(called.noun, ())):
        return frozenset()
    told = words.descriptions.get(called.noun, frozenset())
    is_person = words.is_person(called.noun)
    tells_life = (is_person and bool(called.named)) or any(map(_is_life, called.others))
    if called.noun not in words.lists["unique"] and tells_life:
        return frozenset(_ANYBODY)
    if not told and is_person and not called.others and called.noun not in words.lists["unique"]:
        told = frozenset(_ANYBODY)
    # "a miner" may have been written before of somebody who said nothing
    is_used = cast.story.is_used_before(called.noun, position)
    return told & (words.descriptions.get(called.noun, frozenset()) - {_UNTOLD}) if is_used else told


def _is_life(word: str) -> bool:
    """Whether a word tells of somebody's life: "Goma-born", "20-year-old"."""
    return is_age(word) or word.endswith("-born")


def _fits(cast: Cast, noun: str, heads: frozenset[str], age: str, actor: Actor) -> bool:
    if actor.kind != "person" or not actor.may_be("person", cast.story.words.gender_of(noun)):
        return False
    if age and age not in actor.heads and any(is_age(head) for head in actor.heads):
        return False
    if _ANYBODY in heads or actor.heads & heads:
        return True
    return _UNTOLD in heads and all(is_age(head) for head in actor.heads)
