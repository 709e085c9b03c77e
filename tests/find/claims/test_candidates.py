"""Which sentences are read closely: those that hold all words of a frame, and a count."""

from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from shown_claims import claims_of

from transforms.find.claims import finder
from transforms.find.claims.candidates import Candidates, candidates_of
from transforms.find.claims.words import words_of
from transforms.find.quantities import find_quantities
from transforms.find.sentences import find_sentences

HERE = Path(__file__).parent

READ = [
    ("Some 90 pupils are down with flu.", [0]),
    ("Some 90 pupils are down with nerves.", []),
    ("Two guards were in police cells.", [0]),
    ("Two guards asked police about cells.", [0]),  # the words alone are asked for, not their order
    ("Two guards asked police.", []),
    ("There was no news of five climbers.", [0]),
    ("The news came after five days.", []),
    ("The clinic saw 200 new cases. Cholera is back.", [0]),
    ("The court heard 200 new cases. The judge is back.", []),
    ("Divers recovered five bodies.", [0]),
    ("No bodies were shown.", [0]),
    ("Five public bodies will merge.", []),
    ("An air-strike on Monday killed 12.", [0]),
    ("The blast killed a tall, thin nurse.", []),  # "a tall" is all that its phrase holds
    ("The blast killed a tall nurse.", [0]),
    ("Rescuers found a missing climber alive.", [0]),
    ("It rained. A gunman shot dead three men. Two of them were brothers. It rained.", [1, 2]),
]


@pytest.mark.parametrize(("text", "read"), READ)
def test_sentences_that_are_read(text: str, read: list[int]) -> None:
    words = words_of("en")
    assert words is not None
    assert candidates_of(text, find_sentences(text), find_quantities(text), words).sentences == read


def test_nothing_is_lost_by_what_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is what the readers make of a text whose every sentence is read."""
    cases = [yaml.safe_load((HERE / name).read_text(encoding="utf-8")) for name in ("sentences.yaml", "news.yaml")]
    # A sentence before and behind each, so that those around a claim are asked for as well.
    texts = [f"It rained. {case['text']} Nobody knew why." for case in chain.from_iterable(cases)]
    filtered = [claims_of(text) for text in texts]

    def every_sentence(*asked: Any) -> Candidates:
        found = candidates_of(*asked)
        return Candidates(list(range(len(asked[1]))), found.disease, found.crowd)

    monkeypatch.setattr(finder, "candidates_of", every_sentence)
    lost = [text for text, claims in zip(texts, filtered, strict=True) if claims_of(text) != claims]
    assert lost == []
    assert sum(map(len, filtered)) > 1_000
