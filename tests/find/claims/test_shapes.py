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
