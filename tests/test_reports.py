"""The golden stories of statements and claims are sound: each answer quotes its story, and the scorer can tell answers.

`tests/golden/reports/README.md` says how they are answered.
"""

import doctest
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "benchmarks"))

import report_scores  # noqa: E402
from report_scores import GoldStory, Row, find_words, read_gold, score  # noqa: E402

GOLDEN = Path(__file__).parent / "golden" / "reports"
HALVES = {half: read_gold(GOLDEN / half) for half in ("open", "frozen")}
STORIES = [story for stories in HALVES.values() for story in stories]

METRICS = {
    *("killed", "injured", "missing", "displaced", "detained"),
    *("kidnapped", "rescued", "infected", "hospitalised", "evacuated"),
}
STATEMENT_KEYS = {"words", "speaker", "as_written", "affiliation", "cue", "direct"}
CLAIM_KEYS = {
    *("text", "metric", "low", "high", "comparator", "who", "tally", "place", "event"),
    *("source", "part_of", "hypothetical"),
}


@dataclass
class Answer:
    """An annotation, as far as the scorer looks at it."""

    statements: list[Any] = field(default_factory=list)
    claims: list[Any] = field(default_factory=list)
    mentions: list[Any] = field(default_factory=list)


@dataclass
class Claimed:
    """A claim as the program would give it."""

    start: int
    end: int
    text: str
    metric: str
    low: float | None
    high: float | None
    comparator: str
    who: str
    tally: str
    place: str | None
    event_start: str | None
    event_end: str | None
    source: str | None
    part_of: int | None
    hypothetical: bool
    rule: str = "gold"


@dataclass
class Said:
    """A statement as the program would give it."""

    start: int
    end: int
    text: str
    speaker: str
    speaker_affiliation_id: str | None
    cue: str
    direct: bool
    rule: str = "gold"


def test_there_are_enough_stories_statements_and_claims_in_either_half() -> None:
    for half, stories in HALVES.items():
        assert len(stories) >= 24, half
        assert sum(len(story.statements) for story in stories) >= 75, half
        assert sum(len(story.claims) for story in stories) >= 55, half
    assert len({story.id for story in STORIES}) == len(STORIES)
    assert len({story.text for story in STORIES}) == len(STORIES)


def test_files_are_called_after_their_story_and_hold_no_other_keys() -> None:
    for file in sorted(GOLDEN.glob("*/*.yaml")):
        values = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert values["id"] == file.stem
        assert set(values) - {"source_place"} == {"id", "published_at", "title", "text", "statements", "claims"}, file
        for row in values["statements"]:
            assert set(row) - {"nth", "also"} == STATEMENT_KEYS, (file.stem, row)
        for row in values["claims"]:
            assert set(row) - {"nth", "part_of_nth"} == CLAIM_KEYS, (file.stem, row)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_answers_quote_their_story(story: GoldStory) -> None:
    assert 110 <= len(re.findall(r"\w+", story.text)) <= 290
    assert story.statements
    for row in story.statements:
        assert row["as_written"].casefold() in story.text.casefold(), row
        assert row["cue"] in story.text
        assert isinstance(row["direct"], bool)
    assert len({row["span"] for row in story.claims}) == len(story.claims)
    for row in story.claims:
        assert row["place"] is None or row["place"].casefold() in story.text.casefold(), row
        assert row["source"] == _speaker_around(story, row["span"]), row
        assert row["parent"] in [None, *(other["span"] for other in story.claims)]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_bounds_are_those_of_their_comparator(story: GoldStory) -> None:
    for row in story.claims:
        assert row["metric"] in METRICS
        assert row["tally"] in {"event", "total", "period"}
        low, high = row["low"], row["high"]
        holds = {
            "=": None not in (low, high) and low <= high,
            "~": None not in (low, high) and low == high,
            ">": low is not None and high is None,
            ">=": low is not None and high is None,
            "<": low is None and high is not None,
            "<=": low is None and high is not None,
        }
        assert holds[row["comparator"]], row


def _speaker_around(story: GoldStory, span: tuple[int, int]) -> str | None:
    around = [row for row in story.statements if row["span"][0] <= span[0] and span[1] <= row["span"][1]]
    assert len(around) <= 1, (story.id, span)
    return around[0]["speaker"] if around else None


