"""One article as a person wants to see it: its text with the spans coloured, and what they mean beside them.

In: a lake folder and what the user calls the article. Out: a page for the terminal, JSON, or the place of the bytes.
"""

import json
import sys
from pathlib import Path

from rich.console import Console

from flows.problem import Problem
from flows.show.article import Shown, read_article
from flows.show.page import Page

__all__ = ["Page", "Shown", "print_article", "raw_place", "read_article", "show_article"]


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


def raw_place(lake: Path, wanted: str) -> tuple[str, int]:
    """WARC file and offset of the bytes the article was read from. Problem when they are not in the archive."""
    article = read_article(lake, wanted).article
    if article["raw_file"] is None or article["raw_offset"] is None:
        raise Problem(f"the bytes of {article['article_id']}/{article['version']} are not in the archive")
    return str(article["raw_file"]), int(article["raw_offset"])
