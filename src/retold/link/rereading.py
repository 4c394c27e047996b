"""The claims in doubt, read once more sub-word by sub-word.

A vector of a clause is blind to numbers and roles. The states of its sub-words, in the sentence where they stand, are not: each
sub-word of one clause is set against the nearest of the other, and what is rare in the story counts more. Reading takes 15 to 20 ms
a sentence, so only the sentences are read on which most is still open after the first formula, and no more than `AT_MOST` of a story.

Source: the sum of the nearest of each, Khattab and Zaharia 2020, "ColBERT", section 3.3; weighted by rarity as in Zhang et al. 2020,
"BERTScore", section 3.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from retold.base.meaning import MEAN_OFF, Floats
from retold.base.models import Models
from retold.link.candidates import Pair
from retold.link.units import Units

NEAREST = ("least", "most")
AT_MOST = 120  # sentences of a story that are read, two seconds: F1 .748 with all, .748 with 120, .745 with 90, .740 with 60
COMMON = 200  # sub-words added to those of a language, so that in a short story none is rare for being new
LEAST = 0.1  # what the most frequent sub-word counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A clause by its sub-words: their numbers, and their states in the sentence: (n, 384) float32."""

    numbers: Sequence[int]
    states: Floats


def reread(units: Units, ties: Mapping[Pair, float], models: Models) -> dict[Pair, dict[str, float]]:
    """By pair of claims that were both read: how much of the one is in the other, from the side with less and from that with more."""
    chosen = in_doubt(units, ties)
    read = read_claims(units, chosen, models) if chosen else {}
    pairs = [pair for pair in ties if pair[0] in read and pair[1] in read]
    if not pairs:
        return {}
    rows, held = shares(units, read)
    found = {}
    for i, j in pairs:
        one, other = float(held[rows[i], rows[j]]), float(held[rows[j], rows[i]])
        found[i, j] = {"least": min(one, other), "most": max(one, other)}
    return found


def in_doubt(units: Units, ties: Mapping[Pair, float]) -> set[tuple[str, str]]:
    """The sentences (article, id) on whose claims most is open, at most `AT_MOST`."""
    open_: dict[tuple[str, str], float] = {}
    for pair, p in ties.items():
        for i in pair:
            key = units.claims[i].article, units.claims[i].sentence
            open_[key] = open_.get(key, 0.0) + p * (1 - p)
    return set(sorted(open_, key=lambda key: (-round(open_[key], 6), key))[:AT_MOST])


def read_claims(units: Units, sentences: set[tuple[str, str]], models: Models) -> dict[int, Read]:
    """The claims of some sentences by their sub-words; none where the reader is not installed."""
    reader: Any = models.find("reader")
    if reader is None:
        return {}
    doubted = [i for i, claim in enumerate(units.claims) if (claim.article, claim.sentence) in sentences]
    texts = list(dict.fromkeys(units.around[i] for i in doubted))
    known: dict[str, tuple[list[int], list[tuple[int, int]], Floats]] = dict(zip(texts, reader.read(texts), strict=True))
    out: dict[int, Read] = {}
    for i in doubted:
        claim = units.claims[i]
        numbers, places, states = known[units.around[i]]
        start, end = claim.start - units.starts[i], claim.end - units.starts[i]
        inside = [n for n, (a, b) in enumerate(places) if a < end and b > start]
        if inside:
            out[i] = Read(numbers=[numbers[n] for n in inside], states=states[inside])
    return out


def shares(units: Units, read: Mapping[int, Read]) -> tuple[dict[int, int], Floats]:
    """The row of each claim, and how much of the claim of a row is in that of a column: (n, n) float32."""
    languages = {i: units.languages.get(units.claims[i].article, "") for i in read}
    weights, states = rarities(read, languages), centred(read, languages)
    beginnings = np.cumsum([0, *(len(states[i]) for i in read)])[:-1]
    every = np.concatenate([states[i] for i in read])
    held = [weights[i] @ np.maximum.reduceat(states[i] @ every.T, beginnings, axis=1) for i in read]
    return {i: row for row, i in enumerate(read)}, np.stack(held)


def rarities(read: Mapping[int, Read], languages: Mapping[int, str]) -> dict[int, Floats]:
    """What each sub-word of each claim counts; the sum of a claim is 1."""
    counts = Counter((languages[i], number) for i, claim in read.items() for number in claim.numbers)
    totals = Counter(language for language, _ in counts.elements())
    out = {}
    for i, claim in read.items():
        of = languages[i]
        raw = [math.log(COMMON + totals[of]) - math.log(1 + counts[of, number]) + LEAST for number in claim.numbers]
        out[i] = np.array(raw, dtype=np.float32) / np.float32(sum(raw))
    return out


def centred(read: Mapping[int, Read], languages: Mapping[int, str]) -> dict[int, Floats]:
    """The states without most of the mean of their language, unit length: as `retold.base.meaning` does with vectors."""
    means = {}
    for language in sorted(set(languages.values())):
        every = np.concatenate([claim.states for i, claim in read.items() if languages[i] == language])
        means[language] = np.float32(MEAN_OFF) * every.mean(axis=0)
    moved = {i: claim.states - means[languages[i]] for i, claim in read.items()}
    return {i: rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9) for i, rows in moved.items()}
