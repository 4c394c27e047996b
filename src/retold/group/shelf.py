"""The shelf: all items in arrays, with what the collection as a whole tells: how rare a term is, what is usual in a language.

Rarity is the inverse document frequency over the collection. What all articles of a language have in common (the language itself,
and a topic that everybody writes about) is taken off their vectors by subtracting the mean of the language; a language with few
articles keeps its vectors nearly as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retold.group.items import COMMON, LEAD, NAME, NUMBER, Item

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

PRIOR_ARTICLES = 300  # articles that a collection is imagined to be larger by, so that a small one's own names stay rare
SHRINK = 100.0  # articles of a language at which half of its mean is taken off
NUMBER_WEIGHT = 0.7  # of a number among the anchors, against 1 of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of an item or a story as numbers: ids into the vocabulary, ascending in the order of the keys' first sight;
    words, anchors, heading: weight of each as a word, as a name or number, and in the title, before rarity; names, numbers: which are."""

    ids: Ints
    words: Floats
    anchors: Floats
    heading: Floats
    names: Flags
    numbers: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Terms of several articles: ids into the vocabulary, ascending; columns: (3, n) weights as words, as names or numbers, in titles."""

    ids: Ints
    columns: Doubles


class Shelf:
    """All items, in the order in which they were put there."""

    def __init__(self, dimensions: int) -> None:
        self.items: list[Item] = []
        self.terms: list[Terms] = []
        self.vocabulary: dict[str, int] = {}
        self.frequency: Doubles = np.zeros(1024)
        self.languages: list[int] = []
        self.codes: dict[str, int] = {}
        self.sums: Doubles = np.zeros((0, dimensions))
        self.totals: Doubles = np.zeros(0)
        self.leads: npt.NDArray[np.float16] = np.zeros((64, LEAD, dimensions), dtype=np.float16)
        self.filled: npt.NDArray[np.int8] = np.zeros(64, dtype=np.int8)
        self.days: Doubles = np.full(64, np.nan)
        self.heard: Counter[str] = Counter()
        self.seconds: npt.NDArray[np.float16] = np.zeros((64, 0), dtype=np.float16)
        self.twice: Flags = np.zeros(64, dtype=bool)
        self.second_sums: Doubles = np.zeros((0, 0))
        self.second_totals: Doubles = np.zeros(0)

    def __len__(self) -> int:
        return len(self.items)

    def put(self, items: Sequence[Item]) -> range:
        """Put items on the shelf; returns their numbers."""
        begun = len(self.items)
        for item in items:
            self._make_room()
            n = len(self.items)
            self.items.append(item)
            self.terms.append(self._index(item))
            self.heard.update(item.sounds)
            rows = item.vectors[:LEAD]
            self.leads[n, :len(rows)] = rows
            self.filled[n] = len(rows)
            self.days[n] = np.nan if item.day is None else item.day
            self._count_language(item, rows)
            self._put_second(n, item.second)
        return range(begun, len(self.items))

    def _make_room(self) -> None:
        n = len(self.items)
        if n < len(self.days):
            return
        for name in ("leads", "filled", "days", "seconds", "twice"):
            old = getattr(self, name)
            new = np.zeros((2 * n, *old.shape[1:]), dtype=old.dtype)
            new[:n] = old
            setattr(self, name, new)

    def _put_second(self, n: int, vector: npt.NDArray[np.float16]) -> None:
        """Note the vector of a headline by the second encoder."""
        if not self.seconds.shape[1] and len(vector):
            self.seconds = np.zeros((len(self.days), len(vector)), dtype=np.float16)
        if self.second_sums.shape != (len(self.totals), self.seconds.shape[1]):
            grown = np.zeros((len(self.totals), self.seconds.shape[1]))
            grown[:len(self.second_sums), :self.second_sums.shape[1]] = self.second_sums
            self.second_sums = grown
            self.second_totals = np.append(self.second_totals, np.zeros(len(self.totals) - len(self.second_totals)))
        if len(vector):
            self.seconds[n], self.twice[n] = vector, True
            self.second_sums[self.languages[n]] += vector
            self.second_totals[self.languages[n]] += 1

    def _count_language(self, item: Item, rows: npt.NDArray[np.float16]) -> None:
        code = self.codes.setdefault(item.language, len(self.codes))
        if code == len(self.totals):
            self.sums = np.vstack([self.sums, np.zeros((1, self.sums.shape[1]))])
            self.totals = np.append(self.totals, 0.0)
        self.languages.append(code)
        if len(rows):
            self.sums[code] += rows.astype(np.float64).mean(axis=0)
            self.totals[code] += 1

    def _index(self, item: Item) -> Terms:
        vocabulary = self.vocabulary
        ids = np.fromiter((vocabulary.setdefault(k, len(vocabulary)) for k in item.keys), dtype=np.int64, count=len(item.keys))
        if len(vocabulary) > len(self.frequency):
            self.frequency = np.concatenate([self.frequency, np.zeros(max(len(vocabulary), len(self.frequency)))])
        self.frequency[ids] += 1
        words = 1 + np.log(item.counts.astype(np.float32))
        anchors = np.where(item.kinds == COMMON, 0, np.where(item.kinds == NAME, 1.0, NUMBER_WEIGHT)).astype(np.float32) * words
        return Terms(ids=ids, words=words, anchors=anchors, heading=item.titled.astype(np.float32), names=item.kinds == NAME,
                     numbers=item.kinds == NUMBER)

    def rarity(self) -> Doubles:
        """How rare each term of the vocabulary is: log((articles + `PRIOR_ARTICLES`) / articles that have it)."""
        total = len(self.items) + PRIOR_ARTICLES
        return np.log(total / np.maximum(self.frequency[:len(self.vocabulary)], 1.0))

    def usual(self) -> Floats:
        """The mean vector of each language, shrunk towards nothing where there are few articles: (n_languages, n_dims)."""
        return (self.sums / (self.totals[:, None] + SHRINK)).astype(np.float32)

    def second_usual(self) -> Floats:
        """(n_languages, n_dims): the mean vector of the headlines of each language by the second encoder, shrunk towards that of all."""
        mean = self.second_sums.sum(axis=0) / max(self.second_totals.sum(), 1.0)
        off = self.second_sums - self.second_totals[:, None] * mean
        return np.asarray(mean + off / (self.second_totals[:, None] + SHRINK), dtype=np.float32)

    def second_of(self, numbers: Ints, usual: Floats) -> Floats:
        """(n, n_dims): the vectors of headlines by the second encoder, less the mean of their language, unit length; 0 for others."""
        rows = self.seconds[numbers].astype(np.float32) - self.usual_of(numbers, usual)
        return unit(rows * self.twice[numbers][:, None])

    def rows(self, numbers: Ints) -> Floats:
        """(n, LEAD, n_dims): the vectors of items, rows that are not there 0."""
        return np.asarray(self.leads[numbers], dtype=np.float32)

    def usual_of(self, numbers: Ints, usual: Floats) -> Floats:
        """(n, n_dims): the mean of the language of items."""
        return np.asarray(usual[[self.languages[n] for n in numbers]], dtype=np.float32)

    def lead_of(self, numbers: Ints, usual: Floats) -> Floats:
        """(n, LEAD, n_dims): the vectors of items less the mean of their language, rows that are not there 0."""
        rows = self.rows(numbers) - self.usual_of(numbers, usual)[:, None, :]
        rows *= np.arange(LEAD)[None, :, None] < self.filled[numbers][:, None, None]
        return unit(rows)

    def centres(self, numbers: Ints, usual: Floats) -> Floats:
        """(n, n_dims): the mean vector of each item, less the mean of its language, unit length."""
        return self.both_centres(numbers, usual)[0]

    def both_centres(self, numbers: Ints, usual: Floats) -> tuple[Floats, Floats]:
        """The mean vector of each item, (n, n_dims) of unit length: less the mean of its language, and as it is."""
        filled = self.filled[numbers][:, None]
        raw = self.rows(numbers).sum(axis=1) / np.maximum(filled, 1)
        return unit((raw - self.usual_of(numbers, usual)) * (filled > 0)), unit(raw)


def unit(rows: Floats) -> Floats:
    """Rows with unit length; rows of nothing stay nothing."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9), dtype=np.float32)
