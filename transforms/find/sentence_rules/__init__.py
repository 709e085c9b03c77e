"""Words that decide where a sentence ends: a language comes in, its `Rules` go out.

One folder a language, read once. `abbreviations.csv` has a line for each abbreviation with its kind (`title`: a name
follows, never an end; `number`: no end before a digit; `other`: an end only before a word that opens sentences) and an
example in which it ends nothing. `words.yaml` holds `starters`, words that open sentences, and
`speech`, verbs of saying.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

COMMON = "en"
"""The language whose rules serve a language without a folder: its abbreviations are the commonest in news anywhere."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The words of one language, all in small letters; `examples` are the sentences of its abbreviations.

    `ordinal_stop`: a full stop makes a number an ordinal ("3. Mai").
    """

    abbreviations: dict[str, str]
    starters: frozenset[str]
    speech: frozenset[str]
    ordinal_stop: bool = False
    examples: tuple[tuple[str, str], ...] = ()


@cache
def rules_for(language: str | None) -> Rules:
    """The rules of a language, ISO 639-1; of an unknown language the common ones."""
    code = (language or COMMON).lower().split("-")[0].split("_")[0]
    folder = files(__name__).joinpath(code)
    if not code.isalpha() or not folder.is_dir():
        folder = files(__name__).joinpath(COMMON)
    rows = list(csv.DictReader(folder.joinpath("abbreviations.csv").read_text(encoding="utf-8").splitlines()))
    words = yaml.safe_load(folder.joinpath("words.yaml").read_text(encoding="utf-8"))
    return Rules(
        abbreviations={row["word"].lower(): row["kind"] for row in rows},
        starters=frozenset(words["starters"].lower().split()),
        speech=frozenset(words["speech"].lower().split()),
        ordinal_stop=bool(words.get("ordinal_stop")),
        examples=tuple((row["word"], row["example"]) for row in rows),
    )


def languages() -> list[str]:
    """Languages with a folder, sorted."""
    return sorted(entry.name for entry in files(__name__).iterdir() if entry.joinpath("abbreviations.csv").is_file())
