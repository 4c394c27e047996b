"""Settling: from the ties of articles to stories.

First, average linkage over the ties makes small groups that are sure. Then groups are compared as wholes, where the mean over many
articles says more than any two articles do, and the nearest two are joined as long as they are more likely
one story than two: in rounds, in each of which every group may join the one that it is nearest to if that is mutual.

Source: average linkage after Sokal and Michener 1958; a learned decision on whole clusters after Miranda et al. 2018, section 4, and
Saravanakumar et al. 2021, section 3, who decide on an article and a cluster; here on two clusters, so that stories may merge later.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retold.base.linkage import average_linkage
from retold.group.features import expand_groups, formulas
from retold.group.groups import Group, Turn, group_features, make_group, turn_of
from retold.group.neighbours import BLOCK, FAR, Neighbourhood, Ties, largest
from retold.group.shelf import Doubles, Floats, Ints, unit

SURE = 0.5  # mean tie at which articles make a group before groups are compared
JOIN = 0.35  # probability at which two groups are one story; at .5 precision lay .1 above recall in every set: BCubed weighs both alike
ROUNDS = 40  # a story that lies in a hundred groups takes about twenty
LOOK_FROM = 5  # articles of a group in which one can be told to be a stranger
WEAKER = 3.0  # log of the odds by which the strongest tie of a stranger is weaker than the usual tie of the others: in annotated stories
# and with look-alikes it puts out 49 of 58 strangers, and 2 of 635 articles that belong; 3.25: 46 and 2, 2.5: 50 and 4
AROUND = 8  # groups compared with each by their vectors, of its language
OUTSIDE = 4  # and of each other language
DIGITS = 6  # of a probability: the last ones depend on the order in which a machine adds
Mark = tuple[int, int]  # by which a group is told from all others of a settlement: its first member and its size


def settle(
    around: Neighbourhood, free: Sequence[int], fixed: Sequence[Sequence[int]], ties: Ties, turn: Turn | None = None,
) -> list[list[int]]:
    """The stories of some articles. free: articles that may go anywhere; fixed: groups that stay together; turn: as `turn_of` makes it,
    by default of the groups that are sure."""
    place = {number: i for i, number in enumerate(free)}
    inner = {(place[i], place[j]): p for (i, j), p in ties.items() if i in place and j in place}
    seeds = average_linkage(len(free), inner, join=SURE, absent=FAR)
    if around.closely == 1.0:  # among few, the ties have decided
        seeds = [part for seed in seeds for part in without_strangers(seed, inner)]
    start = sorted([*(sorted(free[i] for i in seed) for seed in seeds), *(sorted(members) for members in fixed)])
    if around.closely == 1.0 or len(start) < 2:
        return start
    return join_groups(around, start, strands_of(ties), turn_of(around, start) if turn is None else turn)


def join_groups(around: Neighbourhood, start: Sequence[Sequence[int]], strands: Ints, turn: Turn) -> list[list[int]]:
    """The groups with those joined that are one story, in rounds. strands: the places that ties run between, (n, 2)."""
    groups = [make_group(around, members, turn) for members in start]
    known: dict[tuple[Mark, Mark], float] = {}
    for _ in range(ROUNDS):
        pairs, found = compared(around, groups, strands, known)
        best = best_pairs(pairs, found, least=JOIN + around.closely * (1.0 - JOIN))
        if not best:
            break
        joined = {number for pair in best for number in pair}
        kept = [group for i, group in enumerate(groups) if i not in joined]
        groups = sorted([*kept, *(make_group(around, groups[a].members + groups[b].members, turn) for a, b in best)], key=members_of)
    return sorted(list(group.members) for group in groups)


def members_of(group: Group) -> tuple[int, ...]:
    """By which groups are ordered."""
    return group.members


def strands_of(ties: Ties) -> Ints:
    """The places that ties run between, (n, 2)."""
    return np.array(list(ties), dtype=np.int64).reshape(-1, 2)


def without_strangers(members: Sequence[int], ties: Ties) -> list[list[int]]:
    """A group, and apart from it each article that only shares names with it: its strongest tie is far weaker than what ties the others.

    Two accounts of one event are tied to some other as strongly as those are among each other; what is about the same firm or town is
    tied to all a little, and the mean over all would take it in.
    """
    if len(members) < LOOK_FROM:
        return [list(members)]
    odds = np.full((len(members), len(members)), np.nan)
    for i, a in enumerate(members):
        for j, b in enumerate(members):
            if i != j:
                p = min(max(ties.get((min(a, b), max(a, b)), FAR), 1e-6), 1 - 1e-6)
                odds[i, j] = np.log(p / (1 - p))
    strangers = []
    for i in range(len(members)):
        others = np.delete(np.delete(odds, i, axis=0), i, axis=1)
        if np.nanmax(odds[i]) < np.median(np.nanmean(others, axis=1)) - WEAKER:
            strangers.append(members[i])
    return [[m for m in members if m not in strangers], *([m] for m in strangers)] if len(strangers) < len(members) else [list(members)]


def compared(
    around: Neighbourhood, groups: Sequence[Group], strands: Ints, known: dict[tuple[Mark, Mark], float],
) -> tuple[list[tuple[int, int]], Doubles]:
    """The pairs of groups that are worth comparing, and the probability that each is one story. known: those of earlier rounds."""
    marks = [(group.members[0], len(group.members)) for group in groups]
    place = {mark: i for i, mark in enumerate(marks)}
    alive = {(place[a], place[b]): p for (a, b), p in known.items() if a in place and b in place}
    fresh = sorted(set(range(len(groups))) - {i for pair in alive for i in pair})
    pairs = sorted({*alive, *tied(groups, strands, len(around.shelf)), *candidates(groups, fresh)})
    new = [pair for pair in pairs if pair not in alive]
    if new:
        found = formulas()[1](expand_groups(*group_features(around, groups, new)))
        alive.update((pair, float(p)) for pair, p in zip(new, np.round(found, DIGITS), strict=True))
    known.clear()
    known.update(((marks[a], marks[b]), p) for (a, b), p in alive.items())
    return pairs, np.array([alive[pair] for pair in pairs])


def tied(groups: Sequence[Group], strands: Ints, size: int) -> list[tuple[int, int]]:
    """The pairs of groups that a tie runs between. size: of the shelf."""
    home = np.full(size, -1, dtype=np.int64)
    for i, group in enumerate(groups):
        home[list(group.members)] = i
    a, b = home[strands[:, 0]], home[strands[:, 1]]
    run = (a != b) & (a >= 0) & (b >= 0)
    codes = np.unique(np.minimum(a, b)[run] * len(groups) + np.maximum(a, b)[run])
    return [divmod(code, len(groups)) for code in codes.tolist()]


def best_pairs(pairs: Sequence[tuple[int, int]], found: Doubles, least: float) -> list[tuple[int, int]]:
    """The pairs of which each is the other's most probable, at least as probable as `least`. found: the probability of each."""
    best: dict[int, int] = {}
    for k in np.argsort(-found, kind="stable"):
        if found[k] < least:
            break
        a, b = pairs[k]
        best.setdefault(a, b)
        best.setdefault(b, a)
    return [(a, b) for a, b in sorted(best.items()) if a < b and best[b] == a]


