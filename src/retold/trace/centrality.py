"""Which people and bodies have a part in the matter itself, and which only react or add.

The first are named by many articles, early in those that have it from them; what they say is told by articles that do not have it from
there, and makes a good part of what is shared; or an article that has nothing from anybody else rests on them. Who reacts comes late in a
late article.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Protocol

from retold.base.records import Derivation
from retold.base.skeletons import skeleton
from retold.trace.citations import Statement
from retold.trace.publishers import telling
from retold.trace.register import Register
from retold.trace.ties import Fabric, order

# fitted by eval/fit_origins.py on development stories; figures in docs/methods/trace.md
WEIGHTS: dict[str, float] = {
    "bias": -0.41, "alone": 0.76, "late": -0.31, "below": -0.88, "told": 0.46, "named": 1.25, "share": 0.91, "own": -0.28,
}
CENTRAL = 0.45  # probability from which a source counts as having a part in the matter; F1 is best served a little below a half
MOST = 0.3  # share of what an article has in common with others beyond which more tells nothing


class Behind(Protocol):
    """The edges into every article and the roots that stand behind it."""

    @property
    def edges(self) -> Mapping[str, Sequence[Derivation]]:
        """The edges into each article."""
        ...

    @property
    def behind(self) -> Mapping[str, frozenset[str]]:
        """The roots of each article."""
        ...


def central_nodes(fabric: Fabric, roots: Behind, stated: Mapping[str, Sequence[Statement]], register: Register) -> frozenset[str]:
    """The roots that are likely to have a part in the matter itself."""
    nodes = sorted({n for found in roots.behind.values() for n in found})
    return frozenset(n for n in nodes if chance(signals(n, fabric, roots, stated, register)) >= CENTRAL)


def chance(values: Mapping[str, float]) -> float:
    """The probability that the signals of a source give."""
    return 1 / (1 + math.exp(-math.fsum(WEIGHTS[name] * value for name, value in values.items())))


def signals(
    node: str, fabric: Fabric, roots: Behind, stated: Mapping[str, Sequence[Statement]], register: Register,
) -> dict[str, float]:
    """What speaks for and against a root's having a part in the matter, before it is weighed.

    alone: an article that has nothing from anybody else rests on it; late: share of the articles that are earlier than all that have it
    from there; below: how far down it is named first, 0 to 1; told: articles that tell what it says and do not have it from there, as a
    logarithm; named: share of the articles that name it; share: of what those that have it from there share with others, what it says;
    own: told to the very outlet.
    """
    users = [a for a, rows in roots.edges.items() if any(r.source == node for r in rows)]
    rows = [s for a in users for s in stated[a] if s.node == node]
    said = {g for s in rows for g in fabric.said.get(s.attribution, frozenset())}
    shared = {g for g in said if len(fabric.tellers.get(g, frozenset())) > 1}
    down = set[str]().union(*(descendants(a, roots) for a in users))
    told = {a for g in said for a in fabric.tellers.get(g, frozenset())} - down
    common = {g for a in users for g in fabric.common[a]}
    lone = any(not other_roots(a, node, roots) and (len(fabric.articles) == 1 or shares_anything(a, fabric)) for a in users)
    return {
        "bias": 1.0, "alone": float(lone), "late": lateness(users, fabric),
        "below": min((s.span[0] / max(1, len(register.articles[s.article].text)) for s in rows), default=1.0),
        "told": math.log1p(len(told)), "named": len(naming(rows, register)) / max(1, len(fabric.articles)),
        "share": min(MOST, len(shared & common) / (1 + len(common))) / MOST, "own": float(any(s.own for s in rows)),
    }


def lateness(users: Sequence[str], fabric: Fabric) -> float:
    """The share of the other articles that are surely earlier than the first of some."""
    when = fabric.published
    earlier = (sum(order(when.get(a.id), when.get(user)) > 0 for a in fabric.articles if a.id != user) for user in users)
    return min(earlier, default=0) / max(1, len(fabric.articles) - 1)


def naming(rows: Sequence[Statement], register: Register) -> set[str]:
    """The articles that name a source, the body that it speaks for, or a body that bears its name."""
    entities = {s.entity for s in rows if s.entity}
    entities |= {person for person, body in register.bodies.items() if body in entities} | {register.bodies.get(e, e) for e in entities}
    surnames = {words[-1] for s in rows if s.kind == "person" and (words := [skeleton(w) for w in s.label.split()]) and len(words[-1]) > 3}
    return {a for a, names in register.names.items()
            if any(n.entity in entities or (n.kind != "person" and surnames & telling(n.text)) for n in names)}


def shares_anything(article: str, fabric: Fabric) -> bool:
    """Whether an article makes a claim that another one makes too, or shares words with one."""
    return any(len(fabric.tellers[g]) > 1 for g in fabric.claims[article]) or any(
        article == a for a, _ in (*fabric.shared_words, *fabric.shared_sentences))


def descendants(article: str, roots: Behind) -> set[str]:
    """An article and all that have something from it, however far down."""
    out = {article}
    while True:
        more = {t for t, rows in roots.edges.items() if t not in out and any(r.source in out for r in rows)}
        if not more:
            return out
        out |= more


def other_roots(article: str, node: str, roots: Behind) -> bool:
    """Whether an article also stands on a report or a first-hand article, beside the people it names."""
    return any(n != node and not n.startswith("external:") for n in roots.behind[article]) or any(
        row.kind == "cites" or not row.source.startswith("external:") for row in roots.edges[article])
