"""Average-linkage clustering over a sparse set of probabilities."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence

Ties = Mapping[tuple[int, int], float]


def average_linkage(n: int, ties: Ties, *, join: float, absent: float, homes: Sequence[str] | None = None) -> list[list[int]]:
    """Clusters of 0..n-1: the closest two are joined while the mean of the ties between them is at least `join`.

    Args:
        n: how many items there are.
        ties: probability by pair (i < j); a pair that is missing counts `absent`.
        join: the mean at which two clusters are one.
        absent: what a missing tie counts.
        homes: where given, pairs of items with the same home speak neither for nor against (two sentences of one article).

    Ties of equal strength are taken by their smallest members, so the result does not depend on the order of the pairs.

    Source: Sokal and Michener 1958 (UPGMA); with a heap and lazy deletion after Müllner 2011, section 2.

    >>> average_linkage(3, {(0, 1): 0.9, (1, 2): 0.2}, join=0.5, absent=0.0)
    [[0, 1], [2]]
    """
    state = Linkage(n, ties, absent, homes)
    heap = [(-p, i, j) for (i, j), p in ties.items() if p >= join]
    heapq.heapify(heap)
    while heap:
        negative, i, j = heapq.heappop(heap)
        if i not in state.members or j not in state.members or abs(-negative - state.mean(i, j)) > 1e-12:
            continue
        state.merge(i, j)
        for k in sorted(state.sums[i]):
            tie = state.mean(i, k)
            if tie >= join:
                heapq.heappush(heap, (-tie, min(i, k), max(i, k)))
    return sorted(sorted(m) for m in state.members.values())


class Linkage:
    """Clusters in the making: their members, their homes and the sums of the ties between them."""

    def __init__(self, n: int, ties: Ties, absent: float, homes: Sequence[str] | None) -> None:
        self.absent = absent
        self.members: dict[int, list[int]] = {i: [i] for i in range(n)}
        self.homes: dict[int, Counter[str]] = {i: Counter([home]) for i, home in enumerate(homes or ())}
        self.sums: dict[int, dict[int, float]] = {i: {} for i in range(n)}
        for (i, j), p in ties.items():
            self.sums[i][j] = self.sums[j][i] = p

    def weight(self, i: int, j: int) -> int:
        """How many pairs between two clusters count."""
        if not self.homes:
            return len(self.members[i]) * len(self.members[j])
        few, many = sorted((self.homes[i], self.homes[j]), key=len)
        return len(self.members[i]) * len(self.members[j]) - sum(count * many[home] for home, count in few.items())

    def mean(self, i: int, j: int) -> float:
        """The mean tie between two clusters, 0 where no pair counts."""
        weight = self.weight(i, j)
        return self.sums[i].get(j, self.absent * weight) / weight if weight else 0.0

    def merge(self, i: int, j: int) -> None:
        """Put cluster j into cluster i and add up their ties to the others."""
        mine, other = self.sums.pop(i), self.sums.pop(j)
        joined: dict[int, float] = {}
        for k in sorted((mine.keys() | other.keys()) - {i, j}):
            theirs = self.sums[k]
            joined[k] = theirs[i] = (mine[k] if k in mine else self.absent * self.weight(i, k)) + (
                other[k] if k in other else self.absent * self.weight(j, k))
            theirs.pop(j, None)
        self.sums[i] = joined
        self.members[i].extend(self.members.pop(j))
        if self.homes:
            self.homes[i].update(self.homes.pop(j))
