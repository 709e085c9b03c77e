"""One layer of a network: the numbers of words come in; what each word's neighbours tell is added to them."""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_WORDS_AT_ONCE = 256  # half a MiB of numbers; from 128 to 1024 the speed is within a tenth
_ALMOST_NOTHING = np.float32(1e-8)  # thinc adds it to each variance


class Layer:
    """Each word and those on both sides, times weights; the largest of some pieces; set to mean 0 and variance 1."""

    def __init__(self, residual: Any) -> None:
        """Take the weights of one layer of a `spacy.MaxoutWindowEncoder.v2` with windows of three words."""
        maxout = next(layer for layer in residual.walk() if layer.name == "maxout")
        normal = next(layer for layer in residual.walk() if layer.name == "layernorm")
        self._width, self._pieces = maxout.get_dim("nO"), maxout.get_dim("nP")
        # First all numbers of the first piece, then those of the second: so they are compared in long runs.
        weights = maxout.get_param("W").transpose(1, 0, 2).reshape(self._pieces * self._width, 3 * self._width)
        self._weights = np.ascontiguousarray(weights.T)
        self._bias = np.ascontiguousarray(maxout.get_param("b").T).reshape(-1)
        self._scale, self._shift = normal.get_param("G"), normal.get_param("b")

    def add_neighbours(self, words: Floats) -> None:
        """Change the array of shape (words, width); beyond its ends are zeros."""
        width = self._width
        before = np.zeros((len(words) + 2, width), dtype=np.float32)
        before[1:-1] = words
        windows = np.empty((_WORDS_AT_ONCE, 3 * width), dtype=np.float32)
        products = np.empty((_WORDS_AT_ONCE, self._pieces * width), dtype=np.float32)
        for start in range(0, len(words), _WORDS_AT_ONCE):
            size = min(_WORDS_AT_ONCE, len(words) - start)
            for place in range(3):
                windows[:size, place * width : (place + 1) * width] = before[start + place : start + place + size]
            np.matmul(windows[:size], self._weights, out=products[:size])
            words[start : start + size] += self._activation(products[:size])

    def _activation(self, products: Floats) -> Floats:
        width = self._width
        products += self._bias
        best = products[:, :width]
        for piece in range(1, self._pieces):
            np.maximum(best, products[:, piece * width : (piece + 1) * width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / np.float32(width) + _ALMOST_NOTHING
        best *= (1 / np.sqrt(variance))[:, None]
        best *= self._scale
        best += self._shift
        return best
