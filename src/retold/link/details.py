"""What two clauses can share that is telling: names in a romanised skeleton, numbers, longer words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from retold.base.records import Quantity
from retold.base.skeletons import skeleton
from retold.lexicons import lexicon, stop_words

WORD = re.compile(r"\d[\d.,\u00a0\u202f]*\d|\d|[^\W\d_]+(?:['’-][^\W\d_]+)*")
LENGTH = 5  # letters of a key: endings differ, stems do not
PIECE = 5  # letters in a row that make two words forms of one
SHORTEST = 4  # letters of a content word


def clause_details(text: str) -> dict[str, float]:
    """The details of a clause with what each may weigh, 1 for names and numbers.

    >>> clause_details("Thirteen of 120 vests fell")
    {'tirti': 1.0, '120': 1.0, 'visc': 0.4}
    """
    found: dict[str, float] = {}
    for match in WORD.finditer(text):
        word = match.group()
        if word[0].isdigit():
            found[re.sub(r"\D", "", word)] = 1.0
            continue
        key = skeleton(word)[:LENGTH]
        if len(key) >= 4:
            found[key] = max(found.get(key, 0.0), 0.4 if word[0].islower() else 1.0)
    return found


def shared_weight(a: Mapping[str, float], b: Mapping[str, float], rare: Mapping[str, float]) -> float:
    """The weight of the shared details against that of the side that has less, 0..1."""
    shared = sum(min(a[k], b[k]) * rare[k] for k in a.keys() & b.keys())
    least = min(sum(w * rare[k] for k, w in a.items()), sum(w * rare[k] for k, w in b.items()))
    return shared / least if least else 0.0


def number_keys(q: Quantity) -> tuple[tuple[str, str], ...]:
    """What a quantity is known by, to three digits; ones and noughts without a unit are none, they are parts of speech."""
    if q.unit == "" and q.value in (0.0, 1.0):
        return ()
    return ((q.unit, f"{q.value:.3g}"),)


def content_words(text: str, language: str) -> tuple[frozenset[str], ...]:
    """The content words of a clause, each as its runs of `PIECE` letters; of two signs where words are not spaced."""
    known = lexicon(language)
    if not known.spaced:
        return tuple(frozenset((run[i : i + 2],)) for run in re.findall(r"[^\W\d_]+", text) for i in range(len(run) - 1))
    stop = stop_words(language)
    return tuple(pieces(w) for w in re.findall(r"[^\W\d_]+", text.lower()) if len(w) >= SHORTEST and w not in stop)


def pieces(word: str) -> frozenset[str]:
    """All runs of `PIECE` letters in a word; the word itself where it is shorter."""
    return frozenset(word[i : i + PIECE] for i in range(max(1, len(word) - PIECE + 1)))


def shared_words(a: Sequence[frozenset[str]], b: Sequence[frozenset[str]]) -> float:
    """How many of the words of the side that has fewer have a form of theirs on the other, 0..1; the sides are of one language."""
    if len(a) > len(b):
        a, b = b, a
    there = frozenset().union(*b) if b else frozenset()
    return sum(bool(word & there) for word in a) / len(a) if a else 0.0
