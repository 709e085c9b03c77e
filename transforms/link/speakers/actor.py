"""Who acts in a story: names come in, one `Actor` for each person, body, place or people goes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from transforms.find.mentions import Mention
from transforms.link.folding import fold_name
from transforms.link.speakers.genders import gender_told

type Key = tuple[str, str]

KINDS = {"PER": "person", "ORG": "body", "FAC": "body", "LOC": "place", "NORP": "people"}


@dataclass(slots=True, eq=False)
class Actor:
    """One who may speak: named, or only called something ("a ministry official").

    `kind` is person, body, place, document, people, or empty when nothing tells it. `heads` are the nouns of what they
    were introduced as ("mayor"), `words` everything that was said in doing so ("deputy", "mayor", "goma"). `qualified`
    has by noun what makes it another office ("prime", "deputy"). `body` is whom a person speaks for.
    """

    name: str
    entity_id: str | None
    kind: str
    label: str = ""
    gender: str = ""
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    qualified: dict[str, set[str]] = field(default_factory=dict)
    body: "Actor | None" = None
    is_named: bool = True

    @property
    def may_be_body(self) -> bool:
        """Whether a name taken for a person's may be a company's: a single word of which nothing is told."""
        is_lone = self.label == "PER" and " " not in self.name and self.name[:1].isupper()
        return is_lone and not (self.gender or self.heads)

    def may_be(self, kind: str, gender: str) -> bool:
        """Whether a pronoun of that kind and gender may stand for it."""
        if kind == "person":
            return self.kind in ("person", "") and (not self.gender or not gender or self.gender == gender)
        if kind == "body":
            return self.kind in ("body", "place", "document", "")
        return self.kind in ("people", "body")


def actors_of(text: str, mentions: Sequence[Mention]) -> list[Actor]:
    """The actor of each mention; mentions with one id, or without any and of one spelling, share it."""
    by_key: dict[Key, Actor] = {}
    by_writing: dict[tuple[str, str, str | None, str | None], Actor] = {}
    found: list[Actor] = []
    for mention in mentions:
        # most mentions are written like an earlier one: nothing new is said in them
        written = (mention.label, mention.text, mention.name, mention.entity_id)
        actor = by_writing.get(written)
        if actor is None:
            name, key, words = _read(*written)
            actor = by_key.get(key)
            if actor is None:
                actor = by_key[key] = Actor(name, mention.entity_id, KINDS[mention.label], mention.label)
            actor.words |= words
            by_writing[written] = actor
        if mention.label == "PER" and not actor.gender:
            actor.gender = gender_told(text, mention)
        found.append(actor)
    return found


@lru_cache(maxsize=1 << 14)
def _read(label: str, text: str, name: str | None, entity_id: str | None) -> tuple[str, Key, frozenset[str]]:
    """What a mention calls its bearer, what all mentions of the same bearer share, and the words of its name."""
    kind = KINDS[label]
    # the id of a people is that of its country
    shown = text if kind == "people" else name or text
    key = ("id", entity_id) if entity_id and kind != "people" else (kind, fold_name(shown) or shown)
    told = f"{fold_name(text)} {fold_name(shown)}" if kind != "person" else ""
    return shown, key, frozenset(told.split())
