"""The words of one language that tell who a speaker is: a language comes in, its `Words` go out.

One folder a language: `pronouns.csv`, `offices.csv` (whoever holds one speaks for a body), `descriptions.csv` (other
nouns for who was introduced), `bodies.csv` (what bodies are called) and `grammar.yaml` (small closed lists). Verbs
and nouns are those of `transforms.find.statements`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from transforms.find.statements import words as statement_words
from transforms.language_folders import language_folder, read_table


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a pronoun may stand for: `kind` is person, people or body; `gender` is "m", "f" or empty."""

    kind: str
    gender: str


@dataclass(frozen=True, slots=True)
class Words:
    """Everything the linking of speakers asks of a language, in small letters.

    `bodies`: nouns for bodies, with "yes" for those that any body may be called, "business" for those of any company,
    "kind" for those that tell what a body is; `like`: what else a body may be called that is called so;
    `businesses`: those of them that are companies.
    `offices`: nouns for who speaks for a body, with their gender. `descriptions`: nouns that may mean somebody
    introduced as something else, with what that is; "*" is anybody, "?" somebody of whom nothing was told.
    """

    pronouns: Mapping[str, Pronoun]
    offices: Mapping[str, str]
    descriptions: Mapping[str, frozenset[str]]
    bodies: Mapping[str, str]
    like: Mapping[str, frozenset[str]]
    businesses: frozenset[str]
    lists: Mapping[str, frozenset[str]]
    said: statement_words.Words
    ends: frozenset[str]
    """Words that no description reaches across."""
    singular: frozenset[str]
    """Nouns for one person, for a body or for something written."""
    small: frozenset[str]
    """Words that tell none from another: determiners, prepositions, pronouns."""
    gendered_owners: frozenset[str]
    """Pronouns that tell the gender of whoever something is theirs: "her"."""
    by_kind: Mapping[str, frozenset[str]]
    crossed: frozenset[str]
    """Words that a description may not reach across, or only in some places."""

    def is_person(self, noun: str) -> bool:
        """Whether a noun is that of one person: "mayor"."""
        return noun in self.by_kind["person"]

    def is_people(self, noun: str) -> bool:
        """Whether a noun is that of several persons: "residents"."""
        return noun in self.by_kind["people"]

    def is_body(self, noun: str) -> bool:
        """Whether a noun is that of a body: "ministry"."""
        return noun in self.by_kind["body"]

    def is_document(self, noun: str) -> bool:
        """Whether a noun is that of something written: "report"."""
        return noun in self.by_kind["document"]

    def gender_of(self, noun: str) -> str:
        """The gender that a noun tells, "m", "f" or empty."""
        known = self.said.nouns.get(noun)
        if noun in self.lists["male"] or noun in self.lists["female"]:
            return "m" if noun in self.lists["male"] else "f"
        return self.offices.get(noun) or (known.gender if known else "")


@cache
def words_of(language: str | None) -> Words | None:
    """The words of a language, ISO 639-1; None when it has no folder."""
    said = statement_words.words_of(language)
    folder = language_folder(__package__, language)
    if said is None or folder is None:
        return None
    code = folder.name
    lists = {**said.lists, **{name: frozenset(examples) for name, examples in read_lists(code).items()}}
    offices = read_rows(code, "offices.csv")
    bodies = read_rows(code, "bodies.csv")
    pronouns = {row["word"]: Pronoun(row["kind"], row["gender"]) for row in read_rows(code, "pronouns.csv")}
    kinds = {
        kind: {noun for noun, known in said.nouns.items() if known.kind == kind}
        for kind in ("person", "people", "body", "document")
    }
    for row in offices:
        if row["noun"] not in said.nouns:
            kinds["people" if row["noun"].endswith("s") else "person"].add(row["noun"])
    ends = lists["finite"] | lists["clause_openers"] | lists["days"] | lists["relatives"]
    kinds["body"] |= {row["noun"] for row in bodies}
    return Words(
        pronouns,
        {row["noun"]: row["gender"] for row in offices},
        {row["noun"]: frozenset(row["of"].split()) for row in read_rows(code, "descriptions.csv")},
        {row["noun"]: row["any"] for row in bodies},
        {row["noun"]: frozenset(row["like"].split()) for row in bodies},
        frozenset(row["noun"] for row in bodies if row["business"]),
        lists,
        said,
        ends,
        frozenset(kinds["person"] | kinds["body"] | kinds["document"]),
        lists["determiners"].union(lists["prepositions"], pronouns),
        frozenset(word for word, pronoun in pronouns.items() if pronoun.gender and word in lists["determiners"]),
        {kind: frozenset(nouns) for kind, nouns in kinds.items()},
        ends.union(said.verbs, lists["and"]),
    )


def read_rows(language: str, name: str) -> list[dict[str, str]]:
    """The lines of one of a language's CSV files, by column name."""
    return read_table(__package__, language, name)


def read_lists(language: str) -> dict[str, dict[str, str]]:
    """The closed lists of a language: for each the words, and an example of each word."""
    text = (files(__package__) / language / "grammar.yaml").read_text(encoding="utf-8")
    lists: dict[str, dict[str, str]] = yaml.safe_load(text)
    return lists
