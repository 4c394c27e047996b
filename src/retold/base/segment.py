"""Words of text that is written without spaces, with their part of speech, by a dictionary and a model of unknown words.

Chinese: jieba (a unigram dictionary, and a hidden Markov model over characters for what it does not have), through `rjieba`.
Which segmenter a language needs stands in its lexicon (`script.segmenter`); without one, there are no words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from retold.base.hanzi import simplified_each

SEGMENTERS = ("jieba",)


@dataclass(frozen=True, slots=True)
class Segment:
    """A word `[start, end)` of the text that was handed over; `tag` in the scheme of ICTCLAS (n noun, v verb, nr person, ns place, …)."""

    start: int
    end: int
    word: str
    tag: str
    known: bool


def loaded(segmenter: str) -> Any:
    """The module of a segmenter, imported when it is first needed: its dictionary takes 40 MB.

    Raises:
        ValueError: it is none of `SEGMENTERS`.
    """
    if segmenter not in SEGMENTERS:
        raise ValueError(f"Expected one of {', '.join(SEGMENTERS)} as the segmenter of a language, found {segmenter!r}.")
    import rjieba

    return rjieba


@lru_cache(maxsize=4_000)
def segments(text: str, segmenter: str) -> tuple[Segment, ...]:
    """The words of a text in order, without gaps; `word` in simplified characters, one for one; `known`: the dictionary has it.

    Raises ValueError for a segmenter that is none of `SEGMENTERS`.

    >>> [(s.word, s.tag, s.known) for s in segments("禾嶼電器回應", "jieba")]
    [('禾屿', 'n', False), ('电器', 'n', True), ('回应', 'v', True)]
    """
    rjieba, out, at = loaded(segmenter), [], 0
    for word, tag in rjieba.tag(simplified_each(text)):
        out.append(Segment(at, at + len(word), word, tag, rjieba.has_word(word)))
        at += len(word)
    return tuple(out)


@lru_cache(maxsize=20_000)
def is_word(text: str, segmenter: str) -> bool:
    """Whether a segmenter's dictionary has a word; what it has not, where it stands as a word, is most often a name.

    >>> is_word("電器", "jieba"), is_word("禾嶼", "jieba")
    (True, False)
    """
    return bool(loaded(segmenter).has_word(simplified_each(text)))
