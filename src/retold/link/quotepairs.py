"""How likely two utterances in marks are versions of one quote: several signals, made one probability by a logistic formula.

Source: margin between the nearest and the next, Artetxe and Schwenk 2019, "Margin-based Parallel Corpus Mining", section 3.1, as a
difference; words in order after Smith, Cordell and Dillon, "Infectious Texts" (2013).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from retold.link.closeness import Closeness
from retold.link.quoteorigins import size_of
from retold.link.transliteration import script_of
from retold.link.utterances import ANONYMOUS, Utterance, rarity

MIN_WORDS = 3  # shared words in order below which two quotes in one language are not the same by words alone
SAME_WORDS = 0.75  # share of the shorter quote's words found in order in the longer at which both are one quote
RARE = 3  # articles of a story that have a word which tells
MOST_RARE = 4  # such words that count
MOST_NUMBERS = 2  # numbers that count
USUAL = 30  # code points of a short quote
PERSON = "person"  # the kind of name that only one can bear
STEM = 5  # letters by which two forms of a word are the same
FAR = 0.12  # cosine below which two quotes with no word in common are not compared
LEAST = 0.03  # probability that is kept

# Fitted by eval/fit_quotes.py on 32 annotated stories; figures in docs/methods/identify-speech.md.
WEIGHTS: dict[str, float] = {
    "bias": -8.03, "cosine": 8.01, "across": 9.62, "words": 3.8, "speaker": 3.76, "second": -1.48, "length": -1.24, "rare": 0.27,
    "numbers": 3.02, "margin": 2.42, "within": 2.83, "speaker_cosine": -4.71, "one_number": -0.83,
}


class Pairs:
    """Compares the utterances in marks of one story, whole or part of longer ones.

    Args:
        utterances: all of the story; `quoted` are the numbers of the whole ones in marks, `parts` those of their sentences.
    """

    def __init__(self, utterances: Sequence[Utterance]) -> None:
        self.utterances = utterances
        self.quoted = [i for i, u in enumerate(utterances) if u.level == "quoted"]
        self.parts = [i for i, u in enumerate(utterances) if u.level == "part" and len(u.words) >= MIN_WORDS]
        self._numbers = {i: frozenset(w for w in utterances[i].words if w.isdigit()) for i in (*self.quoted, *self.parts)}
        self._rare = {word for word, n in rarity(utterances).items() if n <= RARE}
        known = [*self.quoted, *self.parts]
        self._place = {i: n for n, i in enumerate(known)}  # the whole ones first: their places are columns too
        self._cosines = Closeness([utterances[i] for i in known]).to(list(range(len(self.quoted)))).tolist() if self.quoted else []
        self._homes: dict[str, list[int]] = {}
        for i in self.quoted:
            self._homes.setdefault(utterances[i].article, []).append(i)

    def ties(self) -> dict[tuple[int, int], float]:
        """The probability of each pair of whole quotes that has one worth keeping, by their places in `quoted`; none is 0."""
        found = {}
        for (n, i), (m, j) in combinations(enumerate(self.quoted), 2):
            if self.utterances[i].article != self.utterances[j].article and self.comparable(i, j):
                p = self.probability(i, j)
                if p >= LEAST:
                    found[n, m] = p
        for (n, i), (m, j) in combinations(enumerate(self.quoted), 2):
            if self.utterances[i].article == self.utterances[j].article:
                found[n, m] = float(share(self.utterances[i], self.utterances[j]) >= SAME_WORDS)  # a repetition
        return found

    def near(self, i: int, j: int) -> float:
        """The cosine of an utterance with a whole quote."""
        return float(self._cosines[self._place[i]][self._place[j]])

    def repeats(self, i: int, j: int) -> float:
        """How well a quote in a headline repeats one of its text: how near both are, and the share of the shorter's stems in common."""
        a, b = (frozenset(w[:STEM] for w in self.utterances[n].content) for n in (i, j))
        common = len(a & b) / min(len(a), len(b)) if a and b else 0.0
        return round((self.near(i, j) + common) / 2, 6)

    def comparable(self, i: int, j: int) -> bool:
        """Whether anything speaks for a pair: some likeness in meaning, or words or numbers in common."""
        a, b = self.utterances[i], self.utterances[j]
        if a.language == b.language and a.content & b.content:
            return True
        return self.near(i, j) >= FAR or bool(self._numbers[i] & self._numbers[j])

    def probability(self, i: int, j: int) -> float:
        """How likely two utterances of two articles are versions of one quote; `j` is a whole one."""
        score = sum(WEIGHTS[name] * value for name, value in self.features(i, j).items())
        return round(1 / (1 + math.exp(-score)), 6)

    def features(self, i: int, j: int) -> dict[str, float]:
        """What speaks for a pair; `j` is a whole quote."""
        a, b = self.utterances[i], self.utterances[j]
        close, within = self.near(i, j), a.language == b.language
        who = same_speaker(a, b) > 0
        rare = sum(word in self._rare for word in a.content & b.content) if within else 0
        return {
            "bias": 1.0,
            "cosine": close,
            "across": close * (not within),
            "words": share(a, b),
            "speaker": float(who),
            "second": float(not (a.known and b.known)),
            "length": math.log(max(1.0, min(size_of(a), size_of(b))) / USUAL),
            "rare": float(min(MOST_RARE, rare)),
            "numbers": float(min(MOST_NUMBERS, len(self._numbers[i] & self._numbers[j]))),
            "margin": close - self.rival(i, j),
            "within": float(within),
            "speaker_cosine": close * who,
            "one_number": float(bool(self._numbers[i]) != bool(self._numbers[j])),
        }

    def rival(self, i: int, j: int) -> float:
        """The greatest cosine of one of a pair with another whole quote in the other's article; 0 where there is none."""
        a, b = self.utterances[i], self.utterances[j]
        theirs = [self.near(i, k) for k in self._homes.get(b.article, ()) if k != j]
        around = [k for k in self._homes.get(a.article, ()) if self.utterances[k].end <= a.start or a.end <= self.utterances[k].start]
        return max([*theirs, *(self.near(k, j) for k in around), 0.0])


