"""A handful: a few files that somebody picked, read in full.

Every two articles are compared by all of their sentences, and average linkage makes stories of the pairs. In a handful two articles are one
story more often than in a day's news: the odds grow with the square root of how much smaller the collection is than those the
weights were fitted on.

Source: average linkage after Sokal and Michener 1958; features and weights our own, figures in docs/methods/group.md.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from retold.base.hanzi import simplified
from retold.base.linkage import average_linkage
from retold.base.skeletons import outlines, skeleton
from retold.group.items import day_number
from retold.lexicons.japanese import family_at, table

Floats = npt.NDArray[np.float32]

HANDFUL = 40  # articles up to which a collection is one: 780 pairs of full texts
JOIN = 0.5  # mean probability between two groups at which they are one story: more likely than not
BEST = 5  # sentence pairs averaged: a story is shared when a handful of sentences are, however long the rest
WORD = re.compile(r"\d[\d.,  ]*\d|\d|[^\W\d_]+(?:['’-][^\W\d_]+)*")
CAPITAL_WEIGHT = 1.0
NUMBER_WEIGHT = 0.7  # of two digits and more; single digits are everywhere
WORD_WEIGHT = 0.25  # a long lower-case word: shared within a language only, and seldom a detail
SOUNDED = (("arabic", re.compile(r"[\u0600-\u06ff]{2,}")), ("kana", re.compile(r"[\u30a1-\u30ff]{2,}")))
FEWEST = 5.0  # weight of sounds that a side is held to have at least: two of two shared are no account of one event
KATAKANA = re.compile(r"[\u30a1-\u30ff]{3,}")
LEAST_SOUNDS = 3  # consonants of a name that is compared by them: between Arabic and others two accounts of one event share .21 to .57
# of them (tenth and ninetieth of a hundred), articles about something else .09 at the ninetieth
CHARACTERS = re.compile(r"[\u3400-\u9fff]{2,}|[\u30a1-\u30ff]{2,}")  # runs of Chinese characters, or of katakana
UNSPACED = 5  # runs of such characters from which a text is held to be written without spaces
UNSPACED_SHARE = 1.5  # by which a share of details counts more there, since most of them are no names: two accounts of one event share
# .12 to .58, articles about something else .04 on average and .15 at most (three stories and our pages)
GRAMS = (2, 3)  # Chinese characters of a detail: most names of people, places and firms are this long
UNDATED = 1.0  # days that are assumed between two articles of which one has no date: the median within stories
PRIOR_ARTICLES = 30  # articles that a small collection is imagined to be larger by, so that its own names stay rare


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What an article is compared by. vectors: (n_sentences, n_dims) float32, unit length; details: key to weight.

    sounds: names by their consonants, compared where a side is in a script that writes names by sound only.
    """

    article: str
    vectors: Floats
    centre: Floats
    details: Mapping[str, float]
    published: float | None
    spaced: bool = True
    sounds: Mapping[str, float] = field(default_factory=dict)
    script: str = ""


# fitted on pairs of full articles of three development sets; figures in docs/methods/group.md
WEIGHTS: dict[str, float] = {"bias": -4.9, "best": 2.0, "anchors": 11.5, "days": -2.6}
FITTED_ON = 420  # articles of the collections that the weights were fitted on
PRIOR = 0.6  # how far the odds of a pair grow as the collection shrinks: a handful that somebody picked is one story more often
# than any two articles of a day; .4 to .5 and 1 gave membership F1 .945 and .969 on five small stories, .6 to .7 gave .985


def profile(article: str, text: str, vectors: Floats, published: str | None) -> Profile:
    """What an article is compared by. text: the article's own text, without boilerplate."""
    centre = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1], dtype=np.float32)
    length = float(np.linalg.norm(centre))
    return Profile(article=article, vectors=vectors, centre=centre / length if length else centre,
                   details=details(text), published=day_number(published), spaced=len(CHARACTERS.findall(text)) < UNSPACED,
                   sounds=sounds(text), script=sounding(text))


def sounding(text: str) -> str:
    """The script of a text that writes names by their sound only; "" for others.

    >>> sounding("Mark"), sounding("قال مارك ويبر إن الشركة بخير")
    ('', 'arabic')
    """
    return next((name for name, pattern in SOUNDED if len(pattern.findall(text)) >= UNSPACED), "")


def sounds(text: str) -> dict[str, float]:
    """The names of a text by their consonants, and its numbers: all words of Arabic, katakana, Japanese family names, other capitals.

    >>> sorted(sounds("بميناء كاراديري").keys() & sounds("in the port of Karadere"))
    ['krtr']
    """
    found: dict[str, float] = {}
    for match in WORD.finditer(text):
        word = match.group()
        if word[0].isdigit():
            digits = "".join(str(unicodedata.digit(c)) for c in word if c.isdigit()).lstrip("0")
            if len(digits) > 1:
                found[digits] = NUMBER_WEIGHT
        elif not word[0].islower():
            found.update({key: CAPITAL_WEIGHT for part in spoken(word) for key in outlines(part) if len(key) >= LEAST_SOUNDS})
    return found


def spoken(word: str) -> list[str]:
    """What of a word tells how names in it sound: itself; of characters the katakana and the readings of Japanese family names."""
    if not CHARACTERS.search(word):
        return [word]
    families = [word[at:at + length] for at in range(len(word)) if (length := family_at(word, at))]
    return [*KATAKANA.findall(word), *(reading for name in families for reading in table("surnames").get(simplified(name), ()))]


