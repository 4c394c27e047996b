"""Alignment: from shared seeds to the runs of words that two texts have in common, and to passages that were edited.

All pairs of texts at once, in numpy. A seed is widened to the longest run of equal words around it by halving steps over prefix
hashes; runs that follow each other in both texts are chained; and the ends of a chain are carried on over changed words as long as
enough of them agree.

Source: Altschul et al. 1990, "Basic Local Alignment Search Tool", sections 2.1 and 2.2 (seeds, extension until the score has
dropped); chains as in Smith, Cordell and Mullen 2015, "Computational Methods for Uncovering Reprinted Texts", section 3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import numpy.typing as npt

from retold.relate.seeds import Index, Matches
from retold.relate.words import INVERSE, Hashes, Places, Words, powers_to

GAP = 14  # words between two runs of one passage on either side
BACK = 4  # runs before it that a run may follow: those between belong to other passages
OVERLAP = 6  # words that two runs may share in one text ("had had")
SIDEWAYS = 4  # words put in or left out at once, when a chain is carried on
PORTION = 1 << 20  # words that are worked on at once
DROP = 8.0  # points that the score may fall below its best; 12 found nothing more
CHANGED = 0.6  # points that a changed word costs; an equal one earns 1
STEPS = tuple(sorted(
    ((t, u) for t, u in product(range(11), repeat=2) if t + u and (t == u or (abs(t - u) <= SIDEWAYS and min(t, u) <= 3))),
    key=lambda s: (max(s), abs(s[0] - s[1]), s)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words of all texts as one sequence, with what compares any two stretches of it at once."""

    hashes: Hashes
    owners: npt.NDArray[np.int32]
    weights: npt.NDArray[np.int8]
    sums: Hashes
    heads: Places

    @property
    def pairs(self) -> int:
        """A number above that of every text."""
        return int(self.owners[-1]) + 1 if len(self.owners) else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """Stretches of two texts that belong together: [first, first_end) and [second, second_end), `agreed` words of them equal.

    `longest` is the longest run of equal words, `holders` the fewest texts that hold one of its seeds; both by stretch.
    """

    first: Places
    first_end: Places
    second: Places
    second_end: Places
    agreed: Places
    longest: Places
    holders: Places

    def take(self, which: npt.NDArray[np.bool_] | Places) -> Stretches:
        """Some of them."""
        return Stretches(**{name: getattr(self, name)[which] for name in self.__slots__})

    def __len__(self) -> int:
        return len(self.first)


def make_texts(words: Words) -> Texts:
    """Texts with their prefix sums, in which every word is weighed by its place in its own text."""
    sizes = np.bincount(words.owners)
    heads = sizes.cumsum() - sizes
    table = powers_to(int(sizes.max(initial=0)))
    sums = np.zeros(len(words.hashes) + 1, np.uint64)
    for start in range(0, len(words.hashes), PORTION):
        part = slice(start, min(start + PORTION, len(words.hashes)))
        place = np.arange(part.start, part.stop) - heads[words.owners[part]]
        np.multiply(words.hashes[part], table[place], out=sums[part.start + 1:part.stop + 1])
    np.cumsum(sums, out=sums)
    return Texts(hashes=words.hashes, owners=words.owners, weights=words.weights, sums=sums, heads=heads)


def equal(texts: Texts, first: Places, second: Places, length: Places) -> npt.NDArray[np.bool_]:
    """Whether stretches of that length, each within its text, are the same words."""
    table = powers_to(int(np.diff(np.append(texts.heads, len(texts.hashes))).max(initial=0)), INVERSE)
    here, there = ((texts.sums[at + length] - texts.sums[at]) * table[at - texts.heads[texts.owners[at]]] for at in (first, second))
    return np.asarray(here == there)


def runs(texts: Texts, index: Index, matches: Matches) -> Stretches:
    """The longest runs of equal words around the seeds, each once, in the order of pairs and of the first text."""
    places = index.places[matches.first]
    key = ((index.places[matches.second] - places) << 31) | places
    order = np.argsort(key)
    i, all_holders = places[order], index.holders[index.buckets[matches.first[order]]]
    j = i + (key[order] >> 31)
    joined = np.zeros(len(i), bool)
    if len(i) > 1:
        same_texts = (texts.owners[i[1:]] == texts.owners[i[:-1]]) & (texts.owners[j[1:]] == texts.owners[j[:-1]])
        at = np.flatnonzero(same_texts & (np.diff(j) == np.diff(i)))
        joined[at + 1] = equal(texts, i[at], j[at], i[at + 1] - i[at])
    heads = np.flatnonzero(~joined)
    holders = np.minimum.reduceat(all_holders, heads) if len(heads) else all_holders
    i, j = i[heads], j[heads]
    before, after = widened(texts, i, j, back=True), widened(texts, i, j, back=False)
    found = Stretches(first=i - before, first_end=i + after, second=j - before, second_end=j + after, agreed=before + after,
                      longest=before + after, holders=holders)
    return found.take(np.lexsort((found.second, found.first, pair_of(texts, found))))


