"""The entities that mentions name: linked mentions of dated stories come in, rows of the table `entities` go out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from transforms.find.mentions import Mention
from transforms.link.directory import Directory, Known, label_of
from transforms.link.directory.known import geonames_id_of
from transforms.link.names.short_forms import SHORT_FORM
from transforms.link.territories import wikidata_ids
from transforms.tables import ENTITIES, Rows


def entity_rows(stories: Iterable[tuple[date, Sequence[Mention]]], directory: Directory | None = None) -> pa.Table:
    """One row for each entity that the mentions of some stories name, sorted by id.

    Each story comes with its day (the partition). A people counts as a sighting of its country, but "Syrian" is no
    alias of Syria, and a noun such as "ministry" none of the body it stands for. Mentions without `entity_id` are left
    out. What the directory knows of an entity (name, label, Wikidata id, country) is in its row; a country or region
    has its Wikidata id.
    """
    seen: dict[str, dict[str, Any]] = {}
    for day, mentions in stories:
        for mention in mentions:
            if mention.entity_id is not None:
                row = _row(mention.entity_id, mention, day, directory)
                known = seen.get(mention.entity_id)
                seen[mention.entity_id] = row if known is None else _merged(known, row)
    return _table(seen)


def merge_entities(old: pa.Table | None, new: pa.Table) -> pa.Table:
    """Both tables as one: aliases of both, the earliest and the latest day.

    In whichever order, and however often the same rows are merged, the outcome is the same.
    """
    merged: dict[str, dict[str, Any]] = {}
    for table in (new,) if old is None else (old, new):
        for row in table.to_pylist():
            known = merged.get(row["entity_id"])
            merged[row["entity_id"]] = (
                {**row, "aliases": sorted(set(row["aliases"]))} if known is None else _merged(known, row)
            )
    return _table(merged)


def _row(entity_id: str, mention: Mention, day: date, directory: Directory | None) -> dict[str, Any]:
    known = directory.by_id(entity_id) if directory else None
    if known is None:
        known = Known(entity_id, mention.name or mention.text, label_of(entity_id) or mention.label)
    is_country = known.label == "LOC" and mention.label == "NORP"
    return {
        "entity_id": entity_id,
        "name": known.name,
        "label": known.label,
        "aliases": [] if is_country or mention.rule == SHORT_FORM else [mention.text],
        "wikidata_id": known.wikidata_id or wikidata_ids().get(geonames_id_of(entity_id) or 0),
        "geonames_id": known.geonames_id or mention.geonames_id,
        "country_code": known.country_code or mention.country_code,
        "first_seen": day,
        "last_seen": day,
    }


def _merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    row = {name: _first(one[name], other[name]) for name in one}
    row["name"] = max(one["name"], other["name"], key=_fullness)
    row["aliases"] = sorted({*one["aliases"], *other["aliases"]})
    row["first_seen"] = min(one["first_seen"], other["first_seen"])
    row["last_seen"] = max(one["last_seen"], other["last_seen"])
    return row


def _fullness(name: str) -> tuple[int, int, str]:
    """The fullest of two names is the greatest: "Kia Motors Corp" of a company called "Kia Motors" elsewhere."""
    return len(name.split()), len(name), name


def _first(one: Any, other: Any) -> Any:
    """Of two values the one that is known, else the smaller: the same whichever comes first."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def _table(rows: Mapping[str, Mapping[str, Any]]) -> pa.Table:
    table = Rows(ENTITIES)
    for entity_id in sorted(rows):
        table.add(**rows[entity_id])
    return table.to_arrow()
