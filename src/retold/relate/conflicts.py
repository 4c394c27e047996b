"""Disagreements between the accounts of a story: which versions of a claim cannot all be true, in which words, on which sides."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from retold.base.models import Models
from retold.base.records import ClaimVersion, Conflict, make_id
from retold.base.tables import Batch
from retold.relate.differences import RULES, Difference, Pair, certainty, confidence, credit, denial, differences, number, place, status, when
from retold.relate.sides import ClaimSide, Mark, Sides

METHOD = "typed-comparison-1"
LEAST = 0.2  # differences below are not worth a row
FURTHER = 0.35  # what each article beyond the first two adds to the log odds, three at most
BALANCE = 1.2  # what the balance of hedged against flat articles adds or takes at most
NEAR = 0.45  # cosine from which unlinked versions are compared
UNLINKED = 0.8  # what it takes from the log odds that two versions are not linked
BRIDGING = (number, when, denial, status, certainty, place, credit)
LONE = 1.0  # what it takes that only one article hedges

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
    meaning = Meaning(models)
    meaning.learn(v.words for v in versions)
    found: list[Conflict] = []
    groups = by_group(versions)
    for group, members in groups.items():
        for kind, edges in compared(members, meaning).items():
            found += rows(story, group, kind, edges, members)
    found += bridged(story, groups, meaning, found)
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


class Meaning:
    """How near strings are to each other, by the run's encoder; each string is encoded once."""

    def __init__(self, models: Models) -> None:
        self._encoder: Any = models.get("encoder")
        self._vectors: dict[str, Floats] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """Encode strings at once that will be compared."""
        new = [t for t in dict.fromkeys(texts) if t.strip() and t not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._encoder.encode(new), strict=True))

    def near(self, a: str, b: str) -> float:
        """The cosine of two strings, 0 for blank ones; rounded so that sums in another order give the same."""
        self.learn((a, b))
        return round(float(self._vectors[a] @ self._vectors[b]), 4) if a.strip() and b.strip() else 0.0


def compared(members: Sequence[ClaimSide], meaning: Meaning) -> dict[str, list[Edge]]:
    """All differences between versions of different articles, by kind."""
    out: dict[str, list[Edge]] = {}
    for a, b in combinations(members, 2):
        if a.article == b.article:
            continue
        pair = Pair(a=a, b=b, near=meaning.near(a.words, b.words), compare=meaning.near)
        for d in differences(pair):
            if d.score >= LEAST:
                out.setdefault(d.kind, []).append(Edge(a=a, b=b, difference=d))
    return out


def bridged(story: str, groups: Mapping[str, Sequence[ClaimSide]], meaning: Meaning, known: Sequence[Conflict]) -> list[Conflict]:
    """Disagreements between versions that were not linked: contradiction drives sentences apart that tell of the same.

    Only versions that are each other's nearest between their two articles are compared, and they must clear a higher bar.
    """
    members = [v for rows_ in groups.values() for v in rows_]
    out: list[Conflict] = []
    for a, b in neighbours(members, meaning):
        pair = Pair(a=a, b=b, near=meaning.near(a.words, b.words), compare=meaning.near)
        for d in differences(pair, BRIDGING):
            if d.score >= LEAST and not already(a, b, d.kind, known) and not already(a, b, d.kind, out):
                out += rows(story, min(a.group, b.group), d.kind, [Edge(a=a, b=b, difference=d)], (a, b), less=UNLINKED)
    return out


def already(a: ClaimSide, b: ClaimSide, kind: str, known: Sequence[Conflict]) -> bool:
    """Whether a disagreement of a kind is known that has the two versions on its sides."""
    held = {(c.group, c.article, c.start) for c in known if c.kind == kind}
    groups = {g for g, article, start in held if (article, start) == (a.article, a.start)}
    return any((g, b.article, b.start) in held for g in groups)


def neighbours(members: Sequence[ClaimSide], meaning: Meaning) -> list[tuple[ClaimSide, ClaimSide]]:
    """Pairs of versions of different articles and claims that are each other's nearest and near enough."""
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for a in members:
        for b in members:
            if a.article != b.article:
                near = meaning.near(a.words, b.words)
                best[a.id, b.article] = max(best.get((a.id, b.article), (0.0, "")), (near, b.id))
    by_id = {v.id: v for v in members}
    out = []
    for (start, article), (near, end) in best.items():
        a = by_id[start]
        if near >= NEAR and start < end and a.group != by_id[end].group and best[end, a.article][1] == start:
            out.append((a, by_id[end]))
    return out


Stands = dict[str, dict[str, tuple[ClaimSide, Mark]]]


def rows(story: str, group: str, kind: str, edges: Sequence[Edge], members: Sequence[ClaimSide], less: float = 0.0) -> list[Conflict]:
    """One disagreement as rows: the versions with the same value make a side."""
    stands: Stands = {}
    for e in edges:
        stands.setdefault(e.difference.left.value, {}).setdefault(e.a.id, (e.a, e.difference.left))
        stands.setdefault(e.difference.right.value, {}).setdefault(e.b.id, (e.b, e.difference.right))
    if kind == "certainty":
        stands["hedged"] |= {v.id: (v, v.hedges[0]) for v in members if not v.flat and v.id not in stands["hedged"]}
    best = max(edges, key=lambda e: (e.difference.score, e.a.id, e.b.id))
    score = confidence(log_odds(best.difference.score) + support(kind, stands) - less)
    conflict = make_id("x", story, group, kind)
    out = []
    for side, value in enumerate(sorted(stands, key=lambda v: (-len(stands[v]), v))):
        for v, mark in stands[value].values():
            out.append(Conflict(
                id=make_id("xr", conflict, side, v.id), story=story, group=conflict, claim=group, kind=kind, side=side, article=v.article,
                start=v.start, end=v.end, mark_start=mark.start, mark_end=mark.end, why=best.difference.why, method=METHOD, score=score,
            ))
    return out


def log_odds(probability: float) -> float:
    """The logit of a probability."""
    return math.log(probability / (1.0 - probability))


def support(kind: str, stands: Stands) -> float:
    """What the number of articles on the sides adds: a lone word may be a slip of ours, the same stand in several articles hardly.

    A hedge that one article alone has is mostly about something else; a hedge that most have and one lacks was hardened there.
    """
    articles = {value: len({v.article for v, _ in stand.values()}) for value, stand in stands.items()}
    if kind == "certainty":
        hedged, flat = articles.get("hedged", 0), articles.get("flat", 0)
        return max(-BALANCE, min(BALANCE, 0.6 * (hedged - flat))) - (LONE if hedged == 1 else 0.0)
    return FURTHER * min(3, sum(articles.values()) - 2)
