"""What words are by themselves: documents come in, a row of numbers for each word goes out, kept for the next time."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from transforms.find.network.layer import Floats

if TYPE_CHECKING:
    from spacy.tokens import Doc

Features = npt.NDArray[np.uint64]

_MOST_WORDS = 20_000  # some 10 MiB


class Words:
    """Words and their numbers. May be shared by threads."""

    def __init__(self, embed: Any) -> None:
        """Begin without words; `embed` is the layer that makes numbers of them."""
        self._embed = embed
        self._columns = next(layer for layer in embed.walk() if layer.name == "extract_features").attrs["columns"]
        # Features are numbers of 64 bits, mostly hashes: their sum, each times its own odd factor, stands for all.
        odd = np.random.default_rng(0).integers(2**62, size=len(self._columns) + 1, dtype=np.uint64)
        self._factors = odd * np.uint64(2) + np.uint64(1)
        self._lock = Lock()
        self._row_of: dict[int, int] = {}
        self._rows: Floats = np.empty((0, embed.get_dim("nO")), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._row_of)

    def rows(self, docs: Sequence[Doc]) -> Floats:
        """An array of shape (words of all documents, width)."""
        vocab = docs[0].vocab
        features = np.concatenate([doc.to_array([*self._columns, vocab.vectors.attr]) for doc in docs])
        keys = (features * self._factors).sum(axis=1, dtype=np.uint64).tolist()
        with self._lock:
            if len(self) > _MOST_WORDS:
                self._row_of, self._rows = {}, self._rows[:0].copy()
            new = {key: number for number, key in enumerate(keys) if key not in self._row_of}
            if new:
                self._learn(list(new), _Features(vocab, features[list(new.values())]))
            return np.asarray(self._rows[[self._row_of[key] for key in keys]])

    def _learn(self, keys: Sequence[int], features: _Features) -> None:
        (rows,) = self._embed.predict([features])
        self._row_of.update(zip(keys, range(len(self), len(self) + len(keys)), strict=True))
        self._rows = np.concatenate([self._rows, rows])


class _Features:
    """Words without a document: what the layer asks a `Doc` for."""

    def __init__(self, vocab: Any, features: Features) -> None:
        self.vocab = vocab
        self._features = features

    def __len__(self) -> int:
        return len(self._features)

    def to_array(self, asked: Any) -> Features:
        """All the features, or the one by which vectors are looked up."""
        return np.ascontiguousarray(self._features[:, :-1] if isinstance(asked, list) else self._features[:, -1])
