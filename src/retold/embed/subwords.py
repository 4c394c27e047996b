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

    def place(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """The sub-words of a text as `encode` finds them, without marks, and where each stands in it: (start, end)."""
        told: list[tuple[str, int]] = [(SPACE, 0)]
        for at, sign in enumerate(text):
            for c in sign.translate(self.replaced):
                if not c.isspace():
                    told.append((c, at))
                elif told[-1][0] != SPACE:
                    told.append((SPACE, at))
        folded = "".join(c for c, _ in told).rstrip(SPACE)
        found = self.pieces_of(folded)
        return [number for number, _, _ in found], [(told[start][1], told[end - 1][1] + 1) for _, start, end in found]

    def divide(self, text: str) -> list[int]:
        """The numbers of the pieces of the most probable division; an unknown character is a piece of its own."""
        return [number for number, _, _ in self.pieces_of(text)]

    def pieces_of(self, text: str) -> list[tuple[int, int, int]]:
        """The pieces of the most probable division: number, start and end of each."""
        best = [0.0, *([float("-inf")] * len(text))]
        back: list[tuple[int, int]] = [(0, 0)] * (len(text) + 1)
        for end in range(1, len(text) + 1):
            best[end], back[end] = best[end - 1] + self.floor, (end - 1, self.unknown)
            for start in range(max(0, end - self.longest), end):
                number = self.pieces.get(text[start:end])
                if number is not None and best[start] + self.scores[number] > best[end]:
                    best[end], back[end] = best[start] + self.scores[number], (start, number)
        out: list[tuple[int, int, int]] = []
        at = len(text)
        while at > 0:
            end, (at, number) = at, back[at]
            out.append((number, at, end))
        return out[::-1]
