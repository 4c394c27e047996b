"""Subjects: which words an article is about, and how far a line is from them.

Words are compared by their stems (their first letters), so that inflected forms meet; where words are not spaced, by pairs of
characters. A stem belongs to the subject when it stands in several lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from retold.base.remembered import Remembered
from retold.divide.lines import Line, fold, unspaced
from retold.lexicons import lexicon

STEM = 5  # letters: enough to tell words apart, short enough for the endings of Slavic cases
LEAST = 4  # letters of a content word
WORD = re.compile(r"[^\W\d_]+")
PAIRS = re.compile(r"[\u30a0-\u30ff\u3400-\u9fff]{2,}")


@cache
def stop_words(language: str) -> frozenset[str]:
    """The function words of a language, folded."""
    return frozenset(fold(word) for word in lexicon(language).words("words", "stop"))


def stems(line: Line, language: str) -> frozenset[str]:
    """The stems of the content words of a line (its first 4,000 code points).

    >>> sorted(stems(Line(start=0, end=24, text="The dams broke on Monday"), "en"))
    ['broke', 'dams', 'monda']
    """
    if unspaced(line.text[:400]):
        return frozenset(run[i:i + 2] for run in PAIRS.findall(line.plain) for i in range(len(run) - 1))
    return frozenset(map(stem_of(language).__getitem__, WORD.findall(line.plain))) - {""}


@cache
def stem_of(language: str) -> Remembered[str, str]:
    """Of each word of a language its stem; "" of function words and short ones."""
    stop = stop_words(language)
    return Remembered(lambda word: word[:STEM] if len(word) >= LEAST and word not in stop else "")


def frequencies(bags: Iterable[frozenset[str]]) -> Counter[str]:
    """In how many lines each stem stands."""
    counts: Counter[str] = Counter()
    for bag in bags:
        counts.update(bag)
    return counts


def share(bag: frozenset[str], counts: Counter[str], *, own: bool = True) -> float:
    """Which part of a line's stems stands in other lines too (1.0 for a line without any); `own`: the line is counted itself.

    >>> share(frozenset({"dam", "tea"}), Counter({"dam": 3, "tea": 1}))
    0.5
    """
    least = 2 if own else 1
    return sum([counts.get(stem, 0) >= least for stem in bag]) / len(bag) if bag else 1.0
