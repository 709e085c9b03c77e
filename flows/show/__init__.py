"""One article as a person wants to see it: its text with the spans coloured, and what they mean beside them.

In: a lake folder and what the user calls the article. Out: a page for the terminal, or JSON. `raw` has its bytes.
"""

import json
import sys
from pathlib import Path

from rich.console import Console

from flows.show.article import Shown, read_article
from flows.show.page import Page

__all__ = ["Page", "Shown", "print_article", "read_article", "show_article"]


def show_article(lake: Path, wanted: str) -> Page:
    """The article that `wanted` names (see `read_article`), as something rich prints."""
    return Page(read_article(lake, wanted))


def print_article(lake: Path, wanted: str, as_json: bool = False) -> None:
    """Print an article for a person, or its rows in all tables as one JSON object."""
    shown = read_article(lake, wanted)
    if as_json:
        json.dump({"article": shown.article, **shown.rows}, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        Console(highlight=False).print(Page(shown))
