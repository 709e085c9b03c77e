"""Which sentences are read closely: those that hold all words of a frame, and a count."""

import pytest

from transforms.find.claims.candidates import candidates_of
from transforms.find.claims.words import words_of
from transforms.find.quantities import find_quantities
from transforms.find.sentences import find_sentences

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