def pair_of(texts: Texts, found: Stretches) -> Places:
    """One number for each pair of texts."""
    return np.asarray(texts.owners[found.first].astype(np.int64) * texts.pairs + texts.owners[found.second])


def widened(texts: Texts, i: Places, j: Places, *, back: bool) -> Places:
    """How many words before (or from) two places are equal: by halving steps over prefix hashes.

    Gaps stand at both ends of every text and match nothing, so a run never leaves its text.
    """
    reach = np.zeros(len(i), np.int64)
    ends = np.append(texts.heads[1:], len(texts.hashes))
    first, second = texts.owners[i], texts.owners[j]
    room = np.minimum(i - texts.heads[first], j - texts.heads[second]) if back else np.minimum(ends[first] - i, ends[second] - j)
    step = 1 << max(0, int(room.max()).bit_length() - 1) if len(room) else 0
    step = min(step, 1 << 14)
    active = np.arange(len(i))
    while step and len(active):
        fits = active[reach[active] + step <= room[active]]
        length = np.full(len(fits), step)
        sign = -reach[fits] - step if back else reach[fits]
        ok = equal(texts, i[fits] + sign, j[fits] + sign, length)
        reach[fits[ok]] += step
        step = step if ok.any() and step == 1 << 14 else step >> 1
    return reach


def chained(texts: Texts, found: Stretches) -> Stretches:
    """Stretches that follow each other in both texts at most `GAP` words apart, made one; the rest as it is.

    found: in the order of `runs`. Each is followed by the one that is least out of step with it.
    """
    count = len(found)
    if not count:
        return found
    previous, cost = predecessors(texts, found)
    previous = one_follower(previous, cost)
    root = np.where(previous >= 0, previous, np.arange(count))
    while True:
        further = root[root]
        if (further == root).all():
            break
        root = further
    return merged(texts, found, previous, root)


def predecessors(texts: Texts, found: Stretches) -> tuple[Places, Places]:
    """For each stretch the one before it that it follows best (-1: none), and by how many words the two are out of step."""
    count = len(found)
    previous, cost = np.full(count, -1), np.full(count, 1 << 40)
    pair = pair_of(texts, found)
    for lag in range(1, min(BACK, count - 1) + 1):
        here, there = slice(lag, count), slice(0, count - lag)
        ahead = found.first[here] - found.first_end[there]
        beside = found.second[here] - found.second_end[there]
        fits = ((pair[here] == pair[there]) & (ahead <= GAP) & (beside <= GAP) & (ahead >= -OVERLAP) & (beside >= -OVERLAP)
                & (found.first[here] > found.first[there]) & (found.second[here] > found.second[there])
                & (found.first_end[here] > found.first_end[there]) & (found.second_end[here] > found.second_end[there]))
        price = 2 * np.abs(ahead - beside) + np.maximum(np.maximum(ahead, beside), 0)
        better = np.flatnonzero(fits & (price < cost[here]))
        previous[better + lag], cost[better + lag] = better, price[better]
    return previous, cost


def one_follower(previous: Places, cost: Places) -> Places:
    """Of several that follow the same, only the best does."""
    order = np.lexsort((cost, previous))
    sorted_previous = previous[order]
    best = np.concatenate([[True], sorted_previous[1:] != sorted_previous[:-1]])
    out = np.full(len(previous), -1)
    kept = order[best & (sorted_previous >= 0)]
    out[kept] = previous[kept]
    return out


def merged(texts: Texts, found: Stretches, previous: Places, root: Places) -> Stretches:
    """The stretches of each chain as one; equal words in the gaps between them count."""
    agreed = found.agreed.copy()
    later = np.flatnonzero(previous >= 0)
    before = previous[later]
    ahead, beside = found.first[later] - found.first_end[before], found.second[later] - found.second_end[before]
    agreed[later] += np.minimum(np.minimum(ahead, beside), 0)
    agreed[later] += in_gaps(texts, found, before, later)
    heads = np.flatnonzero(root == np.arange(len(found)))
    number = np.searchsorted(heads, root)
    size = len(heads)
    ends = [np.zeros(size, np.int64) for _ in range(2)]
    np.maximum.at(ends[0], number, found.first_end)
    np.maximum.at(ends[1], number, found.second_end)
    longest, holders = np.zeros(size, np.int64), np.full(size, 1 << 40)
    np.maximum.at(longest, number, found.longest)
    np.minimum.at(holders, number, found.holders)
    total = np.bincount(number, weights=agreed, minlength=size).astype(np.int64)
    return Stretches(first=found.first[heads], first_end=ends[0], second=found.second[heads], second_end=ends[1], agreed=total,
                     longest=longest, holders=holders)


