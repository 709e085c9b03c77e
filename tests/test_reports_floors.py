"""Statements and claims on the golden stories reach their floors.

Of `frozen` a failure shows totals alone, so that nobody makes rules for it; of `open` it shows every error.
"""

import sys
from functools import cache
from pathlib import Path

import pytest

from flows.gazetteer import open_gazetteer
from transforms.find.model import load_model

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "benchmarks"))

from report_scores import Scores, read_gold, score  # noqa: E402
from reports import GOLDEN, read_stories, show  # noqa: E402

FLOORS = {
    "claims.f1": 0.85,
    "claims.source": 0.85,
    "claims.part_of": 0.90,
    "statements.f1": 0.80,
    "statements.direct": 0.95,
}


@cache
def scores_of(half: str) -> tuple[Scores, int]:
    """Both halves are read once for all floors. Model and gazetteer are loaded once in a process."""
    stories = read_gold(GOLDEN / half)
    gazetteer = open_gazetteer(ROOT / "data" / "gazetteer")
    return score(stories, read_stories(stories, load_model(), gazetteer)), len(stories)


@pytest.mark.parametrize("measure", FLOORS)
def test_frozen_stories_reach_the_floor(measure: str) -> None:
    scores, stories = scores_of("frozen")
    reached = scores.summary()[measure]
    assert reached >= FLOORS[measure], f"{measure} is {reached}, must be {FLOORS[measure]}\n{show(scores, stories)}"


@pytest.mark.parametrize("measure", FLOORS)
def test_open_stories_reach_the_floor(measure: str) -> None:
    scores, stories = scores_of("open")
    reached = scores.summary()[measure]
    errors = "\n".join(scores.errors)
    assert reached >= FLOORS[measure], f"{measure} is {reached}\n{errors}\n{show(scores, stories)}"
