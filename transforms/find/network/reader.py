"""Reads documents as the first half of a network does: documents come in, an array for each of them goes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from transforms.find.network.layer import Floats, Layer
from transforms.find.network.words import Words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BUILT = {"embed": "spacy.MultiHashEmbed.v2", "encode": "spacy.MaxoutWindowEncoder.v2"}


def read_quickly(model: Language) -> None:
    """Makes name recognition of the pipeline quicker; leaves it alone when its network is built otherwise."""
    from thinc.api import Model

    settings = model.config["components"]["ner"].get("model", {}).get("tok2vec", {})
    parts = {part: settings.get(part, {}) for part in _BUILT}
    is_known = {part: made.get("@architectures") for part, made in parts.items()} == _BUILT
    if is_known and parts["encode"]["window_size"] == 1:
        network: Any = model.get_pipe("ner").model  # type: ignore[attr-defined]  # to spaCy, a pipe is any callable
        slow = network.get_ref("tok2vec").layers[0]
        reader = Reader(*slow.layers)
        quick: Model[Any, Any] = Model("quick_tok2vec", _forward(reader), dims={"nO": reader.width})
        network.replace_node(slow, quick)


def _forward(reader: Reader) -> Any:
    def forward(_: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Any]:
        if is_train:
            raise RuntimeError("this pipeline only reads; to train it, load it with spacy.load")
        return reader.read(docs), None

    return forward


class Reader:
    """The layers of a network from words to words that know their neighbours."""

    def __init__(self, embed: Any, encode: Any) -> None:
        """Take them from the two layers of a `spacy.Tok2Vec.v2` that has been trained."""
        self._words = Words(embed)
        self._layers = [Layer(residual) for residual in encode.layers[0].layers]
        self._between = encode.attrs["pad"]
        self.width: int = encode.layers[0].get_dim("nO")

    def read(self, docs: Sequence[Doc]) -> list[Floats]:
        """An array of shape (words, width) for each document; as many empty rows between as neighbours can reach."""
        lengths = [len(doc) for doc in docs]
        starts = np.cumsum([self._between, *(length + self._between for length in lengths)])
        numbers = np.zeros((starts[-1], self.width), dtype=np.float32)
        spans = [slice(start, start + length) for start, length in zip(starts, lengths, strict=False)]
        rows = self._words.rows(docs)
        read = 0
        for span, length in zip(spans, lengths, strict=True):
            numbers[span] = rows[read : read + length]
            read += length
        for layer in self._layers:
            layer.add_neighbours(numbers)
        return [numbers[span] for span in spans]
