"""A layered layout for graphs that mostly flow one way: sources on the left, what was made of them to the right.

Source: the four steps of Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures" (1981):
break circles, layers by longest path, order by barycentre, coordinates. We differ in the last step: positions in a layer are
the closest ones to the neighbours' mean that keep the order and the distance, by pooling adjacent violators. Everything is
deterministic: ties are broken by the order in which nodes are given.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

SWEEPS = 8  # passes for order and for coordinates; on 60 random nodes crossings no longer fell after the sixth

Pair = tuple[str, str]
Chains = dict[Pair, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where nodes and bends stand: `places` gives (layer, position) of a node's middle; in a layer, nodes do not overlap.

    `routes` gives, for every edge, the (layer, position) of its bends between source and target, in the order of travel.
    `layers` is their number, `rows` the largest position + 1.
    """

    places: Mapping[str, tuple[int, float]]
    routes: Mapping[Pair, tuple[tuple[int, float], ...]]
    layers: int
    rows: float


def lay_out(
    nodes: Sequence[str], edges: Sequence[Pair], *, faint: Sequence[Pair] = (), layer: Mapping[str, int] | None = None,
    sizes: Mapping[str, float] | None = None,
) -> Layout:
    """Lay a graph out.

    Args:
        nodes: ids, in the order that breaks ties.
        edges: (source, target); those with an end that is no node are left out, as are loops.
        faint: edges that get a route and do not count for the layers.
        layer: the layer of every node, where it is given; else the longest path decides.
        sizes: how many places a node takes in its layer, where not one.

    >>> lay_out(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")]).places
    {'a': (0, 0.35), 'b': (1, 0.0), 'c': (2, 0.35)}
    """
    known = set(nodes)
    firm = list(dict.fromkeys(e for e in edges if e[0] in known and e[1] in known and e[0] != e[1]))
    weak = [e for e in dict.fromkeys(faint) if e[0] in known and e[1] in known and e[0] != e[1] and e not in set(firm)]
    layer = layer or assign_layers(nodes, without_circles(nodes, firm, weak))
    rows, chains = with_bends(nodes, [*firm, *weak], layer)
    rows = least_crossings(rows, chains)
    position = straighten(rows, chains, sizes or {})
    where = {n: (i, position[n]) for i, row in enumerate(rows) for n in row}
    return Layout(
        places={n: where[n] for n in nodes}, routes={e: tuple(where[b] for b in chain[1:-1]) for e, chain in chains.items()},
        layers=len(rows), rows=max((p + ((sizes or {}).get(n, 1.0) + 1) / 2 for n, p in position.items()), default=1),
    )


def topological(nodes: Iterable[str], edges: Iterable[Pair]) -> list[str]:
    """The nodes so that sources come before targets as far as can be.

    Where edges run in a circle, the node with the fewest open sources goes first; ties by the order of `nodes`.

    >>> topological(["c", "b", "a"], [("b", "a"), ("c", "b")])
    ['c', 'b', 'a']
    """
    rank = {node: i for i, node in enumerate(dict.fromkeys(nodes))}
    waiting = dict.fromkeys(rank, 0)
    targets: dict[str, list[str]] = {}
    for source, target in dict.fromkeys(edges):
        waiting[target] += 1
        targets.setdefault(source, []).append(target)
    queue = [(count, rank[node], node) for node, count in waiting.items()]
    heapq.heapify(queue)
    done: dict[str, None] = {}
    while queue:
        count, _, node = heapq.heappop(queue)
        if node in done or count != waiting[node]:
            continue
        done[node] = None
        for target in targets.get(node, []):
            waiting[target] -= 1
            heapq.heappush(queue, (waiting[target], rank[target], target))
    return list(done)


def without_circles(nodes: Sequence[str], firm: Sequence[Pair], weak: Sequence[Pair]) -> list[Pair]:
    """The firm edges, and of the weak ones those that close no circle with what is there already."""
    kept = list(firm)
    for source, target in weak:
        order = {node: i for i, node in enumerate(topological(nodes, [*kept, (source, target)]))}
        if order[source] < order[target] and all(order[s] < order[t] for s, t in kept):
            kept.append((source, target))
    return kept


def assign_layers(nodes: Sequence[str], edges: Sequence[Pair]) -> dict[str, int]:
    """The layer of every node: one more than its furthest source. Roots stand right before their nearest target."""
    order = {node: i for i, node in enumerate(topological(nodes, edges))}
    forward = sorted((e for e in edges if order[e[0]] < order[e[1]]), key=lambda e: (order[e[0]], order[e[1]]))
    layer = dict.fromkeys(nodes, 0)
    for source, target in forward:
        layer[target] = max(layer[target], layer[source] + 1)
    inner = {target for _, target in forward}
    for node in nodes:
        nearest = min((layer[t] for s, t in forward if s == node), default=0)
        if node not in inner and nearest:
            layer[node] = nearest - 1
    return layer


