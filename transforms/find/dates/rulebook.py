"""Reads the data files of a language: its code comes in, its `Language` goes out.

`words.csv` gives words their categories and values, `shapes.yaml` the rules: a shape over words and `{category}`
elements, the category it makes, and the function that says what it means. `groups.yaml` and `tense.yaml` name groups of
words, `notation.yaml` says how the language writes ordinals and forms its words, `holidays.csv` has its holidays.
Adding a language is adding a folder.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import product
from typing import Any

import yaml

from transforms.find.dates.language import Continuations, Element, Language, Notation, Rule
from transforms.find.dates.tokens import token_pattern

ELEMENT = re.compile(r"\{(\w+)(?::(\w+))?\}(\?)?|\(([^)]*)\)(\?)?|\\?(\S+?)(\?)?(?:\s|$)")
"""A category, words to choose from, or a word; a parenthesis that is meant as such is written `\\(`."""


@cache
def language_of(code: str) -> Language | None:
    """The language of a folder, or None when there is none."""
    folder = files("transforms.find.dates").joinpath(code)
    if not code.isalpha() or not folder.joinpath("shapes.yaml").is_file():
        return None
    rows = list(csv.DictReader(folder.joinpath("words.csv").read_text(encoding="utf-8").splitlines()))
    words: dict[str, list[tuple[str, Any, str]]] = {}
    for row in rows:
        entry = (row["category"], _value(row["value"]), row["case"])
        for word in row["words"].split():
            words.setdefault(word, []).append(entry)
    abbreviations = frozenset(w for row in rows if row["stop"] == "yes" for w in row["words"].split())
    groups = _read(folder, "groups.yaml") | _read(folder, "tense.yaml")
    shapes = _read(folder, "shapes.yaml")
    named = {name: frozenset(" ".join(lines).split()) for name, lines in groups.items()}
    notation = _notation(_read(folder, "notation.yaml"), abbreviations)
    shapes += _holiday_shapes(folder.joinpath("holidays.csv").read_text(encoding="utf-8"))
    language = Language(code, {w: tuple(e) for w, e in words.items()}, (), named, notation)
    language.rules = tuple(_rules(shapes, named, language))
    language.telling = (frozenset(words) | language.linking) - named["joining"]
    return language


def _read(folder: Traversable, name: str) -> Any:
    return yaml.safe_load(folder.joinpath(name).read_text(encoding="utf-8"))


def _notation(written: Mapping[str, Any], abbreviations: frozenset[str]) -> Notation:
    endings = ("past_forms", "noun_forms", "plural_forms", "no_plural_forms")
    return Notation(
        token=token_pattern(written["ordinals"], written["decades"], written["half_days"]),
        month_first=written["month_first"],
        soonest=tuple(phrase.split() for phrase in written["soonest"]),
        abbreviations=abbreviations,
        **{name: tuple(written[name]) for name in endings},
    )


def _holiday_shapes(table: str) -> Iterator[dict[str, Any]]:
    """Each line of `holidays.csv` is a rule that makes a piece: the holiday's own rule."""
    for row in csv.DictReader(table.splitlines()):
        shape = f"({row['names']})"
        yield {
            "name": "holiday",
            "as": "holiday",
            "shape": shape,
            "resolve": "constant",
            "with": {"value": row["rule"]},
        }


def _value(written: str) -> Any:
    try:
        return int(written)
    except ValueError:
        return written


def _rules(shapes: list[dict[str, Any]], groups: Mapping[str, frozenset[str]], language: Language) -> Iterator[Rule]:
    linking: set[str] = set()
    for rank, line in enumerate(shapes):
        rule = Rule(
            name=line["name"],
            category=line["as"],
            resolve=line["resolve"],
            rank=rank,
            constants=line.get("with", {}),
            finds=tuple(line.get("finds", ())),
            ignores=tuple(line.get("ignores", ())),
            **{key: _context(line.get(key, ""), groups) for key in ("after", "not_after", "before", "not_before")},
        )
        for shape in [line["shape"]] if isinstance(line["shape"], str) else line["shape"]:
            for elements in _expansions(shape, language.notation):
                first = elements[0]
                for word in first.words:
                    language.rules_by_word.setdefault(word, Continuations()).add(rule, elements)
                if first.category:
                    language.rules_by_category.setdefault(first.category, Continuations()).add(rule, elements)
                linking.update(word for element in elements for word in element.words)
        yield rule
    language.linking = frozenset(linking)


def _context(words: str, groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Words around an expression; `@name` stands for a group of `groups.yaml`."""
    found: set[str] = set()
    for word in words.split():
        found |= groups[word[1:]] if word.startswith("@") and len(word) > 1 else {word}
    return frozenset(found)


def _expansions(shape: str, notation: Notation) -> Iterator[tuple[Element, ...]]:
    """Every way to fill or leave out the optional places of a shape; `(a b|c)` stands for "a b" or "c"."""
    places: list[list[tuple[Element, ...]]] = []
    for match in ELEMENT.finditer(shape):
        category, alias, maybe1, words, maybe2, word, maybe3 = match.groups()
        if category:
            choices: list[tuple[Element, ...]] = [(Element(category, "" if alias == "_" else alias or category),)]
        else:
            choices = _words(words if words is not None else word, notation)
        places.append(choices + ([()] if maybe1 or maybe2 or maybe3 else []))
    for chosen in product(*places):
        elements = tuple(element for choice in chosen for element in choice)
        if elements:
            yield elements


def _words(alternatives: str, notation: Notation) -> list[tuple[Element, ...]]:
    choices: list[tuple[Element, ...]] = []
    single: set[str] = set()
    for alternative in alternatives.split("|"):
        split = [token.lower for token in notation.tokens_of(alternative)]
        if len(split) == 1:
            single.add(split[0])
        else:
            choices.append(tuple(Element(words=frozenset({word})) for word in split))
    return ([(Element(words=frozenset(single)),)] if single else []) + choices
