"""Reads the user's own entities, `config/entities/*.csv`: the folder comes in, checked `OwnEntity` rows go out.

`config/entities/README.md` explains the columns with examples.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.entities.own_files import COLUMNS, Line, OwnEntitiesError, lines_of, own_entities_digest, own_files
from transforms.link.directory import OwnEntity, identify, packaged_directory
from transforms.link.directory.forms import key_of
from transforms.tables import LABELS

__all__ = ["COLUMNS", "OwnEntitiesError", "own_entities_digest", "read_own_entities"]

_ID = (r"[a-z][a-z0-9_]*:\S+", 'an id; write e.g. "org:harbour-watch", or leave it out')
_FORMS = {
    "entity_id": _ID,
    "same_as": (_ID[0], 'an id; write the other entity\'s id as `copydesk entities` shows it, e.g. "per:ana-ruiz"'),
    "label": ("|".join(LABELS), f"a label; write one of {', '.join(LABELS)}"),
    "wikidata_id": (r"Q[1-9][0-9]{0,11}", "a Wikidata id; write e.g. Q1065"),
    "geonames_id": (r"[1-9][0-9]{0,17}", "a GeoNames number; write e.g. 170063"),
    "country_code": (r"[A-Z]{2}", "a country; write the two letters of ISO 3166-1 in capitals, e.g. SY"),
}


@dataclass(slots=True)
class _Reading:
    """What was read so far, and what is wrong with it."""

    rows: list[tuple[str, OwnEntity]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_own_entities(folder: Path) -> tuple[OwnEntity, ...]:
    """The rows of all files, each with its `entity_id`; none when the folder is missing or empty.

    Raises OwnEntitiesError with all that is wrong.
    """
    reading = _Reading()
    for file in own_files(folder):
        try:
            for line in lines_of(file):
                _read_line(line, reading)
        except OwnEntitiesError as error:
            reading.problems.append(str(error))
    if not reading.problems:
        reading.problems += [*_circles(reading.rows), *_undecided_names(reading.rows)]
    if reading.problems:
        raise OwnEntitiesError("\n".join(reading.problems))
    return tuple(row for _, row in reading.rows)


def _read_line(line: Line, reading: _Reading) -> None:
    problems = [
        f'{line.where}: {column} "{value}" is not {cure}'
        for column, (pattern, cure) in _FORMS.items()
        if (value := line.cells[column]) and not re.fullmatch(pattern, value, re.ASCII)
    ]
    forms = (line.cells["name"], *line.parts("aliases"))
    problems += [
        f'{line.where}: {"name" if form is forms[0] else "alias"} "{form}" holds no letter; write a name'
        for form in forms
        if not key_of(form)
    ]
    if not problems:
        problems += _add(line, reading)
    reading.problems += problems


def _add(line: Line, reading: _Reading) -> list[str]:
    """Add the row; a problem when it does not say which entity it is about."""
    cells = line.cells
    name, label, same_as = cells["name"], cells["label"], cells["same_as"]
    when = line.parts("when")
    ids = (cells["entity_id"],) if cells["entity_id"] else _ids(name, label, same_as, when)
    if not ids:
        return [f'{line.where}: "{name}" is new and has no label; write ORG, PER or another one, or an entity_id']
    if len(ids) > 1:
        return [f'{line.where}: "{name}" may be {" or ".join(ids)}; write which in entity_id']
    row = OwnEntity(
        entity_id=ids[0],
        name=name,
        label=label,
        aliases=line.parts("aliases"),
        wikidata_id=cells["wikidata_id"] or None,
        geonames_id=int(cells["geonames_id"]) if cells["geonames_id"] else None,
        country_code=cells["country_code"] or None,
        kind=cells["kind"],
        same_as=same_as,
        when=when,
    )
    reading.rows.append((line.where, row))
    return []


def _ids(name: str, label: str, same_as: str, when: tuple[str, ...]) -> tuple[str, ...]:
    return identify(name, label, same_as, when, packaged_directory().lookup)


def _circles(rows: Sequence[tuple[str, OwnEntity]]) -> Iterator[str]:
    same = {row.entity_id: row.same_as for _, row in rows if row.same_as}
    for where, row in rows:
        seen, end = {row.entity_id}, row.same_as
        while end and end not in seen:
            seen.add(end)
            end = same.get(end, "")
        if end == row.entity_id:
            yield f"{where}: same_as goes in a circle, {row.entity_id} is the same as itself; take one of the rows out"


def _undecided_names(rows: Sequence[tuple[str, OwnEntity]]) -> Iterator[str]:
    """A name that two rows give to two entities, with nothing that tells them apart."""
    said: dict[str, tuple[str, str]] = {}
    for where, row in rows:
        if row.when:
            continue
        entity = row.same_as or row.entity_id
        for form in (row.name, *row.aliases):
            first, other = said.setdefault(key_of(form), (where, entity))
            if other != entity:
                yield (
                    f'{where}: "{form}" is {entity}, but {first} says {other}; '
                    "write in `when` the words of a story that tell them apart, or take one out"
                )