def details(text: str) -> dict[str, float]:
    """The details of a text with what each may weigh: capitalised words romanised, numbers, long words.

    >>> sorted(details("Am 7. Mai kamen 340 Helfer nach Kleve."))
    ['340', 'hilfir', 'klivi']
    """
    found: dict[str, float] = {}
    for match in WORD.finditer(text):
        for key, weight in unspaced(match.group()) or [detail(match.group())]:
            if weight > found.get(key, 0.0):
                found[key] = weight
    return found


def unspaced(run: str) -> list[tuple[str, float]]:
    """The details of a run of characters without spaces: two or three characters at a time, read as in Mandarin; katakana whole.

    Which of them are names is not known, so many are no details at all; they are rarely shared by chance, and the side with fewer
    details decides how much a share weighs.

    >>> [key for key, _ in unspaced("赵建国表示")][:3] == [skeleton(word)[:7] for word in ("Zhaojian", "Jianguo", "Guobiao")]
    True
    """
    found = []
    for match in CHARACTERS.finditer(simplified(run) if CHARACTERS.search(run) else run):
        piece = match.group()
        grams = [piece] if "\u30a1" <= piece[0] <= "\u30ff" else [piece[i:i + n] for n in GRAMS for i in range(len(piece) - n + 1)]
        found += [(skeleton(gram)[:7], CAPITAL_WEIGHT) for gram in grams]
    return [(key, weight) for key, weight in found if len(key) >= 4]


def detail(word: str) -> tuple[str, float]:
    """A word as a detail: its key and weight (0 for none)."""
    if word[0].isdigit():
        digits = re.sub(r"\D", "", word).lstrip("0")
        return digits, NUMBER_WEIGHT if len(digits) > 1 else 0.0
    key = skeleton(word)[:7]
    if len(key) < 4:
        return key, 0.0
    if not word[0].islower():
        return key, CAPITAL_WEIGHT
    return key, WORD_WEIGHT if len(word) > 6 else 0.0


def rarity(profiles: Sequence[Profile]) -> dict[str, float]:
    """Inverse document frequency of every detail, 0..1, in a collection imagined larger by `PRIOR_ARTICLES`."""
    counts = Counter(key for p in profiles for key in {*p.details, *p.sounds})
    total = len(profiles) + PRIOR_ARTICLES
    return {key: math.log(total / n) / math.log(total) for key, n in counts.items()}


def features(a: Profile, b: Profile, rare: Mapping[str, float]) -> dict[str, float]:
    """What the formula sees of a pair: the nearest sentences, the share of rare anchors, log(days between, but for the first)."""
    days = abs(a.published - b.published) if a.published is not None and b.published is not None else UNDATED
    shared = shared_details(anchors(a.details), anchors(b.details), rare)
    if a.script != b.script:
        shared = max(shared, shared_details(a.sounds, b.sounds, rare, fewest=FEWEST))
    return {
        "best": best_matches(a.vectors, b.vectors),
        "anchors": shared * (1.0 if a.spaced and b.spaced else UNSPACED_SHARE),
        "days": math.log1p(max(0.0, days - 1.0)),
    }


def anchors(found: Mapping[str, float]) -> dict[str, float]:
    """The details that bind a story across languages: names and numbers."""
    return {key: weight for key, weight in found.items() if weight >= NUMBER_WEIGHT}


def best_matches(a: Floats, b: Floats) -> float:
    """The mean cosine of the best `BEST` sentences of each side with their nearest on the other."""
    if not len(a) or not len(b):
        return 0.0
    cosines = a @ b.T
    sides = (np.sort(cosines.max(axis=1))[-BEST:].mean(), np.sort(cosines.max(axis=0))[-BEST:].mean())
    return float(sum(sides) / 2)


def shared_details(a: Mapping[str, float], b: Mapping[str, float], rare: Mapping[str, float], *, fewest: float = 0.0) -> float:
    """The weight of the shared details against that of the side that has fewer, which is held to have `fewest`."""
    def weigh(keys: Sequence[str], of: Mapping[str, float]) -> float:
        return sum(of[k] * rare.get(k, 1.0) for k in keys)

    shared = sum(min(a[k], b[k]) * rare.get(k, 1.0) for k in a.keys() & b.keys())
    least = max(fewest, min(weigh(list(a), a), weigh(list(b), b)))
    return shared / least if least else 0.0


def same_story(found: Mapping[str, float], articles: int) -> float:
    """The probability that two of so many articles tell the same story, from their features."""
    prior = PRIOR * math.log(FITTED_ON / max(2, min(articles, FITTED_ON)))
    score = WEIGHTS["bias"] + prior + sum(WEIGHTS[name] * value for name, value in found.items())
    return 1 / (1 + math.exp(-score))


def stories(found: Sequence[Profile]) -> list[tuple[list[str], dict[str, float]]]:
    """The stories of a handful: the articles of each, and the strongest tie of each article within it (1 for one alone)."""
    rare = rarity(found)
    ties = {(i, j): same_story(features(found[i], found[j], rare), len(found)) for i in range(len(found)) for j in range(i + 1, len(found))}
    out = []
    for members in average_linkage(len(found), ties, join=JOIN, absent=0.0):
        inside = {found[i].article: max((ties[min(i, j), max(i, j)] for j in members if j != i), default=1.0) for i in members}
        out.append((sorted(inside), inside))
    return out
