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


def described(cast: Cast, position: int, own: tuple[int, int], called: Called) -> Actor | None:
    """The person nearest before a position whom a definite phrase may describe; None in doubt."""
    if not called.is_definite or called.is_owned:
        return None
    heads = _heads(cast, called)
    if not heads:
        return None
    fits = partial(_fits, cast, called, heads)
    return nearest(cast, position, own, Wanted(fits, fits), sentences=_NEAR)


def _heads(cast: Cast, called: Called) -> frozenset[str]:
    """What a person must have been introduced as; empty when the phrase tells too little or is of somebody else."""
    words = cast.story.words
    if is_age(called.noun) or called.others & words["not_for"]:
        return frozenset(_ANYBODY)
    if any(called.noun in actor.heads and actor.is_named for actor in cast.by_noun.get(called.noun, ())):
        return frozenset()
    return words.descriptions.get(called.noun, frozenset())


def _fits(cast: Cast, called: Called, heads: frozenset[str], actor: Actor) -> bool:
    words = cast.story.words
    if actor.kind != "person" or not actor.may_be("person", words.gender_of(called.noun)):
        return False
    if is_age(called.noun):
        return not any(is_age(head) for head in actor.heads)
    if _ANYBODY in heads or actor.heads & heads:
        return True
    return _UNTOLD in heads and all(is_age(head) for head in actor.heads)
