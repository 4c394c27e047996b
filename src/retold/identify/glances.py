"""A glance at a sentence: which words it has, taken once, so that patterns are tried only over sentences that may hold a match.

Each recogniser has a gate, the first words of all phrases of its pattern. Most sentences have none of them, and to see that takes
a fiftieth of the time of a search. A gate may let a sentence pass in vain; it never keeps one back that has a match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import or_

HEAD = 3  # letters by which phrases are told that go on after their last letter ("resign*")
WORD = re.compile(r"\w+")
ODD = re.compile("[\u0130\u0131\u017f\u212a]")  # İ, ı, ſ, K: blind to case, patterns take them for i, s, k
NOTHING: frozenset[str] = frozenset()
BITS: dict[str, int] = {"": 0}  # of each word the bits of the gates that have it; of no word those of all gates
FIGURE = re.compile(r"\d")


@dataclass(slots=True)
class Glance:
    """The words of a sentence in small letters, and whether a figure stands in it.

    `plain` is False where letters stand there that are equal to others but for the case: words then tell nothing. `bits` are those of
    the gates with a word that stands there, of the first `asked` gates that were made; `begun` are the `heads`, once they were asked for.
    """

    words: frozenset[str]
    figures: bool
    plain: bool = True
    bits: int = 0
    asked: int = 0
    begun: frozenset[str] | None = None

    @property
    def heads(self) -> frozenset[str]:
        """The first `HEAD` letters of the words, found out when they are first asked for."""
        if self.begun is None:
            self.begun = frozenset([word[:HEAD] for word in self.words])
        return self.begun

    def ask(self) -> None:
        """Note which gates have a word of the sentence."""
        made = BITS[""].bit_length()
        self.bits = reduce(or_, map(BITS.__getitem__, BITS.keys() & self.words), 0)
        self.asked = made


def glance(text: str, start: int, end: int) -> Glance:
    """The glance at text[start:end].

    >>> sorted(glance("It broke at 9.", 0, 14).words), glance("It broke at 9.", 0, 14).figures
    (['9', 'at', 'broke', 'it'], True)
    """
    return take(text[start:end])


@lru_cache(maxsize=512)
def take(sentence: str) -> Glance:
    """The glance at a sentence; those of the article in hand are remembered, because its finders run one after the other."""
    words = frozenset(WORD.findall(sentence.lower()))
    return Glance(words, FIGURE.search(sentence) is not None, sentence.isascii() or ODD.search(sentence) is None)


@dataclass(frozen=True, slots=True)
class Gate:
    """What must stand in a sentence for a pattern to match there: one of `words`, or a word that begins like one of `heads`.

    `rests` are the further words of the phrases that begin with one, of which all must stand there; none where a word is not in it.
    An `open` gate lets everything pass: phrases of marks only, or such as may begin inside a word. `bit` is by which a glance knows it.
    """

    words: frozenset[str]
    heads: frozenset[str]
    open: bool = False
    rests: dict[str, tuple[frozenset[str], ...]] = field(default_factory=dict)
    bit: int = 0

    def passes(self, seen: Glance) -> bool:
        """Whether a pattern must be tried over a sentence."""
        if self.open or not seen.plain:
            return True
        if self.heads and not self.heads.isdisjoint(seen.heads):
            return True
        if self.bit >> seen.asked:
            seen.ask()
        for word in self.words & seen.words if self.bit & seen.bits else ():
            for rest in self.rests.get(word, (NOTHING,)):
                if rest <= seen.words:
                    return True
        return False


def gate(phrases: Iterable[str], *, spaced: bool = True, whole: bool = False) -> Gate:
    """The gate of a pattern of phrases that match at word boundaries where words are spaced; a final `*` is any continuation.

    whole: the pattern has all words of a phrase as they are, so that none of them may be missing.

    >>> gate(("according to", "allege*")).passes(glance("They alleged it.", 0, 16))
    True
    """
    rests: dict[str, list[frozenset[str]]] = {}
    heads: set[str] = set()
    for phrase in phrases:
        low = phrase.lower()
        first = WORD.search(low)
        goes_on = first is not None and low[first.end():] == "*"
        if first is None or not spaced or ODD.search(phrase) or (goes_on and len(first.group()) < HEAD):
            return Gate(words=frozenset(), heads=frozenset(), open=True)
        if goes_on:
            heads.add(first.group()[:HEAD])
        else:
            further = WORD.findall(low, first.end())[: -1 if low.endswith("*") else None] if whole else []
            rests.setdefault(first.group(), []).append(frozenset(further))
    told = {word: tuple(found) for word, found in rests.items() if NOTHING not in found}
    bit = BITS[""] + 1
    for word in ("", *rests):
        BITS[word] = BITS.get(word, 0) | bit
    return Gate(words=frozenset(rests), heads=frozenset(heads), rests=told, bit=bit)
