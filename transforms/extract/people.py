"""Names of people in what a byline says.

In: the words of a byline. Out: the names in it that are those of people, as they are otherwise written.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from transforms.extract.lines import fold
from transforms.extract.rules import EVERYWHERE, agencies

PREFIX = re.compile(
    r"^(?:(?:(?:written|words|story|text|reported|reporting|report|posted|published)\s+)?by|von|par|por|di|door|af|av|"
    r"från|fra|eftir|oleh|autorin/autor|penulis|yazan|ein\w*\s\w+\s+von|"
    r"(?:text|texte|propos recueillis|escrito|scritto|a cura|written)\s+(?:von|par|por|da|di|by)|"
    r"(?:autorin|autoren|autor|autora|auteurs?|autore|autrice|authors?|автор|kirjoittaja|tekst|texto|text|"
    r"reporter|foto e texto)\s*:)(?=[\s:])[:\s]*",
    re.IGNORECASE,
)
SPLIT = re.compile(
    r"\s*(?:[,;|/•·、，]|\s&\s|\b(?i:and|und|et|og|och)\b|"
    r"(?<=\s)(?:y|e|en|ja|ve|dan|és|și|и|та|with|mit|avec|con)(?=\s)|\n)\s*"
)
_SUFFIX = re.compile(r"\s*(?:기자|記者|记者|通信员|통신원)$")
_AFTER = re.compile(r"\s+(?:in|for|at|from|via|aus|für|pour|[-–—|])\s+.*$|\s*[(\[].*$|\s+@\w+.*$")
_TITLE = re.compile(r"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Dame)\.?\s+)+(?=\S+\s+\S)")
_NAME = re.compile(r"^(?=.{3,50}$)[^\W\d_][^\d@:/<>{}#=]*$")
_DESK = re.compile(
    r"新聞|新闻|通信社|編集|编辑|取材班|本社|ニュース|オンライン|뉴스|편집|일보|신문|редакци|агентств|www\b",
    re.IGNORECASE,
)
_DOMAINS = (
    *(".com", ".de", ".org", ".net", ".is", ".tr", ".uk", ".fr", ".it", ".es", ".ch", ".at", ".no", ".se", ".dk"),
    *(".fi", ".pl", ".nl", ".be", ".br", ".in", ".id", ".jp", ".kr", ".za", ".ng", ".tv", ".news", ".online"),
)


def people_in(value: str, site: str | None = None) -> Iterator[str]:
    """The names of people in a byline.

    >>> list(people_in("By Ana Ruiz and Li Wei, Reuters Staff"))
    ['Ana Ruiz', 'Li Wei']
    """
    text = PREFIX.sub("", " ".join(value.split())).strip()
    for part in SPLIT.split(text):
        if _DESK.search(part):
            continue
        name = _TITLE.sub("", _SUFFIX.sub("", _AFTER.sub("", part)).strip(' .*\u200b-–—"'))
        if is_person(name, site):
            yield _titled(name)


def is_person(name: str, site: str | None = None) -> bool:
    """Whether a name may be that of a person: not an agency, a desk, a staff or the site itself."""
    parts = name.split()
    if not _NAME.match(name) or not 1 <= len(parts) <= 6 or name in agencies() or name.endswith(_DOMAINS):
        return False
    if site and fold(name) and (fold(name) in fold(site) or fold(site) in fold(name)):
        return False
    if any(word.strip(".,-").casefold() in words("not_people.csv") for word in parts) or parts[0] in agencies():
        return False
    if any(
        word[0].islower() and word not in words("name_particles.csv") and "'" not in word and "’" not in word
        for word in parts
    ):
        return False
    # a single word in a script with capitals is a desk, a handle or a column far more often than a person
    return len(parts) > 1 or (not name.isascii() and name[0].lower() == name[0].upper())


@cache
def words(file: str) -> frozenset[str]:
    """The words of a data file of this package, in lower case."""
    with (files("transforms.extract") / EVERYWHERE / file).open(encoding="utf-8") as lines:
        return frozenset(row["word"] for row in csv.DictReader(lines))


def _titled(name: str) -> str:
    """NAMES IN CAPITALS as they are otherwise written."""
    return name.title() if name.isupper() and len(name) > 4 and name.isascii() else name
