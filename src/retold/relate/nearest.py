"""Which versions of a story are near each other, where there are thousands: whole matrices, article by article, instead of pairs.

What is found is what `Meaning.near` and `shared_words` say of each pair by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from retold.base.meaning import Meaning
from retold.relate.pairs import content
from retold.relate.sides import ClaimSide

FAINT = 0.2  # cosine below which shared words are chance
OVERLAP = (0.3, 0.45)  # what shared words are worth as a cosine: none, and all of the shorter version
SLACK = 1e-3  # what a cosine may be off in a product of matrices of float32

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


def nearest_pairs(members: Sequence[ClaimSide], meaning: Meaning, least: float) -> list[tuple[ClaimSide, ClaimSide, float]]:
    """Pairs of versions of different articles and claims that are each other's nearest between their two articles.

    Nearness is the cosine or, within a language, what the shared words are worth, whichever is more; versions whose cosine is below
    `FAINT` are not near. Of several that are equally near the one with the greatest id is the nearest.

    Returns:
        (a, b, nearness) with nearness of at least `least`, article by article; a's article comes before b's.
    """
    homes: dict[str, list[ClaimSide]] = {}
    for v in members:
        homes.setdefault(v.article, []).append(v)
    words = shelved(homes)
    found = []
    for one, other in combinations(sorted(homes), 2):
        near = nearness(homes[one], homes[other], meaning, (words[one], words[other]))
        near[near < least] = 0.0
        near[np.equal.outer([v.group for v in homes[one]], [v.group for v in homes[other]])] = 0.0
        found += [(homes[one][i], homes[other][j], float(near[i, j])) for i, j in mutual(near, homes[one], homes[other])]
    return found


def mutual(near: Floats, left: Sequence[ClaimSide], right: Sequence[ClaimSide]) -> Iterator[tuple[int, int]]:
    """Rows and columns that are each other's nearest, by row. near: (n, m), 0 for what is not near."""
    of_left, of_right = farthest(near, right), farthest(near.T, left)
    for i, j in enumerate(of_left.tolist()):
        if near[i, j] > 0 and of_right[j] == i:
            yield i, j


def farthest(near: Floats, columns: Sequence[ClaimSide]) -> Whole:
    """The column with the greatest value in each row, among equals the one with the greatest id: (n,) int64."""
    ranks = np.empty(len(columns), dtype=np.int64)
    ranks[sorted(range(len(columns)), key=lambda j: columns[j].id)] = np.arange(len(columns))
    return np.asarray(np.where(near == near.max(axis=1, keepdims=True), ranks, -1).argmax(axis=1))


def nearness(left: Sequence[ClaimSide], right: Sequence[ClaimSide], meaning: Meaning, words: tuple[Words, Words]) -> Floats:
    """How near the versions of two articles are: (n, m) float64, 0 where the cosine is below `FAINT`."""
    languages = (left[0].language, right[0].language)
    space = meaning.space(*languages)
    cosines = np.round(
        meaning.vectors([v.words for v in left], languages[0], space).astype(np.float64)
        @ meaning.vectors([v.words for v in right], languages[1], space).astype(np.float64).T, 4)
    worth = shared(*words) if languages[0] == languages[1] else np.full(cosines.shape, OVERLAP[0])
    return np.asarray(np.where(cosines >= FAINT, np.maximum(cosines, worth), 0.0))


# ---- shared words -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """The content words of an article's versions, as numbers of the story's words.

    Args:
        counts: (n, n_columns) float64, how often each version has each word of the article.
        columns: number of a word -> its column.
        lengths: (n,) int64, content words of each version.
        rows, forms: (k,) int64, a version and a word of the story of which it has some form.
    """

    counts: Floats
    columns: Mapping[int, int]
    lengths: Whole
    rows: Whole
    forms: Whole


def shelved(homes: Mapping[str, Sequence[ClaimSide]]) -> dict[str, Words]:
    """The words of each article's versions."""
    told = {article: [content(v.words, v.language) for v in own] for article, own in homes.items()}
    numbers: dict[frozenset[str], int] = {}
    with_piece: dict[str, list[int]] = {}
    for word in (word for own in told.values() for version in own for word in version):
        if word not in numbers:
            numbers[word] = len(numbers)
            for piece in word:
                with_piece.setdefault(piece, []).append(numbers[word])
    related = {word: frozenset(n for piece in word for n in with_piece[piece]) for word in numbers}
    return {article: words_of(own, numbers, related) for article, own in told.items()}


