"""Words of text that is written without spaces, with their part of speech, by a dictionary and a model of unknown words.

Chinese: jieba (a unigram dictionary, and a hidden Markov model over characters for what it does not have), through `rjieba`.
Japanese: Sudachi (a lattice of dictionary words with costs of neighbours, UniDic's words and costs), through `sudachipy`.
Which segmenter a language needs stands in its lexicon (`script.segmenter`); without one, there are no words.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from retold.base.hanzi import simplified_each

SEGMENTERS = ("jieba", "sudachi")
NAMES = {"地名": "place", "姓": "family", "名": "given", "人名": "person"}  # what Sudachi's third and fourth fields say of a name
SPEECH = {"名詞": "noun", "接尾辞": "suffix", "接頭辞": "prefix", "動詞": "verb", "助詞": "particle", "助動詞": "particle",
          "形容詞": "adjective", "形状詞": "adjective", "副詞": "adverb", "連体詞": "adverb", "接続詞": "adverb", "感動詞": "adverb",
          "代名詞": "pronoun"}
LONGEST = 12_000  # characters that Sudachi takes at a time: it refuses 48 kB of UTF-8
CORE = threading.local()  # a tokenizer of Sudachi works for one thread


@dataclass(frozen=True, slots=True)
class Segment:
    """A word `[start, end)` of the text that was handed over, and its part of speech.

    `tag` of jieba in the scheme of ICTCLAS (n noun, v verb, nr person, ns place, …); of Sudachi place, family, given, person, proper,
    number, counter, noun, suffix, prefix, verb, adjective, adverb, pronoun, particle or mark.
    """

    start: int
    end: int
    word: str
    tag: str
    known: bool


def loaded(segmenter: str) -> Any:
    """The module or dictionary of a segmenter, loaded when it is first needed: either takes 40 to 80 MB.

    Raises:
        ValueError: it is none of `SEGMENTERS`.
    """
    if segmenter not in SEGMENTERS:
        raise ValueError(f"Expected one of {', '.join(SEGMENTERS)} as the segmenter of a language, found {segmenter!r}.")
    if segmenter == "sudachi":
        return sudachi()
    import rjieba

    return rjieba


@cache
def sudachi() -> Any:
    """Sudachi's small dictionary: UniDic's words, with names of persons and places."""
    from sudachipy import Dictionary

    return Dictionary(dict="small")


@lru_cache(maxsize=4_000)
def segments(text: str, segmenter: str) -> tuple[Segment, ...]:
    """The words of a text in order; `known`: the dictionary has it. jieba's words are in simplified characters, one for one.

    Raises ValueError for a segmenter that is none of `SEGMENTERS`.

    >>> [(s.word, s.tag, s.known) for s in segments("禾嶼電器回應", "jieba")]
    [('禾屿', 'n', False), ('电器', 'n', True), ('回应', 'v', True)]
    >>> [(s.word, s.tag) for s in segments("八木沢被告は大津へ", "sudachi")]
    [('八木沢', 'family'), ('被告', 'noun'), ('は', 'particle'), ('大津', 'place'), ('へ', 'particle')]
    """
    tool, out, at = loaded(segmenter), [], 0
    if segmenter == "sudachi":
        return tuple(Segment(first + m.begin(), first + m.end(), m.surface(), tag_of(*m.part_of_speech()[:4]), not m.is_oov())
                     for first in range(0, len(text), LONGEST) for m in tokenized(text[first:first + LONGEST], tool))
    for word, tag in tool.tag(simplified_each(text)):
        out.append(Segment(at, at + len(word), word, tag, tool.has_word(word)))
        at += len(word)
    return tuple(out)


def tokenized(text: str, dictionary: Any) -> Any:
    """Sudachi's words of a text: the longest ones (its mode C)."""
    from sudachipy import SplitMode

    core = getattr(CORE, "tokenizer", None)
    if core is None:
        core = CORE.tokenizer = dictionary.tokenizer(mode=SplitMode.C)
    return core.tokenize(text)


@cache
def tag_of(first: str, second: str, third: str, fourth: str) -> str:
    """Our tag of a word by the first four fields of its part of speech."""
    if second == "固有名詞":
        return NAMES.get(fourth) or NAMES.get(third) or "proper"
    if second == "数詞" or third == "助数詞":
        return "number" if second == "数詞" else "counter"
    return "counter" if third == "助数詞可能" else SPEECH.get(first, "mark")


@lru_cache(maxsize=20_000)
def is_word(text: str, segmenter: str) -> bool:
    """Whether a segmenter's dictionary has a word; what it has not, where it stands as a word, is most often a name.

    >>> is_word("電器", "jieba"), is_word("禾嶼", "jieba")
    (True, False)
    """
    if segmenter == "sudachi":
        return len(found := segments(text, segmenter)) == 1 and found[0].known
    return bool(loaded(segmenter).has_word(simplified_each(text)))


@lru_cache(maxsize=20_000)
def readings(text: str, segmenter: str) -> tuple[str, ...]:
    """How the words of a text are read, in katakana; none where the segmenter does not know readings.

    >>> readings("倉持修司", "sudachi"), readings("禾屿", "jieba")
    (('クラモチ', 'シュウジ'), ())
    """
    if segmenter != "sudachi":
        return ()
    return tuple(m.reading_form() for m in tokenized(text[:LONGEST], loaded(segmenter)))
