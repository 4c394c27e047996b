"""Neighbours: which articles are worth comparing, and how probable it is that two of them tell the same story.

The cost of an article is bounded: the nearest by their vectors within a window of time (some of its own language, a few of each
other), and those that share most of its rarest terms, of whose holders only the latest are looked at.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from retold.group.features import (
    ENCODED,
    UNSPACED_SHARE,
    Comparer,
    Context,
    best_matches,
    close_formula,
    expand_close,
    expand_pairs,
    expand_read,
    formulas,
    nearest,
    probability,
    short,
)
from retold.group.items import FEW
from retold.group.shelf import Doubles, Floats, Ints, Shelf
from retold.group.sounds import shared

Ties = dict[tuple[int, int], float]

NEAR = 16  # neighbours by vectors in the language of the article; 25 found the same stories
ABROAD = 5  # and in each other language
RARE = 16  # neighbours by rare terms
TELLING = 14  # terms of an article that are looked up
HOLDERS = 60  # holders of a term that are looked at, the latest
WINDOW = 30.0  # days between articles beyond which they are not compared: nine in ten stories are told within two
FAR = 0.02  # the probability of a pair that was not compared, and below which one is forgotten
EVERYTHING = 60  # articles up to which every two are compared, by the formula for few alone
RECENT = 20_000  # articles of the shelf, the latest, among which neighbours by vectors are looked for: six days of a large collection
READ_TWICE = 100  # headlines that the second encoder must have read: all its vectors are near each other until what is usual is known
LITTLE = 0.01  # share of the formula for few that is not worth its cost
BLOCK = 256  # articles whose cosines with all others are held at once


class Index:
    """The holders of each term, the latest `HOLDERS` (and up to as many before them)."""

    def __init__(self) -> None:
        self.holders: dict[int, list[int]] = defaultdict(list)

    def put(self, number: int, terms: Iterable[int]) -> None:
        """Note that an article has some terms."""
        for term in terms:
            held = self.holders[term]
            held.append(number)
            if len(held) > 2 * HOLDERS:
                del held[:-HOLDERS]

    def sharing(self, number: int, shelf: Shelf, rarity: Doubles) -> list[int]:
        """The articles that share most of the rarest terms of one, the weightiest first."""
        weights: dict[int, float] = defaultdict(float)
        for term, weight in telling_terms(number, shelf, rarity):
            for other in self.holders.get(term, [])[-HOLDERS:]:
                weights[other] += weight
        weights.pop(number, None)
        return sorted(weights, key=lambda n: (-weights[n], n))[:RARE]


def telling_terms(number: int, shelf: Shelf, rarity: Doubles) -> list[tuple[int, float]]:
    """The terms that tell most about an article, with the square of their weight."""
    own = shelf.terms[number]
    weights = (own.words + own.anchors + own.heading) * rarity[own.ids]
    best = np.argsort(-weights, kind="stable")[:TELLING]
    return [(int(own.ids[i]), float(weights[i]) ** 2) for i in best]


class Neighbourhood:
    """Finds and weighs the neighbours of articles on a shelf."""

    def __init__(self, shelf: Shelf, index: Index) -> None:
        self.shelf = shelf
        self.index = index
        self.rarity = shelf.rarity()
        self.usual = shelf.usual()
        self.comparer = Comparer(self.rarity)
        self.closely = closely(len(shelf))
        self.languages: Ints = np.array(shelf.languages, dtype=np.int64)
        poor = np.array([code not in {*ENCODED, ""} for code in shelf.codes], dtype=bool)
        self.poor = poor[self.languages]
        self.brief = short([len(t.ids) for t in shelf.terms])
        self.second_usual = shelf.second_usual()
        enough = shelf.second_totals.sum() >= READ_TWICE
        self.twice = shelf.twice[:len(shelf)] & enough

    def ties(self, numbers: Sequence[int], centres: Floats, *, ahead: bool) -> Ties:
        """The probabilities of the pairs that articles make with their neighbours, and the articles noted in the index.

        numbers: ascending. centres: those of all on the shelf. ahead: whether to look at later articles too, or only back.
        """
        out: Ties = {}
        for start in range(0, len(numbers), BLOCK):
            block = numbers[start:start + BLOCK]
            first, last = max(0, block[0] - RECENT), min(len(centres), block[-1] + 1 + (RECENT if ahead else 0))
            found = self.near(block, centres[first:last], first)
            for number, near in zip(block, found, strict=True):
                others = [n for n in self.worth(number, near) if (min(n, number), max(n, number)) not in out and self.within(n, number)]
                for other, p in zip(others, self.probabilities(number, others), strict=True):
                    out[min(number, other), max(number, other)] = float(p)
                self.note(number)
        return {pair: p for pair, p in out.items() if p >= FAR}

    def note(self, number: int) -> None:
        """Note an article in the index."""
        self.index.put(number, (term for term, _ in telling_terms(number, self.shelf, self.rarity)))

    def worth(self, number: int, near: Iterable[int]) -> list[int]:
        """The articles that one is compared with: all of a few, else the nearest and those that share its rarest terms."""
        if len(self.shelf) <= EVERYTHING:
            return [n for n in range(len(self.shelf)) if n != number]
        return sorted({*near, *self.index.sharing(number, self.shelf, self.rarity)} - {number})

    def within(self, a: int, b: int) -> bool:
        """Whether two articles lie within the window of time of each other."""
        return not abs(self.shelf.days[a] - self.shelf.days[b]) > WINDOW

    def near(self, numbers: Sequence[int], among: Floats, first: int) -> list[list[int]]:
        """The nearest of each article by its centre: `NEAR` of its own language, `ABROAD` of each other."""
        chosen = np.array(numbers, dtype=np.int64)
        cosines = self.shelf.centres(chosen, self.usual) @ among.T
        days, own = self.shelf.days[first:first + len(among)], self.shelf.days[chosen]
        early, late = (own.min(), own.max()) if not np.isnan(own).any() else (-np.inf, np.inf)
        edge = np.flatnonzero((days < late - WINDOW) | (days > early + WINDOW))  # too far from some of them
        cosines[:, edge] = np.where(np.abs(days[None, edge] - own[:, None]) > WINDOW, -2.0, cosines[:, edge])
        out: list[list[int]] = [[] for _ in numbers]
        languages = np.where((days < early - WINDOW) | (days > late + WINDOW), -1, self.languages[first:first + len(among)])
        for code in np.unique(languages[languages >= 0]):
            columns = np.flatnonzero(languages == code)
            part = cosines.take(columns, axis=1)
            for row, number in enumerate(numbers):
                out[row].extend(columns[i] + first for i in largest(part[row], NEAR if self.languages[number] == code else ABROAD))
        return out

    def probabilities(self, number: int, others: Sequence[int]) -> Doubles:
        """How probable it is that an article tells the same story as each of the others.

        The odds of the formula for few and of that for a stream are mixed: the fewer articles, the more of the former. Headlines in
        one language are left to the latter, since a few words say too little for the former.
        """
        if not others:
            return np.zeros(0)
        alike, context = self.features(number, others)
        share = self.closely * (1.0 - context.same * context.short)
        out = (1.0 - share) * formulas()[0].odds(expand_pairs(alike, context))
        some = [int(i) for i in np.flatnonzero(share > LITTLE)]
        if some:
            part = Context(**{name: getattr(context, name)[some] for name in ("days", "same", "short", "poor", "twice")})
            out[some] += share[some] * self.close_odds(number, [others[i] for i in some], part)
        return probability(out)

    def close_probabilities(self, number: int, others: Sequence[int]) -> Doubles:
        """How probable it is by the formula for few alone that an article tells the same story as each of the others."""
        return probability(self.close_odds(number, others, self.context(number, others)))

    def close_odds(self, number: int, others: Sequence[int], context: Context) -> Doubles:
        """The log of the odds of the same: by the formula with events where the encoder of events has read both, else by that without."""
        features, events = self.close_features(number, others, context), self.events(number, others)
        read = expand_read(features, np.nan_to_num(events), context)
        return np.where(np.isnan(events), close_formula().odds(features), close_formula(read=True).odds(read))

    def events(self, number: int, others: Sequence[int]) -> Doubles:
        """(n,): the cosines of an article's beginning with those of others by the encoder of events, nan where it has not read one."""
        one = self.shelf.items[number].event.astype(np.float64)
        rows = [self.shelf.items[other].event.astype(np.float64) for other in others]
        return np.array([row @ one if len(row) == len(one) > 0 else np.nan for row in rows])

    def close_features(self, number: int, others: Sequence[int], context: Context) -> Doubles:
        """The features of an article with each of the others for the formula for few."""
        items = [self.shelf.items[n] for n in (number, *others)]
        vectors = [item.vectors.astype(np.float32) for item in items]
        shares = self.comparer.shares(self.shelf.terms[number], [self.shelf.terms[n] for n in others])
        crowded = np.array([not (items[0].spaced and item.spaced) for item in items[1:]])
        shares[crowded, 0] = np.minimum(1.0, UNSPACED_SHARE * shares[crowded, 0])
        for row, item in enumerate(items[1:]):
            if item.script != items[0].script:
                heard = shared(items[0].sounds, item.sounds, self.shelf.heard, len(self.shelf))
                shares[row, 0] = max(shares[row, 0], heard * (1.0 if items[0].spaced and item.spaced else UNSPACED_SHARE))
        return expand_close(nearest(vectors[0], vectors[1:]), shares, context)

    def features(self, number: int, others: Sequence[int]) -> tuple[Doubles, Context]:
        """The likeness of an article to each of the others, one column a name in `features.PAIR`, and their context."""
        shelf, rows = self.shelf, np.array(others, dtype=np.int64)
        both = np.concatenate([[number], rows])
        leads, (centres, raw) = shelf.lead_of(both, self.usual), shelf.both_centres(both, self.usual)
        terms = self.comparer.compare(shelf.terms[number], [shelf.terms[n] for n in others])
        twice = self.twice[rows] & self.twice[number]
        second = shelf.second_of(both, self.second_usual) if twice.any() else np.zeros((len(both), 1), dtype=np.float32)
        seconds = (second[1:] @ second[0]) * twice
        alike = np.column_stack([best_matches(leads[0], leads[1:]), centres[1:] @ centres[0], raw[1:] @ raw[0], terms, seconds])
        return alike, self.context(number, others)

    def context(self, number: int, others: Sequence[int]) -> Context:
        """What an article and each of the others are beside each other, whatever their likeness."""
        rows = np.array(others, dtype=np.int64)
        return Context(
            days=np.abs(self.shelf.days[rows] - self.shelf.days[number]), same=(self.languages[rows] == self.languages[number]) * 1.0,
            short=np.maximum(self.brief[rows], self.brief[number]), poor=(self.poor[rows] | self.poor[number]) * 1.0,
            twice=(self.twice[rows] & self.twice[number]) * 1.0,
        )


def closely(articles: int) -> float:
    """How much of the formula for few counts in a collection of so many articles: all up to `EVERYTHING`, nothing from `FEW`."""
    return float(np.clip(math.log(FEW / max(1, articles)) / math.log(FEW / EVERYTHING), 0.0, 1.0))


def largest(values: Floats, count: int) -> list[int]:
    """The places of the largest values, the largest first; of equals the first."""
    if len(values) > 4 * count:
        edge = np.partition(values, len(values) - count)[len(values) - count]
        places = np.flatnonzero(values >= edge)
    else:
        places = np.arange(len(values))
    order = places[np.argsort(-values[places], kind="stable")][:count]
    return [int(i) for i in order if values[i] > -1.5]
