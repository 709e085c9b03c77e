"""Laws: a text with its mentions comes in; laws go out as mentions with one id for all ways to cite one.

What a citation looks like is `en/laws.yaml`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import yaml

from transforms.find.mentions import Mention
from transforms.find.name_shape import trim_name
from transforms.link.directory import entity_id_of
from transforms.link.folding import fold_name
from transforms.link.names.context import Context
from transforms.link.names.known import choose
from transforms.link.names.words import heads, read_text

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class _Citation:
    """One law as cited: which rule saw it, and what the citation says."""

    rule: str
    parts: dict[str, str]


@cache
def law_rules() -> tuple[tuple[str, re.Pattern[str], dict[str, Any]], ...]:
    """The rules by name, each with its pattern and its examples."""
    data = yaml.safe_load(read_text("laws.yaml"))
    words = data["words"]
    return tuple((rule["name"], re.compile(_filled(rule["pattern"], words)), rule) for rule in data["rules"])


@cache
def _resolution_name() -> str:
    return str(yaml.safe_load(read_text("laws.yaml"))["resolution_name"])


def _filled(pattern: str, words: dict[str, str]) -> str:
    for name, choices in words.items():
        pattern = pattern.replace("{" + name + "}", choices)
    return pattern


def find_laws(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with the laws among them labelled so and the missed ones added, in text order."""
    laws = _found(text)
    kept = [mention for mention in mentions if not _gives_way(mention, laws)]
    longer = sorted((mention for mention in kept if mention.label == "LAW"), key=lambda mention: mention.end)
    added = [law for law in laws if not _is_within(law, longer)]
    return sorted([*kept, *added], key=lambda mention: (mention.start, mention.end, mention.label))


def link_laws(context: Context, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, the laws among them with ids."""
    cited = {number: _cited(m.text) for number, m in enumerate(mentions) if m.label == "LAW" and m.entity_id is None}
    names = dict(_names(context, mentions, cited))
    linked = list(mentions)
    for number, name in names.items():
        known = choose(context, name, "LAW")
        entity_id = known.entity_id if known else entity_id_of("LAW", name)
        linked[number] = replace(mentions[number], entity_id=entity_id, name=known.name if known else name)
    return linked


def _found(text: str) -> list[Mention]:
    """The laws that rules see, without overlap: the first rule wins."""
    found: list[Mention] = []
    ends: list[tuple[int, int]] = []
    for name, pattern, _ in law_rules():
        for match in pattern.finditer(text):
            start, end = trim_name(text, *match.span())
            if not 0 < end - start <= _LONGEST or any(s < end and start < e for s, e in ends[-64:]):
                continue
            ends.append((start, end))
            found.append(Mention(start, end, text[start:end], "LAW", rule=f"law:{name}"))
    return sorted(found, key=lambda law: law.start)


def _gives_way(mention: Mention, laws: Sequence[Mention]) -> bool:
    """Whether a mention is really the law that a rule sees there, or a piece of it that is no name."""
    if mention.entity_id is not None or not laws:
        return False
    at = _first_ending_after(laws, mention.start)
    law = laws[at] if at < len(laws) else None
    if law is None or law.start >= mention.end:
        return False
    is_larger_law = mention.label == "LAW" and mention.start <= law.start and law.end <= mention.end
    return not is_larger_law


def _is_within(law: Mention, longer: Sequence[Mention]) -> bool:
    at = _first_ending_after(longer, law.start)
    return at < len(longer) and longer[at].start <= law.start and law.end <= longer[at].end


def _first_ending_after(laws: Sequence[Mention], position: int) -> int:
    low, high = 0, len(laws)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if laws[middle].end <= position else (low, middle)
    return low


def _cited(name: str) -> _Citation:
    for rule, pattern, _ in law_rules():
        match = pattern.search(name)
        if match:
            return _Citation(rule, {key: value for key, value in match.groupdict().items() if value})
    return _Citation("", {})


def _names(context: Context, mentions: Sequence[Mention], cited: dict[int, _Citation]) -> Iterator[tuple[int, str]]:
    """The full name of each law that the story tells."""
    resolutions = _resolutions(context, cited)
    wholes = {
        each.parts["part"].lower(): each.parts["whole"]
        for each in cited.values()
        if {"part", "whole"} <= each.parts.keys()
    }
    years: dict[str, set[str]] = {}
    for number, each in cited.items():
        if {"year", "whole"} <= each.parts.keys():
            years.setdefault(fold_name(each.parts["whole"]), set()).add(mentions[number].text)
    for number, citation in cited.items():
        name, parts = mentions[number].text, citation.parts
        if citation.rule == "resolution":
            full = resolutions.get(parts["number"])
        elif citation.rule == "resolution_of_year":
            full = next(iter(resolutions.values())) if len(resolutions) == 1 else None
        elif "part" in parts:
            whole = parts.get("whole") or wholes.get(parts["part"].lower())
            full = (name if "whole" in parts else _of_whole(mentions, cited, parts["part"])) if whole else None
        elif "whole" in parts:
            dated = years.get(fold_name(parts["whole"]), set())
            full = next(iter(dated)) if len(dated) == 1 and "year" not in parts else name
        else:
            full = name if _is_name(name) else None
        if full:
            yield number, full


def _resolutions(context: Context, cited: dict[int, _Citation]) -> dict[str, str]:
    """The full name of each resolution by its number; without the body that made it, there is none."""
    bodies: dict[str, list[str]] = {}
    for citation in cited.values():
        if citation.rule == "resolution":
            bodies.setdefault(citation.parts["number"], []).append(citation.parts.get("body", ""))
    named: dict[str, str] = {}
    for number, written in bodies.items():
        body = max(written, key=len)
        known = choose(context, body, "ORG") if body else None
        if body:
            named[number] = _resolution_name().format(body=known.name if known else body, number=number)
        elif plain := choose(context, _resolution_name().format(body="", number=number).strip(), "LAW"):
            named[number] = plain.name
    return named


def _of_whole(mentions: Sequence[Mention], cited: dict[int, _Citation], part: str) -> str:
    for number, citation in cited.items():
        if citation.parts.get("part", "").lower() == part.lower() and "whole" in citation.parts:
            return mentions[number].text
    return part


def _is_name(name: str) -> bool:
    """Whether it names one law of one country or body: not "Constitution", not "Penal Code"."""
    words = fold_name(name).split()
    return len(words) > 2 or (len(words) == 2 and words[-1] not in heads() and any(letter.isupper() for letter in name))