def in_gaps(texts: Texts, found: Stretches, before: Places, later: Places) -> Places:
    """Equal words between two stretches, counted from both ends; whichever sees more."""
    starts, second_starts = found.first_end[before], found.second_end[before]
    width = np.minimum(found.first[later] - starts, found.second[later] - second_starts)
    left, right = np.zeros(len(later), np.int64), np.zeros(len(later), np.int64)
    for t in range(GAP):
        open_ = np.flatnonzero(width > t)
        left[open_] += texts.hashes[starts[open_] + t] == texts.hashes[second_starts[open_] + t]
        right[open_] += texts.hashes[found.first[later[open_]] - 1 - t] == texts.hashes[found.second[later[open_]] - 1 - t]
    return np.maximum(left, right)


def carried_on(texts: Texts, found: Stretches) -> Stretches:
    """Stretches whose ends are moved over changed words as far as the score allows."""
    first_end, second_end, more = beyond(texts, found.first_end, found.second_end, 1)
    first, second, less = beyond(texts, found.first - 1, found.second - 1, -1)
    return replace(found, first=first + 1, second=second + 1, first_end=first_end, second_end=second_end, agreed=found.agreed + more + less)


def beyond(texts: Texts, i: Places, j: Places, way: int) -> tuple[Places, Places, Places]:
    """Where a stretch that would go on at i, j (forwards, or backwards when `way` is -1) ends, and how many equal words lie in between.

    Word by word the nearest place is looked for where two words in a row agree (three, where words were put in or left out).
    """
    end_i, end_j, gained = i.copy(), j.copy(), np.zeros(len(i), np.int64)
    here_i, here_j, equal_words = i.copy(), j.copy(), np.zeros(len(i), np.int64)
    score, best = np.zeros(len(i)), np.zeros(len(i))
    active = np.arange(len(i))
    while len(active):
        steps = next_step(texts, here_i[active], here_j[active], way)
        active, steps = active[steps >= 0], steps[steps >= 0]
        table = np.array(STEPS)
        here_i[active] += way * table[steps, 0]
        here_j[active] += way * table[steps, 1]
        length = (widened(texts, here_i[active], here_j[active], back=False) if way > 0
                  else widened(texts, here_i[active] + 1, here_j[active] + 1, back=True))
        here_i[active] += way * length
        here_j[active] += way * length
        equal_words[active] += length
        score[active] += length - CHANGED * table[steps].max(axis=1)
        better = active[score[active] > best[active]]
        best[better], end_i[better], end_j[better], gained[better] = score[better], here_i[better], here_j[better], equal_words[better]
        active = active[score[active] > best[active] - DROP]
    return end_i, end_j, gained


def next_step(texts: Texts, i: Places, j: Places, way: int) -> Places:
    """For each place the number of the nearest step in `STEPS` after which words agree again; -1 for none."""
    out = np.full(len(i), -1)
    open_ = np.arange(len(i))
    limit = len(texts.hashes)
    for number, (t, u) in enumerate(STEPS):
        if not len(open_):
            break
        needed = 2 if t == u else 3
        a, b = i[open_] + way * t, j[open_] + way * u
        inside = (np.minimum(a, b) + min(0, way * needed) >= 0) & (np.maximum(a, b) + max(0, way * needed) < limit)
        inside[inside] = no_gap(texts, i[open_][inside], j[open_][inside], way, t, u)
        ok = inside
        for n in range(needed):
            at = np.flatnonzero(ok)
            ok[at] = texts.hashes[a[at] + way * n] == texts.hashes[b[at] + way * n]
        out[open_[ok]] = number
        open_ = open_[~ok]
    return out


def no_gap(texts: Texts, i: Places, j: Places, way: int, t: int, u: int) -> npt.NDArray[np.bool_]:
    """Whether a step stays within its two texts."""
    return np.asarray((texts.owners[i] == texts.owners[i + way * t]) & (texts.owners[j] == texts.owners[j + way * u]))
