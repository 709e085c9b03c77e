"""Lines of a Wikidata JSON dump: a line comes in, the GeoNames id and the names of its entity go out.

The dump is one array, an entity on each line. Only entities with a GeoNames id (P1566) are of use here; the others
are passed over without being parsed, which is what makes a dump of a hundred million lines bearable.
"""

import json
from dataclasses import dataclass
from typing import Any

from transforms.link.dumps.geonames import is_wikidata_id
from transforms.link.dumps.line import WrongLine

_LANGUAGES = ("en", "mul", "fr", "es", "de")


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing of Wikidata that GeoNames has too; `names` are its labels and aliases in Latin-script languages."""

    wikidata_id: str
    geonames_ids: tuple[int, ...]
    names: tuple[str, ...]


def read_entity(line: str) -> Entity | None:
    """The entity of a line; None when it is no place of GeoNames, or the bracket that opens or closes the array."""
    line = line.strip().rstrip(",")
    if line in {"", "[", "]"}:
        return None
    if not (line.startswith("{") and line.endswith("}")):
        raise WrongLine("one JSON object expected, on one line")
    if '"P1566"' not in line:
        return None
    try:
        entity = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise WrongLine(f"not JSON: {str(error)[:60]}") from None
    key = entity.get("id")
    if not isinstance(key, str):
        raise WrongLine("id: missing")
    try:
        ids, names = _ids(entity), _names(entity)
    except (AttributeError, KeyError, TypeError):
        raise WrongLine(f"{key[:20]}: not the shape of a Wikidata entity") from None
    return Entity(key, ids, names) if ids and is_wikidata_id(key) else None


def _ids(entity: dict[str, Any]) -> tuple[int, ...]:
    claims = [claim for claim in entity["claims"].get("P1566", ()) if claim.get("rank") != "deprecated"]
    values = [claim["mainsnak"].get("datavalue", {}).get("value", "") for claim in claims]
    return tuple(int(value) for value in values if value.isascii() and value.isdigit() and 0 < len(value) < 10)


def _names(entity: dict[str, Any]) -> tuple[str, ...]:
    # An empty map is written as an empty list.
    labels, aliases = entity.get("labels") or {}, entity.get("aliases") or {}
    own = [labels[language]["value"] for language in _LANGUAGES if language in labels]
    others = [alias["value"] for language in _LANGUAGES for alias in aliases.get(language, ())]
    return tuple(dict.fromkeys(str(name) for name in (*own, *others)))
