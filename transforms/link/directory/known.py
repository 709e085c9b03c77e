"""What the directory knows of an entity, and how entities get their ids: a label and a name come in, an id goes out."""

from dataclasses import dataclass

from transforms.link.folding import fold_name
from transforms.tables import LABELS

_PLACE = "geonames"


@dataclass(frozen=True, slots=True)
class Known:
    """One entity of the directory.

    `aliases` are all the other ways to write its `name`, in any language. `short` are the words by which a story refers
    to it once it was introduced ("Observatory"): they are no names, and `Directory.lookup` does not find them. `kind`
    and `country_code` (ISO 3166-1, where it sits) are empty or None when they say nothing.
    """

    entity_id: str
    name: str
    label: str
    aliases: tuple[str, ...] = ()
    wikidata_id: str | None = None
    geonames_id: int | None = None
    country_code: str | None = None
    kind: str = ""
    short: tuple[str, ...] = ()


def entity_id_of(label: str, name: str) -> str | None:
    """The id of an entity that nothing more is known of; None when its name has neither letter nor digit.

    >>> entity_id_of("PER", "Rami Abdel-Rahman"), entity_id_of("ORG", "—")
    ('per:rami-abdel-rahman', None)
    """
    folded = fold_name(name)
    return f"{label.lower()}:{folded.replace(' ', '-')}" if folded else None


def label_of(entity_id: str) -> str | None:
    """The label that an id tells, or None.

    >>> label_of("per:rami-abdel-rahman"), label_of("geonames:170063"), label_of("ours:17")
    ('PER', 'LOC', None)
    """
    prefix = entity_id.partition(":")[0]
    label = "LOC" if prefix == _PLACE else prefix.upper()
    return label if label in LABELS else None


def geonames_id_of(entity_id: str) -> int | None:
    """The GeoNames number in the id of a place, or None.

    >>> geonames_id_of("geonames:170063"), geonames_id_of("org:geonames")
    (170063, None)
    """
    prefix, _, number = entity_id.partition(":")
    return int(number) if prefix == _PLACE and number.isascii() and number.isdigit() and len(number) < 19 else None
