"""Whether two names may be of one body, however they are spelled: names come in, a verdict goes out."""

from transforms.link.directory import Known
from transforms.link.folding import loose_key
from transforms.link.names.body_name import body_name
from transforms.link.names.words import small_words


def resembles_any(name: str, known: Known) -> bool:
    """Whether a name is much like one that the directory has for the entity."""
    return any(_resembles(name, form) for form in (known.name, *known.aliases))


def _resembles(name: str, form: str) -> bool:
    """Whether two names have half of their words in common, however they are spelled."""
    one, other = ({loose_key(word) or word for word in body_name(each).words} for each in (name, form))
    small = small_words()
    return 2 * len((one & other) - small) >= max(len(one - small), 1)