def words_of(
    versions: Sequence[Sequence[frozenset[str]]], numbers: Mapping[frozenset[str], int], related: Mapping[frozenset[str], frozenset[int]],
) -> Words:
    """The words of one article's versions."""
    columns: dict[int, int] = {}
    for version in versions:
        for word in version:
            columns.setdefault(numbers[word], len(columns))
    counts = np.zeros((len(versions), len(columns)))
    pairs: list[tuple[int, int]] = []
    for row, version in enumerate(versions):
        for word in version:
            counts[row, columns[numbers[word]]] += 1
        pairs += [(row, n) for n in sorted(frozenset().union(*(related[word] for word in version)))]
    rows, forms = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Words(counts, columns, np.array([len(v) for v in versions], dtype=np.int64), rows, forms)


def shared(left: Words, right: Words) -> Floats:
    """What the shared words of each two versions of two articles are worth as a cosine: (n, m) float64. See `shared_words`."""
    shorter = left.lengths[:, None] <= right.lengths[None, :]
    found = np.where(shorter, known(left, right), known(right, left).T).astype(np.int64)
    length = np.minimum(left.lengths[:, None], right.lengths[None, :])
    most = int(length.max(initial=0)) + 1
    worth = np.array([[round(OVERLAP[0] + OVERLAP[1] * (n / of if 1 < n <= of else 0.0), 4) for of in range(most)] for n in range(most)])
    return np.asarray(worth[found, length])


def known(left: Words, right: Words) -> Floats:
    """How many of the words of each left version have a form in each right version: (n, m) float64."""
    places = np.array([left.columns.get(n, -1) for n in right.forms.tolist()], dtype=np.int64)
    there = np.zeros((len(right.lengths), left.counts.shape[1]))
    there[right.rows[places >= 0], places[places >= 0]] = 1.0
    return np.asarray(left.counts @ there.T)


# ---- around a few -------------------------------------------------------------------------------------------------


class Neighbourhood:
    """The versions of a story, to ask which are near some of them.

    Args:
        versions: the versions, none of them blank.
        meaning: what tells how near two are.

    `homes` has the versions by article.
    """

    def __init__(self, versions: Sequence[ClaimSide], meaning: Meaning) -> None:
        self.versions = versions
        self._meaning = meaning
        self._groups = np.array([v.group for v in versions], dtype=object)
        self._rows: dict[str, list[int]] = {}
        self.homes: dict[str, list[ClaimSide]] = {}
        for i, v in enumerate(versions):
            self._rows.setdefault(v.language, []).append(i)
            self.homes.setdefault(v.article, []).append(v)
        self._vectors: dict[tuple[str, int], npt.NDArray[np.float32]] = {}

    def around(self, members: Sequence[ClaimSide], least: float) -> list[ClaimSide]:
        """The versions that are of a claim of these, or may have a cosine of `least` with one of them; in the order of all."""
        groups = {u.group for u in members}
        near = np.array([g in groups for g in self._groups], dtype=bool)
        for language, rows in self._rows.items():
            for theirs in sorted({u.language for u in members if u.words.strip()}):
                space = self._meaning.space(language, theirs)
                words = [u.words for u in members if u.language == theirs and u.words.strip()]
                cosines = self._matrix(language, space) @ self._meaning.vectors(words, theirs, space).T
                near[rows] |= cosines.max(axis=1) >= least - SLACK
        return [self.versions[i] for i in np.flatnonzero(near).tolist()]

    def _matrix(self, language: str, space: int) -> npt.NDArray[np.float32]:
        """The versions in a language as vectors: (n, n_dims) float32."""
        if (language, space) not in self._vectors:
            words = [self.versions[i].words for i in self._rows[language]]
            self._vectors[language, space] = self._meaning.vectors(words, language, space)
        return self._vectors[language, space]
