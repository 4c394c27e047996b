"""The same claim in several articles and languages.

Every claim is compared with those of the other articles by several signals: the meaning of the clause and of its sentence,
shared rare words and numbers, whether each is the other's nearest, by how far, and whether both stand in like places of their
articles. A logistic formula makes them one probability; average linkage makes clusters; a claim may be told by several
mentions of one article (a headline and a sentence), or by none.

Source: margin between the nearest and the next, Artetxe and Schwenk 2019, "Margin-based Parallel Corpus Mining", section 3.1;
ours is a difference, since cosines of short clauses are too small to divide by.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retold.base.linkage import average_linkage
from retold.base.models import Models
from retold.base.records import Article, Claim, ClaimVersion, Sentence, make_id
from retold.base.tables import Batch
from retold.link.details import clause_details, shared_weight

Floats = npt.NDArray[np.float32]
FEATURES = ("clause", "sentence", "across", "details", "numbers", "other_numbers", "nearest", "mutual", "distance", "margin")
LOWEST = 0.25  # cosine below which a pair is no candidate: 1 in 300 such pairs was the same claim
OWN = 0.7  # share of the clause's own vector against its sentence's: F1 .688 at .7, .636 at 1, .654 for whole sentences
RANK = 2  # a candidate is among the three nearest of one side
JOIN = 0.35  # mean probability at which two clusters are one claim: F1 .744 at .3, .743 at .35, .712 at .45 on stories left out
ABSENT = 0.15  # what a pair counts that was no candidate
METHOD = "clauses, average linkage"

# fitted by eval/fit_claims.py; figures in docs/methods/link.md
WEIGHTS: dict[str, float] = {
    "bias": -0.93, "clause": -2.84, "sentence": 2.59, "across": 1.18, "details": 1.27, "numbers": 0.33, "other_numbers": -0.82,
    "nearest": 0.7, "mutual": 0.77, "distance": -2.47, "margin": 5.73,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The claims of a story, row by row. own, around: (n, n_dims) float32, unit length: of the clause, of its sentence."""

    claims: tuple[Claim, ...]
    own: Floats
    around: Floats
    details: tuple[Mapping[str, float], ...]
    places: tuple[float, ...]
    rows: Mapping[str, tuple[int, ...]]


def link_claims(story: str, batch: Batch, models: Models) -> list[ClaimVersion]:
    """The claims of a story as groups of mentions; a claim that nobody else makes is a group of one."""
    units = gather(batch, models)
    if not units.claims:
        return []
    ties = {pair: same_claim(found) for pair, found in candidates(units).items()}
    homes = [claim.article for claim in units.claims]
    texts = {article.id: article.text for article in batch.get(Article)}
    out: list[ClaimVersion] = []
    for members in average_linkage(len(homes), ties, join=JOIN, absent=ABSENT, homes=homes):
        out.extend(versions(story, members, units, ties, texts))
    return out


def versions(
    story: str, members: Sequence[int], units: Units, ties: Mapping[tuple[int, int], float], texts: Mapping[str, str],
) -> list[ClaimVersion]:
    """The rows of one group. Its label is the mention that is nearest to all others."""
    centre = units.own[list(members)].sum(axis=0)
    best = max(members, key=lambda i: (round(float(units.own[i] @ centre), 6), -i))
    label = words(units.claims[best], texts)
    group = make_id("claim", *sorted(units.claims[i].id for i in members))
    out = []
    for i in members:
        claim = units.claims[i]
        strongest = max((ties.get((min(i, j), max(i, j)), 0.0) for j in members if j != i), default=1.0)
        out.append(ClaimVersion(
            id=make_id("cv", group, claim.id), story=story, group=group, label=label, claim=claim.id, article=claim.article,
            start=claim.start, end=claim.end, method=METHOD, score=round(strongest, 4)))
    return out


def words(claim: Claim, texts: Mapping[str, str]) -> str:
    """The words of a claim, white space folded."""
    return " ".join(texts[claim.article][claim.start:claim.end].split())


