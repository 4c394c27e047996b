"""Pairs of claims of two articles that may be one, with the signals by which they are judged."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retold.base.meaning import Floats
from retold.link.details import shared_weight, shared_words
from retold.link.units import Units

FEATURES = ("clause", "sentence", "across", "words", "details", "numbers", "mutual", "distance", "margin", "nearness", "day", "language")
LOWEST = 0.25  # cosine below which a pair is no candidate: 1 in 300 such pairs was the same claim
OWN = 0.7  # share of the clause's own vector against its sentence's: F1 .688 at .7, .636 at 1, .654 for whole sentences
RANK = 2  # a candidate is among the three nearest of one side
NEIGHBOURS = 60  # … and among so many nearest of one side in the whole story, so that large stories stay in hand
AROUND = 3  # claims of the other article over which it is measured how near a claim is to any
PLAIN = 0.15  # what `words` is taken for in pairs of two languages: its mean in pairs of one

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The claims of two articles against each other. cosines, own, around, across: (n, m) float32, see `FEATURES`."""

    rows: Sequence[int]
    columns: Sequence[int]
    cosines: Floats
    own: Floats
    around: Floats
    across: Floats
    one_language: bool


def candidates(units: Units) -> dict[Pair, dict[str, float]]:
    """The features of every pair of claims of two articles that may be one."""
    rare = rarity(units.details)
    out: dict[Pair, dict[str, float]] = {}
    for block in blocks(units):
        for at, ranks, margin, nearness in near(block.cosines):
            pair = block.rows[at[0]], block.columns[at[1]]
            out[pair] = features(units, block, at, rare) | {"mutual": float(max(ranks) == 0), "margin": margin, "nearness": nearness}
    return nearest_of(out)


def blocks(units: Units) -> Iterator[Block]:
    """Every pair of articles, in order."""
    known: dict[tuple[str, int], tuple[Floats, Floats, Floats]] = {}

    def vectors(article: str, space: int) -> tuple[Floats, Floats, Floats]:
        if (article, space) not in known:
            own, around = units.vectors(article, space)
            mixed = OWN * own + (1 - OWN) * around
            mixed /= np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-9)
            known[article, space] = own, around, mixed
        return known[article, space]

    articles = sorted(units.rows)
    for x, a in enumerate(articles):
        for b in articles[x + 1 :]:
            space = units.space(a, b)
            (own_a, around_a, mixed_a), (own_b, around_b, mixed_b) = vectors(a, space), vectors(b, space)
            yield Block(
                rows=units.rows[a], columns=units.rows[b], cosines=mixed_a @ mixed_b.T, own=own_a @ own_b.T, around=around_a @ around_b.T,
                across=np.maximum(own_a @ around_b.T, around_a @ own_b.T), one_language=units.languages.get(a) == units.languages.get(b))


def rarity(found: Sequence[Iterable[str]]) -> dict[str, float]:
    """Inverse frequency of every detail over the clauses of a story, 0..1."""
    counts = Counter(key for keys in found for key in keys)
    total = len(found) + 20
    return {key: math.log(total / count) / math.log(total) for key, count in counts.items()}


def near(cosines: Floats) -> list[tuple[Pair, Pair, float, float]]:
    """Pairs (row, column) worth a look: with their ranks from either side, the margin over the next best, and the `AROUND` distance.

    cosines: (n, m) float32.
    """
    keep = cosines >= LOWEST
    if not keep.any():
        return []
    row_rank = (-cosines).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    column_rank = (-cosines).argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    keep &= (row_rank <= RANK) | (column_rank <= RANK)
    rows, columns = first_ones(cosines), first_ones(cosines.T)
    out = []
    for p, q in zip(*np.nonzero(keep), strict=True):
        here = float(cosines[p, q])
        others = max(rows[p][1 if row_rank[p, q] == 0 else 0], columns[q][1 if column_rank[p, q] == 0 else 0])
        near_any = (mean_of(rows[p], cosines.shape[1]) + mean_of(columns[q], cosines.shape[0])) / 2
        out.append(((int(p), int(q)), (int(row_rank[p, q]), int(column_rank[p, q])), here - others, here - near_any))
    return out


def first_ones(cosines: Floats) -> list[list[float]]:
    """The `AROUND` largest of every row, 0 where there are fewer."""
    ordered = -np.sort(-cosines, axis=1)[:, :AROUND]
    return [row + [0.0] * (AROUND - len(row)) for row in ordered.tolist()]


def mean_of(first: Sequence[float], there: int) -> float:
    """The mean of the largest of a row that has so many in all."""
    return sum(first) / min(AROUND, there)


def features(units: Units, block: Block, at: Pair, rare: Mapping[str, float]) -> dict[str, float]:
    """What the formula sees of a pair by itself, see `FEATURES`."""
    i, j = block.rows[at[0]], block.columns[at[1]]
    return {
        "clause": float(block.own[at]),
        "sentence": float(block.around[at]),
        "across": float(block.across[at]),
        "words": shared_words(units.words[i], units.words[j]) if block.one_language else PLAIN,
        "details": shared_weight(units.details[i], units.details[j], rare),
        "numbers": float(bool(units.numbers[i] & units.numbers[j])),
        "distance": abs(units.places[i] - units.places[j]),
        "day": float(bool(units.days[i] & units.days[j])),
        "language": float(block.one_language),
    }


def nearest_of(found: Mapping[Pair, dict[str, float]]) -> dict[Pair, dict[str, float]]:
    """The pairs that are among the `NEIGHBOURS` nearest of one of their claims."""
    by_claim: dict[int, list[tuple[float, Pair]]] = {}
    for pair, seen in found.items():
        strength = OWN * seen["clause"] + (1 - OWN) * seen["sentence"]
        for i in pair:
            by_claim.setdefault(i, []).append((-strength, pair))
    kept = {pair for ranked in by_claim.values() for _, pair in sorted(ranked)[:NEIGHBOURS]}
    return {pair: seen for pair, seen in found.items() if pair in kept}
