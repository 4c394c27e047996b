"""Copies: which stretches any two of many texts have in common, what every outlet prints everywhere set aside.

Lines that an outlet prints into all its articles (cookie notes, share bars, biographies) are seeds that several articles of it hold
which share little else. They are found by counting, so no list of phrases is needed; what is counted are families of articles, not
articles, so that one report in many versions does not pass for boilerplate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retold.relate.alignment import Stretches, Texts, carried_on, chained, make_texts, pair_of, runs
from retold.relate.seeds import CROWD, SEED, Index, Matches, make_index, match, sampled
from retold.relate.words import Hashes, Places, Words

LEAST = 60  # weight of the equal words of a passage: twelve words, or twenty signs
LEAST_QUOTED = 50  # the same inside quotation marks
LEAST_EDITED = 90  # the same where no run of equal words is as long as `LEAST`
AGREE = 0.55  # share of a passage's words that agree, at which it is kept; a quarter changed leaves .6 to .75
AGREE_SHORT = 0.65  # the same below `SHORT` words
SHORT = 40
WORTH = 8  # equal words of a run, or texts that hold its rarest seed, from (up to) which it is carried on
FAMILY = 0.25  # share of a text's seeds in common with another, from which they are versions of one text
STANDING = 4  # families of an outlet that hold a seed, from which it is the outlet's own matter
STANDING_ANYWHERE = 10  # families of any outlets, where nearly all have it at the edge of the text
EDGE = 80  # words from the start or the end that are the edge, in a short text a quarter of it
AT_EDGE = 0.8
USUAL = 0.3  # of an outlet's texts that hold a seed at the edge, from which it says nothing about families
BETWEEN = 8  # words between two standing ones that stand with them (the name of the outlet, a date)
REMNANT = 20  # equal words that a stretch must have when standing matter was cut off its ends
SEEN = 6  # seeds beside those that a text must have for a family
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """What texts have in common: stretches by word, with the texts' words; and how many seeds were too common to be linked in pairs."""

    words: Words
    stretches: Stretches
    texts: Texts
    crowded: int


def find_copies(words: Words, outlets: Sequence[str | None], *, seeds: tuple[Hashes, Places] | None = None) -> Copies:
    """The stretches that any two texts share.

    Args:
        words: the words of all texts, by rising number of the text.
        outlets: of every text, None where not known; all empty where an outlet's standing matter was set aside before.
        seeds: hashes and places, where they were sampled already.
    """
    hashes, places = seeds if seeds is not None else sampled(words)
    index = make_index(hashes, places, words.owners[places], len(outlets))
    del seeds, hashes, places
    texts = make_texts(words)
    matches = match(index)
    standing = standing_words(index, matches, numbered(outlets), len(words.hashes))
    first, second = index.places[matches.first], index.places[matches.second]
    found = chained(texts, runs(texts, index, matches.take(~(standing[first] & standing[second]))))
    found = carried_on(texts, found.take((found.longest >= WORTH) | (found.agreed >= WORTH) | (found.holders <= WORTH)))
    found = trimmed(found, standing)
    return Copies(words=words, stretches=apart(texts, found.take(long_enough(texts, found))), texts=texts,
                  crowded=int((index.holders > CROWD).sum()))


def numbered(outlets: Sequence[str | None]) -> Places:
    """Outlets as numbers, 0 for none."""
    known = {name: n for n, name in enumerate(sorted({o for o in outlets if o}), 1)}
    return np.array([known.get(o or "", 0) for o in outlets], dtype=np.int64)


def long_enough(texts: Texts, found: Stretches) -> Flags:
    """Which stretches have enough equal words, and a large enough share of them; what only counts inside quotation marks is let through."""
    unit = texts.weights[found.first].astype(np.int64)
    length = np.maximum(found.first_end - found.first, found.second_end - found.second)
    share = found.agreed / np.maximum(1, length)
    edited = (found.agreed * unit >= LEAST_EDITED) & (share >= np.where(found.agreed < SHORT, AGREE_SHORT, AGREE))
    return np.asarray(edited | ((found.longest * unit >= LEAST_QUOTED) & (share >= AGREE)))


def only_in_quotes(texts: Texts, found: Stretches) -> Flags:
    """Which stretches are too short to count outside quotation marks."""
    unit = texts.weights[found.first].astype(np.int64)
    return np.asarray((found.longest * unit < LEAST) & (found.agreed * unit < LEAST_EDITED))


# ---- an outlet's standing matter -----------------------------------------------------------------------------------


def standing_words(index: Index, matches: Matches, outlets: Places, size: int) -> Flags:
    """(size,) bool: which words belong to what outlets print in articles that have little else in common.

    That is what several families of one outlet hold, or many families of any outlets at the edge of the text.
    """
    flags = np.zeros(size, bool)
    held = np.flatnonzero(index.holders[index.buckets] >= STANDING)
    if not len(held):
        return flags
    bucket, outlet = index.buckets[held], outlets[index.owners[held]]
    shelf = bucket * (len(outlets) + 1) + outlet
    edge = at_edge(index)[held]
    edge = (np.bincount(bucket, weights=edge) >= AT_EDGE * np.bincount(bucket))[bucket]
    usual = edge & (outlet > 0) & (counted(shelf, index.owners[held]) >= np.maximum(STANDING, USUAL * np.bincount(outlets)[outlet]))
    telling = np.ones(len(index.places), bool)
    telling[held[usual]] = False
    family = families(index, matches, telling, len(outlets))[index.owners[held]]
    own = (outlet > 0) & (counted(shelf, family) >= STANDING)
    places = index.places[held[own | (edge & (counted(bucket, family) >= STANDING_ANYWHERE))]]
    for i in range(SEED):
        flags[np.minimum(places + i, size - 1)] = True
    return filled(flags)


