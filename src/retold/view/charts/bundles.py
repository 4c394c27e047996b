"""Articles that did the same thing, drawn as one: forty copies of one report are a block of forty, not forty boxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from retold.view.findings import Edge, Node, Story

DENSE = 24  # articles from which like ones are bundled: as many boxes as fit a page of 1,100 pixels without scrolling
LEAST = 3  # articles that make a bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What is drawn as one thing: a node, or several articles that have the same sources and from which nobody has anything."""

    id: str
    nodes: tuple[Node, ...]

    @property
    def bundled(self) -> bool:
        """Whether it is a bundle."""
        return len(self.nodes) > 1

    @property
    def node(self) -> Node:
        """The node, or the first one of a bundle."""
        return self.nodes[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """What is drawn as one line: the edges of one kind from one unit to another, the likeliest first."""

    source: str
    target: str
    kind: str
    edges: tuple[Edge, ...]

    @property
    def counts(self) -> bool:
        """Whether it is more likely than not."""
        return self.edges[0].counts

    @property
    def probability(self) -> float:
        """The mean probability (geometric: one doubtful edge shows)."""
        return float(prod(e.probability for e in self.edges) ** (1 / len(self.edges)))

    @property
    def human(self) -> bool:
        """Whether a person has decided about it."""
        return any(e.human for e in self.edges)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The units in order, the lines between them, and how many unlikely edges are left out."""

    units: tuple[Unit, ...]
    strands: tuple[Strand, ...]
    left_out: int


def bundle(story: Story, nodes: Sequence[Node], stretches: Sequence[tuple[str, str]]) -> Drawing:
    """The drawing of a story: one unit a node, or bundles where there are `DENSE` articles and more.

    Args:
        nodes: what is to be drawn.
        stretches: of time; articles of different ones are not bundled.
    """
    dense = sum(n.kind == "article" for n in nodes) >= DENSE
    known = {n.id for n in nodes}
    edges = [e for e in story.edges if e.source in known and e.target in known and e.source != e.target]
    drawn = [e for e in edges if e.counts] if dense else edges
    units = tuple(bundled(nodes, drawn, stretches)) if dense else tuple(Unit(id=n.id, nodes=(n,)) for n in nodes)
    homes = {n.id: unit.id for unit in units for n in unit.nodes}
    return Drawing(units, tuple(strands_of(drawn, homes)), len(edges) - len(drawn))


def bundled(nodes: Sequence[Node], edges: Sequence[Edge], stretches: Sequence[tuple[str, str]]) -> Iterable[Unit]:
    """The nodes with like articles put together, each bundle at the place of its first."""
    giving = {e.source for e in edges}
    sources: dict[str, set[tuple[str, str]]] = {}
    for e in edges:
        sources.setdefault(e.target, set()).add((e.source, e.kind))
    groups: dict[object, list[Node]] = {}
    for node in nodes:
        leaf = node.kind == "article" and node.id not in giving
        when = next((i for i, (_, last) in enumerate(stretches) if node.day <= last), -1) if node.day else -1
        key: object = (tuple(sorted(sources.get(node.id, set()))), when) if leaf else node.id
        groups.setdefault(key, []).append(node)
    for group in groups.values():
        if len(group) >= LEAST:
            yield Unit(id=f"bundle:{group[0].id}", nodes=tuple(group))
        else:
            yield from (Unit(id=n.id, nodes=(n,)) for n in group)


def strands_of(edges: Iterable[Edge], homes: Mapping[str, str]) -> Iterable[Strand]:
    """The lines: edges with the same ends, kind and standing together."""
    groups: dict[tuple[str, str, str, bool], list[Edge]] = {}
    for e in edges:
        groups.setdefault((homes[e.source], homes[e.target], e.kind, e.counts), []).append(e)
    for (source, target, kind, _), group in groups.items():
        yield Strand(source=source, target=target, kind=kind, edges=tuple(sorted(group, key=lambda e: (-e.probability, e.id))))
