"""Disagreements between the accounts of a story: which versions of a claim cannot all be true, in which words, on which sides."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from retold.base.models import Models
from retold.base.records import ClaimVersion, Conflict, QuoteVersion, make_id
from retold.base.tables import Batch
from retold.relate.actors import actor, credit, place
from retold.relate.differences import certainty, denial, number, status, when
from retold.relate.figures import Figure, relabelled_figures, rival_figures
from retold.relate.pairs import Difference, Pair, confidence, shared_words
from retold.relate.sides import ClaimSide, Mark, Sides

METHOD = "typed-comparison-1"
LEAST = 0.2  # differences below are not worth a row
FURTHER = 0.35  # what each article beyond the first two adds to the log odds, three at most
BALANCE = 1.2  # what the balance of hedged against flat articles adds or takes at most
NEAR = 0.45  # cosine from which unlinked versions are compared
OVERLAP = (0.3, 0.45)  # what shared words are worth as a cosine: none, and all of the shorter version
UNLINKED = 0.8  # what it takes from the log odds that two versions are not linked
RIVAL = 0.0  # log odds that two counts of one thing, both in one article, are a disagreement
RELABELLED = -0.2  # … that one count of two things is
MISQUOTED = 0.2  # … that a quote with two speakers is
LONE = 1.0  # what it takes that only one article hedges

Rule = Callable[[Pair], Difference | None]
RULES: tuple[Rule, ...] = (number, when, denial, status, certainty, actor, place, credit)
BRIDGING: tuple[Rule, ...] = (number, when, denial, status, certainty, place, credit)  # who acts is too unsure without a link

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
    found += travelled(story, versions, meaning, found)
    found += misquoted(story, batch, sides)
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


def differences(pair: Pair, rules: Iterable[Rule] = RULES) -> list[Difference]:
    """All that two versions disagree about."""
    return [found for rule in rules if (found := rule(pair)) is not None]


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


def bridged(
    story: str, groups: Mapping[str, Sequence[ClaimSide]], meaning: Meaning, known: Sequence[Conflict],
) -> list[Conflict]:
    """Disagreements between versions that were not linked: contradiction drives sentences apart that tell of the same.

    Only versions that are each other's nearest between two articles, leaving out what is linked, are compared, and they must
    clear a higher bar. Edges between the same two claims make one disagreement.
    """
    edges: dict[tuple[str, str, str], list[Edge]] = {}
    for pair in rivals([v for members in groups.values() for v in members], meaning):
        for d in differences(pair, BRIDGING):
            if d.score >= LEAST and not already(pair.a, pair.b, d.kind, known):
                first, second = sorted((pair.a.group, pair.b.group))
                edges.setdefault((first, second, d.kind), []).append(Edge(a=pair.a, b=pair.b, difference=d))
    out: list[Conflict] = []
    for (first, second, kind), found in edges.items():
        members = [v for e in found for v in (e.a, e.b)]
        out += rows(story, first, kind, found, members, other=second, less=UNLINKED)
    return out


def already(a: ClaimSide, b: ClaimSide, kind: str, known: Sequence[Conflict]) -> bool:
    """Whether a disagreement of a kind is known that has the two versions on its sides."""
    groups = {c.group for c in known if (c.kind, c.article, c.start) == (kind, a.article, a.start)}
    return any(c.group in groups and (c.article, c.start) == (b.article, b.start) for c in known)


def rivals(members: Sequence[ClaimSide], meaning: Meaning) -> list[Pair]:
    """Pairs of versions of different articles and claims that are each other's nearest of that kind, and near enough."""
    best: dict[tuple[str, str], tuple[float, str]] = {}
    pairs: dict[tuple[str, str], Pair] = {}
    for a, b in combinations(members, 2):
        if a.article == b.article or a.group == b.group:
            continue
        near = max(meaning.near(a.words, b.words), round(OVERLAP[0] + OVERLAP[1] * shared_words(a, b), 4))
        if near >= NEAR:
            pairs[a.id, b.id] = Pair(a=a, b=b, near=near, compare=meaning.near)
            best[a.id, b.article] = max(best.get((a.id, b.article), (0.0, "")), (near, b.id))
            best[b.id, a.article] = max(best.get((b.id, a.article), (0.0, "")), (near, a.id))
    return [p for (a, b), p in pairs.items() if best[a, p.b.article][1] == b and best[b, p.a.article][1] == a]


