"""How a lake is laid out, and the check that we may write to it.

In: the lake's folder and the settings. Out: `Layout`, remembered in `lake/_layout.json`.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from flows.publish.problems import DamagedLake, NewerLake, OtherLayout, explained
from flows.publish.storage import write_once, write_whole
from transforms.tables import SCHEMA_VERSION

LAYOUT_FILE = "_layout.json"
_ID_FILE = "_locks/lake_id"


@dataclass(frozen=True, slots=True)
class Layout:
    """`buckets = 0`: one file for a day."""

    schema_version: int
    buckets: int


def open_lake(lake: Path, buckets: int = 0) -> Layout:
    """The lake's layout; a lake that is not there yet is begun. Raises NewerLake, OtherLayout, other LakeProblems."""
    layout = read_layout(lake)
    if layout is None:
        layout = Layout(SCHEMA_VERSION, buckets)
        _write(lake, layout)
    if layout.buckets != buckets:
        raise OtherLayout(
            f"{lake} has buckets = {layout.buckets}, but the settings say buckets = {buckets}; set it "
            f"to {layout.buckets} in config/copydesk.toml, or choose a new folder with --lake and run the same again"
        )
    if layout.schema_version < SCHEMA_VERSION:
        layout = Layout(SCHEMA_VERSION, buckets)
        _write(lake, layout)
    return layout


def read_layout(lake: Path) -> Layout | None:
    """The lake's layout; None when there is no lake. Raises NewerLake, or DamagedLake when the file cannot be read."""
    file = lake / LAYOUT_FILE
    try:
        with explained(lake):
            values = json.loads(file.read_text(encoding="utf-8"))
        layout = Layout(int(values["schema_version"]), int(values["buckets"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedLake(
            f'{file}: not readable ({error}); write {{"schema_version": {SCHEMA_VERSION}, "buckets": 0}} into it, '
            "with the number of bucket= folders of a day for 0 if the lake has such folders"
        ) from error
    check_version(lake, layout.schema_version)
    return layout


def check_version(thing: Path, schema_version: int) -> None:
    """Raise NewerLake when a lake or a file has a newer schema than we know."""
    if schema_version > SCHEMA_VERSION:
        raise NewerLake(
            f"{thing} was written with schema version {schema_version}; this copydesk knows version {SCHEMA_VERSION} "
            "and would lose columns. Install the newer copydesk (data/CHANGES.md says what is new), or choose another "
            "folder with --lake"
        )


def lake_id(lake: Path) -> str | None:
    """A name that this lake keeps as long as it lives: another lake begun in the same folder has another one."""
    try:
        return (lake / _ID_FILE).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None


def _write(lake: Path, layout: Layout) -> None:
    with explained(lake):
        (lake / "_locks").mkdir(parents=True, exist_ok=True)
        write_once(lake / _ID_FILE, uuid4().hex.encode())
        write_whole(lake / LAYOUT_FILE, (json.dumps(asdict(layout)) + "\n").encode())