def with_bends(nodes: Sequence[str], edges: Sequence[Pair], layer: Mapping[str, int]) -> tuple[list[list[str]], Chains]:
    """The layers as rows of ids, and every edge as a chain of ids one layer apart: bends stand in for long edges."""
    rows: list[list[str]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for node in nodes:
        rows[layer[node]].append(node)
    chains: Chains = {}
    for source, target in edges:
        step = 1 if layer[target] >= layer[source] else -1
        bends = [(f"\0{source}\0{target}\0{i}", i) for i in range(layer[source] + step, layer[target], step)]
        for bend, i in bends:
            rows[i].append(bend)
        chains[source, target] = [source, *(bend for bend, _ in bends), target]
    return rows, chains


def neighbours(chains: Mapping[Pair, Sequence[str]]) -> dict[str, list[str]]:
    """What every node or bend is joined to."""
    near: dict[str, list[str]] = {}
    for chain in chains.values():
        for a, b in pairwise(chain):
            near.setdefault(a, []).append(b)
            near.setdefault(b, []).append(a)
    return near


def least_crossings(rows: list[list[str]], chains: Mapping[Pair, Sequence[str]]) -> list[list[str]]:
    """The rows ordered by the mean position of their neighbours, forth and back; the best order seen is kept."""
    near = neighbours(chains)
    best, fewest = [list(row) for row in rows], crossings(rows, chains)
    for sweep in range(SWEEPS):
        steps = range(1, len(rows)) if sweep % 2 == 0 else range(len(rows) - 2, -1, -1)
        for i in steps:
            other = {n: p for p, n in enumerate(rows[i - 1 if sweep % 2 == 0 else i + 1])}
            here = {n: p for p, n in enumerate(rows[i])}
            rows[i] = sorted(rows[i], key=lambda n: (mean([other[m] for m in near.get(n, []) if m in other], here[n]), here[n]))
        found = crossings(rows, chains)
        if found < fewest:
            best, fewest = [list(row) for row in rows], found
    return best


def mean(values: Sequence[float], otherwise: float) -> float:
    """The mean, or something else where there is nothing to take it of."""
    return sum(values) / len(values) if values else otherwise


def crossings(rows: Sequence[Sequence[str]], chains: Mapping[Pair, Sequence[str]]) -> int:
    """How often edges between neighbouring rows cross."""
    where = {n: (i, p) for i, row in enumerate(rows) for p, n in enumerate(row)}
    gaps: dict[int, list[tuple[int, int]]] = {}
    for chain in chains.values():
        for a, b in pairwise(chain):
            (i, p), (j, q) = sorted((where[a], where[b]))
            if i != j:
                gaps.setdefault(i, []).append((p, q))
    return sum(map(inversions, gaps.values()))


def inversions(pairs: Iterable[tuple[int, int]]) -> int:
    """How many pairs stand in one order on the left and in the other on the right.

    >>> inversions([(0, 1), (1, 0), (2, 2)])
    1
    """
    seen: list[int] = []
    found = 0
    for _, right in sorted(pairs):
        found += len(seen) - bisect_right(seen, right)
        insort(seen, right)
    return found


def straighten(
    rows: Sequence[Sequence[str]], chains: Mapping[Pair, Sequence[str]], sizes: Mapping[str, float],
) -> dict[str, float]:
    """Positions of middles near those of the neighbours, in the order of the rows and without overlap, from 0 on."""
    near = neighbours(chains)
    position: dict[str, float] = {}
    for row in rows:
        offsets = list(accumulate((distance(a, b, sizes) for a, b in pairwise(row)), initial=0.0))
        position.update((n, offset - offsets[-1] / 2) for n, offset in zip(row, offsets, strict=False))
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = [mean([position[m] for m in near.get(n, [])], position[n]) for n in row]
            position.update(zip(row, apart(wanted, [distance(a, b, sizes) for a, b in pairwise(row)]), strict=True))
    lowest = min((p - (sizes.get(n, 1.0) - 1) / 2 for n, p in position.items()), default=0.0)
    return {n: round(p - lowest, 3) for n, p in position.items()}


def distance(a: str, b: str, sizes: Mapping[str, float]) -> float:
    """How far apart the middles of two neighbours in a layer must be: bends need less room than nodes."""
    extra = (sizes.get(a, 1.0) + sizes.get(b, 1.0)) / 2 - 1
    return extra + (1.0, 0.7, 0.3)[(a[0:1] == "\0") + (b[0:1] == "\0")]


def apart(wanted: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """The positions closest to the wanted ones (least squares) that are in order and at least the gaps apart.

    Source: the pool adjacent violators algorithm for isotonic regression, on the wanted positions less the gaps before them.

    >>> apart([0.0, 0.0, 5.0], [1.0, 1.0])
    [-0.5, 0.5, 5.0]
    """
    offsets = list(accumulate(gaps, initial=0.0))[: len(wanted)]
    pools: list[tuple[float, int]] = []
    for value, offset in zip(wanted, offsets, strict=True):
        total, size = value - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / size:
            last = pools.pop()
            total, size = total + last[0], size + last[1]
        pools.append((total, size))
    level = [total / size for total, size in pools for _ in range(size)]
    return [value + offset for value, offset in zip(level, offsets, strict=True)]
