"""The forward pass of a small transformer over packed weights, in numpy: each string by itself, so that company changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import ThreadpoolController

from retold.embed.packed import Packed

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

AT_ONCE = 32  # strings that go through a layer one after the other: 30 ms a string of 31 sub-words, 40 where each fetches all weights anew
PARTS = {"qkv": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}  # one product for query, key and value: 1.2 times faster


class Transformer:
    """Sub-words to states: embeddings, then layers of attention and two products, each with what came in added and made normal.

    Args:
        weights: the packed weights, float32 once unpacked (7 MB a layer).
        adapters: what is added to matrices, by layer and part (`l4.qkv.a`, `l4.qkv.b`): (rank, in) and (out, rank). None: nothing.

    Source: Vaswani et al. 2017, "Attention Is All You Need", section 3; adapters: Hu et al. 2022, "LoRA: Low-Rank Adaptation of Large
    Language Models", section 4.1, merged into the matrices when they are read.
    """

    def __init__(self, weights: Packed, adapters: Mapping[str, Floats] | None = None) -> None:
        self.weights = weights
        self._layers = [self._layer(f"l{i}", adapters or {}) for i in range(weights.shape.layers)]

    def states(self, strings: Sequence[Sequence[int]]) -> Iterator[Floats]:
        """The last layer's state of every sub-word of each string, by their numbers: (n, width) float32."""
        return (last for last, in self.layered(strings, (len(self._layers),)))

    def layered(self, strings: Sequence[Sequence[int]], numbers: Sequence[int]) -> Iterator[list[Floats]]:
        """The states of every sub-word of each string behind some layers, counted from 1: (n, width) float32 each.

        Each string has products of its own, but many go through a layer while its weights are at hand.
        """
        for start in range(0, len(strings), AT_ONCE):
            kept = []
            with pools().limit(limits=1, user_api="blas"):  # two threads took six times as long on a busy machine
                states = [self._first(string) for string in strings[start:start + AT_ONCE]]
                for number, layer in enumerate(self._layers, 1):
                    states = [self._passed(x, layer) for x in states]
                    kept += [states] if number in numbers else []
            yield from map(list, zip(*kept, strict=True))

    def _first(self, numbers: Sequence[int]) -> Floats:
        """What the first layer is given: words, places and the kind of text."""
        weights, shape = self.weights, self.weights.shape
        x = weights.rows("emb.word", shape.width, list(numbers))
        x += weights.vector("emb.pos").reshape(-1, shape.width)[: len(numbers)] + weights.vector("emb.type")[: shape.width]
        return self._normal(x, weights.vector("emb.ln.w"), weights.vector("emb.ln.b"))

    def _passed(self, x: Floats, layer: dict[str, Floats]) -> Floats:
        """A string's states behind one layer."""
        x = self._normal(x + self._attended(x, layer), layer["aln.w"], layer["aln.b"])
        inner = bent(x @ layer["fi.w"] + layer["fi.b"])
        return self._normal(x + (inner @ layer["fo.w"] + layer["fo.b"]), layer["oln.w"], layer["oln.b"])

    def _layer(self, name: str, adapters: Mapping[str, Floats]) -> dict[str, Floats]:
        """The weights of a layer, matrices turned so that they are multiplied from the right."""
        out = {key: self.weights.vector(f"{name}.{key}") for key in ("aln.w", "aln.b", "oln.w", "oln.b")}
        for key, parts in PARTS.items():
            columns = self.weights.shape.inner if key == "fo" else self.weights.shape.width
            whole = np.concatenate([self.weights.matrix(f"{name}.{part}.w", columns) for part in parts])
            if f"{name}.{key}.a" in adapters:
                whole = whole + adapters[f"{name}.{key}.b"] @ adapters[f"{name}.{key}.a"]
            out[f"{key}.w"] = np.ascontiguousarray(whole.T)
            out[f"{key}.b"] = np.concatenate([self.weights.vector(f"{name}.{part}.b") for part in parts])
        return out

    def _attended(self, x: Floats, layer: dict[str, Floats]) -> Floats:
        """What every sub-word takes over from the others: (n, width) float32."""
        n, heads = len(x), self.weights.shape.heads
        query, key, value = (x @ layer["qkv.w"] + layer["qkv.b"]).reshape(n, 3, heads, -1).transpose(1, 2, 0, 3)
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(np.float32(query.shape[-1]))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = (scores @ value).transpose(1, 0, 2).reshape(n, -1)
        return np.asarray(mixed @ layer["ao.w"] + layer["ao.b"], dtype=np.float32)

    def _normal(self, x: Floats, weight: Floats, bias: Floats) -> Floats:
        """Rows with mean 0 and variance 1, scaled and shifted."""
        x = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[-1] + self.weights.shape.epsilon)
        return np.asarray(x / spread[:, None] * weight + bias, dtype=np.float32)


@cache
def pools() -> ThreadpoolController:
    """What limits the threads of products; looked for once, since that takes half a millisecond."""
    return ThreadpoolController()


def bent(x: Floats) -> Floats:
    """The GELU of numbers, by the approximation with a hyperbolic tangent (off by at most .0005).

    Source: Hendrycks and Gimpel 2016, "Gaussian Error Linear Units", section 2.
    """
    inner = np.float32(0.7978846) * x * (1 + np.float32(0.044715) * x * x)
    return np.asarray(0.5 * x * (1 + np.tanh(inner)), dtype=np.float32)
