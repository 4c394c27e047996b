"""Settling: from the ties of articles to stories.

First, average linkage over the ties makes small groups that are sure. Then groups are compared as wholes, where the mean of many
vectors and the sum of many names say more than any two articles do, and the nearest two are joined as long as they are more likely
one story than two: in rounds, in each of which every group may join the one that it is nearest to if that is mutual.

Source: average linkage after Sokal and Michener 1958; a learned decision on whole clusters after Miranda et al. 2018, section 4, and
Saravanakumar et al. 2021, section 3, who decide on an article and a cluster; here on two clusters, so that stories may merge later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from retold.base.linkage import average_linkage
from retold.group.features import Context, expand_groups, formulas
from retold.group.neighbours import BLOCK, FAR, Neighbourhood, Ties, largest
from retold.group.shelf import Doubles, Floats, Ints, Terms, unit

SURE = 0.5  # mean tie at which articles make a group before groups are compared
JOIN = 0.35  # probability at which two groups are one story; at .5 precision lay .1 above recall in every set: BCubed weighs both alike
ROUNDS = 10
LOOK_FROM = 5  # articles of a group in which one can be told to be a stranger
WEAKER = 3.25  # log of the odds by which the strongest tie of a stranger is weaker than the usual tie of the others: 3.9 and 4.0 of two
# strangers, 2.7 at most of any article that belongs (eleven annotated stories)
SAMPLE = 48  # members that stand for a group, spread over its time
AROUND = 8  # groups compared with each by their centres, of its language
OUTSIDE = 4  # and of each other language
Mark = tuple[int, int]  # by which a group is told from all others of a settlement: its first member and its size


@dataclass(frozen=True, slots=True, kw_only=True)
class Strands:
    """Ties as arrays: the places that each runs between, and its probability."""

    one: Ints
    other: Ints
    p: Doubles


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some articles as one: members in the order of the shelf, and what they have together."""

    members: tuple[int, ...]
    centre: Floats
    raw: Floats
    terms: Terms
    first: float
    last: float
    middle: float
    language: int
    shares: dict[int, float]
    short: float
    poor: float


def settle(around: Neighbourhood, free: Sequence[int], fixed: Sequence[Sequence[int]], ties: Ties) -> list[list[int]]:
    """The stories of some articles. free: articles that may go anywhere; fixed: groups that stay together."""
    place = {number: i for i, number in enumerate(free)}
    inner = {(place[i], place[j]): p for (i, j), p in ties.items() if i in place and j in place}
    seeds = average_linkage(len(free), inner, join=SURE, absent=FAR)
    if around.closely == 1.0:
        seeds = [part for seed in seeds for part in without_strangers(seed, inner)]
    start = [sorted(free[i] for i in seed) for seed in seeds] + [sorted(members) for members in fixed]
    groups = [make_group(around, members) for members in sorted(start)]
    strands = strands_of(ties)
    known: dict[tuple[Mark, Mark], float] = {}
    for _ in range(ROUNDS):
        merged = merge_round(around, groups, strands, known)
        if len(merged) == len(groups):
            break
        groups = merged
    return sorted(list(group.members) for group in groups)


def strands_of(ties: Ties) -> Strands:
    """Ties as arrays."""
    places: Ints = np.array(list(ties), dtype=np.int64).reshape(-1, 2)
    return Strands(one=places[:, 0], other=places[:, 1], p=np.fromiter(ties.values(), dtype=np.float64, count=len(ties)))


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


