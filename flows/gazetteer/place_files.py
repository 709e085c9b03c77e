"""Writes the gazetteer's places: a folder and places, the most populous first, come in; its two files lie there."""

from collections.abc import Iterable
from pathlib import Path

from transforms.link.gazetteer_rows import PlaceRow
from transforms.link.place_files import ROWS_FILE, TEXTS_FILE, packed_places


def write_places(folder: Path, places: Iterable[PlaceRow]) -> None:
    """Write the two files; `places` may be a stream."""
    with (folder / ROWS_FILE).open("wb") as rows, (folder / TEXTS_FILE).open("wb") as texts:
        for row, text in packed_places(places):
            rows.write(row)
            texts.write(text)
