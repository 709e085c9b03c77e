"""The user's files of entities, `config/entities/*.csv`: the folder comes in, its lines by column go out."""

import csv
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from io import StringIO
from pathlib import Path

from flows.problem import Problem
from transforms.link.directory import OwnEntity

COLUMNS = tuple(column.name for column in fields(OwnEntity))
"""The columns of a file; all but `name` are optional."""


class OwnEntitiesError(Problem):
    """The user's entities cannot be used; the message names file, line and cure, a line for each problem."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in its file; a cell that is not there is empty."""

    where: str
    cells: dict[str, str]

    def parts(self, column: str) -> tuple[str, ...]:
        """What stands between the bars of a cell."""
        return tuple(part.strip() for part in self.cells[column].split("|") if part.strip())


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


def lines_of(file: Path) -> Iterator[Line]:
    """The rows of a file that hold anything. Raises OwnEntitiesError at the first that is no row."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise OwnEntitiesError(_unreadable(file, error)) from None
    except UnicodeDecodeError:
        raise OwnEntitiesError(f"{file}: not UTF-8; save it as CSV UTF-8") from None
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(file, header)
        start = reader.line_num + 1
        for cells in reader:
            where, start = f"{file} line {start}", reader.line_num + 1
            if any(cell.strip() for cell in cells):
                yield Line(where, _by_column(where, header, cells))
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
    return dict.fromkeys(COLUMNS, "") | {column: cell.strip() for column, cell in zip(header, cells, strict=False)}
