"""Whom a claim most likely goes back to where its article names nobody for it: one of all whom the article names or has anything from.

What speaks for each is weighed: it is named in the paragraph, or next behind; what stands beside the claim is known to go back to it; much
in the article and in the story does; it is the only report that the article retells. The rest of the probability is for somebody else.
A guess establishes nothing.

Source: the conditional logit, McFadden 1974, "Conditional Logit Analysis of Qualitative Choice Behavior"; the signals are our own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from retold.base.records import ClaimVersion, Derivation, Name, Passage, Span
from retold.base.tables import Batch
from retold.trace.statement import Statement

REPORTS = ("outlet", "agency")  # kinds of sources that an article has altogether what it has from
NAMED = 0.5  # what an article that is named counts for as a source where nothing shows that anything is from it
# fitted by eval/fit_guesses.py on annotated stories; figures in docs/methods/trace.md
WEIGHTS: dict[str, float] = {
    "one": -1.85, "through": -0.81, "spoken": 1.37, "paragraph": 1.22, "next": 0.51, "sole": 0.95, "weight": 0.82, "mine": 0.55,
    "company": 1.13, "before": 0.59, "here": -2.22,
}
Resolved = tuple[Span, frozenset[str]]  # a mention, and the sources that it surely goes back to


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is the same for all mentions of an article: the roots of others behind it, where it names whom, the reports that it retells."""

    through: Mapping[str, float]
    places: Mapping[str, Sequence[Span]]
    reports: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a guess stands on: the edges into every article, the roots behind it, its statements, and where its text names whom.

    `resolved`: the mentions of every article of which the root is known; `said`: how many claims of the story go back to each source.
    """

    edges: Mapping[str, Sequence[Derivation]]
    behind: Mapping[str, frozenset[str]]
    told: Mapping[str, Sequence[Statement]]
    names: Mapping[str, Sequence[Name]]
    passages: Mapping[str, Sequence[Passage]]
    resolved: Mapping[str, Sequence[Resolved]]
    said: Mapping[str, int]
    kinds: Mapping[str, str]
    scenes: dict[str, Scene] = field(default_factory=dict)

    @cached_property
    def entities(self) -> Mapping[str, frozenset[str]]:
        """The names that each source has."""
        out: dict[str, set[str]] = defaultdict(set)
        for rows in self.told.values():
            for s in rows:
                if s.entity:
                    out[s.node].add(s.entity)
        return {node: frozenset(found) for node, found in out.items()}


class Ways(Protocol):
    """The edges into every article and the roots behind it."""

    @property
    def edges(self) -> Mapping[str, Sequence[Derivation]]:
        """The edges into each article."""
        ...

    @property
    def behind(self) -> Mapping[str, frozenset[str]]:
        """The roots of each article."""
        ...


def make_ground(
    batch: Batch, roots: Ways, told: Mapping[str, Sequence[Statement]], known: Mapping[tuple[str, str], frozenset[str]], *,
    kinds: Mapping[str, str],
) -> Ground:
    """The ground of a story; `known`: of every article and claim the sources that it surely goes back to; `kinds`: what origins are."""
    resolved: dict[str, list[Resolved]] = defaultdict(list)
    for v in sorted(batch.get(ClaimVersion), key=lambda v: (v.article, v.start, v.id)):
        if known[v.article, v.group]:
            resolved[v.article].append(((v.start, v.end), known[v.article, v.group]))
    said: dict[str, set[str]] = defaultdict(set)
    for (_, group), nodes in known.items():
        for node in nodes:
            said[node].add(group)
    return Ground(
        edges=roots.edges, behind=roots.behind, told=told, names=batch.by_article(Name),
        passages=batch.by_article(Passage), resolved=resolved, said={node: len(groups) for node, groups in said.items()},
        kinds=kinds)


def guess(version: ClaimVersion, spoken: Collection[str], ground: Ground) -> dict[str, float]:
    """Whom a mention may go back to, each with its probability, the rest being for somebody else; `spoken`: those named for it."""
    found = signals(version, spoken, ground)
    scores = {node: math.exp(math.fsum(WEIGHTS[name] * value for name, value in values.items())) for node, values in found.items()}
    total = 1 + math.fsum(scores.values())
    return {node: score / total for node, score in scores.items()}


def signals(version: ClaimVersion, spoken: Collection[str], ground: Ground) -> dict[str, dict[str, float]]:
    """The sources that a mention may go back to, each with what speaks for it before it is weighed.

    through: the article has something from another that this source is behind, or names it; spoken: named for the claim; paragraph:
    named in its paragraph; next: the first that is named behind it; sole: the only report that the article retells; weight: how many
    claims of the story go back to it; mine, company, before: those of the article, of the paragraph, and the last one before, do; here:
    an article of the collection that tells first hand.
    """
    article, start = version.article, version.start
    if article not in ground.scenes:
        ground.scenes[article] = make_scene(article, ground)
    scene = ground.scenes[article]
    places = scene.places
    following = min(places, key=lambda n: min((s for s, _ in places[n] if s >= start), default=math.inf), default="")
    passages = ground.passages.get(article, ())
    paragraph = next(((p.start, p.end) for p in passages if p.start <= start < p.end), (start, version.end))
    known = [row for row in ground.resolved.get(article, ()) if row[0] != (start, version.end)]
    company = [nodes for span, nodes in known if within(span, paragraph)]
    before = next((nodes for span, nodes in reversed(known) if span[0] < start), frozenset[str]())
    return {
        n: {
            "one": 1.0, "through": scene.through.get(n, 0.0), "spoken": float(n in spoken),
            "paragraph": float(any(within(p, paragraph) for p in places[n])),
            "next": float(n == following and any(s >= start for s, _ in places[n])), "sole": float(scene.reports == {n}),
            "weight": math.log1p(ground.said.get(n, 0)), "mine": sum(n in nodes for _, nodes in known) / (len(known) + 1),
            "company": sum(n in nodes for nodes in company) / (len(company) + 1), "before": float(n in before),
            "here": float(not n.startswith("external:")),
        } for n in places}


def make_scene(article: str, ground: Ground) -> Scene:
    """The scene of an article; `places` has all whom its claims may go back to, in order."""
    through = behind_sources(article, ground)
    pool = sorted({*through, *(n for n in named_in(article, ground) if n.startswith("external:") or n in ground.behind.get(n, ()))})
    outside = [e for e in ground.edges.get(article, ()) if e.source.startswith("external:")]
    return Scene(
        through=through, places={node: places_of(node, article, ground) for node in pool},
        reports=frozenset(e.source for e in outside if e.inferred or ground.kinds.get(e.source) in REPORTS))


def named_in(article: str, ground: Ground) -> set[str]:
    """All whom an article names as a source, or has anything from."""
    return {e.source for e in ground.edges.get(article, ())} | {s.node for s in ground.told.get(article, ()) if s.node != article}


def behind_sources(article: str, ground: Ground) -> dict[str, float]:
    """The roots of other articles that an article names or has something from, each with its share in those of one of them."""
    direct = {e.source: e.probability for e in ground.edges.get(article, ())}
    out: dict[str, float] = {}
    for source in sorted(n for n in named_in(article, ground) if not n.startswith("external:")):
        roots = ground.behind.get(source, frozenset()) - {source}
        for root in roots:
            out[root] = max(out.get(root, 0.0), direct.get(source, NAMED) / len(roots))
    return {root: share for root, share in out.items() if root not in direct}


def places_of(node: str, article: str, ground: Ground) -> list[Span]:
    """Where an article names a source; where it does not, where it names another article that this source is behind."""
    entities = ground.entities.get(node, frozenset())
    own = [s.span for s in ground.told.get(article, ()) if s.node == node]
    own += [(n.start, n.end) for n in ground.names.get(article, ()) if n.entity in entities]
    return sorted(set(own)) or sorted({s.span for s in ground.told.get(article, ()) if node in ground.behind.get(s.node, ())})


def within(place: Span, span: Span) -> bool:
    """Whether a place begins in a span."""
    return span[0] <= place[0] < span[1]
