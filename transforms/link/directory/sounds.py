"""Entities by the sound of their names, for other transliterations: entities come in, ids by a loose key go out."""

from collections.abc import Mapping
from functools import cached_property

from transforms.link.directory.known import Known
from transforms.link.folding import loose_key


class Sounds:
    """Ids by sound; reckoned when first asked for, as few stories need it."""

    def __init__(self, entities: Mapping[str, Known]) -> None:
        self._entities = entities

    def ids(self, name: str) -> tuple[str, ...]:
        """The entities with a name of several words that sounds like this one; a lone word is too little to go by."""
        return self._by_sound.get(loose_key(name), ()) if _has_several_words(name) else ()

    @cached_property
    def _by_sound(self) -> dict[str, tuple[str, ...]]:
        sounds: dict[str, dict[str, None]] = {}
        for known in self._entities.values():
            for name in (known.name, *known.aliases):
                if _has_several_words(name) and (key := loose_key(name)):
                    sounds.setdefault(key, {})[known.entity_id] = None
        return {key: tuple(ids) for key, ids in sounds.items()}


def _has_several_words(name: str) -> bool:
    return len(name.split()) > 1
