"""Two versions side by side: how near they are in meaning and in words, and what a rule says of them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from retold.lexicons import stop_words
from retold.relate.marks import Mark
from retold.relate.sides import ClaimSide

SHORT = 10  # code points: less than this is no proposition
PIECE = 5  # letters in a row that make two words forms of one, prefixes and endings apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What two versions disagree about: `left` and `right` are the words, their values name the sides."""

    kind: str
    left: Mark
    right: Mark
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two versions of different articles, how near they are (cosine), and the cosine of any two strings."""

    a: ClaimSide
    b: ClaimSide
    near: float
    compare: Callable[[str, str], float]

    def without(self, left: tuple[int, int], right: tuple[int, int]) -> float:
        """How near the versions are when a span of each is blanked out."""
        return self.compare(blank(self.a, left), blank(self.b, right))


def shared_words(a: ClaimSide, b: ClaimSide) -> float:
    """How many of the content words of the shorter version stand in the longer one, 0 … 1; words match by `PIECE` letters in a row.

    Only within a language, and only where at least two words are shared: short clauses that tell of the same in few words are far
    from each other for the encoder.
    """
    if a.language != b.language:
        return 0.0
    left, right = content(a.words, a.language), content(b.words, b.language)
    if len(left) > len(right):
        left, right = right, left
    there = frozenset().union(*right) if right else frozenset()
    found = sum(bool(word & there) for word in left)
    return found / len(left) if found > 1 else 0.0


@lru_cache(maxsize=4096)
def content(words: str, language: str) -> tuple[frozenset[str], ...]:
    """The content words of a text, each as its runs of letters."""
    stop = stop_words(language)
    return tuple(pieces(w) for w in re.findall(r"[^\W\d_]+", words.lower()) if len(w) >= PIECE and w not in stop)


def pieces(words: str) -> frozenset[str]:
    """All runs of `PIECE` letters in the words; the words themselves where they are shorter."""
    found = re.findall(r"[^\W\d_]+", words.lower())
    return frozenset(w[i : i + PIECE] for w in found for i in range(max(1, len(w) - PIECE + 1)))


def blank(side: ClaimSide, span: tuple[int, int]) -> str:
    """A version with a span replaced by a dash."""
    return f"{side.text[side.start : max(side.start, span[0])]} – {side.text[min(span[1], side.end) : side.end]}".strip()


def confidence(logit: float) -> float:
    """A logit as a probability, rounded so that it is the same everywhere."""
    return round(1.0 / (1.0 + math.exp(-logit)), 4)


def lean(near: float, centre: float, slope: float = 6.0) -> float:
    """How much a cosine speaks for two versions telling of the same: 0 at the centre."""
    return slope * (near - centre)


def shown(side: ClaimSide, mark: Mark) -> str:
    """The words of a mark for a sentence, at most 60 code points."""
    words = " ".join(side.text[mark.start : mark.end].split())
    return f"“{words[:60]}”"
