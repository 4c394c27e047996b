"""Disagreements between the accounts of a story: which versions of a claim cannot all be true, in which words, on which sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from retold.base.models import Models
from retold.base.records import ClaimVersion, Conflict, make_id
from retold.base.tables import Batch
from retold.relate.differences import Difference, differences
from retold.relate.sides import ClaimSide, Mark, Sides

METHOD = "typed-comparison-1"
LEAST = 0.2  # differences below are not worth a row
SUPPORT = 0.06  # what each further article on the smaller side adds

Floats = npt.NDArray[np.float32]


def find_conflicts(story: str, batch: Batch, models: Models) -> list[Conflict]:
    """The disagreements in a story: one row a version and side, all rows of one disagreement under one `group`.

    Versions of one linked claim are compared in pairs, article by article; what differs makes the sides. `score` is the confidence
    that the accounts really disagree (from .5: more likely than not).

    Returns:
        rows in a fixed order: by claim, kind, side, article and offset.
    """
    sides = Sides(batch)
    versions = [sides.of_version(v) for v in batch.get(ClaimVersion) if v.story == story and v.article in sides.articles]
    near = nearness(versions, models)
    found: list[Conflict] = []
    for group, members in by_group(versions).items():
        for kind, edges in compared(members, near).items():
            found += rows(story, group, kind, edges)
    return sorted(found, key=lambda c: (c.claim, c.kind, c.group, c.side, c.article, c.start))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Two versions with what they disagree about."""

    a: ClaimSide
    b: ClaimSide
    difference: Difference


def by_group(versions: Iterable[ClaimSide]) -> dict[str, list[ClaimSide]]:
    """Versions by claim, each in the order of articles and offsets."""
    out: dict[str, list[ClaimSide]] = {}
    for v in sorted(versions, key=lambda v: (v.group, v.article, v.start, v.end)):
        out.setdefault(v.group, []).append(v)
    return out


def nearness(versions: Sequence[ClaimSide], models: Models) -> Mapping[str, Floats]:
    """The vectors of all versions by id, (n_dims,) float32, unit length."""
    encoder: Any = models.get("encoder")
    vectors = encoder.encode([v.words if v.words.strip() else "." for v in versions])
    return {v.id: vectors[i] for i, v in enumerate(versions)}


def compared(members: Sequence[ClaimSide], vectors: Mapping[str, Floats]) -> dict[str, list[Edge]]:
    """All differences between versions of different articles, by kind."""
    out: dict[str, list[Edge]] = {}
    for a, b in combinations(members, 2):
        if a.article == b.article:
            continue
        near = round(float(vectors[a.id] @ vectors[b.id]), 4)
        for d in differences(a, b, near):
            if d.score >= LEAST:
                out.setdefault(d.kind, []).append(Edge(a=a, b=b, difference=d))
    return out


def rows(story: str, group: str, kind: str, edges: Sequence[Edge]) -> list[Conflict]:
    """One disagreement as rows: the versions with the same value make a side."""
    stands: dict[str, dict[str, tuple[ClaimSide, Mark]]] = {}
    for e in edges:
        stands.setdefault(e.difference.left.value, {}).setdefault(e.a.id, (e.a, e.difference.left))
        stands.setdefault(e.difference.right.value, {}).setdefault(e.b.id, (e.b, e.difference.right))
    best = max(edges, key=lambda e: (e.difference.score, e.a.id, e.b.id))
    fewest = min(len({v.article for v, _ in stand.values()}) for stand in stands.values())
    score = round(min(0.99, best.difference.score + SUPPORT * (fewest - 1)), 4)
    conflict = make_id("x", story, group, kind)
    out = []
    for side, value in enumerate(sorted(stands, key=lambda v: (-len(stands[v]), v))):
        for v, mark in stands[value].values():
            out.append(Conflict(
                id=make_id("xr", conflict, side, v.id), story=story, group=conflict, claim=group, kind=kind, side=side, article=v.article,
                start=v.start, end=v.end, mark_start=mark.start, mark_end=mark.end, why=best.difference.why, method=METHOD, score=score,
            ))
    return out
