"""The directory: a name as a story writes it comes in, the known entities that bear it go out."""

from collections.abc import Iterable, Iterator, Sequence

from transforms.link.directory.forms import keys_of
from transforms.link.directory.known import Known
from transforms.link.directory.merging import Entities, Index, merged
from transforms.link.directory.own import OwnEntity, story_words
from transforms.link.directory.sounds import Sounds


class Directory:
    """Known entities by name and by id. It is never changed, and may be shared by threads.

    Where the user tells two entities of one name apart by the words of a story, ask `for_story(text)`.
    """

    def __init__(self, entities: Entities, sounds: Sounds | None = None, settled: Index | None = None) -> None:
        """`settled` says what the names that the user split mean in one story."""
        self._entities = entities
        self._sounds = sounds or Sounds(entities.by_id)
        self._settled = settled or {}

    def __len__(self) -> int:
        return len(self._entities.by_id)

    def __iter__(self) -> Iterator[Known]:
        return iter(self._entities.by_id.values())

    def lookup(self, name: str, label: str | None = None) -> tuple[Known, ...]:
        """The entities so called, by name, alias or acronym, in whatever case and accents; those of a label if given.

        Several when the form is ambiguous ("AFP"), the most usual first. Acronyms count only as written.

        >>> from transforms.link.directory import packaged_directory
        >>> [known.entity_id for known in packaged_directory().lookup("OTAN")]
        ['org:nato']
        """
        for key in keys_of(name):
            ids = self._settled.get(key)
            if ids is None:
                ids = self._entities.by_key.get(key, ())
            if ids and (found := self._known(ids, label)):
                return found
        return ()

    def lookup_loosely(self, name: str, label: str | None = None) -> tuple[Known, ...]:
        """The entities with a name of several words that sounds like this one in another transliteration.

        Only for a name that `lookup` does not find. "Bachar al-Assad" sounds like Bashar; Bashir does not.
        """
        return self._known(self._sounds.ids(name), label)

    def by_id(self, entity_id: str) -> Known | None:
        """The entity with that id, or the one it was merged into; None when there is none."""
        return self._entities.by_id.get(self.canonical_id(entity_id))

    def canonical_id(self, entity_id: str) -> str:
        """The id itself, or that of the entity the user says it is."""
        return self._entities.decisions.same.get(entity_id, entity_id)

    def is_withheld(self, name: str) -> bool:
        """Whether the user's rows tell entities of that name apart, and the words of this story decide for none.

        Such a name gets no id at all. Only a directory that comes from `for_story` knows.
        """
        return any(self._settled.get(key) == () for key in keys_of(name))

    def for_story(self, text: str) -> "Directory":
        """The same directory, where the names that the user split mean what the words of the text say."""
        splits = self._entities.decisions.splits
        if not splits:
            return self
        words = story_words(text)
        return Directory(self._entities, self._sounds, {key: split.settle(words) for key, split in splits.items()})

    def with_own(self, rows: Sequence[OwnEntity]) -> "Directory":
        """A directory that also has the user's own rows, which win over what is here."""
        return Directory(merged(self._entities, rows)) if rows else self

    def _known(self, ids: Iterable[str], label: str | None) -> tuple[Known, ...]:
        return tuple(known for known in map(self._entities.by_id.__getitem__, ids) if label in (None, known.label))