def travelled(story: str, versions: Sequence[ClaimSide], meaning: Meaning, known: Sequence[Conflict]) -> list[Conflict]:
    """Rival counts of one thing, and one count of several things, that are not known yet."""
    out = []
    near = meaning.near
    for things, base in ((rival_figures(versions, near), RIVAL), (relabelled_figures(versions, near), RELABELLED)):
        for parts in things:
            a, b = parts[0][0], parts[1][0]
            if any(already(f.side, g.side, "number", known) for f in parts[0] for g in parts[1]):
                continue
            stands = {f"{i} {fs[0].quantity.value:g}": {f.side.id: (f.side, mark(f)) for f in fs} for i, fs in enumerate(parts)}
            why = f"one account says {figure(a)}, another {figure(b)}"
            score = confidence(base + support("number", stands))
            out += conflict_rows(story, min(f.side.group for fs in parts for f in fs), "number", stands, score=score, why=why)
    return out


def mark(f: Figure) -> Mark:
    """The words of a figure."""
    return Mark(value=f"{f.quantity.value:g}", start=f.quantity.start, end=f.quantity.end)


def figure(f: Figure) -> str:
    """A figure with what it counts, for a sentence."""
    return f"“{f.side.text[f.quantity.start : f.quantity.end]} {f.quantity.what}”"


def misquoted(story: str, batch: Batch, sides: Sides) -> list[Conflict]:
    """The same quote in the mouths of different speakers. A speaker who is not told by name takes no side."""
    groups: dict[str, list[QuoteVersion]] = {}
    for v in batch.get(QuoteVersion):
        if v.story == story and v.article in sides.articles:
            groups.setdefault(v.group, []).append(v)
    out: list[Conflict] = []
    for group in sorted(groups):
        stands: Stands = {}
        for v in sorted(groups[group], key=lambda v: (v.article, v.start)):
            side = sides.of_span(v.article, v.start, v.end, row=v.id, group=group, attribution=None)
            speaker = sides.speaker_at(v.article, v.start, v.end)
            if speaker:
                stands.setdefault(speaker, {})[v.id] = (side, Mark(value=speaker, start=v.start, end=v.end))
        if len(stands) > 1 and len({v.article for st in stands.values() for v, _ in st.values()}) > 1:
            names = " and of ".join(f"“{sides.labels.get(s, s)}”" for s in sorted(stands))
            score = confidence(MISQUOTED + support("attribution", stands))
            why = f"the same words are put into the mouths of {names}"
            out += conflict_rows(story, group, "attribution", stands, score=score, why=why)
    return out


Stands = dict[str, dict[str, tuple[ClaimSide, Mark]]]


def rows(
    story: str, group: str, kind: str, edges: Sequence[Edge], members: Sequence[ClaimSide], *, other: str = "", less: float = 0.0,
) -> list[Conflict]:
    """One disagreement as rows: the versions with the same value make a side."""
    stands: Stands = {}
    for e in edges:
        stands.setdefault(e.difference.left.value, {}).setdefault(e.a.id, (e.a, e.difference.left))
        stands.setdefault(e.difference.right.value, {}).setdefault(e.b.id, (e.b, e.difference.right))
    best = max(edges, key=lambda e: (e.difference.score, e.a.id, e.b.id))
    decided = {v for stand in stands.values() for v in stand}
    told = [v for v in members if not v.flat and v.id not in decided] if kind == "certainty" else []
    score = confidence(log_odds(best.difference.score) + support(kind, stands, len({v.article for v in told})) - less)
    for v in told:
        stands["hedged"][v.id] = (v, v.hedges[0])
    return conflict_rows(story, group, kind, stands, other=other, score=score, why=best.difference.why)


def conflict_rows(
    story: str, group: str, kind: str, stands: Stands, *, other: str = "", score: float, why: str,
) -> list[Conflict]:
    """The rows of one disagreement, the side that most versions take first."""
    values = sorted(stands, key=lambda v: (-len(stands[v]), v))
    conflict = make_id("x", story, group, other, kind, *values)
    return [
        Conflict(
            id=make_id("xr", conflict, side, v.id), story=story, group=conflict, claim=group, kind=kind, side=side,
            article=v.article, start=v.start, end=v.end, mark_start=found.start, mark_end=found.end, why=why, method=METHOD,
            score=score,
        )
        for side, value in enumerate(values) for v, found in stands[value].values()
    ]


def log_odds(probability: float) -> float:
    """The logit of a probability."""
    return math.log(probability / (1.0 - probability))


def support(kind: str, stands: Stands, told: int = 0) -> float:
    """What the number of articles on the sides adds: a lone word may be a slip of ours, the same stand in several articles hardly.

    A hedge that one article alone has is mostly about something else; a hedge that most have and one lacks was hardened there.
    `told`: articles that merely report it ("is said to").
    """
    articles = {value: len({v.article for v, _ in stand.values()}) for value, stand in stands.items()}
    if kind == "certainty":
        hedged, flat = articles.get("hedged", 0), articles.get("flat", 0)
        return max(-BALANCE, min(BALANCE, 0.6 * (hedged + told / 2 - flat))) - (LONE if hedged == 1 else 0.0)
    return FURTHER * min(3, sum(articles.values()) - 2)