def make_group(around: Neighbourhood, members: Sequence[int]) -> Group:
    """A group of articles."""
    shelf = around.shelf
    ordered = sorted(members)
    step = -(-len(ordered) // SAMPLE)
    chosen = np.array(ordered[::step], dtype=np.int64)
    days = shelf.days[chosen]
    dated = days[~np.isnan(days)]
    codes, counts = np.unique(around.languages[chosen], return_counts=True)
    centres, raw = shelf.both_centres(chosen, around.usual)
    return Group(
        members=tuple(ordered), centre=unit(centres.sum(axis=0)), raw=unit(raw.sum(axis=0)),
        terms=together(around, chosen),
        first=float(dated.min()) if len(dated) else np.nan, last=float(dated.max()) if len(dated) else np.nan,
        middle=float(np.median(dated)) if len(dated) else np.nan, language=int(codes[counts.argmax()]),
        shares={int(c): n / len(chosen) for c, n in zip(codes, counts, strict=True)}, short=float(np.median(around.brief[chosen])),
        poor=float(around.poor[chosen].mean()),
    )


def together(around: Neighbourhood, chosen: Ints) -> Terms:
    """The terms of several articles as one: their sum, each article with the same length."""
    parts: list[Terms] = [around.shelf.terms[n] for n in chosen]
    if len(parts) == 1:
        return parts[0]
    ids, inverse = np.unique(np.concatenate([t.ids for t in parts]), return_inverse=True)
    sums = {}
    for name in ("words", "anchors", "heading"):
        scaled = []
        for part in parts:
            weight = getattr(part, name)
            rare = weight * around.rarity[part.ids]
            scaled.append(weight / max(float(np.sqrt(rare @ rare)), 1e-9))
        sums[name] = np.bincount(inverse, weights=np.concatenate(scaled), minlength=len(ids)).astype(np.float32)
    nothing = np.zeros(len(ids), dtype=bool)  # names and numbers are asked of articles only
    return Terms(ids=ids, **sums, names=nothing, numbers=nothing)


def merge_round(around: Neighbourhood, groups: list[Group], ties: Strands, known: dict[tuple[Mark, Mark], float]) -> list[Group]:
    """The groups with every two joined that are nearest to each other and more likely one story than two. known: the probabilities of
    pairs that were compared in earlier rounds."""
    tied, pairs = worth_comparing(around, groups, ties)
    if not pairs:
        return groups
    marks = [(group.members[0], len(group.members)) for group in groups]
    new = [(a, b) for a, b in pairs if (marks[a], marks[b]) not in known]
    if new:
        found = formulas()[1](expand_groups(*group_features(around, groups, tied, new)))
        known.update(((marks[a], marks[b]), float(p)) for (a, b), p in zip(new, found, strict=True))
    return join_best(around, groups, pairs, np.array([known[marks[a], marks[b]] for a, b in pairs]))


def worth_comparing(
    around: Neighbourhood, groups: Sequence[Group], ties: Strands,
) -> tuple[dict[tuple[int, int], tuple[float, float]], list[tuple[int, int]]]:
    """The ties between groups, and the pairs of groups that have one or whose centres are near."""
    tied = ties_between(groups, ties, len(around.shelf))
    return tied, sorted({*tied, *near_groups(groups)})


def join_best(around: Neighbourhood, groups: Sequence[Group], pairs: Sequence[tuple[int, int]], found: Doubles) -> list[Group]:
    """The groups with every two joined that are each other's most probable. found: the probability of each pair."""
    best: dict[int, int] = {}
    least = JOIN + around.closely * (1.0 - JOIN)  # among few, the ties have decided
    for k in np.argsort(-found, kind="stable"):
        if found[k] < least:
            break
        a, b = pairs[k]
        best.setdefault(a, b)
        best.setdefault(b, a)
    joined = {a: b for a, b in best.items() if best[b] == a}
    out = [group for i, group in enumerate(groups) if i not in joined]
    out += [make_group(around, groups[a].members + groups[b].members) for a, b in joined.items() if a < b]
    return sorted(out, key=lambda group: group.members)


def group_features(
    around: Neighbourhood, groups: Sequence[Group], tied: Mapping[tuple[int, int], tuple[float, float]], pairs: Sequence[tuple[int, int]],
) -> tuple[Doubles, Doubles, Doubles, Context]:
    """The likeness of pairs of groups, their sizes, the time between their middles, and their context."""
    partners: dict[int, list[int]] = {}
    for a, b in pairs:
        partners.setdefault(a, []).append(b)
    rows = []
    for a, others in partners.items():
        terms = around.comparer.compare(groups[a].terms, [groups[b].terms for b in others])
        for b, (words, anchors, _, heading) in zip(others, terms, strict=True):
            strongest, mean = tied.get((a, b), (0.0, 0.0))
            rows.append((groups[a].centre @ groups[b].centre, groups[a].raw @ groups[b].raw, words, anchors, heading, strongest, mean))
    alike = np.array(rows, dtype=np.float64).reshape(len(pairs), 7)
    sizes = np.log(np.array([sorted((len(groups[a].members), len(groups[b].members))) for a, b in pairs], dtype=np.float64).reshape(-1, 2))
    middles = np.log1p(np.nan_to_num(np.array([abs(groups[a].middle - groups[b].middle) for a, b in pairs])))
    return alike, sizes, middles, context_of([(groups[a], groups[b]) for a, b in pairs])


def context_of(pairs: Sequence[tuple[Group, Group]]) -> Context:
    """What pairs of groups have in common beside their likeness; days: the gap between them, 0 where they overlap."""
    return Context(
        days=np.array([gap(a, b) for a, b in pairs]),
        same=np.array([sum(min(share, b.shares.get(code, 0.0)) for code, share in a.shares.items()) for a, b in pairs]),
        short=np.array([max(a.short, b.short) for a, b in pairs]), poor=np.array([max(a.poor, b.poor) for a, b in pairs]),
    )


def gap(a: Group, b: Group) -> float:
    """The days between the end of one and the beginning of the other, 0 where they overlap, nan where one has no dates."""
    apart = max(a.first, b.first) - min(a.last, b.last)
    return apart if np.isnan(apart) else max(0.0, apart)


def ties_between(groups: Sequence[Group], ties: Strands, size: int) -> dict[tuple[int, int], tuple[float, float]]:
    """For pairs of groups that ties run between: the strongest tie, and the mean of the ties. size: of the shelf."""
    home = np.full(size, -1, dtype=np.int64)
    for i, group in enumerate(groups):
        home[list(group.members)] = i
    a, b = home[ties.one], home[ties.other]
    run = np.flatnonzero((a != b) & (a >= 0) & (b >= 0))
    codes, which = np.unique(np.minimum(a, b)[run] * len(groups) + np.maximum(a, b)[run], return_inverse=True)
    strongest = np.zeros(len(codes))
    np.maximum.at(strongest, which, ties.p[run])
    means = np.bincount(which, weights=ties.p[run], minlength=len(codes)) / np.maximum(np.bincount(which, minlength=len(codes)), 1)
    return {divmod(code, len(groups)): (most, mean)
            for code, most, mean in zip(codes.tolist(), strongest.tolist(), means.tolist(), strict=True)}


def near_groups(groups: Sequence[Group]) -> set[tuple[int, int]]:
    """Pairs of groups whose centres are near: `AROUND` of the own language, `OUTSIDE` of each other."""
    centres = np.stack([group.centre for group in groups])
    languages = np.array([group.language for group in groups])
    out: set[tuple[int, int]] = set()
    for start in range(0, len(groups), BLOCK):
        cosines = centres[start:start + BLOCK] @ centres.T
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = -2.0
        for code in np.unique(languages):
            columns = np.flatnonzero(languages == code)
            part = cosines[:, columns]
            for row in range(len(cosines)):
                a = start + row
                for i in largest(part[row], AROUND if languages[a] == code else OUTSIDE):
                    b = int(columns[i])
                    out.add((min(a, b), max(a, b)))
    return out
