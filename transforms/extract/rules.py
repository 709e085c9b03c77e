"""The cleaning rules, read from the data files beside this module: a folder for each language, and `all_languages`.

In: `cleaning.yaml`, `agencies.csv`, `labels.csv`. Out: `Rule`s with compiled patterns; the agencies by every way they
are written.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from transforms.extract.labels import labels

EVERYWHERE = "all_languages"
WHERE = ("character", "line", "opening", "closing", "end", "start")
ACTIONS = ("removed", "mended", "flagged")
_LABEL = re.compile(r"\{label:(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One cleaning rule.

    `where` says what the pattern is held against: any `character`s of the text, a whole `line` (block), a line of the
    `opening` (before the second paragraph) or the `closing` (among the last lines), or the `end` or `start` of a block.
    `needs` are the strings one of which a text must hold to be searched at all: most texts hold none of them.
    `names_agency`: the match may name the agency that supplied the story. `signs_off`: what it removes is the sign-off.
    """

    name: str
    where: str
    pattern: re.Pattern[str]
    action: str = "removed"
    replacement: str = ""
    names_agency: bool = False
    signs_off: bool = False
    needs: tuple[str, ...] = ()
    finds: tuple[tuple[str, str], ...] = ()
    ignores: tuple[str, ...] = ()

    def may_match(self, text: str) -> bool:
        """Whether a text holds what the rule needs."""
        return not self.needs or any(needed in text for needed in self.needs)


@cache
def agencies() -> dict[str, str]:
    """The agency (its short name) for each way it is written."""
    with (_folder() / EVERYWHERE / "agencies.csv").open(encoding="utf-8") as lines:
        return {row["written"]: row["agency"] for row in csv.DictReader(lines)}


@cache
def cleaning_rules(language: str | None) -> tuple[Rule, ...]:
    """The rules for texts in a language (ISO 639-1), those for all languages first.

    A text whose language is unknown gets only the rules for all languages.
    """
    folders = [EVERYWHERE, *([language] if language else [])]
    return tuple(rule for folder in folders for rule in _read_rules(_folder() / folder / "cleaning.yaml"))


def languages() -> list[str]:
    """The languages that have a folder of rules."""
    return sorted(entry.name for entry in _folder().iterdir() if (entry / "cleaning.yaml").is_file())


def _folder() -> Traversable:
    return files("transforms.extract")


def _read_rules(file: Traversable) -> tuple[Rule, ...]:
    if not file.is_file():
        return ()
    return tuple(_rule(entry, str(file)) for entry in yaml.safe_load(file.read_text(encoding="utf-8")))


def _rule(entry: dict[str, Any], file: str) -> Rule:
    if entry.get("where") not in WHERE or entry.get("action", "removed") not in ACTIONS:
        raise ValueError(f'{file}: rule {entry.get("name")}: "where" is one of {WHERE}, "action" one of {ACTIONS}')
    agency = "|".join(re.escape(written) for written in sorted(agencies(), key=len, reverse=True))
    pattern = entry["pattern"].replace("{agency}", f"(?P<agency>{agency})")
    pattern = _LABEL.sub(lambda match: "(?:" + "|".join(map(re.escape, labels(match[1]))) + ")", pattern)
    flags = re.IGNORECASE if entry.get("ignore_case") else 0
    return Rule(
        name=entry["name"],
        where=entry["where"],
        pattern=re.compile(pattern, flags | re.VERBOSE if entry.get("verbose") else flags),
        action=entry.get("action", "removed"),
        replacement=entry.get("replacement", ""),
        names_agency="{agency}" in entry["pattern"],
        signs_off=bool(entry.get("signs_off")),
        needs=tuple(entry.get("needs", ())),
        finds=tuple((find["text"], find["span"]) for find in entry["finds"]),
        ignores=tuple(entry.get("ignores", ())),
    )
