"""Puts the user's own rows over what is known: entities and rows come in, entities that heed the rows go out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from transforms.link.directory.forms import keys_of, keys_to_keep
from transforms.link.directory.known import Known, geonames_id_of, label_of
from transforms.link.directory.own import Decisions, OwnEntity, Split

Index = Mapping[str, tuple[str, ...]]
"""Entity ids by the key of a form, the most usual first."""


@dataclass(frozen=True, slots=True)
class Entities:
    """All that a directory holds."""

    by_id: Mapping[str, Known]
    by_key: Index
    decisions: Decisions = field(default_factory=Decisions)


def merged(entities: Entities, rows: Sequence[OwnEntity]) -> Entities:
    """The entities with the user's rows, which win."""
    same = _merged_ids(entities.decisions.same, rows)
    by_id = _merged_entities(entities.by_id, rows, same)
    by_key = {key: unique(same.get(one, one) for one in ids) for key, ids in entities.by_key.items()}
    splits = {key: split.under(same) for key, split in entities.decisions.splits.items()}
    for key, claimed in _claims(entities.by_key, rows).items():
        plain = unique(same.get(row.entity_id, row.entity_id) for row in claimed if not row.when)
        told = tuple((same.get(row.entity_id, row.entity_id), row.when) for row in claimed if row.when)
        if told:
            splits[key] = Split(told, plain or by_key.get(key, ()))
            plain = unique((*(one for one, _ in told), *splits[key].otherwise))
        else:
            splits.pop(key, None)
        by_key[key] = plain
    return Entities(by_id, by_key, Decisions(same, splits))


def unique(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids in order, each once."""
    return tuple(dict.fromkeys(ids))


def _merged_ids(known: Mapping[str, str], rows: Sequence[OwnEntity]) -> dict[str, str]:
    """For each id that is the same as another one, the id at the end of the chain; a circle is left out."""
    same = {**known, **{row.entity_id: row.same_as for row in rows if row.same_as}}
    ends: dict[str, str] = {}
    for entity_id in same:
        seen, end = {entity_id}, same[entity_id]
        while end in same and end not in seen:
            seen.add(end)
            end = same[end]
        if end not in seen:
            ends[entity_id] = end
    return ends


def _merged_entities(
    known: Mapping[str, Known], rows: Sequence[OwnEntity], same: Mapping[str, str]
) -> dict[str, Known]:
    by_id = dict(known)
    # A row that only says "the same as" is the last to give the entity its name.
    for row in sorted(rows, key=lambda row: bool(row.same_as)):
        entity_id = same.get(row.entity_id, row.entity_id)
        by_id[entity_id] = _with_row(by_id.get(entity_id) or _new(entity_id, row), row)
    for entity_id, target in same.items():
        if entity_id in known:
            one, other = by_id[target], known[entity_id]
            by_id[target] = _with_names(one, (other.name, *other.aliases))
            by_id.pop(entity_id, None)
    return by_id


def _new(entity_id: str, row: OwnEntity) -> Known:
    label = label_of(entity_id) or row.label or label_of(row.entity_id) or "ORG"
    return Known(entity_id, row.name, label, geonames_id=geonames_id_of(entity_id))


def _with_row(known: Known, row: OwnEntity) -> Known:
    named = _with_names(known, (row.name, *row.aliases))
    if row.same_as:  # what it says beyond names is about the id that gave way
        return named
    return replace(
        named,
        label=row.label or named.label,
        wikidata_id=row.wikidata_id or named.wikidata_id,
        geonames_id=named.geonames_id if row.geonames_id is None else row.geonames_id,
        country_code=row.country_code or named.country_code,
        kind=row.kind or named.kind,
    )


def _with_names(known: Known, names: Iterable[str]) -> Known:
    return replace(known, aliases=unique((*known.aliases, *(name for name in names if name != known.name))))


def _claims(by_key: Index, rows: Sequence[OwnEntity]) -> dict[str, list[OwnEntity]]:
    """The rows that say what a form means, by its keys: also the key "as written" when that is another's acronym."""
    claims: dict[str, list[OwnEntity]] = {}
    for row in rows:
        forms = (row.name, *row.aliases)
        keys = (
            key for form in forms for key in (*keys_to_keep(form), *(key for key in keys_of(form) if key in by_key))
        )
        for key in unique(keys):
            claims.setdefault(key, []).append(row)
    return claims
