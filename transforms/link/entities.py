"""The entities that mentions name: linked mentions of dated stories come in, rows of the table `entities` go out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from transforms.find.mentions import Mention
from transforms.tables import ENTITIES, Rows


def entity_rows(stories: Iterable[tuple[date, Sequence[Mention]]]) -> pa.Table:
    """One row for each entity that the mentions of some stories name, sorted by id.

    Each story comes with its day (the partition). A people counts as a sighting of its country, but "Syrian" is no
    alias of Syria. Mentions without `entity_id` are left out.
    """
    seen: dict[str, dict[str, Any]] = {}
    for day, mentions in stories:
        for mention in mentions:
            if mention.entity_id is not None:
                row = _row(mention.entity_id, mention, day)
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


def _row(entity_id: str, mention: Mention, day: date) -> dict[str, Any]:
    is_people = mention.label == "NORP"
    return {
        "entity_id": entity_id,
        "name": mention.name or mention.text,
        "label": "LOC" if is_people else mention.label,
        "aliases": [] if is_people else [mention.text],
        "wikidata_id": None,
        "geonames_id": mention.geonames_id,
        "country_code": mention.country_code,
        "first_seen": day,
        "last_seen": day,
    }


def _merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    row = {name: _first(one[name], other[name]) for name in one}
    row["aliases"] = sorted({*one["aliases"], *other["aliases"]})
    row["first_seen"] = min(one["first_seen"], other["first_seen"])
    row["last_seen"] = max(one["last_seen"], other["last_seen"])
    return row


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
