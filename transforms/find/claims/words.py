"""The words of one language that tell who was affected: a language comes in, its `Words` go out.

One folder a language. `verbs.csv`, `states.csv`, `nouns.csv`, `tolls.csv`, `leads.csv` and `doubt.csv` have a word
and its example a line; `grammar.yaml` and `people.yaml` are closed lists. A language without a folder has no claims.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from transforms.find.claims.signs import FORMS, Signs, read_signs
from transforms.language_folders import language_folder, read_table

BLANK, AT_ONCE = "_", "+"
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a verb: what it does to its object, or its subject (`affected`), when one of `completed` follows.

    `at_once` complete it only right behind it, `opens` are the words that one of `completed` may begin with, `signs`
    those one of which is in a sentence that completes it.

    It says so of `least` people or more, with one of the words `beside` in its sentence if there are any, and with
    none of the words `unless`.
    """

    forms: frozenset[str]
    metric: str
    affected: str
    completed: tuple[Phrase, ...]
    at_once: tuple[Phrase, ...]
    opens: frozenset[str]
    signs: frozenset[str]
    least: float
    unless: frozenset[str]
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for what happened: "12 deaths" (`counts`), "the arrest of 12 men" (`of`); `needs` a word around it."""

    metric: str
    counts: bool
    of: bool
    needs: str
    plural: bool


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Everything the readers of claims ask of a language, in small letters."""

    verbs: Mapping[str, tuple[Verb, ...]]
    states: Mapping[str, tuple[tuple[Phrase, str], ...]]
    state_signs: Mapping[str, frozenset[str]]
    """By the first word of states, words one of which is in a sentence that holds one of them."""
    nominal: Mapping[str, str]
    nouns: Mapping[str, Noun]
    tolls: Mapping[str, tuple[tuple[Phrase, str], ...]]
    leads: Mapping[str, tuple[tuple[Phrase, str], ...]]
    beside: Mapping[tuple[Phrase, str], frozenset[str]]
    doubt: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    lists: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    needs: Mapping[str, frozenset[str]]
    singular: Mapping[str, str]
    plural: frozenset[str]
    signs: Signs
    texts: Mapping[str, str]
    sizes: Mapping[str, int]
    state_nouns: Mapping[str, str]
    of_those: Mapping[str, str]
    demonyms: tuple[str, ...]
    endings: tuple[tuple[str, str], ...]
    ends_one: tuple[str, ...]
    ends_many: tuple[str, ...]
    openers: frozenset[str]
    """Words at which a frame may be read, and those at which one is read when all others have been."""
    late_openers: frozenset[str]
    counting: frozenset[str]
    """Words at which a count without a number may be read, and those at which a part is."""
    part_openers: frozenset[str]
    phrase_ends: frozenset[str]
    """Words that are in no phrase for whoever is counted."""

    def plural_of(self, one: str) -> str | None:
        """The plural of a noun for one person; None when it is no such noun."""
        known = self.singular.get(one)
        if known is None and one.endswith(self.ends_one) and one not in self.lists["not_people"]:
            known = next((one.removesuffix(end) + many for end, many in self.endings if one.endswith(end)), None)
        return known

    def is_named(self, plural: str) -> bool:
        """Whether a noun for people is written with a capital: "Kurds"."""
        return plural in self.lists["named"]

    def is_plural(self, word: str) -> bool:
        """Whether a word is a noun for several people."""
        if word in self.plural:
            return True
        return word.endswith(self.ends_many) and word not in self.lists["not_people"]


@cache
def words_of(language: str | None) -> Words | None:
    """The words of a language, ISO 639-1; None when it has no folder."""
    folder = language_folder(__package__, language)
    if folder is None:
        return None
    code = folder.name
    grammar = _read_yaml(folder, "grammar.yaml")
    people = _read_yaml(folder, "people.yaml")
    needs = {name: frozenset(value) for name, value in grammar["needs"].items()}
    needs["DISEASE"] = frozenset(grammar["diseases"])
    verb_rows, states = list(read_rows(code, "verbs.csv")), list(read_rows(code, "states.csv"))
    noun_rows, tolls = list(read_rows(code, "nouns.csv")), list(read_rows(code, "tolls.csv"))
    nouns, leads = _nouns(noun_rows), list(read_rows(code, "leads.csv"))
    lists = {name: frozenset(value) for name, value in grammar.items() if isinstance(value, list)}
    named = {many for _, many in _plurals({**people, "nouns": people["named"]})}
    lists["named"] = frozenset(named | set(people["named_as_is"]))
    people["nouns"] = [*people["nouns"], *people["named"]]
    lists["not_people"] = frozenset(people["not_people"])
    singular = dict(_plurals(people))
    lists["peoples_as_adjectives"] = frozenset(people["peoples_as_adjectives"])
    lists["not_demonyms"] = frozenset(people["not_demonyms"])
    by_state = by_first((row["state"], row["metric"]) for row in states)
    by_lead = by_first((row["phrase"], row["metric"]) for row in leads)
    by_toll = by_first((row["phrase"], row["metric"]) for row in tolls)
    verbs = _verbs(verb_rows, needs)
    nominal = {row["state"]: row["metric"] for row in states if row["nominal"]}
    state_nouns = [{"state": noun} for noun in grammar["state_nouns"]]
    signs = read_signs(verb_rows, noun_rows, [*states, *tolls, *leads, *state_nouns], needs, lists)
    return Words(
        verbs,
        by_state,
        {word: frozenset().union(*(_held(phrase, needs) for phrase, _ in rows)) for word, rows in by_state.items()},
        nominal,
        nouns,
        by_toll,
        by_lead,
        {
            (tuple(written.split()), row["metric"]): needs[row["beside"]]
            for row in (*states, *leads)
            for written in filter(None, (row.get("state"), row.get("phrase")))
            if row["beside"]
        },
        _doubts(read_rows(code, "doubt.csv")),
        lists,
        {name: _by_first_word(value) for name, value in grammar.items() if isinstance(value, list)},
        needs,
        singular,
        frozenset(singular.values()) | frozenset(people["as_is"]) | frozenset(people["named_as_is"]),
        signs,
        {name: value for name, value in grammar.items() if isinstance(value, str)},
        grammar["group_sizes"],
        grammar["state_nouns"],
        grammar["of_those"],
        tuple(people["demonym_endings"]),
        tuple((one, many) for one, many in people["endings"]),
        tuple(one for one, _ in people["endings"]),
        tuple(many for _, many in people["endings"]),
        frozenset().union(verbs, by_state, nouns, lists["nominal_victims"]),
        frozenset().union(by_toll, by_lead, lists["toll_nouns"]),
        frozenset().union(*(lists[name] for name in ("article", "both", "negative", "nobody"))),
        frozenset().union(*(lists[name] for name in ("including", "among", "amounts_of_them", "of"))),
        (lists["stops"] | lists["be"]).difference(lists["others"], nominal),
    )


