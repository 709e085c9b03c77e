"""The user's own knowledge of entities: a row of `config/entities/*.csv`, and which entity it is about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from transforms.link.directory.known import Known, entity_id_of, label_of
from transforms.link.folding import fold_name


@dataclass(frozen=True, slots=True)
class OwnEntity:
    """A row of the user's own files. Empty means: not said.

    A mention that is called `name` or one of `aliases` is `entity_id`, or rather `same_as` when the row says that the
    two are one. With `when`, that holds only in stories with one of those words.
    """

    entity_id: str
    name: str
    label: str = ""
    aliases: tuple[str, ...] = ()
    wikidata_id: str | None = None
    geonames_id: int | None = None
    country_code: str | None = None
    kind: str = ""
    same_as: str = ""
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """Entities of one name, each with the words of a story that tell it, and what the name means `otherwise`."""

    told: tuple[tuple[str, tuple[str, ...]], ...]
    otherwise: tuple[str, ...] = ()

    def under(self, same: Mapping[str, str]) -> "Split":
        """The split with the ids that these go under."""
        told = tuple((same.get(entity, entity), when) for entity, when in self.told)
        return Split(told, tuple(dict.fromkeys(same.get(entity, entity) for entity in self.otherwise)))

    def settle(self, words: str) -> tuple[str, ...]:
        """The one entity whose words the story has (as `story_words`); none when it has those of several."""
        fitting = {entity for entity, when in self.told if any(f" {_folded(word)} " in words for word in when)}
        if len(fitting) > 1:
            return ()
        return tuple(fitting) or self.otherwise


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the user decided: ids that are one (by id, the id they go under), and names that are several."""

    same: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    splits: Mapping[str, Split] = field(default_factory=lambda: MappingProxyType({}))


def story_words(text: str) -> str:
    """The folded words of a text between spaces, to look for words in."""
    return f" {_folded(text)} "


def identify(
    name: str, label: str, same_as: str, when: tuple[str, ...], lookup: Callable[[str, str | None], tuple[Known, ...]]
) -> tuple[str, ...]:
    """The id of a row that gives none: that of the one known entity so called, else one made of label and name.

    Several when the name alone does not say which of them is meant; none when it is new and nothing says its label.
    """
    known = () if same_as or when else lookup(name, label or None)
    if known:
        return tuple(one.entity_id for one in known)
    label = label or label_of(same_as) or ""
    entity_id = entity_id_of(label, name) if label else None
    return (entity_id,) if entity_id else ()


def _folded(words: str) -> str:
    # Not through the cache of `fold_name`, which would keep whole stories.
    return fold_name.__wrapped__(words)