def candidates(groups: Sequence[Group], numbers: Sequence[int]) -> set[tuple[int, int]]:
    """Pairs of groups, one of them among some, that either encoder puts near each other."""
    found = near_groups(np.stack([group.near for group in groups]), groups, numbers)
    read = [i for i, group in enumerate(groups) if group.twice]
    if read:
        place = {number: i for i, number in enumerate(read)}
        again = [groups[i] for i in read]
        near = near_groups(unit(np.stack([group.seconds[1] for group in again])), again, [place[i] for i in numbers if i in place])
        found.update((read[a], read[b]) for a, b in near)
    return found


def near_groups(centres: Floats, groups: Sequence[Group], numbers: Sequence[int]) -> set[tuple[int, int]]:
    """Pairs of groups, one of them among some, whose centres are near: `AROUND` of the own language, `OUTSIDE` of each other."""
    languages = np.array([group.language for group in groups])
    columns = {int(code): np.flatnonzero(languages == code) for code in np.unique(languages)}
    out: set[tuple[int, int]] = set()
    for start in range(0, len(numbers), BLOCK):
        some = numbers[start:start + BLOCK]
        cosines = centres[some] @ centres.T
        cosines[np.arange(len(some)), some] = -2.0
        for row, a in enumerate(some):
            for code, places in columns.items():
                near = largest(cosines[row, places], AROUND if languages[a] == code else OUTSIDE)
                out.update((min(a, b), max(a, b)) for b in places[near].tolist())
    return out
