"""Where a story and each of its claims began: the roots of the derivations, and which of them are independent.

A missing report is an origin itself. An article in the collection is one only when its publisher tells first hand (a statement,
a blog, the police's own report); otherwise the people and bodies that it had its facts from are. Counted are origins with
first-hand knowledge of the central matter (see `centrality`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retold.base.records import Claim, ClaimOrigin, ClaimVersion, Derivation, Origin, make_id
from retold.base.tables import Batch
from retold.trace.centrality import part_of
from retold.trace.citations import Statement
from retold.trace.decisions import NO_RULINGS, Rulings
from retold.trace.derivations import TAKEN, Lineage
from retold.trace.merges import Merges, merged
from retold.trace.publishers import match, telling
from retold.trace.register import SIGNED, Register
from retold.trace.ties import Fabric

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
    story: str, batch: Batch, fabric: Fabric, lineage: Lineage, roots: Roots, stated: Mapping[str, Sequence[Statement]],
    register: Register, *, rulings: Rulings = NO_RULINGS,
) -> list[Origin]:
    """The origins of a story with whether and why each counts as independent."""
    kinds = {s.node: s.kind for rows in stated.values() for s in rows}
    out = []
    for node in sorted({n for found in roots.behind.values() for n in found}):
        kind = kinds.get(node, "organisation" if not node.startswith("external:") else "unknown")
        part = part_of(node, fabric, roots, stated, register) if node.startswith("external:") else None
        independent, why = judge(node, kind, roots, part.why if part else "", lineage, register)
        out.append(Origin(id=make_id("o", story, node), story=story, node=node, kind=kind, independent=independent, why=why, method=METHOD,
                          score=0.8 if independent else 0.6))
    return merged(out, Merges(batch=batch, stated=stated, roots=roots, register=register, rulings=rulings))


def judge(
    node: str, kind: str, roots: Roots, part: str, lineage: Lineage, register: Register,
) -> tuple[bool, str]:
    """Whether a root is an independent origin, and why in words; `part`: why it has a part in the matter, "" where it may have none."""
    if not node.startswith("external:"):
        return True, "its publisher tells first hand, and it names no source for it"
    twin = same_as_article(node, kind, lineage.first_hand, register)
    if twin:
        return False, f"the same source as {twin}, which is in the collection"
    maybe = may_be_article(node, roots, register)
    if maybe:
        return False, f"may be {maybe}, whose outlet is not known"
    if all(r.inferred for rows in roots.edges.values() for r in rows if r.source == node):
        return True, "nobody names it; several articles bring the same words at the same time, and none of them is the first"
    if kind in ("outlet", "agency"):
        return True, "a report that is not in the collection; articles name it as their source"
    if part:
        return True, part
    return False, "adds to the story, but nothing that other origins speak of"


def may_be_article(node: str, roots: Roots, register: Register) -> str | None:
    """The article of unknown outlet that a named outlet may be: everyone who names the outlet has something from that article."""
    users = [t for t, rows in roots.edges.items() if any(r.source == node for r in rows)]
    for_each = [{r.source for r in roots.edges[t] if r.source in register.articles and register.articles[r.source].outlet is None
                 and not any(x.source == node for x in roots.edges[r.source])} for t in users]
    common = set.intersection(*for_each) if for_each else set()
    return min(common, default=None)


def same_as_article(node: str, kind: str, first_hand: frozenset[str], register: Register) -> str | None:
    """The first-hand article that the same person or body published: by outlet or author, for a person or body also by its heading."""
    words = telling(node.removeprefix("external:"))
    for article in sorted(first_hand):
        row = register.articles[article]
        signs = [row.outlet or "", row.author or ""]
        if kind not in ("outlet", "agency"):
            signs.append(row.text[:SIGNED])
        if words and any(all(any(match(w, v) for v in telling(sign)) for w in words) for sign in signs):
            return article
    return None


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
        each = [sources_of(version, claims, attributed, roots, fabric) for version in groups[group]]
        verdict, why = claim_verdict(each, independent, {v.article for v in groups[group]})
        for node in sorted(set().union(*each)) or [""]:
            out.append(ClaimOrigin(id=make_id("co", group, node), story=story, claim=group, node=node, verdict=verdict, why=why,
                                   method=METHOD, score=0.7))
    return out


def sources_of(
    version: ClaimVersion, claims: Mapping[str, Claim], attributed: Mapping[str, str], roots: Roots, fabric: Fabric,
) -> set[str]:
    """The roots from which one mention of a claim comes: the source it names, else the sources of its article that have the claim.

    Where an article names several missing reports and not which of them says it, nothing is known.
    """
    behind = roots.behind[version.article]
    claim = claims.get(version.claim)
    named = attributed.get(claim.attribution, "") if claim else ""
    if named in behind:
        return {named}
    edges = roots.edges[version.article]
    carriers = [e.source for e in edges if e.source in fabric.claims and version.group in fabric.claims[e.source]]
    if carriers:
        return set().union(*(roots.behind[c] for c in carriers)) if len(carriers) == 1 else set(roots.behind[best(edges, carriers)])
    missing = {e.source for e in edges if e.source.startswith("external:") and e.kind == "cites"}
    if len(missing) == 1:
        return missing
    return set(behind) if len(behind) == 1 else set()


def best(edges: Sequence[Derivation], among: Sequence[str]) -> str:
    """The most probable of some sources."""
    return min((e for e in edges if e.source in among), key=lambda e: (-e.probability, e.source)).source


def claim_verdict(each: Sequence[set[str]], independent: set[str], articles: set[str]) -> tuple[str, str]:
    """The verdict on a claim from the roots of each of its mentions, and why, in words.

    Established takes two mentions that go back to different single origins: a mention that mixes several proves none of them.
    """
    known = [found for found in each if found]
    if not known:
        return "lineage unknown", "no article says where it has it from, and nothing shows it"
    sure = {next(iter(found)) for found in known if len(found) == 1} & independent
    if len(sure) >= 2:
        return "established", f"{len(sure)} independent origins say so"
    if len(set().union(*known)) >= 2:
        return "possible", "several origins may stand behind it; which of them say it is not known"
    if len(articles) >= 2:
        return "dependent", f"{len(articles)} articles, one origin"
    return "possible", "one origin, told by one article"
