"""Tables that lay out a page, as in newsletters and old sites: their cells become the blocks that they are.

In: the tree of a page. Out: the same tree, changed in place. Trap: the library reads such a table as values, so that
menus and story come out together, or the story in one line.
"""

from lxml.html import HtmlElement

_LONG_CELL = 400
"""Characters in a cell from which it holds text rather than a value. Of 30 tables of values none has such a cell."""

_TEXT = ("p", "h1", "h2", "blockquote", "article", "table")


def unwrap_layout_tables(tree: HtmlElement) -> None:
    """Make blocks of the tables that only say where things stand; tables of values stay tables."""
    for table in [table for table in tree.iter("table") if _is_layout(table)]:
        _unwrap(table)


def _is_layout(table: HtmlElement) -> bool:
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return True
    return any(_holds_text(cell) for cell in table.iter("td"))


def _holds_text(cell: HtmlElement) -> bool:
    """Whether a cell holds paragraphs, a headline or another table, and enough to read."""
    parts = [part for part in cell.iter(*_TEXT) if part.tag == "table" or "".join(part.itertext()).strip()]
    if any(part.tag in ("table", "h1", "article") for part in parts):
        return True
    return len(parts) > 1 and len(" ".join("".join(cell.itertext()).split())) > _LONG_CELL


def _unwrap(table: HtmlElement) -> None:
    own = [part for part in table.iterdescendants() if next(part.iterancestors("table"), None) is table]
    for part in own:
        if part.tag in ("tbody", "thead", "tfoot", "tr"):
            part.drop_tag()
        elif part.tag in ("td", "th"):
            part.tag = "div"
        elif part.tag in ("col", "colgroup"):
            part.drop_tree()
    table.tag = "div"
