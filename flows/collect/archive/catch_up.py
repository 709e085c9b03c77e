"""Brings the archive's index up to what lies in the WARC files.

In: the index and the archive's folder. Out: an index that knows every whole record, whoever died before noting it, and
whether or not there was an index.
"""

from pathlib import Path

from flows.collect.archive.index import Index
from flows.collect.archive.record import Record, Torn, read_members, read_record


def catch_up(index: Index, folder: Path) -> None:
    """Note the records that no process noted: it was killed between the two, or the state database is new."""
    noted = index.files()
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.glob("*/copydesk-*.warc.gz")}
    if lost := [name for name, (indexed_to, _) in noted.items() if sizes.get(name, 0) < indexed_to]:
        with index.changing():
            index.forget(lost)
    for name, size in sorted(sizes.items()):
        indexed_to, known_size = (0, 0) if name in lost else noted.get(name, (0, 0))
        if size != known_size:
            records, indexed_to = _read_from(folder / name, name, indexed_to)
            with index.changing():
                index.add(records, name, indexed_to, size)


def _read_from(path: Path, name: str, start: int) -> tuple[list[Record], int]:
    """The records from `start` to the end or to a torn tail, and where that is."""
    records: list[Record] = []
    with path.open("rb") as file:
        try:
            for offset, member in read_members(file, start):
                found = read_record(name, offset, member)
                if found:
                    records.append(found)
            return records, file.tell()
        except Torn as torn:
            return records, torn.offset
