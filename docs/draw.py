"""Draws `docs/show.svg`, the picture in the README: what `copydesk show` prints of a sample.

In: the lake that `make run` made. Out: the picture. Run it with `.venv/bin/python docs/draw.py`.
"""

import re
from io import StringIO
from pathlib import Path

from rich.console import Console

from flows.settings import read_settings
from flows.show import show_article

PICTURE = Path(__file__).parent / "show.svg"
COLUMNS = 108


def draw(lake: Path, wanted: str) -> str:
    """The article as an SVG that needs nothing from any server."""
    console = Console(width=COLUMNS, record=True, file=StringIO(), highlight=False)
    console.print(show_article(lake, wanted))
    svg = console.export_svg(title=f'copydesk show "{wanted}"', unique_id="show")
    without_fonts = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"Fira Code", "DejaVu Sans Mono", without_fonts)


if __name__ == "__main__":
    PICTURE.write_text(draw(read_settings().storage.lake, "floods cut road"), encoding="utf-8")
