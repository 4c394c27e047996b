"""How near strings are in meaning, by an encoder that knows their languages.

The first encoder compares all it can. A pair of which it does not know a language is compared by the second one, both sides of
it: vectors of two encoders are never set against each other. The second one's vectors lie in a narrow cone; taking off most of
the mean of their language opens it, and makes its cosines mean what those of the first do.

Source: Mu and Viswanath 2018, "All-but-the-Top", section 2, of which we take the mean only, language by language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from retold.base.models import Models

Floats = npt.NDArray[np.float32]
MEAN_OFF = 0.8  # share of a language's mean taken off: quantiles .9 .95 .99 of cosines become .30 .37 .56; the first encoder's: .28 .35 .55
FEW = 2  # strings that a mean is shrunk by: that of three strings is mostly their own words
AT_MOST = 2000  # strings of a story that the second encoder is given, a minute of its time


class Meaning:
    """The strings of a story as vectors, in the space that fits a pair of languages.

    Args:
        models: the models of the run; its second encoder is loaded when a pair needs it.
        told: the strings of the story with their languages, those that matter most first; the means are taken over them.
    """

    def __init__(self, models: Models, told: Iterable[tuple[str, str]]) -> None:
        self._models = models
        self._first: Any = models.get("encoder")
        self._known: frozenset[str] | None = getattr(self._first, "languages", None)
        self._told = tuple(dict.fromkeys((text, language) for text, language in told if text.strip()))
        self._vectors: tuple[dict[str, Floats], dict[str, Floats]] = ({}, {})
        self._second: Any = None
        self._means: dict[str, npt.NDArray[np.float64]] = {}
        self._within: frozenset[str] = frozenset()

    def space(self, a: str, b: str) -> int:
        """Which encoder compares two languages: 0 the first, 1 the second, where it is there and knows them."""
        if self._known is None or (a in self._known and b in self._known):
            return 0
        if not {a, b} <= self._understood():
            return 0
        if not self._means:  # only now: for a language that it does not know the means would cost a minute a story
            self._take_means()
        return 1

    def covers(self, text: str) -> bool:
        """Whether a string is among those that the second encoder is given."""
        return text in self._within

    def vectors(self, texts: Sequence[str], language: str, space: int) -> Floats:
        """n strings of one language, none blank -> (n, n_dims) float32, unit length, in one space."""
        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        if space == 0:
            return self._raw(texts, 0)
        moved = self._raw(texts, 1) - self._means.get(language, np.zeros(1)).astype(np.float32)
        return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def encode(self, texts: Iterable[str]) -> None:
        """Have the first encoder read strings together, in a fraction of the time that it takes to read one after the other."""
        known = self._vectors[0]
        new = [t for t in dict.fromkeys(texts) if t not in known]
        if new:
            known.update(zip(new, self._first.encode(new), strict=True))

    def encode_known(self, told: Iterable[tuple[str, str]]) -> None:
        """The same for strings with their languages, but for blank ones and those in languages that the second one compares."""
        self.encode(text for text, language in told if text.strip() and self.space(language, language) == 0)

    def near(self, a: str, b: str, languages: tuple[str, str]) -> float:
        """The cosine of two strings, 0 for blank ones; rounded so that sums in another order give the same."""
        if not (a.strip() and b.strip()):
            return 0.0
        space = self.space(*languages)
        known = self._vectors[0]
        if space == 0 and a in known and b in known:
            return round(float(known[a] @ known[b]), 4)
        left, right = self.vectors([a], languages[0], space)[0], self.vectors([b], languages[1], space)[0]
        return round(float(left @ right), 4)

    def _understood(self) -> frozenset[str]:
        """The languages that the second encoder knows, none where it is not there; the first call loads it."""
        if self._second is None:
            self._second = self._models.find("second") or False
        return self._second.languages if self._second else frozenset()

    def _take_means(self) -> None:
        """The mean vector of each language's strings, times `MEAN_OFF`, shrunk where they are few."""
        given = self._told[:AT_MOST]
        self._within = frozenset(text for text, _ in given)
        for language in sorted({language for _, language in given}):
            texts = sorted(text for text, of in given if of == language)
            total = self._raw(texts, 1).astype(np.float64).sum(axis=0)
            self._means[language] = MEAN_OFF * total / (len(texts) + FEW)

    def _raw(self, texts: Sequence[str], space: int) -> Floats:
        """The vectors as an encoder makes them; each string is encoded once."""
        known = self._vectors[space]
        new = [t for t in dict.fromkeys(texts) if t not in known]
        if new:
            known.update(zip(new, (self._second if space else self._first).encode(new), strict=True))
        return np.stack([known[t] for t in texts])