def read_rows(language: str, name: str) -> list[dict[str, str]]:
    """The lines of one of a language's CSV files, by column name."""
    return read_table(__package__, language, name)


def _read_yaml(folder: Any, name: str) -> dict[str, Any]:
    lists: dict[str, Any] = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    for key, words in lists.items():
        for word in words if isinstance(words, list) else ():
            if not isinstance(word, str | list):
                raise ValueError(f"{name}: {key} has {word!r}, which YAML does not read as a word; quote it")
    return lists


def by_first(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[tuple[Phrase, str], ...]]:
    """Phrases by their first word, longest first."""
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for written, meaning in pairs:
        phrase = tuple(written.split())
        found.setdefault(phrase[0], []).append((phrase, meaning))
    return {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in found.items()}


def _by_first_word(written: Iterable[str]) -> Mapping[str, tuple[Phrase, ...]]:
    return {word: tuple(row[0] for row in rows) for word, rows in by_first((w, "") for w in written).items()}


def _verbs(rows: list[dict[str, str]], needs: Mapping[str, frozenset[str]]) -> Mapping[str, tuple[Verb, ...]]:
    """By word; those that need a completion come first ("shot dead" before "shot")."""
    found: dict[str, list[Verb]] = {}
    for row in rows:
        phrases = [tuple(phrase.split()) for phrase in filter(None, row["with"].split("|"))]
        completed = tuple(phrase for phrase in phrases if phrase[0] != AT_ONCE)
        at_once = tuple(phrase[1:] for phrase in phrases if phrase[0] == AT_ONCE)
        by_word: dict[str, set[str]] = {}
        for form in filter(row.__getitem__, FORMS):
            by_word.setdefault(row[form], set()).add(form)
        for word, forms in by_word.items():
            found.setdefault(word, []).append(
                Verb(
                    frozenset(forms),
                    row["metric"],
                    row["affected"],
                    completed,
                    at_once,
                    frozenset().union(*(_meant(phrase[0], needs) for phrase in completed)),
                    frozenset().union(*(_held(phrase, needs) for phrase in (*completed, *at_once))),
                    float(row["least"] or 0),
                    frozenset(row["unless"].split()),
                    needs[row["beside"]] if row["beside"] else frozenset(),
                )
            )
    return {
        word: tuple(sorted(verbs, key=lambda verb: not (verb.completed or verb.at_once)))
        for word, verbs in found.items()
    }


def _nouns(rows: list[dict[str, str]]) -> Mapping[str, Noun]:
    return {
        row[form]: Noun(row["metric"], bool(row["counts"]), bool(row["of"]), row["needs"], form == "plural")
        for row in rows
        for form in ("singular", "plural")
    }


def _doubts(rows: list[dict[str, str]]) -> Mapping[str, Mapping[str, tuple[Phrase, ...]]]:
    """Phrases of each scope by their first word."""
    scopes: dict[str, list[str]] = {}
    for row in rows:
        scopes.setdefault(row["scope"], []).append(row["word"])
    return {scope: _by_first_word(written) for scope, written in scopes.items()}


def _plurals(people: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each noun for one person with its plural; of a phrase ("police officer") only the last word counts."""
    for written in people["nouns"]:
        one = written.split()[-1]
        ending, plural = next(
            ((old, new) for old, new in people["plurals"] if one.endswith(old)), ("", people["ending"])
        )
        yield one, one.removesuffix(ending) + plural


def _meant(part: str, needs: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The words that a part of a phrase stands for."""
    return needs[part] if part.isupper() else frozenset((part,))


def _held(phrase: Phrase, needs: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The tokens one of which is in every sentence that holds a phrase: "custody" of "in custody"."""
    listed = [part for part in phrase if part.isupper()]
    return _meant(listed[0] if listed else max((part for part in phrase if part != BLANK), key=len), needs)
