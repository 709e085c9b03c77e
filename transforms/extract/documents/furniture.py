"""What stands on the pages of a document beside its text: running headers and footers, and page numbers.

In: the lines of all pages. Out: the lines that are such, each with the rule that says so.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from transforms.extract.documents.columns import Line

_ZONE = 0.12
"""Share of the height of a page, at its top and at its foot, where furniture stands."""
_SAME_HEIGHT = 0.02
_SHORT = 5
"""Pages of a document in which what stands in the same place twice is furniture; in longer ones it is three times."""
_NUMBER = re.compile(
    r"^[\s\-–—|·•.\[(]*(?:(?:page|pg?\.|seite|s\.|p[áa]gina|p[áa]g\.|стр\.?|страница|صفحة|strona|str\.|第)\s*)?"
    r"(?P<number>\d{1,4}|[ivxlc]{1,7})\s*(?:(?:/|\||of|von|de|sur|di|van|из|z|av)\s*(?P<of>\d{1,4}))?(?:\s*[页頁])?[\s\-–—|·•.\])]*$",
    re.IGNORECASE,
)


def find_furniture(pages: Sequence[Sequence[Line]]) -> dict[Line, str]:
    """The lines to leave out: rule `page_number` or `running_header`."""
    edge = [[line for line in page if _at_edge(line)] for page in pages]
    found = {line: "page_number" for page in edge for line in page if _is_page_number(line, len(pages))}
    places: defaultdict[str, list[Line]] = defaultdict(list)
    for page in edge:
        for line in page:
            if line not in found:
                places[_without_numbers(line.text)].append(line)
    for lines in places.values():
        heights = Counter(round(line.middle / line.page_height / _SAME_HEIGHT) for line in lines)
        common, _ = heights.most_common(1)[0]
        alike = [line for line in lines if abs(round(line.middle / line.page_height / _SAME_HEIGHT) - common) <= 1]
        if len({line.page for line in alike}) >= (2 if len(pages) <= _SHORT else 3):
            found |= dict.fromkeys(alike, "running_header")
    return found


def _at_edge(line: Line) -> bool:
    return line.middle > (1 - _ZONE) * line.page_height or line.middle < _ZONE * line.page_height


def _is_page_number(line: Line, pages: int) -> bool:
    """A number by itself; one that is larger than the document only where it says that it counts pages."""
    match = _NUMBER.match(line.text)
    if not match:
        return False
    if match["of"] or not match["number"].isdigit() or line.text.strip("-–— .").lower() != match["number"].lower():
        return match["number"].isdigit() or len(line.text) < 8
    return int(match["number"]) <= 2 * pages + 20 or len(match["number"]) < 4


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())