def filled(flags: Flags) -> Flags:
    """Flags with gaps of at most `BETWEEN` closed."""
    at = np.flatnonzero(flags)
    gaps = np.diff(at)
    for start, stop in zip(at[:-1][(gaps > 1) & (gaps <= BETWEEN + 1)], at[1:][(gaps > 1) & (gaps <= BETWEEN + 1)], strict=True):
        flags[start:stop] = True
    return flags


def counted(shelf: Places, value: Places) -> Places:
    """For every entry how many different values stand on its shelf."""
    shelves, number = np.unique(shelf, return_inverse=True)
    most = int(value.max(initial=0)) + 1
    kinds = np.unique(number * most + value) // most
    return np.bincount(kinds, minlength=len(shelves))[number]


def at_edge(index: Index) -> Flags:
    """Which seeds stand near the first or the last seed of their text."""
    first, last = index.spans[index.owners].T
    reach = np.minimum(EDGE, (last - first) // 4)
    return np.asarray((index.places - first < reach) | (last - index.places < reach))


def families(index: Index, matches: Matches, telling: Flags, count: int) -> Places:
    """The family of every text: the number of its first member. Texts are of one family when they share enough of their telling seeds."""
    sizes = index.sizes - np.bincount(index.owners[~telling], minlength=count)
    both = matches.take(telling[matches.first] & telling[matches.second])
    pairs, shared = np.unique(index.owners[both.first] * count + index.owners[both.second], return_counts=True)
    a, b = pairs // count, pairs % count
    close = shared >= FAMILY * np.maximum(SEEN, np.minimum(sizes[a], sizes[b]))
    return components(count, a[close], b[close])


def components(count: int, a: Places, b: Places) -> Places:
    """For each of `count` nodes the lowest that it is linked to, over any number of links."""
    label = np.arange(count)
    while True:
        lowest = np.minimum(label[a], label[b])
        fresh = label.copy()
        np.minimum.at(fresh, a, lowest)
        np.minimum.at(fresh, b, lowest)
        fresh = fresh[fresh]
        if (fresh == label).all():
            return label
        label = fresh


def trimmed(found: Stretches, standing: Flags) -> Stretches:
    """Stretches without what is standing matter on both sides at their ends, and without short ones that hang on to such matter."""
    at = np.flatnonzero(standing)
    if not len(at):
        return found
    width = np.minimum(found.first_end - found.first, found.second_end - found.second)
    head = np.minimum(np.minimum(run_from(at, found.first), run_from(at, found.second)), width)
    back = len(standing) - 1 - at[::-1]
    last, second_last = len(standing) - found.first_end, len(standing) - found.second_end
    tail = np.minimum(np.minimum(run_from(back, last), run_from(back, second_last)), width - head)
    agreed = found.agreed - head - tail
    cut = Stretches(first=found.first + head, first_end=found.first_end - tail, second=found.second + head,
                    second_end=found.second_end - tail, agreed=agreed, longest=np.minimum(found.longest, agreed), holders=found.holders)
    return cut.take((agreed >= REMNANT) | (head + tail == 0))


def run_from(at: Places, places: Places) -> Places:
    """How many of the numbers from a place on are, without a gap, among sorted ones."""
    broken = np.flatnonzero(np.append(np.diff(at) > 1, True))
    number = np.minimum(np.searchsorted(at, places), len(at) - 1)
    last = at[broken[np.searchsorted(broken, number)]]
    return np.where(at[number] == places, last - places + 1, 0)


# ---- one stretch of a text, one passage ----------------------------------------------------------------------------


def apart(texts: Texts, found: Stretches) -> Stretches:
    """Stretches of a pair that do not overlap in either text by more than half of the shorter: the fuller stays."""
    found = found.take(np.lexsort((found.second, found.first, pair_of(texts, found))))
    if len(found) < 2:
        return found
    pair = pair_of(texts, found)
    edges = np.flatnonzero(np.concatenate([[True], pair[1:] != pair[:-1]]))
    keep = np.ones(len(found), bool)
    for start, stop in zip(edges, np.append(edges[1:], len(found)), strict=True):
        if stop - start > 1:
            keep[start:stop] = kept_of_pair(found, int(start), int(stop))
    return found.take(keep)


def kept_of_pair(found: Stretches, start: int, stop: int) -> list[bool]:
    """Which stretches of one pair stay."""
    sides = [np.stack([a[start:stop], b[start:stop]], axis=1).tolist()
             for a, b in ((found.first, found.first_end), (found.second, found.second_end))]
    agreed = found.agreed[start:stop].tolist()
    chosen: list[int] = []
    for i in sorted(range(stop - start), key=lambda n: (-agreed[n], n)):
        if all(overlap(side[i], side[k]) <= 0.5 for side in sides for k in chosen):
            chosen.append(i)
    return [i in chosen for i in range(stop - start)]


def overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of the shorter of two spans that the other holds."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0])) / max(1, min(one[1] - one[0], other[1] - other[0]))