def in_order(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words both have in the same order, in runs of two or more (or all of the shorter)."""
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(m.size for m in blocks if m.size > 1 or m.size == min(len(a), len(b)))


def share(a: Utterance, b: Utterance) -> float:
    """The share of the shorter's words that the longer has in order; 0 where they are too few to tell."""
    if a.language != b.language or not a.content & b.content:
        return 0.0
    n = in_order(a.words, b.words)
    shortest = min(len(a.words), len(b.words))
    return n / shortest if n >= min(MIN_WORDS, shortest) else 0.0


def same_speaker(a: Utterance, b: Utterance) -> int:
    """1 for the same speaker, or for two that both articles keep unnamed; -1 for another, 0 where one is unknown or in unheard letters."""
    if a.entity and b.entity:
        return 1 if a.entity == b.entity else 0 if foreign(a.speaker, b.speaker) else -1
    if not a.speaker or not b.speaker or ANONYMOUS in (a.speaker, b.speaker):
        return int(a.speaker == b.speaker == ANONYMOUS)
    return 1 if set(a.speaker.casefold().split()) & set(b.speaker.casefold().split()) else -1


def foreign(a: str, b: str) -> bool:
    """Whether two names are written in two scripts: that nothing joined them says little then."""
    return script_of(a) != script_of(b)


def two_persons(a: Utterance, b: Utterance) -> bool:
    """Whether two utterances are said by two persons who are known, in letters of one script, to be two."""
    return a.entity_kind == b.entity_kind == PERSON and a.entity != b.entity and not foreign(a.speaker, b.speaker)
