"""Reads the shipped directory: nothing comes in, a `Directory` goes out.

`all_languages/organizations/*.csv`, `people.csv` and `laws.csv` hold one entity a line, with its example;
`ambiguous.csv` says who bears a form that is borne by several, the most usual first.
"""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from transforms.link.directory.directory import Directory
from transforms.link.directory.forms import keys_of, keys_to_keep
from transforms.link.directory.known import Known, entity_id_of
from transforms.link.directory.merging import Entities, unique

NAMES = ("aliases", "english", "french", "spanish", "arabic")
"""Columns with other names of an entity, in Latin letters: of people in whatever language, of bodies by language."""

Row = dict[str, str]


@cache
def packaged_directory() -> Directory:
    """The entities that copydesk ships."""
    by_id: dict[str, Known] = {}
    by_key: dict[str, tuple[str, ...]] = {}
    for row in packaged_rows():
        known = _known(row)
        by_id[known.entity_id] = known
        for key in _keys(row):
            by_key[key] = unique((*by_key.get(key, ()), known.entity_id))
    for row in ambiguous_rows():
        for key in keys_of(row["form"]):
            if key in by_key:
                by_key[key] = tuple(row["entities"].split("|"))
    return Directory(Entities(by_id, by_key))


def packaged_rows() -> Iterator[Row]:
    """The rows of all files, each with the same columns and its `entity_id`."""
    folder = files("transforms.link.directory") / "all_languages"
    bodies = sorted((folder / "organizations").iterdir(), key=lambda file: file.name)
    for file in (*bodies, folder / "laws.csv"):
        for row in _read(file):
            yield {**row, "entity_id": f"{row['label'].lower()}:{row['key']}"}
    for row in _read(folder / "people.csv"):
        last_names = row["last_names"] if row["alone"] == "yes" else ""
        names = "|".join(filter(None, (row["aliases"], last_names)))
        yield {**row, "entity_id": entity_id_of("PER", row["name"]) or "", "label": "PER", "aliases": names}


def ambiguous_rows() -> list[Row]:
    """The forms that several entities bear."""
    return _read(files("transforms.link.directory") / "all_languages" / "ambiguous.csv")


def forms_of(row: Row) -> list[tuple[str, bool]]:
    """All the forms of a row's names, and whether each counts only as written; its own name first."""
    names = [row["name"], *(name for column in NAMES for name in _parts(row, column))]
    acronyms = _parts(row, "acronyms")
    return [(name, name in acronyms) for name in unique((*names, *acronyms))]


def _known(row: Row) -> Known:
    return Known(
        entity_id=row["entity_id"],
        name=row["name"],
        label=row["label"],
        aliases=tuple(form for form, _ in forms_of(row) if form != row["name"]),
        wikidata_id=row.get("wikidata_id") or None,
        country_code=row["country"] or None,
        kind=row["kind"],
        short=tuple(_parts(row, "short")),
    )


def _keys(row: Row) -> list[str]:
    return [key for form, is_acronym in forms_of(row) for key in keys_to_keep(form, is_acronym)]


def _parts(row: Row, column: str) -> list[str]:
    return [part for part in (row.get(column) or "").split("|") if part]


def _read(file: Traversable) -> list[Row]:
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
