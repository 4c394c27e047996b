"""How near each utterance of a story is to some of them, all at once: what `cosine` says of each pair."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from retold.link.utterances import Utterance

Floats = npt.NDArray[np.float32]
DIGITS = 6  # decimals kept: more depend on how many are compared at once


class Closeness:
    """The vectors of the utterances of a story, stacked.

    Args:
        utterances: each with at least one vector, that of the whole first.
    """

    def __init__(self, utterances: Sequence[Utterance]) -> None:
        self._first = Stack([u.vectors for u in utterances])
        seconds = [i for i, u in enumerate(utterances) if u.second is not None]
        self._second = Stack([u.second for u in utterances if u.second is not None])
        self._place = {i: n for n, i in enumerate(seconds)}
        self._seconds = np.array(seconds, dtype=np.int64)
        self._known = np.array([u.known for u in utterances], dtype=bool)

    def to(self, members: Sequence[int]) -> npt.NDArray[np.float64]:
        """The cosines of all n utterances, by their number, to m of them: (n, m) float64, none below 0."""
        found = self._first.to(members)
        columns = [c for c, i in enumerate(members) if i in self._place]
        if columns:
            there = np.ix_(self._seconds, np.array(columns, dtype=np.int64))
            unknown = ~(self._known[:, None] & self._known[list(members)][None, :])
            other = self._second.to([self._place[members[c]] for c in columns])
            found[there] = np.where(unknown[there], other, found[there])
        return np.asarray(np.round(np.maximum(found, 0.0).astype(np.float64), DIGITS), dtype=np.float64)


class Stack:
    """Several matrices over each other: the first row of each is the whole, the rest are its parts."""

    def __init__(self, matrices: Sequence[Floats]) -> None:
        self._starts = np.cumsum([0, *(len(m) for m in matrices)])[:-1].astype(np.int64)
        self._rows: Floats = np.concatenate(matrices) if matrices else np.zeros((0, 1), dtype=np.float32)
        self._wholes: Floats = self._rows[self._starts]
        self._matrices = matrices

    def to(self, members: Sequence[int]) -> Floats:
        """The greatest cosine of any part of one with the whole of the other, or of both wholes: (n, m) float32."""
        parts = np.concatenate([self._matrices[i] for i in members])
        starts = np.cumsum([0, *(len(self._matrices[i]) for i in members)])[:-1]
        theirs = np.maximum.reduceat(self._rows @ self._wholes[list(members)].T, self._starts, axis=0)
        ours = np.maximum.reduceat(self._wholes @ parts.T, starts, axis=1)
        return np.asarray(np.maximum(theirs, ours), dtype=np.float32)
