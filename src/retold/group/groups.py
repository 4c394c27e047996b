"""Groups: several articles as one, and how alike two groups are.

All that is compared is a mean over the articles of a group or over the pairs between two groups, so that it means the same for three
articles and for four hundred: a formula that knew the sizes of groups would learn the largest story that it has seen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from retold.group.features import GROUP, INNER, Meeting
from retold.group.neighbours import Neighbourhood
from retold.group.shelf import Doubles, Floats, Ints, Weights, unit

SAMPLE = 48  # members that stand for a group, spread over its time
PACE = 1.0  # days after which two reports are e times less likely to be about one event: the kernel of time
STORIES = 2_000  # groups that tell how accounts of one event differ, and as many members of each
MEMBERS = 8
UNSURE = 100.0  # groups at which half of what they tell is believed, as in `shelf.SHRINK`


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some articles as one.

    members: in the order of the shelf. vectors: (3, n_dims), the means of their vectors as they are, less what is usual, and turned; near:
    (n_dims,) the last with unit length; seconds: (2, n_dims) the means by the second encoder of those that it read, less what is usual
    and turned; twice: whether there are any. terms: the mean of their terms, each article with unit length. inner: (len(GROUP),) the mean
    likeness of two members, nan of one. days: ascending; steady: the mean of the kernel of time among them, 0 without dates; language: the
    commonest; shares: of the languages; short, poor: as in `features.Meeting`.
    """

    members: tuple[int, ...]
    vectors: Floats
    near: Floats
    seconds: Floats
    twice: bool
    terms: Weights
    inner: Doubles
    days: Doubles
    steady: float
    language: int
    shares: dict[int, float]
    short: float
    poor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What vectors are turned by, those of the encoder and those of the second one: (n_dims, n_dims) each."""

    first: Floats
    second: Floats


def turn_of(around: Neighbourhood, groups: Sequence[Sequence[int]]) -> Turn:
    """What vectors are multiplied with so that the directions in which accounts of one event differ count less.

    Accounts of one event differ by their angle, their language and their outlet's way; the groups that are sure show in which directions.
    The covariance within them, shrunk towards one that is alike in all directions, is taken off.

    Source: within-class covariance normalisation, Hatch, Kajarekar and Stolcke 2006, section 3; here the classes are groups that were
    found, not labels, and the smoothing is added to the mean variance.
    """
    shelf = around.shelf
    several = sorted(tuple(members) for members in groups if len(members) > 1)[-STORIES:]
    again = [kept for members in several if len(kept := tuple(n for n in members if around.twice[n])) > 1]
    return Turn(first=taken_off(several, lambda chosen: shelf.centres(chosen, around.usual), shelf.leads.shape[2]),
                second=taken_off(again, lambda chosen: shelf.second_of(chosen, around.second_usual), shelf.seconds.shape[1]))


def taken_off(several: Sequence[Sequence[int]], vectors: Callable[[Ints], Floats], dims: int) -> Floats:
    """(n_dims, n_dims): what takes off the covariance within some groups. vectors: gives those of articles."""
    within = np.zeros((dims, dims))
    for start in range(0, len(several), MEMBERS * 8):
        rows = []
        for members in several[start:start + MEMBERS * 8]:
            centres = vectors(spread(members, MEMBERS))
            rows.append((centres - centres.mean(axis=0)) / np.sqrt(len(centres) - 1))
        off = np.concatenate(rows)
        within += off.T @ off
    mean = float(np.trace(within)) / max(1, dims) / max(1, len(several))
    if not mean:
        return np.eye(dims, dtype=np.float32)
    share = len(several) / (len(several) + UNSURE)
    smooth = within / len(several) * share + np.eye(dims) * mean * (2.0 - share)
    return np.asarray(np.linalg.inv(np.linalg.cholesky(smooth)).T, dtype=np.float32)


def spread(members: Sequence[int], most: int) -> Ints:
    """At most so many of the members, evenly spread."""
    return np.array(members[::-(-len(members) // most)], dtype=np.int64)


def make_group(around: Neighbourhood, members: Sequence[int], turn: Turn) -> Group:
    """A group of articles."""
    shelf = around.shelf
    ordered = sorted(members)
    chosen = spread(ordered, SAMPLE)
    days = np.sort(shelf.days[chosen])
    days = days[~np.isnan(days)]
    codes, counts = np.unique(around.languages[chosen], return_counts=True)
    centres, raw = shelf.both_centres(chosen, around.usual)
    turned = unit(centres @ turn.first)
    vectors = np.stack([rows.sum(axis=0) / len(chosen) for rows in (raw, centres, turned)])
    again = chosen[around.twice[chosen]]
    second = shelf.second_of(again, around.second_usual)
    seconds = np.stack([rows.sum(axis=0) / max(1, len(again)) for rows in (second, unit(second @ turn.second))])
    terms, there = together(around, chosen)
    there = np.concatenate([[int(rows.any(axis=1).sum()) for rows in (raw, centres, turned)], there])
    squares = np.array([*(float(v @ v) for v in vectors), *(float(w @ w) for w in terms.columns)])
    n = len(chosen)
    inner = (squares * n * n - there) / (n * (n - 1)) if n > 1 else np.full(len(squares), np.nan)
    k = len(again)
    inner_second = [(float(v @ v) * k * k - k) / (k * (k - 1)) if k > 1 else np.nan for v in seconds]
    return Group(
        members=tuple(ordered), vectors=vectors, near=unit(vectors[2]), seconds=seconds, twice=k > 0, terms=terms, days=days,
        steady=pace(days, days), inner=np.array([*inner, *inner_second]), language=int(codes[counts.argmax()]),
        shares={int(c): k / n for c, k in zip(codes, counts, strict=True)}, short=float(np.median(around.brief[chosen])),
        poor=float(around.poor[chosen].mean()),
    )


def together(around: Neighbourhood, chosen: Ints) -> tuple[Weights, Ints]:
    """The mean of the terms of several articles, each with unit length; and how many of them have any, by column."""
    parts = [around.shelf.terms[n] for n in chosen]
    ids, inverse = np.unique(np.concatenate([t.ids for t in parts]), return_inverse=True)
    columns, there = [], []
    for name in ("words", "anchors", "heading"):
        scaled = []
        for part in parts:
            weight = getattr(part, name) * around.rarity[part.ids]
            scaled.append(weight / max(float(np.sqrt(weight @ weight)), 1e-9))
        columns.append(np.bincount(inverse, weights=np.concatenate(scaled), minlength=len(ids)) / len(parts))
        there.append(sum(bool(weight.any()) for weight in scaled))
    return Weights(ids=ids, columns=np.array(columns).reshape(3, len(ids))), np.array(there, dtype=np.int64)


def pace(a: Doubles, b: Doubles) -> float:
    """The mean of the kernel of time over the pairs of two rows of days, 0 where one is empty.

    >>> round(pace(np.array([0.0, 1.0]), np.array([1.0])), 3)
    0.684
    """
    if len(a) == 1 == len(b):
        return math.exp(-abs(float(a[0] - b[0])) / PACE)
    return float(np.exp(-np.abs(a[:, None] - b[None, :]) / PACE).sum()) / (len(a) * len(b)) if len(a) and len(b) else 0.0


def group_features(around: Neighbourhood, groups: Sequence[Group], pairs: Sequence[tuple[int, int]]) -> tuple[Doubles, Doubles, Meeting]:
    """The likeness of pairs of groups, (n, len(GROUP)); that within the larger and the smaller, (n, 2 * len(INNER)); how they meet."""
    partners: dict[int, list[int]] = {}
    for a, b in pairs:
        partners.setdefault(a, []).append(b)
    place = {pair: i for i, pair in enumerate(pairs)}
    alike = np.zeros((len(pairs), len(GROUP)))
    for a, others in partners.items():
        rows = [place[a, b] for b in others]
        alike[rows, :3] = np.einsum("kd,nkd->nk", groups[a].vectors, np.stack([groups[b].vectors for b in others]))
        alike[rows, 3:6] = around.comparer.products(groups[a].terms, [groups[b].terms for b in others])
        alike[rows, 6:] = np.einsum("kd,nkd->nk", groups[a].seconds, np.stack([groups[b].seconds for b in others]))
    return alike, inner_of(groups, pairs), meeting_of(groups, pairs)


def inner_of(groups: Sequence[Group], pairs: Sequence[tuple[int, int]]) -> Doubles:
    """(n, 2 * len(INNER)): the likeness within the larger of two groups, 0 for one article, and within the smaller, for one article that
    within the larger."""
    within = np.stack([group.inner for group in groups])[:, [GROUP.index(name) for name in INNER]]
    sizes = np.array([len(group.members) for group in groups])
    a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    first = sizes[a] >= sizes[b]
    larger, smaller = within[np.where(first, a, b)], within[np.where(first, b, a)]
    larger = np.where(np.isnan(larger), 0.0, larger)
    return np.column_stack([larger, np.where(np.isnan(smaller), larger, smaller)])


def meeting_of(groups: Sequence[Group], pairs: Sequence[tuple[int, int]]) -> Meeting:
    """How pairs of groups meet."""
    a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    short, poor, steady, twice = (np.array([getattr(group, name) for group in groups]) for name in ("short", "poor", "steady", "twice"))
    first, last = (np.array([group.days[end] if len(group.days) else np.nan for group in groups]) for end in (0, -1))
    apart = np.maximum(first[a], first[b]) - np.minimum(last[a], last[b])
    shares = np.zeros((len(groups), 1 + max(code for group in groups for code in group.shares)))
    for row, group in enumerate(groups):
        shares[row, list(group.shares)] = list(group.shares.values())
    return Meeting(
        same=np.minimum(shares[a], shares[b]).sum(axis=1), short=np.maximum(short[a], short[b]), poor=np.maximum(poor[a], poor[b]),
        twice=(twice[a] & twice[b]) * 1.0, dated=~np.isnan(apart) * 1.0, apart=np.where(np.isnan(apart), 0.0, np.maximum(apart, 0.0)),
        pace=np.array([pace(groups[i].days, groups[j].days) for i, j in pairs]), steady=np.sqrt(steady[a] * steady[b]),
    )
