"""Text to sub-words: a unigram model over pieces with log probabilities, the best division found by dynamic programming.

Source: Kudo 2018, "Subword Regularization", section 3.1 (unigram language model); the division is the Viterbi path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SPACE = "\u2581"  # the sign that stands for a space in pieces
UNKNOWN_BELOW = 10.0  # how far below the least likely piece an unknown character lies


@dataclass(frozen=True, slots=True, kw_only=True)
class Subwords:
    """Pieces with their numbers, scores by number, replacements of code points before division, and the special numbers."""

    pieces: Mapping[str, int]
    scores: Sequence[float]
    replaced: Mapping[int, str]
    longest: int
    floor: float
    begin: int
    end: int
    unknown: int

    def encode(self, text: str, *, at_most: int) -> list[int]:
        """The numbers of the sub-words of a text, between the marks of begin and end; at most so many in all.

        text: any string; it is normalised, and leading space is added as the model expects.
        """
        folded = SPACE.join(f" {' '.join(text.translate(self.replaced).split())}".split(" "))
        return [self.begin, *self.divide(folded)[: at_most - 2], self.end]

    def divide(self, text: str) -> list[int]:
        """The numbers of the pieces of the most probable division; an unknown character is a piece of its own."""
        best = [0.0, *([float("-inf")] * len(text))]
        back: list[tuple[int, int]] = [(0, 0)] * (len(text) + 1)
        for end in range(1, len(text) + 1):
            best[end], back[end] = best[end - 1] + self.floor, (end - 1, self.unknown)
            for start in range(max(0, end - self.longest), end):
                number = self.pieces.get(text[start:end])
                if number is not None and best[start] + self.scores[number] > best[end]:
                    best[end], back[end] = best[start] + self.scores[number], (start, number)
        out: list[int] = []
        at = len(text)
        while at > 0:
            at, number = back[at]
            out.append(number)
        return out[::-1]
