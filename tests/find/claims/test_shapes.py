"""A count is found wherever its phrase stands: as subject or object, at the head of a sentence or in a clause."""

from pathlib import Path

import pytest
import yaml
from shown_claims import bounds, claims_of

SHAPES = yaml.safe_load((Path(__file__).parent / "shapes.yaml").read_text(encoding="utf-8"))
ONE = "= 1 "


def written(frame: str, counted: str, is_one: bool) -> str:
    """The frame with its phrase, the verb in the right number and no comma twice."""
    text = frame.replace("was/were", "was" if is_one else "were").format(counted)
    text = text.replace(",,", ",").replace(",.", ".")
    return text[0].upper() + text[1:]


@pytest.mark.parametrize(("counted", "answers"), SHAPES["counted"].items(), ids=SHAPES["counted"])
def test_a_count_is_found_in_every_frame(counted, answers):
    is_one = len(answers) == 1 and answers[0].startswith(ONE) and " and " not in counted
    for frame in SHAPES["frames"]:
        text = written(frame, counted, is_one)
        assert [f"{bounds(claim)} {claim.who}" for claim in claims_of(text)] == answers, text


PREDICATES = yaml.safe_load((Path(__file__).parent / "predicates.yaml").read_text(encoding="utf-8"))
SAID = [(metric, words) for metric, all_words in PREDICATES.items() for words in all_words]


@pytest.mark.parametrize(("metric", "words"), SAID, ids=[words for _, words in SAID])
def test_what_befell_them_is_found(metric, words):
    for people, low in (("Three people", 3.0), ("In Homs, at least 40 villagers", 40.0)):
        found = [claim for claim in claims_of(f"{people} {words}.") if claim.low == low]
        assert [(claim.metric, claim.hypothetical) for claim in found] == [(metric, False)]
