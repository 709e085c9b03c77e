"""The words of one language that tell who says what: a language comes in, its `Words` go out.

One folder a language: `verbs.csv` (a verb of saying a line, with an example), `nouns.csv` (who may speak) and
`grammar.yaml` (small closed lists). A language without a folder has no statements.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from transforms.language_folders import language_folder, read_table

_CUES = ("according", "citing", "convictions", "views", "quoted_as", "sayings", "told_by")
"""Lists whose words may be a cue, beside the verbs and a colon."""
_IN_VERB_GROUPS = (
    "be", "negations", "modals", "dates", "did", "to", "lone_speakers", "perfect", "adverbs", "days",
)  # fmt: skip
_GOVERNING = ("determiners", "prepositions", "modals", "negations")
_PASSED = ("be", "did", "perfect", "adverbs", "dates", "days", "joins", "gerund_openers", "lone_speakers", "to")
FORMS = ("past", "third", "base", "ing", "participle")


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a verb of saying; `takes` says what may surround it, `particle` are its words behind the first."""

    forms: frozenset[str]
    takes: frozenset[str]
    particle: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noun:
    """A word for somebody who speaks: `kind` is person, people, body or document."""

    kind: str
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Everything the readers of statements ask of a language, in small letters."""

    verbs: Mapping[str, tuple[Verb, ...]]
    nouns: Mapping[str, Noun]
    lists: Mapping[str, frozenset[str]]
    cues: frozenset[str]
    """Words at which an attribution may be read."""
    rare_cues: frozenset[str]
    """Those of them that are no verbs of saying."""
    before_no_telling: frozenset[str]
    """Words right behind which no verb tells anything: "the report", "did not say"."""
    in_verb_groups: frozenset[str]
    """Words that may stand before a verb of saying and belong to it, or tell that it says nothing."""
    participles: frozenset[str]
    """Verbs that are one of what somebody is doing: the "saying" of "is saying", but not the "said" of "is said"."""
    clause_ends: frozenset[str]
    """Words and signs at which somebody's words may end."""


@cache
def words_of(language: str | None) -> Words | None:
    """The words of a language, ISO 639-1; None when it has no folder."""
    folder = language_folder(__package__, language)
    if folder is None:
        return None
    code = folder.name
    grammar = yaml.safe_load((folder / "grammar.yaml").read_text(encoding="utf-8"))
    lists = {name: frozenset(words.split()) for name, words in grammar.items()}
    verbs = _verbs(read_rows(code, "verbs.csv"))
    return Words(
        verbs,
        _nouns(read_rows(code, "nouns.csv")),
        lists,
        frozenset(verbs).union(":", *(lists[name] for name in _CUES)),
        frozenset().union(*(lists[name] for name in _CUES)),
        _before_no_telling(lists),
        _closing(lists["in_passing"]).union(*(lists[name] for name in _IN_VERB_GROUPS)),
        frozenset(word for word, forms in verbs.items() if any(verb.forms == {"ing"} for verb in forms)),
        lists["joins"].union(",;:"),
    )


def _before_no_telling(lists: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Words that govern a noun or deny a verb, but for those that may stand between a subject and its verb."""
    passed = (lists[name] for name in _PASSED)
    governing = frozenset().union(*(lists[name] for name in _GOVERNING))
    return governing.difference(_closing(lists["in_passing"]), *passed)


def _closing(phrases: frozenset[str]) -> frozenset[str]:
    """The last words of phrases that are written with "_" between their words."""
    return frozenset(phrase.rpartition("_")[2] for phrase in phrases)


def read_rows(language: str, name: str) -> list[dict[str, str]]:
    """The lines of one of a language's CSV files, by column name."""
    return read_table(__package__, language, name)


def _nouns(rows: list[dict[str, str]]) -> Mapping[str, Noun]:
    """The nouns, and the plurals of those for a person or body."""
    found = {row["noun"]: Noun(row["kind"], row["gender"]) for row in rows}
    plurals = {row["plural"]: Noun("people") for row in rows if row["plural"]}
    return plurals | found


def _verbs(rows: list[dict[str, str]]) -> Mapping[str, tuple[Verb, ...]]:
    """By the first word of each form; forms that look alike ("read") are one."""
    found: dict[str, list[Verb]] = {}
    for row in rows:
        takes = frozenset(row["takes"].split())
        by_word: dict[str, set[str]] = {}
        for form in FORMS:
            by_word.setdefault(row[form], set()).add(form)
        for word, forms in by_word.items():
            first, _, particle = word.partition(" ")
            found.setdefault(first, []).append(Verb(frozenset(forms), takes, tuple(particle.split())))
    return {word: tuple(sorted(verbs, key=lambda verb: -len(verb.particle))) for word, verbs in found.items()}
