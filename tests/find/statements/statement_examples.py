"""Examples of statements: a file in the format of `sentences.txt` comes in, texts with their answers go out."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from transforms.find.mentions import Mention
from transforms.find.sentences import find_sentences
from transforms.find.statements import Statement, find_statements

HERE = Path(__file__).parent
NAMES = {name: label for label, names in yaml.safe_load((HERE / "names.yaml").read_text()).items() for name in names}
_NAME = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(NAMES, key=len, reverse=True))) + r")(?!\w)")
_BREAK = " ¶ "


@dataclass(frozen=True)
class Example:
    """A text and its statements: (speaker, cue, "direct" or "indirect", words)."""

    text: str
    statements: tuple[tuple[str, ...], ...]


def read_examples(file: str) -> list[Example]:
    """The examples of a file, in order."""
    blocks = re.split(r"\n\s*\n", (HERE / file).read_text(encoding="utf-8"))
    return [example for block in blocks if (example := _example(block)) is not None]


def _example(block: str) -> Example | None:
    lines = [line for line in block.strip().splitlines() if not line.startswith("#")]
    if not lines:
        return None
    answers = [tuple(part.strip() for part in line[1:].split(" > ")) for line in lines[1:]]
    return Example(lines[0].replace(_BREAK, "\n\n"), tuple(answers))


def mentions_of(text: str) -> list[Mention]:
    """The names of `names.yaml` in a text."""
    return [Mention(found.start(), found.end(), found.group(), NAMES[found.group()]) for found in _NAME.finditer(text)]


def statements_of(text: str) -> list[Statement]:
    """What is found in an English text, its names marked."""
    return find_statements(text, find_sentences(text, (), "en"), mentions_of(text), "en")


def shown(text: str) -> tuple[tuple[str, ...], ...]:
    """The statements of a text as the examples write them."""
    return tuple(
        (row.speaker or "-", row.cue or "-", "direct" if row.direct else "indirect", row.text.replace("\n\n", _BREAK))
        for row in statements_of(text)
    )
