"""`copydesk claims`: a line for each count, its sentence below, and what must not be added up said beside it."""

import json
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from flows.show import Shown
from flows.show.claims import claims_page, claims_with_sentences

SENTENCES = (
    "A dam broke above the town on Monday and left at least 30 people dead, among them 4 nurses, the Civil Guard said.",
    "It is feared that 200 are missing.",
)


def shown(*claims: dict[str, Any]) -> Shown:
    text = " ".join(SENTENCES)
    starts = [0, len(SENTENCES[0]) + 1]
    sentences = [
        {"start": start, "end": start + len(said), "text": said} for start, said in zip(starts, SENTENCES, strict=True)
    ]
    return Shown({"headline": "Dam breaks", "text": text}, {"sentences": sentences, "claims": [*map(row, claims)]})


def row(values: dict[str, Any]) -> dict[str, Any]:
    text = " ".join(SENTENCES)
    start = text.index(values["text"])
    names = ("low", "high", "who", "place", "event_start", "event_end", "source", "part_of")
    empty = dict.fromkeys(names) | {"comparator": "=", "tally": "event", "hypothetical": False, "metric": "killed"}
    return {**empty, "start": start, "end": start + len(values["text"]), **values}


DEAD = {
    "text": "at least 30", "comparator": ">=", "low": 30.0, "who": "people", "place": "Alto Verde",
    "source": "Civil Guard",
    "event_start": "2025-03-03", "event_end": "2025-03-04",
}  # fmt: skip
NURSES = {"text": "4", "low": 4.0, "high": 4.0, "who": "nurses", "part_of": SENTENCES[0].index("at least 30")}
MISSING = {"text": "200", "metric": "missing", "low": 200.0, "high": 200.0, "who": "people", "hypothetical": True}


def printed(page: Shown, width: int = 140) -> list[str]:
    console = Console(file=StringIO(), width=width)
    console.print(*claims_page(page, width), sep="\n")
    assert isinstance(console.file, StringIO)
    return [" ".join(line.split()) for line in console.file.getvalue().splitlines()]


def test_a_line_for_each_count_and_the_sentences_below() -> None:
    assert printed(shown(MISSING, NURSES, DEAD)) == [
        "Dam breaks",
        "how many what who where when who says so",
        "[1] ≥ 30 killed people Alto Verde 2025-03-03 Civil Guard",
        "[1] 4 killed nurses part of ≥ 30",
        "[2] 200 missing people not reported as fact",
        f"[1] {SENTENCES[0]}",
        f"[2] {SENTENCES[1]}",
    ]


@pytest.mark.parametrize(
    ("tally", "note"), [("total", "total so far"), ("period", "of a longer period"), ("event", "Civil Guard")]
)
def test_totals_and_background_counts_are_marked(tally: str, note: str) -> None:
    assert printed(shown({**DEAD, "tally": tally}))[2].endswith(note)


def test_an_article_without_claims_says_so() -> None:
    assert printed(shown()) == ["Dam breaks", "No counts of people affected were found in this article."]


def test_scripts_get_each_claim_with_its_sentence() -> None:
    found = json.loads(json.dumps(list(claims_with_sentences(shown(MISSING, DEAD)))))
    assert [(claim["text"], claim["sentence"]) for claim in found] == [
        ("at least 30", SENTENCES[0]),
        ("200", SENTENCES[1]),
    ]


def test_a_narrow_terminal_breaks_no_word() -> None:
    assert printed(shown(DEAD, NURSES), width=60)[1:3] == [
        "[1] ≥ 30 killed, people, Alto Verde, 2025-03-03, Civil Guard",
        "[1] 4 killed, nurses, part of ≥ 30",
    ]
