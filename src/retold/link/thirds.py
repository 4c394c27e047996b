"""What a third article says of two claims: where each of the two has a claim of its own there, they are likely two."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from retold.link.candidates import Pair

SURE = 0.001  # probabilities are taken to be no surer than this


def apart(ties: Mapping[Pair, float], homes: Sequence[str]) -> dict[Pair, float]:
    """How surely two claims are told as two in other articles: over each, the smaller probability of the nearest claims, if they are two.

    Args:
        ties: the probability by pair (i < j).
        homes: the article of each claim.

    >>> apart({(0, 1): 0.5, (0, 2): 0.9, (1, 3): 0.8}, ["a", "b", "c", "c"])
    {(0, 1): 0.8, (0, 2): 0.0, (1, 3): 0.0}
    """
    nearest: list[dict[str, tuple[float, int]]] = [{} for _ in homes]
    for (i, j), p in ties.items():
        for one, other in ((i, j), (j, i)):
            known = nearest[one].get(homes[other])
            if known is None or (-p, other) < (-known[0], known[1]):
                nearest[one][homes[other]] = (p, other)
    out = {}
    for i, j in ties:
        mine, theirs = nearest[i], nearest[j]
        others = sorted((mine.keys() & theirs.keys()) - {homes[i], homes[j]})
        out[i, j] = float(sum(min(mine[a][0], theirs[a][0]) for a in others if mine[a][1] != theirs[a][1]))
    return out


def log_odds(p: float) -> float:
    """The logarithm of the odds of a probability.

    >>> log_odds(0.5)
    0.0
    """
    p = min(max(p, SURE), 1 - SURE)
    return math.log(p / (1 - p))
