"""A text whose sub-words are labelled: who is said to have said what, and what belongs to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

NAMES = ("person", "organisation", "outlet", "place", "thing")  # kinds of names: a sub-word is none, begins one, or goes on with it
LABELS = ("source", "cue", "content", "addressee")  # of a sub-word, each by itself
LONGEST = 250  # sub-words of a text that are read: what the shipped tagger was trained on
RELATION = np.float32(8)  # the root of the length of what is multiplied for a relation
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A text as the tagger reads it: where each sub-word stands, and its probability of each label.

    places: n spans of code points. labels: (n, 4) float32 in the order of `LABELS`. states: (n, 384) float32. head: what tells relations.
    names: (n, 11) float32, the probabilities that a sub-word is no part of a name, or begins or goes on with one of each of `NAMES`
    in turn; None of a tagger that reads none.
    """

    places: Sequence[Span]
    labels: Floats
    states: Floats
    head: Mapping[str, Floats]
    names: Floats | None = None

    def related(self, inside: Sequence[int]) -> tuple[Floats, Floats]:
        """inside: the sub-words of a source -> the probability of each sub-word to be of its content, and of its cue: n float32 each."""
        head = self.head
        asked = head["source.w"] @ self.states[list(inside)].mean(axis=0) + head["source.b"]
        content = (self.states @ head["content.w"].T + head["content.b"]) @ asked / RELATION + head["relation.b"][0]
        cue = (self.states @ head["cue.w"].T + head["cue.b"]) @ asked / RELATION + head["relation.b"][1]
        return logistic(content), logistic(cue)


def logistic(x: Floats) -> Floats:
    """Log odds as probabilities."""
    return np.asarray(1 / (1 + np.exp(-x)), dtype=np.float32)
