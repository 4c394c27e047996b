"""Where a story and each of its claims began: the roots of the derivations, and which of them are independent.

A missing report is an origin itself. An article in the collection is one only when its publisher tells first hand (a statement,
a blog, the police's own report); otherwise the people and bodies that it had its facts from are. Counted are origins with
first-hand knowledge of the central matter (see `centrality`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retold.base.records import Derivation, Origin, Quantity, make_id
from retold.base.tables import Batch
from retold.trace.centrality import part_of
from retold.trace.decisions import NO_RULINGS, Rulings
from retold.trace.derivations import TAKEN, Lineage
from retold.trace.merges import Merges, merged
from retold.trace.publishers import match, telling
from retold.trace.register import SIGNED, Register
from retold.trace.statement import Statement
from retold.trace.ties import Fabric

SURE = 0.7  # probability of every edge on the way at which a lineage counts as known
HALF = 0.5  # of the text of an article, in which the report that it rests on is named
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
    every = [s for rows in stated.values() for s in rows]
    kinds = {s.node: s.kind for s in every} | {s.node: s.kind for s in every if s.kind == "agency"}
    figures, out = batch.by_article(Quantity), []
    for node in sorted({n for found in roots.behind.values() for n in found}):
        kind = kinds.get(node, "organisation" if not node.startswith("external:") else "unknown")
        part = part_of(node, fabric, roots, stated, register, figures) if node.startswith("external:") else None
        independent, why = judge(node, kind, roots, part.why if part else "", lineage, register, stated)
        out.append(Origin(id=make_id("o", story, node), story=story, node=node, kind=kind, independent=independent, why=why, method=METHOD,
                          score=0.8 if independent else 0.6))
    return merged(out, Merges(batch=batch, stated=stated, roots=roots, register=register, rulings=rulings))


def judge(
    node: str, kind: str, roots: Roots, part: str, lineage: Lineage, register: Register, stated: Mapping[str, Sequence[Statement]],
) -> tuple[bool, str]:
    """Whether a root is an independent origin, and why in words; `part`: why it has a part in the matter, "" where it may have none."""
    if not node.startswith("external:"):
        return True, "its publisher tells first hand, and it names no source for it"
    twin = same_as_article(node, kind, lineage.first_hand, register)
    if twin:
        return False, f"the same source as {called(twin, register)}, which is in the collection"
    maybe = may_be_article(node, roots, register) if kind in ("outlet", "agency", "unknown") else None
    if maybe:
        return False, f"may be {called(maybe, register)}, whose outlet is not known"
    if all(r.inferred for rows in roots.edges.values() for r in rows if r.source == node):
        return True, "nobody names it; several articles bring the same words at the same time, and none of them is the first"
    if kind == "outlet" and not part and in_passing(node, roots, stated, register):
        return False, "a report that one article names beside other sources, for nothing that others tell"
    users = [a for a, rows in roots.edges.items() if any(r.source == node for r in rows)]
    if kind in ("outlet", "agency") and users and all(a in lineage.first_hand for a in users):
        return False, "a report that an article names beside what its own reporter saw"
    if kind in ("outlet", "agency") and passes_on(node, stated):
        return False, "a report that tells what another one reported, which is named beside it"
    if kind in ("outlet", "agency"):
        return True, "a report that is not in the collection; articles name it as their source"
    if part:
        return True, part
    return False, "adds to the story, but nothing that other origins speak of"


def in_passing(node: str, roots: Roots, stated: Mapping[str, Sequence[Statement]], register: Register) -> bool:
    """Whether one article alone has something from a source, and has other sources, too, on which it rests rather than on that one."""
    users = {a: rows for a, rows in roots.edges.items() if any(r.source == node for r in rows)}
    return len(users) == 1 and all(
        len(rows) > 1 and not rests_on(node, len(register.articles[a].text), rows, stated[a]) for a, rows in users.items())


def passes_on(node: str, stated: Mapping[str, Sequence[Statement]]) -> bool:
    """Whether a report is said to have what it tells from another outlet outside the collection: "EFE says, citing the weekly Vega"."""
    rows = [s for found in stated.values() for s in found if s.kind in ("outlet", "agency") and s.node.startswith("external:")]
    return any(t.article == s.article and t.node != node and any(start <= t.span[0] < end for start, end in s.content)
               for s in rows if s.node == node for t in rows)


def rests_on(node: str, length: int, edges: Sequence[Derivation], rows: Sequence[Statement]) -> bool:
    """Whether an article that has nothing from another of the collection names a report before any other, in its first half."""
    if not all(e.source.startswith("external:") for e in edges):
        return False
    reports = [s for s in rows if s.kind in ("outlet", "agency")]
    first = min(reports, key=lambda s: s.span, default=None)
    return first is not None and first.node == node and first.span[0] <= HALF * length


def called(article: str, register: Register) -> str:
    """What a reader knows an article by: its outlet, else its title."""
    known = register.articles.get(article)
    return (known.outlet or (f"“{known.title}”" if known.title else article)) if known else article


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
