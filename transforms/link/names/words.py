"""The words of names in English stories, read from `en/*.csv`: nothing comes in, sets and mappings go out."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from transforms.language_folders import read_table
from transforms.link.folding import fold_name

LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Title:
    """What is said before a name: the gender it tells ("m", "f" or ""), and its kind: `form` or the office."""

    gender: str
    kind: str


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that bodies are called by, and how it behaves.

    `small`: "the ministry" stands for one; `national`: every country has one, whatever its name is if that `always` is
    so, and by certain names if "yes"; `turns`: "Ministry of Health" is "Health Ministry".
    """

    noun: str
    label: str
    small: bool
    national: str
    turns: bool


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file in `transforms/link/names/en/`."""
    return list(csv.DictReader(read_text(name).splitlines()))


def read_text(name: str) -> str:
    """A file in `transforms/link/names/en/`."""
    return (files("transforms.link.names") / LANGUAGE / name).read_text(encoding="utf-8")


@cache
def titles() -> Mapping[str, Title]:
    """Titles and offices by their words in small letters without full stops: "lt gov"."""
    return MappingProxyType(
        {
            row["title"].replace(".", "").lower(): Title(
                row["gender"], "form" if row["kind"] == "unsure" else row["kind"]
            )
            for row in read_rows("titles.csv")
        }
    )


@cache
def title_ends() -> frozenset[str]:
    """The last words of all titles, by which most words before a name are known to be none."""
    return frozenset(title.rpartition(" ")[2] for title in titles())


@cache
def person_nouns() -> frozenset[str]:
    """Nouns for one person that nobody bears as a name and that are no titles: "novelist", "actor"."""
    nouns = read_table("transforms.find.statements", LANGUAGE, "nouns.csv")
    borne = {row["noun"] for row in read_rows("nouns_as_names.csv")}
    return frozenset(row["noun"] for row in nouns if row["kind"] == "person") - borne - titles().keys()


@cache
def names_as_well() -> frozenset[str]:
    """Titles that are also given names: "Don Farrell", "King"."""
    return frozenset(row["title"].lower() for row in read_rows("titles.csv") if row["kind"] == "unsure")


@cache
def suffixes() -> Mapping[str, bool]:
    """What may follow a name ("Jr"), and whether it tells one person from another."""
    return MappingProxyType(
        {row["suffix"].replace(".", "").lower(): row["distinct"] == "yes" for row in read_rows("suffixes.csv")}
    )


@cache
def ruler_numbers() -> frozenset[str]:
    """Suffixes that make a full name of one word: "Abdullah II"."""
    return frozenset(row["suffix"].lower() for row in read_rows("suffixes.csv") if row["ruler"] == "yes")


@cache
def particles() -> Mapping[str, str]:
    """Small words inside names: `article`, `of`, or `father` for those that make a full name of one word."""
    return MappingProxyType({row["particle"]: row["kind"] for row in read_rows("particles.csv")})


@cache
def family_first() -> frozenset[str]:
    """Family names that stand before the given name, folded."""
    return frozenset(fold_name(row["name"]) for row in read_rows("family_first.csv"))


@cache
def given_names() -> Mapping[str, str]:
    """Gender, "m" or "f", by folded given name."""
    return MappingProxyType({fold_name(row["name"]): row["gender"] for row in read_rows("given_names.csv")})


@cache
def nicknames() -> frozenset[tuple[str, str]]:
    """Pairs of given names of one person, folded: ("bill", "william")."""
    return frozenset((fold_name(row["short"]), fold_name(row["full"])) for row in read_rows("nicknames.csv"))


@cache
def company_forms(stands: str = "last") -> frozenset[tuple[str, ...]]:
    """Legal forms of companies that stand `last` in their names, or `first`, as folded words."""
    rows = (row for row in read_rows("company_forms.csv") if row["stands"] == stands)
    return frozenset(tuple(fold_name(row["form"]).split()) for row in rows)


@cache
def branch_words() -> frozenset[str]:
    """Words that make a company another one: "Credit" in "Toyota Motor Credit"."""
    return frozenset(word for row in read_rows("branches.csv") for word in fold_name(row["word"]).split())


@cache
def heads() -> Mapping[str, Head]:
    """Head nouns by folded word."""
    return MappingProxyType(
        {
            fold_name(row["noun"]): Head(
                row["noun"], row["label"], row["small"] == "yes", row["national"], row["turns"] == "yes"
            )
            for row in read_rows("heads.csv")
        }
    )


@cache
def national_words(kind: str = "any") -> frozenset[str]:
    """Words of bodies that every country has: in `any` such body's name, or the `portfolio` of a department."""
    return frozenset(fold_name(row["word"]) for row in read_rows("national_words.csv") if row["kind"] == kind)


@cache
def same_words() -> tuple[tuple[str, str], ...]:
    """Folded words, and those that mean the same in a name."""
    return tuple((row["word"], row["means"]) for row in read_rows("same_words.csv"))


@cache
def small_words() -> frozenset[str]:
    """Words in small letters that a name may have inside."""
    return frozenset(row["word"] for row in read_rows("small_words.csv"))


@cache
def words_of_kind(kind: str) -> frozenset[str]:
    """Small words that are an `article` or a `genitive`: "the", "of"."""
    return frozenset(row["word"] for row in read_rows("small_words.csv") if row["kind"] == kind)


@cache
def introductions() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    """What stands between a name and its acronym, with the rule's name, and what must follow."""
    return tuple(
        (row["rule"], re.compile(row["between"]), re.compile(row["after"]) if row["after"] else None)
        for row in read_rows("introductions.csv")
    )


@cache
def sectors() -> frozenset[str]:
    """Last words of companies' names, folded: "Airlines"."""
    return frozenset(fold_name(row["word"]) for row in read_rows("sectors.csv"))


@cache
def common_words() -> frozenset[str]:
    """Words that do not call a company by themselves: "First"."""
    return frozenset(row["word"] for row in read_rows("common_words.csv"))


@cache
def company_context() -> frozenset[str]:
    """Words that follow a company's name."""
    return frozenset(row["word"] for row in read_rows("company_context.csv"))


@cache
def not_people() -> frozenset[str]:
    """Last names that are first of all something else: "May"."""
    return frozenset(row["word"] for row in read_rows("not_people.csv"))


@cache
def kin() -> Mapping[str, str]:
    """Gender, "m" or "f", by a word that stands before a name without being a title: "husband"."""
    return MappingProxyType({row["word"]: row["gender"] for row in read_rows("kin.csv")})


@cache
def country_joint(position: str) -> re.Pattern[str]:
    """Matches what stands between a body and its country, which stands `before` it or `after`."""
    patterns = [row["pattern"] for row in read_rows("country_joints.csv") if row["position"] == position]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def bodies_of_countries() -> tuple[tuple[str, str], ...]:
    """How a body is named with its country: a template, and whether it takes the country's `name` or `demonym`."""
    return tuple((row["template"], row["country"]) for row in read_rows("bodies_of_countries.csv"))


@cache
def untold() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Bodies, or nouns they are called by, whose country a story may not tell: name, why, and the countries concerned.

    Why is `absent` (those countries have none), `regional` (their regions have one too), `abroad` (it is mentioned
    where it serves), `named` (the country must stand there) or `whole`: a word that no region's body has in its name.
    """
    rows = read_rows("untold.csv")
    return tuple((row["body"], row["why"], frozenset(filter(None, row["countries"].split("|")))) for row in rows)