def gather(batch: Batch, models: Models) -> Units:
    """The claims of a story with what they are compared by."""
    texts = {article.id: article.text for article in batch.get(Article)}
    sentences = {sentence.id: sentence for sentence in batch.get(Sentence)}
    claims = tuple(sorted(batch.get(Claim), key=lambda c: (c.article, c.start, c.id)))
    rows: dict[str, list[int]] = {}
    for i, claim in enumerate(claims):
        rows.setdefault(claim.article, []).append(i)
    around = [texts[c.article][sentences[c.sentence].start:sentences[c.sentence].end] for c in claims]
    own = [texts[c.article][c.start:c.end] for c in claims]
    encoder = models.get("encoder")
    last = {article: max(1, len(found) - 1) for article, found in rows.items()}
    return Units(
        claims=claims, own=encoder.encode(own), around=encoder.encode(around), details=tuple(map(clause_details, around)),
        places=tuple(rows[c.article].index(i) / last[c.article] for i, c in enumerate(claims)),
        rows={article: tuple(found) for article, found in rows.items()},
    )


def candidates(units: Units) -> dict[tuple[int, int], dict[str, float]]:
    """The features of every pair of claims of two articles that may be one."""
    mixed = OWN * units.own + (1 - OWN) * units.around
    mixed /= np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-9)
    rare = rarity(units.details)
    articles = sorted(units.rows)
    out: dict[tuple[int, int], dict[str, float]] = {}
    for x, a in enumerate(articles):
        for b in articles[x + 1:]:
            cosines = mixed[list(units.rows[a])] @ mixed[list(units.rows[b])].T
            for p, q, ranks, margin in near(cosines):
                i, j = units.rows[a][p], units.rows[b][q]
                out[i, j] = features(units, i, j, ranks, margin, rare)
    return out


def rarity(details: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Inverse frequency of every detail over the clauses of a story, 0..1."""
    counts = Counter(key for found in details for key in found)
    total = len(details) + 20
    return {key: math.log(total / count) / math.log(total) for key, count in counts.items()}


def near(cosines: Floats) -> list[tuple[int, int, tuple[int, int], float]]:
    """Pairs (row, column) worth a look, with their ranks from either side and the margin over the next best.

    cosines: (n, m) float32.
    """
    row_rank = (-cosines).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    column_rank = (-cosines).argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    keep = (cosines >= LOWEST) & ((row_rank <= RANK) | (column_rank <= RANK))
    rows, columns = first_two(cosines), first_two(cosines.T)
    out = []
    for p, q in zip(*np.nonzero(keep), strict=True):
        here = float(cosines[p, q])
        others = max(rows[p][1 if row_rank[p, q] == 0 else 0], columns[q][1 if column_rank[p, q] == 0 else 0])
        out.append((int(p), int(q), (int(row_rank[p, q]), int(column_rank[p, q])), here - others))
    return out


def first_two(cosines: Floats) -> list[tuple[float, float]]:
    """The largest and the second largest of every row (0 where there is none)."""
    ordered = -np.sort(-cosines, axis=1)
    return [(float(row[0]), float(row[1]) if len(row) > 1 else 0.0) for row in ordered]


def features(units: Units, i: int, j: int, ranks: tuple[int, int], margin: float, rare: Mapping[str, float]) -> dict[str, float]:
    """What the formula sees of a pair, see `FEATURES`."""
    a, b = units.details[i], units.details[j]
    ours, theirs = numbers(a), numbers(b)
    return {
        "clause": float(units.own[i] @ units.own[j]),
        "sentence": float(units.around[i] @ units.around[j]),
        "across": float(max(units.own[i] @ units.around[j], units.around[i] @ units.own[j])),
        "details": shared_weight(a, b, rare),
        "numbers": float(bool(ours & theirs)),
        "other_numbers": float(bool(ours and theirs and not ours & theirs)),
        "nearest": float(min(ranks) == 0),
        "mutual": float(max(ranks) == 0),
        "distance": abs(units.places[i] - units.places[j]),
        "margin": margin,
    }


def numbers(details: Mapping[str, float]) -> set[str]:
    """The numbers among details."""
    return {key for key in details if re.fullmatch(r"\d+", key)}


def same_claim(found: Mapping[str, float]) -> float:
    """The probability that two mentions make the same claim, from their features."""
    score = WEIGHTS["bias"] + sum(WEIGHTS[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-score))