def perfect(story: GoldStory) -> Answer:
    """The answer that is right everywhere."""
    return Answer([_said(story, row) for row in story.statements], [_claimed(story, row) for row in story.claims])


def _said(story: GoldStory, row: Row) -> Said:
    start, end = row["span"]
    affiliation = f"org:{row['affiliation']}" if row["affiliation"] else None
    return Said(start, end, story.text[start:end], row["speaker"], affiliation, row["cue"], row["direct"])


def _claimed(story: GoldStory, row: Row) -> Claimed:
    start, end = row["span"]
    first, last = (row["event"].split("/")[0], row["event"].split("/")[-1]) if row["event"] else (None, None)
    return Claimed(
        *(start, end, story.text[start:end]),
        *(row[name] for name in ("metric", "low", "high", "comparator", "who", "tally", "place")),
        *(first, last, row["source"], row["parent"][0] if row["parent"] else None, row["hypothetical"]),
    )


def test_a_perfect_answer_scores_one_everywhere() -> None:
    scores = score(STORIES, [perfect(story) for story in STORIES])
    assert scores.errors == []
    assert {value for name, value in scores.summary().items() if not name.endswith(".gold")} == {1.0}


def test_an_empty_answer_scores_nothing() -> None:
    summary = score(STORIES, [Answer() for _ in STORIES]).summary()
    assert summary["claims.f1"] == summary["statements.f1"] == 0


@pytest.mark.parametrize(
    ("change", "hurt"),
    [
        ({"low": 1_000_000}, "claims.f1"),
        ({"comparator": "<"}, "claims.f1"),
        ({"who": "astronauts"}, "claims.f1"),
        ({"metric": "applauded"}, "claims.f1"),
        ({"source": "Nobody Known"}, "claims.source"),
        ({"place": "Atlantis"}, "claims.place"),
        ({"part_of": 0}, "claims.part_of"),
        ({"tally": "none"}, "claims.tally"),
        ({"event_start": "1999-01-01"}, "claims.event"),
    ],
)
def test_a_wrong_field_costs_its_own_measure_only(change: dict[str, Any], hurt: str) -> None:
    answers = [perfect(story) for story in STORIES]
    for answer in answers:
        for claim in answer.claims:
            for name, value in change.items():
                setattr(claim, name, value)
    summary = score(STORIES, answers).summary()
    own = {hurt, *(("claims.precision", "claims.recall") if hurt == "claims.f1" else ()), "claims.part_of_given"}
    assert summary[hurt] == 0
    assert all(value == 1.0 for name, value in summary.items() if name not in own and not name.endswith(".gold"))


def test_predictions_that_nobody_made_cost_precision() -> None:
    answers = [perfect(story) for story in STORIES]
    for answer, story in zip(answers, STORIES, strict=True):
        answer.statements.append(Said(0, len(story.text), story.text, "Nobody Known", None, "said", False))
        answer.claims.append(Claimed(0, 1, "", "killed", 1, 1, "=", "men", "event", *([None] * 5), False))
    counts = score(STORIES, answers).counts
    extra = len(STORIES)
    for kind in ("claims", "statements"):
        assert counts[f"{kind}.precision.all"] - counts[f"{kind}.precision.right"] == extra
        assert counts[f"{kind}.recall.right"] == counts[f"{kind}.recall.all"]


def test_a_speech_may_be_cut_otherwise_but_needs_its_speaker() -> None:
    text = "“I ran,” said Ana Pires. “I fell.” Rui Paz did not."
    words = [("I ran", True), ("I fell.", True)]
    rows = tuple(
        {
            "words": said,
            "speaker": "Ana Pires",
            "affiliation": None,
            "direct": direct,
            "span": find_words(text, said, None),
        }
        for said, direct in words
    )
    story = GoldStory("cut", date(2025, 1, 1), None, text, rows, ())

    def found(speaker: str) -> Counter[str]:
        whole = Said(1, text.index(" Rui"), "", speaker, None, "said", True)
        return score([story], [Answer([whole])]).counts

    assert found("Pires")["statements.recall.right"] == 2
    assert found("Pires")["statements.precision.right"] == 1
    assert found("Rui Paz")["statements.recall.right"] == 0


def test_the_scorer_s_examples_hold() -> None:
    assert doctest.testmod(report_scores).failed == 0
