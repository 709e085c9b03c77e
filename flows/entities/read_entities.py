"""Reads the user's own entities, `config/entities/*.csv`: the folder comes in, checked `OwnEntity` rows go out.

`config/entities/README.md` explains the columns with examples.
"""

import csv
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from flows.problem import Problem
from transforms.link.directory import OwnEntity, identify, packaged_directory
from transforms.link.directory.forms import key_of
from transforms.tables import LABELS

COLUMNS = (
    *("entity_id", "name", "label", "aliases", "wikidata_id", "geonames_id", "country_code", "kind", "same_as", "when"),
)

_ID = (r"[a-z][a-z0-9_]*:\S+", 'an id; write e.g. "org:harbour-watch", or leave it out')
_FORMS = {
    "entity_id": _ID,
    "same_as": (_ID[0], 'an id; write the other entity\'s id as `copydesk entities` shows it, e.g. "per:ana-ruiz"'),
    "label": ("|".join(LABELS), f"a label; write one of {', '.join(LABELS)}"),
    "wikidata_id": (r"Q[1-9][0-9]{0,11}", "a Wikidata id; write e.g. Q1065"),
    "geonames_id": (r"[1-9][0-9]{0,17}", "a GeoNames number; write e.g. 170063"),
    "country_code": (r"[A-Z]{2}", "a country; write the two letters of ISO 3166-1 in capitals, e.g. SY"),
}


class OwnEntitiesError(Problem):
    """The user's entities cannot be used; the message names file, line and cure, a line for each problem."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row as it stands in its file."""

    where: str
    cells: dict[str, str]

    def parts(self, column: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.cells.get(column, "").split("|") if part.strip())


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
            for line in _lines(file):
                _read_line(line, reading)
        except OwnEntitiesError as error:
            reading.problems.append(str(error))
    if not reading.problems:
        reading.problems += [*_circles(reading.rows), *_undecided_names(reading.rows)]
    if reading.problems:
        raise OwnEntitiesError("\n".join(reading.problems))
    return tuple(row for _, row in reading.rows)


def own_files(folder: Path) -> list[Path]:
    """The files of the folder, in order."""
    return sorted(file for file in folder.glob("*.csv") if file.is_file())


def own_entities_digest(folder: Path) -> str:
    """12 hex digits over names and content of the files, for the rules version; empty when there are none."""
    files = own_files(folder)
    digest = sha256()
    for file in files:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise OwnEntitiesError(_unreadable(file, error)) from None
        digest.update(f"{file.name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:12] if files else ""


def _lines(file: Path) -> Iterator[_Line]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise OwnEntitiesError(_unreadable(file, error)) from None
    except UnicodeDecodeError:
        raise OwnEntitiesError(f"{file}: not UTF-8; save it as CSV UTF-8") from None
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(file, header)
        start = reader.line_num + 1
        for cells in reader:
            where, start = f"{file} line {start}", reader.line_num + 1
            if any(cell.strip() for cell in cells):
                yield _Line(where, _by_column(where, header, cells))
    except csv.Error as error:
        raise OwnEntitiesError(
            f"{file} line {reader.line_num}: not valid CSV ({error}); put a cell with commas or quotes in quotes"
        ) from None


def _unreadable(file: Path, error: OSError) -> str:
    return f"{file}: cannot be read ({error.strerror})"


def _check_header(file: Path, header: Sequence[str]) -> None:
    where = f"{file} line 1"
    if len(header) == 1 and re.search(r"[;\t]", header[0]):
        raise OwnEntitiesError(f'{where}: the columns are not divided by commas; save it as CSV with "," between cells')
    for number, column in enumerate(header):
        if column not in COLUMNS:
            similar = difflib.get_close_matches(column, COLUMNS, 1)
            cure = f"did you mean {similar[0]}?" if similar else f"columns are {', '.join(COLUMNS)}"
            raise OwnEntitiesError(f'{where}: "{column}" is not a column; {cure}')
        if column in header[:number]:
            raise OwnEntitiesError(f"{where}: {column} stands there twice; keep one")
    if "name" not in header:
        raise OwnEntitiesError(f"{where}: there is no column name; add it, the other columns are optional")


def _by_column(where: str, header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if len(cells) > len(header):
        raise OwnEntitiesError(
            f"{where}: {len(cells)} cells for {len(header)} columns; put a name with a comma in quotes"
        )
    return {column: cell.strip() for column, cell in zip(header, cells, strict=False)}


def _read_line(line: _Line, reading: _Reading) -> None:
    problems = [
        f'{line.where}: {column} "{value}" is not {cure}'
        for column, (pattern, cure) in _FORMS.items()
        if (value := line.cells.get(column, "")) and not re.fullmatch(pattern, value, re.ASCII)
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


def _add(line: _Line, reading: _Reading) -> list[str]:
    """Add the row; a problem when it does not say which entity it is about."""
    cells = line.cells
    name, label, same_as = cells["name"], cells.get("label", ""), cells.get("same_as", "")
    when = line.parts("when")
    ids = (cells["entity_id"],) if cells.get("entity_id") else _ids(name, label, same_as, when)
    if not ids:
        return [f'{line.where}: "{name}" is new and has no label; write ORG, PER or another one, or an entity_id']
    if len(ids) > 1:
        return [f'{line.where}: "{name}" may be {" or ".join(ids)}; write which in entity_id']
    row = OwnEntity(
        entity_id=ids[0],
        name=name,
        label=label,
        aliases=line.parts("aliases"),
        wikidata_id=cells.get("wikidata_id") or None,
        geonames_id=int(cells["geonames_id"]) if cells.get("geonames_id") else None,
        country_code=cells.get("country_code") or None,
        kind=cells.get("kind", ""),
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
