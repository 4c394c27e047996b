"""Where a story and each of its claims began: the roots of the derivations, and which of them are independent.

A missing report is an origin itself. An article in the collection is one only when its publisher tells first hand (a statement,
a blog, the police's own report); otherwise the people and bodies that it had its facts from are. Counted are origins with
first-hand knowledge of the central matter: what they say must bear on claims that others make too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retold.base.records import Claim, ClaimOrigin, ClaimVersion, Conflict, Derivation, Origin, make_id
from retold.base.tables import Batch
from retold.trace.citations import Register, Statement, match, telling
from retold.trace.derivations import TAKEN, Lineage
from retold.trace.ties import LIKELY, Fabric

SURE = 0.7  # probability of every edge on the way at which a lineage counts as known
METHOD = "roots of the derivations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roots:
    """The edges into every article and the roots that stand behind it."""

    edges: Mapping[str, tuple[Derivation, ...]]
    behind: Mapping[str, frozenset[str]]


def find_roots(fabric: Fabric, lineage: Lineage) -> Roots:
    """The roots behind every article: outside nodes and first-hand articles; none where the lineage is unknown."""
    edges: dict[str, list[Derivation]] = defaultdict(list)
    for row in lineage.derivations:
        if row.probability >= TAKEN:
            edges[row.target].append(row)
    behind: dict[str, frozenset[str]] = {}

    def visit(article: str) -> frozenset[str]:
        if article not in behind:
            behind[article] = frozenset()
            found = {article} if article in lineage.first_hand else set()
            for row in edges[article]:
                found |= {row.source} if row.source.startswith("external:") else visit(row.source)
            behind[article] = frozenset(found)
        return behind[article]

    for article in fabric.articles:
        visit(article.id)
    return Roots(edges={a.id: tuple(edges[a.id]) for a in fabric.articles}, behind=behind)


def find_origins(
    story: str, batch: Batch, fabric: Fabric, lineage: Lineage, roots: Roots, stated: Mapping[str, Sequence[Statement]], register: Register,
) -> list[Origin]:
    """The origins of a story with whether and why each counts as independent."""
    kinds = {s.node: s.kind for rows in stated.values() for s in rows}
    central = central_nodes(batch, fabric, roots, stated)
    out = []
    for node in sorted({n for found in roots.behind.values() for n in found}):
        kind = kinds.get(node, "organisation" if not node.startswith("external:") else "unknown")
        independent, why = judge(node, kind, roots, central, lineage, register)
        out.append(Origin(id=make_id("o", story, node), story=story, node=node, kind=kind, independent=independent, why=why, method=METHOD,
                          score=0.8 if independent else 0.6))
    return out


def judge(
    node: str, kind: str, roots: Roots, central: frozenset[str], lineage: Lineage, register: Register,
) -> tuple[bool, str]:
    """Whether a root is an independent origin, and why in words."""
    if not node.startswith("external:"):
        return True, "its publisher tells first hand, and it names no source for it"
    twin = same_as_article(node, lineage.first_hand, register)
    if twin:
        return False, f"the same source as {twin}, which is in the collection"
    if kind in ("outlet", "agency"):
        return True, "a report that is not in the collection; articles name it as their source"
    if node in central:
        return True, "tells first hand of what others tell too"
    return False, "adds to the story, but nothing that other origins speak of"


def same_as_article(node: str, first_hand: frozenset[str], register: Register) -> str | None:
    """The first-hand article that the same person or body published, by outlet, author or byline; None without one."""
    words = telling(node.removeprefix("external:"))
    for article in sorted(first_hand):
        row = register.articles[article]
        head = row.text[:300]
        for name in (row.outlet or "", row.author or "", head):
            theirs = telling(name)
            if words and all(any(match(w, v) for v in theirs) for w in words):
                return article
    return None


def central_nodes(batch: Batch, fabric: Fabric, roots: Roots, stated: Mapping[str, Sequence[Statement]]) -> frozenset[str]:
    """Nodes whose statements bear on claims that articles with other roots make too, or that are in conflict."""
    groups = {v.claim: v.group for v in batch.get(ClaimVersion) if v.score >= LIKELY}
    disputed = {c.claim for c in batch.get(Conflict) if c.score >= LIKELY}
    by_attribution: dict[str, set[str]] = defaultdict(set)
    for claim in batch.get(Claim):
        if claim.attribution and claim.id in groups:
            by_attribution[claim.attribution].add(groups[claim.id])
    users: dict[str, set[str]] = defaultdict(set)
    for article, found in roots.behind.items():
        for node in found:
            users[node].add(article)
    out = set()
    for article, rows in stated.items():
        for s in rows:
            said = by_attribution[s.attribution]
            if s.node in users and (said & disputed or len(users[s.node]) > 1 or not other_roots(article, s.node, roots)):
                out.add(s.node)
    return frozenset(out)


def other_roots(article: str, node: str, roots: Roots) -> bool:
    """Whether an article also stands on a report or a first-hand article, beside the people it names."""
    return any(n != node and not n.startswith("external:") for n in roots.behind[article]) or any(
        row.kind == "cites" or not row.source.startswith("external:") for row in roots.edges[article])


def find_claim_origins(
    story: str, batch: Batch, fabric: Fabric, roots: Roots, origins: Sequence[Origin], stated: Mapping[str, Sequence[Statement]],
) -> list[ClaimOrigin]:
    """For every claim the origins behind it, and the verdict."""
    attributed = {s.attribution: s.node for rows in stated.values() for s in rows}
    claims = {c.id: c for c in batch.get(Claim)}
    groups: dict[str, list[ClaimVersion]] = defaultdict(list)
    for version in batch.get(ClaimVersion):
        groups[version.group].append(version)
    independent = {o.node for o in origins if o.independent}
    out = []
    for group in sorted(groups):
        known: set[str] = set()
        for version in groups[group]:
            known |= sources_of(version, claims, attributed, roots, fabric)
        verdict, why = claim_verdict(known, independent, {v.article for v in groups[group]})
        for node in sorted(known) or [""]:
            out.append(ClaimOrigin(id=make_id("co", group, node), story=story, claim=group, node=node, verdict=verdict, why=why,
                                   method=METHOD, score=0.7))
    return out


def sources_of(
    version: ClaimVersion, claims: Mapping[str, Claim], attributed: Mapping[str, str], roots: Roots, fabric: Fabric,
) -> set[str]:
    """The roots from which one mention of a claim comes: the source it names, else the sources of its article that have the claim."""
    behind = roots.behind[version.article]
    claim = claims.get(version.claim)
    named = attributed.get(claim.attribution, "") if claim else ""
    if named in behind:
        return {named}
    carriers = [e.source for e in roots.edges[version.article] if e.source in fabric.claims and version.group in fabric.claims[e.source]]
    if carriers:
        return set().union(*(roots.behind[c] for c in carriers))
    missing = {e.source for e in roots.edges[version.article] if e.source.startswith("external:") and e.kind == "cites"}
    return missing or (set(behind) if len(behind) == 1 else set())


def claim_verdict(known: set[str], independent: set[str], articles: set[str]) -> tuple[str, str]:
    """The verdict on a claim and why, in words."""
    sure = known & independent
    if not known:
        return "lineage unknown", "no article says where it has it from, and nothing shows it"
    if len(sure) >= 2:
        return "established", f"{len(sure)} independent origins say so"
    if len(articles) >= 2:
        return "dependent", f"{len(articles)} articles, one origin"
    return "possible", "one origin, told by one article"
