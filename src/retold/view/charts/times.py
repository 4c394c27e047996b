"""Columns by time: what was published later stands further to the right, and what was had from another right of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retold.view.charts.layers import Pair, topological

MAX_BANDS = 6  # stretches of time in one drawing: more headings than columns that fit a page help nobody


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of days, both ends included, over the columns [left, right]."""

    first: str
    last: str
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The column of every node, from 0, and the bands over them."""

    of: Mapping[str, int]
    bands: tuple[Band, ...]


def divide_days(days: Sequence[str]) -> list[tuple[str, str]]:
    """Stretches of days, each about as full as the others, at most `MAX_BANDS`.

    Args:
        days: one entry an article, as ISO 8601, in any order.

    >>> divide_days(["2026-03-02", "2026-03-03", "2026-03-02"])
    [('2026-03-02', '2026-03-02'), ('2026-03-03', '2026-03-03')]
    """
    single = sorted(set(days))
    if len(single) <= MAX_BANDS:
        return [(day, day) for day in single]
    share, bands, held = len(days) / MAX_BANDS, [[single[0]]], days.count(single[0])
    for day in single[1:]:
        if held >= share * len(bands) and len(bands) < MAX_BANDS:
            bands.append([])
        bands[-1].append(day)
        held += days.count(day)
    return [(band[0], band[-1]) for band in bands]


def assign_columns(nodes: Sequence[str], edges: Sequence[Pair], days: Mapping[str, str]) -> Columns:
    """The columns of a graph.

    An article stands in the stretch of its day, right of the sources that stand in the same stretch. Without a day it stands in the
    latest stretch of its sources. A node that is no article stands right before the first of its targets.

    Args:
        nodes: ids, in the order that breaks ties.
        edges: (source, target), without circles among articles of one stretch, or with: the order of `topological` decides.
        days: the day of publication of every article, "" where it is not known; other nodes are left out.
    """
    stretches = divide_days([day for day in days.values() if day])
    order = topological(nodes, edges)
    homes = find_homes(order, edges, days, stretches)
    column: dict[str, int] = {}
    bands: list[Band] = []
    left = 0
    for number in range(max(len(stretches), 1)):
        here = dict.fromkeys(node for node in order if homes.get(node) == number)
        for node in here:
            column[node] = max([left, *(column[s] + 1 for s, t in edges if t == node and s in column and s in here)])
        right = max((column[node] for node in here), default=left - 1)
        if stretches and right >= left:
            bands.append(Band(*stretches[number], left, right))
        left = right + 1
    place_sources([n for n in order if n not in days], edges, column)
    shift = -min(column.values(), default=0)
    return Columns({n: c + shift for n, c in column.items()},
                   tuple(Band(b.first, b.last, b.left + shift, b.right + shift) for b in bands))


def find_homes(
    order: Sequence[str], edges: Sequence[Pair], days: Mapping[str, str], stretches: Sequence[tuple[str, str]],
) -> dict[str, int]:
    """The stretch of every article."""
    homes = {n: next(i for i, (_, last) in enumerate(stretches) if day <= last) for n, day in days.items() if day}
    for node in order:
        if node in days and node not in homes:
            near = [homes[s] for s, t in edges if t == node and s in homes]
            homes[node] = max(near, default=min((homes[t] for s, t in edges if s == node and t in homes), default=0))
    return homes


def place_sources(sources: Sequence[str], edges: Sequence[Pair], column: dict[str, int]) -> None:
    """Put nodes that are no articles into the column before their first target, the last in the chain first."""
    for node in reversed(sources):
        column[node] = min((column[t] for s, t in edges if s == node and t in column), default=1) - 1
