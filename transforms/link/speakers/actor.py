"""Who acts in a story: names come in, one `Actor` for each person, body, place or people goes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.find.mentions import Mention
from transforms.link.folding import fold_name
from transforms.link.names.person_name import gender_of, person_name, titles_before

KINDS = {"PER": "person", "ORG": "body", "FAC": "body", "LOC": "place", "NORP": "people"}


@dataclass(slots=True, eq=False)
class Actor:
    """One who may speak: named, or only called something ("a ministry official").

    `kind` is person, body, place, people, or empty when nothing tells it. `heads` are the nouns of what they were
    introduced as ("mayor"), `words` everything that was said in doing so ("deputy", "mayor", "goma"). `body` is whom a
    person speaks for.
    """

    name: str
    entity_id: str | None
    kind: str
    label: str = ""
    gender: str = ""
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    body: "Actor | None" = None
    is_named: bool = True

    def may_be(self, kind: str, gender: str) -> bool:
        """Whether a pronoun of that kind and gender may stand for it."""
        if kind == "person":
            return self.kind in ("person", "") and (not self.gender or not gender or self.gender == gender)
        if kind == "body":
            return self.kind in ("body", "place", "")
        return self.kind in ("people", "body")


def actors_of(text: str, mentions: Sequence[Mention]) -> list[Actor]:
    """The actor of each mention; mentions with one id, or without any and of one spelling, share it."""
    by_key: dict[tuple[str, str], Actor] = {}
    found: list[Actor] = []
    for mention in mentions:
        kind = KINDS[mention.label]
        name = mention.name or mention.text
        key = ("id", mention.entity_id) if mention.entity_id else (kind, fold_name(name) or name)
        actor = by_key.get(key)
        if actor is None:
            actor = by_key[key] = Actor(name, mention.entity_id, kind, mention.label)
        if kind == "person":
            actor.gender = actor.gender or _gender(text, mention)
        else:
            actor.words.update(fold_name(mention.text).split(), fold_name(name).split())
        found.append(actor)
    return found


def _gender(text: str, mention: Mention) -> str:
    told = {title.gender for title in titles_before(text, mention.start) if title.gender}
    if len(told) == 1:
        return told.pop()
    return _gender_of_name(mention.text) or _gender_of_name(mention.name or "")


def _gender_of_name(name: str) -> str:
    """The gender a given name tells; the first half of "Anna-Luca" or "Jean-Marie" tells nothing."""
    return "" if "-" in name.partition(" ")[0] else gender_of(person_name(name))
