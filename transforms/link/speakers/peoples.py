"""Persons called by their people: "the Belgian" is Belgian Ana Ruiz, else whoever was spoken of last."""

from transforms.link.speakers.actor import Actor
from transforms.link.speakers.cast import Cast
from transforms.link.speakers.salience import Wanted, nearest
from transforms.link.speakers.story import NONE, Story
from transforms.link.speakers.stretches import OWNS

_MOST_NAMES = 60
"""Names before one that are read."""
_NEAR = 5
"""Sentences in which a person is looked for of whom the story told no country."""


def one_of_people(cast: Cast, name: int, own: tuple[int, int]) -> Actor | None:
    """The person whom "the Belgian" means; None when it may be the people as a whole, or in doubt."""
    story = cast.story
    mention = story.mentions[name]
    if mention.label != "NORP" or mention.text.lower().endswith(tuple(story.words.lists["plural_endings"])):
        return None
    known = bearers(cast, name)
    if known:
        return known[0] if len(known) == 1 else None
    if any(_is_same(story, at, name) for at in _before(name)):
        return None
    return nearest(cast, mention.start, own, Wanted(_is_person, _is_person), sentences=_NEAR)


def bearers(cast: Cast, name: int) -> list[Actor]:
    """The people named right behind the same people or country before: "Belgian Ana Ruiz", "Ireland's Ana Ruiz"."""
    same = (at for at in _before(name) if _is_same(cast.story, at, name))
    found = {id(actor): actor for at in same if (actor := _bearer(cast, at)) is not None}
    return list(found.values())


def _before(name: int) -> range:
    return range(max(0, name - _MOST_NAMES), name)


def _is_person(actor: Actor) -> bool:
    return actor.kind == "person"


def _is_same(story: Story, one: int, other: int) -> bool:
    first, second = story.mentions[one], story.mentions[other]
    if first.label not in ("NORP", "LOC"):
        return False
    return first.text == second.text or (first.entity_id is not None and first.entity_id == second.entity_id)


def _bearer(cast: Cast, name: int) -> Actor | None:
    story = cast.story
    mention = story.mentions[name]
    tokens = story.tokens(story.sentence_at(mention.start))
    after = tokens.first_at(mention.end - 1) + 1
    while tokens.at(after) in OWNS or story.words.is_person(tokens.at(after)):
        after += 1
    person = tokens.name(after)
    return cast.named[person] if person not in (NONE, name) and story.mentions[person].label == "PER" else None
