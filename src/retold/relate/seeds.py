"""Seeds: short runs of words that two texts have in common, found through an index of hashes that is sorted, not looked up.

Of all runs of `SEED` words some are sampled by winnowing, so that any two texts with `SEED + WINDOW - 1` words in common share a
seed, whatever else they hold, and the index keeps a third. A seed that more than `CROWD` texts hold is a set phrase or a text that
everybody prints: linking all of them to each other grows with the square, so they are linked to the first text that has it (a
star), and counted.

Source: Schleimer, Wilkerson and Aiken 2003, "Winnowing: Local Algorithms for Document Fingerprinting", section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from retold.relate.words import WEIGHTS, Hashes, Places, Words, mixed, powers_to

SEED = 6  # words; 5 found nothing more in planted reuse and made half as many chance matches again
SEED_SIGNS = 10  # signs, where words are not spaced
WINDOW = 5  # seeds of which one is kept: ten words in a row are always found
CROWD = 100  # texts that hold a seed beyond which they are linked by a star
REPEATS = 4  # times that one text may hold a seed before the rest is passed over ("no no no no …")
NONE = np.uint64(2**64 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The sampled seeds that two texts or more hold, sorted by hash, so that those of one kind stand together in a bucket.

    Args:
        places: (n,) int64, where a seed stands in the sequence of all words.
        owners: (n,) int64, the number of its text.
        buckets: (n,) int64, the number of its bucket, rising.
        edges: (m,) int64, where each bucket starts.
        holders: (m,) int64, how many texts hold the seed.
        sizes: (t,) int64, how many seeds were sampled from each text.
        spans: (t, 2) int64, where its first and last seed stand.
    """

    places: Places
    owners: Places
    buckets: Places
    edges: Places
    holders: Places
    sizes: Places
    spans: Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Where two texts hold the same seed, as entries of the index.

    Args:
        first: (n,) int64, the entry in the earlier text.
        second: (n,) int64, the entry in the later text.
    """

    first: Places
    second: Places

    def take(self, which: npt.NDArray[np.bool_]) -> Matches:
        """Some of them."""
        return Matches(first=self.first[which], second=self.second[which])


def sampled(words: Words) -> tuple[Hashes, Places]:
    """The seeds that are kept: their hashes, and where they stand. Depends on nothing outside each span.

    >>> from retold.relate.words import read_words
    >>> hashes, places = sampled(read_words(["one two three four five six"]))
    >>> len(hashes), places.tolist()
    (1, [1])
    """
    hashes = seed_hashes(words)
    if len(hashes) < WINDOW:
        keep = np.flatnonzero(hashes != NONE)
        return hashes[keep], keep
    padded = np.concatenate([np.full(WINDOW - 1, NONE), hashes, np.full(WINDOW - 1, NONE)])
    least = over_windows(np.minimum, padded)
    keep = np.flatnonzero((hashes != NONE) & (over_windows(np.maximum, least) == hashes))
    return hashes[keep], keep


def over_windows(extreme: np.ufunc, values: Hashes) -> Hashes:
    """The least or the highest of every `WINDOW` values in a row; (n,) becomes (n - WINDOW + 1,).

    >>> over_windows(np.minimum, np.array([5, 4, 9, 8, 7, 6, 1], np.uint64)).tolist()
    [4, 4, 1]
    """
    count = len(values) - WINDOW + 1
    found = values[:count].copy()
    for shift in range(1, WINDOW):
        extreme(found, values[shift:shift + count], out=found)
    return found


def seed_hashes(words: Words) -> Hashes:
    """The hash of the seed that starts at each word; the highest number where there is none."""
    count = len(words.hashes)
    table = powers_to(SEED_SIGNS)
    found = np.full(count, NONE)
    for length, weight in ((SEED, WEIGHTS[1]), (SEED_SIGNS, WEIGHTS[2])):
        if count < length or not (words.weights == weight).any():
            continue
        total = np.zeros(count - length + 1, np.uint64)
        gaps = np.concatenate([[0], (words.weights == 0).cumsum()])
        for i in range(length):
            total += words.hashes[i:count - length + 1 + i] * table[i]
        whole = (words.weights[:len(total)] == weight) & (gaps[length:] == gaps[:-length])
        found[:len(total)][whole] = np.minimum(mixed(total[whole]), NONE - np.uint64(1))
    return found


def make_index(hashes: Hashes, places: Places, owners: npt.NDArray[np.integer[Any]], texts: int) -> Index:
    """The index of seeds.

    Args:
        hashes: (n,) uint64.
        places: (n,) int64, rising.
        owners: (n,) integer, rising, the number of the text.
        texts: how many texts there are.
    """
    sizes = np.bincount(owners, minlength=texts)
    ends = sizes.cumsum()
    spans = np.zeros((texts, 2), np.int64)
    some = sizes > 0
    spans[some] = np.stack([places[(ends - sizes)[some]], places[ends[some] - 1]], axis=1)
    order = np.argsort(hashes, kind="stable")
    order = order[several(hashes[order], owners[order])]
    hashes, places, own = hashes[order], places[order], owners[order].astype(np.int64)
    opens = np.ones(len(hashes), bool)
    opens[1:] = hashes[1:] != hashes[:-1]
    fresh = opens.copy()
    fresh[1:] |= own[1:] != own[:-1]
    buckets = opens.cumsum() - 1
    return Index(places=places, owners=own, buckets=buckets, edges=np.flatnonzero(opens),
                 holders=np.bincount(buckets[fresh], minlength=int(opens.sum())), sizes=sizes, spans=spans)


def several(hashes: Hashes, owners: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.bool_]:
    """Which of sorted seeds are of a kind that stands more than once, and among the first `REPEATS` of it in their text."""
    same = hashes[1:] == hashes[:-1]
    keep = np.zeros(len(hashes), bool)
    keep[1:] |= same
    keep[:-1] |= same
    keep[REPEATS:] &= (hashes[REPEATS:] != hashes[:-REPEATS]) | (owners[REPEATS:] != owners[:-REPEATS])
    return keep


def match(index: Index) -> Matches:
    """All pairs of entries of the index that are one seed in two texts; in a crowd the first with each of the others."""
    holders = index.holders[index.buckets]
    left, right = within_buckets(index.buckets, (holders > 1) & (holders <= CROWD))
    crowd = np.flatnonzero(holders > CROWD)
    first, second = np.concatenate([left, index.edges[index.buckets[crowd]]]), np.concatenate([right, crowd])
    return Matches(first=first, second=second).take(index.owners[first] != index.owners[second])


def within_buckets(bucket: Places, usable: npt.NDArray[np.bool_]) -> tuple[Places, Places]:
    """All pairs of entries of one bucket."""
    entries = np.flatnonzero(usable)
    own = bucket[entries]
    left, right = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    active = np.arange(len(entries))
    lag = 1
    while len(active):
        active = active[active + lag < len(entries)]
        active = active[own[active + lag] == own[active]]
        left.append(entries[active])
        right.append(entries[active + lag])
        lag += 1
    return np.concatenate(left), np.concatenate(right)
